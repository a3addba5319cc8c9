"""What laying one layer over another leaves in the values, so that it does not matter which two are laid first."""

from typing import Any


class _TakenBack:
    """The type of the mark that a value leaves which was taken back."""

    def __repr__(self) -> str:
        return "taken back"


TAKEN_BACK = _TakenBack()


class AnewMap(dict[str, Any]):
    """A map under which nothing counts any more."""


class AnewList(list[Any]):
    """A list, of items with a key, under which nothing counts any more."""


def plain(value: Any) -> Any:
    """Return a value without the marks that laying left in it. Shares nothing with it but scalars."""
    if isinstance(value, dict):
        return {key: plain(member) for key, member in value.items() if member is not TAKEN_BACK}
    return [plain(item) for item in value] if isinstance(value, list) else value
