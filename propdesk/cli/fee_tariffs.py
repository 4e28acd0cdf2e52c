"""`propdesk fees tariff [add|end|void]` and `fees basis [add|set]`: prices and their grounds."""

import argparse
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.house_words import add_at, day_of, day_words, read_at
from propdesk.domain.fee_bases import BasisDraft, FeeBasis
from propdesk.domain.fee_items import BASIS_LABELS, BasisKind, ShareBy
from propdesk.domain.fee_tiers import TierBase
from propdesk.domain.money import parse_price, price_words
from propdesk.domain.tariff_drafts import (
    TariffDraft,
    annual_words,
    floors_words,
    parse_floors,
    parse_rate,
    parse_tiers,
    rate_words,
    tiers_words,
)
from propdesk.domain.tariffs import Tariff, span_text
from propdesk.i18n import _
from propdesk.services.fee_bases import add_basis, add_basis_files, change_basis
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.fee_bases import (
    count_basis_uses,
    get_basis,
    list_bases,
    list_basis_files,
)
from propdesk.services.queries.fee_items import find_item, list_items
from propdesk.services.queries.places import find_place
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.services.tariffs import add_tariff, end_tariff, void_tariff


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of prices and bases to `fees`."""
    tariff = verbs.add_parser("tariff", help=_("prices of the items, with what they rest on"))
    tariff.add_argument("--item", default="", metavar="ITEM")
    tariff.add_argument("--on", metavar="DAY", help=_("those that hold on a day"))
    tariff.add_argument("--void", action="store_true", help=_("also the void ones"))
    add_json(tariff)
    tariff.set_defaults(func=run_tariffs)
    acts = tariff.add_subparsers(dest="act", metavar="add|end|void")
    _add_tariff_parser(acts)
    end = acts.add_parser("end", help=_("let a price end on a day"))
    end.add_argument("id", type=int)
    end.add_argument("--until", metavar="DAY", default="", help=_("without it: open again"))
    void = acts.add_parser("void", help=_("void a price that was entered by mistake"))
    void.add_argument("id", type=int)
    void.add_argument("--reason", required=True, metavar="TEXT")
    add_at(void, _("when it is entered"))
    for parser, run in ((end, run_end), (void, run_void)):
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)
    basis = verbs.add_parser("basis", help=_("contracts and approvals that prices rest on"))
    add_json(basis)
    basis.set_defaults(func=run_bases)
    acts = basis.add_subparsers(dest="act", metavar="add|set")
    add = acts.add_parser("add", help=_("enter a contract or approval"))
    add.add_argument("name", metavar="NAME")
    change = acts.add_parser("set", help=_("correct a contract or approval"))
    change.add_argument("id", type=int)
    change.add_argument("--name")
    for parser, run in ((add, run_add_basis), (change, run_set_basis)):
        parser.add_argument("--kind", metavar="|".join(BasisKind), required=parser is add)
        parser.add_argument("--number", metavar="TEXT")
        parser.add_argument("--community", metavar="NAME")
        for name in ("signed", "from", "until"):
            parser.add_argument(f"--{name}", dest=f"{name}_on", metavar="DAY")
        for name in ("fee", "due", "late", "address"):
            parser.add_argument(f"--{name}-clause", metavar="TEXT", help=_("its words"))
        parser.add_argument("--note", metavar="TEXT")
        parser.add_argument(
            "--page", action="append", default=[], type=Path, metavar="FILE",
            help=_("photo, scan or PDF of a page"),
        )  # fmt: skip
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)


def _add_tariff_parser(acts: Any) -> None:
    add = acts.add_parser("add", help=_("enter a price; it never changes an earlier one"))
    add.add_argument("item", metavar="ITEM")
    add.add_argument("price", metavar="1.80", help=_("in yuan, up to four decimals"))
    add.add_argument("--from", dest="from_on", required=True, metavar="DAY")
    add.add_argument("--until", dest="until_on", metavar="DAY")
    add.add_argument("--community", default="", metavar="NAME")
    add.add_argument("--building", default="", metavar="NAME")
    add.add_argument("--close", action="store_true", help=_("end the open price before it"))
    add.add_argument("--tiers", default="", metavar="180=3.5,260=5,=8", help=_("steps"))
    add.add_argument("--tier-base", default=TierBase.MONTH, metavar="|".join(TierBase))
    add.add_argument("--share-by", default="", metavar="|".join(ShareBy))
    add.add_argument("--floors", default="", metavar="1-2=0,3-=100", help=_("floors in percent"))
    add.add_argument("--vacancy", type=int, metavar="PERCENT", help=_("what a vacant house pays"))
    add.add_argument("--vacancy-after", type=int, default=0, metavar="MONTHS")
    add.add_argument("--basis", type=int, metavar="ID", help=_("contract or approval"))
    add.add_argument("--clause", default="", metavar="TEXT", help=_("its clause"))
    add.add_argument("--cap", default="", metavar="1.80", help=_("the government's cap"))
    add.add_argument("--cap-source", default="", metavar="TEXT")
    add.add_argument("--late", default="", metavar="0.05%", help=_("penalty a day"))
    add.add_argument("--late-clause", default="", metavar="TEXT", help=_("the contract's words"))
    add.add_argument("--late-grace", type=int, default=0, metavar="DAYS")
    add.add_argument("--late-cap", type=int, metavar="PERCENT")
    add.add_argument("--note", default="", metavar="TEXT")
    add_at(add, _("when it is entered"))
    add_by(add)
    add_json(add)
    add.set_defaults(func=run_add)


def tariff_json(tariff: Tariff, item: str) -> dict[str, Any]:
    """Return a price as its JSON object; prices in ten-thousandths of a yuan."""
    return {
        "id": tariff.id,
        "item": item,
        "place": tariff.place or None,
        "from": tariff.from_on.isoformat(),
        "until": tariff.until_on.isoformat() if tariff.until_on else None,
        "price_e4": tariff.price_e4,
        "tiers": tiers_words(tariff.tiers) or None,
        "tier_base": tariff.tier_base.value if tariff.tiers else None,
        "share_by": tariff.share_by.value if tariff.share_by else None,
        "floors": floors_words(tariff.floor_factors) or None,
        "vacancy_percent": tariff.vacancy_percent,
        "vacancy_after_months": tariff.vacancy_after_months,
        "basis": tariff.basis or None,
        "basis_id": tariff.basis_id,
        "clause": tariff.basis_note or None,
        "cap_e4": tariff.cap_e4,
        "cap_source": tariff.cap_source or None,
        "late_rate_e6": tariff.late_rate_e6,
        "late_annual": annual_words(tariff.late_rate_e6) if tariff.late_rate_e6 else None,
        "late_clause": tariff.late_clause or None,
        "late_grace_days": tariff.late_grace_days,
        "late_cap_percent": tariff.late_cap_percent,
        "note": tariff.note or None,
        "voided": tariff.voided_at.isoformat() if tariff.voided_at else None,
        "void_reason": tariff.void_reason or None,
    }


def _line(tariff: Tariff, item: str) -> str:
    late = ""
    if tariff.late_rate_e6:
        late = _("penalty {rate} a day").format(rate=rate_words(tariff.late_rate_e6))
    place = tariff.place or _("all houses")
    void = _("void") if tariff.voided_at else ""
    steps = tiers_words(tariff.tiers)
    line = (
        f"{tariff.id}\t{item}\t{place}\t{span_text(tariff.from_on, tariff.until_on)}\t"
        f"{price_words(tariff.price_e4)}\t{steps}\t{tariff.basis}\t{late}\t{void}"
    )
    return line.rstrip()


def run_tariffs(args: argparse.Namespace, desk: Desk) -> int:
    """List the prices, the newest of each item first."""
    on = read_day(args.on) if args.on else None
    with desk.office(write=False):
        item_id = find_item(args.item).id if args.item else None
        names = {item.id: item.name for item in list_items()}
        codes = {item.id: item.code for item in list_items()}
        found = list_tariffs(item_id, on=on, with_void=args.void)
    for tariff in found:
        desk.say(_line(tariff, names[tariff.fee_item_id]))
    desk.json([tariff_json(tariff, codes[tariff.fee_item_id]) for tariff in found])
    return 0


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Enter a price and say what is doubtful about it."""
    read_at(args, desk)
    with desk.office(write=True):
        item = find_item(args.item)
        community_id, building_id = find_place(args.community, args.building)
        draft = TariffDraft(
            fee_item_id=item.id,
            price_e4=parse_price(args.price),
            from_on=read_day(args.from_on),
            until_on=day_of(args.until_on),
            community_id=community_id,
            building_id=building_id,
            tiers=parse_tiers(args.tiers) if args.tiers else (),
            tier_base=choice(args.tier_base, TierBase, _("steps")),
            share_by=choice(args.share_by, ShareBy, _("share")) if args.share_by else None,
            floor_factors=parse_floors(args.floors) if args.floors else (),
            vacancy_percent=args.vacancy,
            vacancy_after_months=args.vacancy_after,
            basis_id=args.basis,
            basis_note=args.clause,
            cap_e4=parse_price(args.cap) if args.cap else None,
            cap_source=args.cap_source,
            late_rate_e6=parse_rate(args.late),
            late_clause=args.late_clause,
            late_grace_days=args.late_grace,
            late_cap_percent=args.late_cap,
            note=args.note,
            closes_open=args.close,
        )
        stored = add_tariff(draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_line(stored.tariff, item.name))
    if stored.closed is not None:
        desk.say(_("The price before it ends on {day}.").format(day=stored.closed.until_on))
    for doubt in stored.doubts:
        desk.say(doubt)
    desk.json(
        tariff_json(stored.tariff, item.code)
        | {"closed": stored.closed.id if stored.closed else None, "doubts": list(stored.doubts)}
    )
    return 0


def run_end(args: argparse.Namespace, desk: Desk) -> int:
    """Let a price end, or be open again."""
    with desk.office(write=True):
        tariff = end_tariff(args.id, day_of(args.until), by=desk.staff(args.by).id)
        return _told(desk, tariff)


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a price."""
    read_at(args, desk)
    with desk.office(write=True):
        by = desk.staff(args.by).id
        return _told(desk, void_tariff(args.id, args.reason, by=by, now=desk.now))


def _told(desk: Desk, tariff: Tariff) -> int:
    item = next(item for item in list_items() if item.id == tariff.fee_item_id)
    desk.say(_line(tariff, item.name))
    desk.json(tariff_json(tariff, item.code))
    return 0


def basis_json(basis: FeeBasis) -> dict[str, Any]:
    """Return a basis as its JSON object."""
    return {
        "id": basis.id,
        "kind": basis.kind.value,
        "name": basis.name,
        "number": basis.number or None,
        "community": basis.community or None,
        "signed": day_words(basis.signed_on) or None,
        "from": day_words(basis.from_on) or None,
        "until": day_words(basis.until_on) or None,
        "fee_clause": basis.fee_clause or None,
        "due_clause": basis.due_clause or None,
        "late_clause": basis.late_clause or None,
        "address_clause": basis.address_clause or None,
        "note": basis.note or None,
    }


def _basis_line(basis: FeeBasis) -> str:
    return (
        f"{basis.id}\t{BASIS_LABELS[basis.kind]}\t{basis.label}\t{basis.community}\t"
        f"{day_words(basis.from_on)}\t{day_words(basis.until_on)}"
    ).rstrip()


def run_bases(_args: argparse.Namespace, desk: Desk) -> int:
    """List what prices rest on."""
    with desk.office(write=False):
        found, uses = list_bases(), count_basis_uses()
    for basis in found:
        desk.say(_basis_line(basis))
    desk.json([basis_json(basis) | {"pages": uses[basis.id][1]} for basis in found])
    return 0


def run_add_basis(args: argparse.Namespace, desk: Desk) -> int:
    """Enter a contract or approval."""
    kind = choice(args.kind, BasisKind, _("kind"))
    draft = _basis_draft(args, BasisDraft(kind, args.name))
    with desk.office(write=True) as office:
        by = desk.staff(args.by).id
        basis = add_basis(draft, by=by)
        pages = _take_pages(args, desk, office, basis, by)
    return _tell_basis(desk, basis, pages)


def _take_pages(
    args: argparse.Namespace, desk: Desk, office: OpenOffice, basis: FeeBasis, by: int
) -> int:
    """Keep the pages that were named, say what was refused, and return how many there are."""
    if args.page:
        _kept, refused = add_basis_files(office, basis.id, args.page, by=by, now=desk.now)
        for one in refused:
            desk.say(one.text)
    return len(list_basis_files(basis.id))


def _tell_basis(desk: Desk, basis: FeeBasis, pages: int) -> int:
    desk.say(_basis_line(basis))
    desk.json(basis_json(basis) | {"pages": pages})
    return 0


def run_set_basis(args: argparse.Namespace, desk: Desk) -> int:
    """Correct a contract or approval."""
    with desk.office(write=True) as office:
        present = get_basis(args.id)
        names = [field.name for field in fields(BasisDraft)]
        draft = BasisDraft(**{name: getattr(present, name) for name in names})
        draft = replace(draft, name=present.name if args.name is None else args.name)
        if args.kind is not None:
            draft = replace(draft, kind=choice(args.kind, BasisKind, _("kind")))
        draft = _basis_draft(args, draft)
        by = desk.staff(args.by).id
        basis = change_basis(args.id, draft, version=present.version, by=by)
        pages = _take_pages(args, desk, office, basis, by)
    return _tell_basis(desk, basis, pages)


def _basis_draft(args: argparse.Namespace, draft: BasisDraft) -> BasisDraft:
    texts = ("number", "community", "note", "fee_clause", "due_clause", "late_clause",
             "address_clause")  # fmt: skip
    said: dict[str, Any] = {
        name: getattr(args, name) for name in texts if getattr(args, name) is not None
    }
    for name in ("signed_on", "from_on", "until_on"):
        said[name] = day_of(getattr(args, name), getattr(draft, name))
    return replace(draft, **said)
