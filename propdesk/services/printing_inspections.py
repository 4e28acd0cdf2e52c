"""Fill and draw the sheets of rounds (巡检记录表, forms.md 5.6), one or those of a whole day."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_plans import Plan
from propdesk.domain.inspection_results import Sheet
from propdesk.domain.numbers import office_mark, qr_text
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.rounds import SHIFT_LABELS, Shift
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.sheet_codes import SheetCode, sheet_digits
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _
from propdesk.reports.inspection_sheets import (
    InspectionSheetPaper,
    SheetPoint,
    render_inspection_sheets,
)
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.inspection_plans import get_plan
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.storage.database import rows
from propdesk.storage.inspections import InspectionSheetRecord


def print_sheets(
    numbers: Sequence[str],
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
    on_progress: Callable[[int, int], None] | None = None,
) -> Printed:
    """Draw sheets into the PDF file `target`, in this order; each begins a page of its own.

    Drawing notes nothing: `note_sheet_prints` does when they have left the printer. `on_progress`
    is told how many are drawn; what it raises stops the drawing, and no file is left. Raises
    RuleError for an unknown sheet, one that was taken back, and a file that cannot be written.
    """
    actor(by.id, Right.DO_ROUNDS)
    if not numbers:
        raise RuleError("sheets-none", _("Choose the sheets that are printed."))
    sheets = [get_sheet(number) for number in numbers]
    for sheet in sheets:
        if sheet.voided_at is not None:
            raise RuleError("sheet-voided", _("The sheet was taken back already."))

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        def papers() -> Iterator[InspectionSheetPaper]:
            for done, sheet in enumerate(sheets, start=1):
                yield _paper(sheet, settings, by=by, now=now)
                if on_progress is not None:
                    on_progress(done, len(sheets))

        more = f" + {len(numbers) - 1}" if len(numbers) > 1 else ""
        title = _("Inspection sheets") + f" {numbers[0]}{more}"
        return render_inspection_sheets(papers(), target, title=title, language=chosen)

    return draw_paper(target, language, draw)


def note_sheet_prints(numbers: Sequence[str], *, by: int, now: datetime) -> None:
    """Note that sheets left the printer; that they went out once more is counted."""
    with writing():
        actor(by, Right.DO_ROUNDS)
        for number in numbers:
            record = InspectionSheetRecord
            record.update(
                printed_at=local(now), prints=record.prints + 1, version=record.version + 1
            ).where(record.id == get_sheet(number).id).execute()


def _paper(
    sheet: Sheet, settings: OfficeSettings, *, by: Staff, now: datetime
) -> InspectionSheetPaper:
    plan = get_plan(sheet.plan_id)
    mark = office_mark(rows("SELECT uid FROM office")[0][0])
    choices = load_inspection_settings()
    _letters, month, sequence = sheet.number.rsplit("-", 2)
    return InspectionSheetPaper(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        kind=plan.draft.kind,
        form=_form(plan, choices.sheet_letters),
        number=sheet.number,
        code_digits=sheet_digits(SheetCode(month, int(sequence), mark)),
        qr_text=qr_text(sheet.number, 1, mark),
        route=sheet.title,
        planned=_planned(sheet, plan),
        walker=sheet.walker,
        rounds=[one.clock for one in sheet.rounds],
        points=[
            SheetPoint(place.code, place.name, place.where, place.items) for place in sheet.places
        ],
        entry_hours=choices.entry_hours,
        printed_at=local(now),
        printed_by=by.name,
    )


def _form(plan: Plan, letters: str) -> str:
    """Return the number of the form, one for each kind of round, and the plan's."""
    kind = list(InspectionKind).index(plan.draft.kind) + 1
    words = _("Form {form}").format(form=f"{letters}-{kind:02d}")
    if not plan.draft.code:
        return words
    return words + "  " + _("Plan {code}").format(code=plan.draft.code)


def _planned(sheet: Sheet, plan: Plan) -> str:
    shift = plan.draft.shift
    words = [f"{sheet.day}", "" if shift is Shift.ANY else str(SHIFT_LABELS[shift])]
    if len(sheet.rounds) == 1:
        words.append(sheet.rounds[0].clock)
    return " ".join(filter(None, words))
