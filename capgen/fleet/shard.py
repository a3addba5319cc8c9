"""A part of a fleet, for one of several machines."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

_FORM = re.compile(r"([1-9][0-9]*)/([1-9][0-9]*)")


@dataclass(frozen=True, kw_only=True)
class Shard:
    """Part `number` of `count`, counted from 1."""

    number: int
    count: int


def parse_shard(text: str) -> Shard | None:
    """Read `K/N`. Returns None for what is none."""
    found = _FORM.fullmatch(text)
    if not found or int(found[1]) > int(found[2]):
        return None
    return Shard(number=int(found[1]), count=int(found[2]))


def shard_of(names: Iterable[str], count: int) -> dict[str, int]:
    """Deal names to `count` shards, numbered from 1: evenly, their sizes differ by at most one, and stably.

    Each name prefers the shards in an order of its own (rendezvous hashing), so that a name that comes or goes leaves
    the preferences of all others as they are. Where the shard that a name likes best is full, it goes to the next: only
    those names move on a change. Neither the order of the names nor the machine plays a role.
    """
    ordered = sorted(set(names), key=lambda name: _weight(name, 0))
    least, larger = divmod(len(ordered), count)
    sizes = dict.fromkeys(range(1, count + 1), 0)
    dealt: dict[str, int] = {}
    for name in ordered:
        for shard in sorted(sizes, key=lambda shard: _weight(name, shard)):
            if sizes[shard] < least or (sizes[shard] == least and larger):
                larger -= sizes[shard] == least
                sizes[shard] += 1
                dealt[name] = shard
                break
    return dealt


def _weight(name: str, shard: int) -> bytes:
    return hashlib.sha256(f"{shard}/{name}".encode("utf-8", "surrogatepass")).digest()
