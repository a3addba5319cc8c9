import pytest

from capgen.evaluate.positions import read_json

TEXT = """{
  "resource": {
    "aws_lb": {
      "this": {
        "name": "a \\"quoted\\": {brace}",
        "tags": {"Name": "x", "deep": {"deeper": 1}},
        "subnets": [
          "name"
        ]
      }
    }
  },
  "say \\"hi\\"": 1
}"""


def test_keys_have_lines_down_to_arguments() -> None:
    document, lines = read_json(TEXT)
    assert document["resource"]["aws_lb"]["this"]["subnets"] == ["name"]
    assert lines == {
        ("resource",): 2,
        ("resource", "aws_lb"): 3,
        ("resource", "aws_lb", "this"): 4,
        ("resource", "aws_lb", "this", "name"): 5,
        ("resource", "aws_lb", "this", "tags"): 6,
        ("resource", "aws_lb", "this", "subnets"): 7,
        ('say "hi"',): 13,
    }


def test_keys_inside_lists_do_not_count() -> None:
    _, lines = read_json('{"provider": {"aws": [{"region": "a"},\n{"alias": "b"}]}, "x":\n1}')
    assert lines[("provider", "aws")] == 1
    assert lines[("x",)] == 2


@pytest.mark.parametrize("text", ["{", "", '{"a": 1, "a": 2}', '{"a": {"b": 1, "b": 1}}'])
def test_what_terraform_would_refuse_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        read_json(text)
