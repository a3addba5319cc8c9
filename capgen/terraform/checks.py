"""What a module's own test, which `terraform test` runs, holds the module to: data, written by each component."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.terraform.expression import Json

Answers = Mapping[str, Mapping[str, Json]]
"""What data sources find, by address."""


@dataclass(frozen=True)
class Check:
    """What must hold in a plan of the module: a condition (Terraform, without `${}`), and the same in words."""

    condition: str
    message: str


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """What the module must refuse to be placed in.

    `answers` is what AWS answers there; `refused_by` are the outputs, resources or data sources whose own conditions
    say no.
    """

    name: str
    answers: Answers
    refused_by: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Checks:
    """The test of a module.

    `example` is a plain value for each variable other than those that mean the same in every module; `refused` is a
    value that fails the validation of a variable, for each that has one. Both may name variables that this shape of the
    module does not have: those are left out. `answers` is what the mocked AWS answers, where a check depends on it.
    """

    example: Mapping[str, Json]
    holds: tuple[Check, ...]
    refused: Mapping[str, Json] = field(default_factory=dict)
    answers: Answers = field(default_factory=dict)
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True)
class NoChecks:
    """Why `terraform test` cannot run a module, in a sentence for its README."""

    reason: str
