"""`python -m capgen`."""

from capgen.cli.main import main

if __name__ == "__main__":
    main()
