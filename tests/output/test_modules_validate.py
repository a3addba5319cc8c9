"""The real `terraform validate` accepts every root and every module of the example and of each variant.

One run costs seconds, most of which the provider takes to start. So the roots are called as modules by one scratch
root, and the modules, once per distinct body and with every value unknown, by another. What only a root can get wrong,
its provider, backend, variables and outputs, is validated where it stands, once per distinct content.
"""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.output.example import GOLDEN, tree
from tests.output.variants import VARIANTS, compiled_variant
from tests.terraform.harness import Terraform

Tree = Mapping[str, bytes]
EXAMPLE = "example"
MAIN = "main.tf.json"
TAKEN_OVER = {"providers.tf.json", "backend.tf.json", "versions.tf.json"}
"""Files of a root that the scratch root has itself: one provider for all is one process for all."""


@pytest.fixture(scope="module")
def trees() -> dict[str, Tree]:
    return {EXAMPLE: tree(GOLDEN / "cap-production"), **{name: compiled_variant(name) for name in VARIANTS}}


def write(folder: Path, files: Tree) -> None:
    for path, content in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def below(files: Tree, folder: str) -> dict[str, bytes]:
    """Return the files below a folder, by their path in it."""
    return {path.removeprefix(f"{folder}/"): files[path] for path in files if path.startswith(f"{folder}/")}


def regions(files: Tree) -> list[str]:
    found: list[str] = json.loads(files["manifest.json"])["regions"]
    return found


def complaints(terraform: Terraform, *init: str) -> list[str]:
    """Return what `validate` says about the configuration, warnings too."""
    terraform.init(*init).require()
    told = json.loads(terraform.run("validate", "-json").stdout)
    return [f"{found['summary']}: {found['detail']}\n{found.get('range')}" for found in told["diagnostics"]]


class Scratch:
    """A root that calls modules and hands each of them a variable of its own for each of theirs."""

    def __init__(self) -> None:
        versions = json.loads(tree(GOLDEN / "cap-production" / "eu-west-1")["versions.tf.json"])
        self.document: dict[str, Any] = {**versions, "provider": {"aws": {}}, "variable": {}, "module": {}}

    def call(self, name: str, source: str, variables: Mapping[str, Mapping[str, Any]]) -> None:
        passed = {}
        for variable, declared in variables.items():
            own = f"{name}-{variable}"
            self.document["variable"][own] = {key: value for key, value in declared.items() if key != "validation"}
            passed[variable] = f"${{var.{own}}}"
        self.document["module"][name] = {"source": source, **passed}

    def write(self, folder: Path) -> None:
        filled = {block_type: blocks for block_type, blocks in self.document.items() if blocks}
        write(folder, {MAIN: json.dumps(filled).encode()})


def with_one_provider(main: bytes) -> bytes:
    """Let every module of a root have the one provider that there is here."""
    document = json.loads(main)
    for call in document["module"].values():
        call.pop("providers", None)
    return json.dumps(document).encode()


def variables_of(folder: Tree) -> Mapping[str, Mapping[str, Any]]:
    declared: dict[str, dict[str, Any]] = json.loads(folder.get("variables.tf.json", b"{}")).get("variable", {})
    return declared


def test_every_root_is_valid(trees: dict[str, Tree], terraform: Terraform, tmp_path: Path) -> None:
    scratch = Scratch()
    for name, files in trees.items():
        kept = {path: content for path, content in files.items() if path.startswith("modules/")}
        for region in regions(files):
            root = below(files, region)
            kept |= {f"{region}/{file}": root[file] for file in root.keys() - TAKEN_OVER - {MAIN}}
            kept[f"{region}/{MAIN}"] = with_one_provider(root[MAIN])
            scratch.call(f"{name}-{region}", f"./{name}/{region}", variables_of(root))
        write(tmp_path / name, kept)
    scratch.write(tmp_path)
    assert complaints(terraform.at(tmp_path)) == []


def test_every_distinct_module_stands_alone(trees: dict[str, Tree], terraform: Terraform, tmp_path: Path) -> None:
    scratch, bodies = Scratch(), set()
    for files in trees.values():
        for component in sorted({path.split("/")[0] for path in below(files, "modules")}):
            module = below(files, f"modules/{component}")
            body = hashlib.sha256(b"".join(module[name] for name in sorted(module) if name != "README.md")).hexdigest()
            if body not in bodies:
                bodies.add(body)
                name = f"{component}-{body[:8]}"
                write(tmp_path / name, module)
                scratch.call(name, f"./{name}", variables_of(module))
    assert len(bodies) > len(list((GOLDEN / "cap-production" / "modules").iterdir()))
    scratch.write(tmp_path)
    assert complaints(terraform.at(tmp_path)) == []


def test_every_distinct_frame_of_a_root_is_valid_in_its_place(
    trees: dict[str, Tree], terraform: Terraform, tmp_path: Path
) -> None:
    frames = set()
    for name, files in trees.items():
        for region in regions(files):
            root = below(files, region)
            frame = tuple(sorted((file, root[file]) for file in root if file.endswith(".tf.json") and file != MAIN))
            if frame not in frames:
                frames.add(frame)
                write(tmp_path / name, files)
                assert complaints(terraform.at(tmp_path / name / region), "-backend=false") == [], name
    assert len(frames) > 1


def test_a_mistake_in_any_module_would_be_found(trees: dict[str, Tree], terraform: Terraform, tmp_path: Path) -> None:
    files = dict(trees[EXAMPLE])
    place = "modules/service/outputs.tf.json"
    broken = json.loads(files[place])
    broken["output"]["service_name"]["value"] = "${aws_ecs_service.this.nmae}"
    write(tmp_path / EXAMPLE, {**files, place: json.dumps(broken).encode()})
    scratch = Scratch()
    scratch.call(EXAMPLE, f"./{EXAMPLE}/eu-west-1", {})
    (tmp_path / EXAMPLE / "eu-west-1" / "providers.tf.json").unlink()
    scratch.write(tmp_path)
    (complaint,) = complaints(terraform.at(tmp_path))
    assert "nmae" in complaint
