"""Begin a blueprint: a small one that works, to be changed into what a team needs."""

from pathlib import Path

from capgen.blueprints.spec_files import NewFile, write_texts
from capgen.diagnostics import Diagnostic
from capgen.validate.strict import matches
from capgen.validate.words import shown

SKELETON = Path(__file__).parent / "skeleton"
"""The blueprint of docs/blueprints.md. A test holds that page to it, and runs it."""

_NAME = "team-web"
_FORM = "^[a-z](-?[a-z0-9])*$"
_LONGEST = 63


def begin_blueprint(folder: Path) -> list[Diagnostic]:
    """Write a blueprint called as `folder` is, into it, or say why not. Raises OSError when the disk fails."""
    name = folder.resolve().name
    if not matches(_FORM, name) or len(name) > _LONGEST:
        allowed = f"lower-case letters, digits and single hyphens, a letter first, at most {_LONGEST}"
        return [Diagnostic(rule="blueprint-name", message="a blueprint cannot be called so", value=shown(name),
                           allowed=allowed)]  # fmt: skip
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = f"{folder} exists and is left as it is"
        return [Diagnostic(rule="blueprint-exists", message=message, hint="name a folder that is new or empty")]
    files = [path for path in sorted(SKELETON.rglob("*")) if path.is_file()]
    texts = {path.relative_to(SKELETON): path.read_text(encoding="utf-8") for path in files}
    write_texts([NewFile(folder / path, text.replace(_NAME, name)) for path, text in texts.items()])
    return []
