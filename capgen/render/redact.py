"""Keep secrets that stand in a parameter file out of everything that capgen shows."""

from collections.abc import Collection, Iterable
from dataclasses import replace
from pathlib import Path

from capgen.diagnostics import Diagnostic, Location
from capgen.load import Document, SpecPath, dotted


def hide_values(
    document: Document, paths: Iterable[SpecPath], diagnostics: Iterable[Diagnostic]
) -> tuple[Document, list[Diagnostic]]:
    """Take the values at `paths` out of a document's text, and out of what loading it said.

    Asterisks replace the text, so that lines and columns stay. Of the diagnostics about such a value, only that its key
    stands there twice is kept: the others repeat what they found.
    """
    lines = document.text.splitlines(keepends=True)
    names = {dotted(path): path for path in paths}
    for path in names.values():
        _blank_value(lines, document, document.value_at(path), path)
    told: list[Diagnostic] = []
    for diagnostic in diagnostics:
        name = next((name for name in names if _is_within(diagnostic.path or "", name)), None)
        if name is not None and diagnostic.location is not None:
            _blank_value(lines, document, replace(diagnostic.location, length=1), names[name])
        if name is None or (diagnostic.path == name and diagnostic.rule == "load-duplicate-key"):
            told.append(diagnostic)
    return replace(document, text="".join(lines)), told


def mask_syntax_errors(diagnostics: Iterable[Diagnostic], path: Path, secrets: Collection[str]) -> list[Diagnostic]:
    """Reword why a file cannot be parsed where it names a secret: the secret may be the cause.

    What a YAML parser says quotes the text it stumbled over, and a password is what it most often stumbles over.
    """
    found = list(diagnostics)
    if not any(diagnostic.rule == "load-yaml-syntax" for diagnostic in found):
        return found
    text = path.read_text(encoding="utf-8-sig")
    if not any(secret.casefold() in text.casefold() for secret in secrets):
        return found
    return [
        replace(
            diagnostic,
            message="this is not YAML; the reason is not shown, since the line may hold a secret",
            location=_whole_line(diagnostic.location, text),
            hint=f"leave {' and '.join(sorted(secrets))} out, or put the value in quotes",
            sensitive=True,
        )
        for diagnostic in found
    ]


def _whole_line(place: Location | None, text: str) -> Location | None:
    if place is None:
        return None
    lines = text.splitlines()
    length = len(lines[place.line - 1]) if place.line <= len(lines) else 1
    return Location(place.file, place.line, 1, max(length, 1))


def _is_within(path: str, name: str) -> bool:
    return path == name or path.startswith((f"{name}.", f"{name}["))


def _blank_value(lines: list[str], document: Document, start: Location, path: SpecPath) -> None:
    """Blank one value, to the end of its line where nothing follows: what YAML takes for a comment may belong to it.

    A value of several lines has no length: it ends where the next key or value begins.
    """
    end = _next_place(document, path, start)
    if start.length > 1:
        alone = end is None or end.line > start.line
        _blank(lines, start.line, start.column - 1, None if alone else start.column - 1 + start.length)
        return
    last, column = (end.line, end.column) if end else (len(lines) + 1, 1)
    for number in range(start.line, last + 1):
        _blank(lines, number, start.column - 1 if number == start.line else 0, column - 1 if number == last else None)


def _blank(lines: list[str], number: int, start: int, stop: int | None) -> None:
    if number > len(lines):
        return
    body = lines[number - 1].rstrip("\r\n")
    hidden = body[start:stop]
    end = lines[number - 1][len(body) :]
    lines[number - 1] = body[:start] + "*" * len(hidden) + body[start + len(hidden) :] + end


def _next_place(document: Document, path: SpecPath, start: Location) -> Location | None:
    """Return where the first key or value after `path` begins, or None at the end of the file."""
    others = (place for other, place in document.places.items() if other[: len(path)] != path)
    starts = (location for place in others for location in (place.key, place.value))
    return min((place for place in starts if (place.line, place.column) > (start.line, start.column)), default=None)
