"""Read the conditions of a statement.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from capgen.permissions.display import shown

#: What an operator compares, by a part of its name: with one value, and with several. The first that is found counts.
_RELATIONS = (
    ("NotEquals", "is not", "is neither"),
    ("NotLike", "does not match", "matches neither"),
    ("NotIpAddress", "is not in", "is in neither"),
    ("LessThanEquals", "is at most", "is at most"),
    ("GreaterThanEquals", "is at least", "is at least"),
    ("LessThan", "is less than", "is less than"),
    ("GreaterThan", "is greater than", "is greater than"),
    ("Like", "matches", "matches"),
    ("IpAddress", "is in", "is in"),
    ("", "is", "is"),
)
_PRESENCE = {"true": "absent", "false": "present"}


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One key that one operator compares with values, any of which will do. All conditions of a statement must hold."""

    operator: str
    key: str
    values: tuple[str, ...]

    @property
    def test(self) -> str:
        """Return the operator without `ForAllValues:`, `ForAnyValue:` and `IfExists`."""
        return self.operator.rpartition(":")[2].removesuffix("IfExists")

    @property
    def negated(self) -> bool:
        """Say whether the operator asks that no value matches."""
        return "Not" in self.test

    @property
    def text(self) -> str:
        """Return it as text that holds all of it: `aws:SecureTransport is false (Bool)`."""
        return f"{self._comparison} ({self.operator})"

    @property
    def sentence(self) -> str:
        """Return it in words: `any value of aws:TagKeys matches team-*`."""
        quantifier, compared = self.operator.rpartition(":")[0], self._comparison
        every = f"every value of {compared}, or there is none"
        said = {"ForAllValues": every, "ForAnyValue": f"any value of {compared}", "": compared}
        absent = f" (or where the request has no {self.key})" if self.operator.endswith("IfExists") else ""
        return said.get(quantifier, self.text) + absent

    @property
    def _comparison(self) -> str:
        values = [_PRESENCE.get(value, value) for value in self.values] if self.test == "Null" else self.values
        one, several = next(words for part, *words in _RELATIONS if part in self.test)
        joiner = " nor " if self.negated else " or "
        return f"{self.key} {several if len(values) > 1 else one} {joiner.join(values) or 'nothing'}"


def conditions(statement: Mapping[str, object]) -> tuple[Condition, ...]:
    """Return the conditions of an addressed statement, sorted by their text. Also those that AWS would refuse."""
    return tuple(sorted(_conditions(statement.get("Condition")), key=lambda condition: condition.text))


def _conditions(block: object) -> Iterator[Condition]:
    if not isinstance(block, Mapping):
        if block is not None:
            yield Condition(operator="unread", key="Condition", values=(shown(block),))
        return
    for operator, keys in block.items():
        for key, values in keys.items() if isinstance(keys, Mapping) else [("anything", keys)]:
            listed = values if isinstance(values, list) else [values]
            yield Condition(operator=str(operator), key=str(key), values=tuple(sorted(map(shown, listed))))
