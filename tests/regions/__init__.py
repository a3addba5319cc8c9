"""Tests of what depends on a region: partitions, accounts and roles."""
