"""`propdesk print ageing|limitation|collection|instalments`: the papers of arrears."""

import argparse
from typing import TYPE_CHECKING, Any

from propdesk.cli.desk import Desk
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.domain.owed_lists import OwedList
from propdesk.i18n import _

if TYPE_CHECKING:
    from propdesk.services.parts.printed import Printed


def add_parsers(papers: Any) -> None:
    """Add the papers of arrears to `print`."""

    def add(name: str, words: str, run: Any) -> argparse.ArgumentParser:
        paper: argparse.ArgumentParser = papers.add_parser(name, help=words)
        add_paper_options(paper)
        paper.set_defaults(func=run)
        return paper

    ageing = add("ageing", _("arrears by age, house by house"), run_ageing)
    ageing.add_argument("--community", default="", metavar="NAME")
    ageing.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    near = add("limitation", _("claims that come near limitation"), run_limitation)
    near.add_argument("--days", type=int, default=90, help=_("within so many days"))
    rate = add("collection", _("the collection rate of a period by building"), run_collection)
    rate.add_argument("--period", metavar="2026-11|2026-Q4", required=True)
    plan = add("instalments", _("an instalment agreement, to be signed"), run_agreement)
    plan.add_argument("number", metavar="FQ-2026-0001")


def run_ageing(args: argparse.Namespace, desk: Desk) -> int:
    """Print the ageing table."""
    from propdesk.services.printing_arrears import print_ageing
    from propdesk.services.queries.places import find_place

    with desk.office(write=False):
        building_id = find_place(args.community, args.building)[1]
        by, language = desk.staff(args.by), paper_language(args)
        printed = print_ageing(
            args.output, by=by, now=desk.now, building_id=building_id, language=language
        )
    return _tell(desk, args, printed, OwedList.AGEING)


def run_limitation(args: argparse.Namespace, desk: Desk) -> int:
    """Print the list of what comes near limitation."""
    from propdesk.cli.arrears import near_days
    from propdesk.services.printing_arrears import print_limitation

    days = near_days(args.days)
    with desk.office(write=False):
        by, language = desk.staff(args.by), paper_language(args)
        printed = print_limitation(args.output, by=by, now=desk.now, days=days, language=language)
    return _tell(desk, args, printed, OwedList.LIMITATION)


def run_collection(args: argparse.Namespace, desk: Desk) -> int:
    """Print the collection rate of a period."""
    from propdesk.domain.bill_runs import read_period
    from propdesk.services.printing_arrears import print_collection

    from_on, until_on = read_period(args.period)
    with desk.office(write=False):
        by, language = desk.staff(args.by), paper_language(args)
        printed = print_collection(
            from_on, until_on, args.output, by=by, now=desk.now, language=language
        )
    return _tell(desk, args, printed)


def run_agreement(args: argparse.Namespace, desk: Desk) -> int:
    """Print an instalment agreement."""
    from propdesk.services.printing_arrears import print_agreement
    from propdesk.services.queries.payment_plans import find_plan

    with desk.office(write=False):
        plan = find_plan(args.number, desk.today)
        by, language = desk.staff(args.by), paper_language(args)
        printed = print_agreement(plan.id, args.output, by=by, now=desk.now, language=language)
    return _tell(desk, args, printed)


def _tell(
    desk: Desk, args: argparse.Namespace, printed: "Printed", noted: OwedList | None = None
) -> int:
    """Say what was drawn; a list of who owes is noted (law.md 1.7)."""
    from propdesk.services.exporting_fees import note_fee_print

    if noted is not None:
        note_if_free(desk, args, lambda by: note_fee_print(noted, by=by, now=desk.now))
    return tell_printed(desk, printed)
