import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from capgen.evaluate.language import EvaluationError, Namespace, Unknown, Value, evaluate_template, to_document

VARIABLES: dict[str, Value] = {
    "name": "shop",
    "port": 8080,
    "https": True,
    "nothing": None,
    "cidrs": ["198.51.100.0/24", "0.0.0.0/0"],
    "subnets": {"b": "10.0.2.0/24", "a": "10.0.1.0/24"},
    "user_text": 'it costs ${price} or %{vat}, "quoted"\\',
    "arn": Unknown("aws_s3_bucket.snapshots__this.arn"),
    "arns": ["arn:aws:s3:::a", Unknown("aws_s3_bucket.snapshots__this.arn")],
}


KNOWN: list[tuple[str, Any]] = [
    ("plain", "plain"),
    ("${var.name}", "shop"),
    ("${var.port}", 8080),
    ("${var.https}", True),
    ("${var.nothing}", None),
    ("${var.name}-${var.port}-${var.https}", "shop-8080-true"),
    ("$${var.name} %%{if}", "$${var.name} %%{if}"),
    ("100% of $5", "100% of $5"),
    ("${var.user_text}", 'it costs $${price} or %%{vat}, "quoted"\\'),
    ("${var.cidrs[1]}", "0.0.0.0/0"),
    ('${var.subnets["a"]}', "10.0.1.0/24"),
    ("${var.subnets.a}", "10.0.1.0/24"),
    ("${var.https ? 443 : 80}", 443),
    ('${var.name == "shop" && var.port != 80}', True),
    ('${var.port == "8080"}', False),
    ("${!var.https || var.port >= 8000}", True),
    ("${(1 + 2) * 3 - 4 / 2 % 2}", 9),
    ("${-var.port}", -8080),
    ("${1 == true}", False),
    ('${"quoted \\"${var.name}\\" \\u0041\\n"}', 'quoted "shop" A\n'),
    ("${[var.name, 1, [true]]}", ["shop", 1, [True]]),
    ('${{name = var.name, "b c": 2, (var.name) = 3}}', {"name": "shop", "b c": 2, "shop": 3}),
    ('${[for cidr in var.cidrs : upper(cidr) if cidr != "0.0.0.0/0"]}', ["198.51.100.0/24"]),
    ('${[for key, cidr in var.subnets : "${key}=${cidr}"]}', ["a=10.0.1.0/24", "b=10.0.2.0/24"]),
    ("${{for key, cidr in var.subnets : cidr => key}}", {"10.0.1.0/24": "a", "10.0.2.0/24": "b"}),
    ("${var.cidrs[*]}", ["198.51.100.0/24", "0.0.0.0/0"]),
    ("${jsonencode(var.subnets)}", '{"a":"10.0.1.0/24","b":"10.0.2.0/24"}'),
    ("${toset(concat(var.cidrs, var.cidrs))}", ["0.0.0.0/0", "198.51.100.0/24"]),
    ("${merge({a = 1, b = 2}, {b = 3})}", {"a": 1, "b": 3}),
    ("${length(var.cidrs) + length(var.name)}", 6),
    ('${try(var.subnets.c, var.subnets["d"], "none")}', "none"),
    ("${can(var.subnets.c)}", False),
    ('${coalesce(var.nothing, "", var.name)}', "shop"),
    ("${one([var.name])}", "shop"),
    ("${one([])}", None),
    ("${substr(sha256(var.name), 0, 8)}", "8d9001d3"),
    ('${substr("abcdef", -3, -1)}', "def"),
    ('${format("%s-%03d%%", var.name, 7)}', "shop-007%"),
    ('${join(",", sort(keys(var.subnets)))}', "a,b"),
    ('${lookup(var.subnets, "z", "-")}${replace("a.b", ".", "-")}', "-a-b"),
    ("${element(var.cidrs, 3)}", "0.0.0.0/0"),
    ('${contains(var.cidrs, "0.0.0.0/0") ? tostring(1) : tonumber("2")}', "1"),
]  # fmt: skip


def resolve(name: str) -> Value:
    if name == "var":
        return Namespace(lambda variable: VARIABLES[variable])
    if name == "aws_lb":
        return Namespace(lambda label: Unknown(f"aws_lb.edge__{label}"))
    if name == "aws_subnet":
        return Namespace(lambda _: {"a": Unknown("aws_subnet.net__this__0"), "b": Unknown("aws_subnet.net__this__1")})
    raise EvaluationError(f"there is no {name}")


def value(text: str) -> Any:
    return to_document(evaluate_template(text, resolve))


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_known_values_are_computed(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.slow
def test_terraform_computes_the_same(tmp_path: Path) -> None:
    terraform = shutil.which("terraform")
    if terraform is None:
        pytest.skip("terraform is not on PATH")
    known = {name: variable for name, variable in VARIABLES.items() if name not in ("arn", "arns")}
    document = {
        "variable": {name: {"default": to_document(variable), "type": "any"} for name, variable in known.items()},
        "output": {f"o{index}": {"value": text} for index, (text, _) in enumerate(KNOWN)},
    }
    document["variable"]["user_text"]["default"] = VARIABLES["user_text"]  # a default is no template
    (tmp_path / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "CHECKPOINT_DISABLE": "1"}
    for arguments in (["init", "-input=false"], ["apply", "-auto-approve", "-input=false"], ["output", "-json"]):
        done = subprocess.run(
            [terraform, *arguments], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    outputs = {name: output["value"] for name, output in json.loads(done.stdout).items()}
    ours = {f"o{index}": evaluate_template(text, resolve) for index, (text, _) in enumerate(KNOWN)}
    assert {name: outputs.get(name) for name in ours} == ours


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("${aws_lb.this.arn}", "${aws_lb.edge__this.arn}"),
        ("arn:${var.name}:${aws_lb.this.id}/*", "arn:shop:${aws_lb.edge__this.id}/*"),
        ("$${x}${aws_lb.this.id}", "$${x}${aws_lb.edge__this.id}"),
        ('${aws_subnet.this["b"].id}', "${aws_subnet.net__this__1.id}"),
        ("${[for k in sort(keys(aws_subnet.this)) : aws_subnet.this[k].id]}",
         ["${aws_subnet.net__this__0.id}", "${aws_subnet.net__this__1.id}"]),
        ("${values(aws_subnet.this)[*].id}", ["${aws_subnet.net__this__0.id}", "${aws_subnet.net__this__1.id}"]),
        ("${length(aws_subnet.this)}", 2),
        ("${aws_lb.this.zones[0].id}", "${aws_lb.edge__this.zones[0].id}"),
        ("${aws_lb.this.zones[*].id}", "${aws_lb.edge__this.zones[*].id}"),
        ("${lower(aws_lb.this.name)}", "${lower(aws_lb.edge__this.name)}"),
        ('${cidrsubnet("10.0.0.0/16", 8, 1)}', "${cidrsubnet('10.0.0.0/16', 8, 1)}"),
        ('${aws_lb.this.internal ? var.name : "x"}', "${aws_lb.edge__this.internal ? 'shop' : 'x'}"),
        ("${aws_lb.this.internal && false}", False),
        ("${aws_lb.this.port + 1 == 81}", "${(aws_lb.edge__this.port + 1) == 81}"),
        ("${concat([var.arn], [var.name])}", ["${aws_s3_bucket.snapshots__this.arn}", "shop"]),
        ('{"R":${jsonencode(var.arns)}}', '{"R":["arn:aws:s3:::a","${aws_s3_bucket.snapshots__this.arn}"]}'),
        ('{"R":${jsonencode(var.arn)}}', '{"R":"${aws_s3_bucket.snapshots__this.arn}"}'),
        ('{"T":${jsonencode(var.user_text)}}', '{"T":"it costs $${price} or %%{vat}, \\"quoted\\"\\\\"}'),
    ],
)  # fmt: skip
def test_what_is_unknown_stays_an_expression(text: str, expected: Any) -> None:
    assert value(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "${var.name",
        "${}",
        "${var.}",
        "${1 +}",
        '${"open}',
        "${foo(1}",
        "${a b}",
        "%{ if true }x%{ endif }",
        "${~ var.name ~}",
        "${missing.thing}",
        "${var.subnets.zzz}",
        "${var.cidrs[9]}",
        "${1 / 0}",
        "${-var.name}",
        "x${var.cidrs}",
        "${one(var.cidrs)}",
        "${try(var.subnets.c)}",
        "${[for s in var.cidrs : s if aws_lb.this.internal]}",
    ],
)
def test_what_has_no_value_is_said(text: str) -> None:
    with pytest.raises(EvaluationError):
        evaluate_template(text, resolve)


def test_an_unknown_loop_keeps_its_references() -> None:
    assert value("${[for zone in aws_lb.this.zones : zone.id]}") == "${each([aws_lb.edge__this.zones[0].id])}"
