"""Secrets are found, and never repeated."""

import io
import json
from dataclasses import astuple
from pathlib import Path

import pytest
from rich.console import Console

from capgen.diagnostics import Diagnostic
from capgen.load import Document, load_file, load_text
from capgen.report import diagnostics_as_json, render_diagnostics
from capgen.validate import validate_document
from capgen.validate.secret_names import is_literal, names_a_secret
from capgen.validate.secret_text import assigns_a_secret, has_aws_secret_key, shape_of
from tests.validate.specs import diagnose, document, only

SPECS = sorted((Path(__file__).parent.parent / "specs" / "invalid").glob("secret_*.yaml"))
SECRETS_IN_THEM = (
    "hunter2",
    "98765432",
    "0123",
    "abcdef",
    "correct horse",
    "c2VjcmV0",
    "geheim",
    "sesame",
    "s3cr3tvalue",
    "0a1b2c3d}",
    "AKIAI",
    "ASIAI",
    "wJalr",
    "MIIB",
    "eyJ",
    "0a1b2c3d4e5f60718293",
    "changeit",
)


@pytest.mark.parametrize(
    "name",
    """password DB_PASSWORD DBPassword dbpassword PGPASSWORD MYSQL_PWD passwd PASSPHRASE DB_PASS secret CLIENT_SECRET
    clientSecret SECRET_KEY secretkey API_KEY apiKey apikey x-api-key PRIVATE_KEY private_key AWS_SECRET_ACCESS_KEY
    AccessKey ACCESS_TOKEN token GITHUB_TOKEN credentials CREDENTIAL SIGNING_KEY ENCRYPTION_KEY auth_key
    DB_PASSWORD_PROD PASSWORD_2 SECRET_VALUE master_password""".split(),  # noqa: SIM905
)
def test_a_name_of_a_secret(name: str) -> None:
    assert names_a_secret(name)


@pytest.mark.parametrize(
    "name",
    """DB_HOST USERNAME KEY KEY_ALIAS TOKEN_URL PASSWORD_FILE SECRET_ARN SECRET_NAME TOKEN_TTL PASSWORD_MIN_LENGTH
    password_encryption COMPASS BYPASS PASS_THROUGH PASSENGER KEYBOARD MONKEY SECRETARY GOLD_MASTER_KEY licence
    AWS_ACCESS_KEY_ID CREDENTIALS_PROVIDER TOKENIZER secretsmanager""".split(),  # noqa: SIM905
)
def test_a_name_of_something_else(name: str) -> None:
    assert not names_a_secret(name)


@pytest.mark.parametrize("value", ["x", "hunter2", 12345, 1.5, "changeme", "<password>", " x "])
def test_a_value_that_may_be_a_secret(value: object) -> None:
    assert is_literal(value, "PASSWORD")


@pytest.mark.parametrize(
    "value", ["", " ", None, True, [], {}, "true", "No", "${X}", "$X", "%X%", "arn:aws:s3:::b", "{{resolve:ssm:x}}"]
)
def test_a_value_that_is_no_secret(value: object) -> None:
    assert not is_literal(value, "PASSWORD")


def test_a_number_of_tokens_is_no_token() -> None:
    assert not is_literal("4096", "MAX_TOKENS")
    assert is_literal("4096a", "MAX_TOKENS")


@pytest.mark.parametrize(
    "text",
    [
        "AKIA" + "IOSFODNN7EXAMPLE",
        "key=ASIA" + "IOSFODNN7EXAMPLE;",
        "-----BEGIN OPENSSH PRIVATE KEY-----",
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "postgres://user:pass@host/db",
        "redis://:pass@host",
        "gh" + "p_" + "a1" * 18,
        "github" + "_pat_" + "a1" * 15,
        "gl" + "pat-" + "a1" * 10,
        "xo" + "xb-" + "1234567890-abc",
        "sk_" + "live_" + "a1" * 12,
        "sk-" + "ant-" + "a1" * 12,
        "AI" + "za" + "a" * 35,
        "Authorization: Bearer " + "a1" * 10,
    ],
)
def test_a_text_that_is_a_secret_anywhere(text: str) -> None:
    assert shape_of(text)
    assert [each.rule for each in diagnose(f"agent: {{environment: {{TEXT: {json.dumps(text)}}}}}")] == [
        shape.rule if (shape := shape_of(text)) else ""
    ]


@pytest.mark.parametrize(
    "text",
    [
        "AKIA",
        "xAKIA" + "IOSFODNN7EXAMPLE",
        "-----BEGIN PUBLIC KEY-----",
        "https://host:8080/a@b",
        "https://user@host/",
        "https://user:$PASSWORD@host/",
        "https://user:@host/",
        "eyJ.eyJ.x",
        "task-" + "a" * 30,
        "risk-" + "a" * 30,
        "bearer of news",
    ],
)
def test_a_text_that_is_none(text: str) -> None:
    assert shape_of(text) is None


@pytest.mark.parametrize(
    "text", ["password=x", "a --token x b", "-Dp.secret=x", '{"api_key":"x"}', "a: b\npassword: x\n", "Pwd = x;"]
)
def test_a_text_that_gives_a_secret_a_value(text: str) -> None:
    assert assigns_a_secret(text)


@pytest.mark.parametrize(
    "text",
    [
        "password=",
        "password=$X",
        "password",
        "the password: none of it",
        "--token --verbose",
        "--token $TOKEN",
        '{"password": ""}',
        "token_url=https://x",
        "a=b",
    ],
)
def test_a_text_that_gives_none(text: str) -> None:
    assert not assigns_a_secret(text)


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "S3_KEY", True),
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "HASH", True),  # it ends with KEY
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEXYZ", "HASH", False),
        ("0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d", "COMMIT_KEY", False),
        ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEXYZa", "S3_KEY", False),
    ],
)
def test_an_aws_secret_key_stands_beside_a_word_that_says_so(text: str, name: str, found: bool) -> None:
    assert has_aws_secret_key(text, name) is found


def test_a_secret_is_refused_with_where_it_goes() -> None:
    diagnostic = only("agent:\n  environment:\n    DB_PASSWORD: hunter2hunter2")
    assert diagnostic.sensitive
    assert diagnostic.value is None
    assert diagnostic.path == "agent.environment.DB_PASSWORD"
    assert diagnostic.hint is not None
    assert "agent.secrets" in diagnostic.hint
    assert (diagnostic.location.line, diagnostic.location.column) if diagnostic.location else None == (7, 18)


def test_the_database_password_has_its_own_hint() -> None:
    hint = only("database: {password: hunter2hunter2}").hint
    assert hint is not None
    assert "database.password.source" in hint


def test_secrets_come_before_anything_else() -> None:
    diagnostics = diagnose("unknown: 1\nagent: {environment: {DB_PASSWORD: hunter2}}")
    assert [each.rule for each in diagnostics] == ["secret-plain-text", "schema-unknown-key"]


def test_a_secret_key_is_not_in_a_path_below_it() -> None:
    key = "AKIA" + "IOSFODNN7EXAMPLE"
    diagnostics = diagnose(f"{key}:\n  a: {{b: {key}}}\n")
    assert [(each.rule, each.path) for each in diagnostics] == [("secret-aws-key", None)]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
@pytest.mark.parametrize("width", [None, 60])
def test_no_secret_of_the_specs_is_ever_shown(path: Path, width: int | None) -> None:
    loaded, diagnostics = load_file(path, path.name)
    assert loaded is not None
    diagnostics += validate_document(loaded)
    shown = [*(str(astuple(each)) for each in diagnostics), json.dumps(diagnostics_as_json(diagnostics))]
    shown.append(rendered(diagnostics, loaded, width))
    comment_free = [text.split("# ERROR")[0] for block in shown for text in block.splitlines()]
    assert [secret for secret in SECRETS_IN_THEM if any(secret in text for text in comment_free)] == []


TRICKY = {
    "over several lines": 'agent:\n  environment: {DB_PASSWORD: "hunter2\n    hunter2", DEBUG: 1}\n',
    "plain over several lines": "agent:\n  environment:\n    DB_PASSWORD: hunter2\n      hunter2\n    DEBUG: 1\n",
    "on the line of another error": "agent: {environment: {DEBUG: 1, DB_PASSWORD: hunter2, WORKERS: 2}}\n",
    "before the key of another error": "agent: {environment: {DB_PASSWORD: 'hunter2'}, hunter: 2}\n",
    "under an anchor": "agent: {environment: {DB_PASSWORD: &p hunter2, OTHER_PASSWORD: *p, DEBUG: 1}}\n",
    "in the second of two keys": "agent:\n  environment:\n    DB_PASSWORD: ''\n    DB_PASSWORD: hunter2\n",
    "in a duplicate section": "agent: {cpu: 1}\nagent: {environment: {DB_PASSWORD: hunter2}}\n",
    "in quotes": "agent: {environment: {'DB_PASSWORD': \"hunter2\", DEBUG: 1}}\n",
    "in a comment": "agent: {cpu: 1}  # amqp://a:hunter2@host\n",
    "in a reference": "agent: {secrets: {A: {secret_arn: hunter2}}}\n",
    "in a choice": "database: {password: {source: hunter2, version: 0}}\n",
    "in a list": "database: {password: [hunter2]}\n",
    "in a list of secrets": "agent: {secrets: [hunter2]}\n",
    "as an unknown key": "agent: {'amqp://a:hunter2@host': 1}\n",
    "in a region": "regions: {eu-west-2: {database: {password: hunter2}}}\n",
}


@pytest.mark.parametrize("text", TRICKY.values(), ids=TRICKY)
def test_a_secret_is_not_shown_wherever_it_stands(text: str) -> None:
    loaded, diagnostics = load_text(f"api_version: capgen/v1\nname: cap\n{text}", "spec.yaml")
    assert loaded is not None
    diagnostics += validate_document(loaded)
    assert diagnostics
    assert "hunter2" not in rendered(diagnostics, loaded, None)
    assert "hunter2" not in json.dumps(diagnostics_as_json(diagnostics))


def rendered(diagnostics: list[Diagnostic], source: Document, width: int | None) -> str:
    out = io.StringIO()
    console = Console(file=out, width=width, force_terminal=width is not None, no_color=True)
    render_diagnostics(diagnostics, {source.file: source}, console)
    return out.getvalue()


def test_long_texts_are_searched_in_no_time() -> None:
    for text in ("a" * 900_000, "eyJ-" * 200_000, "a=" * 400_000, "://" * 300_000, "--a " * 200_000, "sk-" * 300_000):
        loaded = document(f"agent: {{environment: {{TEXT: '{text}'}}}}\n")
        validate_document(loaded)
