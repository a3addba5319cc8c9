"""Stage 10, reach: who can connect to what, by the compiled resources, held against what the spec intends."""

from capgen.reach.differences import differences
from capgen.reach.flow import Flow, Need, Node, Reachability
from capgen.reach.reachability import reachability

__all__ = ["Flow", "Need", "Node", "Reachability", "differences", "reachability"]
