"""What a module's own test, which `terraform test` runs, holds the module to: data, written by each component."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.terraform.expression import Json


@dataclass(frozen=True)
class Check:
    """What must hold in a plan of the module: a condition (Terraform, without `${}`), and the same in words."""

    condition: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """A surrounding that the module must refuse.

    `found` is what the data sources find there, by address; `refused_by` are the outputs, resources or data sources
    whose own conditions say no.
    """

    name: str
    found: Mapping[str, Mapping[str, Json]]
    refused_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Checks:
    """The test of a module.

    `example` is a plain value for each variable, other than those that are called the same in every module; `found` is
    what data sources find, by address. `refused` is, for each variable that has a validation, a value that fails it.
    """

    example: Mapping[str, Json]
    holds: tuple[Check, ...]
    found: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    refused: Mapping[str, Json] = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class NoChecks:
    """Why `terraform test` can not run a module, in a sentence for its README."""

    reason: str
