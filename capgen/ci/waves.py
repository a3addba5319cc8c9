"""In which order regions are planned and applied, in portions that a service's matrix can hold."""

from collections.abc import Collection, Sequence

from capgen.ci.roots import Root

LARGEST = 256
"""Jobs of one matrix: https://docs.github.com/en/actions/reference/limits."""


def waves(
    roots: Sequence[Root], affected: Collection[tuple[str, str]] | None = None, largest: int = LARGEST
) -> list[list[Root]]:
    """Return the affected roots (all, for None) in waves: one after the other, the roots of one side by side.

    A wave has roots of one step only and at most `largest`, so that fewer roots never make more waves.
    """
    chosen = [root for root in roots if affected is None or root.key in affected]
    steps: dict[int, list[Root]] = {}
    for root in chosen:
        steps.setdefault(root.step, []).append(root)
    return [
        steps[step][start : start + largest]
        for step in sorted(steps)
        for start in range(0, len(steps[step]), largest)
    ]  # fmt: skip


def earlier(root: Root, chosen: Sequence[Root]) -> list[Root]:
    """Return the regions of the same deployment that are applied before this one, of those that are applied now."""
    return [each for each in chosen if each.deployment == root.deployment and each.step < root.step]
