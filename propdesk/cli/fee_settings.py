"""`propdesk fees settings [set NAME VALUE]`: what stands on bills, letters and receipts."""

import argparse
from dataclasses import asdict, replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_settings import FeeSettings, ReceiptPaper
from propdesk.domain.texts import elide
from propdesk.i18n import _
from propdesk.services.fee_settings import get_fee_settings, save_fee_settings

_SWITCH = {"on": True, "off": False}


def add_fees_parsers(verbs: Any) -> None:
    """Add `settings` to the verbs of fees; the place is chosen with its rules."""
    settings = verbs.add_parser("settings", help=_("what stands on bills, letters and receipts"))
    add_json(settings)
    settings.set_defaults(func=run_settings)
    acts = settings.add_subparsers(dest="act", metavar="set")
    change = acts.add_parser("set", help=_("change one of them"))
    change.add_argument("name", metavar="NAME", choices=_names())
    change.add_argument("value", metavar="VALUE", help=_("switches are on or off"))
    add_by(change)
    add_json(change)
    change.set_defaults(func=run_set)


def _names() -> list[str]:
    return [name for name in asdict(FeeSettings()) if name != "place"]


def run_settings(_args: argparse.Namespace, desk: Desk) -> int:
    """List them."""
    with desk.office(write=False):
        settings = get_fee_settings()
    return _tell(desk, settings)


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Change one, or refuse with what fits."""
    with desk.office(write=True):
        settings = get_fee_settings()
        value = _read(getattr(settings, args.name), args.value)
        changed = replace(settings, **{args.name: value})
        changed = save_fee_settings(changed, by=desk.staff(args.by).id)
    return _tell(desk, changed)


def _read(present: Any, typed: str) -> Any:
    """Return a typed value in the kind of the present one."""
    words = typed.strip().lower()
    if isinstance(present, bool):
        known: dict[str, Any] = dict(_SWITCH)
    elif isinstance(present, ReceiptPaper):
        known = {one.value: one for one in ReceiptPaper}
    else:
        return typed
    if words not in known:
        raise RuleError(
            "setting-value",
            _("«{typed}» does not fit here; write one of {words}.").format(
                typed=elide(typed, 40), words=", ".join(known)
            ),
        )
    return known[words]


def _tell(desk: Desk, settings: FeeSettings) -> int:
    shown = {name: value for name, value in asdict(settings).items() if name != "place"}
    for name, value in shown.items():
        words = ("off", "on")[value] if isinstance(value, bool) else str(value)
        desk.say(f"{name}\t{words}".rstrip())
    desk.json(shown)
    return 0
