"""The list of meters to read, on paper and as a workbook to fill in (forms.md 5.7)."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from pathlib import Path

from propdesk.domain.masking import mask_names
from propdesk.domain.meter_readings import MeterStop
from propdesk.domain.meters import MEASURED_IN, METER_LABELS, MeterKind, figure_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.units import building_name
from propdesk.i18n import _
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.reading_sheets import (
    ReadingGroup,
    ReadingRow,
    ReadingSheet,
    render_reading_sheet,
)
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.meters import list_stops

_MONTH_DAYS = 30


def print_reading_sheet(
    kind: MeterKind,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    community_id: int | None = None,
    building_id: int | None = None,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the meters of a kind in walking order into the PDF file `target`; names are masked."""
    fee_actor(by.id, Right.SEE_FEES)
    today = local(now).date()
    stops = list_stops(today, kind=kind, community_id=community_id, building_id=building_id)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = ReadingSheet(
            frame=RegisterFrame(
                office_name=settings.office_name,
                office_name_en=settings.office_name_en,
                title=_("Meter readings: {kind}").format(kind=METER_LABELS[kind]),
                narrowed=_narrowed(stops, today),
                printed_at=local(now),
                printed_by=by.name,
                margin=12.0,
            ),
            unit=str(MEASURED_IN[kind]),
            groups=_groups(stops),
        )
        return render_reading_sheet(paper, target, language=chosen)

    return draw_paper(target, language, draw)


def _narrowed(stops: Sequence[MeterStop], today: date) -> str:
    places = dict.fromkeys(stop.community for stop in stops if stop.community)
    return "    ".join(
        filter(None, ("、".join(places), _("In walking order, as of {day}").format(day=today)))
    )


def _groups(stops: Sequence[MeterStop]) -> tuple[ReadingGroup, ...]:
    """Return the meters of one entrance after the other; several communities are named."""
    several = len({stop.community for stop in stops}) > 1
    groups = []
    for (community, building, entrance), those in groupby(
        stops, key=lambda stop: (stop.community, stop.building, stop.entrance)
    ):
        place = f"{building_name(building)}{_entrance(entrance)}" if building else community
        name = f"{community} {place}" if several and building else place
        groups.append(ReadingGroup(name, tuple(map(_row, those))))
    return tuple(groups)


def _entrance(entrance: str) -> str:
    return " " + _("Entrance {name}").format(name=entrance) if entrance else ""


def _row(stop: MeterStop) -> ReadingRow:
    meter, last = stop.meter, stop.last
    return ReadingRow(
        house=meter.where,
        name=mask_names(stop.owner) if stop.owner else "",
        meter="\n".join(filter(None, (meter.number, meter.place))),
        last=figure_words(last.value_milli) if last else "",
        last_day=f"{last.on_day:%y-%m-%d}" if last else "",
        usual="" if stop.daily is None else figure_words(_monthly(stop)),
        digits=meter.digits,
    )


def _monthly(stop: MeterStop) -> int:
    """Return the mean use of thirty days, whole: what the reader compares with in the head."""
    return round((stop.daily or 0) * _MONTH_DAYS / 1000) * 1000
