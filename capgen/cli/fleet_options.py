"""What the commands for many specs share: their options, and what these mean."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from capgen.fleet.find import Found
    from capgen.fleet.run import Runner
    from capgen.fleet.shard import Shard


class Executor(StrEnum):
    """Where specs are compiled."""

    LOCAL = "local"
    DASK = "dask"


SpecsArgument = Annotated[
    list[str],
    typer.Argument(
        metavar="SPEC...", show_default=False,
        help="Deployment specs: YAML files, folders of them, or quoted patterns such as 'specs/**/*.yaml'.",
    ),
]  # fmt: skip
JobsOption = Annotated[
    int | None,
    typer.Option("--jobs", "-j", metavar="N", min=1, show_default="all cores", help="How many processes may work."),
]
ForceOption = Annotated[
    bool, typer.Option("--force", help="Compile and judge every spec anew, whatever earlier runs know of it.")
]
ShardOption = Annotated[
    str | None, typer.Option("--shard", metavar="K/N", help="Do only part K of N, for one of N machines.")
]
ExecutorOption = Annotated[
    Executor, typer.Option("--executor", help="Where to compile: on this machine, or on a Dask cluster.")
]
SchedulerOption = Annotated[
    str | None, typer.Option("--scheduler", metavar="ADDRESS", help="The scheduler of the Dask cluster.")
]


def is_one(specs: Sequence[str], shard: str | None, scheduler: str | None, executor: Executor) -> bool:
    """Say whether a command is about one named file: it is then done in this process, and always."""
    from capgen.fleet.find import find_specs

    alone = len(specs) == 1 and shard is None and scheduler is None and executor is Executor.LOCAL
    return alone and not find_specs(specs).searched


def specs_of(specs: Sequence[str]) -> "Found":
    """Find the files. Raises BadParameter for an argument that no file answers to."""
    from capgen.fleet.find import find_specs

    found = find_specs(specs)
    if found.empty:
        none = ", ".join(found.empty)
        raise typer.BadParameter(f"there is no YAML file in {none}", param_hint="SPEC")
    return found


def shard_option(text: str | None) -> "Shard | None":
    """Read the shard. Raises BadParameter for what is none."""
    from capgen.fleet.shard import parse_shard

    if text is None:
        return None
    shard = parse_shard(text)
    if shard is None:
        raise typer.BadParameter(
            f"{text!r} is no part: give K/N, such as 1/4, with K from 1 to N", param_hint="--shard"
        )
    return shard


def runner_of(jobs: int | None, executor: Executor, scheduler: str | None) -> "Runner":
    """Return what does the work. Raises BadParameter where a cluster is not fully named or cannot be used."""
    if (executor is Executor.DASK) != (scheduler is not None):
        raise typer.BadParameter("--executor dask and --scheduler ADDRESS belong together", param_hint="--executor")
    if scheduler is not None:
        from capgen.fleet.cluster import ClusterError, cluster_runner

        try:
            return cluster_runner(scheduler)
        except ClusterError as error:
            raise typer.BadParameter(str(error), param_hint="--scheduler") from None
    from capgen.fleet.pool import cores
    from capgen.fleet.run import local_runner

    return local_runner(jobs or cores())
