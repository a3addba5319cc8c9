"""JSON text with Terraform expressions inside, such as an IAM policy or container definitions.

A JSON string with `${...}` inside rather than `jsonencode({...})`: checkov reads the first and skips the second, and a
reviewer sees the document as AWS will.
"""

import json
from collections.abc import Mapping, Sequence

from capgen.terraform.expression import Argument, Expr


def json_template(document: Argument) -> str:
    """Write a document as compact JSON text. An `Expr` value stands for JSON of any type: `${jsonencode(...)}`.

    Strings may hold `${...}` themselves (f-strings with an `Expr`); those must evaluate to text without quotes or
    backslashes, as ARNs and names do. Everything that a user wrote goes in as an `Expr` of a variable.
    """
    if isinstance(document, Expr):
        return "${jsonencode(" + document.text + ")}"
    if isinstance(document, Mapping):
        members = (f"{json.dumps(key)}:{json_template(value)}" for key, value in document.items() if value is not None)
        return "{" + ",".join(members) + "}"
    if isinstance(document, Sequence) and not isinstance(document, str):
        return "[" + ",".join(json_template(value) for value in document) + "]"
    return json.dumps(document, ensure_ascii=False)
