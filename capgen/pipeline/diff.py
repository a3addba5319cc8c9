"""Stage 13 on two trees or specs."""

from pathlib import Path
from tempfile import TemporaryDirectory

from capgen.diagnostics import has_errors
from capgen.pipeline.compile import compile_spec
from capgen.pipeline.results import Compared, Progress


def diff(old: Path, new: Path, progress: Progress = lambda _: None) -> Compared:
    """Compare two compiled trees, two specs, or one with the other. A spec is compiled into a temporary folder.

    Policy is not asked. A spec is held against its own deployment in a folder of deployments.
    """
    from capgen.assess import evaluate_tree
    from capgen.compare import compare

    with TemporaryDirectory(prefix="capgen-diff-") as folder:
        given = {index: path for index, path in enumerate((old, new)) if _is_spec(path)}
        compiled = {index: compile_spec(path, Path(folder) / str(index), progress) for index, path in given.items()}
        documents = tuple(each.validated.document for each in compiled.values())
        told = tuple(diagnostic for each in compiled.values() for diagnostic in each.diagnostics)
        if has_errors(told):
            return Compared(None, told, documents)
        names = [each.directory.name for each in compiled.values() if each.directory is not None]
        trees = [compiled[index].directory or path if index in compiled else _deployment(path, names)
                 for index, path in enumerate((old, new))]  # fmt: skip
        progress("compare")
        sides = [evaluate_tree(tree) for tree in trees]
    told += tuple(diagnostic for side in sides for region in side for diagnostic in region.diagnostics)
    if has_errors(told):
        return Compared(None, told, documents)
    roots = all(any(path.glob("*.tf.json")) for path in (old, new))
    return Compared(compare(*sides, one_root=roots), told, documents)


def _is_spec(path: Path) -> bool:
    return path.is_file() or (not path.is_dir() and path.suffix in (".yaml", ".yml"))


def _deployment(path: Path, names: list[str]) -> Path:
    """Return the one deployment of a folder that has one of these names, or the folder."""
    return next((path / name for name in names if (path / name).is_dir()), path)
