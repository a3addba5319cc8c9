"""The Terraform functions that constructs use. The scan evaluates exactly these, so a new one is added there too."""

from capgen.terraform.expression import Expr


def jsondecode(text: Expr) -> Expr:
    """Read JSON text. See https://developer.hashicorp.com/terraform/language/functions/jsondecode."""
    return Expr(f"jsondecode({text.text})")


def jsonencode(value: Expr) -> Expr:
    """Encode a value as JSON text. See https://developer.hashicorp.com/terraform/language/functions/jsonencode."""
    return Expr(f"jsonencode({value.text})")


def toset(value: Expr) -> Expr:
    """Turn a list of strings into a set, as `for_each` wants. Order and repeats are lost."""
    return Expr(f"toset({value.text})")


def values_of(block: Expr, attribute: str) -> Expr:
    """List one attribute of every instance of a block that has `for_each`, ordered by key."""
    return Expr(f"[for key in sort(keys({block.text})) : {block.text}[key].{attribute}]")


def values(mapping: Expr) -> Expr:
    """List the values of a map, ordered by key."""
    return Expr(f"values({mapping.text})")


def filesha256(path: str) -> Expr:
    """Hash a file beside the module, in hexadecimal. The path begins with `${path.module}/`."""
    return Expr(f'filesha256("{path}")')


def filebase64sha256(path: str) -> Expr:
    """Hash a file beside the module, in base64, as Lambda tells code apart. The path begins with `${path.module}/`."""
    return Expr(f'filebase64sha256("{path}")')
