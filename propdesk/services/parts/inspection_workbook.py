"""The inspection figures as the sheets of a workbook, in the paper's language."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from propdesk.domain.check_items import INSPECTION_LABELS, InspectionKind
from propdesk.domain.findings import FINDING_LABELS, FindingState
from propdesk.domain.inspection_report import Found, InspectionFigures, Walked, WalkedRow
from propdesk.domain.rates import Rate
from propdesk.domain.statutory_dates import DATE_LABELS, StatutoryDate
from propdesk.i18n import _
from propdesk.sheets.writing import Cell, SheetOut

_RATE = "0.0%"


def inspection_sheets(figures: InspectionFigures, titles: Sequence[str]) -> tuple[SheetOut, ...]:
    """Return the sheets; `titles` stand above the first one's table (office, month, print time)."""
    total = figures.walked
    kinds = [
        replace(row, name=str(INSPECTION_LABELS[InspectionKind(row.name)]))
        for row in figures.by_kind
    ]
    return (
        _walked_sheet(_("By kind"), _("Kind"), kinds, total, titles=titles),
        _walked_sheet(_("By route"), _("Route"), figures.by_plan, total),
        _walked_sheet(_("By person"), _("Name"), figures.by_walker, total),
        _walked_sheet(_("Duties of law"), _("Duty"), figures.statutory, None, with_source=True),
        _found_sheet(figures),
        _repeated_sheet(figures),
        _overdue_sheet(figures),
        _faults_sheet(figures),
        _trends_sheet(figures),
        _scores_sheet(figures),
        _dates_sheet(_("Days ahead"), figures.duties),
        _dates_sheet(_("Contracts"), figures.contracts),
    )


def _share(rate: Rate) -> Cell:
    return Decimal(rate.numerator) / rate.denominator if rate.denominator else None


def _walked_sheet(
    name: str,
    first: str,
    rows: Sequence[WalkedRow],
    total: Walked | None,
    *,
    with_source: bool = False,
    titles: Sequence[str] = (),
) -> SheetOut:
    def cells(walked: Walked) -> tuple[Cell, ...]:
        return (
            walked.planned,
            walked.in_time,
            walked.late,
            walked.missed,
            walked.not_due,
            walked.made_up,
            walked.items,
            walked.abnormal,
            _share(walked.done),
        )

    header: tuple[str, ...] = (
        first,
        _("Planned"),
        _("Done in time"),
        _("Done late"),
        _("Missed"),
        _("Not over yet"),
        _("Made up for"),
        _("Items looked at"),
        _("Abnormal"),
        _("Coverage"),
        _("Last month"),
    )
    lines: list[tuple[Cell, ...]] = [
        (row.name or _("Nobody named"), *cells(row.walked), _share(row.done_before)) for row in rows
    ]
    if total is not None:
        lines.append((_("Total"), *cells(total), None))
    if with_source:
        header = (*header, _("Source"), _("Verified"))
        lines = [
            (*line, row.source, _checked(row.verified))
            for line, row in zip(lines, rows, strict=True)
        ]
    return SheetOut(name, header, lines, formats=(*[None] * 9, _RATE, _RATE), titles=titles)


def _found_sheet(figures: InspectionFigures) -> SheetOut:
    def cells(name: str, found: Found) -> tuple[Cell, ...]:
        return (
            name,
            found.new,
            found.fixed_on_site,
            found.rectified,
            found.ticket,
            found.notice,
            found.open,
            found.dropped,
            _share(found.put_right),
            found.median_days,
        )

    header = (
        _("Kind"),
        _("New"),
        str(FINDING_LABELS[FindingState.FIXED_ON_SITE]),
        str(FINDING_LABELS[FindingState.RECTIFIED]),
        _("With ticket"),
        _("With notice"),
        _("Nothing done yet"),
        str(FINDING_LABELS[FindingState.DROPPED]),
        _("Rectification rate"),
        _("Median days"),
    )
    rows = [cells(str(INSPECTION_LABELS[row.kind]), row.found) for row in figures.found_by_kind]
    rows.append(cells(_("Total"), figures.found))
    rows.append(cells(_("Last month"), figures.found_before))
    rows.append((_("Open from earlier months"), None, None, None, None, None, figures.open_before))
    return SheetOut(_("Findings"), header, rows, formats=(*[None] * 8, _RATE))


def _repeated_sheet(figures: InspectionFigures) -> SheetOut:
    header = (_("Place"), _("What was found"), _("Times"), _("Last found"), _("State"))
    rows = [
        (row.where, row.text, row.times, row.last_on,
         _("still open") if row.is_open else _("Rectified"))
        for row in figures.repeated
    ]  # fmt: skip
    return SheetOut(_("Needs improvement"), header, rows)


def _overdue_sheet(figures: InspectionFigures) -> SheetOut:
    header = (_("No."), _("Who is to rectify"), _("What is wrong"), _("Deadline"), _("Days over"))
    rows = [
        (row.number, row.addressee, row.problem, row.deadline_on, row.days_over)
        for row in figures.overdue
    ]
    return SheetOut(_("Overdue notices"), header, rows)


def _faults_sheet(figures: InspectionFigures) -> SheetOut:
    header = (
        _("Thing"),
        _("Faults"),
        _("Tickets"),
        _("Findings"),
        _("Last month"),
        _("Days between"),
        _("Last"),
    )
    rows = [
        (row.name, row.faults, row.tickets, row.findings, row.before, row.days_between, row.last_on)
        for row in figures.faults
    ]
    return SheetOut(_("Faults"), header, rows)


def _trends_sheet(figures: InspectionFigures) -> SheetOut:
    def value(milli: int | None) -> Cell:
        return None if milli is None else Decimal(milli).scaleb(-3)

    header = (
        _("Place"),
        _("Item"),
        _("Unit"),
        _("Readings"),
        _("Out of limits"),
        _("Lower limit"),
        _("Upper limit"),
        _("Lowest"),
        _("Highest"),
    )
    rows = [
        (row.point, row.item, row.unit, len(row.points), row.out, value(row.lower_milli),
         value(row.upper_milli), value(row.lowest_milli), value(row.highest_milli))
        for row in figures.trends
    ]  # fmt: skip
    return SheetOut(_("Readings"), header, rows)


def _scores_sheet(figures: InspectionFigures) -> SheetOut:
    header = (
        _("Sheet of points"),
        _("Sheets"),
        _("Points given"),
        _("Full points"),
        _("Per hundred"),
        _("Last month"),
    )
    rows = [
        (row.name, row.sheets, row.given, row.full, _share(row.rate), _share(row.before))
        for row in figures.scores
    ]
    return SheetOut(_("Scores"), header, rows, formats=(None, None, None, None, _RATE, _RATE))


def _checked(is_verified: bool) -> str:
    """Return the mark of a source: whether it was read in the text of the law (law.md 1.11)."""
    return _("verified") if is_verified else _("to be verified")


def _dates_sheet(name: str, dates: Sequence[StatutoryDate]) -> SheetOut:
    header = (_("What is due"), _("Of what"), _("Day"), _("Days left"), _("Source"), _("Verified"))
    rows = [
        (str(DATE_LABELS[one.kind]), one.subject, one.day, one.days_left, one.source,
         None if one.plan_id is None else _checked(one.verified))
        for one in dates
    ]  # fmt: skip
    return SheetOut(name, header, rows)
