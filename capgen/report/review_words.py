"""The judgement of a plan in words, which text and Markdown share."""

from collections.abc import Iterator, Mapping, Sequence
from shlex import quote

from capgen.gate import Danger, DangerKind, Kind, PlannedChange, Review, Verdict
from capgen.gate.drift import DriftedResource
from capgen.report.change_words import OVERWRITTEN, exposure_in_words
from capgen.report.words import count

_DONE: Mapping[Kind, str] = {
    Kind.DESTROY: "to destroy",
    Kind.REPLACE: "to replace",
    Kind.FORGET: "to forget",
    Kind.UPDATE: "to update",
    Kind.CREATE: "to create",
    Kind.READ: "to read",
}


def verdict_in_words(review: Review) -> str:
    """Return in one sentence what may be done with the plan, and why not more."""
    match review.verdict:
        case Verdict.DANGEROUS:
            number = len(review.standing)
            return f"dangerous: {count(number, 'change')} that nobody allows {'stands' if number == 1 else 'stand'}"
        case Verdict.UNUSABLE if review.readable:
            return "not to be applied: it was called with what does not fit the plan"
        case Verdict.UNUSABLE:
            return "not judged: nothing is known of what it would do"
        case Verdict.REFUSED:
            failing = len(review.assessment.failing)
            why = count(failing, "finding") if failing else "the waivers do not hold"
            return f"refused by policy: {why}"
        case _:
            return "may be applied"


def counts_in_words(changes: Sequence[PlannedChange]) -> str:
    """Return how many resources the plan does what to."""
    kinds = [(words, sum(change.kind is kind for change in changes)) for kind, words in _DONE.items()]
    moved = sum(change.was is not None for change in changes)
    imported = sum(change.imported is not None for change in changes)
    told = [*kinds, ("moved", moved), ("imported", imported)]
    return ", ".join(f"{number:,} {words}" for words, number in told if number) or "no change"


def danger_in_words(danger: Danger) -> str:
    """Return what is dangerous, in one sentence."""
    if danger.change is not None:
        if danger.change.overwrites:
            return f"{danger.change.address} is {danger.change.kind}d: {OVERWRITTEN}"
        what = "the object that an earlier replacement left behind" if danger.change.deposed else danger.change.address
        done = "replaced" if danger.change.kind is Kind.REPLACE else "destroyed"
        return f"{what} is {done}: its data is lost"
    assert danger.exposure is not None
    by_hand = "was opened by hand, and the plan leaves it open" if danger.kind is DangerKind.DRIFT else "is opened"
    return f"{exposure_in_words(danger.exposure)} {by_hand}"


def allowance(danger: Danger) -> str:
    """Return the options that allow it, ready for a shell."""
    return " ".join(f"--allow {quote(address)}" for address in danger.addresses)


def action_in_words(change: PlannedChange) -> str:
    """Return what happens in one word; what stays as it is can still be moved or imported."""
    if change.kind is not Kind.NONE:
        return str(change.kind)
    return "move" if change.was is not None else "import"


def remarks(change: PlannedChange) -> Iterator[str]:
    """Yield what is to be said of a change beside its action and address."""
    if change.dangerous:
        yield OVERWRITTEN if change.overwrites else "its data is lost"
    if change.kind is Kind.FORGET:
        yield "it stays in AWS, and Terraform no longer knows of it"
    if change.created_first:
        yield "the other one is created first"
    if change.was is not None:
        yield f"moved from {change.was}"
    if change.imported is not None:
        yield f"imported: it exists as {change.imported}"
    if change.reason:
        forcing = [each.path for each in change.attributes if each.forces_replacement]
        yield change.reason + (f": {', '.join(forcing)}" if forcing else "")


def drifted_in_words(resource: DriftedResource) -> str:
    """Return what was done to a resource outside Terraform, and what becomes of that."""
    if resource.deleted:
        return "deleted, and the plan creates it again" if resource.undone else "deleted"
    return "changed, and the plan puts it back" if resource.undone else "changed, and the plan leaves it so"


def notes(review: Review) -> Iterator[str]:
    """Yield what is to be known about the judgement itself, one sentence each."""
    for change in review.forgotten:
        yield f"Terraform lets go of {change.address}: it stays in AWS with its data, and no later plan tells of it."
    for address, message in review.failed_checks:
        yield f"{address} fails, a check of the configuration: {message}"
    others = [f"{number:,} of {name}" for name, number in review.others.items()]
    if others:
        yield f"Resources of other providers are not judged: {', '.join(others)}."
    documents = sum(each.document for each in review.unjudged)
    if review.unjudged:
        whole = f", {documents} of them whole policies or container definitions" if documents else ""
        number = count(len(review.unjudged), "argument")
        yield f"{number} could not be judged, as the plan does not say what will stand there{whole}."
    if review.rooted and not review.held:
        yield "The compiled root has no policy.json: exposure is told as changes, not held against what is intended."
    if not review.rooted:
        yield ("No compiled root was named with --tree: waivers of the spec do not count, and exposure is told as "
               "changes, not held against what is intended.")  # fmt: skip
    if review.drift.trivial:
        yield f"In {count(review.drift.trivial, 'resource')} only values have changed that AWS sets by itself."
