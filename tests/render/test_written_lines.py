"""What stands in a rendered spec leads back to the parameter, or to the line of the template."""

from itertools import pairwise

import pytest

from capgen.diagnostics import Location
from capgen.render import Blueprint, blueprints, collect_parameters, render_text
from capgen.render.traced import Use
from capgen.render.written_lines import trace
from tests.render.conftest import MakeBlueprint


@pytest.mark.parametrize("blueprint", blueprints(), ids=lambda blueprint: blueprint.name)
def test_lines_without_a_parameter_are_those_of_the_template(blueprint: Blueprint) -> None:
    values = collect_parameters(blueprint, [blueprint.example]).values or {}
    text, _ = render_text(blueprint, values)
    spec = str(text).split("\n")
    template = blueprint.template.read_text().split("\n")
    found = trace(blueprint, values)
    written = {each.line for each in found.written}
    assert set(found.lines) == set(range(2, len(spec)))  # line 1 is the editor's, the last is empty
    for line, source in found.lines.items():
        here, there = spec[line - 1], template[source - 1]
        if "{{" in there:
            assert here.startswith(there.partition("{{")[0])
        else:
            assert here == there, (line, source)
            assert line not in written
    assert any(after <= before for before, after in pairwise(found.lines.values()))  # a loop goes back


def test_parameters_are_found_where_they_stand(make_blueprint: MakeBlueprint) -> None:
    loop = "{% for c in C %}\n- {{ c }}: {{ B }}\n{% endfor %}"
    template = f"a: {{{{ A }}}}\nb: [{{{{ A }}}}, {{{{ B }}}}]\n{loop}\nd: {{{{ A ~ B }}}} {{{{ D }}}}\n"
    blueprint = make_blueprint(template, {name: {} for name in "ABCD"})
    found = trace(blueprint, {"A": "x\ny", "B": 12, "C": ["p", "q"], "D": True})
    assert [(each.line, each.start, each.use) for each in found.written] == [
        (2, 4, Use("A")), (3, 5, Use("A")), (3, 13, Use("B")),
        (4, 3, Use("C", 0)), (4, 8, Use("B")), (5, 3, Use("C", 1)), (5, 8, Use("B")),
    ]  # fmt: skip
    assert found.use_at(Location("s", 3, 13, 2)) == Use("B")
    assert found.use_at(Location("s", 3, 1, 2)) == Use("A")
    assert found.use_at(Location("s", 6, 1, 2)) is None
    assert found.lines == {2: 1, 3: 2, 4: 4, 5: 4, 6: 6}
