"""Hold files to the schemas that the services publish, as check-jsonschema carries them."""

from collections.abc import Sequence
from pathlib import Path

from check_jsonschema import main
from click.testing import CliRunner


def held_to(schema: str, files: Sequence[Path]) -> None:
    """Fail, with what is wrong, if one of the files is not as the schema says."""
    result = CliRunner().invoke(main, ["--builtin-schema", f"vendor.{schema}", *(str(file) for file in files)])
    assert result.exit_code == 0, result.output
