"""Compile the template of a blueprint, once for all its specs."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template, TemplateSyntaxError, nodes

from capgen.diagnostics import Diagnostic, Location
from capgen.render.environment import line_mark, make_environment
from capgen.render.template_language import check_template

MAX_TEMPLATE_BYTES = 256 * 1024
"""Of a template. The largest of capgen's own has a twentieth of it."""

_WORK = 10_000_000
"""Nodes of a template times rounds of its loops: seconds at worst."""
_FEWEST_ROUNDS = 1000


@dataclass(frozen=True)
class CompiledTemplate:
    """A template, how many rounds all its loops may take together, and the parameters that it uses."""

    source: str
    template: Template
    rounds: int
    used: frozenset[str]


@lru_cache(maxsize=16)
def compile_template(
    source: str, file: str, known: AbstractSet[str]
) -> tuple[CompiledTemplate | None, tuple[Diagnostic, ...]]:
    """Return the compiled template, or None and why `source` is none. `known` are the parameters that it may use.

    `file` is what messages call it. Nothing of the template runs here.
    """
    size = len(source.encode("utf-8", "surrogatepass"))
    if size > MAX_TEMPLATE_BYTES:
        allowed = f"at most {MAX_TEMPLATE_BYTES} bytes"
        return None, (Diagnostic(rule="blueprint-size", message=f"{file} has {size} bytes", allowed=allowed),)
    environment = make_environment()
    try:
        tree = environment.parse(source)
        refused = check_template(tree, file, known)
        if refused:
            return None, tuple(refused)
        used = frozenset(node.name for node in tree.find_all(nodes.Name)) & known
        count = sum(1 for _ in tree.find_all(nodes.Node))
        _mark_rounds(tree)
        compiled = environment.from_string(tree)
    except TemplateSyntaxError as error:
        return None, (_no_template(str(error.message), Location(file, error.lineno, 1)),)
    except (
        RecursionError,
        SyntaxError,
        MemoryError,
        ValueError,
    ):  # Python's own limits, for what no one writes by hand
        return None, (_no_template("it is nested too deeply, or a number in it is too long", Location(file, 1, 1)),)
    return CompiledTemplate(source, compiled, max(_FEWEST_ROUNDS, _WORK // max(count, 1)), used), ()


@lru_cache(maxsize=16)
def compile_marked(source: str) -> Template:
    """Compile a template that `compile_template` takes once more, with the line of each piece written before it."""
    environment = make_environment()
    tree = environment.parse(source)
    for output in tree.find_all(nodes.Output):
        output.nodes = [
            part
            for node in output.nodes
            for part in (nodes.TemplateData(line_mark(node.lineno), lineno=node.lineno), node)
        ]
    _mark_rounds(tree)
    return environment.from_string(tree)


def _mark_rounds(tree: nodes.Template) -> None:
    """Let every round of a loop yield an empty piece first: who renders piece by piece can count them, and stop."""
    for loop in tree.find_all(nodes.For):
        loop.body.insert(0, nodes.Output([nodes.TemplateData("", lineno=loop.lineno)], lineno=loop.lineno))


def _no_template(reason: str, place: Location) -> Diagnostic:
    return Diagnostic(rule="blueprint-syntax", message=f"this is not a template: {reason}", location=place)
