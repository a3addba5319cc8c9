"""What of a region is a copy of another region's: it serves nobody before it is cut loose."""

from collections.abc import Iterator

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.report.topology.badges import Badge

REPLICA = Badge(text="read replica", tone="plain")
READ_ONLY_COPY = Badge(text="copy, read-only", tone="plain")
RECEIVES_COPIES = Badge(text="receives copies", tone="plain")


def copied(block: Block, flattened: Flattened) -> tuple[Badge, ...]:
    """Return a badge for a database or a file system that another region's is copied to."""
    if block.type == "aws_db_instance" and block.body.get("replicate_source_db"):
        return (REPLICA,)
    if block.name in _destinations(flattened, "aws_efs_replication_configuration", block.type):
        return (READ_ONLY_COPY,)
    return ()


def receives_copies(bucket: Block, flattened: Flattened) -> bool:
    """Say whether a bucket is where another one's objects are replicated to."""
    return bucket.name in _destinations(flattened, "aws_s3_bucket_replication_configuration", bucket.type)


def replicas(secret: Block) -> int:
    """Return in how many regions a secret has a replica."""
    found = secret.body.get("replica") if secret.type == "aws_secretsmanager_secret" else None
    return len(found) if isinstance(found, list) else int(bool(found))


def _destinations(flattened: Flattened, type: str, of: str) -> set[str]:
    """Return the names of the blocks of one type that the replications of another copy to."""
    named = {"aws_efs_file_system": "file_system_id", "aws_s3_bucket": "bucket"}.get(of)
    if named is None:
        return set()
    found = (reference(each.get(named)) for block in blocks(flattened, type) for each in _nested(block.body))
    return {each[0] for each in found if each is not None}


def _nested(body: object) -> Iterator[dict[str, object]]:
    """Yield each block `destination`, at the top of a body or in its rules."""
    if not isinstance(body, dict):
        return
    for rule in _blocks(body.get("rule")):
        yield from _nested(rule)
    yield from _blocks(body.get("destination"))


def _blocks(found: object) -> Iterator[dict[str, object]]:
    yield from (each for each in (found if isinstance(found, list) else [found]) if isinstance(each, dict))
