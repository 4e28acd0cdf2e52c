"""Scores of 6S, conduct and nine elements (R100, R11, R67), and the days ahead."""

from collections.abc import Sequence

from propdesk.domain.inspection_report import (
    InspectionFigures,
)
from propdesk.domain.statutory_dates import DATE_LABELS, StatutoryDate, left_words
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.inspections.sheet import SIZE
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.marks import bar_cell
from propdesk.reports.parts.report_figures import (
    count,
    percent,
)
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import Column, Row, Table, continued, for_whole_words

_SCORES = _lazy("Scores")
DATES = _lazy("Days ahead")
CONTRACTS = _lazy("Contracts and licences of companies that end")


def place_scores(figures: InspectionFigures, sections: Sections) -> None:
    """Place the points of each scored sheet beside last month's."""
    right = Align.RIGHT
    columns = (
        Column(_("Sheet of points"), 62),
        Column(_("Sheets"), 14, right),
        Column(_("Points given"), 16, right),
        Column(_("Full points"), 18, right),
        Column(_("Per hundred"), 19, right, bold=True),
        Column(""),
        Column(_("Last month"), 18, right),
    )
    rows = [
        Row(
            (
                row.name,
                count(row.sheets),
                f"{row.given:,}",
                f"{row.full:,}",
                percent(row.rate),
                bar_cell(row.given / row.full),
                percent(row.before) if row.before.denominator else "",
            )
        )
        for row in figures.scores
    ]
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_SCORES))
    )
    sections.place_table(_SCORES, table)


def place_dates(
    title: LazyText,
    dates: Sequence[StatutoryDate],
    figures: InspectionFigures,
    sections: Sections,
) -> None:
    """Place the days of law or the ends of contracts, the longest overdue first."""
    note = _("the next {days} days, and what is over").format(days=figures.days_ahead)
    if not dates:
        sections.place(title, Prose(_("No day of law or contract comes up.")), note=note)
        return
    columns = (
        Column(_("What is due"), 34),
        Column(_("Of what")),
        Column(_("Day"), 20, Align.RIGHT),
        Column(_("Time left"), 26, Align.RIGHT, bold=True),
        Column("", 2),
        Column(_("Source"), 44),
    )
    rows = []
    for one in dates:
        source = one.source
        if source and not one.verified:
            source = _("{source} (to be verified)").format(source=source)
        rows.append(
            Row(
                (
                    str(DATE_LABELS[one.kind]),
                    f"{one.subject} {one.where}".strip(),
                    f"{one.day:%Y-%m-%d}",
                    left_words(one),
                    "",
                    source,
                )
            )
        )
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(title))
    )
    sections.place_table(title, table, note)
