"""Flows in words, and the part of the spec that they belong to."""

from capgen.reach.interface import DATABASE, ENDPOINT, LOAD_BALANCER, STORAGE, TASK
from capgen.topology.addresses import is_everything, is_world, parse_range

_TIERS = {
    LOAD_BALANCER: "the load balancer",
    TASK: "the tasks",
    DATABASE: "the database",
    STORAGE: "the file system",
    ENDPOINT: "the VPC endpoints",
}
_RANGES = {
    LOAD_BALANCER: "access.web_cidrs",
    TASK: "access.management_cidrs",
    DATABASE: "access.database_cidrs",
}
_BETWEEN = {
    (LOAD_BALANCER, TASK): "agent.ports.web",
    (TASK, DATABASE): "database.port",
    (TASK, STORAGE): "storage",
    (TASK, ENDPOINT): "network.vpc_endpoints",
}


def end_in_words(end: str, *, internet: bool) -> str:
    """Return what one end of a flow is called in a sentence. `internet` says that one end is the Internet."""
    if is_world(end) and not is_everything(end):
        return f"a large part of the Internet ({end})" if internet else f"a large part of all addresses ({end})"
    if is_world(end):
        return f"the Internet ({end})" if internet else f"every address with a route ({end})"
    return _TIERS.get(end, end)


def section_of(source: str, destination: str) -> str:
    """Return the path of the spec that decides on flows between two ends."""
    if parse_range(source) is not None:
        return _RANGES.get(destination, "access")
    if source == TASK and parse_range(destination) is not None:
        return "access.egress"
    return _BETWEEN.get((source, destination), "access")
