"""Refuse a password or a key in a spec, at its line, without repeating it.

A spec lies in a repository and travels through reviews and logs. checkov's own secret scan was measured to miss a plain
`DB_PASSWORD` and a PEM block in YAML, so this is not left to it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from capgen.diagnostics import Diagnostic, Location
from capgen.load import Document, Place, SpecPath, dotted
from capgen.validate.field import Schema, without_region
from capgen.validate.secret_search import Sighting, search
from capgen.validate.secret_text import SHAPES, shape_of
from capgen.validate.violation import name_of
from capgen.validate.words import shorten

_LINK = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"
_FOR_THE_DATABASE = (
    "set database.password.source to generated, or to variable and hand it over as TF_VAR_database_password"
)
_FOR_PROSE = "remove it here, and replace it where it is used: it has been written down"
_FOR_THE_AGENT = "keep it in Secrets Manager and name it under agent.secrets: {secret_arn: <ARN>, key: <key>}"


@dataclass(frozen=True)
class FoundSecret:
    """A secret at `path` of the spec; in a comment, or where another file overrides it, it has no path."""

    path: SpecPath | None
    text: str
    diagnostic: Diagnostic


def find_secrets(document: Document, schema: Schema) -> list[FoundSecret]:
    """Return every secret in a document: in its values, in its keys, and in its comments.

    In a spec with bases, each file is searched as it was read: what another file overrides stands in a repository too.
    """
    if not document.merged:
        return _in_file(document, schema)
    paths: dict[Place, list[SpecPath]] = {}
    found = [(part, secret) for part in document.parts for secret in _in_file(part, schema)]
    if found:
        for path, place in document.places.items():
            paths.setdefault(place, []).append(path)
    return [
        replace(secret, path=path)
        for part, secret in found
        for path in (paths.get(part.places[secret.path], (None,)) if secret.path is not None else (None,))
    ]


def _in_file(document: Document, schema: Schema) -> list[FoundSecret]:
    sightings = {sighting.path: sighting for sighting in search(document.data, schema)}
    found = [_refuse(document, schema, sighting) for sighting in sightings.values()]
    return [*found, *_in_comments(document, found)]


def _refuse(document: Document, schema: Schema, sighting: Sighting) -> FoundSecret:
    path = sighting.path
    holder = f"a key of {name_of(path[:-1])}" if sighting.in_key else name_of(path)
    diagnostic = Diagnostic(
        rule=sighting.rule,
        message=f"{shorten(holder)} holds {sighting.what}",
        location=document.key_at(path) if sighting.in_key else document.value_at(path),
        path=dotted(tuple(takewhile(lambda part: not shape_of(str(part)), path))) or None,
        hint=_hint(without_region(path), schema),
        link=_LINK,
        sensitive=True,
    )
    return FoundSecret(path, sighting.text, diagnostic)


def _hint(path: SpecPath, schema: Schema) -> str:
    if path[: len(schema.prose)] == schema.prose:
        return _FOR_PROSE
    return _FOR_THE_DATABASE if path[:1] == ("database",) else _FOR_THE_AGENT


def _in_comments(document: Document, found: Sequence[FoundSecret]) -> Iterator[FoundSecret]:
    """Yield what looks like a secret in the text and is not in a value that was refused already."""
    lines = {secret.diagnostic.location.line for secret in found if secret.diagnostic.location}
    for number, line in enumerate(document.text.splitlines(), start=1):
        for shape in SHAPES if shape_of(line) else ():
            match = shape.pattern.search(line)
            if match is None or number in lines or any(match.group() in secret.text for secret in found):
                continue
            place = Location(document.file, number, match.start() + 1, match.end() - match.start())
            message = f"this line holds {shape.what}"
            diagnostic = Diagnostic(rule=shape.rule, message=message, location=place, hint=_FOR_PROSE, sensitive=True)
            yield FoundSecret(None, match.group(), diagnostic)
