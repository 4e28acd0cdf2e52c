"""`propdesk fees run|runs|undo-run`: bills of a period for many houses at once."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, read_day
from propdesk.cli.fee_office import fee_office
from propdesk.domain.bill_runs import (
    BilledOtherwise,
    BillRun,
    GoneBill,
    PlannedBill,
    RunOrder,
    RunPreview,
    RunProblem,
    read_period,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words
from propdesk.i18n import _, ngettext
from propdesk.services.bill_runs import post_run, preview_run, undo_run
from propdesk.services.queries.bill_runs import find_run, list_runs
from propdesk.services.queries.places import find_place

_LINES = 20
"""So many lines of each kind are named on the screen; --json names all."""


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of bill runs to `fees`."""
    run = verbs.add_parser("run", help=_("bill a period for many houses"))
    run.add_argument("--period", metavar="2026-11|2026-Q4", help=_("the month or quarter"))
    run.add_argument("--quarter", action="store_true", help=_("the whole quarter of the month"))
    run.add_argument(
        "--from", dest="from_on", metavar="DAY", help=_("the first day, instead of a period")
    )
    run.add_argument("--until", dest="until_on", metavar="DAY", help=_("the last day"))
    run.add_argument("--items", default="", metavar="CODE,CODE", help=_("only these fee items"))
    add_place(run)
    run.add_argument("--dry-run", action="store_true", help=_("show only what would happen"))
    run.add_argument("--note", default="")
    add_by(run)
    add_json(run)
    run.set_defaults(func=run_run)
    show = verbs.add_parser("runs", help=_("list the bill runs, the latest first"))
    add_by(show)
    add_json(show)
    show.set_defaults(func=run_list)
    undo = verbs.add_parser("undo-run", help=_("void all bills of a run that nobody paid yet"))
    undo.add_argument("number", metavar="ZD-2026-0001")
    undo.add_argument("--reason", required=True, help=_("why"))
    add_by(undo)
    add_json(undo)
    undo.set_defaults(func=run_undo)


def add_place(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that name a community or a building."""
    parser.add_argument("--community", default="", metavar="NAME", help=_("in one community only"))
    parser.add_argument("--building", default="", metavar="NAME", help=_("one building only"))


def _order(args: argparse.Namespace) -> RunOrder:
    is_exact = bool(args.from_on or args.until_on)
    if bool(args.period) == is_exact or (is_exact and not (args.from_on and args.until_on)):
        raise RuleError(
            "period-missing",
            _("Say what is billed: --period 2026-11, or --from and --until with both days."),
        )
    if is_exact:
        from_on, until_on = read_day(args.from_on), read_day(args.until_on)
    else:
        from_on, until_on = read_period(args.period, quarter=args.quarter)
    community_id, building_id = find_place(args.community, args.building)
    return RunOrder(
        from_on,
        until_on,
        community_id,
        building_id,
        items=tuple(code.strip() for code in args.items.split(",") if code.strip()),
        exact=is_exact,
        note=args.note,
    )


def run_run(args: argparse.Namespace, desk: Desk) -> int:
    """Bill a period, or show what would be billed."""
    with desk.office(write=not args.dry_run):
        order = _order(args)
        by = desk.staff(args.by).id
        progress = desk.progress(_("Bill run"))
        if args.dry_run:
            run, preview = None, preview_run(order, by=by, now=desk.now, on_progress=progress)
        else:
            result = post_run(order, by=by, now=desk.now, on_progress=progress)
            run, preview = result.run, result.preview
    _say(desk, preview, run, dry_run=args.dry_run)
    desk.json({"run": run_json(run) if run else None, **preview_json(preview)})
    return 0


def _say(desk: Desk, preview: RunPreview, run: BillRun | None, *, dry_run: bool) -> None:
    for total in preview.totals:
        desk.say(
            f"{total.item.code}\t{total.item.name}\t{total.units}\t{total.bills}\t"
            f"{money_words(total.total_fen)}"
        )
    count = len(preview.bills)
    sentence = ngettext(
        "{count} bill, {total} yuan; {unchanged} billed before",
        "{count} bills, {total} yuan; {unchanged} billed before",
        count,
    )
    desk.say(
        sentence.format(
            count=count, total=money_words(preview.total_fen), unchanged=preview.unchanged
        )
    )
    if preview.warning:
        desk.say(preview.warning)
    for item in preview.not_due:
        desk.say(_("«{item}» is not billed in this period.").format(item=item.name))
    if preview.without_debtor:
        desk.say(
            _("{count} bills name nobody who owes: their houses have no owner.").format(
                count=preview.without_debtor
            )
        )
    if preview.prepaid_fen and dry_run:
        desk.say(
            _("{amount} yuan would be settled from prepaid accounts.").format(
                amount=money_words(preview.prepaid_fen)
            )
        )
    _list(desk, [problem.text for problem in preview.problems])
    _list(desk, [_otherwise_words(one) for one in preview.otherwise])
    _list(desk, [_outlier_words(one) for one in preview.outliers])
    _list(desk, [_gone_words(one) for one in preview.gone])
    if dry_run:
        desk.say(_("Nothing was written."))
    elif run is None:
        desk.say(_("There was nothing new to bill."))
    else:
        text = _("This is run {number}; `fees undo-run {number} --reason WHY` takes it back.")
        desk.say(text.format(number=run.number))
        if run.prepaid_fen:
            desk.say(
                _("{amount} yuan were settled from prepaid accounts.").format(
                    amount=money_words(run.prepaid_fen)
                )
            )


def _list(desk: Desk, lines: list[str]) -> None:
    for line in lines[:_LINES]:
        desk.say(f"  {line}")
    if len(lines) > _LINES:
        desk.say(_("  ... and {count} more; --json names all.").format(count=len(lines) - _LINES))


def _otherwise_words(one: BilledOtherwise) -> str:
    return _(
        "{unit} {item} {first} to {last} would be {now} yuan; bill {id} says {billed} and stays."
    ).format(
        unit=one.unit,
        item=one.item.name,
        first=one.line.from_on,
        last=one.line.until_on,
        now=money_words(one.line.amount_fen),
        id=one.bill_id,
        billed=money_words(one.billed_fen),
    )


def _outlier_words(one: PlannedBill) -> str:
    return _("{unit} {item}: {now} yuan, the last bill was {before}.").format(
        unit=one.unit,
        item=one.item.name,
        now=money_words(one.line.amount_fen),
        before=money_words(one.last_fen or 0),
    )


def _gone_words(one: GoneBill) -> str:
    return _("{unit} {item}: nothing any more, the last bill was {before}.").format(
        unit=one.unit, item=one.item.name, before=money_words(one.last_fen)
    )


def preview_json(preview: RunPreview) -> dict[str, Any]:
    """Return a preview as its JSON object; single bills stand in `fees bills`, not here."""
    return {
        "from": preview.order.from_on.isoformat(),
        "until": preview.order.until_on.isoformat(),
        "units": preview.units,
        "bills": len(preview.bills),
        "total_fen": preview.total_fen,
        "unchanged": preview.unchanged,
        "without_debtor": preview.without_debtor,
        "items": [
            {
                "item": total.item.code,
                "name": total.item.name,
                "units": total.units,
                "bills": total.bills,
                "total_fen": total.total_fen,
            }
            for total in preview.totals
        ],
        "not_due": [item.code for item in preview.not_due],
        "problems": [_problem_json(one) for one in preview.problems],
        "billed_otherwise": [
            _line_json(one.unit, one) | {"bill": one.bill_id, "billed_fen": one.billed_fen}
            for one in preview.otherwise
        ],
        "outliers": [
            _line_json(one.unit, one) | {"last_fen": one.last_fen} for one in preview.outliers
        ],
        "new": [_line_json(one.unit, one) for one in preview.new],
        "gone": [
            {"unit": one.unit, "item": one.item.code, "last_fen": one.last_fen}
            for one in preview.gone
        ],
        "prepaid_fen": preview.prepaid_fen,
        "warning": preview.warning or None,
    }


def _problem_json(one: RunProblem) -> dict[str, Any]:
    return {"unit": one.unit or None, "item": one.item.code, "code": one.code, "text": one.text}


def _line_json(unit: str, one: PlannedBill | BilledOtherwise) -> dict[str, Any]:
    return {
        "unit": unit,
        "item": one.item.code,
        "from": one.line.from_on.isoformat(),
        "until": one.line.until_on.isoformat(),
        "amount_fen": one.line.amount_fen,
    }


def run_json(run: BillRun) -> dict[str, Any]:
    """Return a run as its JSON object; money is in fen."""
    return {
        "number": run.number,
        "from": run.from_on.isoformat(),
        "until": run.until_on.isoformat(),
        "community": run.community or None,
        "building": run.building or None,
        "items": list(run.items),
        "bills": run.bills,
        "total_fen": run.total_fen,
        "prepaid_fen": run.prepaid_fen,
        "posted": run.posted_at.isoformat(),
        "by": run.by,
        "note": run.note or None,
        "undone": run.undone_at.isoformat() if run.undone_at else None,
        "undone_reason": run.undone_reason or None,
    }


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List the runs."""
    with fee_office(desk, args):
        found = list_runs(limit=5000)
    for run in found:
        state = _("undone") if run.undone_at else ""
        place = f"{run.community}{run.building}"
        line = (
            f"{run.number}\t{run.from_on}\t{run.until_on}\t{place}\t{','.join(run.items)}\t"
            f"{run.bills}\t{money_words(run.total_fen)}\t{state}"
        )
        desk.say(line.rstrip())
    desk.json([run_json(run) for run in found])
    return 0


def run_undo(args: argparse.Namespace, desk: Desk) -> int:
    """Undo a run as a whole."""
    with desk.office(write=True):
        run = undo_run(
            find_run(args.number).id, args.reason, by=desk.staff(args.by).id, now=desk.now
        )
    desk.say(_("Run {number} is undone: {count} bills are void.").format(
        number=run.number, count=run.bills
    ))  # fmt: skip
    desk.json(run_json(run))
    return 0
