"""One deployment to do, as plain data that any process can be given."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic
from capgen.load import Document

if TYPE_CHECKING:  # only a judgement needs it
    from capgen.assess import Terms


class Verb(StrEnum):
    """What to do: write and judge, write, hold the output to the spec, or only compile."""

    BUILD = "build"
    COMPILE = "compile"
    CHECK = "check"
    DIGEST = "digest"


@dataclass(frozen=True, kw_only=True)
class Task:
    """A deployment and what to do with it.

    `spec` is what messages call it, `path` its file. `document` is the loaded spec, where it was loaded already, and
    `told` what that had to say; else the worker loads it: a fleet of them would fill the memory of one process. With
    `write` false the output is as it should be, and is only judged. `whole` asks for everything that a report tells.
    `remote` is for a worker that does not share this machine's disk: `beside` are then the files of the output that a
    judgement depends on, `policies` those of the user's own checks, and the output's files are handed back.
    """

    verb: Verb
    spec: str
    deployment: str
    path: str
    document: Document | None = None
    told: tuple[Diagnostic, ...] = ()
    out: str
    terms: "Terms | None" = None
    write: bool = True
    whole: bool = False
    remote: bool = False
    beside: Mapping[str, bytes] = field(default_factory=dict)
    policies: Mapping[str, bytes] = field(default_factory=dict)
