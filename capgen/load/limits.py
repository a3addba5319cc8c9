"""How large a spec may be. A spec is written by hand; what exceeds these is a mistake or an attack."""

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 32
MAX_NODES = 100_000
"""Nodes after aliases are followed: 430 bytes of nested aliases can stand for a billion."""
MAX_DIGITS = 20
"""Characters of a number: Python itself refuses to convert some thousands."""
MAX_BASES = 32
"""Base files of one spec, counted once each. Together with the spec they have at most MAX_NODES values."""
MAX_CHAIN = 8
"""Files in a row of which each extends the next."""
