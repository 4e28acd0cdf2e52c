"""Fee letters on paper: looked at, frozen and printed all together, printed again from the archive.

Letters are frozen and archived before the printer has them. Where it gives up in the middle,
nothing is lost: the same archived pages are printed again, from the letter on that is wanting.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.dunning import Stage
from propdesk.domain.envelopes import Envelope
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _, ngettext
from propdesk.services.queries.fee_letters import get_fee_letters
from ui.background import Progress
from ui.context import AppContext
from ui.papers import DrawnPaper

After = Callable[[], object]


def look_at_letter(
    context: AppContext, page: QWidget, stage: Stage, unit_id: int, language: PaperLanguage
) -> None:
    """Show what a house would be written; nothing is stored, the paper is marked as a draft."""
    from propdesk.services.fee_letter_copies import preview_fee_letter
    from ui.printing import show_paper

    by, now = context.staff.id, context.now()

    def draw(target: Path) -> DrawnPaper:
        return preview_fee_letter(stage, unit_id, target, by=by, now=now, language=language)

    show_paper(context, page, _("What the letter will say"), draw)


def show_letter(context: AppContext, page: QWidget, letter_id: int, after: After) -> None:
    """Show a letter: a printed one out of the archive, another one as a draft."""
    from propdesk.services.fee_letter_copies import print_fee_letter
    from ui.printing import show_paper

    letter = get_fee_letters([letter_id])[letter_id]
    office, by, now = context.office, context.staff.id, context.now()

    def draw(target: Path) -> DrawnPaper:
        return print_fee_letter(office, letter, target, by=by, now=now)

    is_printed = letter.printed_at is not None
    note = _noting(context, page, [letter_id], after) if is_printed else None
    show_paper(context, page, _("Letter {number}").format(number=letter.number), draw, on_made=note)


def print_letters(
    context: AppContext,
    page: QWidget,
    letter_ids: Sequence[int],
    after: After,
    *,
    duplex: bool = False,
    continuous: bool = False,
) -> None:
    """Freeze, archive and show approved letters in delivery order, then their delivery list.

    Closing the window while they are drawn stops it, and nothing was printed.
    """
    from propdesk.services.printing_fee_letters import PrintedLetters, print_fee_letters
    from ui.printing import show_long_paper

    office, by, now = context.office, context.staff.id, context.now()
    printed: list[PrintedLetters] = []
    copies_made: list[int] = []

    def draw(target: Path, progress: Progress) -> DrawnPaper:
        done = print_fee_letters(
            office, letter_ids, target, by=by, now=now, duplex=duplex, continuous=continuous,
            on_progress=progress,
        )  # fmt: skip
        printed.append(done)
        return done

    def made(copies: int) -> None:
        # Freezing counted the first copy.
        is_first = not copies_made
        copies_made.append(copies)
        if not is_first and printed:
            _note(context, page, printed[0].letter_ids)

    def finished(_result: int) -> None:
        after()
        if printed and printed[0].left_out:
            context.messages.tell(
                page, _("Letters that were left out"), _left_out_words(printed[0].left_out)
            )
        if copies_made and len(printed[0].letter_ids) > 1:
            show_delivery_list(context, page, printed[0].letter_ids)

    window = show_long_paper(context, page, _title(letter_ids), draw, on_made=made)
    window.print_failed.connect(lambda: _tell_failed(context, page))
    window.finished.connect(finished)


def print_again(
    context: AppContext, page: QWidget, letter_ids: Sequence[int], after: After
) -> None:
    """Show printed letters once more as they were archived, ready for the printer."""
    from propdesk.services.fee_letter_copies import copy_fee_letters
    from ui.printing import show_long_paper

    office, by = context.office, context.staff.id

    def draw(target: Path, _progress: Progress) -> DrawnPaper:
        return copy_fee_letters(office, letter_ids, target, by=by)

    note = _noting(context, page, letter_ids, after)
    window = show_long_paper(context, page, _title(letter_ids), draw, on_made=note)
    window.print_failed.connect(lambda: _tell_failed(context, page))


def show_delivery_list(context: AppContext, page: QWidget, letter_ids: Sequence[int]) -> None:
    """Show the list that goes along with letters on their way."""
    from propdesk.services.exporting_fees import note_fee_print
    from propdesk.services.printing_fee_letters import print_delivery_list
    from ui.printing import show_paper

    by, now = context.staff.id, context.now()

    def draw(target: Path) -> DrawnPaper:
        return print_delivery_list(letter_ids, target, by=by, now=now)

    def note(_copies: int) -> None:
        count = str(len(letter_ids))
        context.attempt(
            page,
            _("The print was not noted"),
            lambda: note_fee_print(OwedList.DELIVERY, by=by, now=context.now(), number=count),
        )

    show_paper(context, page, _("Delivery list"), draw, on_made=note)


def _title(letter_ids: Sequence[int]) -> str:
    count = len(letter_ids)
    return ngettext("{count} letter", "{count} letters", count).format(count=count)


def _noting(
    context: AppContext, page: QWidget, letter_ids: Sequence[int], after: After
) -> Callable[[int], None]:
    def note(_copies: int) -> None:
        _note(context, page, letter_ids)
        after()

    return note


def _note(context: AppContext, page: QWidget, letter_ids: Sequence[int]) -> None:
    from propdesk.services.fee_letter_copies import note_fee_letter_prints

    by = context.staff.id
    context.attempt(
        page, _("The print was not noted"), lambda: note_fee_letter_prints(letter_ids, by=by)
    )


def _left_out_words(numbers: Sequence[str]) -> str:
    words = ngettext(
        "{count} letter is out of date and was left out: {numbers}. Take it back and make it anew.",
        "{count} letters are out of date and were left out: {numbers}. Take them back and make "
        "them anew.",
        len(numbers),
    )
    return words.format(count=len(numbers), numbers=_(", ").join(numbers[:8]))


def _tell_failed(context: AppContext, page: QWidget) -> None:
    context.messages.tell(
        page,
        _("The printer did not take all letters"),
        _(
            "The letters are archived and keep their numbers. See which one came out last, choose "
            "the next one in the list, and «Print again from this letter on» in the menu More."
        ),
    )


def show_envelopes(
    context: AppContext, page: QWidget, letter_ids: Sequence[int], size: Envelope
) -> None:
    """Show the envelopes of letters; nothing outside says what is in them."""
    from propdesk.services.printing_envelopes import print_envelopes
    from ui.printing import show_paper

    by = context.staff.id

    def draw(target: Path) -> DrawnPaper:
        return print_envelopes(letter_ids, target, size=size, by=by)

    show_paper(context, page, _("Envelopes"), draw)


def show_express_sheet(context: AppContext, page: QWidget, letter_ids: Sequence[int]) -> None:
    """Show what is written onto the labels of the express service."""
    from propdesk.services.printing_envelopes import print_express_sheet
    from ui.printing import show_paper

    by, now = context.staff.id, context.now()

    def draw(target: Path) -> DrawnPaper:
        return print_express_sheet(letter_ids, target, by=by, now=now)

    show_paper(context, page, _("EMS cover sheet"), draw)
