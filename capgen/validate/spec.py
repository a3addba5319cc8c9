"""Everything that is wrong with a loaded spec, as far as the spec alone can tell."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from capgen.diagnostics import Diagnostic
from capgen.load import Document, SpecPath
from capgen.validate.schema import violations
from capgen.validate.secrets import find_secrets
from capgen.validate.violation import Violation

MOST_VIOLATIONS = 200
"""How many violations of the schema are worded. No one reads more, and each costs a search for the word meant."""


def validate_document(document: Document) -> list[Diagnostic]:
    """Return what is wrong with a spec: secrets in it first, then where it departs from the schema.

    Where a secret stands, the schema has nothing more to say: its message would repeat the secret.
    """
    secrets = find_secrets(document)
    diagnostics = [secret.diagnostic for secret in secrets]
    refused = {secret.path for secret in secrets if secret.path is not None}
    found = [violation for violation in violations(document) if not _within(violation.path, refused)]
    if found:
        from capgen.validate.translate import translate  # imported when there is an error to word

        diagnostics += [translate(_marked(violation, refused)) for violation in found[:MOST_VIOLATIONS]]
    if len(found) > MOST_VIOLATIONS:
        rest = len(found) - MOST_VIOLATIONS
        diagnostics.append(
            Diagnostic(
                rule="schema-more",
                message=f"{rest} more values depart from the schema",
                location=found[MOST_VIOLATIONS].location,
                hint="correct the ones above first",
            )
        )
    return diagnostics


def _within(path: SpecPath, refused: AbstractSet[SpecPath]) -> bool:
    """Say whether a path is that of a refused value, or leads into one."""
    return any(path[:length] in refused for length in range(len(path) + 1))


def _marked(violation: Violation, refused: AbstractSet[SpecPath]) -> Violation:
    """Mark a violation whose value has a refused one within, so that no hint repeats it."""
    around = any(path[: len(violation.path)] == violation.path for path in refused)
    return replace(violation, around_secret=around)
