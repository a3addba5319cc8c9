"""Make of one side of a plan what `capgen.evaluate` makes of a compiled tree."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from capgen.evaluate import Flattened, Origin, Place
from capgen.evaluate.language import Namespace, Unknown, Value, to_document
from capgen.gate.body import Bodies, Source, Unjudged
from capgen.gate.configuration import Configuration
from capgen.gate.identities import Identities
from capgen.gate.instance import Instance
from capgen.gate.names import flat_names
from capgen.gate.plan import Plan
from capgen.gate.providers import providers
from capgen.gate.source import PlannedSource, TreeSource, bodies_by_address
from capgen.gate.views import Views

Side = Mapping[str, Instance]


@dataclass(frozen=True, kw_only=True)
class Sides:
    """A plan flattened: what the state remembers, what is, and what will be.

    `after` is what Terraform will then know of, which policy judges. `existing` is that and what Terraform lets go of.
    `unjudged` is what nothing says before the apply.
    """

    recorded: Flattened
    before: Flattened
    after: Flattened
    existing: Flattened
    unjudged: tuple[Unjudged, ...]


def flatten_plan(plan: Plan, tree: Flattened | None) -> Sides:
    """Flatten a plan. `tree` is the compiled root that it was made from: it says where things are written."""
    flattening = _Flattening.of(plan, tree)
    recorded, _ = flattening.side(plan.recorded, Views(_of(plan.recorded), _of(plan.before)), complete=True)
    before, _ = flattening.side(plan.before, Views(_of(plan.before)), complete=True)
    views = Views(_of(plan.before), _of(plan.after))
    after, unjudged = flattening.side(plan.after, views, complete=False)
    existing, _ = flattening.side({**plan.after, **plan.forgotten}, views, complete=True)
    return Sides(recorded=recorded, before=before, after=after, existing=existing, unjudged=unjudged)


def _of(side: Side) -> Iterator[Instance]:
    return iter(side.values())


@dataclass(frozen=True, kw_only=True)
class _Flattening:
    """What all sides of a plan share: a resource has the same name in each, and its ids lead to it from each."""

    plan: Plan
    tree: Flattened | None
    names: Mapping[str, str]
    identities: Identities
    written: Mapping[str, Mapping[str, Any]]

    @classmethod
    def of(cls, plan: Plan, tree: Flattened | None) -> "_Flattening":
        """Name every instance of the plan."""
        every = [each for side in (plan.after, plan.before, plan.recorded) for each in side.values()]
        names = flat_names(every, {} if tree is None else _tree_names(tree))
        identities = Identities.of([each for each in every if each.is_aws], names)
        written = {} if tree is None else bodies_by_address(tree)
        return cls(plan=plan, tree=tree, names=names, identities=identities, written=written)

    def side(self, side: Side, views: Views, *, complete: bool) -> tuple[Flattened, tuple[Unjudged, ...]]:
        """Flatten one side. With `complete`, the origins have the resources of the other sides too."""
        source = self._source(side)
        bodies = Bodies(source=source, identities=self.identities, names=self.names, changing=self.plan.changing)
        kinds: dict[bool, dict[tuple[str, str], Mapping[str, Any]]] = {False: {}, True: {}}
        origins: dict[str, Origin] = {}
        for address, instance in sorted(side.items()):
            if instance.is_aws:
                name = self.names[address]
                type, _, label = name.removeprefix("data.").partition(".")
                kinds[instance.is_data][type, label] = self._body(instance, bodies, views)
                origins[name] = self._origin(address)
        if complete:
            origins |= {name: self._origin(address) for address, name in self.names.items() if name not in origins}
        configured = self._providers(source)
        origins |= {f"provider.{name}": self._origin(f"provider.{name}") for name, _ in configured}
        flattened = Flattened(resources=kinds[False], data=kinds[True], providers=configured, origins=origins)
        return flattened, tuple(sorted(bodies.unjudged))

    def _body(self, instance: Instance, bodies: Bodies, views: Views) -> Mapping[str, Any]:
        body = bodies.body(instance)
        for argument, value in views.left(instance).items():
            if argument not in body:
                restored = self.identities.restored(value, argument, self.names[instance.address])
                body[argument] = to_document(restored)
        if "lifecycle" in self.written.get(instance.address, {}):
            body["lifecycle"] = self.written[instance.address]["lifecycle"]
        return {name: body[name] for name in sorted(body)}

    def _source(self, side: Side) -> Source:
        def meaning(instance: Instance) -> Value:
            name = self.names[instance.address]

            def attribute(attribute: str) -> Value:
                value = instance.values.get(attribute)
                secret = isinstance(instance.sensitive, Mapping) and instance.sensitive.get(attribute)
                if value is None or instance.unknown.get(attribute) or secret:
                    return Unknown(f"{name}.{attribute}")
                return self.identities.restored(value, attribute, "")

            return Namespace(attribute)

        planned = PlannedSource(configuration=Configuration(plan=self.plan, lookup=meaning))
        if self.tree is None:
            return planned
        by_name = {name: side[address] for address, name in self.names.items() if address in side}
        return TreeSource(
            blocks=self.written,
            lookup=lambda name: meaning(by_name[name]) if name in by_name else Unknown(name),
            planned=planned,
        )

    def _providers(self, source: Source) -> tuple[tuple[str, Mapping[str, Any]], ...]:
        if self.tree is not None:
            return self.tree.providers
        assert isinstance(source, PlannedSource)
        return tuple(providers(self.plan, source.configuration))

    def _origin(self, address: str) -> Origin:
        """Return where a resource is written: in the tree, or else in the plan, whose lines tell nothing."""
        found = self._places.get(address)
        return found or Origin(address=address, place=Place(file=self.plan.name, line=1), attributes={})

    @cached_property
    def _places(self) -> Mapping[str, Origin]:
        return {} if self.tree is None else {origin.address: origin for origin in self.tree.origins.values()}


def _tree_names(tree: Flattened) -> dict[str, str]:
    return {origin.address: name for name, origin in tree.origins.items() if not name.startswith("provider.")}
