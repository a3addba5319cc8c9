"""Whole-process measurements. `make bench` runs them all and prints the table that the README quotes."""
