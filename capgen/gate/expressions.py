"""Evaluate the expressions that a plan has of its configuration.

Of a configuration that is written as JSON, a plan has the text of each expression. Of one that is written in HCL, it
has only which names an expression refers to: a single one is taken for the whole of it.
"""

from typing import Any

from capgen.evaluate.language import EvaluationError, Resolve, Unknown, Value, evaluate_template

#: Stands where nothing says what a value will be.
NOT_KNOWN = Unknown("known_after_apply")


def evaluate(expression: Any, resolve: Resolve) -> Value:
    """Return the value of an expression, or of a block of them. `resolve` gives the meaning of a name's first word.

    Raises EvaluationError where the plan does not say enough.
    """
    if isinstance(expression, list):
        return [evaluate(item, resolve) for item in expression]
    if "constant_value" in expression:
        return _constant(expression["constant_value"], resolve, known="references" not in expression)
    if "references" in expression:
        return _reference(expression["references"], resolve)
    if expression:
        return {name: _member(item, resolve) for name, item in expression.items()}
    raise EvaluationError("the plan does not have the expression")


def _member(expression: Any, resolve: Resolve) -> Value:
    """Evaluate an argument of a block. One that cannot be evaluated leaves the others as they are."""
    try:
        return evaluate(expression, resolve)
    except EvaluationError:
        return NOT_KNOWN


def _constant(raw: Any, resolve: Resolve, *, known: bool) -> Value:
    """Evaluate what stands in JSON. A constant of HCL has no references, and may look like an expression."""
    if isinstance(raw, list):
        return [_constant(item, resolve, known=known) for item in raw]
    if isinstance(raw, dict):
        return {key: _constant(item, resolve, known=known) for key, item in raw.items()}
    if not isinstance(raw, str) or "{" not in raw:
        value: Value = raw
        return value
    try:
        return evaluate_template(raw, resolve)
    except EvaluationError:
        if known:
            return raw
        raise


def _reference(references: list[str], resolve: Resolve) -> Value:
    """Evaluate what refers to one thing. A plan lists each reference, then what it begins with."""
    begins = {each for each in references for other in references if other.startswith((f"{each}.", f"{each}["))}
    whole = [each for each in dict.fromkeys(references) if each not in begins]
    if len(whole) != 1:
        raise EvaluationError(f"the expression refers to {len(whole)} things")
    return evaluate_template(f"${{{whole[0]}}}", resolve)
