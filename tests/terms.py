"""The terms on which tests judge: a fixed day, so that no waiver expires on the tests."""

from datetime import date

from capgen.assess import Terms

TODAY = date(2026, 11, 23)
TERMS = Terms(today=TODAY)
