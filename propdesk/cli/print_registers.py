"""`propdesk print registry|day-list|hand-over|notice`: papers about no single ticket (R82, R89)."""

import argparse
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk, read_day
from propdesk.cli.printed import add_paper_options, paper_language, tell_printed, tell_replaced
from propdesk.domain.errors import RuleError
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.domain.registries import Registry, RegistryLine

_WORKBOOKS = (".xlsx", ".csv")


def add_parsers(papers: Any) -> None:
    """Add the office's registers to `print`."""
    registry = papers.add_parser("registry", help=_("the communication registry of a period"))
    registry.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    registry.add_argument("--to", dest="to_on", metavar="DAY", help=_("the last day"))
    add_paper_options(registry, files="FILE.pdf|FILE.xlsx|FILE.csv", is_required=False)
    registry.set_defaults(func=run_registry)
    day = papers.add_parser("day-list", help=_("the open work, for the morning meeting"))
    day.add_argument("--on", metavar="DAY", help=_("for which day (today)"))
    notice = papers.add_parser("notice", help=_("a notice to residents"))
    notice.add_argument("number")
    notice.add_argument("--small", action="store_true", help=_("on A5 instead of A4"))
    over = papers.add_parser("hand-over", help=_("the hand-over of a shift"))
    over.add_argument("--id", type=int, metavar="N", help=_("which one (the last of today)"))
    for parser, run in ((day, run_day_list), (over, run_hand_over), (notice, run_notice)):
        add_paper_options(parser)
        parser.set_defaults(func=run)


def run_registry(args: argparse.Namespace, desk: Desk) -> int:
    """Print the communication registry, by default of this month; its values with --json."""
    from propdesk.domain.months import Month
    from propdesk.services.printing_registers import export_registry, print_registry
    from propdesk.services.queries.registries import get_registry

    if args.output is None and not args.json:
        raise RuleError(
            "output-missing", _("Say where the registry goes: -o FILE.pdf, FILE.xlsx or FILE.csv.")
        )
    today = desk.now.date()
    to_on = read_day(args.to_on) if args.to_on else today
    from_on = read_day(args.from_on) if args.from_on else Month.of(to_on).start.date()
    with desk.office(write=False):
        by = desk.staff(args.by)
        if args.output is not None and args.output.suffix.lower() in _WORKBOOKS:
            export_registry(from_on, to_on, args.output, by=by.id)
            desk.say(_("Written: {file}").format(file=args.output))
        elif args.output is not None:
            printed = print_registry(
                from_on,
                to_on,
                args.output,
                by=by,
                now=desk.now,
                paper_language=paper_language(args),
            )
            desk.say(_("{file}: {pages} pages").format(file=printed.file, pages=printed.pages))
            tell_replaced(desk, printed.replaced_characters)
        if args.json:
            desk.json(_registry_json(get_registry(from_on, to_on)))
    return 0


def run_day_list(args: argparse.Namespace, desk: Desk) -> int:
    """Print the list of the open work for a day."""
    from propdesk.services.printing_shifts import print_day_list

    with desk.office(write=False):
        printed = print_day_list(
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            on=read_day(args.on) if args.on else None,
            paper_language=paper_language(args),
        )
    return tell_printed(desk, printed)


def run_hand_over(args: argparse.Namespace, desk: Desk) -> int:
    """Print a hand-over: the one that is named, else today's last, else one to fill by hand."""
    from propdesk.services.printing_shifts import print_hand_over
    from propdesk.services.queries.hand_overs import list_hand_overs

    with desk.office(write=False):
        last = next(iter(list_hand_overs(limit=1)), None)
        of_today = last is not None and last.at.date() == desk.now.date()
        printed = print_hand_over(
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            hand_over_id=args.id or (last.id if last is not None and of_today else None),
            paper_language=paper_language(args),
        )
    return tell_printed(desk, printed)


def run_notice(args: argparse.Namespace, desk: Desk) -> int:
    """Print a notice to residents."""
    from propdesk.services.printing_notices import print_notice
    from propdesk.services.queries.notices import find_notice

    with desk.office(write=False):
        printed = print_notice(
            find_notice(args.number).id,
            args.output,
            small=args.small,
            paper_language=paper_language(args),
        )
    return tell_printed(desk, printed)


def _registry_json(registry: "Registry") -> dict[str, Any]:
    return {
        "from": registry.from_on.isoformat(),
        "to": registry.to_on.isoformat(),
        "open": registry.open,
        "cleared": registry.cleared,
        "voided": registry.voided,
        "months": [str(month) for month in registry.months],
        "reasons": [
            {"reason": one.reason or None, "counts": list(one.counts), "total": one.total}
            for one in registry.reasons
        ],
        "lines": [_line_json(line) for line in registry.lines],
    }


def _line_json(line: "RegistryLine") -> dict[str, Any]:
    from propdesk.domain.masking import mask_phone

    return {
        "at": line.at.isoformat(),
        "where": line.where or None,
        "name": line.name or None,
        "phone": mask_phone(line.phone) or None,
        "with": line.counterparty.value,
        "way": line.way.value,
        "stage": line.stage.value,
        "reason": line.reason or None,
        "type": line.type.value if line.type else None,
        "event": line.event.value if line.event else None,
        "kind": line.kind.value if line.kind else None,
        "text": line.text,
        "wish": line.wish or None,
        "opinion": line.opinion or None,
        "department": line.department or None,
        "due_on": line.due_on.isoformat() if line.due_on else None,
        "result": str(line.result) or None,
        "open": line.is_open,
        "cleared_on": line.cleared_on.isoformat() if line.cleared_on else None,
        "ticket": line.ticket or None,
        "contact": line.contact_id,
        "by": line.by,
    }
