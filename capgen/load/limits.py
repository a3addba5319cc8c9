"""How large a spec may be. A spec is written by hand; what exceeds these is a mistake or an attack."""

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 100_000
"""Nodes after aliases are followed: 430 bytes of nested aliases can stand for a billion."""
MAX_DIGITS = 20
"""Characters of a number: Python itself refuses to convert some thousands."""
