"""A region's topology as a picture: tiers from left to right, and who can connect to what."""

from capgen.report.judged import JudgedFlow, Verdict, judged_flows, port_words, tier_name, tier_of
from capgen.report.topology.draw import topology_svg
from capgen.report.topology.graph import graph
from capgen.report.topology.node import Graph, GraphNode
from capgen.report.topology.redirects import redirects_to_https
from capgen.report.topology.stacks import stack_secrets

__all__ = [
    "Graph",
    "GraphNode",
    "JudgedFlow",
    "Verdict",
    "graph",
    "judged_flows",
    "port_words",
    "redirects_to_https",
    "stack_secrets",
    "tier_name",
    "tier_of",
    "topology_svg",
]
