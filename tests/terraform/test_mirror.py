"""The search finds what is there, names what is not, and never walks a disk without end."""

from pathlib import Path

import pytest

from tests.terraform import mirror
from tests.terraform.mirror import MIRROR_VARIABLE, Missing, find_mirror, find_toolchain

HOST = "registry.example.com"


def provider_below(folder: Path, host: str = HOST) -> Path:
    (folder / host / "hashicorp" / "aws" / "1.0.0").mkdir(parents=True)
    return folder


def test_the_named_folder_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(MIRROR_VARIABLE, str(provider_below(tmp_path / "named")))
    assert find_mirror(HOST) == tmp_path / "named"


def test_a_named_folder_without_the_provider_is_not_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    provider_below(tmp_path / "found")
    monkeypatch.setattr(mirror, "_search_roots", lambda: [tmp_path])
    monkeypatch.setenv(MIRROR_VARIABLE, str(tmp_path / "empty"))
    assert find_mirror(HOST) is None


@pytest.mark.parametrize(("depth", "found"), [(0, True), (3, True), (9, False)])
def test_the_search_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, depth: int, found: bool) -> None:
    folder = provider_below(tmp_path.joinpath(*["deeper"] * depth))
    monkeypatch.delenv(MIRROR_VARIABLE, raising=False)
    monkeypatch.setattr(mirror, "_search_roots", lambda: [tmp_path])
    assert find_mirror(HOST) == (folder if found else None)


def test_what_is_missing_is_said_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    missing = find_toolchain()
    assert isinstance(missing, Missing)
    assert missing.reason == (
        "terraform or provider mirror not found: no terraform on PATH; no tofu on PATH"
    )  # fmt: skip


def test_a_command_without_its_mirror_is_missing_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    command = tmp_path / "tofu"
    command.write_text("#!/bin/sh\n", encoding="utf-8")
    command.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv(MIRROR_VARIABLE, str(tmp_path))
    missing = find_toolchain()
    assert isinstance(missing, Missing)
    assert "no mirror with registry.opentofu.org/hashicorp/aws for tofu" in missing.reason
