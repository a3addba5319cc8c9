"""The command `capgen`, and `python -m capgen`."""

import sys

_INTERRUPTED = 130
"""What a shell makes of a command that Ctrl-C ended."""


def main() -> None:
    """Run the command. Importing it takes a moment, in which Ctrl-C may come too."""
    try:
        from capgen.cli.main import main as run

        run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


if __name__ == "__main__":
    main()
