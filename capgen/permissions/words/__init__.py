"""Statements in plain English, for a reviewer who does not know IAM by heart."""

from capgen.permissions.words.sentence import sentence

__all__ = ["sentence"]
