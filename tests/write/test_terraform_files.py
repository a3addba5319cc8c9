"""Each kind of block stands in the file where a reader looks for it."""

import json

from capgen.write.terraform_files import canonical_json, terraform_files


def test_blocks_go_to_their_files() -> None:
    document = {
        "terraform": {"required_version": ">= 1.11", "backend": {"s3": {"bucket": "b"}}},
        "provider": {"aws": [{"region": "eu-west-1"}]},
        "module": {"network": {"source": "../modules/network"}},
        "data": {"aws_partition": {"current": {}}},
        "output": {"url": {"value": "x"}},
        "variable": {"password": {"type": "string"}},
    }
    files = terraform_files(document)
    assert sorted(files) == [
        f"{name}.tf.json" for name in ("backend", "main", "outputs", "providers", "variables", "versions")
    ]
    assert json.loads(files["versions.tf.json"]) == {"terraform": {"required_version": ">= 1.11"}}
    assert json.loads(files["backend.tf.json"]) == {"terraform": {"backend": {"s3": {"bucket": "b"}}}}
    assert sorted(json.loads(files["main.tf.json"])) == ["data", "module"]


def test_without_a_backend_there_is_no_backend_file() -> None:
    assert "backend.tf.json" not in terraform_files({"terraform": {"required_version": ">= 1.11"}})


def test_canonical_json_ignores_the_order_of_keys_and_keeps_text_readable() -> None:
    assert (
        canonical_json({"b": 1, "a": "ä"})
        == canonical_json({"a": "ä", "b": 1})
        == b'{\n  "a": "\xc3\xa4",\n  "b": 1\n}\n'
    )
