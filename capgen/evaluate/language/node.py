"""The syntax tree of a Terraform expression.

https://developer.hashicorp.com/terraform/language/expressions
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Literal:
    """A number, a boolean or null."""

    value: int | float | bool | None


@dataclass(frozen=True)
class Text:
    """A string template: literal text, unescaped, and expressions."""

    parts: "tuple[str | Node, ...]"


@dataclass(frozen=True)
class Name:
    """The first word of a reference: `var`, `local`, `module`, `data`, `each`, a resource type, a loop's variable."""

    name: str


@dataclass(frozen=True)
class Attribute:
    """`base.name`."""

    base: "Node"
    name: str


@dataclass(frozen=True)
class Index:
    """`base[key]`."""

    base: "Node"
    key: "Node"


@dataclass(frozen=True)
class Splat:
    """`base[*].path`: the same attributes of every element."""

    base: "Node"
    path: tuple[str, ...]


@dataclass(frozen=True)
class Call:
    """`function(arguments)`; `expand` says that the last argument ends in `...`."""

    function: str
    arguments: "tuple[Node, ...]"
    expand: bool


@dataclass(frozen=True)
class Unary:
    """`!operand` or `-operand`."""

    operator: str
    operand: "Node"


@dataclass(frozen=True)
class Binary:
    """`left operator right`."""

    operator: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Conditional:
    """`condition ? yes : no`."""

    condition: "Node"
    yes: "Node"
    no: "Node"


@dataclass(frozen=True)
class ListOf:
    """`[items]`."""

    items: "tuple[Node, ...]"


@dataclass(frozen=True)
class MapOf:
    """`{key = value}`."""

    items: "tuple[tuple[Node, Node], ...]"


@dataclass(frozen=True)
class For:
    """`[for key, value in collection : result if condition]`; with `result_key` it makes a map."""

    key: str | None
    value: str
    collection: "Node"
    result_key: "Node | None"
    result: "Node"
    condition: "Node | None"


Node = (
    Literal | Text | Name | Attribute | Index | Splat | Call | Unary | Binary | Conditional | ListOf | MapOf | For
)  # fmt: skip
