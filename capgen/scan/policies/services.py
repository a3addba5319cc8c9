"""The ECS service and its cluster: a bad rollout ends by itself and is seen, and sessions leave a trace."""

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, all_hold, nested, switch

_SERVICE = ("aws_ecs_service",)


def _is_ecs_deployed(subject: Subject) -> bool:
    return all(block.get("type") in (None, "ECS") for block in nested(subject.body, "deployment_controller"))


def _rolls_back(subject: Subject) -> bool | None:
    if not _is_ecs_deployed(subject):
        return None
    breakers = nested(subject.body, "deployment_circuit_breaker")
    return bool(breakers) and all_hold(switch(each.get(name)) for each in breakers for name in ("enable", "rollback"))


def _waits(subject: Subject) -> bool | None:
    return switch(subject.body.get("wait_for_steady_state")) if _is_ecs_deployed(subject) else None


def _records_sessions(subject: Subject) -> bool | None:
    """Judge a cluster whose tasks may be entered."""
    opened = {switch(service.body.get("enable_execute_command")) for service in subject.others("aws_ecs_service")}
    if True not in opened:
        return None if None in opened else True
    settings = nested(subject.body, "configuration", "execute_command_configuration")
    logs = nested(subject.body, "configuration", "execute_command_configuration", "log_configuration")
    kept = any(block.get("cloud_watch_log_group_name") or block.get("s3_bucket_name") for block in logs)
    return kept and any(block.get("kms_key_id") for block in settings)


POLICIES = (
    Policy(
        id="CAPGEN_23",
        title="Ensure a failed rollout is rolled back",
        severity=FindingSeverity.MEDIUM,
        rationale="Without the circuit breaker ECS starts a broken task again and again, for hours. The service runs "
        "with what is left of the old tasks until someone is woken up.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-circuit-breaker.html",
        fix="Set enable and rollback of deployment.circuit_breaker to true.",
        spec="deployment.circuit_breaker",
        types=_SERVICE,
        arguments=("deployment_circuit_breaker",),
        holds=_rolls_back,
    ),
    Policy(
        id="CAPGEN_24",
        title="Ensure ECS Exec sessions are recorded and encrypted with a key of the account's own",
        severity=FindingSeverity.MEDIUM,
        rationale="ECS Exec is a shell in a running container, with the task's permissions. Without a log nobody can "
        "tell afterwards who did what in there.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html#ecs-exec-logging",
        fix="Give the cluster an execute_command_configuration with a key and a log, as capgen does, or set "
        "agent.execute_command to false.",
        spec="agent.execute_command",
        types=("aws_ecs_cluster",),
        arguments=("configuration",),
        holds=_records_sessions,
    ),
    Policy(
        id="CAPGEN_28",
        title="Ensure Terraform waits for a rollout to succeed",
        severity=FindingSeverity.LOW,
        rationale="Terraform reports success as soon as ECS has taken the order. A pipeline that does not wait is "
        "green while ECS rolls back, and what is believed to run does not.",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html",
        fix="Set deployment.wait_for_steady_state to true.",
        spec="deployment.wait_for_steady_state",
        types=_SERVICE,
        arguments=("wait_for_steady_state",),
        holds=_waits,
    ),
)
