"""`propdesk fees ...`: items, bill runs, the till, arrears and reminders, one module a part."""

import importlib
from typing import Any

from propdesk.i18n import _

# One module a part; each has add_fees_parsers(verbs).
PARTS = (
    "fee_items",
    "fee_tariffs",
    "fee_exceptions",
    "fee_rules",
    "fee_settings",
    "fee_runs",
    "fee_bills",
    "fee_meters",
    "till",
    "accounts",
    "fee_letters",
    "fee_templates",
    "fee_acts",
    "fee_evidence",
    "fee_suspensions",
    "fee_publications",
    "arrears",
    "payment_plans",
    "late_fees",
)


def add_parsers(commands: Any) -> None:
    """Add `fees` to the command line."""
    fees = commands.add_parser("fees", help=_("fees: bills, the till, arrears, reminders"))
    verbs = fees.add_subparsers(dest="verb", required=True, metavar="VERB")
    for part in PARTS:
        importlib.import_module(f"propdesk.cli.{part}").add_fees_parsers(verbs)
