"""Two things that checkov does for each check and block, done at less cost and with the same result.

For a path such as `rule/[0]/status` its value checks walk the whole block, and they look for dynamic blocks each time.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from capgen.scan.by_identity import ByIdentity
from capgen.scan.engine import Engine

_ANY_DEPTH = "**"


class DirectPaths:
    """Stands in for dpath: follows a path instead of holding every path of the block to it.

    What a path is and what it matches is still dpath's to say.
    """

    def __init__(self, library: Any) -> None:
        self._library = library
        self._segments: Any = import_module("dpath.segments")

    def search(self, block: Any, path: str, yielded: bool = False) -> Any:
        """Return something that is not `{}` where the path leads somewhere; checkov asks for no more."""
        if yielded or _ANY_DEPTH in path:
            return self._library.search(block, path, yielded)
        return dict(enumerate(self._found(block, self._parts(path))))

    def get(self, block: Any, path: str) -> Any:
        """Return the one value to which the path leads. Raises KeyError and ValueError as dpath does."""
        if _ANY_DEPTH in path:
            return self._library.get(block, path)
        found = list(self._found(block, self._parts(path)))
        if not found:
            raise KeyError(path)
        if len(found) > 1:
            raise ValueError(f"{path} leads to {len(found)} values")
        return found[0]

    def _parts(self, path: str) -> Sequence[Any]:
        parts: Sequence[Any] = self._library._split_path(path, "/")  # noqa: SLF001 : no other name for how it reads a path
        return parts

    def _found(self, value: Any, path: Sequence[Any]) -> Iterator[Any]:
        if not path:
            yield value
        elif not self._segments.leaf(value):
            for key, member in self._segments.make_walkable(value):
                if self._segments.match((key,), (path[0],)):
                    yield from self._found(member, path[1:])


@contextmanager
def direct_paths(parts: Engine) -> Iterator[None]:
    """Let checkov's checks follow paths, and look once for the dynamic blocks of a block that has none."""
    saved = [(user, name, getattr(user, name)) for user, name in parts.path_users]
    stand_ins = {"dpath": DirectPaths, "handle_dynamic_values": _once}
    try:
        for user, name, known in saved:
            setattr(user, name, stand_ins[name](known))
        yield
    finally:
        for user, name, known in saved:
            setattr(user, name, known)


def _once(look: Callable[..., bool]) -> Callable[..., bool]:
    static: ByIdentity[bool] = ByIdentity()

    def looked(block: Any, found: bool = False) -> bool:
        if static.get(block):
            return found
        dynamic = look(block, found)
        if not dynamic:
            static.keep(block, True)
        return dynamic

    return looked
