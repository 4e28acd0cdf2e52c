"""`propdesk fees arrears|case|limitation|collection`: who owes, why, and until when."""

import argparse
from collections.abc import Sequence
from datetime import date
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.domain.ageing import AGE_LABELS, AgeBucket, Ages
from propdesk.domain.arrears import ARREARS_REASON_LABELS, LEGAL_LABELS, ArrearsReason, LegalState
from propdesk.domain.arrears_cases import NOTE_LABELS, ArrearsCase, CaseDraft
from propdesk.domain.bill_runs import read_period
from propdesk.domain.collection_rates import Collection, percent_words, sum_collection
from propdesk.domain.dunning import STAGE_LABELS
from propdesk.domain.errors import RuleError
from propdesk.domain.masking import mask_names
from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.arrears import change_case, note_arrears
from propdesk.services.queries.arrears import (
    AgeRow,
    ArrearsFilter,
    ArrearsGroup,
    ArrearsRow,
    ArrearsSort,
    count_arrears,
    list_ages_by_building,
    list_ages_by_item,
    list_arrears,
    sum_ages,
    sum_arrears,
)
from propdesk.services.queries.arrears_cases import get_case
from propdesk.services.queries.collection import list_collection
from propdesk.services.queries.fee_access import check_sees_fees
from propdesk.services.queries.fee_items import find_item
from propdesk.services.queries.limitation import LimitationRow, list_limitation
from propdesk.services.queries.places import find_place
from propdesk.services.queries.units import find_unit

_BY = ("house", "building", "item")
_MOST = 100_000
_MOST_DAYS = 36_500


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of arrears to `fees`."""
    show = verbs.add_parser("arrears", help=_("list who owes, by age"))
    show.add_argument("--per", dest="grouped", choices=_BY, default="house", help=_("of what"))
    show.add_argument("--community", default="", help=_("where several have this building"))
    show.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    show.add_argument("--item", default="", metavar="CODE", help=_("one fee item only"))
    show.add_argument("--group", metavar="|".join(ArrearsGroup), help=_("only what waits for this"))
    show.add_argument("--reason", metavar="|".join(ArrearsReason))
    show.add_argument("--sort", metavar="|".join(ArrearsSort), default="limitation")
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_arrears)
    case = verbs.add_parser("case", help=_("show or change why a house does not pay"))
    case.add_argument("unit", metavar="3-2-501")
    case.add_argument("--community", default="", help=_("where several have this house"))
    case.add_argument("--reason", metavar="|".join(ArrearsReason), help=_("why it does not pay"))
    case.add_argument("--reason-text", help=_("the reason in words"))
    case.add_argument("--hold", metavar="DAY", help=_("demand nothing until this day"))
    case.add_argument("--hold-reason", default="", help=_("why it is held"))
    case.add_argument("--release", action="store_true", help=_("hold it no longer"))
    case.add_argument("--legal", metavar="|".join(LegalState), help=_("how far it went; - is none"))
    case.add_argument("--note", help=_("a remark for the history"))
    add_by(case)
    add_json(case)
    case.set_defaults(func=run_case)
    near = verbs.add_parser("limitation", help=_("list what comes near limitation"))
    near.add_argument("--days", type=int, default=90, help=_("within so many days"))
    near.add_argument("--community", default="", help=_("where several have this building"))
    near.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    add_by(near)
    add_json(near)
    near.set_defaults(func=run_limitation)
    rate = verbs.add_parser("collection", help=_("the collection rate of a period by building"))
    rate.add_argument("--period", metavar="2026-11|2026-Q4", required=True)
    rate.add_argument("--quarter", action="store_true", help=_("the whole quarter of the month"))
    rate.add_argument("--item", default="", metavar="CODE", help=_("one fee item only"))
    add_by(rate)
    add_json(rate)
    rate.set_defaults(func=run_collection)


def ages_json(ages: Ages) -> dict[str, Any]:
    """Return arrears by age as a JSON object; money is in fen."""
    return {
        "ages": dict(zip(AgeBucket, ages.by_bucket, strict=True)),
        "total_fen": ages.total_fen,
        "not_due_fen": ages.not_due_fen,
    }


def arrears_json(row: ArrearsRow) -> dict[str, Any]:
    """Return a house in arrears as its JSON object; names are masked."""
    return {
        "unit": row.unit,
        "community": row.community,
        "building": row.building,
        "debtor": mask_names(row.debtor) or None,
        **ages_json(row.ages),
        "oldest_due": row.oldest_due_on.isoformat(),
        "stage": row.stage,
        "times": row.times,
        "last": _iso(row.last_on),
        "plan": row.plan.number if row.plan else None,
        "reason": row.reason,
        "legal": row.legal_state,
        "held_by": list(row.held_by),
        "held_until": _iso(row.held_until),
        "limitation": _iso(row.limitation.last_on),
        "days_left": row.days_left,
        "expired_fen": row.limitation.expired_fen,
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _ages_line(ages: Ages) -> str:
    sums = "\t".join(money_words(fen) if fen else "—" for fen in ages.by_bucket)
    return f"{sums}\t{money_words(ages.total_fen)}"


def _head(first: str) -> str:
    return "\t".join([first, *map(str, AGE_LABELS.values()), _("total")])


def run_arrears(args: argparse.Namespace, desk: Desk) -> int:
    """List arrears by house, building or item; below them the sums."""
    with fee_office(desk, args):
        _community, building_id = find_place(args.community, args.building)
        if args.grouped == "building":
            return _tell_ages(desk, list_ages_by_building(desk.today), _("building"))
        if args.grouped == "item":
            return _tell_ages(desk, list_ages_by_item(desk.today, building_id), _("item"))
        wanted = ArrearsFilter(
            group=choice(args.group, ArrearsGroup, _("group")) if args.group else None,
            building_id=building_id,
            item_id=find_item(args.item).id if args.item else None,
            reason=choice(args.reason, ArrearsReason, _("reason")) if args.reason else None,
        )
        sort = choice(args.sort, ArrearsSort, _("order"))
        found = list_arrears(wanted, today=desk.today, sort=sort, limit=_MOST)
        sums = sum_arrears(wanted, today=desk.today)
        counts = count_arrears(desk.today)
    desk.say("\t".join((_head(_("house")), _("stage"), _("Days left"))))
    for row in found:
        stage = STAGE_LABELS[row.stage] if row.stage is not None else "—"
        left = "—" if row.days_left is None else str(row.days_left)
        desk.say(f"{row.unit}\t{_ages_line(row.ages)}\t{stage}\t{left}")
    desk.say(f"{_('total')}\t{_ages_line(sums.ages)}")
    desk.json(
        {
            "houses": [arrears_json(row) for row in found],
            "sums": {"houses": sums.units, "near_houses": sums.near_units,
                     "near_fen": sums.near_fen, **ages_json(sums.ages)},
            "counts": {group or "all": count for group, count in counts.items()},
        }
    )  # fmt: skip
    return 0


def _tell_ages(desk: Desk, found: Sequence[AgeRow], first: str) -> int:
    desk.say(_head(first))
    for row in found:
        desk.say(f"{row.name}\t{_ages_line(row.ages)}")
    sums = sum_ages(found)
    desk.say(f"{_('total')}\t{_ages_line(sums)}")
    desk.json(
        {
            "rows": [{"name": row.name, "houses": row.units, **ages_json(row.ages)}
                     for row in found],
            "sums": ages_json(sums),
        }
    )  # fmt: skip
    return 0


def case_json(case: ArrearsCase) -> dict[str, Any]:
    """Return a case as its JSON object."""
    return {
        "unit": case.unit,
        "reason": case.reason,
        "reason_text": case.reason_text or None,
        "held": case.is_held,
        "held_by": [one.number for one in case.holding],
        "held_until": _iso(case.held_until),
        "held_reason": case.held_reason or None,
        "legal": case.legal_state,
        "tickets": [one.number for one in case.tickets],
        "notes": [
            {"kind": one.kind, "text": one.text, "ticket": one.ticket or None,
             "at": one.at.isoformat(), "by": one.by}
            for one in case.notes
        ],
    }  # fmt: skip


def run_case(args: argparse.Namespace, desk: Desk) -> int:
    """Show a case; what is said is changed before, the rest stays."""
    said = (args.reason, args.reason_text, args.hold, args.legal)
    changes = args.release or any(word is not None for word in said)
    with desk.office(write=changes or args.note is not None):
        check_sees_fees(desk.staff(args.by).id)
        unit = find_unit(args.unit, args.community)
        case = get_case(unit.id, desk.today)
        if changes:
            draft = CaseDraft(
                reason=choice(args.reason, ArrearsReason, _("reason"))
                if args.reason
                else case.reason,
                reason_text=case.reason_text if args.reason_text is None else args.reason_text,
                held_until=_hold(args, case),
                held_reason=args.hold_reason or case.held_reason,
                legal_state=_legal(args.legal, case),
            )
            by = desk.staff(args.by).id
            case = change_case(unit.id, draft, version=case.version, by=by, now=desk.now)
        if args.note is not None:
            case = note_arrears(unit.id, args.note, by=desk.staff(args.by).id, now=desk.now)
    reason = ARREARS_REASON_LABELS[case.reason] if case.reason else "—"
    legal = LEGAL_LABELS[case.legal_state] if case.legal_state else "—"
    held = ", ".join(one.number for one in case.holding) or _iso(case.held_until) or "—"
    desk.say(f"{case.unit}\t{reason}\t{case.reason_text}\t{held}\t{legal}")
    for note in case.notes:
        desk.say(f"  {note.at:%Y-%m-%d %H:%M}\t{NOTE_LABELS[note.kind]}\t{note.text}\t{note.by}")
    desk.json(case_json(case))
    return 0


def _hold(args: argparse.Namespace, case: ArrearsCase) -> date | None:
    if args.release:
        return None
    return read_day(args.hold) if args.hold else case.held_until


def _legal(typed: str | None, case: ArrearsCase) -> LegalState | None:
    if typed is None:
        return case.legal_state
    return None if typed == "-" else choice(typed, LegalState, _("legal state"))


def limitation_json(row: LimitationRow, today: date) -> dict[str, Any]:
    """Return a house that comes near limitation as its JSON object; names are masked."""
    return {
        "unit": row.unit,
        "building": row.building,
        "debtor": mask_names(row.debtor) or None,
        "limitation": row.last_on.isoformat(),
        "days_left": row.days_left(today),
        "open_fen": row.open_fen,
        "bills": [
            {
                "id": bill.bill_id,
                "due": bill.due_on.isoformat(),
                "open_fen": bill.open_fen,
                "since": bill.limitation.since.isoformat(),
                "limitation": bill.limitation.last_on.isoformat(),
                "article": str(bill.limitation.cause.weight.article)
                if bill.limitation.cause
                else None,
                "weak": len(bill.limitation.weak),
            }
            for bill in row.bills
        ],
    }


def near_days(days: int) -> int:
    """Return within how many days a claim comes near limitation; the past cannot be asked for."""
    if not 0 <= days <= _MOST_DAYS:
        raise RuleError("days-ahead", _("Give the days ahead as a number from 0, like 90."))
    return days


def run_limitation(args: argparse.Namespace, desk: Desk) -> int:
    """List the houses whose claims come near limitation, the nearest first."""
    with fee_office(desk, args):
        building_id = find_place(args.community, args.building)[1]
        found = list_limitation(desk.today, near_days(args.days), building_id=building_id)
    if not found:
        desk.say(_("No claim ends within {days} days.").format(days=args.days))
    for row in found:
        left = row.days_left(desk.today)
        desk.say(f"{row.unit}\t{row.last_on}\t{left}\t{money_words(row.open_fen)}")
    desk.json([limitation_json(row, desk.today) for row in found])
    return 0


def collection_json(one: Collection) -> dict[str, Any]:
    """Return a building's collection as its JSON object; rates are numbers from 0 to 1."""
    return {
        "building": one.building or None,
        "houses": one.units,
        "paid_houses": one.paid_units,
        "billed_fen": one.billed_fen,
        "waived_fen": one.waived_fen,
        "collected_fen": one.collected_fen,
        "rate": None if one.rate is None else float(one.rate),
        "house_rate": None if one.unit_rate is None else float(one.unit_rate),
        "earlier_fen": one.earlier_fen,
    }


def run_collection(args: argparse.Namespace, desk: Desk) -> int:
    """Tell the collection rate of a period by building, by amount and by household."""
    from_on, until_on = read_period(args.period, quarter=args.quarter)
    with fee_office(desk, args):
        item_id = find_item(args.item).id if args.item else None
        found = list_collection(from_on, until_on, item_id)
    total = sum_collection(found)
    for one in (*found, total):
        desk.say(
            f"{one.building or _('total')}\t{money_words(one.billed_fen)}\t"
            f"{money_words(one.collected_fen)}\t{percent_words(one.rate)}\t"
            f"{percent_words(one.unit_rate)}\t{money_words(one.earlier_fen)}"
        )
    desk.json(
        {
            "from": from_on.isoformat(),
            "until": until_on.isoformat(),
            "buildings": [collection_json(one) for one in found],
            "total": collection_json(total),
        }
    )
    return 0
