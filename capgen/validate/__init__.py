"""Stage 2, validate: a loaded spec is held against its JSON Schema and searched for secrets."""

from capgen.validate.spec import validate_document

__all__ = ["validate_document"]
