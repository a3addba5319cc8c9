"""The user's own checks, in checkov's own form: Python files and YAML or JSON graph checks in a folder."""

from capgen.scan.user_policies.error import PolicyError
from capgen.scan.user_policies.folder import UserChecks, user_checks

__all__ = ["PolicyError", "UserChecks", "user_checks"]
