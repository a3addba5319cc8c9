"""The example specs of every policy: one that it passes, and one that it does not.

Where capgen refuses the bad spec, or never writes the flaw, the bad example is a spec and edits of its compiled tree.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).with_name("examples")


@dataclass(frozen=True, kw_only=True)
class Edit:
    """One change of a file of the compiled tree.

    `at` is a path in its JSON, such as `resource/aws_lb/this/internal`. Either the value there becomes `value`, None
    taking it out, or `text` in it is replaced `by` another.
    """

    file: str
    at: str
    value: Any = None
    text: str | None = None
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class Example:
    """Two specs as text, the edits that make the second one bad, and the address of what then fails."""

    good: str
    bad: str
    address: str
    edits: tuple[Edit, ...] = ()


def example_of(policy: str) -> Example:
    """Return the example of a policy by its id."""
    folder = EXAMPLES / policy
    told = json.loads((folder / "bad.json").read_text(encoding="utf-8"))
    good, bad = ((folder / f"{name}.yaml").read_text(encoding="utf-8") for name in ("good", "bad"))
    return Example(good=good, bad=bad, address=told["address"],
                   edits=tuple(Edit(**edit) for edit in told.get("edits", ())))  # fmt: skip
