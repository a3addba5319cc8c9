"""How secrets look: texts that are one wherever they stand."""

import re
from dataclasses import dataclass
from functools import lru_cache

from capgen.validate.secret_names import is_literal, names_a_secret


@dataclass(frozen=True)
class Shape:
    """A kind of text that is a secret wherever it stands."""

    rule: str
    what: str
    pattern: re.Pattern[str]


SHAPES = (
    Shape(
        "secret-private-key",
        "a private key",
        re.compile(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----"),
    ),
    Shape(
        "secret-aws-key",
        "an AWS access key id",
        re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])"),
    ),
    Shape(
        "secret-url-password",
        "a URL with a password",
        re.compile(r"(?<=[A-Za-z0-9])://[^\s/?#:@]{0,256}:(?!\$|[@/])[^\s/?#@]{1,512}@"),
    ),
    Shape(
        "secret-token",
        "a JSON Web Token",
        re.compile(r"(?<![\w-])eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*"),
    ),
    Shape(
        "secret-token",
        "an access token",
        re.compile(
            r"(?<![\w-])(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_\w{22,255}|glpat-[\w-]{20}|xox[abeprs]-[\w-]{10,}"
            r"|sk_live_\w{20,}|sk-[\w-]{20,}|AIza[\w-]{35}|[Bb]earer [\w.~+/-]{16,})"
        ),
    ),
)

_AWS_SECRET_KEY = re.compile(r"(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])")
_BESIDE_A_KEY = re.compile(r"secret|key|credential", re.IGNORECASE)
_KINDS_OF_CHARACTER = (re.compile("[a-z]"), re.compile("[A-Z]"), re.compile("[0-9]"))

_ASSIGNMENTS = (
    re.compile(r"""(?<![\w.-])(?P<name>[\w.-]{1,100})(?: ?= ?|["'] ?: ?)["']?(?P<value>[^\s"'&;,]+)"""),
    re.compile(r"""(?<![\w.-])(?P<name>--[\w-]{1,100}) +["']?(?P<value>[^\s"'&;,-][^\s"'&;,]*)"""),
    re.compile(r"""^[ \t]*(?P<name>[\w.-]{1,100}):[ \t]+["']?(?P<value>[^\s"'&;,]+)""", re.MULTILINE),
)


@lru_cache(maxsize=4096)  # the specs of a fleet have most of their texts in common
def shape_of(text: str) -> Shape | None:
    """Return the shape of the secret that a text contains, or None."""
    return next((shape for shape in SHAPES if shape.pattern.search(text)), None)


@lru_cache(maxsize=4096)
def has_aws_secret_key(text: str, name: str) -> bool:
    """Say whether a text contains 40 characters like those of an AWS secret key, beside a word that says so."""
    if not _BESIDE_A_KEY.search(name) and not _BESIDE_A_KEY.search(text):
        return False
    return any(all(kind.search(each) for kind in _KINDS_OF_CHARACTER) for each in _AWS_SECRET_KEY.findall(text))


@lru_cache(maxsize=4096)
def assigns_a_secret(text: str) -> bool:
    """Say whether a text gives a secret a value: `-Dstore.password=x`, `?password=x`, `{"token": "x"}`."""
    return any(
        names_a_secret(match["name"]) and is_literal(match["value"], match["name"])
        for pattern in _ASSIGNMENTS
        for match in pattern.finditer(text)
    )
