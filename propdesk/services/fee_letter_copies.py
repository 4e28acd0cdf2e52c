"""Look at fee letters before they are printed, and hand printed ones out once more.

A printed letter comes from the archive, page by page as it was; it is never drawn anew (law.md 1.6,
content 10). What is not printed yet is drawn and marked as a draft.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from propdesk.domain.dunning import Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import (
    LetterContent,
    content_sha256,
    letter_code,
    letter_digits,
    letter_number,
    to_json,
)
from propdesk.domain.fee_templates import FeeTemplate
from propdesk.domain.letter_ten import Missing, check_ten
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _, speaking
from propdesk.reports.parts.binding import count_pages, gather_pages
from propdesk.reports.parts.letter_frames import FeeLetterSheet
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.letter_contents import letter_content, read_debts
from propdesk.services.parts.letter_drawing import (
    PDF,
    draw_letters,
    in_parts,
    letter_sheets,
    letters_language,
    paper_of,
)
from propdesk.services.parts.letter_heads import count_times, load_letterhead, read_prepaid
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_letters import FeeLetter, delivery_order, get_fee_letters
from propdesk.sheets.part_file import write_whole
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.database import database
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter that is none yet, drawn: its pages, and what of the ten things it would lack."""

    file: Path
    pages: int
    replaced_characters: tuple[str, ...]
    missing: tuple[Missing, ...]


def preview_fee_letter(
    stage: Stage,
    unit_id: int,
    target: Path,
    *,
    by: int,
    now: datetime,
    language: PaperLanguage | None = None,
    template: FeeTemplate | None = None,
) -> LetterPreview:
    """Draw what the letters of a stage would say to a house today; nothing is stored.

    `template` is one that is tried before it is stored; it may be about days that are still to
    come where nothing is overdue. Raises RuleError where nothing is open.
    """
    check_target(target, PDF)
    staff = fee_actor(by, Right.DUN)
    today = now.date()
    head = load_letterhead(stage, today, language, template)
    due = None if stage is Stage.NOTICE else today
    debts = list(read_debts([unit_id], due_before=due))
    if not debts and template is not None:
        debts = list(read_debts([unit_id], due_before=None))
    if not debts:
        raise RuleError(
            "letter-nothing-owed", _("Nothing is open for this house; there is nothing to write.")
        )
    times, prepaid = count_times(stage), read_prepaid()
    with speaking(head.language):
        contents = [
            letter_content(
                debt,
                head,
                number=letter_number(head.fees, today.year, 0),
                times=times.get((debt.unit_id, debt.person_id), 0) + 1,
                prepaid_fen=prepaid.get(unit_id, 0),
            )
            for debt in debts
        ]
    missing = [
        one for content in contents for one in check_ten(content, pay_days=head.rule.least_days)
    ]
    shown = language if language is not None else paper_of(head.language)
    drawn = draw_letters(stage, _drafts(contents, staff, now), target, shown)
    return LetterPreview(
        target, drawn.pages, drawn.replaced_characters, tuple(dict.fromkeys(missing))
    )


def _drafts(
    contents: Sequence[LetterContent], staff: Staff, now: datetime
) -> Iterator[FeeLetterSheet]:
    for content in contents:
        yield FeeLetterSheet(
            content,
            content_sha256(to_json(content)),
            letter_code(0, now.date()),
            letter_digits(0, now.date()),
            local(now),
            staff.name,
            is_draft=True,
        )


def print_fee_letter(
    office: OpenOffice,
    letter: FeeLetter,
    target: Path,
    *,
    by: int,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Give a printed letter out once more, or look at one that is none yet: marked a draft."""
    if letter.printed_at is not None:
        return copy_fee_letters(office, [letter.id], target, by=by)
    check_target(target, PDF)
    staff = fee_actor(by, Right.DUN)
    chosen = letters_language([letter.id], language)
    sheets = letter_sheets([letter.id], staff, now, preview=True)
    drawn = draw_letters(letter.stage, sheets, target, chosen)
    return Printed(target, drawn.pages, drawn.replaced_characters)


def copy_fee_letters(
    office: OpenOffice, letter_ids: Collection[int], target: Path, *, by: int
) -> Printed:
    """Write printed letters out of the archive into one file, in delivery order.

    Where it is all that a file of the archive holds, its very bytes are written; of a longer one
    its pages. So a batch that stopped in the printer goes on with the letters that are wanting.
    """
    check_target(target, PDF)
    fee_actor(by, Right.DUN)
    runs: dict[str, list[tuple[int, int]]] = {}
    for part in in_parts(delivery_order(letter_ids)):
        letters = get_fee_letters(part)
        for id_ in part:
            sha256, first, pages = _place(letters[id_])
            _add_run(runs.setdefault(sha256, []), first, pages)
    if not runs:
        raise RuleError("letters-none-chosen", _("Choose the letters that go out."))
    parts = [(_archived(office, sha256), pages) for sha256, pages in runs.items()]
    content, wanted = parts[0]
    is_all = len(parts) == 1 and wanted == [(1, count_pages(content, is_whole=False))]
    found = content if is_all else gather_pages(parts)
    if found is None:
        raise _gone()

    def write(file: IO[bytes]) -> None:
        file.write(found)

    write_whole(target, write)
    return Printed(target, sum(count for _file, places in parts for _first, count in places), ())


def note_fee_letter_prints(letter_ids: Collection[int], *, by: int) -> None:
    """Count one more copy of printed letters."""
    with writing():
        fee_actor(by, Right.DUN)
        database.cursor().executemany(
            "UPDATE fee_letter SET prints = prints + 1 WHERE id = ? AND printed_at IS NOT NULL",
            [(id_,) for id_ in letter_ids],
        )


def _place(letter: FeeLetter) -> tuple[str, int, int]:
    if letter.pdf_sha256 is None or letter.first_page is None or letter.pages is None:
        raise RuleError(
            "letter-not-printed",
            _("Letter {number} was not printed yet.").format(number=letter.number),
        )
    return letter.pdf_sha256, letter.first_page, letter.pages


def _add_run(runs: list[tuple[int, int]], first: int, pages: int) -> None:
    """Add pages to the runs of a file; those that follow each other are one run."""
    if runs and sum(runs[-1]) == first:
        before, count = runs[-1]
        runs[-1] = (before, count + pages)
    else:
        runs.append((first, pages))


def _archived(office: OpenOffice, sha256: str) -> bytes:
    content = attachment_files.read(office.attachments, StoredName(sha256, PDF))
    if content is None:
        raise _gone()
    return content


def _gone() -> RuleError:
    return RuleError(
        "letter-file-gone",
        _("The archived letters are gone or damaged; bring the file back from a backup."),
    )
