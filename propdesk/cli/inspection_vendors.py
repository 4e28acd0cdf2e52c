"""`propdesk inspections vendor|dates ...`: companies, contracts, and every day that is set."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.assets import AssetKind
from propdesk.domain.statutory_dates import DATE_LABELS, StatutoryDate, left_words
from propdesk.domain.vendors import Contract, ContractDraft, Vendor, VendorDraft
from propdesk.i18n import _
from propdesk.services.queries.statutory_dates import list_statutory_dates
from propdesk.services.queries.vendors import find_vendor, list_contracts, list_vendors
from propdesk.services.vendors import (
    add_contract,
    add_contract_files,
    add_vendor,
    change_vendor,
    end_vendor,
)

_LINES = ("work", "licence_number", "contact", "phone", "emergency_phone", "note")


def add_inspections_parsers(verbs: Any) -> None:
    """Add `vendor` and `dates` to `inspections`."""
    acts = verbs.add_parser("vendor", help=_("companies that maintain equipment")).add_subparsers(
        dest="act", required=True, metavar="ACT"
    )
    listing = acts.add_parser("list", help=_("list the companies with their contracts"))
    listing.set_defaults(func=run_list)
    add = acts.add_parser("add", help=_("keep a company"))
    add.set_defaults(func=run_add)
    change = acts.add_parser("change", help=_("correct what is said of a company"))
    change.set_defaults(func=run_change)
    end = acts.add_parser("end", help=_("work no longer with a company"))
    end.set_defaults(func=run_end)
    contract = acts.add_parser("contract", help=_("keep a contract with a company"))
    contract.set_defaults(func=run_contract)
    for parser in (add, change, end, contract):
        parser.add_argument("name", metavar="NAME")
        add_by(parser)
    for parser in (add, change):
        parser.add_argument("--licence-until", metavar="DAY")
        for name in _LINES:
            parser.add_argument(f"--{name.replace('_', '-')}", metavar="TEXT")
    change.add_argument("--name", dest="new_name", metavar="NAME")
    contract.add_argument("--kind", required=True, metavar="|".join(AssetKind))
    contract.add_argument("--subject", required=True, metavar="TEXT")
    contract.add_argument("--from", dest="from_on", required=True, metavar="DAY")
    contract.add_argument("--to", dest="until_on", required=True, metavar="DAY")
    contract.add_argument("--number", default="", metavar="TEXT")
    contract.add_argument("--file", type=Path, action="append", default=[], metavar="FILE",
                          help=_("a page of it: photo or PDF"))  # fmt: skip
    dates = verbs.add_parser("dates", help=_("what ends or is due by law, the nearest first"))
    dates.add_argument("--days", type=int, metavar="N", help=_("so many days ahead; else all"))
    dates.set_defaults(func=run_dates)
    for parser in (listing, add, change, end, contract, dates):
        add_json(parser)


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """List companies and contracts."""
    with desk.office(write=False):
        found = list_vendors()
        contracts = list_contracts()
    for one in found:
        _say_vendor(desk, one)
        for contract in contracts:
            if contract.vendor_id == one.id:
                draft = contract.draft
                desk.say(f"  {draft.number}\t{draft.subject}\t{draft.from_on} – {draft.until_on}")
    if not found:
        desk.say(_("No company is kept yet."))
    desk.json(
        [
            {
                **vendor_json(one),
                "contracts": [contract_json(c) for c in contracts if c.vendor_id == one.id],
            }
            for one in found
        ]
    )
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Keep a company."""
    with desk.office(write=True):
        made = add_vendor(_draft(args, VendorDraft(args.name)), by=desk.staff(args.by).id)
    return _tell(desk, made)


def run_change(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a company; what is not said stays."""
    with desk.office(write=True):
        one = find_vendor(args.name)
        draft = _draft(args, replace(one.draft, name=args.new_name or one.draft.name))
        made = change_vendor(one.id, draft, version=one.version, by=desk.staff(args.by).id)
    return _tell(desk, made)


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Work no longer with a company."""
    with desk.office(write=True):
        one = find_vendor(args.name)
        made = end_vendor(one.id, version=one.version, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, made)


def run_contract(args: argparse.Namespace, desk: Desk) -> int:
    """Keep a contract and its pages."""
    draft = ContractDraft(
        kind=choice(args.kind, AssetKind, _("kind")),
        subject=args.subject,
        from_on=read_day(args.from_on),
        until_on=read_day(args.until_on),
        number=args.number,
    )
    with desk.office(write=True) as office:
        by = desk.staff(args.by).id
        made = add_contract(find_vendor(args.name).id, draft, by=by, now=desk.now)
        if args.file:
            refused = add_contract_files(office, made.id, args.file, by=by, now=desk.now)[1]
            for one in refused:
                desk.say(one.text)
    desk.say(f"{made.vendor}\t{made.draft.subject}\t{made.draft.until_on}")
    desk.json(contract_json(made))
    return 0


def run_dates(args: argparse.Namespace, desk: Desk) -> int:
    """List what ends or is due by law; reads beside an open window."""
    with desk.office(write=False):
        found = list_statutory_dates(desk.today, days=args.days)
    for one in found:
        words = (one.day, left_words(one), DATE_LABELS[one.kind], one.subject, one.source)
        desk.say("\t".join(map(str, words)).rstrip())
    if not found:
        desk.say(_("No day is set by law or contract, or none in this time."))
    desk.json([date_json(one) for one in found])
    return 0


def vendor_json(one: Vendor) -> dict[str, Any]:
    """Return a company as its JSON object."""
    draft = one.draft
    return {
        "name": draft.name,
        **{name: getattr(draft, name) or None for name in _LINES},
        "licence_until": draft.licence_until.isoformat() if draft.licence_until else None,
        "things": one.assets,
        "contract_until": one.contract_until.isoformat() if one.contract_until else None,
        "ended": one.ended_at is not None,
    }


def contract_json(one: Contract) -> dict[str, Any]:
    """Return a contract as its JSON object."""
    return {
        "vendor": one.vendor,
        "kind": one.draft.kind.value,
        "subject": one.draft.subject,
        "number": one.draft.number or None,
        "from_on": one.draft.from_on.isoformat(),
        "until_on": one.draft.until_on.isoformat(),
        "pages": one.files,
    }


def date_json(one: StatutoryDate) -> dict[str, Any]:
    """Return a day as its JSON object."""
    return {
        "kind": one.kind.value,
        "subject": one.subject,
        "where": one.where or None,
        "day": one.day.isoformat(),
        "days_left": one.days_left,
        "warning": one.warning,
        "overdue": one.is_overdue,
        "source": one.source or None,
        "verified": one.verified,
    }


def _draft(args: argparse.Namespace, draft: VendorDraft) -> VendorDraft:
    said: dict[str, Any] = {
        name: getattr(args, name) for name in _LINES if getattr(args, name) is not None
    }
    if args.licence_until is not None:
        said["licence_until"] = read_day(args.licence_until) if args.licence_until else None
    return replace(draft, **said)


def _say_vendor(desk: Desk, one: Vendor) -> None:
    draft = one.draft
    words = (draft.name, draft.work, draft.phone, draft.emergency_phone, draft.licence_until or "")
    desk.say("\t".join(map(str, words)).rstrip())


def _tell(desk: Desk, one: Vendor) -> int:
    _say_vendor(desk, one)
    desk.json(vendor_json(one))
    return 0
