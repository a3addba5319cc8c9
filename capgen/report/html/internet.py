"""Who gets in from the Internet, and what may go out to it, in lines."""

from collections.abc import Iterator, Sequence

from capgen.assess import RegionAssessment
from capgen.evaluate import Block, blocks
from capgen.reach import Flow
from capgen.reach.entrances import entrances
from capgen.report.html.fact import Line, Tone
from capgen.report.html.permissions import broad
from capgen.report.topology import JudgedFlow, Verdict, port_words, redirects_to_https, tier_name, tier_of
from capgen.topology.addresses import has_public_addresses, is_world

_WRONG = (Verdict.UNINTENDED, Verdict.MISSING)

_WITHIN_NETWORK = ("endpoint", "file_system")
"""Kinds of holders whose policy opens nothing to who is not in the network."""

_PUBLIC_LISTS = ("public-read", "public-read-write", "authenticated-read")
"""https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl"""


def let_in(region: RegionAssessment, flows: Sequence[JudgedFlow]) -> tuple[Line, ...]:
    """Return what of a region the Internet reaches: through its network, past it, and by a policy for everyone."""
    inbound = (each for each in flows if each.flow.internet and tier_of(region, each.flow.destination))
    found = (*(_inbound(region, each) for each in inbound), *_past_network(region), *_by_policy(region))
    return tuple(dict.fromkeys(found)) or (Line(text="Nothing is let in", tone="good"),)


def let_out(region: RegionAssessment, flows: Sequence[JudgedFlow]) -> tuple[Line, ...]:
    """Return what of a region may connect to public addresses, by its own public address or by another way."""
    outbound = (each for each in flows if each.verdict is not Verdict.MISSING and _leaves(region, each.flow))
    found = (_outbound(region, each) for each in outbound)
    return tuple(dict.fromkeys(found)) or (Line(text="Nothing is let out", tone="good"),)


def _inbound(region: RegionAssessment, each: JudgedFlow) -> Line:
    everyone = each.from_everyone
    note = _note("everyone" if everyone else "some public ranges", each)
    if region.flattened and redirects_to_https(region.flattened, each.flow):
        note += ", redirects to HTTPS"
    tone: Tone = "bad" if each.verdict in _WRONG else "warn" if everyone else "plain"
    return Line(text=f"{_end(region, each.flow.destination)} on {port_words(each.flow)}", tone=tone, note=note)


def _past_network(region: RegionAssessment) -> Iterator[Line]:
    tone: Tone = "warn" if region.intended is None else "bad"
    for block, what in entrances(region.flattened) if region.flattened else ():
        yield Line(text=what[0].upper() + what[1:], tone=tone, note=f"past the network, {_callers(block)}")


def _callers(block: Block) -> str:
    """Say who may call a way in. https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html."""
    if block.type != "aws_lambda_function_url":
        return "who may call it is not followed"
    return {"NONE": "everyone", "AWS_IAM": "who signs requests"}.get(
        str(block.body.get("authorization_type")), "who may call it is not known"
    )


def _by_policy(region: RegionAssessment) -> Iterator[Line]:
    for holder in region.holders:
        named = (words for each in holder.statements for words in broad(each, holder.kind))
        if holder.kind not in _WITHIN_NETWORK and "anyone" in named:
            yield Line(text=f"{tier_name(holder.kind)} {holder.address}", tone="bad", note="its policy names everyone")
    for block in blocks(region.flattened, "aws_s3_bucket_acl") if region.flattened else ():
        if block.body.get("acl") in _PUBLIC_LISTS:
            yield Line(text=f"Bucket of {block.address}", tone="bad", note="its access list names everyone")


def _leaves(region: RegionAssessment, flow: Flow) -> bool:
    """Say whether a flow goes to public addresses. What only AWS knows may have some; a security group is no range."""
    end = flow.destination
    if tier_of(region, end):
        return False
    is_group = end.startswith("sg-") or "aws_security_group" in end
    return flow.internet or (has_public_addresses(end) and not is_group)


def _outbound(region: RegionAssessment, each: JudgedFlow) -> Line:
    where = "to anywhere" if is_world(each.flow.destination) else "to some ranges"
    routed = where if each.flow.internet else f"{where}, if the subnets route there"
    return Line(text=f"{_end(region, each.flow.source)} on {port_words(each.flow)}",
                tone="bad" if each.verdict in _WRONG else "plain", note=_note(routed, each))  # fmt: skip


def _note(words: str, judged: JudgedFlow) -> str:
    return f"{words}, {judged.verdict}" if judged.verdict in _WRONG else words


def _end(region: RegionAssessment, end: str) -> str:
    tier = tier_of(region, end)
    return end if tier is None else tier_name(tier)
