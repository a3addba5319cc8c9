"""What runs a program where Terraform runs: nothing that reads a configuration can say what that does."""

from collections.abc import Iterator

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.evaluate.block import Block, blocks
from capgen.evaluate.flatten import Flattened

_LINK = "https://developer.hashicorp.com/terraform/language/provisioners"
_JUDGED = "aws"
_BUILT_IN = "terraform"


def programs(flattened: Flattened) -> Iterator[Diagnostic]:
    """Yield an error for each block that runs a program, and a warning for each of a provider that nobody judges.

    A provisioner runs at apply, the data source `external` at plan already.
    """
    for block in blocks(flattened):
        place = Location(block.place.file, block.place.line, 1)
        provider = block.type.partition("_")[0]
        if "provisioner" in block.body or _is_external(block):
            yield Diagnostic(
                rule="scan-program",
                message=f"{block.address} runs a program where Terraform runs, so nothing was judged: "
                "what the program does stands in no configuration",
                location=place,
                hint="take it out; capgen writes no provisioner and no data source that runs a program",
                link=_LINK,
            )
        elif provider not in (_JUDGED, _BUILT_IN):
            yield Diagnostic(
                rule="scan-provider",
                message=f"{block.address} is of the provider {provider}, of which only checkov's own checks know",
                severity=Severity.WARNING,
                location=place,
                hint="review it by hand: who reaches what and who may do what is told for AWS alone",
            )


def _is_external(block: Block) -> bool:
    return block.is_data and block.type == "external"
