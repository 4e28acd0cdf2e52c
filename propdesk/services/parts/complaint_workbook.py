"""The complaint figures as the sheets of a workbook, in the paper's language."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from propdesk.domain.classes import class_label, class_path
from propdesk.domain.complaint_book import CLASS_ORDER
from propdesk.domain.complaint_figures import ComplaintFigures, Unit
from propdesk.domain.complaint_labels import (
    KEY_FIGURE_LABELS,
    NO_DEPARTMENT,
    NOBODY,
    QUALITY_LABELS,
    TERM_LABELS,
    WEEKDAYS,
    building_label,
    class_row_label,
    class_row_number,
    definitions,
    quality_label,
)
from propdesk.domain.complaint_rows import Answers, ClassRow, sum_classes
from propdesk.domain.rates import Rate
from propdesk.domain.tickets import CHANNEL_LABELS, EVENT_LABELS, STATUS_LABELS
from propdesk.i18n import _
from propdesk.sheets.writing import Cell, SheetOut

_RATE = "0.0%"
# Every term of the identity, so that it can be checked in each row.
_TERMS = ("carried_over", "received", "reopened", "moved_in", "closed", "removed", "open")


def complaint_sheets(figures: ComplaintFigures, titles: Sequence[str]) -> tuple[SheetOut, ...]:
    """Return the sheets; `titles` stand above the first one's table (office, month, print time)."""
    return (
        _key_figures(figures, titles),
        _classes(figures),
        _months(figures),
        _pareto(figures),
        _channels(figures),
        _buildings(figures),
        _hours(figures),
        _departments(figures),
        _persons(figures),
        _open_list(figures),
        _repeats(figures),
        _quality(figures),
        _definitions(figures),
    )


def _share(rate: Rate) -> Cell:
    return None if not rate.denominator else Decimal(rate.numerator) / rate.denominator


def _key_figures(figures: ComplaintFigures, titles: Sequence[str]) -> SheetOut:
    def rows() -> Iterator[tuple[Cell, ...]]:
        then = [
            None if month is None else month.balance
            for month in (figures.previous, figures.last_year)
        ]
        for name, label in TERM_LABELS.items():
            now: int = getattr(figures.balance, name)
            before, year = (None if b is None else getattr(b, name) for b in then)
            change = None if before is None else now - before
            year_change = None if year is None else now - year
            yield str(label), now, None, None, None, before, change, year, year_change, None
        for row in figures.key_figures:
            unit = "%" if row.unit is Unit.PERCENT else None
            yield (
                str(KEY_FIGURE_LABELS[row.code]),
                row.value,
                row.numerator,
                row.denominator,
                row.paused,
                row.previous,
                row.change,
                row.last_year,
                row.year_change,
                unit,
            )

    header = (
        _("Key figure"),
        _("This month"),
        _("Numerator"),
        _("Denominator, n"),
        _("Of these waited"),
        _("Last month"),
        _("± last month"),
        _("Last year"),
        _("± last year"),
        _("Counted in"),
    )
    return SheetOut(_("Key figures"), header, tuple(rows()), titles=titles)


def _classes(figures: ComplaintFigures) -> SheetOut:
    header = (
        _("Ref."),
        _("Class"),
        *(str(TERM_LABELS[name]) for name in _TERMS),
        _("Portion"),
        _("Overdue"),
        _("Of these to confirm"),
        _("Last month"),
        _("± last month"),
        _("Last year"),
        _("± last year"),
        _("Satisfied"),
        _("Answers"),
        _("Satisfaction rate"),
    )

    def cells(number: str, name: str, row: ClassRow) -> tuple[Cell, ...]:
        balance = row.balance
        return (
            number,
            name,
            balance.carried_over,
            balance.received,
            balance.reopened,
            balance.moved_in,
            balance.closed,
            balance.removed,
            balance.open,
            _share(Rate(balance.received, figures.balance.received)),
            row.overdue,
            row.suggested,
            row.previous,
            row.change,
            row.last_year,
            row.year_change,
            *_answers(row.answers),
        )

    rows = [
        cells(
            class_row_number(row.code, is_sub=is_sub),
            class_row_label(row.code, is_sub=is_sub),
            row,
        )
        for row, is_sub in figures.class_rows()
    ]
    rows.append(cells("", _("Total"), sum_classes("", figures.by_class)))
    formats = (*[None] * 9, _RATE, *[None] * 8, _RATE)
    return SheetOut(_("Classes"), header, tuple(rows), formats=formats)


def _total(rows: Sequence[tuple[Cell, ...]], counts: int) -> tuple[Cell, ...]:
    """Return the first cells of a total row: the word and the sums of `counts` columns."""
    columns = list(zip(*rows, strict=True))[1 : counts + 1]
    sums = [sum(cell for cell in column if isinstance(cell, int)) for column in columns]
    return (_("Total"), *(sums or [0] * counts))


def _answers(answers: Answers) -> tuple[Cell, ...]:
    return answers.satisfied, answers.valid, _share(answers.rate)


def _months(figures: ComplaintFigures) -> SheetOut:
    header = (
        _("Months"),
        *(str(class_label(code)) for code in CLASS_ORDER),
        *(str(TERM_LABELS[name]) for name in _TERMS),
    )
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            str(point.month),
            *point.received_by_class,
            *(getattr(point.balance, name) for name in _TERMS),
        )
        for point in figures.series
    )
    return SheetOut(_("12 months"), header, rows)


def _pareto(figures: ComplaintFigures) -> SheetOut:
    total = sum(row.count for row in figures.pareto)
    rows = tuple(
        (class_path(row.code), row.count, row.cumulative, Decimal(row.cumulative) / total)
        for row in figures.pareto
    )
    header = (_("Sub-class"), _("Cases"), _("Cumulative"), _("Cumulative share"))
    return SheetOut(_("Pareto"), header, rows, formats=(None, None, None, _RATE))


def _channels(figures: ComplaintFigures) -> SheetOut:
    total = figures.balance.received
    rows: list[tuple[Cell, ...]] = [
        (str(CHANNEL_LABELS[row.channel]), row.count, Decimal(row.count) / total)
        for row in figures.channels
    ]
    rows.append((_("Total"), total, _share(Rate(total, total))))
    header = (_("Channel"), _("Cases"), _("Portion"))
    return SheetOut(_("Channels"), header, tuple(rows), formats=(None, None, _RATE))


def _buildings(figures: ComplaintFigures) -> SheetOut:
    rows: list[tuple[Cell, ...]] = [
        (building_label(row.label), row.count, row.households, row.per_hundred)
        for row in figures.buildings
    ]
    rate = Rate(figures.balance.received, figures.households).percent(2)
    rows.append((_("Total"), figures.balance.received, figures.households or None, rate))
    header = (_("Building or place"), _("Cases"), _("Occupied"), _("Per 100 households"))
    return SheetOut(_("Buildings"), header, tuple(rows))


def _hours(figures: ComplaintFigures) -> SheetOut:
    table = figures.hours
    header = (_("Weekday"), *(f"{a}-{b}" for a, b in table.bands), _("Total"))
    rows: list[tuple[Cell, ...]] = [
        (name, *cells, total)
        for name, cells, total in zip(map(str, WEEKDAYS), table.cells, table.by_day, strict=True)
    ]
    return SheetOut(_("Hours"), header, (*rows, (_("Total"), *table.by_band, table.total)))


def _departments(figures: ComplaintFigures) -> SheetOut:
    header = (
        _("Department"),
        _("Sent out"),
        _("Ended"),
        _("Rest"),
        _("Overdue"),
        _("Sent back"),
    )
    rows = tuple(
        (
            row.name or str(NO_DEPARTMENT),
            row.dispatched,
            row.closed,
            row.open,
            row.overdue,
            row.rework,
        )
        for row in figures.departments
    )
    return SheetOut(_("Departments"), header, (*rows, _total(rows, 5)))


def _persons(figures: ComplaintFigures) -> SheetOut:
    header = (
        _("Staff member"),
        _("Taken"),
        _("First asked"),
        _("Ended"),
        _("Satisfied"),
        _("Answers"),
        _("Satisfaction rate"),
    )
    rows = tuple(
        (
            row.name or str(NOBODY),
            row.taken,
            row.first_contact,
            row.closed,
            *_answers(row.answers),
        )
        for row in figures.persons
    )
    answers = sum((row.answers for row in figures.persons), Answers())
    total = (*_total(rows, 3), *_answers(answers))
    return SheetOut(_("Staff"), header, (*rows, total), formats=(*[None] * 6, _RATE))


def _open_list(figures: ComplaintFigures) -> SheetOut:
    header = (
        _("No."),
        _("Received"),
        _("House or place"),
        _("Class"),
        _("In short"),
        _("Department"),
        _("Status"),
        _("Round"),
        _("Days open"),
        _("Due by"),
        _("Overdue"),
        _("Last progress"),
        _("Progress at"),
        _("Note"),
    )
    rows = tuple(
        (
            row.ticket.number,
            row.ticket.received_at,
            row.ticket.where,
            class_path(row.ticket.class_code),
            row.ticket.matter,
            row.department,
            str(STATUS_LABELS[row.status]),
            row.round,
            row.days,
            row.due_at,
            _("Yes") if row.overdue else "",
            str(EVENT_LABELS[row.last_event]),
            row.last_at,
            row.last_text,
        )
        for row in figures.open_list
    )
    return SheetOut(_("Open complaints"), header, rows)


def _repeats(figures: ComplaintFigures) -> SheetOut:
    header = (
        _("No."),
        _("Earlier one"),
        _("Days between"),
        _("House or place"),
        _("Class"),
        _("In short"),
        _("Rest"),
    )
    rows = tuple(
        (
            row.ticket.number,
            row.earlier.number,
            row.days,
            row.ticket.where,
            class_path(row.ticket.class_code),
            row.ticket.matter,
            _("Yes") if row.is_open else "",
        )
        for row in figures.repeats
    )
    return SheetOut(_("Repeats"), header, rows)


def _quality(figures: ComplaintFigures) -> SheetOut:
    header = (_("What was checked"), _("Cases"), _("Of cases"), _("What it means for the figures"))
    rows = tuple(
        (
            quality_label(row.code, figures.rules),
            row.count,
            row.base,
            str(QUALITY_LABELS[row.code][1]),
        )
        for row in figures.quality
    )
    return SheetOut(_("Data quality"), header, rows)


def _definitions(figures: ComplaintFigures) -> SheetOut:
    header = (_("Term"), _("Definition"))
    return SheetOut(_("Definitions"), header, definitions(figures.rules))
