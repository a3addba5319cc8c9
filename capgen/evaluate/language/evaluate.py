"""Evaluate a parsed expression. What Terraform alone can know is left as the text of an expression."""

from collections.abc import Callable
from functools import singledispatch

from capgen.evaluate.language import functions, node
from capgen.evaluate.language.operators import binary, operand_source, unary
from capgen.evaluate.language.parse import parse_template
from capgen.evaluate.language.value import (
    EvaluationError,
    Namespace,
    Unknown,
    Value,
    is_known,
    is_whole,
    join,
    to_source,
)

Resolve = Callable[[str], Value]

_ERRORS = (ArithmeticError, AttributeError, IndexError, KeyError, TypeError, ValueError)


def evaluate_template(text: str, resolve: Resolve) -> Value:
    """Evaluate a string of Terraform JSON. `resolve` gives the meaning of the first word of a reference."""
    return _evaluate(parse_template(text), resolve)


@singledispatch
def _evaluate(parsed: node.Node, resolve: Resolve) -> Value:
    raise NotImplementedError(type(parsed))


@_evaluate.register
def _literal(parsed: node.Literal, _resolve: Resolve) -> Value:
    return parsed.value


@_evaluate.register
def _text(parsed: node.Text, resolve: Resolve) -> Value:
    return join([part if isinstance(part, str) else _evaluate(part, resolve) for part in parsed.parts])


@_evaluate.register
def _name(parsed: node.Name, resolve: Resolve) -> Value:
    return resolve(parsed.name)


@_evaluate.register
def _attribute(parsed: node.Attribute, resolve: Resolve) -> Value:
    return _member(_evaluate(parsed.base, resolve), parsed.name)


def _member(base: Value, name: str) -> Value:
    if isinstance(base, Namespace):
        return base.lookup(name)
    if isinstance(base, Unknown):
        return Unknown(f"{base.text}.{name}")
    if isinstance(base, dict) and name in base:
        return base[name]  # type: ignore[no-any-return]  # the values of a known map are values
    raise EvaluationError(f"there is no attribute {name}")


@_evaluate.register
def _index(parsed: node.Index, resolve: Resolve) -> Value:
    base, key = _evaluate(parsed.base, resolve), _evaluate(parsed.key, resolve)
    if isinstance(key, str) and isinstance(base, dict | Namespace):
        return _member(base, key)
    if isinstance(key, int | float | str) and isinstance(base, list):
        try:
            return base[int(key)]  # type: ignore[no-any-return]  # the elements of a known list are values
        except (IndexError, ValueError):
            raise EvaluationError(f"there is no element {key}") from None
    if is_whole(base) and is_whole(key):
        raise EvaluationError("an element of something that is no list or map")
    return Unknown(f"{to_source(base)}[{to_source(key)}]")


@_evaluate.register
def _splat(parsed: node.Splat, resolve: Resolve) -> Value:
    base = _evaluate(parsed.base, resolve)
    if isinstance(base, Unknown):
        return Unknown(".".join((f"{base.text}[*]", *parsed.path)))
    values: list[Value] = base if isinstance(base, list) else [] if base is None else [base]
    for name in parsed.path:
        values = [_member(value, name) for value in values]
    return values


@_evaluate.register
def _unary(parsed: node.Unary, resolve: Resolve) -> Value:
    return unary(parsed.operator, _evaluate(parsed.operand, resolve))


@_evaluate.register
def _binary(parsed: node.Binary, resolve: Resolve) -> Value:
    return binary(parsed.operator, _evaluate(parsed.left, resolve), _evaluate(parsed.right, resolve))


@_evaluate.register
def _conditional(parsed: node.Conditional, resolve: Resolve) -> Value:
    condition = _evaluate(parsed.condition, resolve)
    if isinstance(condition, bool):
        return _evaluate(parsed.yes if condition else parsed.no, resolve)
    sources = (operand_source(_evaluate(branch, resolve)) for branch in (parsed.yes, parsed.no))
    return Unknown(f"{operand_source(condition)} ? {' : '.join(sources)}")


@_evaluate.register
def _list_of(parsed: node.ListOf, resolve: Resolve) -> Value:
    return [_evaluate(item, resolve) for item in parsed.items]


@_evaluate.register
def _map_of(parsed: node.MapOf, resolve: Resolve) -> Value:
    return {_key(_evaluate(key, resolve)): _evaluate(value, resolve) for key, value in parsed.items}


def _key(value: Value) -> str:
    if not isinstance(value, str | int | float):
        raise EvaluationError("the key of a map is unknown")
    return str(join(["", value]))


@_evaluate.register
def _for(parsed: node.For, resolve: Resolve) -> Value:
    collection = _evaluate(parsed.collection, resolve)
    mapping: dict[str, Value] = {}
    listing: list[Value] = []
    for key, value in _items(collection):
        inner = _bound(resolve, {name: bound for name, bound in ((parsed.key, key), (parsed.value, value)) if name})
        included = True if parsed.condition is None else _evaluate(parsed.condition, inner)
        if not isinstance(included, bool) and is_whole(collection):
            raise EvaluationError("what the loop keeps is only known to Terraform")
        if included is False:
            continue
        result = _evaluate(parsed.result, inner)
        if parsed.result_key is None:
            listing.append(result)
        else:
            mapping[_key(_evaluate(parsed.result_key, inner))] = result
    whole: Value = listing if parsed.result_key is None else mapping
    return whole if is_whole(collection) else Unknown(f"each({to_source(whole)})")


def _items(collection: Value) -> list[tuple[Value, Value]]:
    """Return what a loop walks over; of an unknown collection, one element that stands for all."""
    if isinstance(collection, dict):
        return [(key, collection[key]) for key in sorted(collection)]
    if isinstance(collection, list):
        return list(enumerate(collection))
    source = to_source(collection)
    return [(f"{source}.key", Unknown(f"{source}[0]"))]


def _bound(resolve: Resolve, names: dict[str, Value]) -> Resolve:
    return lambda name: names[name] if name in names else resolve(name)


@_evaluate.register
def _call(parsed: node.Call, resolve: Resolve) -> Value:
    if parsed.function in ("try", "can"):
        return _attempt(parsed, resolve)
    arguments = [_evaluate(argument, resolve) for argument in parsed.arguments]
    if parsed.expand and isinstance(arguments[-1], list):
        arguments[-1:] = arguments[-1]
    function = functions.TOTAL.get(parsed.function)
    if function is None and all(map(is_whole, arguments)):
        function = functions.STRUCTURAL.get(parsed.function)
    if function is None and all(map(is_known, arguments)):
        function = functions.SCALAR.get(parsed.function)
    if function is None:
        return Unknown(f"{parsed.function}({', '.join(map(to_source, arguments))})")
    try:
        result: Value = function(*arguments)
    except _ERRORS as error:
        raise EvaluationError(f"{parsed.function}() failed: {error}") from None
    return result


def _attempt(parsed: node.Call, resolve: Resolve) -> Value:
    for argument in parsed.arguments:
        try:
            value = _evaluate(argument, resolve)
        except EvaluationError:
            continue
        return True if parsed.function == "can" else value
    if parsed.function == "can":
        return False
    raise EvaluationError("no argument of try() has a value")
