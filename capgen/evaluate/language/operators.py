"""What Terraform's operators do to values, known or not.

https://developer.hashicorp.com/terraform/language/expressions/operators
"""

import operator
from collections.abc import Callable
from typing import Any

from capgen.evaluate.language.value import EvaluationError, Unknown, Value, is_known, is_whole, to_source

_ARITHMETIC: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv, "%": operator.mod,
    "<": operator.lt, ">": operator.gt, "<=": operator.le, ">=": operator.ge,
}  # fmt: skip


def unary(sign: str, operand: Value) -> Value:
    """Apply `!` or `-`."""
    if not is_whole(operand):
        return Unknown(sign + operand_source(operand))
    if sign == "!" and isinstance(operand, bool):
        return not operand
    if sign == "-" and isinstance(operand, int | float):
        return -operand
    raise EvaluationError(f"{sign} does not fit {operand!r}")


def binary(sign: str, left: Value, right: Value) -> Value:
    """Apply an operator between two values."""
    if sign in ("&&", "||"):
        known = _logic(sign, left, right)
        if known is not None:
            return known
    elif sign in ("==", "!=") and is_known(left) and is_known(right):
        equal = isinstance(left, bool) is isinstance(right, bool) and left == right
        return equal is (sign == "==")
    elif sign in _ARITHMETIC and is_whole(left) and is_whole(right):
        return _arithmetic(sign, left, right)
    return Unknown(f"{operand_source(left)} {sign} {operand_source(right)}")


def operand_source(value: Value) -> str:
    """Write a value as an operand of an expression that stays unknown."""
    source = to_source(value)
    return f"({source})" if isinstance(value, Unknown) and " " in source else source


def _logic(sign: str, left: Value, right: Value) -> bool | None:
    decisive = sign == "||"
    if left is decisive or right is decisive:
        return decisive
    return not decisive if isinstance(left, bool) and isinstance(right, bool) else None


def _arithmetic(sign: str, left: Value, right: Value) -> Value:
    try:
        result: int | float = _ARITHMETIC[sign](left, right)
    except (ArithmeticError, TypeError):
        raise EvaluationError(f"{left!r} {sign} {right!r} has no value") from None
    return int(result) if isinstance(result, float) and result.is_integer() else result
