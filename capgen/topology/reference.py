"""What a module's argument can be: a user's value, another module's output, or an expression of the root."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Ref:
    """Another component's output: `Ref("network", "vpc_id")` becomes `${module.network.vpc_id}` in the root."""

    component: str
    output: str


@dataclass(frozen=True)
class Raw:
    """A Terraform expression of the root itself, such as `data.aws_partition.current.partition`."""

    expression: str


@dataclass(frozen=True)
class Text:
    """A string that joins literals and references: `Text(("http://", Ref("load_balancer", "dns_name")))`."""

    parts: tuple["str | Ref | Raw | Remote", ...]


@dataclass(frozen=True)
class Remote:
    """An output of another region's root. The plan puts a `Raw` in its place: a variable, or a read of that state.

    `output` is a name of `capgen.topology.remote_outputs`.
    """

    region: str
    output: str


Value = str | int | float | bool | None | Ref | Raw | Remote | Text | Sequence["Value"] | Mapping[str, "Value"]
