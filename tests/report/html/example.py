"""An assessment with everything that a page can show: three regions, one of them bad and hostile, one not judged."""

from dataclasses import replace
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from capgen.assess import Assessment, RegionAssessment, Terms
from capgen.compare import (
    Action,
    AttributeChange,
    ExposureChange,
    PermissionChange,
    RegionChanges,
    ResourceChange,
)
from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.evaluate import Flattened, Tree, flatten
from capgen.findings import Finding, FindingSeverity, Waiver
from capgen.permissions import Statement, holders
from capgen.pipeline import Validated, validate_text
from capgen.reach import Flow, reachability
from capgen.scan import Passed
from capgen.topology import IntendedFlow
from tests.output.example import GOLDEN, example_spec

if TYPE_CHECKING:
    from collections.abc import Mapping

HOSTILE = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\">"
SECRET = "hunter2hunter2"
TODAY = date(2026, 11, 23)
RANGES = tuple(f"203.0.113.{number}/32" for number in range(30))
DATABASE = "module.database.aws_db_instance.this"
SPEC = "cap-production.yaml"


@cache
def validated() -> Validated:
    """Return the example's spec with a second region that differs."""
    text = example_spec().replace(
        "\nagent:\n", '\n  "us-east-1":\n    network:\n      vpc_id: "vpc-0b1b2c3d4e5f60718"\n      subnet_ids: '
        '["subnet-0c1b2c3d4e5f60718", "subnet-0d1e2d3c4b5a69788"]\n      assign_public_ip: true\n    database:\n'
        "      multi_az: false\n\nagent:\n", 1)  # fmt: skip
    return validate_text(text, SPEC)


@cache
def flattened() -> Flattened:
    """Return the example's committed output."""
    base = GOLDEN / "cap-production"
    tree = Tree(base=base, boundary=base)
    return flatten(tree.directory(base / "eu-west-1"), tree)


@cache
def assessment() -> Assessment:
    """Return the whole assessment."""
    regions = (_good(), _bad(), _unjudged())
    return Assessment(terms=Terms(today=TODAY, fail_on=FindingSeverity.MEDIUM, waivers=(_shared(),)), regions=regions,
                      base="out/cap-production", waiver_diagnostics=_about_waivers())  # fmt: skip


def good() -> Assessment:
    """Return an assessment of one region that has nothing against it."""
    return Assessment(terms=Terms(today=TODAY), regions=(_good(),), base="out/cap-production")


def _good() -> RegionAssessment:
    found = reachability(flattened())
    waiver = _waiver("CKV_AWS_2", "module.load_balancer.aws_lb_listener.*", date(2026, 12, 5))
    waived = _finding("CKV_AWS_2", "high", "module.load_balancer.aws_lb_listener.http", "Ensure ALB protocol is HTTPS")
    return RegionAssessment(
        name="eu-west-1", deployment="cap-production", region="eu-west-1",
        waived=(replace(waived, waiver=waiver),), carried=(waiver,),
        passed=tuple(Passed(check=f"CKV_AWS_{number}", title="t", address=DATABASE) for number in range(237)),
        resources=len(flattened().resources), reachability=found, intended=_intended(found.flows),
        holders=holders(flattened()), flattened=flattened(),
    )  # fmt: skip


def _intended(flows: tuple[Flow, ...]) -> tuple[IntendedFlow, ...]:
    return tuple(IntendedFlow(source=flow.source, destination=flow.destination, port=flow.from_port,
                              protocol=flow.protocol, spec="access") for flow in flows)  # fmt: skip


def _bad() -> RegionAssessment:
    found = reachability(flattened())
    nodes = tuple(replace(node, public=True) if node.tier == "database" else node for node in found.nodes)
    rule = "module.security.aws_vpc_security_group_ingress_rule.management["
    world = _flow("0.0.0.0/0", "database", 5432, 5432, internet=True)
    flows = (
        *(flow for flow in found.flows if (flow.source, flow.destination) != ("task", "storage")), world,
        *(_flow(each, "task", 20001, 20001, internet=True, rule=f'{rule}"{each}"]') for each in RANGES),
        _flow("task", "10.0.0.0/8", 0, 65535, internet=False), _flow("database", "task", 8080, 8080, internet=False),
        _flow("task", "task", 7000, 7100, internet=False), _flow("10.9.0.0/16", "storage", 2049, 2049, internet=False),
        replace(_flow("::/0", "load_balancer", 8443, 8443, internet=True), listens=False),
    )  # fmt: skip
    ranges = (IntendedFlow(source=each, destination="task", port=20001, spec="access") for each in RANGES)
    intended = (*_intended(found.flows), *ranges)
    changed = _hostile(flattened())
    everything = Statement(
        effect="Allow", actions=("*",), resources=("*",), principals=(), conditions=(), negated=(), sid=HOSTILE,
        words=f"May do everything on everything ({HOSTILE}).", policy="module.identity.aws_iam_role_policy.task",
        raw={"Sid": HOSTILE, "Effect": "Allow", "Action": "*", "Resource": "*"},
    )  # fmt: skip
    known = tuple(
        replace(holder, statements=(*holder.statements, everything), opaque=(f"The policy {HOSTILE}.",))
        if holder.address.endswith("aws_iam_role.task") else holder for holder in holders(flattened())
    )  # fmt: skip
    return RegionAssessment(
        name="us-east-1", deployment="cap-production", region="us-east-1", findings=_findings(),
        waived=(replace(_finding("CKV_AWS_40", "low", "module.identity.aws_iam_user_policy.deploy", HOSTILE),
                        waiver=_shared()),),
        carried=(_waiver("CKV_AWS_17", DATABASE, date(2026, 11, 1)),
                 _waiver("CKV_AWS_999", HOSTILE, date(2027, 6, 1)),
                 _waiver("CKV_AWS_157", DATABASE, None)),
        passed=tuple(Passed(check=f"CKV_AWS_{number}", title="t", address=DATABASE) for number in range(180)),
        resources=len(changed.resources),
        reachability=replace(found, nodes=nodes, flows=tuple(sorted(flows)),
                             needs=(*found.needs[:2], replace(found.needs[-1], way=None)),
                             unknown=(*found.unknown, HOSTILE)),
        intended=intended, holders=known, flattened=changed,
    )  # fmt: skip


def _hostile(root: Flattened) -> Flattened:
    changes: dict[tuple[str, str], Mapping[str, Any]] = {
        ("aws_db_instance", "database__this"): {
            "storage_encrypted": False, "multi_az": False, "publicly_accessible": True, "password": SECRET,
            "identifier": f"db-\u202e{HOSTILE}", "tags": {HOSTILE: HOSTILE},
        },
        ("aws_security_group", "security__database"): {"description": HOSTILE},
        ("aws_ecs_service", "service__this"): {"name": "a-service-with-a-name-as-long-as-names-in-aws-can-ever-be-255"},
        ("aws_lb", "load_balancer__this"): {"name": "負荷分散装置"},
        ("aws_lambda_function", "snapshots__publisher"): {
            "environment": [{"variables": {"API_TOKEN": SECRET, "URL": f"https://u:{SECRET}@example.com"}}]
        },
    }  # fmt: skip
    bodies = {key: {**body, **changes.get(key, {})} for key, body in root.resources.items()}
    return replace(root, resources=bodies)


def _flow(source: str, destination: str, first: int, last: int, *, internet: bool, rule: str = "") -> Flow:
    opens = rule or "module.security.aws_vpc_security_group_ingress_rule.database"
    return Flow(source=source, destination=destination, protocol="tcp", from_port=first, to_port=last,
                internet=internet, listens=True, rules=(opens,))  # fmt: skip


def _findings() -> tuple[Finding, ...]:
    found = [
        _finding("CAPGEN_2", "critical", DATABASE, "Ensure no database has a password that is written out"),
        _finding("CAPGEN_40", "critical", "module.security.aws_vpc_security_group_ingress_rule.database",
                 "the Internet can reach the database on tcp 5432, which the spec does not intend"),
        _finding("CKV_AWS_16", "high", DATABASE, "Ensure all data stored in the RDS is securely encrypted at rest"),
        _finding("CKV_AWS_17", "high", DATABASE, "Ensure all data stored in RDS is not publicly accessible"),
        _finding("CKV_AWS_157", "medium", DATABASE, "Ensure that RDS instances have Multi-AZ enabled"),
        _finding("USER_1", "low", "module.security.aws_security_group.database", HOSTILE),
    ]  # fmt: skip
    hostile = replace(found[-1], why=HOSTILE, fix=HOSTILE, link="javascript:alert(1)", file=f"{HOSTILE}.tf.json")
    return (*found[:-1], hostile)


def _finding(check: str, severity: str, address: str, message: str) -> Finding:
    model = validated().model
    assert model is not None
    section = address.split(".")[1]
    line = model.regions[1].sources.value_at("database", "multi_az") if section == "database" else None
    return Finding(check=check, severity=FindingSeverity(severity), message=message, address=address,
                   file="modules/database/main.tf.json", line=42, fix="Set what the check asks for.",
                   spec_path="database.multi_az" if line else "access", spec=line,
                   why="Whoever reads a disk or a snapshot of it reads the data.",
                   link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.Encryption.html")  # fmt: skip


def _waiver(check: str, resource: str, expires: date | None) -> Waiver:
    return Waiver(check=check, resource=resource, owner="platform-engineering",
                  reason="The guide serves plain HTTP on port 80 until a certificate is given.", expires=expires,
                  spec="policy.waivers.0" if expires else "environment", place=Location(SPEC, 120, 7))  # fmt: skip


def _shared() -> Waiver:
    return Waiver(check="CKV_AWS_40", resource="module.identity.*", owner=HOSTILE, reason=HOSTILE,
                  expires=date(2027, 3, 1), deployments=("cap-*",), place=Location("waivers.yaml", 3, 5))  # fmt: skip


def _unjudged() -> RegionAssessment:
    message = "module network is not a local directory, so nothing was judged"
    problem = Diagnostic(rule="scan-module-source", message=message, value=HOSTILE,
                         location=Location("ap-southeast-2/main.tf.json", 4, 1))  # fmt: skip
    return RegionAssessment(name="ap-southeast-2", deployment="cap-production", region="ap-southeast-2",
                            diagnostics=(problem,))  # fmt: skip


def _about_waivers() -> tuple[Diagnostic, ...]:
    return (
        Diagnostic(rule="waiver-expired", message="the waiver of CKV_AWS_17 expired", location=Location(SPEC, 120, 7)),
        Diagnostic(rule="waiver-unused", message="the waiver of CKV_AWS_999 matches no finding", hint=HOSTILE),
        Diagnostic(rule="waiver-expires-soon", message="it expires in 12 days", severity=Severity.WARNING),
    )


def changes() -> tuple[RegionChanges, ...]:
    """Return what a plan would change: a database lost, a port opened to the world, permissions gained and lost."""

    def attribute(path: str, old: Any, new: Any, *, forces: bool = False) -> AttributeChange:
        return AttributeChange(path=path, old=old, new=new, forces_replacement=forces)

    def permission(*, gained: bool, words: str) -> PermissionChange:
        return PermissionChange(holder="module.identity.aws_iam_role.task", part="policy", gained=gained,
                                effect="Allow", action="s3:*", resource="*", principal="", conditions=(),
                                words=words)  # fmt: skip

    return (
        RegionChanges(
            region="us-east-1",
            resources=(
                ResourceChange(address="module.logs.aws_cloudwatch_log_group.this", type="aws_cloudwatch_log_group",
                               action=Action.UPDATE, stateful=False,
                               attributes=(attribute("retention_in_days", 365, 30),)),
                ResourceChange(address=DATABASE, type="aws_db_instance", action=Action.REPLACE, stateful=True,
                               attributes=(attribute("identifier", "cap-production-db", HOSTILE, forces=True),
                                           attribute("password", SECRET, f"{SECRET}2"))),
                ResourceChange(address="module.storage.aws_efs_access_point.this", type="aws_efs_access_point",
                               action=Action.CREATE, stateful=False),
            ),
            exposure=(
                ExposureChange(flow=_flow("10.0.0.5/32", "task", 20001, 20001, internet=False), opened=False,
                               world=False),
                ExposureChange(flow=_flow("0.0.0.0/0", "database", 5432, 5432, internet=True), opened=True, world=True),
            ),
            permissions=(permission(gained=False, words="May read any object."),
                         permission(gained=True, words=f"May take any S3 action (s3:*) on {HOSTILE}.")),
        ),
        RegionChanges(region="eu-west-1"),
    )  # fmt: skip


def many_resources() -> Assessment:
    """Return one region with 100 resources."""
    whole = flattened()
    more = {}
    origins = dict(whole.origins)
    for number in range(100 - len(whole.resources)):
        key = ("aws_cloudwatch_log_group", f"logs__more__{number}")
        more[key] = whole.resources["aws_cloudwatch_log_group", "database__export__0"]
        name = ".".join(key)
        place = whole.origins["aws_cloudwatch_log_group.database__export__0"]
        origins[name] = replace(place, address=f"module.logs.aws_cloudwatch_log_group.more[{number}]")
    grown = replace(whole, resources={**whole.resources, **more}, origins=origins)
    (region,) = good().regions
    return replace(good(), regions=(replace(region, flattened=grown, resources=len(grown.resources)),))
