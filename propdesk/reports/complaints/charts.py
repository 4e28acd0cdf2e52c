"""The plots: twelve months, Pareto of the sub-classes, weekday by hour."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.domain.classes import class_label
from propdesk.domain.complaint_book import CLASS_ORDER
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import WEEKDAYS, class_row_number, sub_class_name
from propdesk.domain.complaint_rows import HourTable, MonthPoint
from propdesk.domain.rates import Rate
from propdesk.i18n import _, _lazy
from propdesk.reports.parts import charts
from propdesk.reports.parts.charts import HeatTable, Pareto, Series, StackedBars
from propdesk.reports.parts.flow import Beside, Prose
from propdesk.reports.parts.patterns import Pattern
from propdesk.reports.parts.report_figures import NOTE_SIZE, percent, short_month
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import HEAD, ROW, Align, Box, Sheet
from propdesk.reports.parts.text import width_mm

_SERIES = _lazy("Twelve months")
_PARETO = _lazy("Pareto of the sub-classes")
_HOURS = _lazy("Weekday and hour of receipt")
_PATTERNS = (Pattern.SOLID, Pattern.HATCH, Pattern.DOTS, Pattern.WHITE, Pattern.LINES)
_PLOT = 50.0  # mm; with Pareto and hours it fills a page
_SIDE = 24.0  # mm at least at the left of the plot, for legend and axis
_MOST_BARS = 9


def place_series(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the stacked bars of twelve months with their figures."""
    points = figures.series
    series = [
        Series(str(class_label(code)), pattern, tuple(p.received_by_class[place] for p in points))
        for place, (code, pattern) in enumerate(zip(CLASS_ORDER, _PATTERNS, strict=True))
    ]
    if not any(series[-1].values):
        series.pop()
    received = sum(point.balance.received for point in points)
    mean = received / max(len(figures.months_on_record), 1)
    names = [each.name for each in series] + [_("Ended"), _("Rest")]
    side = max(_SIDE, 7 + max(width_mm(name, 7.8) for name in names))
    bars = StackedBars(
        periods=tuple(short_month(point.month) for point in points),
        years=tuple(point.month.year for point in points),
        series=tuple(series),
        mean=mean,
        mean_text=_("mean {count}").format(count=f"{mean:.1f}"),
        plot=_PLOT,
        side=side,
    )
    note = _("cases per month; {count} in twelve months").format(count=f"{received:,}")
    sections.place(_SERIES, bars, _StockRows(points, side), note=note)


@dataclass(frozen=True, slots=True)
class _StockRows:
    """What was closed and what was open at the end of each month, below the bars' own figures."""

    points: Sequence[MonthPoint]
    side: float
    row: float = 5.5

    def height(self, sheet: Sheet, width: float) -> float:  # noqa: ARG002 - the Block protocol
        """Return the height of both rows."""
        return self.row * 2

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the rows under the columns of the bars."""
        step = (width - self.side) / len(self.points)
        y -= 1  # directly below the figures of the bars
        for name, term in ((_("Ended"), "closed"), (_("Rest"), "open")):
            base = y + self.row / 2 + 1.05
            sheet.text(x, base, name, 7.8)
            for place, point in enumerate(self.points):
                last = place == len(self.points) - 1
                number: int = getattr(point.balance, term)
                at = x + self.side + step * (place + 0.5) + 1.6
                sheet.text(at, base, str(number or "–"), 8, bold=last, align=Align.RIGHT)
            y += self.row
            sheet.rule(x, y, x + width, HEAD if term == "open" else ROW)


def place_pareto(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the bars of the sub-classes, the smallest of many together as the last one."""
    classed = sum(row.count for row in figures.pareto)
    if not classed:
        sections.place(_PARETO, Prose(_("None of the new complaints is classed yet."), 8.6))
        return
    rows = list(figures.pareto)
    shown = rows if len(rows) <= _MOST_BARS else rows[: _MOST_BARS - 1]
    bars = [
        charts.ParetoRow(
            code=class_row_number(row.code, is_sub=True),
            name=sub_class_name(row.code),
            count=row.count,
            cumulative=row.cumulative / classed,
        )
        for row in shown
    ]
    if len(shown) < len(rows):
        text = _("{count} other sub-classes").format(count=len(rows) - len(shown))
        rest = classed - shown[-1].cumulative
        bars.append(charts.ParetoRow("", text, rest, 1.0, remainder=True))
    half = next(place for place, row in enumerate(rows, 1) if row.cumulative * 2 >= classed)
    note = _("the first {count} make {share} of the classed").format(
        count=half, share=percent(Rate(rows[half - 1].cumulative, classed))
    )
    sections.place(
        _PARETO,
        Pareto(tuple(bars), _("Cases"), _("Cumulative share"), row=5.6, names=47.0),
        note=note,
    )
    unclassed = figures.balance.received - classed
    if unclassed:
        sections.note(
            _("{count} complaints that are not classed yet stay out.").format(count=unclassed)
        )


def place_hours(figures: ComplaintFigures, sections: Sections) -> None:
    """Place weekday by hour, with what it says beside it."""
    table = figures.hours
    most = max(max(row) for row in table.cells)
    black = max(3, -(-most * 2 // 3))
    framed = max(2, -(-most // 3))
    heat = HeatTable(
        columns=tuple(f"{start}–{end}" for start, end in table.bands),
        rows=tuple(map(str, WEEKDAYS)),
        counts=table.cells,
        total=_("Total"),
        black=black,
        framed=framed,
        row=5.4,
    )
    text = _Told(_peaks(table), black, framed)
    sections.place(_HOURS, Beside(((heat, 0.0, 130.0), (text, 137.0, 41.0))), note=_("hours"))


def _peaks(table: HourTable) -> str:
    """Return the busiest band and the busiest weekday, each where it stands alone."""
    bands, days = table.by_band, table.by_day
    told = []
    if bands.count(max(bands)) == 1:
        band = bands.index(max(bands))
        start, end = table.bands[band]
        told.append(
            _("Most come from {start} to {end} o'clock: {count}, {share} of all.").format(
                start=start,
                end=end,
                count=bands[band],
                share=percent(Rate(bands[band], table.total)),
            )
        )
    if days.count(max(days)) == 1:
        weekday = days.index(max(days))
        told.append(
            _("The busiest day is {weekday} with {number}.").format(
                weekday=WEEKDAYS[weekday], number=days[weekday]
            )
        )
    if not told:
        return _("No time of the day and no weekday stands out.")
    return _("{first} {second}").format(first=told[0], second=told[1]) if told[1:] else told[0]


@dataclass(frozen=True, slots=True)
class _Told:
    """The sentence beside the table, and what black and framed cells mean."""

    text: str
    black: int
    framed: int

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height of text and legend."""
        return Prose(self.text, 8.6, 5.0).height(sheet, width) + 14

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the text and the legend below it."""
        prose = Prose(self.text, 8.6, 5.0)
        prose.draw(sheet, x, y + 5, width)
        base = y + 5 + prose.height(sheet, width) + 6
        sheet.fill(Box(x, base - 2.8, 5, 3.4))
        sheet.text(x + 6.6, base, _("{count} and more").format(count=self.black), NOTE_SIZE)
        if self.framed < self.black:
            sheet.frame(Box(x, base + 2.6, 5, 3.4), 0.9)
            text = _("{low} to {high}").format(low=self.framed, high=self.black - 1)
            if self.framed == self.black - 1:
                text = _("{count} cases").format(count=self.framed)
            sheet.text(x + 6.6, base + 5.4, text, NOTE_SIZE)
