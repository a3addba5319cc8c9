"""Tests of the rooms: what each is given, what it builds, what it refuses."""
