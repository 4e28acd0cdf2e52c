"""The papers that come with a demo office: one of each kind that its desk prints."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from propdesk.domain.months import Month
from propdesk.domain.staff import Staff
from propdesk.services.printing import print_work_order
from propdesk.services.printing_boards import WantedBoard, print_house_board
from propdesk.services.printing_decorations import print_permit
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.printing_houses import print_house_file
from propdesk.services.printing_inspections import print_sheets
from propdesk.services.printing_meetings import print_meeting
from propdesk.services.printing_moves import print_move
from propdesk.services.printing_notices import print_notice
from propdesk.services.printing_prices import print_price_list
from propdesk.services.printing_privacy import print_data_notice
from propdesk.services.printing_receipts import print_receipt
from propdesk.services.printing_registers import print_registry
from propdesk.services.printing_registrations import print_registrations
from propdesk.services.printing_sheets import print_complaint_sheet, print_reply_letter
from propdesk.services.printing_shifts import print_day_list, print_hand_over
from propdesk.services.printing_surveys import print_survey_result
from propdesk.services.reporting import write_complaint_report
from propdesk.storage.database import rows
from propdesk.storage.opening import OpenOffice

Draw = Callable[[Path], object]

# What of each kind is worth a paper: the complaint whose cause was found, in the most rounds.
_COMPLAINT = (
    "SELECT id FROM ticket WHERE kind = 'complaint' "
    "ORDER BY cause <> '' DESC, round DESC, received_at DESC LIMIT 1"
)
_LETTER = "SELECT ticket_id FROM letter ORDER BY id DESC LIMIT 1"
_NOTICE = "SELECT id FROM notice ORDER BY id DESC LIMIT 1"
_PERMIT = (
    "SELECT id FROM decoration WHERE permitted_on IS NOT NULL "
    "ORDER BY accepted_on IS NULL DESC, until_on DESC, id LIMIT 1"
)
_SETTLED = (
    "SELECT id FROM move WHERE settled_on IS NOT NULL AND reason <> '' ORDER BY on_day DESC LIMIT 1"
)
_COUNTED = "SELECT id FROM survey WHERE closed_at IS NOT NULL ORDER BY id DESC LIMIT 1"
_MEETING = "SELECT id FROM meeting ORDER BY kind = 'forum' DESC, at DESC LIMIT 1"
# The house that has the most to tell.
_HOUSE = "SELECT unit_id FROM ticket GROUP BY unit_id HAVING unit_id ORDER BY count(*) DESC LIMIT 1"
_RECEIPT = "SELECT id FROM payment WHERE voided_at IS NULL ORDER BY total_fen DESC, id LIMIT 1"
_LETTERS = "SELECT id FROM fee_letter WHERE state = 'approved' AND stage = 4 ORDER BY id"
# The sheet of today that is being entered, else the first that is out.
_SHEETS = (
    "SELECT s.number FROM inspection_sheet s JOIN inspection_round r ON r.sheet_id = s.id "
    "WHERE s.voided_at IS NULL AND s.entered_at IS NULL "
    "ORDER BY r.state = 'running' DESC, s.planned_on DESC, s.number LIMIT 1"
)
_HAND_OVER = "SELECT id FROM hand_over ORDER BY id DESC LIMIT 1"


def print_demo_papers(
    office: OpenOffice, folder: Path, sample: str, month: Month, *, by: Staff, now: datetime
) -> list[Path]:
    """Print into a folder what the demo has something for, and return the files.

    `sample` is the number of the ticket whose work order is printed, `month` that of the report.
    """
    files = []
    for name, draw in chain(_papers(sample, month, by, now), _fee_papers(office, by, now)):
        files.append(folder / f"{name}.pdf")
        draw(files[-1])
    return files


def _papers(sample: str, month: Month, by: Staff, now: datetime) -> Iterator[tuple[str, Draw]]:
    today = now.date()
    for ticket in _found("SELECT id FROM ticket WHERE number = ?", sample):
        yield "work-order", partial(print_work_order, ticket, by=by, now=now)
    for ticket in _found(_COMPLAINT):
        yield "complaint-sheet", partial(print_complaint_sheet, ticket, by=by, now=now)
    for ticket in _found(_LETTER):
        yield "reply-letter", partial(print_reply_letter, ticket, by=by, now=now)
    yield "day-list", partial(print_day_list, by=by, now=now)
    for one in _found(_HAND_OVER):
        yield "hand-over", partial(print_hand_over, by=by, now=now, hand_over_id=one)
    yield "registry", partial(print_registry, today.replace(day=1), today, by=by, now=now)
    for one in _found(_NOTICE):
        yield "notice", partial(print_notice, one)
    yield "prices", partial(print_price_list, by=by, now=now)
    for (number,) in rows(_SHEETS):
        yield "inspection-sheet", partial(print_sheets, (number,), by=by, now=now)
    yield from _house_papers(by, now)
    yield f"complaints-{month}", partial(write_complaint_report, month, by=by, now=now)


def _house_papers(by: Staff, now: datetime) -> Iterator[tuple[str, Draw]]:
    yield "house-board", partial(print_house_board, WantedBoard(), by=by, now=now)
    for one in _found(_HOUSE):
        yield "house-file", partial(print_house_file, one, by=by, now=now)
        yield "registration", partial(print_registrations, (one,), by=by, now=now)
        yield "notice-of-data", partial(print_data_notice, unit_id=one, by=by, now=now)
    for one in _found(_PERMIT):
        yield "decoration-permit", partial(print_permit, one, by=by, now=now)
    for one in _found(_SETTLED):
        yield "move-out", partial(print_move, one, by=by, now=now, settlement=True)
    for one in _found(_COUNTED):
        yield "questionnaire", partial(print_survey_result, one, by=by, now=now)
    for one in _found(_MEETING):
        yield "meeting", partial(print_meeting, one, by=by, now=now)


def _fee_papers(office: OpenOffice, by: Staff, now: datetime) -> Iterator[tuple[str, Draw]]:
    """Yield the receipt of the largest sum, and the letters that wait to be printed."""
    for one in _found(_RECEIPT):
        yield "receipt", partial(print_receipt, one, by=by, now=now)
    letters = [one for (one,) in rows(_LETTERS)]
    if letters:
        yield "reminders", partial(_print_letters, office, letters, by=by.id, now=now)


def _print_letters(
    office: OpenOffice, letters: list[int], target: Path, *, by: int, now: datetime
) -> object:
    return print_fee_letters(office, letters, target, by=by, now=now)


def _found(sql: str, *values: object) -> list[int]:
    """Return the one row that a query finds, alone in a list."""
    return [row[0] for row in rows(sql, *values)]
