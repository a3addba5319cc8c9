"""The part of Jinja2 that a blueprint may use: text, values, `if` and `for`. A template chooses, it calculates nothing.

Jinja2's sandbox keeps a template from reaching Python, but lets `'a' * 300000000` render. What is not listed here is
refused before anything runs; a loop's condition too, since its rounds could not be counted: https://jinja.palletsprojects.com/en/stable/sandbox/#security-considerations
"""

from collections.abc import Collection

from jinja2 import nodes
from jinja2.meta import find_undeclared_variables

from capgen.diagnostics import Diagnostic, Location, did_you_mean

_ALLOWED: tuple[type[nodes.Node], ...] = (
    nodes.Output, nodes.TemplateData, nodes.If, nodes.For,
    nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.CondExpr,
    nodes.Compare, nodes.Operand, nodes.Not, nodes.And, nodes.Or, nodes.Concat,
)  # fmt: skip
_WORDS = "text, values, lists, if, for, comparisons, and, or, not, ~"


def check_template(tree: nodes.Template, file: str, known: Collection[str]) -> list[Diagnostic]:
    """Return what a parsed template uses beyond the language, or beyond the parameters `known`.

    Names are looked at only where the language is kept: Jinja2 calculates constants when it collects the names.
    """
    filtered = [
        Diagnostic(
            rule="blueprint-language",
            message="the template has a condition in a for, and a blueprint may not",
            location=Location(file, node.lineno or 1, 1),
            hint="put an if into the loop",
        )
        for node in tree.find_all(nodes.For)
        if node.test is not None
    ]
    foreign = [
        Diagnostic(
            rule="blueprint-language",
            message=f"the template uses {type(node).__name__}, and a blueprint may not",
            location=Location(file, node.lineno or 1, 1),
            allowed=_WORDS,
        )
        for node in tree.find_all(nodes.Node)
        if type(node) not in _ALLOWED
    ]
    if foreign or filtered:
        return [*foreign, *filtered]
    unknown = find_undeclared_variables(tree) - set(known)
    return [
        Diagnostic(
            rule="blueprint-parameter",
            message="the template uses a parameter that the blueprint does not declare",
            location=Location(file, node.lineno, 1),
            value=node.name,
            hint=did_you_mean(node.name, known),
        )
        for node in tree.find_all(nodes.Name)
        if node.name in unknown
    ]
