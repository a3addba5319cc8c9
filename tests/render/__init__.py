"""Tests of stage 0: blueprint and parameters in, spec out."""
