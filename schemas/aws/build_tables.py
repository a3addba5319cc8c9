# ruff: noqa: INP001 - a script, beside the data it makes
"""Build every table of what AWS's regions offer, from botocore and cfn-lint.

    python -m venv <directory> && <directory>/bin/pip install botocore cfn-lint
    <directory>/bin/python schemas/aws/build_tables.py            # write the tables
    <directory>/bin/python schemas/aws/build_tables.py --check    # write nothing; exit 1 if one of them differs

The two are installed in a directory of their own: neither is a dependency of capgen, and the botocore that checkov pins
is older than some regions. DATE in build_regions.py is the day that all tables bear; set it by hand.
"""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

#: In this order: the others take their date from regions.json.
SCRIPTS = ("build_regions.py", "build_region_services.py", "build_rds_offers.py")


def main(arguments: list[str] | None = None) -> int:
    """Run each script with the same arguments; return the worst of their exit codes."""
    given = sys.argv[1:] if arguments is None else arguments
    folder = Path(__file__).resolve().parent
    codes: list[int] = [runpy.run_path(str(folder / name), run_name=name)["main"](given) for name in SCRIPTS]
    return max(codes)


if __name__ == "__main__":
    raise SystemExit(main())
