"""Everything that is wrong with a loaded document, as far as its schema can tell."""

from collections.abc import Set as AbstractSet
from dataclasses import replace

from capgen.diagnostics import Diagnostic
from capgen.load import Document, SpecPath
from capgen.validate.field import DEPLOYMENT, Schema
from capgen.validate.schema import violations
from capgen.validate.secrets import find_secrets
from capgen.validate.violation import Violation

MOST_VIOLATIONS = 200
"""How many violations of the schema are worded. No one reads more, and each costs a search for the word meant."""


def validate_document(document: Document, schema: Schema = DEPLOYMENT) -> list[Diagnostic]:
    """Return what is wrong with a document: secrets in it first, then where it departs from its schema.

    Where a secret stands, the schema has nothing more to say: its message would repeat the secret.
    """
    secrets = find_secrets(document, schema)
    diagnostics = [secret.diagnostic for secret in secrets]
    refused = {secret.path for secret in secrets if secret.path is not None}
    found = [violation for violation in violations(document, schema) if not _within(violation.path, refused)]
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
