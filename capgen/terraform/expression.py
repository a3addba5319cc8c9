"""Terraform expressions and literals, kept apart so that neither can be taken for the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_BYTE_ORDER_MARK = "\ufeff"

Json = str | int | float | bool | None | Sequence["Json"] | Mapping[str, "Json"]


@dataclass(frozen=True)
class Expr:
    """A Terraform expression. In an f-string or as an argument it becomes `${expression}`.

    `expr["arn"]` is the attribute of a resource or object, `expr.at(0)` an element of a list.
    """

    text: str

    def __str__(self) -> str:
        return "${" + self.text + "}"

    def __getitem__(self, attribute: str) -> "Expr":
        return Expr(f"{self.text}.{attribute}")

    def at(self, index: int) -> "Expr":
        """Return the element at `index` of a list expression."""
        return Expr(f"{self.text}[{index}]")


Argument = str | int | float | bool | None | Expr | Sequence["Argument"] | Mapping[str, "Argument"]


def literal(text: str) -> str:
    """Escape a user's text so that Terraform reads it as it stands: `${` and `%{` start no template.

    Terraform drops a byte order mark that begins a text, so such a text gets one to drop.
    https://developer.hashicorp.com/terraform/language/expressions/strings#escape-sequences
    """
    escaped = text.replace("${", "$${").replace("%{", "%%{")
    return _BYTE_ORDER_MARK + escaped if escaped.startswith(_BYTE_ORDER_MARK) else escaped


def to_json(argument: Argument) -> Json:
    """Turn an argument into Terraform JSON: expressions become `${...}` strings, attributes that are None vanish."""
    if isinstance(argument, Expr):
        return str(argument)
    if isinstance(argument, Mapping):
        return {key: to_json(value) for key, value in argument.items() if value is not None}
    if isinstance(argument, Sequence) and not isinstance(argument, str):
        return [to_json(value) for value in argument]
    return argument
