"""A workbook to fill in with readings: meters in walking order with their last figures.

What comes back is read by `import readings` without any mapping.
"""

from datetime import date, datetime
from pathlib import Path

from propdesk.domain.meter_readings import MeterStop
from propdesk.domain.meters import METER_LABELS, READING_LABELS, MeterKind, figure_words
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local
from propdesk.services.queries.meters import list_stops
from propdesk.sheets.writing import Cell, SheetOut, write_workbook

_WIDTHS = (12.0, 14.0, 10.0, 18.0, 12.0, 13.0, 13.0, 13.0, 13.0, 24.0)
_AS_TEXT = "@"
_FORMATS = (_AS_TEXT, _AS_TEXT, None, _AS_TEXT, None, _AS_TEXT, None, _AS_TEXT, None, None)


def export_reading_list(
    kind: MeterKind | None,
    target: Path,
    *,
    by: int,
    now: datetime,
    on_day: date | None = None,
    community_id: int | None = None,
    building_id: int | None = None,
) -> int:
    """Write the list of meters to fill in as XLSX; return how many there are."""
    check_target(target, ".xlsx")
    fee_actor(by, Right.SEE_FEES)
    day = on_day or local(now).date()
    stops = list_stops(day, kind=kind, community_id=community_id, building_id=building_id)
    header = (
        _("House"), _("Community"), _("Meter"), _("Meter no."), _("Last reading"), _("Last read"),
        _("This reading"), _("Read on"), _("Way of reading"), _("Note"),
    )  # fmt: skip
    ways = [str(label) for label in READING_LABELS.values()]
    write_workbook(
        target,
        [
            SheetOut(
                _("Meter readings"),
                header,
                [_row(stop, day) for stop in stops],
                _WIDTHS,
                _FORMATS,
                choices={8: ways},
            )
        ],
    )
    return len(stops)


def _row(stop: MeterStop, day: date) -> tuple[Cell, ...]:
    meter, last = stop.meter, stop.last
    return (
        meter.where if meter.unit_id is not None else "",
        stop.community,
        str(METER_LABELS[meter.kind]),
        meter.number,
        figure_words(last.value_milli) if last else "",
        last.on_day.isoformat() if last else "",
        None,
        day.isoformat(),
        None,
        None,
    )
