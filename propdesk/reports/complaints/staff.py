"""Departments, people, and how satisfied the callers were."""

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import NO_DEPARTMENT, NOBODY, class_row_label
from propdesk.domain.complaint_rows import (
    Answers,
    ClassRow,
    DepartmentRow,
    PersonRow,
    sum_classes,
)
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.flow import Beside
from propdesk.reports.parts.marks import bar_cell
from propdesk.reports.parts.report_figures import count, fraction, percent
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import Column, Row, RowKind, Table, continued

_TITLE = _lazy("Departments and staff")
_SATISFACTION = _lazy("Satisfaction")
_DEPARTMENTS, _PERSONS = (0.0, 84.0), (90.0, 88.0)  # offset and width in mm
_MOST_BESIDE = 20


def place_departments_and_staff(figures: ComplaintFigures, sections: Sections) -> None:
    """Place both tables side by side, or below each other where one of them is long."""
    departments, persons = _departments(figures), _persons(figures)
    longest = max(len(departments.rows), len(persons.rows))
    if longest <= _MOST_BESIDE:
        sections.place(_TITLE, Beside(((departments, *_DEPARTMENTS), (persons, *_PERSONS))))
    else:
        sections.place_table(_TITLE, departments)
        sections.flow.space(5)
        persons.flow(sections.flow)
    sections.note(
        _(
            "Sent out counts complaints, not journeys. Of staff, ended goes to the handler, "
            "satisfaction to the first receiver."
        )
    )


def _departments(figures: ComplaintFigures) -> Table:
    def row(each: DepartmentRow, kind: RowKind = RowKind.PLAIN) -> Row:
        name = _("Total") if kind is RowKind.TOTAL else each.name or str(NO_DEPARTMENT)
        numbers = (each.dispatched, each.closed, each.open, each.overdue, each.rework)
        return Row((name, *map(count, numbers)), kind)

    all_ = figures.departments
    total = DepartmentRow(
        name="",
        dispatched=sum(each.dispatched for each in all_),
        closed=sum(each.closed for each in all_),
        open=sum(each.open for each in all_),
        overdue=sum(each.overdue for each in all_),
        rework=sum(each.rework for each in all_),
    )
    columns = (
        Column(_("Department")),
        Column(_("Sent out"), 14, Align.RIGHT),
        Column(_("Ended"), 12, Align.RIGHT),
        Column(_("Rest"), 12, Align.RIGHT),
        Column(_("Late"), 11, Align.RIGHT),
        Column(_("Sent back"), 12, Align.RIGHT),
    )
    rows = [*(row(each) for each in all_), row(total, RowKind.TOTAL)]
    return Table(columns, rows, continued=continued(str(_TITLE)))


def _persons(figures: ComplaintFigures) -> Table:
    def row(each: PersonRow, kind: RowKind = RowKind.PLAIN) -> Row:
        name = _("Total") if kind is RowKind.TOTAL else each.name or str(NOBODY)
        numbers = (each.taken, each.first_contact, each.closed)
        rate = each.answers.rate
        return Row((name, *map(count, numbers), fraction(rate), percent(rate)), kind)

    all_ = figures.persons
    total = PersonRow(
        name="",
        taken=sum(each.taken for each in all_),
        first_contact=sum(each.first_contact for each in all_),
        closed=sum(each.closed for each in all_),
        answers=sum((each.answers for each in all_), Answers()),
    )
    columns = (
        Column(_("Staff member")),
        Column(_("Taken"), 11.5, Align.RIGHT),
        Column(_("First asked"), 11.5, Align.RIGHT),
        Column(_("Ended"), 11.5, Align.RIGHT),
        Column(_("Sat./asked"), 18, Align.RIGHT),
        Column(_("Satisf."), 14, Align.RIGHT),
    )
    rows = [*(row(each) for each in all_), row(total, RowKind.TOTAL)]
    return Table(columns, rows, continued=continued(str(_TITLE)))


def place_satisfaction(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the answers by class, and how many rounds it took."""

    def row(each: ClassRow, kind: RowKind = RowKind.PLAIN) -> Row:
        name = _("Total")
        if kind is RowKind.PLAIN:
            name = class_row_label(each.code, is_sub=False)
        answers = each.answers
        share = answers.satisfied / answers.valid if answers.valid else 0.0
        return Row(
            (
                name,
                count(answers.satisfied),
                count(answers.fair),
                count(answers.dissatisfied),
                count(answers.valid),
                fraction(answers.rate),
                percent(answers.rate),
                bar_cell(share) if kind is RowKind.PLAIN else "",
            ),
            kind,
        )

    rows = [row(each) for each in figures.by_class if each.answers.valid]
    rows.append(row(sum_classes("", figures.by_class), RowKind.TOTAL))
    columns = (
        Column(_("Class")),
        Column(_("Satisfied"), 18, Align.RIGHT),
        Column(_("Fair"), 18, Align.RIGHT),
        Column(_("Dissatisfied"), 22, Align.RIGHT),
        Column(_("Answers"), 18, Align.RIGHT),
        Column(_("Sat./asked"), 22, Align.RIGHT),
        Column(_("Satisf."), 18, Align.RIGHT),
        Column("", 32),
    )
    note = _("satisfied only; sent back to work: {count}").format(count=figures.summary.rework)
    sections.place_table(
        _SATISFACTION, Table(columns, rows, continued=continued(str(_SATISFACTION))), note
    )
