"""The actions that the workflow uses, by major version; `--pin` puts a commit in a version's place."""

from collections.abc import Mapping

VERSIONS = {
    "actions/checkout": "v6",
    "actions/download-artifact": "v8",
    "actions/setup-python": "v6",
    "actions/upload-artifact": "v7",
    "aws-actions/configure-aws-credentials": "v6",
    "github/codeql-action/upload-sarif": "v4",
    "hashicorp/setup-terraform": "v4",
    "opentofu/setup-opentofu": "v2",
}

ACTIONS = frozenset(VERSIONS)
"""What can be pinned."""


def uses(pins: Mapping[str, str]) -> dict[str, str]:
    """Return what stands behind `uses:` for each action. A pinned one names its version in a comment."""
    return {
        action: f"{action}@{pins[action]} # {version}" if action in pins else f"{action}@{version}"
        for action, version in VERSIONS.items()
    }
