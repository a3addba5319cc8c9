"""Synthesise a topology."""

from capgen.synth.compiled import CompiledDeployment
from capgen.synth.modules import build_modules, name_directories
from capgen.synth.root import build_root
from capgen.terraform.module import App
from capgen.topology import Topology


def synthesise(topology: Topology) -> CompiledDeployment:
    """Return the Terraform JSON of every module and root of a topology."""
    directories = name_directories(topology)
    modules = build_modules(topology, directories)
    with App() as app:
        roots = tuple(build_root(app, root, directories) for root in topology.roots)
    return CompiledDeployment(name=topology.name, modules=modules, roots=roots, apply_order=topology.apply_order)
