"""What a template may not use is refused before it runs, with its line."""

import pytest

from capgen.render import render_spec
from tests.render.conftest import MakeBlueprint


@pytest.mark.parametrize(
    ("template", "node"),
    [
        ("{{ 'a' * 300000000 }}", "Mul"),
        ("{{ 10 ** 10 ** 10 }}", "Pow"),
        ("{{ '%999999999d' % 1 }}", "Mod"),
        ("{{ A + A }}", "Add"),
        ("{% set x = A %}", "Assign"),
        ("{{ A.upper() }}", "Call"),
        ("{{ A.__class__ }}", "Getattr"),
        ("{{ A['__class__'] }}", "Getitem"),
        ("{{ range(9) }}", "Call"),
        ("{{ A | upper }}", "Filter"),
        ("{{ A | safe }}", "Filter"),
        ("{% if A is defined %}{% endif %}", "Test"),
        ("{% include 'x' %}", "Include"),
        ("{% macro m() %}{% endmacro %}", "Macro"),
        ("{% for x in A recursive %}{{ loop(x) }}{% endfor %}", "Call"),
    ],
)
def test_the_language_is_small(make_blueprint: MakeBlueprint, template: str, node: str) -> None:
    text, diagnostics = render_spec(make_blueprint("first: 1\n" + template, {"A": {}}), {"A": "a"})
    assert text is None
    refused = [diagnostic for diagnostic in diagnostics if diagnostic.message.startswith(f"the template uses {node},")]
    if not refused:  # an unknown filter or test is refused by Jinja2's parser
        assert [diagnostic.rule for diagnostic in diagnostics] == ["blueprint-syntax"]
    assert all(str(diagnostic.location) == "tiny/spec.yaml.j2:2:1" for diagnostic in diagnostics)


def test_an_unknown_parameter_is_answered_with_the_nearest(make_blueprint: MakeBlueprint) -> None:
    text, (diagnostic,) = render_spec(make_blueprint("a: 1\nb: {{ VpcID }}\n", {"VpcId": {}}), {"VpcId": "v"})
    assert text is None
    assert diagnostic.rule == "blueprint-parameter"
    assert diagnostic.hint == 'did you mean "VpcId"?'
    assert str(diagnostic.location) == "tiny/spec.yaml.j2:2:1"


@pytest.mark.parametrize("name", ["range", "lipsum", "cycler", "namespace", "dict", "Secret"])
def test_jinjas_globals_and_secrets_do_not_exist(make_blueprint: MakeBlueprint, name: str) -> None:
    blueprint = make_blueprint(f"a: {{{{ {name} }}}}\n", {"Secret": {"writeOnly": True}})
    text, (diagnostic,) = render_spec(blueprint, {"Secret": "hunter2"})
    assert text is None
    assert diagnostic.rule == "blueprint-parameter"


def test_jinjas_self_can_not_be_written(make_blueprint: MakeBlueprint) -> None:
    text, (diagnostic,) = render_spec(make_blueprint("a: {{ self }}\n", {}), {})
    assert text is None
    assert diagnostic.rule == "blueprint-render"


def test_a_parameter_without_a_value_is_not_rendered_as_nothing(make_blueprint: MakeBlueprint) -> None:
    text, (diagnostic,) = render_spec(make_blueprint("a: {{ A }}\n", {"A": {}}), {})
    assert text is None
    assert diagnostic.message == "tiny/spec.yaml.j2 cannot be rendered: 'A' is undefined"


def test_too_much_output_is_refused(make_blueprint: MakeBlueprint) -> None:
    loops = "{% for a in A %}{% for b in A %}{% for c in A %}- 1\n{% endfor %}{% endfor %}{% endfor %}"
    text, (diagnostic,) = render_spec(make_blueprint(loops, {"A": {}}), {"A": ["x"] * 200})
    assert text is None
    assert diagnostic.rule == "blueprint-size"


def test_output_that_is_not_yaml_is_refused(make_blueprint: MakeBlueprint) -> None:
    text, (diagnostic,) = render_spec(make_blueprint('a: "{{ A }}"\n', {"A": {}}), {"A": "x"})
    assert text is None
    assert diagnostic.rule == "load-yaml-syntax"


def test_a_syntax_error_has_its_line(make_blueprint: MakeBlueprint) -> None:
    text, (diagnostic,) = render_spec(make_blueprint("a: 1\n{% if %}\n", {}), {})
    assert text is None
    assert diagnostic.rule == "blueprint-syntax"
    assert str(diagnostic.location) == "tiny/spec.yaml.j2:2:1"
