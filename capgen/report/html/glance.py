"""What a reviewer wants to know of a region before anything else: who gets in, what goes out, what is kept."""

from collections.abc import Iterator, Sequence

from capgen.assess import RegionAssessment
from capgen.compare import STATEFUL
from capgen.evaluate import blocks
from capgen.report.html.fact import Fact, Line
from capgen.report.html.filters import count
from capgen.report.html.internet import let_in, let_out
from capgen.report.html.permissions import is_far_reaching
from capgen.report.topology import JudgedFlow, stack_secrets


def glance(region: RegionAssessment, flows: Sequence[JudgedFlow]) -> tuple[Fact, ...]:
    """Return the cards of a region with these flows."""
    return (
        Fact(title="In from the Internet", lines=let_in(region, flows), section="reachability"),
        Fact(title="Out to the Internet", lines=let_out(region, flows), section="reachability"),
        Fact(title="Keeps data", lines=tuple(_kept(region)), section="resources"),
        Fact(title="Acts in the account", lines=tuple(_holders(region)), section="permissions"),
    )


_SECRET = "aws_secretsmanager_secret"  # noqa: S105 : a type
_KEPT = {
    "aws_db_instance": ("database", "databases"),
    "aws_efs_file_system": ("file system", "file systems"),
    "aws_s3_bucket": ("bucket", "buckets"),
    _SECRET: ("secret", "secrets"),
    "aws_kms_key": ("key", "keys"),
}


def _kept(region: RegionAssessment) -> Iterator[Line]:
    if region.flattened is None:
        yield Line(text="Not known")
        return
    order = [*_KEPT, *sorted(STATEFUL - _KEPT.keys())]
    stateful = [block for block in blocks(region.flattened, *order) if not block.is_data]
    for type in order:
        members = [block for block in stateful if block.type == type]
        by_stack = stack_secrets(region.flattened) if type == _SECRET else ()
        makers = [*members, *by_stack]
        if makers:
            kept = all(_prevents_destroy(block.body.get("lifecycle")) for block in makers)
            notes = ("Terraform refuses to destroy" if kept else "",
                     f"{len(by_stack)} made by a stack" if by_stack else "")  # fmt: skip
            yield Line(text=count(len(makers), *_KEPT.get(type, (type, type))), note=", ".join(filter(None, notes)))


def _prevents_destroy(lifecycle: object) -> bool:
    return isinstance(lifecycle, dict) and lifecycle.get("prevent_destroy") is True


def _holders(region: RegionAssessment) -> Iterator[Line]:
    for kind in ("role", "user", "group"):
        found = [holder for holder in region.holders if holder.kind == kind]
        if found:
            far = sum(is_far_reaching(holder) for holder in found)
            unclear = sum(bool(holder.opaque) and not is_far_reaching(holder) for holder in found)
            notes = (f"{far} far-reaching" if far else "", f"{unclear} with a caveat" if unclear else "")
            yield Line(text=count(len(found), kind), tone="bad" if far else "warn" if unclear else "plain",
                       note=", ".join(filter(None, notes)))  # fmt: skip
    if not region.holders:
        yield Line(text="Nobody")
