"""The tables of rounds: by kind, route and person, and the duties of law."""

from collections.abc import Sequence

from propdesk.domain.inspection_report import (
    InspectionFigures,
    Walked,
    WalkedRow,
)
from propdesk.domain.rates import Rate
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.inspections.sheet import SIZE
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.marks import tag_cell
from propdesk.reports.parts.report_figures import (
    ZERO,
    count,
    percent,
)
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued, for_whole_words

_DUTIES = _lazy("Duties of law in the month")


def _walked_columns(first: str, *, with_not_due: bool) -> tuple[Column, ...]:
    right = Align.RIGHT
    return (
        Column(first),
        Column(_("Planned"), 15, right),
        Column(_("Done in time"), 15, right),
        Column(_("Done late"), 14, right),
        Column(_("Missed"), 14, right, bold=True),
        *((Column(_("Not over yet"), 15, right),) if with_not_due else ()),
        Column(_("Made up for"), 14, right),
        Column(_("Items looked at"), 16, right),
        Column(_("Abnormal"), 15, right),
        Column(_("Coverage"), 15, right, bold=True),
        Column(_("Last month"), 16, right),
    )


def _walked_cells(
    name: str, walked: Walked, before: Rate | None, *, with_not_due: bool
) -> tuple[str, ...]:
    return (
        name,
        count(walked.planned),
        count(walked.in_time),
        count(walked.late),
        count(walked.missed),
        *((count(walked.not_due),) if with_not_due else ()),
        count(walked.made_up),
        count(walked.items),
        count(walked.abnormal),
        percent(walked.done),
        percent(before) if before and before.denominator else "",
    )


def place_walked(
    title: LazyText, first: str, rows: Sequence[WalkedRow], total: Walked, sections: Sections
) -> None:
    """Place a table of rounds with its total."""
    with_not_due = bool(total.not_due)
    lines = [
        Row(
            _walked_cells(
                row.name or _("Nobody named"),
                row.walked,
                row.done_before,
                with_not_due=with_not_due,
            )
        )
        for row in rows
    ]
    sums = _walked_cells(_("Total"), total, None, with_not_due=with_not_due)
    table = Table(
        for_whole_words(_walked_columns(first, with_not_due=with_not_due), (), SIZE),
        [*lines, Row(sums, RowKind.TOTAL)],
        size=SIZE,
        row_height=5.5,
        continued=continued(str(title)),
    )
    sections.place_table(title, table)


def place_duties(figures: InspectionFigures, sections: Sections) -> None:
    """Place the duties of law, each with its source, or say that none was planned."""
    if not figures.statutory:
        text = _("No duty of law was planned in this month: take over the shipped plans.")
        sections.place(_DUTIES, Prose(text))
        return
    right = Align.RIGHT
    columns = (
        Column(_("Duty"), 50),
        Column(_("Planned"), 13, right),
        Column(_("Done in time"), 15, right),
        Column(_("Done late"), 13, right),
        Column(_("Missed"), 13, right, bold=True),
        Column("", 14),
        Column(_("Source")),
    )
    rows = []
    for row in figures.statutory:
        walked = row.walked
        is_missed = bool(walked.missed)
        source = row.source or ZERO
        if not row.verified:
            source = _("{source} (to be verified)").format(source=source)
        word = _("missed") if is_missed else _("kept")
        if walked.not_due and not is_missed:
            word = _("not due")
        rows.append(
            Row(
                (
                    row.name,
                    count(walked.planned),
                    count(walked.in_time),
                    count(walked.late),
                    count(walked.missed),
                    tag_cell(word, black=is_missed),
                    source,
                )
            )
        )
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_DUTIES))
    )
    sections.place_table(_DUTIES, table)
