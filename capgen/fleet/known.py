"""What earlier runs know of a spec and its output, and whether it still holds.

Two kinds of entries. `spec`: a text under a name, with the texts of its bases, compiles to an output with that
manifest, which names every file of it; found by the spec's own text, it holds where the bases have the texts that it
names. `judgement`: what policy says of a tree of files, before waivers, whose day and terms are those of each run.
Both are of one state of capgen, its tables and its dependencies (`compiler_digest`).
"""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic
from capgen.fleet.compiler import compiler_digest
from capgen.fleet.outcome import Outcome
from capgen.fleet.plain import JudgedRegion, diagnostic_of, region_data, region_of
from capgen.fleet.store import Store, key_of
from capgen.load import Document

_SPEC, _JUDGEMENT = "spec", "judgement"
_BOM = b"\xef\xbb\xbf"
_LEADS_TO = "leads to "


@dataclass(frozen=True, kw_only=True)
class KnownSpec:
    """What a spec compiles to: the digest of its manifest. `texts` are those of all its files (`texts_of`)."""

    deployment: str
    manifest: str
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


@dataclass(frozen=True)
class Known:
    """The knowledge of one run. `policies` is the digest of the user's own checks; None where no judgement is kept."""

    store: Store
    policies: str | None

    def spec(self, path: Path) -> KnownSpec | None:
        """Return what is known of a spec, where it and its bases are as they were."""
        try:
            own = _digest(path.read_bytes())
            found = self.store.get(_SPEC, _spec_key(str(path), own))
            if found is None or not _hold(found["texts"]):
                return None
            told = tuple(diagnostic_of(each) for each in found["diagnostics"])
            return KnownSpec(deployment=found["deployment"], manifest=found["manifest"], diagnostics=told,
                             texts=found["texts"])  # fmt: skip
        except (OSError, LookupError, TypeError, ValueError, AttributeError):
            return None

    def regions(self, spec: KnownSpec, tree: str) -> tuple[JudgedRegion, ...] | None:
        """Return the judgement of a tree that was compiled from a spec, if it is known."""
        if self.policies is None:
            return None
        found = self.store.get(_JUDGEMENT, self._judgement_key(spec.deployment, spec.texts, tree))
        try:
            return None if found is None else tuple(region_of(each) for each in found["regions"])
        except (LookupError, TypeError, ValueError, AttributeError):
            return None

    def learn(self, outcome: Outcome) -> None:
        """Keep what a task has found out."""
        texts = outcome.texts
        if outcome.manifest is None or outcome.deployment is None or texts is None:
            return
        self.store.put(_SPEC, _spec_key(outcome.spec, texts[outcome.spec]), {
            "deployment": outcome.deployment, "manifest": outcome.manifest, "texts": dict(texts),
            "diagnostics": [asdict(each) for each in outcome.told],
        })  # fmt: skip
        judged = bool(outcome.regions) and all(each.assessment.judged for each in outcome.regions)
        if self.policies is not None and outcome.tree is not None and judged:
            key = self._judgement_key(outcome.deployment, texts, outcome.tree)
            self.store.put(_JUDGEMENT, key, {"regions": [region_data(each) for each in outcome.regions]})

    def _judgement_key(self, deployment: str, texts: Mapping[str, str], tree: str) -> str:
        return key_of(compiler_digest(), deployment, dict(texts), tree, self.policies)


def texts_of(document: Document) -> dict[str, str]:
    """Return the digests of the files that a spec is made of, by name; of an alias, the name that it leads to."""
    texts = {part.file: _digest(part.text.encode()) for part in document.parts}
    return texts | {alias: _LEADS_TO + name for alias, name in document.aliases.items()}


def _hold(texts: Mapping[str, str]) -> bool:
    """Say whether files have their texts still. Those that were one file must be, and no others: it is laid once."""
    aliases = {name: text.removeprefix(_LEADS_TO) for name, text in texts.items() if text.startswith(_LEADS_TO)}
    files = texts.keys() - aliases.keys()
    if any(_digest(Path(name).read_bytes()) != texts[name] for name in files):
        return False
    if len(texts) <= 2:  # noqa: PLR2004  # a spec and its base, which is never the spec
        return True
    real = {name: os.path.realpath(name) for name in texts}
    return len({real[name] for name in files}) == len(files) and all(
        real[a] == real[name] for a, name in aliases.items()
    )


def policies_digest(policies: Path | None) -> str | None:
    """Return the digest of the user's own checks, or None for those in Python: they may ask anything of the machine."""
    if policies is None:
        return ""
    files = sorted(file for file in policies.rglob("*") if file.is_file())
    if any(file.suffix == ".py" for file in files):
        return None
    return key_of([[file.relative_to(policies).as_posix(), _digest(file.read_bytes())] for file in files])


def _spec_key(name: str, text: str) -> str:
    return key_of(compiler_digest(), name, text)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content.removeprefix(_BOM)).hexdigest()
