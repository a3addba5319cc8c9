"""What a root reads from files beside it: a script that changes is a change, though its name stays."""

import re
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from capgen.evaluate import Flattened

_READ = re.compile(r"(\b(?:file\w*|templatefile)\('\$\{path\.module\}/)([^']+)'")
_DIGITS = 16


def with_digests(flattened: Flattened, base: Path) -> Flattened:
    """Return a root in whose expressions each file that is read stands with a digest of its content.

    `base` is what the files of the root's places are relative to. A file that is missing has no digest.
    """
    resources = {}
    for (type, label), body in flattened.resources.items():
        module = (base / flattened.origins[f"{type}.{label}"].place.file).parent
        resources[type, label] = {name: _digested(value, module) for name, value in body.items()}
    return replace(flattened, resources=resources)


def _digested(value: Any, module: Path) -> Any:
    if isinstance(value, Mapping):
        return {key: _digested(item, module) for key, item in value.items()}
    if isinstance(value, list):
        return [_digested(item, module) for item in value]
    if isinstance(value, str) and "path.module" in value:
        return _READ.sub(lambda match: f"{match[1]}{match[2]}@{_digest(module / match[2])}'", value)
    return value


def _digest(file: Path) -> str:
    return sha256(file.read_bytes()).hexdigest()[:_DIGITS] if file.is_file() else ""
