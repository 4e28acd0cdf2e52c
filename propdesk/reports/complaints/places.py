"""Where complaints came from: channels and buildings, side by side."""

from collections.abc import Sequence
from itertools import compress

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import building_label
from propdesk.domain.complaint_rows import BuildingRow
from propdesk.domain.rates import Rate
from propdesk.domain.tickets import CHANNEL_LABELS
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.flow import Beside
from propdesk.reports.parts.marks import bar_cell
from propdesk.reports.parts.report_figures import ZERO, count, percent
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued

_TITLE = _lazy("Channels and places")
_CHANNELS, _BUILDINGS = (0.0, 76.0), (84.0, 94.0)  # offset and width in mm
_MOST_BESIDE = 26  # rows; a longer list of buildings goes on over pages by itself


def place_channels_and_buildings(figures: ComplaintFigures, sections: Sections) -> None:
    """Place both tables; a long list of buildings follows below and may go over pages."""
    channels = _channels(figures)
    buildings = _buildings(figures)
    if len(buildings.rows) <= _MOST_BESIDE:
        sections.place(_TITLE, Beside(((channels, *_CHANNELS), (buildings, *_BUILDINGS))))
    else:
        sections.place(_TITLE, Beside(((channels, *_CHANNELS),)))
        sections.flow.space(5)
        buildings.flow(sections.flow)


def _channels(figures: ComplaintFigures) -> Table:
    received = figures.balance.received
    most = max(row.count for row in figures.channels)
    rows = [
        Row(
            (
                str(CHANNEL_LABELS[row.channel]),
                count(row.count),
                percent(Rate(row.count, received)),
                bar_cell(row.count / most),
            )
        )
        for row in figures.channels
    ]
    rows.append(
        Row((_("Total"), count(received), percent(Rate(received, received)), ""), RowKind.TOTAL)
    )
    columns = (
        Column(_("Channel")),
        Column(_("Cases"), 14, Align.RIGHT),
        Column(_("Portion"), 15, Align.RIGHT),
        Column("", 24),
    )
    return Table(columns, rows)


def _buildings(figures: ComplaintFigures) -> Table:
    shown, quiet = _worth_a_row(figures.buildings)
    received, households = figures.balance.received, figures.households
    known = any(row.households for row in figures.buildings)
    rows = [
        Row(
            (
                building_label(row.label),
                count(row.count),
                count(row.households),
                _per_hundred(row),
                bar_cell(length),
            )
        )
        for row, length in zip(shown, bar_lengths(shown, by_rate=known), strict=True)
    ]
    if quiet:
        text = _("{count} buildings without complaints").format(count=len(quiet))
        rows.append(Row((text, ZERO, count(sum(row.households or 0 for row in quiet)), "", "")))
    rate = percent(Rate(received, households), 2).rstrip("%")
    rows.append(Row((_("Total"), count(received), count(households), rate, ""), RowKind.TOTAL))
    columns = (
        Column(_("Building or place")),
        Column(_("Cases"), 12, Align.RIGHT),
        Column(_("Occupied"), 17, Align.RIGHT),
        Column(_("Per 100 households"), 19, Align.RIGHT),
        Column("", 21),
    )
    used = (True, True, known, known, True)
    rows = [Row(tuple(compress(row.cells, used)), row.kind) for row in rows]
    return Table(tuple(compress(columns, used)), rows, continued=continued(str(_TITLE)))


def bar_lengths(rows: Sequence[BuildingRow], *, by_rate: bool) -> list[float]:
    """Return the bars' lengths from 0 to 1: of the rate beside them, else of the number."""
    drawn = [float((row.per_hundred or 0) if by_rate else row.count) for row in rows]
    most = max(drawn) or 1.0
    return [length / most for length in drawn]


def _per_hundred(row: BuildingRow) -> str:
    """Write a building's rate; common places have no households, so nothing to divide by."""
    if row.households is None:
        return ""
    value = row.per_hundred
    return ZERO if value is None or not row.count else f"{value:.2f}"


def _worth_a_row(rows: Sequence[BuildingRow]) -> tuple[list[BuildingRow], list[BuildingRow]]:
    """Return the buildings shown one by one, and the quiet ones that share a row."""
    if len(rows) < _MOST_BESIDE:
        return list(rows), []
    return [row for row in rows if row.count], [row for row in rows if not row.count]
