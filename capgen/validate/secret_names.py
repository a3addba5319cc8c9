"""What people call secrets, and which values under such a name are none."""

import re
from functools import lru_cache
from itertools import pairwise
from typing import Any

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
_SECRET_ENDINGS = ("password", "passwords", "passwd", "passphrase", "pwd", "apikey", "privatekey", "secretkey")
_SECRET_WORDS = frozenset({"secret", "secrets", "token", "tokens", "credential", "credentials", "accesskey"})
_KEYS = frozenset({"api", "private", "secret", "access", "signing", "encryption", "auth", "account", "shared"})
_ABOUT_A_SECRET = frozenset(
    re.findall(
        r"\w+",
        """
        age alg algo algorithm alias arn attempts audience auth bucket check class command commands count dir
        directory enabled encryption endpoint engine expiration expires expiry field file format group header host
        hours id interval issuer kind length lifetime limit location manager max method min minutes mode name names
        namespace parameter path period policy port prefix provider ref reference region required reset retries role
        rotation rule seconds service size source store strength suffix timeout ttl type uri url user username
        version
        """,
    )
)
"""The last word of names that speak of a secret without holding it: TOKEN_URL, PASSWORD_FILE, password_encryption."""

_NOT_LITERAL = re.compile(
    r"\s*(?:\$.*|%\w+%|arn:aws[a-z-]*:.*|\{\{.*|true|false|yes|no|on|off|none|null)?\s*", re.IGNORECASE
)


@lru_cache(maxsize=4096)  # keys are few, and met in every spec again
def names_a_secret(name: str) -> bool:
    """Say whether something of this name holds a secret: `DBPassword` and `api_key` do, `TOKEN_URL` does not."""
    words = [word.lower() for word in _WORDS.findall(name)]
    if not words or words[-1] in _ABOUT_A_SECRET:
        return False
    pairs = pairwise(words)
    return (
        any(word in _SECRET_WORDS or word.endswith(_SECRET_ENDINGS) for word in words)
        or any(second == "key" and first in _KEYS for first, second in pairs)
        or words[-1] == "pass"
    )


def is_literal(value: Any, name: str = "") -> bool:
    """Say whether a value could be a secret itself: not empty, not a switch, not a reference to one.

    A number is no token: `MAX_TOKENS` counts them.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    counts_tokens = "token" in name.lower() and re.fullmatch(r"[0-9.]*", str(value))
    return not counts_tokens and not _NOT_LITERAL.fullmatch(str(value))
