"""Read who may do what from a flattened root."""

from dataclasses import replace

from capgen.evaluate import Flattened
from capgen.permissions.grant import Holder, Statement
from capgen.permissions.identities import read_identities
from capgen.permissions.ledger import Ledger
from capgen.permissions.resource_policies import read_resource_policies
from capgen.permissions.stacks import read_stacks
from capgen.permissions.words import sentence


def holders(flattened: Flattened) -> tuple[Holder, ...]:
    """Return every role, user and group, and every resource with a policy of its own, sorted by address.

    A holder that is not of the root has the address of what speaks of it, and its name. `opaque` says in sentences what
    cannot be read, such as managed policies of AWS and policies that only AWS knows, and where access keys are kept.
    """
    ledger = Ledger(flattened)
    read_identities(ledger)
    read_resource_policies(ledger)
    read_stacks(ledger)
    return tuple(_in_words(ledger.entries[address].holder()) for address in sorted(ledger.entries))


def _in_words(holder: Holder) -> Holder:
    def said(statement: Statement, part: str) -> Statement:
        return replace(statement, words=sentence(statement, kind=holder.kind, part=part))

    return replace(
        holder,
        trust=tuple(said(statement, "trust") for statement in holder.trust),
        statements=tuple(said(statement, "policy") for statement in holder.statements),
    )
