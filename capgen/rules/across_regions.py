"""What must be true of all regions together."""

from collections.abc import Iterator

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.region_facts import facts_of, partition_of, table_date
from capgen.rules.records import check_records
from capgen.rules.recovery import check_recovery

_BUCKET_LINK = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"


def check_across_regions(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Yield what is wrong between regions."""
    yield from _shared_bucket(model)
    yield from _state_bucket_in_two_regions(model)
    yield from _account_of_two_partitions(model)
    yield from _needless_switch(model)
    yield from check_records(model)
    yield from check_recovery(model)


def _shared_bucket(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Refuse one bucket name for two regions: a name is free once in each partition.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    first: dict[tuple[str | None, str], str] = {}
    for region in model.regions:
        bucket = region.values.snapshots.bucket
        if bucket is None:
            continue
        place = partition_of(region.values.region), bucket
        if place in first:
            yield Diagnostic(
                rule="deployment-bucket-per-region",
                message=f"regions {first[place]} and {region.values.region} would share the bucket {bucket}",
                location=region.sources.value_at("snapshots", "bucket"),
                path="snapshots.bucket",
                value=bucket,
                hint="leave snapshots.bucket out: the name is then made per region; or set it under each region",
                link=_BUCKET_LINK,
            )
        first.setdefault(place, region.values.region)


def _state_bucket_in_two_regions(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Refuse one bucket of states in two regions: it is in one of them, and the backend asks in the other in vain."""
    first: dict[tuple[str | None, str], str] = {}
    for region in model.regions:
        state = region.values.state
        if state.backend == "local" or state.bucket is None:
            continue
        home = state.region or region.values.region
        known = first.setdefault((partition_of(home), state.bucket), home)
        if known != home:
            yield Diagnostic(
                rule="deployment-state-bucket-region",
                message=f"the bucket of the states would be in {known} and in {home}",
                location=region.sources.value_at("state", "bucket"),
                path="state.bucket",
                value=state.bucket,
                hint="set state.region to the region that the bucket is in; or give each region a bucket of its own",
                link="https://developer.hashicorp.com/terraform/language/backend/s3#configuration",
            )


def _account_of_two_partitions(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Refuse one account for regions of two partitions: each partition has accounts of its own.

    https://docs.amazonaws.cn/en_us/aws/latest/userguide/accounts-and-credentials.html
    """
    first: dict[str, RegionModel] = {}
    for region in model.regions:
        account = region.values.account_id
        if account is None:
            continue
        other = first.setdefault(account, region).values.region
        mine, theirs = partition_of(region.values.region), partition_of(other)
        if mine is not None and theirs is not None and mine != theirs:
            yield Diagnostic(
                rule="deployment-account-partition",
                message=f"{other} is in partition {theirs} and {region.values.region} in {mine}: one account cannot "
                "have both",
                location=region.sources.value_at("account_id"),
                path="account_id",
                value=account,
                hint=f"set account_id under regions.{region.values.region}, and under regions.{other}",
                link="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/partitions.html",
            )


def _needless_switch(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Warn of an `allow_unlisted_region` that every region it holds for can do without."""
    listed: dict[Location, list[str]] = {}
    needed: set[Location] = set()
    for region in model.regions:
        if region.values.allow_unlisted_region:
            place = region.sources.value_at("allow_unlisted_region")
            listed.setdefault(place, []).append(region.values.region)
            used = {region.values.region, region.values.state.region or region.values.region}
            if not all(facts_of(code).listed for code in used):
                needed.add(place)
    for place, regions in listed.items():
        if place not in needed:
            yield Diagnostic(
                rule="deployment-needless-switch",
                message=f"allow_unlisted_region has no effect: capgen's table of {table_date()} lists "
                f"{', '.join(regions)}",
                severity=Severity.WARNING,
                location=place,
                path="allow_unlisted_region",
                value="true",
                hint="remove it: it would hide a misspelt region",
                link="https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
            )
