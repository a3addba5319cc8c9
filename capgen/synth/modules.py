"""Build module directories: one per component and shape, shared by every root that has that shape."""

from functools import lru_cache

from capgen.synth.compiled import CompiledModule
from capgen.synth.registry import BUILDERS
from capgen.synth.versions import required_versions
from capgen.terraform.module import App, Module
from capgen.topology import ModulePlan, Topology

Directories = dict[tuple[str, object], str]


def name_directories(topology: Topology) -> Directories:
    """Name the directory of each component and shape: the component's name, and a number from the second shape on.

    Regions are in order of name, so the first region's modules bear the plain names.
    """
    directories: Directories = {}
    shapes_of: dict[str, int] = {}
    for root in topology.roots:
        for module in root.modules:
            identity = (module.component, module.shape)
            if identity not in directories:
                number = shapes_of[module.component] = shapes_of.get(module.component, 0) + 1
                directories[identity] = module.component if number == 1 else f"{module.component}_{number}"
    return directories


def build_modules(topology: Topology, directories: Directories) -> tuple[CompiledModule, ...]:
    """Build each module once and hold every call to the variables that the module declares."""
    built: dict[str, CompiledModule] = {}
    for root in topology.roots:
        for plan in root.modules:
            directory = directories[plan.component, plan.shape]
            if directory not in built:
                built[directory] = _module(plan.component, plan.shape, directory)
            _agree(plan, built[directory])
    return tuple(built[directory] for directory in sorted(built))


@lru_cache(maxsize=512)
def _module(component: str, shape: object, directory: str) -> CompiledModule:
    """Build a module. The shape alone decides its body, so a fleet builds each once, and shares it."""
    builder = BUILDERS[component]
    with App() as app:
        module = Module(app, f"module-{directory}")
        builder.construct(module, shape)
        module.settings(required_versions())
        document = module.synthesise()
    return CompiledModule(
        directory=directory,
        component=component,
        document=document,
        files=builder.files(shape) if builder.files else {},
        checks=builder.checks(shape),
    )


def _agree(plan: ModulePlan, module: CompiledModule) -> None:
    passed, declared = set(plan.inputs), set(module.document.get("variable", {}))
    if passed != declared:
        raise ValueError(f"{plan.component}: plan and module disagree on {sorted(passed ^ declared)}")
