"""Which files a spec starts from, in which order, and what is said where one cannot be read."""

from pathlib import Path

import pytest

from capgen.diagnostics import Diagnostic
from capgen.load import Document, load_spec, load_spec_text
from capgen.load.limits import MAX_BASES, MAX_CHAIN


@pytest.fixture(autouse=True)
def _in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(**files: str) -> None:
    for name, text in files.items():
        path = Path(f"{name.replace('__', '/')}.yaml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def load(name: str = "spec.yaml") -> Document:
    document, diagnostics = load_spec(Path(name))
    assert document is not None
    assert not diagnostics
    return document


def refused(name: str = "spec.yaml") -> Diagnostic:
    _, (diagnostic,) = load_spec(Path(name))
    return diagnostic


def test_a_spec_alone_is_as_it_was_read() -> None:
    write(spec="a: 1\n")
    document = load()
    assert (document.files, document.digested) == (("spec.yaml",), {"a": 1})
    assert document.parts == (document,)


def test_the_spec_goes_before_its_bases_and_a_later_base_before_an_earlier_one() -> None:
    write(
        one="a: 1\nb: 1\nc: {x: 1}\n",
        two="b: 2\nc: {y: 2}\n",
        specs__spec="extends: [../one.yaml, ../two.yaml]\na: 3\n",
    )
    document = load("specs/spec.yaml")
    assert document.data == {"a": 3, "b": 2, "c": {"x": 1, "y": 2}}
    assert document.files == ("one.yaml", "two.yaml", "specs/spec.yaml")
    assert document.file == "specs/spec.yaml"
    places = {path: str(document.value_at(path)) for path in [("a",), ("b",), ("c", "x"), ("c", "y")]}
    assert list(places.values()) == ["specs/spec.yaml:2:4", "two.yaml:1:4", "one.yaml:3:8", "two.yaml:2:8"]
    assert [document.quoted(document.value_at((key,))) for key in "ab"] == ["a: 3", "b: 2"]
    assert [supply.value for supply in document.overridden["a",]] == [1]
    assert str(document.key_at(("nothing",))) == "specs/spec.yaml:1:1"


def test_a_base_is_relative_to_the_file_that_names_it() -> None:
    write(
        shared__deep__low="a: 1\n",
        shared__mid="extends: deep/low.yaml\nb: 2\n",
        specs__spec="extends: ../shared/mid.yaml\n",
    )
    document = load("specs/spec.yaml")
    assert document.files == ("shared/deep/low.yaml", "shared/mid.yaml", "specs/spec.yaml")
    assert document.data == {"a": 1, "b": 2}


def test_a_base_that_is_reached_twice_lies_beneath_all_that_extend_it() -> None:
    write(low="a: 0\nb: 0\n", left="extends: low.yaml\na: 1\n", right="extends: low.yaml\nb: 2\n")
    write(spec="extends: [left.yaml, right.yaml]\n", other="extends: [right.yaml, ./left.yaml, low.yaml]\n")
    assert load().data == load("other.yaml").data == {"a": 1, "b": 2}
    assert load().files == ("low.yaml", "left.yaml", "right.yaml", "spec.yaml")


def test_one_file_by_two_names_is_one_file() -> None:
    write(shared__low="a: 1\n", left="extends: shared/low.yaml\na: 2\n", spec="extends: [left.yaml, link.yaml]\n")
    Path("link.yaml").symlink_to("shared/low.yaml")
    assert load().aliases == {"link.yaml": "shared/low.yaml"}
    assert load().data == {"a": 2}


def test_a_link_names_its_bases_from_where_it_lies() -> None:
    write(shared__spec="extends: base.yaml\nb: 1\n", shared__base="a: shared\n", base="a: here\n")
    Path("spec.yaml").symlink_to("shared/spec.yaml")
    assert load().data == {"a": "here", "b": 1}
    assert load("shared/spec.yaml").data == {"a": "shared", "b": 1}


def test_a_base_above_the_specs_directory_and_beneath_another_root() -> None:
    write(base="a: 1\n", team__one__spec="extends: ../../base.yaml\n")
    here = Path.cwd()
    assert load("team/one/spec.yaml").files == ("base.yaml", "team/one/spec.yaml")
    assert load(str(here / "team/one/spec.yaml")).files[0] == str(here / "base.yaml")


def test_a_base_that_may_not_be_read_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    write(base="a: 1\n", spec="extends: base.yaml\n")
    read = Path.read_bytes

    def refusing(path: Path) -> bytes:
        if path.name == "base.yaml":
            raise PermissionError(13, "Permission denied")
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refusing)
    diagnostic = refused()
    assert (diagnostic.message, str(diagnostic.location)) == (
        "cannot read base.yaml: permission denied", "spec.yaml:1:10",
    )  # fmt: skip


@pytest.mark.parametrize("refusal", ["is_file", "exists"])
def test_a_base_that_the_system_refuses_is_told(refusal: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    write(spec="extends: closed/base.yaml\n")
    monkeypatch.setattr(Path, refusal, refusing)
    told = refused()
    assert (told.rule, told.path, str(told.location)) == ("extends-readable", "extends", "spec.yaml:1:10")
    assert told.message == "cannot read closed/base.yaml: permission denied"


def test_a_name_that_is_too_long_for_the_system_is_told() -> None:
    write(spec=f"extends: {'x' * 300}.yaml\n")
    told = refused()
    assert (told.rule, str(told.location)) == ("extends-readable", "spec.yaml:1:10")
    assert told.message.endswith("file name too long")


def test_a_circle_is_shown() -> None:
    write(one="extends: two.yaml\n", two="extends: [./one.yaml]\n", spec="extends: one.yaml\n")
    diagnostic = refused()
    assert (diagnostic.rule, str(diagnostic.location)) == ("extends-cycle", "two.yaml:1:11")
    assert diagnostic.message.endswith("one.yaml extends two.yaml extends one.yaml")
    write(spec="extends: spec.yaml\n")
    assert refused().message.endswith("spec.yaml extends spec.yaml")
    Path("link.yaml").symlink_to("spec.yaml")
    write(spec="extends: link.yaml\n")
    assert refused().message.endswith("spec.yaml extends link.yaml, which is spec.yaml")


@pytest.mark.parametrize(
    ("said", "rule", "message", "column"),
    [
        ("none.yaml", "extends-readable", "cannot read none.yaml: no such file", 10),
        ("[base.yaml, none.yaml]", "extends-readable", "cannot read none.yaml: no such file", 22),
        ("folder.yaml", "extends-readable", "cannot read folder.yaml: it is not a YAML file", 10),
        ("secret.yaml", "extends-readable", "cannot read secret.yaml: it is not a YAML file, but leads to another", 10),
        ("dangling.yaml", "extends-readable", "cannot read dangling.yaml: it is a link that leads to no file", 10),
        ("loop.yaml", "extends-readable", "cannot read loop.yaml: it is a link that leads to no file", 10),
        ("none/base.yaml", "extends-readable", "cannot read none/base.yaml: no such file", 10),
        ("empty.yaml", "load-empty", "empty.yaml is empty", 10),
        ("large.yaml", "load-limits", "the file is too large for a spec", None),
        ("/etc/base.yaml", "extends-name", "/etc/base.yaml is not relative to the file that extends it", 10),
        ("~/base.yaml", "extends-name", "~/base.yaml is not relative", 10),
        ("'C:\\base.yaml'", "extends-name", "C:\\base.yaml is not relative", 10),
        ("../.aws/credentials", "extends-name", "../.aws/credentials is not the name of a YAML file", 10),
        ("https://user:pass@example.com/base.yaml", "extends-name", "extends names what is no file", 10),
        ('"a\\0.yaml"', "extends-name", "extends names what is no file", 10),
        ("[]", "extends-name", "extends names no file", 10),
        ("''", "extends-name", "extends names no file", 10),
        ("", "extends-name", "extends names no file", None),
        ("{base: base.yaml}", "extends-name", "extends names no file", 10),
        ("[base.yaml, 5]", "extends-name", "extends names no file", 22),
        ("[base.yaml, base.yaml]", "extends-name", "base.yaml stands here twice", 22),
        ("list.yaml", "extends-section", "list.yaml has no keys", None),
    ],
)
def test_what_cannot_be_a_base_is_told_at_its_line(said: str, rule: str, message: str, column: int | None) -> None:
    write(base="a: 1\n", empty="# nothing\n", list="- a\n", large="#" * 1024 * 1025)
    Path("folder.yaml").mkdir()
    Path("credentials").write_text("aws_secret_access_key = x\n")
    for name, leads_to in {"secret": "credentials", "dangling": "nothing.yaml", "loop": "loop.yaml"}.items():
        Path(f"{name}.yaml").symlink_to(leads_to)
    write(spec=f"extends: {said}\nb: 1\n")
    diagnostic = refused()
    assert diagnostic.rule == rule
    assert diagnostic.message.startswith(message)
    assert diagnostic.location is not None
    assert diagnostic.location.line == 1
    if column is not None:
        assert (diagnostic.location.file, diagnostic.location.column) == ("spec.yaml", column)
    assert "pass" not in repr(diagnostic)


def test_a_base_that_was_misspelt_is_guessed() -> None:
    write(shared__production="a: 1\n", spec="extends: shared/prodution.yaml\n")
    assert refused().hint == 'did you mean "production.yaml"?'


def test_what_is_wrong_in_a_base_is_told_there_and_all_of_it_at_once() -> None:
    write(one="a: [\n", two="a: 1\na: 2\n", spec="extends: [one.yaml, two.yaml, three.yaml]\nb: 1\nb: 2\n")
    document, diagnostics = load_spec(Path("spec.yaml"))
    assert document is not None
    assert sorted((each.rule, each.location and each.location.file) for each in diagnostics) == [
        ("extends-readable", "spec.yaml"),
        ("load-duplicate-key", "spec.yaml"),
        ("load-duplicate-key", "two.yaml"),
        ("load-yaml-syntax", "one.yaml"),
    ]


def test_a_chain_and_the_number_of_bases_are_bounded() -> None:
    for number in range(MAX_CHAIN + 1):
        write(**{f"chain{number}": f"extends: chain{number + 1}.yaml\n", f"chain{number + 1}": "a: 1\n"})
    write(spec="extends: chain2.yaml\n")
    assert len(load().files) == MAX_CHAIN + 1
    write(spec="extends: chain1.yaml\n")
    assert (refused().rule, str(refused().location)) == ("extends-limits", f"chain{MAX_CHAIN}.yaml:1:10")
    names = [f"base{number}" for number in range(MAX_BASES + 2)]
    write(**dict.fromkeys(names, "a: 1\n"))
    write(spec=f"extends: [{', '.join(f'{name}.yaml' for name in names[:MAX_BASES])}]\n")
    assert len(load().files) == MAX_BASES + 1
    write(spec=f"extends: [{', '.join(f'{name}.yaml' for name in names)}]\n")
    assert refused().message == "the spec has too many bases"


def test_the_values_of_all_bases_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("capgen.load.bases.MAX_NODES", 22)
    write(one=f"a: [{', '.join('1' * 15)}]\n", two=f"b: [{', '.join('1' * 15)}]\n", spec="extends: one.yaml\n")
    load()
    write(spec="extends: [one.yaml, two.yaml, three.yaml]\n", three="c: 1\n")
    assert refused().message == "the spec and its bases have too many values together"


def test_the_text_of_a_spec_has_its_bases_beside_the_file_that_it_will_be() -> None:
    write(shared__base="a: 1\n")
    document, diagnostics = load_spec_text("extends: base.yaml\n", "shared/new.yaml")
    assert document is not None
    assert (document.data, diagnostics) == ({"a": 1}, [])


def test_extends_is_no_value() -> None:
    write(base="a: 1\n", spec="extends: base.yaml\n", plain="a: 1\n")
    assert load().digested == load("plain.yaml").digested


TOP = "tags: {a: x}\ndatabase: {port: 1}\naccess: {egress: [{cidr: c, port: 1}]}\n"


def test_a_null_of_a_region_takes_back_the_top_and_is_part_of_the_digest() -> None:
    write(base=f"{TOP}regions:\n  r: {{database: {{port: 2}}}}\n")
    write(
        spec="extends: base.yaml\nregions:\n  r: {database: {port: null}, tags: null, "
        "access: {egress: [null, {cidr: d, port: 1}]}}\n"
    )
    document = load()
    assert document.data["regions"]["r"] == {"database": {}, "access": {"egress": [{"cidr": "d", "port": 1}]}}
    region = ("regions", "r")
    assert document.resets == {(*region, "database", "port"), (*region, "tags"), (*region, "access", "egress")}
    assert str(document.value_at((*region, "tags"))) == "spec.yaml:3:37"
    assert str(document.value_at((*region, "access", "egress", 0, "cidr"))) == "spec.yaml:3:74"
    assert document.digested != document.data
    write(spec="extends: base.yaml\nregions:\n  r: {database: {port: null}}\n")
    assert load().digested != document.digested


def test_a_section_that_started_anew_below_does_so_over_the_top() -> None:
    write(base=TOP, mid="extends: base.yaml\nregions: {r: {tags: {b: y}}}\n")
    write(
        upper="extends: mid.yaml\nregions: {r: {tags: null}}\n",
        spec="extends: upper.yaml\nregions: {r: {tags: {c: z}}}\n",
    )
    assert load().data["regions"] == {"r": {"tags": {"c": "z"}}}
    assert load().resets == {("regions", "r", "tags")}


def test_a_null_with_nothing_below_stays() -> None:
    write(spec="tags: {a: null}\nregions: {r: {database: {port: null}, tags: {a: null}}}\n")
    assert load().data == {"tags": {"a": None}, "regions": {"r": {"database": {"port": None}, "tags": {"a": None}}}}
    assert not load().resets
