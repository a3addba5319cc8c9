"""How a reference in a policy is shown.

In a flattened root a policy names resources by labels that only capgen knows: `${aws_s3_bucket.snapshots__this.arn}/*`.
`addressed` puts Terraform's addresses in their place, everywhere in a policy. `shown` then writes one of its texts:

- an ARN of a resource, at the start of a text, is the address of the resource, and what follows stays as it is:
  `module.snapshots.aws_s3_bucket.this/*`;
- every other reference stays an expression, with the address in it: `${module.logs.aws_s3_bucket.this.id}`,
  `arn:${data.aws_partition.current.partition}:ecs:…`.

AWS takes ARNs, names with a hyphen or a point, and `*` there: none of them looks like an address, so that no two texts
are shown alike.
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from capgen.evaluate import Origin

_NAME = re.compile(r"(?:data\.)?[a-z]\w*\.[\w-]+")
_ESCAPED = re.compile(r"([$%])\1\{")
_LEADING_ARN = re.compile(r"\$\{([^{}]+)\.arn\}")

#: The address of a resource or data source at the start of a shown text.
ADDRESS = re.compile(
    r"(?:module\.[\w-]+(?:\[[^\]]*\])?\.)*((?:data\.)?[a-z][a-z0-9]*_\w+)\.[a-zA-Z_][\w-]*(?:\[[^\]]*\])?"
)


def addressed(value: Any, origins: Mapping[str, Origin]) -> Any:
    """Return a part of a policy with Terraform's addresses in its references, and `$${` and `%%{` unescaped."""
    if isinstance(value, Mapping):
        return {addressed(key, origins): addressed(member, origins) for key, member in value.items()}
    if isinstance(value, list):
        return [addressed(item, origins) for item in value]
    if not isinstance(value, str):
        return value
    if "${" in value:
        value = _NAME.sub(lambda name: origins[name[0]].address if name[0] in origins else name[0], value)
    return _ESCAPED.sub(r"\1{", value)


def shown(value: object) -> str:
    """Return a value of an addressed policy as text, in the form that this module describes."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    arn = _LEADING_ARN.match(text)
    return f"{arn[1]}{text[arn.end() :]}" if arn and ADDRESS.fullmatch(arn[1]) else text
