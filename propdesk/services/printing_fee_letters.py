"""Print fee letters in delivery order, freeze them, keep the very file (law.md 1.6, content 10).

The PDF is drawn first, slowly and paper by paper; then its copy is kept under the hash of its
content, and in one transaction the letters become printed. What was paid meanwhile is left out.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.demand_stages import days_later
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_letters import TITLES, check_move
from propdesk.domain.money import money_words
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.reports.delivery_lists import DeliveryListSheet, DeliveryRow, render_delivery_list
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.access import note_access
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_stages import load_stage
from propdesk.services.parts.letter_drawing import (
    PDF,
    draw_letters,
    in_parts,
    letter_sheets,
    letters_language,
)
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.fee_letters import (
    FeeLetter,
    changed_since,
    delivery_order,
    get_fee_letters,
)
from propdesk.sheets.errors import not_written
from propdesk.storage import attachment_files
from propdesk.storage.database import database, stored_time
from propdesk.storage.opening import OpenOffice

_PRINTED = (
    "UPDATE fee_letter SET state = 'printed', printed_at = ?, pdf_sha256 = ?, first_page = ?, "
    "pages = ?, prints = 1, version = version + 1 WHERE id = ? AND state = 'approved'"
)


@dataclass(frozen=True, slots=True)
class PrintedLetters:
    """What came of printing: the file, its pages and hash, the letters in it, and those left out.

    `left_out` are numbers of letters that no longer say what is open, or grant too few days.
    """

    file: Path
    pages: int
    sha256: str
    letter_ids: tuple[int, ...]
    left_out: tuple[str, ...]
    replaced_characters: tuple[str, ...]


def _quiet(_done: int, _total: int) -> None:
    """Tell nobody."""


def print_fee_letters(  # noqa: PLR0913 - who, when, what, and two choices of paper
    office: OpenOffice,
    letter_ids: Collection[int],
    target: Path,
    *,
    by: int,
    now: datetime,
    duplex: bool = False,
    continuous: bool = False,
    language: PaperLanguage | None = None,
    on_progress: Callable[[int, int], None] = _quiet,
) -> PrintedLetters:
    """Print approved letters of one stage into one file, in delivery order, and freeze them.

    `duplex` lets each begin on a front side, `continuous` takes 241-2 paper for bill notices.

    Whatever `on_progress(done, total)` raises stops the work: no letter is printed, no file stays.
    Raises RuleError where one is no longer approved or nothing is left to print.
    """
    check_target(target, PDF)
    staff = fee_actor(by, Right.DUN)
    order = delivery_order(letter_ids)
    stage = _stage_of(order)
    left_out = _out_of_date(order, now)
    wanted = [id_ for id_ in order if id_ not in left_out]
    if not wanted:
        raise RuleError(
            "letters-none",
            _("There is nothing to print: the letters are out of date. Make them anew."),
        )
    sheets = letter_sheets(wanted, staff, now)
    places: list[tuple[int, int]] = []

    def on_paper(place: int, first: int, pages: int) -> None:
        places.append((first, pages))
        on_progress(place + 1, len(wanted))

    drawn = draw_letters(
        stage,
        sheets,
        target,
        letters_language(wanted, language),
        on_paper,
        duplex=duplex,
        continuous=continuous,
    )
    sha256 = _keep(office, target)
    with writing():
        fee_actor(by, Right.DUN)
        _freeze(wanted, places, sha256, drawn.pages, now)
        note_access(AccessAct.PRINTED, by, now, what=f"{OwedList.LETTERS} {len(wanted)}")
    gone = get_fee_letters(left_out)
    return PrintedLetters(
        target,
        drawn.pages,
        sha256,
        tuple(wanted),
        tuple(letter.number for letter in gone.values()),
        drawn.replaced_characters,
    )


def _stage_of(letter_ids: Sequence[int]) -> Stage:
    found = {
        letter.stage for part in in_parts(letter_ids) for letter in get_fee_letters(part).values()
    }
    if len(found) != 1:
        raise RuleError(
            "letters-mixed",
            _("One file holds the letters of one stage; print each stage by itself."),
        )
    return found.pop()


def _out_of_date(letter_ids: Sequence[int], now: datetime) -> frozenset[int]:
    """Return the letters that no longer say what is open, or whose period has begun to run out."""
    changed = set(changed_since(letter_ids))
    for part in in_parts(letter_ids):
        for letter in get_fee_letters(part).values():
            check_move(letter.state, LetterState.PRINTED, letter.number)
            rule = load_stage(letter.stage, letter.dated_on)
            least = days_later(now.date(), rule.least_days)
            if letter.pay_by is not None and letter.pay_by < least:
                changed.add(letter.id)
    return frozenset(changed)


def _keep(office: OpenOffice, target: Path) -> str:
    try:
        return attachment_files.keep_file(office.attachments, target, PDF).sha256
    except OSError as error:
        raise not_written(office.attachments, error) from error


def _freeze(
    letter_ids: Sequence[int],
    places: Sequence[tuple[int, int]],
    sha256: str,
    pages: int,
    now: datetime,
) -> None:
    moment = stored_time(local(now))
    cursor = database.cursor()
    cursor.executemany(
        _PRINTED,
        [
            (moment, sha256, first, count, id_)
            for id_, (first, count) in zip(letter_ids, places, strict=True)
        ],
    )
    if cursor.rowcount not in (-1, len(letter_ids)):
        raise RuleError(
            "letters-changed",
            _("Somebody changed a letter meanwhile; nothing was printed. Print once more."),
        )
    batches = {letter.batch_id for letter in get_fee_letters(letter_ids[:1]).values()}
    for batch_id in batches - {None}:
        database.execute_sql(
            "UPDATE letter_batch SET pdf_sha256 = ?, pdf_pages = ? "
            "WHERE id = ? AND pdf_sha256 IS NULL",
            (sha256, pages, batch_id),
        )


def print_delivery_list(
    letter_ids: Collection[int],
    target: Path,
    *,
    by: int,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the list that goes with letters on their way (送达登记表), in the order of the walk."""
    staff = fee_actor(by, Right.DUN)
    letters = [
        letter
        for part in in_parts(delivery_order(letter_ids))
        for letter in _in_order(part, get_fee_letters(part))
    ]
    if not letters:
        raise RuleError("letters-none-chosen", _("Choose the letters that go out."))

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        stages = {letter.stage for letter in letters}
        what = _(", ").join(str(TITLES[stage]) for stage in sorted(stages))
        frame = RegisterFrame(
            settings.office_name,
            settings.office_name_en,
            _("Delivery list"),
            _("{papers}. Guards neither deliver nor collect; give each letter to its addressee, "
              "an adult of the household or an authorised person only.").format(papers=what),
            local(now),
            staff.name,
            margin=14.0,
        )  # fmt: skip
        rows_ = [
            DeliveryRow(
                letter.short,
                _addressee(letter),
                letter.number,
                money_words(letter.total_fen),
            )
            for letter in letters
        ]
        total = money_words(sum(letter.total_fen for letter in letters))
        return render_delivery_list(DeliveryListSheet(frame, rows_, total), target, language=chosen)

    return draw_paper(target, language, draw)


def _addressee(letter: FeeLetter) -> str:
    if letter.stage is Stage.LAWYER:
        return _("Law firm")
    return letter.content.owner or letter.content.user


def _in_order(letter_ids: Sequence[int], letters: dict[int, FeeLetter]) -> list[FeeLetter]:
    return [letters[id_] for id_ in letter_ids]
