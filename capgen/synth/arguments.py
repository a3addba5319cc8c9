"""Turn the values of a plan into arguments of a module call."""

from collections.abc import Mapping, Sequence

from capgen.terraform.expression import Argument, literal
from capgen.topology import Raw, Ref, Remote, Text, Value


def argument(value: Value) -> Argument:
    """Write a value for the root. A user's text is escaped, so that Terraform reads `${` in it as it stands.

    A value that is None becomes Terraform's own null: every variable of a module is passed.
    """
    if value is None:
        return "${null}"
    if isinstance(value, str):
        return literal(value)
    if isinstance(value, Ref):
        return f"${{module.{value.component}.{value.output}}}"
    if isinstance(value, Raw):
        return f"${{{value.expression}}}"
    if isinstance(value, Remote):
        raise TypeError(f"the plan left {value} unresolved")
    if isinstance(value, Text):
        return "".join(str(argument(part)) for part in value.parts)
    if isinstance(value, Mapping):
        return {literal(key): argument(value[key]) for key in sorted(value)}
    if isinstance(value, Sequence):
        return [argument(item) for item in value]
    return value
