"""What a fleet is to be done with."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.fleet.shard import Shard
from capgen.fleet.task import Verb

if TYPE_CHECKING:  # only a judgement needs it
    from capgen.assess import Terms


@dataclass(frozen=True, kw_only=True)
class Options:
    """`terms` are there for BUILD alone. `force` takes nothing for known. `whole` asks for what a report tells."""

    verb: Verb
    out: Path
    terms: "Terms | None" = None
    force: bool = False
    shard: Shard | None = None
    whole: bool = False
