"""Hold what a blueprint's examples render to the specs that its author keeps beside them."""

from collections.abc import Mapping
from itertools import zip_longest
from pathlib import Path

from capgen.blueprints.spec_files import NewFile, write_texts
from capgen.diagnostics import Diagnostic, Location
from capgen.validate.words import shown

_UPDATE = "capgen blueprint test --update writes it"


def check_expected(folder: Path, texts: Mapping[str, str | None], *, update: bool) -> list[Diagnostic] | None:
    """Compare `folder`/<example>.yaml with the text of each example. None where there is no such folder.

    `texts` are the specs by the example's name; None for one that does not render. With `update`, the folder is made
    and its specs are written instead, and those of no example are removed. Raises OSError.
    """
    rendered = {name: text for name, text in texts.items() if text is not None}
    if update:
        folder.mkdir(exist_ok=True)
        write_texts([NewFile(folder / f"{name}.yaml", text) for name, text in rendered.items()])
        for stale in (path for path in folder.glob("*.yaml") if path.stem not in texts):
            stale.unlink()
    if not folder.is_dir():
        return None
    found = [each for name, text in rendered.items() for each in _differences(folder / f"{name}.yaml", text)]
    for path in sorted(folder.glob("*.yaml")):
        if path.stem not in texts:
            message = f"{path} is the spec of no example"
            found.append(Diagnostic(rule="blueprint-expected", message=message, hint="remove it, or write the example"))
    return found


def _differences(path: Path, text: str) -> list[Diagnostic]:
    if not path.is_file():
        return [Diagnostic(rule="blueprint-expected", message=f"{path} is missing", hint=_UPDATE)]
    kept = path.read_bytes().decode("utf-8", "replace")
    if kept == text:
        return []
    pairs = zip_longest(kept.split("\n"), text.split("\n"))
    number, (old, new) = next((n, pair) for n, pair in enumerate(pairs, start=1) if pair[0] != pair[1])
    return [
        Diagnostic(
            rule="blueprint-expected",
            message="the example renders something else",
            location=Location(str(path), number, 1, max(len(old or ""), 1)),
            value="nothing, the file ends" if old is None else shown(old),
            allowed="nothing, the spec ends" if new is None else shown(new),
            hint=f"where the new line is right, {_UPDATE}",
        )
    ]
