"""Elements of SVG, well-formed whatever the text in them: https://www.w3.org/TR/SVG2/."""

from xml.etree.ElementTree import Element, SubElement

from capgen.report.topology.icons import ICONS
from capgen.validate.words import printable


def add(parent: Element, tag: str, text: str = "", **attributes: float | str) -> Element:
    """Add an element and return it. `class_` is the attribute class, and `_` in a name stands for `-`."""
    named = {name.rstrip("_").replace("_", "-"): _written(value) for name, value in attributes.items()}
    element = SubElement(parent, tag, named)
    element.text = printable(text) or None
    return element


def add_icon(parent: Element, name: str, x: float, y: float, size: float, class_: str = "icon") -> None:
    """Draw a shape in a square whose upper left corner is at `x` and `y`."""
    shape = ICONS.get(name, ICONS["other"])
    place = f"translate({_written(x)} {_written(y)}) scale({_written(size / 24)})"
    add(parent, "path", d=shape, transform=place, class_=class_)


def path(*parts: float | str) -> str:
    """Write the data of a path."""
    return " ".join(_written(part) for part in parts)


def _written(value: float | str) -> str:
    return printable(value) if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
