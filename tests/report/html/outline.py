"""Read a page: its outline, its elements and its texts."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

_HEADINGS = ("h1", "h2", "h3", "h4")
_VOID = frozenset({"meta", "input", "br", "wbr", "img", "link", "base"})


@dataclass
class Element:
    """An element with its attributes and all text in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""


@dataclass
class Page(HTMLParser):
    """The elements of a page in the order in which they start."""

    elements: list[Element] = field(default_factory=list)
    _open: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.elements.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self._open, f"</{tag}> closes nothing"
        assert self._open[-1].tag == tag, f"</{tag}> closes <{self._open[-1].tag}>"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def all(self, tag: str) -> list[Element]:
        """Return the elements with a tag."""
        return [element for element in self.elements if element.tag == tag]

    def outline(self) -> str:
        """Write the headings by depth, and how many there are of what can be counted under them."""
        lines: list[str] = []
        counts: dict[str, int] = {}
        for element in self.elements:
            if element.tag in _HEADINGS:
                lines += _counted(counts)
                counts = {}
                lines.append("  " * (int(element.tag[1]) - 1) + " ".join(element.text.split()))
            elif element.tag in ("table", "details", "article", "figure", "svg", "pre", "input", "select"):
                counts[element.tag] = counts.get(element.tag, 0) + 1
        return "\n".join([*lines, *_counted(counts)]) + "\n"


def read(text: str) -> Page:
    """Read a page."""
    page = Page()
    page.feed(text)
    page.close()
    assert not page._open, [element.tag for element in page._open]
    return page


def _counted(counts: dict[str, int]) -> list[str]:
    return ["          " + ", ".join(f"{number} {tag}" for tag, number in sorted(counts.items()))] if counts else []
