"""The blocks of a flattened root, one by one, and what their references name."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.evaluate.flatten import Flattened
from capgen.evaluate.tree import Place

_REFERENCE = re.compile(r"\$\{((?:data\.)?[a-z]\w*\.[\w-]+)((?:\.\w+|\[[^\]]*\])*)\}")


@dataclass(frozen=True, kw_only=True)
class Block:
    """One resource or data source as Terraform will create or read it.

    `name` is its name in the flattened root, by which references know it: `aws_lb.load_balancer__this`, or
    `data.aws_vpc.network__this`. `address` is Terraform's. In `body`, what only AWS knows stands as `${…}`.
    """

    name: str
    type: str
    address: str
    body: Mapping[str, Any]
    place: Place
    attributes: Mapping[str, Place]

    @property
    def is_data(self) -> bool:
        """Say whether it is a data source."""
        return self.name.startswith("data.")


def blocks(flattened: Flattened, *types: str) -> Iterator[Block]:
    """Yield the resources, then the data sources, in the order of their names; only those of `types`, where given."""
    for prefix, kind in (("", flattened.resources), ("data.", flattened.data)):
        for (type, label), body in sorted(kind.items(), key=lambda item: item[0]):
            if not types or type in types:
                name = f"{prefix}{type}.{label}"
                origin = flattened.origins[name]
                yield Block(name=name, type=type, address=origin.address, body=body, place=origin.place,
                            attributes=origin.attributes)  # fmt: skip


def reference(value: object) -> tuple[str, str] | None:
    """Return the name of the block and the attribute that a value refers to, if it is one reference and nothing else.

    `${aws_lb.load_balancer__this.arn}` is `("aws_lb.load_balancer__this", "arn")`.
    """
    match = _REFERENCE.fullmatch(value) if isinstance(value, str) else None
    return (match[1], match[2].lstrip(".")) if match else None
