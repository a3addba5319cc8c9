"""Run the real `terraform` or `tofu` in a directory, closed off from the network and from the user's own settings."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Self

from tests.terraform.mirror import Toolchain

CHANGES_PENDING = 2
"""Exit code of `plan -detailed-exitcode` when the plan is not empty."""

_NOWHERE = "http://127.0.0.1:9"
_TIMEOUT = 900.0


@dataclass(frozen=True, repr=False)
class Result:
    """What one run printed and how it ended; its repr is the output, so that a failing assertion shows it."""

    command: tuple[str, ...]
    exit_code: int
    stdout: str
    stderr: str
    seconds: float

    def __repr__(self) -> str:
        """Show the command, its exit code and everything it printed."""
        ended = f"exit code {self.exit_code} after {self.seconds:.1f} s"
        return f"\n$ {' '.join(self.command)}\n{ended}\n{self.output}"

    @property
    def output(self) -> str:
        """Everything it printed, standard output first."""
        return self.stdout + self.stderr

    def require(self, *exit_codes: int) -> Self:
        """Return the result if its exit code is one of these (0 by default); fail with its output if not."""
        assert self.exit_code in (exit_codes or (0,)), self
        return self


@dataclass(frozen=True)
class Terraform:
    """One command, one CLI configuration, one working directory."""

    binary: Path
    cli_config: Path
    directory: Path
    variables: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def create(cls, toolchain: Toolchain, home: Path) -> Self:
        """Write the CLI configuration below `home`; every copy made by `at` shares its plugin cache."""
        cache = home / "plugin-cache"
        cache.mkdir(parents=True, exist_ok=True)
        cli_config = home / "cli.tfrc"
        mirror = f"filesystem_mirror {{\n    path = {json.dumps(str(toolchain.mirror))}\n  }}"
        cli_config.write_text(
            f"plugin_cache_dir = {json.dumps(str(cache))}\n"
            "disable_checkpoint = true\n"
            f"provider_installation {{\n  {mirror}\n}}\n",
            encoding="utf-8",
        )
        return cls(toolchain.binary, cli_config, home)

    def at(self, directory: Path, **variables: str) -> Self:
        """Return the same command in another directory, with more environment variables."""
        return replace(self, directory=directory, variables={**self.variables, **variables})

    def init(self, *arguments: str) -> Result:
        """Install the provider and the modules."""
        return self.run("init", "-input=false", *arguments)

    def validate(self) -> Result:
        """Check the configuration without asking anything of AWS."""
        return self.run("validate")

    def plan(self, *arguments: str) -> Result:
        """Plan; exit code 0 means no change, `CHANGES_PENDING` a change, 1 an error."""
        return self.run("plan", "-input=false", "-detailed-exitcode", *arguments)

    def apply(self, *arguments: str) -> Result:
        """Apply without asking."""
        return self.run("apply", "-input=false", "-auto-approve", *arguments)

    def destroy(self, *arguments: str) -> Result:
        """Destroy without asking."""
        return self.run("destroy", "-input=false", "-auto-approve", *arguments)

    def test(self, *arguments: str) -> Result:
        """Run the configuration's own `*.tftest.hcl` and `*.tftest.json`."""
        return self.run("test", *arguments)

    def show_json(self, plan: Path | None = None) -> dict[str, Any]:
        """Return the state, or a saved plan, as Terraform's JSON."""
        saved = [] if plan is None else [str(plan)]
        shown: dict[str, Any] = json.loads(self.run("show", "-json", *saved).require().stdout)
        return shown

    def output(self) -> dict[str, Any]:
        """Return the root's outputs, by name."""
        shown = json.loads(self.run("output", "-json").require().stdout)
        return {name: entry["value"] for name, entry in shown.items()}

    def run(self, subcommand: str, *arguments: str) -> Result:
        """Run any subcommand without colour and return what it printed."""
        colour = () if subcommand in {"show", "output"} else ("-no-color",)
        command = (str(self.binary), subcommand, *colour, *arguments)
        started = time.monotonic()
        with subprocess.Popen(
            command,
            cwd=self.directory,
            env=self.environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            start_new_session=True,
        ) as process:
            try:
                stdout, stderr = process.communicate(timeout=_TIMEOUT)
            except BaseException:
                os.killpg(process.pid, signal.SIGKILL)
                raise
        shown = (self.binary.name, *command[1:])
        return Result(shown, process.returncode, stdout, stderr, time.monotonic() - started)

    def environment(self) -> dict[str, str]:
        """Return the whole environment of a run: nothing of the user's, no way out of the machine."""
        home = str(self.cli_config.parent)
        inherited = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
        closed = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY"), _NOWHERE) | {"NO_PROXY": "127.0.0.1,localhost"}
        terraform = {"TF_CLI_CONFIG_FILE": str(self.cli_config), "TF_IN_AUTOMATION": "1", "CHECKPOINT_DISABLE": "1"}
        aws = {
            "AWS_ACCESS_KEY_ID": "testing",
            "AWS_SECRET_ACCESS_KEY": "testing",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }
        return {"HOME": home, **inherited, **closed, **terraform, **aws, **self.variables}
