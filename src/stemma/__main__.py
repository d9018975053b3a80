"""`python -m stemma`: the same as the command `stemma`."""

import sys

from stemma.cli.main import run

if __name__ == "__main__":
    sys.exit(run())
