"""`propdesk print receipt|close NUMBER` and the other papers of fees."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, choice
from propdesk.cli.printed import add_paper_options, note_if_free, paper_language, tell_printed
from propdesk.domain.fee_settings import ReceiptPaper
from propdesk.domain.meters import MeterKind
from propdesk.i18n import _


def add_parsers(papers: Any) -> None:
    """Add the papers of fees to `print`."""
    receipt = papers.add_parser("receipt", help=_("a receipt, all its copies"))
    receipt.add_argument("number", metavar="NUMBER")
    receipt.add_argument("--paper", metavar="|".join(ReceiptPaper))
    add_paper_options(receipt, is_required=False)
    receipt.set_defaults(func=run_receipt)
    close = papers.add_parser("close", help=_("the close of a till, with its receipts"))
    close.add_argument("number", metavar="NUMBER")
    add_paper_options(close)
    close.set_defaults(func=run_close)
    bill = papers.add_parser("bill", help=_("how a bill came about, and what happened to it"))
    bill.add_argument("id", type=int, metavar="N")
    add_paper_options(bill)
    bill.set_defaults(func=run_bill)
    letter = papers.add_parser("fee-letter", help=_("a fee letter as it was printed, or its draft"))
    letter.add_argument("number", metavar="NUMBER")
    add_paper_options(letter)
    letter.set_defaults(func=run_fee_letter)
    readings = papers.add_parser("reading-sheet", help=_("meters to read, in walking order"))
    readings.add_argument("kind", metavar="|".join(MeterKind))
    readings.add_argument("--community", default="", metavar="NAME")
    readings.add_argument("--building", default="", metavar="NAME", help=_("one building only"))
    add_paper_options(readings)
    readings.set_defaults(func=run_reading_sheet)


def run_receipt(args: argparse.Namespace, desk: Desk) -> int:
    """Print a receipt; what was printed before is marked as a reprint."""
    from propdesk.services.printing_receipts import print_receipt
    from propdesk.services.queries.payments import find_payment
    from propdesk.services.till import note_print

    paper = choice(args.paper, ReceiptPaper, _("paper")) if args.paper else None
    with desk.office(write=False):
        payment = find_payment(args.number)
        printed = print_receipt(
            payment.id,
            args.output or Path(f"{payment.number}.pdf"),
            by=desk.staff(args.by),
            now=desk.now,
            paper=paper,
            language=paper_language(args),
        )

    def note(by: int) -> None:
        note_print(payment.id, by=by)

    note_if_free(desk, args, note)
    return tell_printed(desk, printed, reprint=payment.prints)


def run_close(args: argparse.Namespace, desk: Desk) -> int:
    """Print the close of a till."""
    from propdesk.services.printing_till_closes import print_till_close
    from propdesk.services.queries.till_closes import find_till_close

    with desk.office(write=False):
        printed = print_till_close(
            find_till_close(args.number).id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
        )
    return tell_printed(desk, printed)


def run_bill(args: argparse.Namespace, desk: Desk) -> int:
    """Print the explanation of a bill."""
    from propdesk.services.printing_bills import print_bill

    with desk.office(write=False):
        printed = print_bill(
            args.id,
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            language=paper_language(args),
        )
    return tell_printed(desk, printed)


def run_fee_letter(args: argparse.Namespace, desk: Desk) -> int:
    """Give a fee letter out once more as it was archived; one that is none yet says so."""
    from propdesk.services.fee_letter_copies import note_fee_letter_prints, print_fee_letter
    from propdesk.services.queries.fee_letters import find_fee_letter

    with desk.office(write=False) as office:
        letter = find_fee_letter(args.number)
        printed = print_fee_letter(
            office,
            letter,
            args.output,
            by=desk.staff(args.by).id,
            now=desk.now,
            language=paper_language(args),
        )
    note_if_free(desk, args, lambda by: note_fee_letter_prints([letter.id], by=by))
    return tell_printed(
        desk,
        printed,
        number=letter.number,
        content_sha256=letter.content_sha256,
        state=letter.state.value,
    )


def run_reading_sheet(args: argparse.Namespace, desk: Desk) -> int:
    """Print the list of meters that somebody goes to read."""
    from propdesk.services.printing_meters import print_reading_sheet
    from propdesk.services.queries.places import find_place

    with desk.office(write=False):
        community_id, building_id = find_place(args.community, args.building)
        printed = print_reading_sheet(
            choice(args.kind, MeterKind, _("kind of meter")),
            args.output,
            by=desk.staff(args.by),
            now=desk.now,
            community_id=community_id,
            building_id=building_id,
            language=paper_language(args),
        )
    return tell_printed(desk, printed)
