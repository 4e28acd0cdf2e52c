"""`python -m propdesk`: the command line alone."""

import sys

from propdesk.cli.main import main

sys.exit(main(sys.argv[1:]))
