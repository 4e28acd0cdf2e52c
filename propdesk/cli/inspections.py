"""`propdesk inspections ...`: plans, templates, what is due, sheets, results, one module a part."""

import importlib
from typing import Any

from propdesk.i18n import _

# One module a part; each has add_inspections_parsers(verbs).
PARTS = (
    "inspection_rounds",
    "inspection_sheets",
    "inspection_results",
    "inspection_plans",
    "check_templates",
    "findings",
    "assets",
    "inspection_vendors",
)


def add_parsers(commands: Any) -> None:
    """Add `inspections` to the command line."""
    inspections = commands.add_parser(
        "inspections", help=_("inspections: plans, what is due, sheets, findings")
    )
    verbs = inspections.add_subparsers(dest="verb", required=True, metavar="VERB")
    for part in PARTS:
        importlib.import_module(f"propdesk.cli.{part}").add_inspections_parsers(verbs)
