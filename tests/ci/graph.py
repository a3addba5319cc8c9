"""GitHub's rules for which job runs, as far as our workflow uses them: `needs`, `if`, and the results of others.

https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
"""

import json
import re
from collections.abc import Mapping
from typing import Any

from tests.ci.scripts import parsed_yaml

_STATUS = re.compile(r"\b(always|cancelled|success|failure)\(\)")


def results(
    workflow: str, github: Mapping[str, Any], outputs: Mapping[str, str], failing: frozenset[str] = frozenset()
) -> dict[str, str]:
    """Return the result of each job. `outputs` are those of all jobs, by `job.name`; the failing fail if they run."""
    jobs = parsed_yaml(workflow)["jobs"]
    done: dict[str, str] = {}
    while len(done) < len(jobs):
        ready = [name for name in jobs if name not in done and set(_needs(jobs[name])) <= set(done)]
        assert ready, "the jobs wait for each other"
        for name in ready:
            runs = _runs(jobs[name], github, outputs, {each: done[each] for each in _needs(jobs[name])})
            done[name] = ("failure" if name in failing else "success") if runs else "skipped"
    return done


def _needs(job: Mapping[str, Any]) -> list[str]:
    needs = job.get("needs", [])
    return [needs] if isinstance(needs, str) else list(needs)


def _runs(job: Mapping[str, Any], github: Mapping[str, Any], outputs: Mapping[str, str], needs: dict[str, str]) -> bool:
    condition = str(job.get("if", "${{ success() }}"))
    text = condition.strip().removeprefix("${{").removesuffix("}}").strip()
    if not _STATUS.search(text):
        text = f"success() && ({text})"
    python = re.sub(r"fromJSON\('(.*?)'\)", lambda found: repr(json.loads(found[1])), text)
    python = re.sub(r"\bneeds\.\*\.result", "list(needs.values())", python)
    python = re.sub(r"\bneeds\.(\w+)\.result", r"needs['\1']", python)
    python = re.sub(r"\bneeds\.(\w+)\.outputs\.(\w+)", r"outputs.get('\1.\2', '')", python)
    python = re.sub(r"\bgithub\.([\w.]+)", r"github['\1']", python)
    python = re.sub(r"!(?!=)", " not ", python).replace("&&", " and ").replace("||", " or ").replace("\n", " ")
    names = {
        "needs": needs, "outputs": outputs, "github": github, "contains": lambda items, item: item in items,
        "always": lambda: True, "cancelled": lambda: False,
        "success": lambda: all(result == "success" for result in needs.values()),
    }  # fmt: skip
    return bool(eval(python.strip(), {"__builtins__": {"list": list}}, names))
