"""The tests of blueprints as text, as data and as JUnit XML. schemas/blueprint_test.schema.json describes the data."""

from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from rich.console import Console
from rich.text import Text

from capgen import __version__
from capgen.blueprints.outcome import Outcome
from capgen.blueprints.trial import Trials
from capgen.diagnostics import Diagnostic, Severity
from capgen.report.json import diagnostics_as_json
from capgen.report.junit import add_suite, junit_text
from capgen.report.junit_cases import Case, cases_of_diagnostics, warnings
from capgen.report.words import count
from capgen.validate.words import printable

VERSION = "capgen-blueprint-test/v1"


def trials_document(trials: Trials) -> dict[str, Any]:
    """Return every test of every blueprint."""
    return {
        "version": VERSION,
        "ok": trials.ok,
        "tool": {"capgen": __version__},
        "blueprints": [
            {
                "name": trial.name,
                "folder": trial.folder.as_posix(),
                "ok": trial.ok,
                "tests": [
                    {"name": outcome.name, "ok": outcome.ok, **diagnostics_as_json(outcome.diagnostics)}
                    for outcome in trial.outcomes
                ],
            }
            for trial in trials.trials
        ],
        **diagnostics_as_json(trials.diagnostics),
    }


def print_trials(console: Console, trials: Trials) -> None:
    """Print each test of each blueprint on a line, and how many there were."""
    for trial in trials.trials:
        console.print(Text.assemble((printable(trial.name), "bold"), (f"  {printable(str(trial.folder))}", "dim")))
        for outcome in trial.outcomes:
            mark = ("ok     ", "green") if outcome.ok else ("failed ", "bold red")
            console.print(Text.assemble("  ", mark, printable(outcome.name)), soft_wrap=True)
    outcomes = [outcome for trial in trials.trials for outcome in trial.outcomes]
    failed = sum(not outcome.ok for outcome in outcomes)
    if outcomes:
        told = f"{count(len(trials.trials), 'blueprint')}, {count(len(outcomes), 'test')}"
        console.print(f"{told}: {f'{failed} failed' if failed else 'all passed'}")


def trials_junit(trials: Trials, day: date) -> str:
    """Return JUnit XML: a suite for each blueprint, a case for each test."""
    suites = ET.Element("testsuites")
    if trials.diagnostics:
        add_suite(suites, "capgen", "capgen", day.isoformat(), cases_of_diagnostics(trials.diagnostics), "")
    for trial in trials.trials:
        told = [each for outcome in trial.outcomes for each in outcome.diagnostics]
        cases = [_case(outcome) for outcome in trial.outcomes]
        add_suite(suites, trial.name, f"blueprints.{trial.name}", day.isoformat(), cases, warnings(told))
    return junit_text(suites)


def _case(outcome: Outcome) -> Case:
    errors = [each for each in outcome.diagnostics if each.severity is Severity.ERROR]
    if not errors:
        return Case(name=outcome.name)
    text = "\n\n".join(map(_told, errors))
    return Case(name=outcome.name, outcome="failure", type=errors[0].rule, message=errors[0].message, text=text)


def _told(diagnostic: Diagnostic) -> str:
    lines = [f"{diagnostic.rule}: {diagnostic.message}", str(diagnostic.location or ""), diagnostic.hint or ""]
    return "\n".join(line for line in lines if line)
