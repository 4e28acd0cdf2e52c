"""The class table: four classes with their sub-classes, the unclassed, and the sums."""

from collections.abc import Callable
from dataclasses import dataclass

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import class_row_label, class_row_number
from propdesk.domain.complaint_rows import ClassRow, sum_classes
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.rates import Rate
from propdesk.i18n import _, _lazy
from propdesk.reports.parts.report_figures import ZERO, count, fraction, percent, signed
from propdesk.reports.parts.sections import Sections
from propdesk.reports.parts.sheet import Align
from propdesk.reports.parts.tables import PADDING, Column, Row, RowKind, Table, continued
from propdesk.reports.parts.text import width_mm

_TITLE = _lazy("Classes and sub-classes")
_NARROW = 9.2


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of figures: its head, its width and how a row fills it."""

    title: str
    group: str
    write: Callable[[ClassRow], str]
    width: float = _NARROW


def place_classes(figures: ComplaintFigures, sections: Sections) -> None:
    """Place the table; columns of terms that are zero everywhere are left out."""
    fields = _fields(figures)
    head_size = 6.2 if sections.language is PaperLanguage.EN else 7.4  # English words are wider

    def width(field: _Field) -> float:
        """Return the field's width, or what its head needs to stay in one line."""
        return max(field.width, width_mm(field.title, head_size, bold=True) + 2 * PADDING + 0.1)

    columns = (
        Column(_("Ref."), 8.4),
        Column(_("Class and sub-class")),
        *(Column(field.title, width(field), Align.RIGHT, field.group) for field in fields),
    )
    rows = []
    for row, is_sub in figures.class_rows():
        empty = not (row.balance.to_handle or row.balance.received or row.previous or row.last_year)
        if empty and row.code == UNCLASSED:
            continue
        rows.append(
            Row(
                (
                    class_row_number(row.code, is_sub=is_sub),
                    class_row_label(row.code, is_sub=is_sub),
                    *(field.write(row) for field in fields),
                ),
                RowKind.PLAIN if is_sub else RowKind.CLASS,
            )
        )
    total = sum_classes("", figures.by_class)
    rows.append(Row(("", _("Total"), *(f.write(total) for f in fields)), RowKind.TOTAL))
    table = Table(columns, rows, size=8.0, head_size=head_size, continued=continued(str(_TITLE)))
    sections.place_table(_TITLE, table, _("cases; changes as numbers of cases"))
    sections.note(_note(figures))


def _fields(figures: ComplaintFigures) -> list[_Field]:
    balance = figures.balance
    came, compared = _("Coming in"), _("Compared")
    handled, asked = _("Going out"), _("Asked")
    optional = [
        (balance.reopened, _Field(_("Again"), came, lambda r: count(r.balance.reopened))),
        (balance.moved_in, _Field(_("Into"), came, lambda r: count(r.balance.moved_in))),
        (balance.removed, _Field(_("Left"), handled, lambda r: count(r.balance.removed))),
    ]
    shown = [field for number, field in optional if number]
    fields = [
        _Field(_("Prior"), came, lambda r: count(r.balance.carried_over)),
        _Field(_("Newly"), came, lambda r: count(r.balance.received)),
    ]
    fields += [field for field in shown if field.group == came]
    if figures.suggested:
        fields.append(_Field(_("Unsure"), came, lambda r: count(r.suggested), 12.0))
    fields.append(_Field(_("Portion"), came, lambda r: _share(r, balance.received), 13.6))
    if figures.previous is not None:
        fields.append(_Field(_("Prev."), compared, lambda r: count(r.previous)))
        fields.append(_Field(_("± mth"), compared, lambda r: signed(r.change)))
    if figures.last_year is not None:
        fields.append(_Field(_("Yr ago"), compared, lambda r: count(r.last_year)))
        fields.append(_Field(_("± yr"), compared, lambda r: signed(r.year_change)))
    fields.append(_Field(_("Ended"), handled, lambda r: count(r.balance.closed)))
    fields += [field for field in shown if field.group == handled]
    fields += [
        _Field(_("Rest"), handled, lambda r: count(r.balance.open)),
        _Field(_("Late"), handled, lambda r: count(r.overdue)),
    ]
    if not figures.summary.answers.valid:
        return fields
    if not shown:  # else the numerators stand in the section on satisfaction
        fields.append(_Field(_("Sat./asked"), asked, lambda r: fraction(r.answers.rate), 16.4))
    fields.append(_Field(_("Satisf."), asked, lambda r: percent(r.answers.rate), 13.6))
    return fields


def _share(row: ClassRow, received: int) -> str:
    number = row.balance.received
    return percent(Rate(number, received)) if number else ZERO


def _note(figures: ComplaintFigures) -> str:
    balance = figures.balance
    came = [_("prior"), _("newly")]
    came += [_("again")] if balance.reopened else []
    came += [_("into")] if balance.moved_in else []
    gone = [_("ended")]
    gone += [_("left")] if balance.removed else []
    text = _("Each row: {came} − {gone} = rest. A dash is zero.").format(
        came=" + ".join(came), gone=" − ".join(gone)
    )
    if figures.suggested:
        text += _(
            " Unsure: {count} classes were suggested from words; a clerk has yet to confirm them."
        ).format(count=figures.suggested)
    return text
