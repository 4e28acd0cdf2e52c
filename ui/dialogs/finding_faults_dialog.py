"""Which things fail most (R70): faults by month as small bars, and the days between two of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from propdesk.domain.months import Month
from propdesk.i18n import _, _lazy
from propdesk.services.queries.findings import FaultCount, count_faults, count_faults_by_month
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.pages.list_export import export_as_seen, print_as_seen
from ui.tables.columns import Bars, CellKind, Column, FixedRows
from ui.widgets.month_field import MonthField

_WIDTH, _ROWS = 940, 12
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class _Line:
    """A thing with its faults of twelve months; `most` is the highest bar of the list."""

    count: FaultCount
    months: tuple[int, ...]
    most: int


class FaultsDialog(ListDialog[_Line]):
    """The year up to a month, the worst first; Alt+Left and Alt+Right walk by months."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(
            context,
            parent,
            _("Faults of things"),
            _columns(),
            lambda line: line.count.asset_id,
            width=_WIDTH,
            rows=_ROWS,
            details=1,
        )
        month = Month.of(context.now().date())
        self._month = MonthField(context.theme, month, latest=month)
        self._month.month_changed.connect(lambda _month: self.refill())
        self._month.entered.connect(self.table.setFocus)
        self.body.insertWidget(1, self._month)
        self.add_act(_("Print"), self._on_print, "Ctrl+P", icon="printer", needs_row=False)
        self.add_act(
            _("Export"), self._on_export, "Ctrl+E", icon="file-spreadsheet", needs_row=False
        )
        self.refill()
        (self._month if self.table.is_empty() else self.table).setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return the things that failed in the year up to the month, the worst first."""
        last = self._month.month()
        span = [last.shifted(step) for step in range(1 - _MONTHS, 1)]
        from_on, until_on = span[0].start.date(), last.last_day
        by_month: Mapping[int, Mapping[Month, int]] = count_faults_by_month(from_on, until_on)
        most = max((count for counts in by_month.values() for count in counts.values()), default=0)
        return [
            _Line(one, tuple(by_month[one.asset_id].get(month, 0) for month in span), most)
            for one in count_faults(from_on, until_on)
        ]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say how it is counted."""
        if not found:
            return _("Nothing failed in this year, or no ticket and no finding names its thing.")
        return _(
            "Faults of twelve months: tickets about the thing and findings at it; a finding that "
            "became a ticket counts once."
        )

    def detail_words(self, row: _Line) -> str:
        """Say each month's count."""
        last = self._month.month()
        said = (
            f"{last.shifted(place + 1 - _MONTHS)}: {count}"
            for place, count in enumerate(row.months)
            if count
        )
        return "    ".join(said)

    def _title(self) -> str:
        last = self._month.month()
        return _("{first} to {last}").format(first=last.shifted(1 - _MONTHS), last=last)

    def _on_print(self) -> None:
        fetch = FixedRows(tuple(self.listed()))
        title = _("Faults of things")
        print_as_seen(self.context, self, self.table, fetch, title, self._title())

    def _on_export(self) -> None:
        found = tuple(self.listed())
        title = f"{_('Faults of things')} {self._title()}"
        words = export_as_seen(self.context, self, self.table, FixedRows(found), title, len(found))
        if words:
            self.toast.show_message(words)


def _columns() -> tuple[Column, ...]:
    return (
        Column("code", _lazy("Number"), lambda line: line.count.code, width=100, least=80),
        Column("name", _lazy("Thing"), lambda line: line.count.name, width=200, least=120,
               stretches=True, is_strong=True),
        Column("months", _lazy("By month"), lambda line: Bars(line.months, line.most),
               CellKind.BARS, width=190, least=140),
        Column("faults", _lazy("Faults"), lambda line: line.count.faults, CellKind.COUNT,
               width=62, least=50),
        Column("tickets", _lazy("Tickets"), lambda line: line.count.tickets, CellKind.COUNT,
               width=62, least=50, rank=1),
        Column("findings", _lazy("Findings"), lambda line: line.count.findings, CellKind.COUNT,
               width=72, least=50, rank=1),
        Column("between", _lazy("Days between"), lambda line: line.count.days_between,
               CellKind.COUNT, width=92, least=70),
        Column("last", _lazy("Last fault"), lambda line: str(line.count.last_on), width=100,
               least=90),
    )  # fmt: skip
