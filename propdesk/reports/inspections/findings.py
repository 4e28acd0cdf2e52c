"""Findings and their rectification, what returns, overdue notices, faults of things (R70)."""

from propdesk.domain.check_items import INSPECTION_LABELS
from propdesk.domain.findings import FINDING_LABELS, FindingState
from propdesk.domain.inspection_report import (
    Found,
    InspectionFigures,
)
from propdesk.i18n import _, _lazy, ngettext
from propdesk.reports.inspections.sheet import SIZE
from propdesk.reports.parts.flow import Prose
from propdesk.reports.parts.marks import bar_cell, tag_cell
from propdesk.reports.parts.patterns import Pattern
from propdesk.reports.parts.report_figures import (
    count,
    day,
    percent,
    signed,
)
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued, for_whole_words

_FOUND = _lazy("Findings and rectification")
_REPEATED = _lazy("Needs improvement")
_OVERDUE = _lazy("Notices to rectify that are overdue")
_FAULTS = _lazy("Faults of things")


def _found_cells(name: str, found: Found) -> tuple[str, ...]:
    days = "" if found.median_days is None else f"{found.median_days:g}"
    return (
        name,
        count(found.new),
        count(found.fixed_on_site),
        count(found.rectified),
        count(found.ticket),
        count(found.notice),
        count(found.open),
        count(found.dropped),
        percent(found.put_right),
        days,
    )


def place_found(figures: InspectionFigures, sections: Sections) -> None:
    """Place the findings by kind of round, with the rate of rectification."""
    right = Align.RIGHT
    columns = (
        Column(_("Kind")),
        Column(_("New"), 13, right, bold=True),
        Column(str(FINDING_LABELS[FindingState.FIXED_ON_SITE]), 18, right),
        Column(str(FINDING_LABELS[FindingState.RECTIFIED]), 16, right),
        Column(_("With ticket"), 16, right),
        Column(_("With notice"), 16, right),
        Column(_("Nothing done yet"), 13, right),
        Column(str(FINDING_LABELS[FindingState.DROPPED]), 13, right),
        Column(_("Rectification rate"), 18, right, bold=True),
        Column(_("Median days"), 15, right),
    )
    rows = [
        Row(_found_cells(str(INSPECTION_LABELS[row.kind]), row.found))
        for row in figures.found_by_kind
    ]
    rows.append(Row(_found_cells(_("Total"), figures.found), RowKind.TOTAL))
    rows.append(Row(_found_cells(_("Last month"), figures.found_before)))
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_FOUND))
    )
    sections.place_table(_FOUND, table)
    words = _("Put right on the spot and rectified, of the new; days from finding to rectifying.")
    if figures.open_before:
        older = ngettext(
            "{count} finding of earlier months is still open.",
            "{count} findings of earlier months are still open.",
            figures.open_before,
        ).format(count=figures.open_before)
        words = _("{first} {second}").format(first=words, second=older)
    sections.note(words)


def place_repeated(figures: InspectionFigures, sections: Sections) -> None:
    """Place what was found again and again, or say that there is none."""
    if not figures.repeated:
        text = _("Nothing was found {times} times or oftener.").format(times=figures.repeat_times)
        sections.place(_REPEATED, Prose(text))
        return
    columns = (
        Column(_("Place"), 58),
        Column(_("What was found")),
        Column(_("Times"), 14, Align.RIGHT, bold=True),
        Column(_("Last found"), 20, Align.RIGHT),
        Column("", 18),
    )
    rows = [
        Row(
            (
                row.where,
                row.text,
                count(row.times),
                day(row.last_on, figures.month),
                tag_cell(_("still open") if row.is_open else _("Rectified"), black=row.is_open),
            )
        )
        for row in figures.repeated
    ]
    note = _("the same {times} times or oftener").format(times=figures.repeat_times)
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_REPEATED))
    )
    sections.place_table(_REPEATED, table, note)


def place_overdue(figures: InspectionFigures, sections: Sections) -> None:
    """Place the notices whose deadline is over."""
    columns = (
        Column(_("No."), 27),
        Column(_("Who is to rectify"), 40),
        Column(_("What is wrong")),
        Column(_("Deadline"), 22, Align.RIGHT),
        Column(_("Days over"), 16, Align.RIGHT, bold=True),
    )
    rows = [
        Row(
            (
                row.number,
                row.addressee,
                row.problem,
                day(row.deadline_on, figures.month),
                count(row.days_over),
            )
        )
        for row in figures.overdue
    ]
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_OVERDUE))
    )
    sections.place_table(_OVERDUE, table)


def place_faults(figures: InspectionFigures, sections: Sections) -> None:
    """Place the faults of each thing beside last month's (R70)."""
    right = Align.RIGHT
    columns = (
        Column(_("Thing"), 56),
        Column(_("Faults"), 14, right, bold=True),
        Column(""),
        Column(_("Tickets"), 15, right),
        Column(_("Findings"), 15, right),
        Column(_("Last month"), 17, right),
        Column(_("± last month"), 17, right),
        Column(_("Days between"), 17, right),
        Column(_("Last"), 15, right),
    )
    most = max(row.faults for row in figures.faults)
    rows = [
        Row(
            (
                row.name,
                count(row.faults),
                bar_cell(row.faults / most, Pattern.HATCH),
                count(row.tickets),
                count(row.findings),
                count(row.before),
                signed(row.faults - row.before),
                "" if row.days_between is None else f"{row.days_between}",
                day(row.last_on, figures.month),
            )
        )
        for row in figures.faults
    ]
    table = Table(
        for_whole_words(columns, (), SIZE), rows, size=SIZE, continued=continued(str(_FAULTS))
    )
    sections.place_table(_FAULTS, table, _("a finding with a ticket counts once"))
