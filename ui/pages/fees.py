"""Fees (费用催缴): houses in arrears at the left, the account of the chosen one at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.fee_papers import FeePaper
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.queries.arrears import ArrearsGroup, ArrearsRow, count_arrears
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.units import Unit
from ui import case_acts, letter_acts, urging_acts
from ui.bill_acts import add_bill_acts
from ui.context import AppContext
from ui.fee_papers import open_fee_paper
from ui.keyboard import add_entry
from ui.meter_acts import add_meter_acts
from ui.pages.fee_account import FeeAccount
from ui.pages.fee_list import ALL, FeeList
from ui.pages.fee_menu import (
    add_chosen_menu,
    add_house_menu,
    add_till_acts,
    fill_house_menu,
)
from ui.pages.page import Page
from ui.pages.work_page import PRINT_KEYS, Halves, ToolBar
from ui.tables.memory import ScopedMemory
from ui.urging_acts import add_urging_acts
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.panes import EmptyState

_GROUPS: tuple[tuple[str, LazyText], ...] = (
    (ALL, _lazy("All arrears")),
    (ArrearsGroup.NOTIFY, _lazy("To remind")),
    (ArrearsGroup.LETTER, _lazy("To write to")),
    (ArrearsGroup.PROMISE, _lazy("Promises due")),
    (ArrearsGroup.NEAR, _lazy("Near limitation")),
    (ArrearsGroup.HELD, _lazy("On hold")),
)


class FeesPage(Page):
    """Master and detail; who may not see fees is told so (law.md 1.6)."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._is_first = True
        self.list = FeeList(context)
        self.account = FeeAccount(context)
        self._desk = QWidget()
        self._body = QStackedWidget()
        self._build()
        self._connect()

    # -- building

    def _build(self) -> None:
        theme = self.context.theme
        memory = ScopedMemory(self.context.memory, "fees")
        halves = Halves(theme, self.list, self.account, memory, shares=(842, 524))
        column = QVBoxLayout(self._desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_tools())
        column.addWidget(halves, 1)
        refused = EmptyState(
            theme,
            "lock",
            _("Fees are not for you"),
            _("Guards and workers see no fees (Regulations on security services 26, 30)."),
        )
        self._body.addWidget(self._desk)
        self._body.addWidget(refused)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)
        self.toast = Toast(theme, self.list)

    def _build_tools(self) -> QWidget:
        theme = self.context.theme
        self._take = Button(
            theme, _("Take money"), kind=Kind.TONAL, icon="banknote", shortcut="Ctrl+N"
        )
        self.chips = Chips(theme, _("Which houses"), self._choices({}))
        self._print = Button(theme, _("Print"), kind=Kind.QUIET, icon="printer", shortcut="Ctrl+P")
        self.more = Button(theme, _("More"), kind=Kind.QUIET, icon="ellipsis")
        return ToolBar(theme, self._take, self.chips, (self._print, self.more))

    @staticmethod
    def _choices(counts: dict[ArrearsGroup | None, int]) -> list[Choice]:
        return [
            Choice(key, str(word), counts.get(None if key == ALL else ArrearsGroup(key)))
            for key, word in _GROUPS
        ]

    def _connect(self) -> None:
        self._take.clicked.connect(self._on_take)
        self._print.clicked.connect(self._on_print_list)
        self.more.clicked.connect(self._on_more)
        self.chips.chosen_changed.connect(self._on_group)
        self.list.current_changed.connect(self._on_current)
        self.list.opened.connect(self.account.enter)
        self.account.left.connect(self.list.take_focus)
        self.account.till_wanted.connect(self.take_money)
        self.account.letter_wanted.connect(self._on_letter)
        self.account.note_wanted.connect(self._on_note)
        self.account.case_wanted.connect(partial(self._of_house, case_acts.open_case))
        self.account.promise_wanted.connect(partial(self._of_house, case_acts.promise))
        self.account.more_wanted.connect(self._on_house_more)
        self.account.house_wanted.connect(self.context.navigation.unit_wanted)
        self.account.ticket_wanted.connect(self.context.navigation.ticket_wanted)
        paper = QShortcut(QKeySequence(PRINT_KEYS), self._desk)
        paper.activated.connect(self._on_print_list)

    # -- filling

    def refill(self) -> None:
        """Read counts, plots, list and account anew; the clerk stays where he is."""
        sees = may_see_fees(self.context.staff)
        self._body.setCurrentIndex(0 if sees else 1)
        if not sees:
            return
        counts = count_arrears(self.context.now().date())
        self.chips.set_choices(self._choices(counts))
        self.list.refresh_around()
        if self._is_first:
            self._is_first = False
            self.list.reload()
        else:
            self.list.refresh()
            self.account.refill()

    def enter(self) -> None:
        """Put the keyboard into the list."""
        if self._body.currentIndex() == 0:
            self.list.take_focus()

    def show_account(self, unit_id: int) -> None:
        """Show the account of a house, in arrears or not."""
        self.account.show_unit(unit_id)
        self.account.enter()

    def show_paper(self, paper: FeePaper) -> None:
        """Show the account that a paper is about, and the paper over it."""
        if paper.unit_id is not None:
            self.show_account(paper.unit_id)
        open_fee_paper(self.context, self, paper)

    def _on_current(self, row: ArrearsRow | None) -> None:
        self.account.show_row(row)

    def _on_group(self, key: str) -> None:
        self.list.show_group(None if key == ALL else ArrearsGroup(key))

    # -- acts

    def _on_take(self) -> None:
        unit = self.account.unit
        if unit is not None:
            self.take_money(unit.id)
        else:
            self.toast.show_message(_("Find the house first: Ctrl+K, then its number or a name."))

    def take_money(self, unit_id: int) -> None:
        """Take money for a house; afterwards the clerk stands where he stood."""
        from ui.dialogs.till_dialog import open_till

        payment = open_till(self.context, self, unit_id)
        if payment is not None:
            self.context.changes.fees_changed.emit()
            self.toast.show_message(_("Receipt {number} is written").format(number=payment.number))

    def _on_letter(self, unit_id: int) -> None:
        letter_acts.write_letter(self.context, self, unit_id)

    def _on_note(self, unit_id: int) -> None:
        if urging_acts.note_act(self.context, self, unit_id) is not None:
            self.toast.show_message(_("The act is noted"))

    def _of_house(self, act: Callable[[AppContext, QWidget, Unit], None]) -> None:
        if self.account.unit is not None:
            act(self.context, self, self.account.unit)

    def _on_house_more(self) -> None:
        """Open the menu of the house above the button that asked for it."""
        if self.account.unit is None:
            return
        menu, button = QMenu(self), self.account.more
        fill_house_menu(menu, self.context, self, self.account.unit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def _on_print_list(self) -> None:
        group = next(str(word) for key, word in _GROUPS if key == self.chips.chosen())
        self.list.print_out(group)

    def _on_more(self) -> None:
        menu = QMenu(self)
        if self.account.unit is not None:
            add_house_menu(menu, self.context, self, self.account.unit)
        add_chosen_menu(menu, self.context, self, self.list.chosen_ids())
        add_till_acts(menu, self.context, self)
        unit = self.account.unit
        add_bill_acts(menu, self.context, self, unit, self.toast.show_message)
        letter_acts.add_letter_acts(
            menu, self.context, self, self.account.unit, self.list.chosen_ids()
        )
        add_urging_acts(
            menu, self.context, self, unit, self.list.chosen_ids(), self.toast.show_message
        )
        menu.addSeparator()
        add_meter_acts(menu, self.context, self, self.toast.show_message)
        add_entry(menu, _("Print this list"), "L", self._on_print_list, keys=PRINT_KEYS)
        add_entry(menu, _("Export this list"), "E", self._on_export)
        add_entry(menu, _("Copy the chosen rows"), "C", self.list.table.copy_selection)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _on_export(self) -> None:
        words = self.list.export()
        if words:
            self.toast.show_message(words)
