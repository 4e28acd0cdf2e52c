"""Pictures of meters: the list in which readings are typed, the part of the house file, a change.

Meters and readings are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, cast

from propdesk.domain.meter_readings import ReadingDraft
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.services.attachments import PastedFile
from propdesk.services.meter_readings import add_reading_photos, enter_readings
from propdesk.services.meters import add_meter
from propdesk.services.queries.meter_readings import list_meter_readings
from propdesk.services.queries.meters import list_meters
from propdesk.services.queries.units import Unit, get_unit, list_buildings, list_units
from ui.context import AppContext
from ui.dialogs.meter_dialogs import EditMeterDialog, MeterDialog, RemoveMeterDialog
from ui.dialogs.meter_readings_dialog import MeterReadingsDialog
from ui.dialogs.meters_dialog import MetersDialog
from ui.dialogs.reading_sheet_dialog import ReadingSheetDialog
from ui.dialogs.readings_dialog import ReadingsDialog
from ui.pages.house_meters import HouseMeters
from ui.pages.residents import ResidentsPage
from ui.shots_tickets import a_photo

if TYPE_CHECKING:
    from ui.screenshots import Stage

_HOUSES, _MONTHS = 30, 6


def _fill(context: AppContext) -> Unit:
    """Give the first houses water and power meters with the readings of half a year."""
    by, now = context.staff.id, context.now()
    today = now.date()
    houses = list_units(today=today, limit=_HOUSES)
    if list_meters():
        return get_unit(houses[0].id)
    drafts = []
    for place, house in enumerate(houses):
        for kind, letter, often in ((MeterKind.WATER, "S", 1), (MeterKind.ELECTRICITY, "D", 14)):
            number = f"{letter}{24_000 + place}"
            draft = MeterDraft(kind, date(today.year - 1, 1, 5), number, first_milli=place * 7_000)
            meter = add_meter(draft, unit_id=house.id, by=by, now=now)
            for month in range(_MONTHS):
                used = (place * 7 + (month + 1) * (6 + place % 9) * often) * 1_000
                on_day = date(today.year, today.month - _MONTHS + month, 20)
                drafts.append(ReadingDraft(meter.id, on_day, used + (month % 3) * 1_000))
    enter_readings(drafts, by=by, now=now)
    building = list_buildings()[0][0]
    common = MeterDraft(
        MeterKind.ELECTRICITY, date(today.year - 1, 1, 5), "G-01", multiplier_milli=40_000
    )
    add_meter(common, building_id=building, by=by, now=now)
    last = date(today.year, today.month, 19)
    estimate = ReadingDraft(list_meters(unit_id=houses[0].id)[0].id, last, None)
    enter_readings([estimate], by=by, now=now)
    return get_unit(houses[0].id)


def _readings(stage: "Stage") -> None:
    """Show the list with a few figures typed: two usual ones, one that stands out, one below."""
    _fill(stage.context)
    dialog = ReadingsDialog(stage.context, stage.window)
    dialog.kind.choose(MeterKind.WATER.value)
    dialog.kind.picked.emit(MeterKind.WATER.value)
    for step in (6, 9, 70, -2):
        line = dialog.table.current_row()
        last = line.stop.last.value_milli // 1_000
        dialog.figure.textEdited.emit(str(last + step))
        dialog.figure.walked.emit(1)
    dialog.figure.walked.emit(-1)
    # Nobody answers when the picture is taken and the list is closed.
    dialog._gives_up = lambda: True  # type: ignore[method-assign]  # noqa: SLF001
    dialog.ask()


def _meters(stage: "Stage") -> None:
    """Show the meters of the office, one of them common."""
    _fill(stage.context)
    MetersDialog(stage.context, stage.window).ask()


def _new(stage: "Stage") -> None:
    """Show a new meter whose digits cannot be."""
    _fill(stage.context)
    dialog = MeterDialog(stage.context, stage.window)
    dialog.digits.show_words("2")
    dialog.house.show_words("98-1-1")
    dialog.keep()
    dialog.ask()


def _edit(stage: "Stage") -> None:
    _fill(stage.context)
    EditMeterDialog(stage.context, stage.window, list_meters()[0]).ask()


def _take_out(stage: "Stage") -> None:
    _fill(stage.context)
    RemoveMeterDialog(stage.context, stage.window, list_meters()[0]).ask()


def _meter_readings(stage: "Stage") -> None:
    """Show the readings of a meter, the last one with a photo."""
    context = stage.context
    meter = list_meters(unit_id=_fill(context).id)[0]
    line = list_meter_readings(meter.id)[0]
    if not line.photos:
        photo = PastedFile(f"{meter.number}.png", a_photo(200))
        add_reading_photos(context.office, line.id, [photo], by=context.staff.id, now=context.now())
    MeterReadingsDialog(context, stage.window, meter).ask()


def _sheet(stage: "Stage") -> None:
    _fill(stage.context)
    ReadingSheetDialog(stage.context, stage.window).ask()


def _change(stage: "Stage") -> None:
    """Show a meter that comes in the place of another."""
    dialog = MeterDialog(stage.context, stage.window, _fill(stage.context))
    dialog.replaces.setCurrentIndex(1)
    dialog.replaces.picked.emit(dialog.replaces.value())
    dialog.ask()


def _part(stage: "Stage") -> None:
    """Show the meters of a house."""
    unit = _fill(stage.context)
    page = cast(ResidentsPage, stage.page("residents"))
    page.show_unit(unit.id)
    file = page._side.file  # noqa: SLF001 - pictures look inside
    place = next(n for n, part in enumerate(file.parts) if isinstance(part, HouseMeters))
    file.show_part(place)


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (("house-meters", _part),)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("readings", _readings),
    ("meter-change", _change),
    ("meters", _meters),
    ("meter-new-problems", _new),
    ("meter-edit", _edit),
    ("meter-remove", _take_out),
    ("meter-readings", _meter_readings),
    ("reading-sheet", _sheet),
)
