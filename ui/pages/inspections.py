"""Inspections (巡检): rounds and the month at the left, the sheet at the right (R99-R101)."""

from datetime import date

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.findings import Finding
from propdesk.domain.rounds import Round
from propdesk.domain.staff import Right
from propdesk.domain.tickets import Ticket
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.inspection_counts import find_weather, has_plans
from propdesk.services.queries.inspection_sheets import get_sheet, list_sheets_out
from propdesk.services.queries.rounds import get_round
from propdesk.services.queries.sheet_findings import list_sheet_findings
from ui import asset_acts, plan_acts
from ui.context import AppContext
from ui.dialogs.round_dialogs import (
    CancelRoundDialog,
    MakeUpDialog,
    PostponeDialog,
    SheetPicker,
    TakeBackDialog,
)
from ui.dialogs.small_form import SmallForm
from ui.keyboard import add_entry, lettered
from ui.pages.inspection_list import (
    DAY,
    ENTER,
    FINDINGS,
    MISSED,
    TODAY,
    WEEK,
    InspectionList,
)
from ui.pages.inspection_menu import add_inspection_menu
from ui.pages.inspection_words import may
from ui.pages.page import Page
from ui.pages.round_card import RoundCard
from ui.pages.sheet_pane import SheetPane
from ui.pages.ticket_words import local
from ui.pages.work_page import Halves, ToolBar
from ui.tables.memory import ScopedMemory
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.panes import EmptyState, QuietPane

_GROUPS: tuple[tuple[str, LazyText], ...] = (
    (TODAY, _lazy("Today")),
    (WEEK, _lazy("This week")),
    (ENTER, _lazy("To enter")),
    (MISSED, _lazy("Missed")),
    (FINDINGS, _lazy("Open findings")),
)
_BAD = frozenset({MISSED, FINDINGS})
LIST_KEYS, MONTH_KEYS = "Ctrl+L", "Ctrl+M"


class InspectionsPage(Page):
    """Master and detail; who has no right to walk or plan rounds sees them without acting."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.list = InspectionList(context)
        self.pane = SheetPane(context)
        self.card = RoundCard(context)
        self._quiet = QuietPane(context.theme, _("The sheet of the chosen round stands here."))
        self._right = QStackedWidget()
        self._desk = QWidget()
        self._body = QStackedWidget()
        self._is_first = True
        self._build()
        self._connect()

    # -- building

    def _build(self) -> None:
        theme = self.context.theme
        for widget in (self._quiet, self.card, self.pane):
            self._right.addWidget(widget)
        memory = ScopedMemory(self.context.memory, "inspections")
        halves = Halves(theme, self.list, self._right, memory, shares=(720, 646))
        column = QVBoxLayout(self._desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_tools())
        column.addWidget(halves, 1)
        self._body.addWidget(self._desk)
        self._body.addWidget(self._build_empty())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._body)
        self.toast = Toast(theme, self._desk)

    def _build_tools(self) -> QWidget:
        theme = self.context.theme
        self._enter = Button(
            theme, _("Enter a sheet"), kind=Kind.TONAL, icon="scan-barcode", shortcut="Ctrl+N"
        )
        self.chips = Chips(theme, _("Which rounds"), self._choices({}))
        self._plan = Button(theme, _("Plans"), kind=Kind.QUIET, icon="calendar-plus")
        self._print = Button(
            theme, _("Print the sheets"), kind=Kind.QUIET, icon="printer", shortcut="Ctrl+P"
        )
        self.more = Button(theme, _("More"), kind=Kind.QUIET, icon="ellipsis")
        return ToolBar(theme, self._enter, self.chips, (self._plan, self._print, self.more))

    def _build_empty(self) -> QWidget:
        theme = self.context.theme
        adopt = Button(theme, _("Take over usual plans"), kind=Kind.PRIMARY, icon="calendar-plus")
        self._adopt = adopt
        ledger = Button(theme, _("Write down equipment and places"), icon="clipboard-list")
        adopt.clicked.connect(self._on_adopt)
        ledger.clicked.connect(self._on_ledger)
        return EmptyState(
            theme,
            "list-checks",
            _("No rounds are planned yet"),
            _(
                "Write down what is looked at, then take over the plans that law and trade ask "
                "for: each says where it comes from. The rounds of each day stand here then."
            ),
            (adopt, ledger),
        )

    def _choices(self, counts: dict[str, int]) -> list[Choice]:
        found = [
            Choice(key, str(word), counts.get(key), is_bad=key in _BAD) for key, word in _GROUPS
        ]
        day = self.list.opened_day()
        if day is not None:
            found.append(Choice(DAY, f"{day:%m-%d}"))
        return found

    def _connect(self) -> None:
        self._enter.clicked.connect(self._on_enter_sheet)
        self._plan.clicked.connect(self._on_plans)
        self._print.clicked.connect(self._on_print_day)
        self.more.clicked.connect(self._on_more)
        self.chips.chosen_changed.connect(self.list.show_group)
        self.list.round_changed.connect(self._on_round)
        self.list.finding_changed.connect(self._on_finding)
        self.list.opened.connect(self._enter_right)
        self.list.day_opened.connect(self._on_day)
        self.pane.left.connect(self.list.take_focus)
        self.pane.stored.connect(self.toast.show_message)
        self.pane.next_wanted.connect(self._on_next)
        self.pane.menu_wanted.connect(self._on_sheet_menu)
        self.pane.make_up_wanted.connect(lambda: self._ask(MakeUpDialog))
        self.pane.ticket_written.connect(self._on_ticket_written)
        self.card.left.connect(self.list.take_focus)
        self.card.entry_wanted.connect(self._on_make_sheet)
        self.card.print_wanted.connect(self._on_print_round)
        self.card.postpone_wanted.connect(lambda: self._ask(PostponeDialog))
        self.card.make_up_wanted.connect(lambda: self._ask(MakeUpDialog))
        for keys, act in (
            (LIST_KEYS, self.list.take_focus),
            (MONTH_KEYS, self.list.month.grid.setFocus),
        ):
            QShortcut(QKeySequence(keys), self._desk).activated.connect(act)

    # -- filling

    def refill(self) -> None:
        """Read list, month, counts and sheet anew; the clerk stays where he is."""
        is_planned = has_plans()
        self._body.setCurrentIndex(0 if is_planned else 1)
        if not is_planned:
            return
        staff = self.context.staff
        self._enter.setEnabled(may(staff, Right.DO_ROUNDS))
        self._print.setEnabled(may(staff, Right.DO_ROUNDS))
        self.list.refill()
        self.chips.set_choices(self._choices(self.list.counts()))
        if self._right.currentWidget() is self.pane and not self._is_first:
            self.pane.refill()
        else:
            self._follow(self.list.current())
        self._is_first = False

    def enter(self) -> None:
        """Put the keyboard into the list; without plans on the way to them."""
        if self._body.currentWidget() is self._desk:
            self.list.take_focus()
        else:
            self._adopt.setFocus()

    def settle(self) -> bool:
        """Keep a half-typed sheet; the next start offers it again."""
        self.pane.keep()
        return True

    def _follow(self, row: Round | Finding | None) -> None:
        if isinstance(row, Finding):
            self._show_finding(row)
        elif row is None:
            self._right.setCurrentWidget(self._quiet)
        else:
            self._show_round(row)

    def _on_round(self, row: Round | None) -> None:
        self._leave_for(row, row.sheet if row is not None else "")

    def _on_finding(self, row: Finding | None) -> None:
        self._leave_for(row, row.sheet if row is not None else "")

    def _leave_for(self, row: Round | Finding | None, number: str) -> None:
        """Show another row, unless the clerk stays with what is half typed."""
        sheet = self.pane.sheet
        is_other = sheet is None or sheet.number != number
        if self._right.currentWidget() is self.pane and is_other and not self.pane.may_leave():
            if sheet is not None:
                self.list.select_sheet(sheet.number)
            return
        self._follow(row)

    def _show_round(self, row: Round) -> None:
        if not row.sheet:
            self.card.show_round(row)
            self._right.setCurrentWidget(self.card)
            return
        sheet = get_sheet(row.sheet)
        self.pane.show_sheet(sheet, find_weather(sheet.day), row.id)
        self._right.setCurrentWidget(self.pane)

    def _show_finding(self, finding: Finding) -> None:
        sheet = get_sheet(finding.sheet)
        cells = {one.id: key for key, one in list_sheet_findings(sheet.id).items()}
        self.pane.show_sheet(sheet, sheet.weather, finding.round_id, cells.get(finding.id))
        self._right.setCurrentWidget(self.pane)

    def _enter_right(self) -> None:
        if self._right.currentWidget() is self.pane:
            self.pane.enter()
        elif self._right.currentWidget() is self.card:
            self.card.take_focus()

    # -- sheets

    def open_sheet(self, code: str) -> None:
        """Show a sheet by its number or its scanned digits, with the keyboard in it."""
        try:
            sheet = get_sheet(code)
        except RuleError as refusal:
            self.context.messages.tell(self, _("Nothing was opened"), str(refusal))
            return
        before = self.pane.sheet
        is_other = before is None or before.number != sheet.number
        if is_other and not self.pane.may_leave():
            return
        self.catch_up()
        self.list.select_sheet(sheet.number)
        self.pane.show_sheet(sheet, find_weather(sheet.day))
        self._right.setCurrentWidget(self.pane)
        self.pane.enter()

    def _on_enter_sheet(self) -> None:
        dialog = SheetPicker(self.context, self)
        dialog.ask()
        if dialog.stored is not None:
            self.open_sheet(dialog.stored.number)

    def _on_next(self) -> None:
        """Go on to the next sheet that is out, in the order in which they were handed out."""
        out = [one.number for one in list_sheets_out()]
        here = self.pane.sheet.number if self.pane.sheet is not None else ""
        place = out.index(here) + 1 if here in out else 0
        following = [number for number in (*out[place:], *out[:place]) if number != here]
        if following:
            self.open_sheet(following[0])
        else:
            self.toast.show_message(
                _("No other sheet is out; this one has gaps still.")
                if here in out
                else _("Every sheet that went out is entered.")
            )
            self.list.take_focus()

    def _on_make_sheet(self) -> None:
        """Make the sheet of a round that has none, to enter it without its paper."""
        row, context = self.card.round, self.context
        if row is None:
            return
        made = []
        if context.attempt(
            self,
            _("No sheet was made"),
            lambda: made.extend(
                make_sheets(row.plan_id, row.day, by=context.staff.id, now=context.now())
            ),
        ):
            context.changes.inspections_changed.emit()
            self.open_sheet(made[0].number)

    def _on_print_day(self) -> None:
        from ui.inspection_printing import print_day

        print_day(self.context, self, self.list.day())

    def _on_print_round(self) -> None:
        from ui.inspection_printing import print_plan

        if self.card.round is not None:
            print_plan(self.context, self, self.card.round.plan_id, self.card.round.day)

    def _on_print_sheet(self) -> None:
        from ui.inspection_printing import print_sheet

        if self.pane.sheet is not None:
            print_sheet(self.context, self, self.pane.sheet.number)

    def _on_ticket_written(self, ticket: Ticket) -> None:
        self.toast.show_message(_("Ticket {number} is written").format(number=ticket.number))

    def _on_day(self, day: date) -> None:
        """Show the rounds of a day of the month."""
        self.list.open_day(day)
        group = TODAY if self.list.opened_day() is None else DAY
        self.chips.set_choices(self._choices(self.list.counts()))
        self.chips.choose(group)
        self.list.show_group(group)
        self.list.take_focus()

    # -- what is rare

    def _round(self) -> Round | None:
        """Return the round that is shown: that of the column, or of the card."""
        if self._right.currentWidget() is self.card:
            return self.card.round
        if self._right.currentWidget() is self.pane and self.pane.grid.round_id is not None:
            return get_round(self.pane.grid.round_id, self.context.now())
        return None

    def _ask(self, form: type[PostponeDialog | MakeUpDialog | CancelRoundDialog]) -> None:
        row = self._round()
        if row is not None:
            self._store(form(self.context, self, row))

    def _store(self, form: SmallForm) -> None:
        form.ask()
        if form.stored is not None:
            self.context.changes.inspections_changed.emit()
        self._enter_right()

    def _fill_round_menu(self, menu: QMenu) -> None:
        """Add what can be done with the round that is shown and with its sheet."""
        row, staff = self._round(), self.context.staff
        if row is None:
            return
        on_sheet = self._right.currentWidget() is self.pane
        if on_sheet and may(staff, Right.DO_ROUNDS):
            add_entry(menu, _("Print this sheet again"), "P", self._on_print_sheet)
            add_entry(menu, _("Save it as a workbook"), "W", self._on_save_file)
            add_entry(menu, _("Take in its workbook"), "I", self._on_take_file)
            if not row.filled and self.pane.sheet is not None:
                add_entry(menu, _("Take the sheet back"), "T", self._on_take_back)
        if row.id and may(staff, Right.PLAN_ROUNDS):
            now = local(self.context.now())
            if row.may_move(now):
                add_entry(menu, _("Postpone"), "O", lambda: self._ask(PostponeDialog))
                add_entry(menu, _("Call off"), "C", lambda: self._ask(CancelRoundDialog))
            elif row.may_be_made_up_for(now):
                add_entry(menu, _("Make up for it"), "M", lambda: self._ask(MakeUpDialog))

    def _on_save_file(self) -> None:
        from ui.sheet_files import save_sheet_file

        if self.pane.sheet is not None:
            save_sheet_file(self.context, self, self.pane.sheet.number)

    def _on_take_file(self) -> None:
        from ui.sheet_files import take_sheet_file

        take_sheet_file(self.context, self, self.pane)

    def _on_take_back(self) -> None:
        if self.pane.sheet is not None:
            self._store(TakeBackDialog(self.context, self, self.pane.sheet))

    def _on_sheet_menu(self) -> None:
        menu = QMenu(self)
        self._fill_round_menu(menu)
        menu.aboutToHide.connect(menu.deleteLater)
        more = self.pane.head.more
        menu.popup(more.mapToGlobal(QPoint(0, more.height())))

    def _on_more(self) -> None:
        menu = QMenu(self)
        if self._round() is not None:
            self._fill_round_menu(menu.addMenu(lettered(_("This round"), "R")))
        add_entry(menu, _("The list"), "V", self.list.take_focus, keys=LIST_KEYS)
        add_entry(menu, _("The month"), "N", self.list.month.grid.setFocus, keys=MONTH_KEYS)
        menu.addSeparator()
        add_inspection_menu(menu, self.context, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- plans and things, of other parts

    def _on_plans(self) -> None:
        plan_acts.show_plans(self.context, self)

    def _on_adopt(self) -> None:
        plan_acts.adopt_schedules(self.context, self)

    def _on_ledger(self) -> None:
        asset_acts.show_assets(self.context, self)
