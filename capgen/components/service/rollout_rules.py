"""Rules of the rollout: that it can start at all, and that the CAP Console can tell the tasks apart."""

from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule


def _has_room(deployment: RegionalDeployment) -> Iterator[Problem]:
    """A rollout begins by starting a task or by stopping one; ECS rounds what may run down and what must run up.

    Where someone else scales the service the spec's number is only the first one, so it proves nothing.
    """
    rollout, count = deployment.deployment, deployment.scaling.desired_count
    lowest, highest = rollout.minimum_healthy_percent, rollout.maximum_percent
    if highest <= lowest:
        yield Problem(
            path=("deployment", "maximum_percent"),
            message=f"no rollout can start: {lowest} % of the tasks must be healthy and {highest} % may run",
            value=str(highest),
            allowed=f"more than deployment.minimum_healthy_percent, which is {lowest}",
        )
        return
    may_run, must_run = count * highest // 100, -(-count * lowest // 100)
    if count > 0 and rollout.desired_count_owner == "terraform" and may_run <= count <= must_run:
        yield Problem(
            path=("deployment", "maximum_percent"),
            message=f"no rollout can start: {must_run} of {count} must be healthy and {may_run} may run, so ECS "
            "can neither start a new task nor stop an old one",
            value=str(highest),
            allowed=f"at least {-(-100 * (count + 1) // count)}",
            hint="or lower deployment.minimum_healthy_percent",
        )


def _agent_definition_per_task(deployment: RegionalDeployment) -> Iterator[Problem]:
    """All tasks of a service start alike: with one agent name, and one DNS name if they had any.

    The guide's own advice, an agent definition for each task with its private address, is all that there is.
    """
    count, name = deployment.scaling.desired_count, deployment.agent.name
    if deployment.deployment.desired_count_owner == "external":
        yield Problem(
            path=("deployment", "desired_count_owner"),
            message=f'every task that scaling adds calls itself "{name}" and is unknown to the CAP Console until '
            "someone registers its private IP address there",
            value="external",
            hint="let whoever scales the service add and remove agent definitions too",
            severity=Severity.WARNING,
        )
    elif count > 1:
        yield Problem(
            path=("scaling", "desired_count"),
            message=f'{count} tasks will all call themselves "{name}", and the CAP Console reaches each one on its own '
            "private IP address only",
            value=str(count),
            hint="register each task in the Console as an agent definition of its own, with a unique agent ID, and "
            "again whenever ECS replaces one; or make deployments with one task each",
            severity=Severity.WARNING,
        )


RULES = (
    Rule(
        id="service-rollout-room",
        title="A rollout has room to start",
        link="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html",
        check=_has_room,
    ),
    Rule(
        id="service-agent-per-task",
        title="Each task has an agent definition of its own",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-discovery.html",
        check=_agent_definition_per_task,
    ),
)
