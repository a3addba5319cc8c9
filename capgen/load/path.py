"""The path of a value in a spec."""

SpecPath = tuple[str | int, ...]
"""Keys and indexes of lists, from the top: `("network", "subnet_ids", 0)`."""


def dotted(path: SpecPath) -> str:
    """Write a path as people do: `regions.eu-west-1.network.subnet_ids[0]`."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
