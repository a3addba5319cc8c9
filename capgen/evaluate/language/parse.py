"""Parse the strings of Terraform JSON: templates, and the expressions inside them.

https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md
"""

import re
from functools import lru_cache

from capgen.evaluate.language import node
from capgen.evaluate.language.node import Node
from capgen.evaluate.language.scanner import Scanner
from capgen.evaluate.language.value import EvaluationError

_BARE = re.compile(r'[^$%"\\]+')
_BINDING = (("||",), ("&&",), ("==", "!="), ("<", ">", "<=", ">="), ("+", "-"), ("*", "/", "%"))
_CONSTANTS = {"true": True, "false": False, "null": None}


@lru_cache(maxsize=4096)
def parse_template(text: str) -> node.Text:
    """Parse a string of Terraform JSON."""
    return _Parser(text).template(quoted=False)


class _Parser(Scanner):
    """A recursive descent over one text."""

    def template(self, *, quoted: bool) -> node.Text:
        parts: list[str | Node] = [""]
        while self.position < len(self.text):
            part = self._part(quoted=quoted)
            if part is None:
                return node.Text(tuple(part for part in parts if part != ""))
            if isinstance(part, str) and isinstance(parts[-1], str):
                parts[-1] += part
            else:
                parts.append(part)
        if quoted:
            raise EvaluationError("a string has no end")
        return node.Text(tuple(part for part in parts if part != ""))

    def _part(self, *, quoted: bool) -> str | Node | None:
        """Take text up to the next special character, an escape, or an expression; None is the closing quote."""
        if bare := _BARE.match(self.text, self.position):
            self.position = bare.end()
            return bare[0]
        if self.text.startswith(("$${", "%%{"), self.position):
            self.position += 3
            return self.text[self.position - 2 : self.position]
        if self.text.startswith(("${", "%{"), self.position):
            return self._interpolation()
        if quoted and self.text[self.position] == "\\":
            return self.escape()
        self.position += 1
        character = self.text[self.position - 1]
        return None if quoted and character == '"' else character

    def _interpolation(self) -> Node:
        if self.text[self.position] == "%" or self.text.startswith("${~", self.position):
            raise EvaluationError("template directives and ~ are not evaluated")
        self.position += 2
        parsed = self.expression()
        self.expect("}")
        return parsed

    def expression(self) -> Node:
        condition = self._binary(0)
        if not self.accept("?"):
            return condition
        yes = self.expression()
        self.expect(":")
        return node.Conditional(condition, yes, self.expression())

    def _binary(self, level: int) -> Node:
        if level == len(_BINDING):
            return self._unary()
        left = self._binary(level + 1)
        while (operator := self.peek()) in _BINDING[level]:
            self.accept(operator)
            left = node.Binary(operator, left, self._binary(level + 1))
        return left

    def _unary(self) -> Node:
        for operator in ("!", "-"):
            if self.accept(operator):
                return node.Unary(operator, self._unary())
        base = self._primary()
        while self.peek() in ("[", "."):
            base = self._step(base)
        return base

    def _step(self, base: Node) -> Node:
        """Take one step of a reference: an attribute, an element, or a splat."""
        bracket = self.token()[0].strip() == "["
        if self.accept("*"):
            if bracket:
                self.expect("]")
            path = []
            while self.accept("."):
                path.append(self.name())
            return node.Splat(base, tuple(path))
        if bracket:
            key = self.expression()
            self.expect("]")
            return node.Index(base, key)
        index = self.index()
        return node.Attribute(base, self.name()) if index is None else node.Index(base, node.Literal(index))

    def _primary(self) -> Node:
        token = self.token()
        if token["number"]:
            number = float(token["number"])
            return node.Literal(int(number) if number.is_integer() else number)
        if name := token["name"]:
            if name in _CONSTANTS:
                return node.Literal(_CONSTANTS[name])
            return self._call(name) if self.accept("(") else node.Name(name)
        return self._marked(token["mark"])

    def _marked(self, mark: str) -> Node:
        if mark == '"':
            return self.template(quoted=True)
        if mark == "(":
            inner = self.expression()
            self.expect(")")
            return inner
        if mark in "[{" and self.peek() == "for":
            return self._for(mark)
        if mark in "[{":
            return self._list() if mark == "[" else self._map()
        raise EvaluationError(f"unexpected {mark}")

    def _call(self, name: str) -> Node:
        arguments: list[Node] = []
        expand = False
        while not self.accept(")"):
            arguments.append(self.expression())
            expand = self.accept("...")
            if not self.accept(","):
                self.expect(")")
                break
        return node.Call(name, tuple(arguments), expand)

    def _list(self) -> Node:
        items: list[Node] = []
        while not self.accept("]"):
            items.append(self.expression())
            if not self.accept(","):
                self.expect("]")
                break
        return node.ListOf(tuple(items))

    def _map(self) -> Node:
        pairs: list[tuple[Node, Node]] = []
        while not self.accept("}"):
            key = self.expression()
            if not self.accept("="):
                self.expect(":")
            pairs.append((node.Text((key.name,)) if isinstance(key, node.Name) else key, self.expression()))
            self.accept(",")
        return node.MapOf(tuple(pairs))

    def _for(self, opening: str) -> Node:
        self.expect("for")
        key, value = None, self.name()
        if self.accept(","):
            key, value = value, self.name()
        self.expect("in")
        collection = self.expression()
        self.expect(":")
        result_key, result = None, self.expression()
        if opening == "{":
            self.expect("=>")
            result_key, result = result, self.expression()
        condition = self.expression() if self.accept("if") else None
        self.expect("]" if opening == "[" else "}")
        return node.For(key, value, collection, result_key, result, condition)
