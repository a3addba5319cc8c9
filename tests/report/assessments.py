"""Assessments made by hand, with text that each format has to defuse."""

from datetime import date
from functools import cache

from hypothesis import strategies as st

from capgen.assess import Assessment, RegionAssessment, Terms, assess_tree
from capgen.compare import (
    Action,
    AttributeChange,
    ExposureChange,
    PermissionChange,
    RegionChanges,
    ResourceChange,
)
from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.findings import Finding, FindingSeverity, Waiver
from capgen.permissions import Holder, Statement
from capgen.reach import Flow, Need, Node, Reachability
from capgen.scan import Passed
from capgen.topology import IntendedFlow
from tests.output.example import GOLDEN
from tests.trees.fixtures import TREES

EXAMPLE = GOLDEN / "cap-production"

TODAY = date(2026, 11, 23)
HOSTILE = 'a|b `c` <script>alert(1)</script> @root #12 [x](http://e.vil) {0} & "q" \x00\x1b[31m\u202e\nend'
SPEC = "deploy ments/cap#1.yaml"

CRITICAL = Finding(
    check="CKV_AWS_17", severity=FindingSeverity.CRITICAL, message="The database is public", line=26,
    address='module.database.aws_db_instance.this["[bold]a"]', file="modules/database/main.tf.json",
    fix="Set database.public to false.", spec_path="database.public", spec=Location(SPEC, 12, 3, 5),
    why="Anyone can guess its password.", link="https://example.com/a b",
)  # fmt: skip
HIGH = Finding(
    check="OWN_1", severity=FindingSeverity.HIGH, message=HOSTILE, address=f'aws_s3_bucket.this["{HOSTILE}"]',
    file="main.tf.json", line=4, fix=HOSTILE, spec_path=HOSTILE, why=HOSTILE, link="javascript:alert(1)",
)  # fmt: skip
LOW = Finding(
    check="CKV_AWS_144", severity=FindingSeverity.LOW, message="No replication", address="aws_s3_bucket.this",
    file="main.tf.json", line=3, fix="Waive it.", spec_path="snapshots",
)  # fmt: skip
WAIVER = Waiver(
    check="CKV_AWS_260", resource="aws_lb.*", owner="@team|net", reason=HOSTILE, expires=date(2027, 11, 30),
    spec="policy.waivers.0", place=Location(SPEC, 80, 5),
)  # fmt: skip
OLD = Waiver(check="CKV_AWS_2", resource="*", owner="b", reason="Old.", expires=date(2026, 1, 1))
WAIVED = Finding(
    check="CKV_AWS_260", severity=FindingSeverity.HIGH, message="Port 80 is open", address="aws_lb.this",
    file="main.tf.json", line=9, fix="Close it.", spec_path="access", spec=Location(SPEC, 58, 1), waiver=WAIVER,
)  # fmt: skip
EXPIRED = Diagnostic(
    rule="waiver-expired", message="the waiver of CKV_AWS_2 for * expired on 2026-01-01", value="2026-01-01",
    location=Location(SPEC, 84, 5), hint="let b decide anew", path="policy.waivers.1",
)  # fmt: skip
SOON = Diagnostic(
    rule="waiver-expires-soon", message="it expires in 7 days", severity=Severity.WARNING,
    location=Location("eu-west-1/policy.json", 1, 1),
)  # fmt: skip
UNREADABLE = Diagnostic(
    rule="scan-parse",
    message="this is not JSON",
    location=Location("us-east-1/main.tf.json", 7, 2),
    hint="Build again.",
)
WEB = Flow(
    source="0.0.0.0/0", destination="load_balancer", protocol="tcp", from_port=80, to_port=80, internet=True,
    listens=True, rules=("aws_vpc_security_group_ingress_rule.web",),
)  # fmt: skip
ALLOWED = Statement(
    effect="Allow", actions=("s3:GetObject",), resources=("*",), principals=(), conditions=(), negated=(), sid="",
    words="may read every object", policy="aws_iam_role_policy.task", raw={"Effect": "Allow"},
)  # fmt: skip

JUDGED = RegionAssessment(
    name="eu-west-1", deployment="cap", region="eu-west-1", findings=(CRITICAL, HIGH, LOW), waived=(WAIVED,),
    passed=(Passed(check="CKV_AWS_2", title="HTTPS", address="aws_lb_listener.https"),
            Passed(check="CKV_AWS_16", title="Encrypted", address=CRITICAL.address)),
    resources=4, carried=(WAIVER, OLD),
    reachability=Reachability(
        nodes=(Node(address="aws_lb.this", tier="load_balancer", public=True, ports=(80,)),),
        flows=(WEB,),
        needs=(Need(what="to pull the image", service="ecr.api", way=None),
               Need(what="logs", service="logs", way="NAT")),
        unknown=("Network ACLs may refuse it.",),
    ),
    intended=(IntendedFlow(source="task", destination="database", port=5432, spec="database.port"),),
    holders=(Holder(address="aws_iam_role.task", kind="role", name="cap-task", statements=(ALLOWED,)),),
)  # fmt: skip
UNJUDGED = RegionAssessment(name="us-east-1", deployment="cap", region="us-east-1", diagnostics=(UNREADABLE,))

NASTY = Assessment(
    terms=Terms(today=TODAY, fail_on=FindingSeverity.MEDIUM), base="out/my cap", regions=(JUDGED, UNJUDGED),
    waiver_diagnostics=(EXPIRED, SOON),
)  # fmt: skip
CLEAN = Assessment(
    terms=Terms(today=TODAY), base="out/cap",
    regions=(RegionAssessment(name="eu-west-1", deployment="cap", region="eu-west-1", passed=JUDGED.passed,
                              resources=84),),
)  # fmt: skip

CHANGES = (
    RegionChanges(
        region="eu-west-1",
        resources=(
            ResourceChange(
                address="module.database.aws_db_instance.this", type="aws_db_instance", action=Action.REPLACE,
                stateful=True,
                attributes=(AttributeChange(path="db_name", old="a", new=HOSTILE, forces_replacement=True),),
            ),
            ResourceChange(address="aws_lb.this", type="aws_lb", action=Action.CREATE, stateful=False),
        ),
        exposure=(ExposureChange(flow=WEB, opened=True, world=True),),
        permissions=(
            PermissionChange(
                holder="aws_iam_role.task", part="policy", gained=True, effect="Allow", action="s3:*", resource="*",
                principal="", conditions=(), words="may do anything with every bucket",
            ),
        ),
    ),
)  # fmt: skip


@cache
def assessed(tree: str) -> Assessment:
    """Judge a tree of tests/trees, or the committed example, once for all tests."""
    return assess_tree(EXAMPLE if tree == "example" else TREES / tree, terms=Terms(today=TODAY))


text = st.text(st.characters(), max_size=30)
"""Any text: control characters, halves of surrogate pairs, markup of every kind when Hypothesis feels like it."""
_lines = st.integers(min_value=1, max_value=10**6)
_places = st.builds(Location, file=text, line=_lines, column=_lines, length=_lines)
_severities = st.sampled_from(FindingSeverity)
_waivers = st.builds(
    Waiver, check=text, resource=text, owner=text, reason=text, expires=st.none() | st.dates(), spec=text,
    place=st.none() | _places,
)  # fmt: skip


def _findings(waiver: "st.SearchStrategy[Waiver | None]") -> st.SearchStrategy[Finding]:
    return st.builds(
        Finding, check=text, severity=_severities, message=text, address=text, file=text, line=_lines, fix=text,
        spec_path=text, spec=st.none() | _places, waiver=waiver, why=text, link=text | text.map("https://e.com/{}".format),
    )  # fmt: skip


_diagnostics = st.builds(
    Diagnostic, rule=text, message=text, severity=st.sampled_from(Severity), location=st.none() | _places,
    path=st.none() | text, value=st.none() | text, hint=st.none() | text, link=st.none() | text,
)  # fmt: skip
_flows = st.builds(
    Flow, source=text, destination=text, protocol=text, from_port=st.integers(0, 65535), to_port=st.integers(0, 65535),
    internet=st.booleans(), listens=st.booleans(), rules=st.lists(text, max_size=2).map(tuple),
)  # fmt: skip
_regions = st.builds(
    RegionAssessment, name=text, deployment=text, region=text,
    findings=st.lists(_findings(st.none()), max_size=3).map(tuple),
    waived=st.lists(_findings(_waivers), max_size=2).map(tuple),
    passed=st.lists(st.builds(Passed, check=text, title=text, address=text), max_size=2).map(tuple),
    resources=st.integers(min_value=0), carried=st.lists(_waivers, max_size=2).map(tuple),
    reachability=st.builds(Reachability, flows=st.lists(_flows, max_size=2).map(tuple),
                           unknown=st.lists(text, max_size=2).map(tuple)),
    intended=st.none(), holders=st.just(()), flattened=st.none(),
    diagnostics=st.lists(_diagnostics, max_size=2).map(tuple),
)  # fmt: skip
assessments = st.builds(
    Assessment,
    terms=st.builds(Terms, today=st.dates(), fail_on=_severities, waivers=st.just(()), policies=st.none()),
    base=text,
    regions=st.lists(_regions, min_size=1, max_size=2).map(tuple),
    waiver_diagnostics=st.lists(_diagnostics, max_size=2).map(tuple),
)
"""Any assessment, of any text."""
