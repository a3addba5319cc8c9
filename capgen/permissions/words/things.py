"""What resources are called in words."""

import re
from collections.abc import Iterable

from capgen.permissions.display import ADDRESS
from capgen.permissions.words.phrases import service_name
from capgen.region_facts import facts_of
from capgen.resources import table

_EXPRESSION = re.compile(r"\$\{((?:[^{}]|\{[^{}]*\})+)\.(\w+)\}")
_ACCOUNT = re.compile(r"\$\{[^{}]*data\.aws_caller_identity\.[\w-]+\.account_id\}")
_REGION = re.compile(r"\$\{[^{}]*data\.aws_region\.[\w-]+\.(?:name|region|id)\}")
_SUFFIX = re.compile(r"\$\{[^{}]*data\.aws_partition\.[\w-]+\.dns_suffix\}")
_PRIMARY = re.compile(r"\$\{(?:data\.terraform_remote_state\.primary\.outputs\.|var\.primary_)(\w+)\}")
_CODE = re.compile(r"(?<=\.)[a-z]{2,4}(?:-[a-z]+)+-\d+(?=\.)")
_ARN = re.compile(r"arn:[^:]*:([^:*?]+):([^:]*):([^:]*):(.+)")
_PARTS = ("/*", ":*")


def things(texts: Iterable[str], *, denied: bool = False) -> list[str]:
    """Return what resources are called; one that is named with all that is in it is told once."""
    contents = "or anything in it" if denied else "and everything in it"
    named = sorted(set(texts))
    inner = {f"{text}{part}" for text in named for part in _PARTS}
    return [
        f"{thing(text)} {contents}" if any(f"{text}{part}" in named for part in _PARTS) else thing(text)
        for text in named
        if text not in inner
    ]


def thing(text: str) -> str:
    """Return what a resource is called: one of Terraform by what it is and its address, another by its ARN."""
    if text == "*":
        return "any resource"
    expression = _EXPRESSION.fullmatch(text)
    address = ADDRESS.match(text) or (ADDRESS.fullmatch(expression[1]) if expression else None)
    if address is not None:
        return _of_terraform(text, address)
    arn = _ARN.fullmatch(text)
    if arn is not None:
        return _of_aws(*arn.groups())
    return f"any resource that matches {plain(text)}" if re.search(r"[*?]", text) else plain(text)


def plain(text: str) -> str:
    """Return a text with what everybody knows in place of its expressions: the account, the region, AWS's domain.

    What the other region of a pair has made is called by the name of that region's output.
    """
    text = _REGION.sub("<this region>", _ACCOUNT.sub("<this account>", text))
    text = _PRIMARY.sub(r"<\1 of the primary region>", text)
    region = _CODE.search(text)
    return _SUFFIX.sub((region and facts_of(region[0]).dns_suffix) or "amazonaws.com", text)


def account(text: str) -> str:
    """Return an account in words, from its number."""
    return "this account" if _ACCOUNT.fullmatch(text) else f"account {text}" if text.isdecimal() else plain(text)


def _of_terraform(text: str, address: re.Match[str]) -> str:
    terms = table("aws/iam_terms.json")
    suffix = text[address.end() :] if text.startswith(address[0]) else ""
    noun = terms["resources"].get(address[1], address[1].removeprefix("data.").removeprefix("aws_").replace("_", " "))
    name = terms["deployment"].get(address[0], f"the {noun}")
    if noun == "bucket" and suffix.startswith("/"):
        name = f"{_objects(suffix[1:])} in {name}"
    return f"{name} ({plain(address[0] + suffix)})"


def _objects(key: str) -> str:
    if key == "*":
        return "any object"
    if key.endswith("/*") and not re.search(r"[*?]", key[:-1]):
        return f"any object under {plain(key[:-1])}"
    return f"any object that matches {plain(key)}" if re.search(r"[*?]", key) else f"the object {plain(key)}"


def _everywhere(text: str, what: str) -> str:
    return f"any {what}" if text == "*" else plain(text).strip("<>")


def _of_aws(service: str, region: str, owner: str, rest: str) -> str:
    where = f" in {_everywhere(region, 'region')}" if region else ""
    if owner not in ("", "aws"):
        where += f" {'of' if where else 'in'} {_everywhere(account(owner), 'account')}"
    for pattern, words in table("aws/iam_terms.json")["arns"]:
        found = re.fullmatch(pattern, f"{service}:{rest}")
        if found is not None:
            return plain(words.format(*found.groups())) + where
    name = service_name(service)
    if rest == "*":
        return f"any {name} resource{where}"
    which = f"any {name} resource that matches" if re.search(r"[*?]", rest) else f"the {name} resource"
    return f"{which} {plain(rest)}{where}"
