"""No value breaks out of its scalar, and no template does more than choose."""

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jinja2 import TemplateRuntimeError, UndefinedError

from capgen.load import load_text
from capgen.load.limits import MAX_BYTES
from capgen.render import collect_parameters, render_spec
from capgen.render.environment import OutputTooLargeError, as_json, make_environment, render_bounded
from tests.render.conftest import MakeBlueprint

TEMPLATE = make_environment().from_string(
    "before: 1\n# {{ value }}\nvalue: {{ value }}\ninline: [{{ value }}, 2]\nall: {{ items }}\nblock:\n"
    "{% for item in items %}\n  - {{ item }}\n{% endfor %}\nchosen: {{ value if value == value else 1 }}\nafter: 3\n"
)

ADVERSARIAL = [
    '"', "'", '"""', "a\nb: c", "\r\n- x", "${file('/etc/hostname')}", "%{ if true }", "{{ 7 * 7 }}", "}}", "{% raw %}",
    "# not a comment", "a: b", ": ", "- ", "? ", "&anchor", "*alias", "!!python/object", "|", ">", "@", "`", "---",
    "...", "null", "~", "true", "22:30", "014", "1e3", "", " ", "\t", "\x00", "\x7f", "\x85", "\xa0", "\u2028",
    "\u2029", "\ufeff", "\u202e", "\uffff", "é", "日本語", "🚀",
    "\U0010ffff", "\\", "\\n", "\\u0041", "x" * 300_000, '"}' * 1000,
]  # fmt: skip


def landed(value: str, items: list[str]) -> Any:
    document, diagnostics = load_text(
        render_bounded(TEMPLATE, {"value": value, "items": items}, MAX_BYTES * 4), "t.yaml"
    )
    assert not diagnostics
    assert document is not None
    return document.data


@given(value=st.text(), items=st.lists(st.text(), min_size=1, max_size=4))
@settings(deadline=None, max_examples=400)
@example(value='a"\n}}: {{ # ${x} %{y} \u0085\u2028\ufeff\U0001f680', items=["\x00", "\\"])
def test_any_text_lands_as_the_very_same_text(value: str, items: list[str]) -> None:
    expected = {
        "before": 1, "value": value, "inline": [value, 2], "all": items, "block": items, "chosen": value, "after": 3,
    }  # fmt: skip
    assert landed(value, items) == expected


@pytest.mark.parametrize("value", ADVERSARIAL, ids=lambda value: ascii(value[:20]))
def test_adversarial_text_lands_as_the_very_same_text(value: str) -> None:
    data = landed(value, [value])
    assert data["value"] == value
    assert data["block"] == [value]
    assert data["after"] == 3


@pytest.mark.parametrize("value", ADVERSARIAL, ids=lambda value: ascii(value[:20]))
def test_a_parameter_without_a_pattern_is_refused_or_lands(make_blueprint: MakeBlueprint, value: str) -> None:
    blueprint = make_blueprint("value: {{ A }} # {{ A }}\nafter: 1\n", {"A": {"type": "string"}})
    collected = collect_parameters(blueprint, settings=[f"A={value}"])
    if collected.values is None:
        assert collected.diagnostics
        return
    text, diagnostics = render_spec(blueprint, collected.values)
    assert not diagnostics
    document, _ = load_text(str(text), "t.yaml")
    assert document is not None
    assert document.data == {"value": value, "after": 1}


def test_text_that_is_not_unicode_never_renders(make_blueprint: MakeBlueprint) -> None:
    text, diagnostics = render_spec(make_blueprint("a: {{ A }}\n", {"A": {}}), {"A": "\ud800"})
    assert text is None
    assert diagnostics


@pytest.mark.parametrize("value", [{1, 2}, object(), float("nan"), float("inf"), b"bytes"])
def test_what_json_can_not_say_is_refused(value: object) -> None:
    with pytest.raises(TemplateRuntimeError, match="cannot be written into a spec"):
        as_json(value)


def test_an_undefined_value_is_refused() -> None:
    with pytest.raises(UndefinedError):
        make_environment().from_string("{{ missing }}").render()


def test_output_is_bounded() -> None:
    template = make_environment().from_string(
        "{% for a in x %}{% for b in x %}{% for c in x %}{{ a }}{% endfor %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(OutputTooLargeError):
        render_bounded(template, {"x": ["y" * 1000] * 1000}, 10_000)
    assert render_bounded(make_environment().from_string("é"), {}, 2) == "é"
    with pytest.raises(OutputTooLargeError):
        render_bounded(make_environment().from_string("é"), {}, 1)
