"""Tests of the rules that no component owns."""
