"""`python -m propdesk`: the command line alone."""

import sys

from propdesk.cli.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
