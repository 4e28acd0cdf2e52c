"""The list of houses in arrears: ageing, stage, days left; above it what people rather look at."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.ageing import AgeBucket
from propdesk.domain.money import money_words
from propdesk.domain.months import Month
from propdesk.domain.owed_lists import OwedList
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.arrears import (
    ArrearsFilter,
    ArrearsGroup,
    ArrearsRow,
    ArrearsSort,
    ArrearsSums,
    list_arrears,
    sum_arrears,
)
from propdesk.services.queries.collection import collection_target, list_collection
from propdesk.services.queries.limitation import list_limitation
from propdesk.services.queries.units import list_buildings
from ui.context import AppContext
from ui.pages.fee_words import LAST_DAYS, left_mark, short_stage_mark
from ui.pages.work_page import FilterLine
from ui.tables.columns import CellKind, Column, Fetch, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import FootLine, RecordTable, TablePane
from ui.theme import Ink, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.filters import Filter
from ui.widgets.labels import Hairline, Label, Surface
from ui.widgets.panes import EmptyState
from ui.widgets.plots.radar import LimitationRadar, RadarPoint
from ui.widgets.plots.rates import RateBar, RateBars
from ui.widgets.search import SearchField

ALL = "all"
_PLOTS = 168
_MOST_POINTS = 60


class FeeList(Surface):
    """The left pane. `current_changed` comes with the row that is now current, or None."""

    current_changed = Signal(object)
    opened = Signal()
    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._group: ArrearsGroup | None = None
        self._sums = ""
        theme = context.theme
        self.building = Filter(theme, _("Building"))
        self.search = SearchField(theme, _("House or name"), "Ctrl+F", width=210)
        self.table = RecordTable(
            theme,
            _("Houses in arrears"),
            self._columns(),
            lambda row: row.unit_id,
            sort=Sort(ArrearsSort.LIMITATION.value),
            memory=ScopedMemory(context.memory, "fees/list"),
            now=context.now,
        )
        self.foot = FootLine(theme, _("Enter opens the account  Esc back to the list"))
        self.pane = TablePane(theme, self.table, self.foot)
        self._build()
        self._connect()

    def _columns(self) -> Sequence[Column]:
        names = self._context.shown_names
        money = CellKind.MONEY

        def age(*buckets: AgeBucket) -> Any:
            return partial(_sum_of, buckets)

        return (
            Column("unit", _lazy("House"), lambda row: row.unit, width=92, least=70,
                   sort_key=ArrearsSort.PLACE.value),
            Column("debtor", _lazy("Owner"), lambda row: names(row.debtor), width=80, least=56,
                   rank=3, is_name=True, stretches=True),
            Column("age90", _lazy("≤ 90 days"), age(AgeBucket.DAYS_30, AgeBucket.DAYS_90), money,
                   82, 74, rank=2),
            Column("age180", _lazy("91-180"), age(AgeBucket.DAYS_180), money, 78, 70, rank=4),
            Column("age365", _lazy("181-365"), age(AgeBucket.DAYS_365), money, 78, 70, rank=5),
            Column("years2", _lazy("1-2 years"), age(AgeBucket.YEARS_2), money, 82, 74, rank=6),
            Column("older", _lazy("> 2 years"), age(AgeBucket.YEARS_3, AgeBucket.OLDER), money,
                   82, 74, rank=1, sort_key=ArrearsSort.OLDEST.value),
            Column("total", _lazy("Total"), lambda row: row.total_fen, money, 92, 84,
                   sort_key=ArrearsSort.TOTAL.value, is_strong=True),
            Column("stage", _lazy("Urging stage"), short_stage_mark, CellKind.STATUS, 116, 96),
            Column("left", _lazy("Days left"), left_mark, CellKind.BADGE, 76, 70,
                   sort_key=ArrearsSort.LIMITATION.value),
        )  # fmt: skip

    def _build(self) -> None:
        theme = self._context.theme
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._plots = QWidget()
        row = QHBoxLayout(self._plots)
        row.setContentsMargins(Space.L, Space.M, Space.L, Space.S)
        row.setSpacing(Space.L)
        self.radar = LimitationRadar(theme, _("Limitation radar"), last=LAST_DAYS)
        note = _("{days} days, each bill by itself").format(days=LAST_DAYS)
        row.addWidget(
            _titled(theme, _("Limitation radar"), Label(theme, note, ink=Ink.TEXT_3), self.radar), 3
        )
        self.rates = RateBars(theme, _("Collection rate of this quarter"))
        self._target = Label(theme, ink=Ink.TEXT_3)
        row.addWidget(Hairline(theme, upright=True))
        row.addWidget(
            _titled(theme, _("Collection rate of this quarter"), self._target, self.rates), 2
        )
        column.addWidget(self._plots)
        column.addWidget(Hairline(theme))
        column.addWidget(FilterLine(theme, [self.building], self.search))
        column.addWidget(self.pane, 1)
        self._plots.setFixedHeight(theme.px(_PLOTS))
        clear = Button(theme, _("Clear the filters"), kind=Kind.TONAL)
        clear.clicked.connect(self._on_clear)
        self._none = EmptyState(theme, "search-x", _("No house like this"), "", [clear])
        self._nobody = EmptyState(
            theme,
            "circle-check",
            _("Nobody owes anything"),
            _("Houses with bills that should have been paid before today stand here."),
        )

    def _connect(self) -> None:
        self.building.changed.connect(self._on_filter)
        self.search.searched.connect(self._on_filter)
        self.search.left.connect(self.table.setFocus)
        self.search.returnPressed.connect(self.take_focus)
        self.table.current_changed.connect(self.current_changed)
        self.table.opened.connect(lambda _row: self.opened.emit())
        self.table.selection_changed.connect(self._tell_chosen)

    # -- what is wanted

    def wanted(self) -> ArrearsFilter:
        """Return which houses are wanted now."""
        building = self.building.value()
        return ArrearsFilter(
            group=self._group,
            building_id=int(building) if building else None,
            words=self.search.words(),
        )

    def show_group(self, group: ArrearsGroup | None) -> None:
        """Ask another daily question, from the start of its list."""
        self._group = group
        self.reload()

    def _offer(self) -> None:
        buildings = list_buildings()
        several = len({community for _id, community, _name in buildings}) > 1
        choices = [Choice("", _("All"))]
        for id_, community, name in buildings:
            choices.append(Choice(str(id_), f"{community} {name}" if several else name))
        self.building.set_choices(choices)

    # -- filling

    def reload(self) -> None:
        """Show the list from its start."""
        self.table.show_fetch(self._fetch)
        self._tell()

    def refresh(self) -> None:
        """Read the list again and stay on the same house."""
        self.table.refresh()
        self._tell()

    def refresh_around(self) -> None:
        """Read again what stands around the list: filters and plots."""
        self._offer()
        self._show_plots()

    def _show_plots(self) -> None:
        found = list_limitation(self._context.now().date(), LAST_DAYS)
        today = self._context.now().date()
        self.radar.show_points(
            [
                RadarPoint(row.unit, row.days_left(today), row.open_fen)
                for row in found[:_MOST_POINTS]
            ]
        )

        first, last = _quarter_of(today)
        target = collection_target(today)
        self._target.show_text(_("target {percent} %").format(percent=target))
        self.rates.show_rates(
            [
                RateBar(building_words(one.building), one.collected_fen, one.billed_fen)
                for one in list_collection(first, last)
                if one.billed_fen
            ],
            target / 100,
        )

    def _fetch(self, after: Any, limit: int, sort: Sort) -> tuple[Sequence[ArrearsRow], Any]:
        return self._fetch_apart()(after, limit, sort)

    def _fetch_apart(self) -> Fetch:
        """Return how another thread reads what is wanted now, without asking the widgets."""
        wanted, today = self.wanted(), self._context.now().date()

        def fetch(after: Any, limit: int, sort: Sort) -> tuple[Sequence[ArrearsRow], Any]:
            found = list_arrears(
                wanted,
                today=today,
                sort=ArrearsSort(sort.key) if sort.key else ArrearsSort.LIMITATION,
                descending=sort.is_descending,
                after=after,
                limit=limit,
            )
            return found, found[-1].sort_key if len(found) == limit else None

        return fetch

    def _tell(self) -> None:
        wanted = self.wanted()
        sums = sum_arrears(wanted, today=self._context.now().date())
        self._sums = sums_words(sums)
        self._tell_chosen()
        if not self.table.is_empty():
            self.pane.show_table()
        elif wanted == replace(ArrearsFilter(), group=self._group):
            self.pane.show_instead(self._nobody)
        else:
            self._none.show_words(_("No house like this"), _("No house in arrears fits."))
            self.pane.show_instead(self._none)
        self.changed.emit()

    def chosen_ids(self) -> list[int]:
        """Return the houses that are chosen: one as a rule, several with Shift or Ctrl."""
        return [row.unit_id for row in self.table.selected_rows()]

    def _tell_chosen(self) -> None:
        """Say what the list comes to, or the chosen houses as soon as they are several."""
        rows = self.table.selected_rows()
        if len(rows) > 1:
            words = _("{count} chosen: {amount}. More offers what can be done with all of them.")
            amount = money_words(sum(row.total_fen for row in rows))
            self.foot.show_text(words.format(count=len(rows), amount=amount))
        else:
            self.foot.show_text(self._sums)

    def _on_filter(self) -> None:
        self.reload()

    def _on_clear(self) -> None:
        self.building.clear()
        self.search.clear_silently()
        self.reload()
        self.take_focus()

    def take_focus(self) -> None:
        """Put the keyboard on the list, or where it can be filled again."""
        if self.table.is_empty():
            self.search.setFocus()
        else:
            self.table.setFocus()

    # -- the list on paper and in a file

    def export(self) -> str:
        """Write the list as it is seen into a file; return what to tell the clerk."""
        from ui.pages.fee_exports import export_fees_as_seen

        total = sum_arrears(self.wanted(), today=self._context.now().date()).units
        fetch, title = self._fetch_apart(), _("Houses in arrears")
        seen = (self.table, fetch, title, total)
        return export_fees_as_seen(self._context, self, seen, OwedList.ARREARS)

    def print_out(self, narrowed: str) -> None:
        """Show the list as it is seen as a paper."""
        from ui.pages.fee_exports import print_fees_as_seen

        seen = (self.table, self._fetch_apart(), _("Houses in arrears"), narrowed)
        print_fees_as_seen(self._context, self, seen, OwedList.ARREARS)


def sums_words(sums: ArrearsSums) -> str:
    """Return what a list of arrears comes to."""
    words = ngettext("{count} house owes {amount}", "{count} houses owe {amount}", sums.units)
    said = words.format(count=sums.units, amount=money_words(sums.ages.total_fen))
    if not sums.near_units:
        return said
    near = ngettext(
        "{count} of them near limitation: {amount}",
        "{count} of them near limitation: {amount}",
        sums.near_units,
    ).format(count=sums.near_units, amount=money_words(sums.near_fen))
    return _("{first}; {second}").format(first=said, second=near)


def _sum_of(buckets: Sequence[AgeBucket], row: ArrearsRow) -> int | None:
    return sum(row.ages.of(bucket) for bucket in buckets) or None


def building_words(name: str) -> str:
    """Return a building as people say it: `3栋` for a plain number."""
    if name.isascii() and name.isalnum():
        return _("Building {name}").format(name=name)
    return name


def _quarter_of(today: date) -> tuple[date, date]:
    """Return the first and last day of the quarter of a day."""
    first = today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1)
    last = Month(first.year, first.month + 2).last_day
    return first, last


def _titled(theme: Theme, title: str, note: Label, plot: QWidget) -> QWidget:
    """Return a plot under its title, with a quiet word at the right."""
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.XS)
    head = QHBoxLayout()
    head.addWidget(Label(theme, title, bold=True), 1)
    head.addWidget(note)
    column.addLayout(head)
    column.addWidget(plot, 1)
    return whole
