"""Pure data between plan and synth: which modules a region calls, in what shape, with which values."""

from capgen.topology.flow import IntendedFlow
from capgen.topology.plan import ModulePlan, RemoteState, RootOutput, RootPlan, RootVariable, StateBackend, Topology
from capgen.topology.provider import AssumedRole, ProviderPlan
from capgen.topology.reference import Raw, Ref, Remote, Text, Value
from capgen.topology.routes import DeclaredNetwork

__all__ = [
    "AssumedRole",
    "DeclaredNetwork",
    "IntendedFlow",
    "ModulePlan",
    "ProviderPlan",
    "Raw",
    "Ref",
    "Remote",
    "RemoteState",
    "RootOutput",
    "RootPlan",
    "RootVariable",
    "StateBackend",
    "Text",
    "Topology",
    "Value",
]
