"""Give editors the schema of a spec, so that they complete, explain and check it offline."""

from pathlib import Path
from tempfile import NamedTemporaryFile

from capgen.resources import schemas_dir

EDITOR_SCHEMA = ".capgen/deployment.schema.json"
"""Where the schema lies, seen from the spec. The editor resolves it from there, so both move together."""


def modeline(reference: str) -> str:
    """Return the comment from which editors learn the schema; it must be the file's first line.

    https://github.com/redhat-developer/yaml-language-server#using-inlined-schema
    """
    return f"# yaml-language-server: $schema={reference}\n"


def write_editor_schema(folder: Path) -> Path:
    """Write the schema beside the specs of `folder`, in one step, and return its path. Raises OSError.

    A file with the same text is left alone, so that no build sees a change. Commit it with the spec: whoever checks the
    spec out has the schema that it was written for.
    """
    target = folder / EDITOR_SCHEMA
    text = (schemas_dir() / "deployment.schema.json").read_bytes()
    if target.is_file() and target.read_bytes() == text:
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as staged:
        try:
            staged.write(text)
            staged.close()
            Path(staged.name).chmod(0o644)
            Path(staged.name).replace(target)
        except BaseException:
            Path(staged.name).unlink(missing_ok=True)
            raise
    return target
