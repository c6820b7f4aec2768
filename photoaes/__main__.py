"""The program's entry: the command line."""

import sys

from photoaes.cli import main

if __name__ == "__main__":
    sys.exit(main())
