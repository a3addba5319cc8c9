"""Stage 2, validate: a loaded spec is held against its JSON Schema and searched for secrets."""

from capgen.validate.field import DEPLOYMENT, WAIVERS, Schema
from capgen.validate.spec import validate_document

__all__ = ["DEPLOYMENT", "WAIVERS", "Schema", "validate_document"]
