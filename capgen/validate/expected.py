"""What the schema allows at a place, in words, with an example."""

from collections.abc import Iterable

from capgen.validate.field import Field, declared_keys
from capgen.validate.forms import FORMS
from capgen.validate.words import flow, kind_named

MOST_KEYS = 12
"""Keys of a section that a message lists."""
_SINGULAR = {"characters": "character", "items": "item", "entries": "entry"}


def expected(field: Field) -> str | None:
    """Say what may stand where `field` is declared."""
    if "const" in field:
        return flow(field["const"])
    if "enum" in field:
        return ", ".join(flow(each) for each in field["enum"])
    kind = field.get("type")
    if kind == "object" and declared_keys(field):
        return f"a section with {listed(declared_keys(field))}"
    words = {"integer": _range, "string": _form}.get(str(kind), _kind)(field)
    return with_example(words, field)


def listed(keys: Iterable[str]) -> str:
    """List keys, the first of them where there are many."""
    names = list(keys)
    rest = f" and {len(names) - MOST_KEYS} more" if len(names) > MOST_KEYS else ""
    return ", ".join(names[:MOST_KEYS]) + rest


def with_example(words: str | None, field: Field) -> str | None:
    """Add the schema's example to a description."""
    examples = [flow(each) for each in field.get("examples", []) if each not in ({}, [])]
    if not examples:
        return words
    return f"{words}; for example {examples[0]}" if words else f"for example {examples[0]}"


def sentence(field: Field) -> str | None:
    """Return the first sentence of the field's description, without its full stop."""
    description: str | None = field.get("description")
    return description.split(". ")[0].removesuffix(".") if description else None


def form(pattern: str, field: Field) -> str:
    """Say which form a pattern asks for; the pattern itself where no words are known."""
    return FORMS.get(pattern) or sentence(field) or f"text that matches {pattern}"


def length(field: Field, unit: str, least: str, most: str) -> str | None:
    """Say how many `unit` the keywords `least` and `most` of the schema allow."""
    bounds = [f"at least {field[least]}"] if least in field else []
    bounds += [f"at most {field[most]}"] if most in field else []
    if not bounds:
        return None
    return f"{' and '.join(bounds)} {_SINGULAR[unit] if bounds[-1].endswith(' 1') else unit}"


def _range(field: Field) -> str:
    least, most = field.get("minimum"), field.get("maximum")
    if least is not None and most is not None:
        return f"a whole number from {least} to {most}"
    return f"a whole number of at least {least}" if least is not None else "a whole number"


def _form(field: Field) -> str | None:
    if "pattern" in field:
        return form(field["pattern"], field)
    return length(field, "characters", "minLength", "maxLength") or "text"


def _kind(field: Field) -> str | None:
    if field.get("type") == "boolean":
        return "true or false"
    if field.get("type") == "array":
        return length(field, "items", "minItems", "maxItems") or "a list"
    return kind_named(field["type"]) if "type" in field else sentence(field)
