"""Readings that left their limits most often: a table, and a small plot of each."""

from decimal import Decimal

from propdesk.domain.inspection_report import (
    InspectionFigures,
    TrendRow,
)
from propdesk.i18n import _, _lazy
from propdesk.reports.inspections.sheet import SIZE
from propdesk.reports.parts.flow import Beside
from propdesk.reports.parts.reading_plots import PlottedReading, ReadingPlot
from propdesk.reports.parts.report_figures import (
    MINUS,
    count,
)
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import Column, Row, Table, continued, for_whole_words

_TRENDS = _lazy("Readings that left their limits most often")
_PLOT_WIDTH, _PLOT_GAP = 85.0, 8.0


def reading(milli: int, decimals: int) -> str:
    """Write a reading in its unit; more decimals than its item's where it has them."""
    value = Decimal(milli).scaleb(-3).normalize()
    exponent = value.as_tuple().exponent
    places = max(decimals, -exponent if isinstance(exponent, int) else 0)
    return f"{value:.{places}f}".replace("-", MINUS)


def place_trends(figures: InspectionFigures, sections: Sections) -> None:
    """Place the readings that left their limits, with a plot of each."""
    right = Align.RIGHT
    columns = (
        Column(_("Place and item")),
        Column(_("Unit"), 14),
        Column(_("Readings"), 16, right),
        Column(_("Out of limits"), 18, right, bold=True),
        Column(_("Lower limit"), 18, right),
        Column(_("Upper limit"), 18, right),
        Column(_("Lowest"), 18, right),
        Column(_("Highest"), 18, right),
    )

    def limit(row: TrendRow, milli: int | None) -> str:
        return "" if milli is None else reading(milli, row.decimals)

    rows = [
        Row(
            (
                f"{row.point} · {row.item}",
                row.unit,
                count(len(row.points)),
                count(row.out),
                limit(row, row.lower_milli),
                limit(row, row.upper_milli),
                reading(row.lowest_milli, row.decimals),
                reading(row.highest_milli, row.decimals),
            )
        )
        for row in figures.trends
    ]
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_TRENDS))
    )
    note = _("dashed: limits; dots: readings out of them")
    sections.place_table(_TRENDS, table, note)
    sections.flow.space(3)
    for first in range(0, len(figures.trends), 2):
        pair = figures.trends[first : first + 2]
        sections.flow.place(
            Beside(
                [
                    (_plot(row, figures), place * (_PLOT_WIDTH + _PLOT_GAP), _PLOT_WIDTH)
                    for place, row in enumerate(pair)
                ]
            )
        )
        sections.flow.space(2)


def _plot(row: TrendRow, figures: InspectionFigures) -> ReadingPlot:
    start = figures.month.start
    whole = (figures.month.end - start).total_seconds()
    readings = [
        PlottedReading((one.at - start).total_seconds() / whole, one.value_milli, one.is_out)
        for one in row.points
    ]
    limits = [
        (float(milli), reading(milli, row.decimals))
        for milli in (row.lower_milli, row.upper_milli)
        if milli is not None
    ]
    title = f"{row.point} · {row.item} {row.unit}".strip()
    ends = (f"{start:%m-%d}", f"{figures.month.last_day:%m-%d}")
    return ReadingPlot(title, readings, limits, ends)
