"""Judge a parameter that is an IPv4 range, beyond what a pattern can."""

from collections.abc import Iterator, Mapping
from ipaddress import IPv4Network
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.render.given import Given
from capgen.validate.words import shown

_LINK = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html"


def check_range(given: Given, value: str, schema: Mapping[str, Any]) -> Iterator[Diagnostic]:
    """Yield what keeps `value` from being a range that connections can come from.

    EC2 would silently clear host bits, and Terraform would then see a difference at every plan. A loopback range is
    accepted where the schema's default is that very range: the guide writes "none" so.
    """

    def refusal(rule: str, message: str, allowed: str | None, hint: str | None) -> Diagnostic:
        return Diagnostic(
            rule=f"parameter-{rule}",
            message=f"{given.name} {message}",
            location=given.location,
            path=given.name,
            value=shown(value),
            allowed=allowed,
            hint=hint,
            link=_LINK,
        )

    try:
        network = IPv4Network(value, strict=False)
    except ValueError:
        numbers = "four numbers from 0 to 255, a slash and a prefix length from 0 to 32"
        yield refusal("range", "is not an IPv4 range", numbers, _example(schema))
        return
    none = schema.get("default")
    if network.is_loopback and value != none:
        hint = f"write {none} for no access" if none else _example(schema)
        yield refusal("loopback", "is a loopback range: no connection ever comes from it", None, hint)
    elif str(network) != value:
        address = value.partition("/")[0]
        hint = f'write "{network}" for the range, or "{address}/32" for the one address'
        yield refusal("host-bits", "has bits set beyond its prefix length", "a network address", hint)


def _example(schema: Mapping[str, Any]) -> str | None:
    return f"for example {schema['examples'][0]}" if schema.get("examples") else None
