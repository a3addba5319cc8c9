"""Pure data between plan and synth: which modules a region calls, in what shape, with which values."""

from capgen.topology.flow import IntendedFlow
from capgen.topology.plan import ModulePlan, RootOutput, RootPlan, RootVariable, StateBackend, Topology
from capgen.topology.reference import Raw, Ref, Text, Value
from capgen.topology.routes import DeclaredNetwork

__all__ = [
    "DeclaredNetwork",
    "IntendedFlow",
    "ModulePlan",
    "Raw",
    "Ref",
    "RootOutput",
    "RootPlan",
    "RootVariable",
    "StateBackend",
    "Text",
    "Topology",
    "Value",
]
