"""Which deployments there are, before anything is done with them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, Location, Severity, has_errors
from capgen.fleet.find import SpecFile
from capgen.load import Document, load_spec

if TYPE_CHECKING:  # judgements are behind it, and telling specs from other files needs none
    from capgen.fleet.known import KnownSpec

_BOM = b"\xef\xbb\xbf"
_KEY = rb"[\"']?(api_version|extends)[\"']?\s*:"
_FIRST = re.compile(rb"(?m)^([ \t]*)(\{(?![{%#])|(?!---|[#%{\s]).)")
"""How a file begins: the indentation of its top level, and a brace where it is in flow style, as JSON is."""


@dataclass(frozen=True, kw_only=True)
class Member:
    """A spec. `known` is what earlier runs know of it; without that it was loaded, and `document` may have been kept.

    `deployment` is None where the spec has no name that can be read. One that is `refused` cannot be compiled: `told`
    says why, or validating the document does.
    """

    path: Path
    deployment: str | None
    document: Document | None = None
    told: tuple[Diagnostic, ...] = ()
    known: "KnownSpec | None" = None
    refused: bool = False


@dataclass(frozen=True, kw_only=True)
class Survey:
    """The specs among files, by path, and what there is to say of files that are none."""

    members: tuple[Member, ...]
    diagnostics: tuple[Diagnostic, ...]


def survey(
    files: Iterable[SpecFile], known: "Callable[[Path], KnownSpec | None]" = lambda _: None, *, keep: bool = True
) -> Survey:
    """Tell specs from other YAML files, and refuse two specs of one name: they would write the same output.

    Among the files of a folder or a pattern, a spec is one that has a `name` at its top level, and `api_version` or
    `extends`. So bases, waivers, parameters and the files of other tools are passed over. Without `keep`, the documents
    of good specs are let go of: a thousand of them take hundreds of megabytes.
    """
    members: list[Member] = []
    nameless: dict[str, Diagnostic] = {}
    bases: set[str] = set()
    for file in files:
        found = known(file.path)
        if found is not None:
            members.append(Member(path=file.path, deployment=found.deployment, known=found, told=found.diagnostics))
            bases |= {_real(name) for name in found.texts if name != str(file.path)}
            continue
        if not file.named and not _marked(file.path):
            continue
        document, told = load_spec(file.path)
        name = _name(document)
        wrong = document is None or name is None or has_errors(told)
        member = Member(path=file.path, deployment=name, document=document if keep or wrong else None,
                        told=tuple(told), refused=wrong)  # fmt: skip
        if file.named or member.deployment is not None or document is None or not isinstance(document.data, dict):
            members.append(member)
        elif "regions" in document.data:
            nameless[_real(str(file.path))] = _nameless(document)
        if document is not None:
            bases |= {_real(name) for name in document.files if name != document.file}
    odd = [diagnostic for file, diagnostic in nameless.items() if file not in bases]
    return Survey(members=tuple(_distinct(members)), diagnostics=tuple(odd))


def _distinct(members: Sequence[Member]) -> Iterable[Member]:
    by_name: dict[str, list[Member]] = defaultdict(list)
    for member in members:
        if member.deployment is not None:
            by_name[member.deployment].append(member)
    for member in members:
        others = [each.path for each in by_name.get(member.deployment or "", ()) if each is not member]
        if not others:
            yield member
            continue
        document, told = (member.document, member.told) if member.document else load_spec(member.path)
        yield Member(path=member.path, deployment=member.deployment, document=document, refused=True,
                     told=(*told, _same_name(member, document, others)))  # fmt: skip


def _marked(path: Path) -> bool:
    """Say whether a file may be a spec: it is not parsed for that, since it may be anything."""
    try:
        content = path.read_bytes().removeprefix(_BOM)
    except OSError:
        return True  # loading it says what is wrong
    first = _FIRST.search(content)
    if first is None:
        return False
    before = rb"(?<!\w)" if first[2] == b"{" else rb"(?m)^(?:%b)?" % first[1]
    return re.search(before + _KEY, content) is not None


def _name(document: Document | None) -> str | None:
    """Return the name of what is a spec. Bases that could be read supply it even where others could not."""
    own = document.parts[-1].data if document is not None else None  # the merged data has no `extends`
    if document is None or not isinstance(own, dict) or not ("api_version" in own or "extends" in own):
        return None
    said = [part.data["name"] for part in document.parts if "name" in part.data]
    return said[-1] if said and isinstance(said[-1], str) else None


def _real(name: str) -> str:
    return str(Path(name).resolve())


def _same_name(member: Member, document: Document | None, others: Sequence[Path]) -> Diagnostic:
    return Diagnostic(
        rule="fleet-same-name",
        message=f"{member.path} and {', '.join(map(str, others))} have the same name: both would write one output",
        location=_place(document),
        path="name",
        value=member.deployment,
        hint="give each deployment a name of its own",
    )


def _nameless(document: Document) -> Diagnostic:
    return Diagnostic(
        rule="fleet-no-name",
        message=f"{document.file} has regions, but no name, and no spec here extends it: it was passed over",
        severity=Severity.WARNING,
        location=Location(document.file, 1, 1),
        hint="give it a name if it is a deployment",
    )


def _place(document: Document | None) -> Location | None:
    return document.value_at(("name",)) if document is not None else None
