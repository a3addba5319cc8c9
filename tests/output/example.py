"""The guide's own example: rendered from the blueprint, as `make demo` does."""

from functools import cache
from pathlib import Path

from capgen.render import collect_parameters, find_blueprint, render_spec
from capgen.resources import blueprints_dir

REPOSITORY = Path(__file__).parents[2]
GOLDEN = REPOSITORY / "out"


@cache
def example_spec() -> str:
    """Return the text of the example's spec."""
    blueprint, diagnostics = find_blueprint("cap-fullstack")
    assert blueprint is not None, diagnostics
    collected = collect_parameters(blueprint, [blueprints_dir() / "cap-fullstack" / "example.yaml"])
    assert collected.values is not None, collected.diagnostics
    text, diagnostics = render_spec(blueprint, collected.values)
    assert text is not None, diagnostics
    return text


def tree(directory: Path) -> dict[str, bytes]:
    """Return every file of a directory, by relative path."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }
