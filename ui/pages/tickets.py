"""Tickets (工单): the list with the desk's daily questions, a ticket in full, the intake form."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.paper_trail import PaperKind
from propdesk.domain.tickets import EventKind, Ticket
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.drafts import get_draft
from propdesk.services.queries.contacts import contact_about
from propdesk.services.queries.incidents import ClusterFound
from propdesk.services.queries.papers import ScannedPaper
from propdesk.services.queries.tickets import TicketRow, count_groups, get_ticket
from ui.context import AppContext
from ui.dialogs.charge_dialog import ChargeDialog
from ui.dialogs.messages import Verb
from ui.forms.letter_form import LetterDialog, ProblemReportDialog
from ui.forms.move_form import MoveForm
from ui.forms.move_forms import VoidDialog
from ui.keyboard import add_entry
from ui.navigation import Intake
from ui.pages.page import Page
from ui.pages.quick_acts import QUICK_ACTS, confirm_class
from ui.pages.ticket_acts import Act, can_act
from ui.pages.ticket_list import ALL, TicketList
from ui.pages.ticket_side import TicketSide
from ui.pages.work_page import PRINT_KEYS, Halves, ToolBar
from ui.sheet_printing import show_follow_up_list, show_sheet
from ui.tables.memory import ScopedMemory
from ui.widgets.badges import Toast
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Chips, Choice

if TYPE_CHECKING:
    from ui.forms.ticket_form import TicketForm

# The desk's daily questions, in the order of a ticket's life; the last ones only while they hold
# anything, or while they are asked from elsewhere.
_GROUPS: tuple[tuple[str, LazyText], ...] = (
    (ALL, _lazy("All")),
    ("to-dispatch", _lazy("To dispatch")),
    ("in-work", _lazy("In work")),
    ("overdue", _lazy("Past due")),
    ("to-reply", _lazy("To reply")),
    ("to-follow-up", _lazy("To follow up")),
    ("first-contact", _lazy("My first contact")),
    ("mine", _lazy("Mine to handle")),
)
_RARE_GROUPS: tuple[tuple[str, LazyText], ...] = (
    ("my-replies", _lazy("Mine to reply")),
    ("to-class", _lazy("To be classed")),
    ("needs-person", _lazy("Needs a person")),
    ("violations", _lazy("Breaches of rules")),
)
_ASKED_GROUPS: tuple[tuple[str, LazyText], ...] = (("open", _lazy("Still open")),)


class TicketsPage(Page):
    """Master and detail; the intake form takes their place while it is open."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._form: TicketForm | None = None
        self._pinned: int | None = None
        self._is_first = True
        self.list = TicketList(context)
        self.side = TicketSide(context)
        self.detail = self.side.detail
        self._is_filling = False
        self._stack = QStackedWidget()
        self._dialogs: dict[Act, Callable[[Ticket], None]] = {
            Act.VOID: self._void,
            Act.CHARGE: self._charge,
            Act.CONTACT: self._note_talk,
            Act.THING: self._name_thing,
            Act.LETTER: self._write_letter,
            Act.PROBLEM_REPORT: self._report_problem,
        }
        self._desk = QWidget()
        self._build()
        self._connect()

    # -- building

    def _build(self) -> None:
        theme = self.context.theme
        memory = ScopedMemory(self.context.memory, "tickets")
        halves = Halves(theme, self.list, self.side, memory, shares=(826, 540))
        column = QVBoxLayout(self._desk)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._build_tools())
        column.addWidget(halves, 1)
        self._stack.addWidget(self._desk)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._stack)
        self.toast = Toast(theme, self.list)

    def _build_tools(self) -> QWidget:
        theme = self.context.theme
        self._new = Button(theme, _("New ticket"), kind=Kind.TONAL, icon="plus", shortcut="Ctrl+N")
        self.chips = Chips(theme, _("Which tickets"))
        quiet = Kind.QUIET
        self._dispatch = Button(theme, _("Dispatch"), kind=quiet, icon="user-check", shortcut="F6")
        self._print = Button(theme, _("Print"), kind=quiet, icon="printer", shortcut="Ctrl+P")
        self.more = Button(theme, _("More"), kind=quiet, icon="ellipsis")
        actions = (self._dispatch, self._print, self.more)
        return ToolBar(theme, self._new, self.chips, actions)

    def _connect(self) -> None:
        self._new.clicked.connect(self._on_new)
        self._dispatch.clicked.connect(self._on_dispatch)
        self._print.clicked.connect(self._on_print)
        self.more.clicked.connect(self._on_more)
        self.chips.chosen_changed.connect(self._on_group)
        self.list.new_wanted.connect(self._on_new)
        self.list.changed.connect(self._count)
        self.list.current_changed.connect(self._on_current)
        self.list.selection_changed.connect(self._on_selection)
        self.list.opened.connect(self._on_opened)
        self.list.cluster.taken.connect(self.offer_incident)
        bulk = self.side.bulk
        bulk.left.connect(self._on_bulk_left)
        bulk.done.connect(self._on_bulk_done)
        bulk.ticket_wanted.connect(self.show_ticket)
        self.list.draft.followed.connect(self._on_new)
        self.detail.left.connect(self.list.take_focus)
        self.detail.act_wanted.connect(self._act)
        self.detail.done.connect(self._on_done)
        self.detail.files.changed.connect(self.context.changes.tickets_changed)
        self.detail.files.said.connect(self.toast.show_message)
        self.detail.ticket_wanted.connect(self.show_ticket)
        self.detail.paper_wanted.connect(self._print_sheet)
        paper = QShortcut(QKeySequence(PRINT_KEYS), self._desk)
        paper.activated.connect(self._on_print_list)
        for keys, act in (("F2", Act.AMEND), ("F9", Act.CLASS)):
            key = QShortcut(QKeySequence(keys), self._desk)
            key.activated.connect(lambda act=act: self._act(act))

    # -- the page's duties

    def refill(self) -> None:
        """Read counts, list and detail anew; the clerk stays where he is."""
        self._count()
        pinned = self._pinned
        self._is_filling = True
        if self._is_first:
            self._is_first = False
            self.list.reload()
        else:
            self.list.refresh()
        self._is_filling = False
        self._pinned = pinned
        self._show_side(is_asked=False)
        self._offer_draft()

    def enter(self) -> None:
        """Put the keyboard into the form that is open, else into the list."""
        if self._form is not None:
            focus = self._form.focusWidget()
            if focus is not None:
                focus.setFocus()
            else:
                self._form.take_focus()
        else:
            self.list.take_focus()

    def settle(self) -> bool:
        """Keep a half-typed ticket; the next start offers it again."""
        if self._form is not None:
            self._form.keep()
        return True

    # -- being called from elsewhere

    def show_ticket(self, ticket_id: int) -> None:
        """Show one ticket, whatever the list shows; the list goes to it where it can."""
        self._close_form()
        if not self.list.table.select_key(ticket_id):
            self.list.clear_filters()
            self._choose_group(ALL)
            self.list.show_group(ALL)
            self.list.show_all_dates()
            self.list.reload()
            self.list.table.select_key(ticket_id)
            self._count()
        self._pinned = ticket_id
        self._show_detail()
        self.detail.take_focus()

    def begun_form(self) -> MoveForm | None:
        """Return the form of an act that was begun on the ticket in sight."""
        form = self.detail.form
        return form if form is not None and form.is_touched() else None

    def enter_paper(self, paper: ScannedPaper) -> None:
        """Show the ticket of a work order that came back, with the form for what it says."""
        from ui.forms.return_form import ReturnForm

        self.show_ticket(paper.ticket.id)
        self.detail.show_form(ReturnForm(self.context, paper.ticket, paper))

    def offer_incident(self, cluster: ClusterFound) -> None:
        """Show the first ticket of a cluster, with the form that makes all of them one incident."""
        from ui.forms.incident_form import IncidentForm

        ids = cluster.open_ids
        self.show_ticket(ids[0])
        form = IncidentForm(self.context, get_ticket(ids[0]), ids, cluster)
        self.detail.show_form(form)

    def show_group(self, group: str) -> None:
        """Show one of the daily questions."""
        self._close_form()
        self.list.clear_filters()
        self._choose_group(group)
        self.list.show_group(group)
        self._count()
        self.list.take_focus()

    def begin(self, intake: Intake) -> None:
        """Begin a ticket with what is known: the house, who calls, the kind."""
        is_known = intake.unit_id is not None or bool(intake.text)
        if is_known and (get_draft("ticket") or (self._form and self._form.is_dirty())):
            verbs = (Verb("old", _("Go on with it")), Verb("new", _("Begin a new ticket")))
            question = _("A half-typed ticket is still here")
            sentence = _("It was not registered yet. A new ticket takes its place.")
            if self.context.messages.choose(self, question, sentence, verbs) == "old":
                intake, is_known = Intake(), False
        if self._form is not None and not is_known and self._form.is_intake():
            self.enter()
            return
        form = self._open_form()
        if is_known:
            form.begin(intake)
        else:
            form.begin(intake)
            form.restore()
        form.take_focus()

    # -- the form

    def _open_form(self) -> "TicketForm":
        from ui.forms.ticket_form import TicketForm

        self._close_form()
        form = TicketForm(self.context)
        form.stored.connect(self._on_stored)
        form.left.connect(self._on_form_left)
        form.said.connect(self.toast.show_message)
        self._form = form
        self._stack.addWidget(form)
        self._stack.setCurrentWidget(form)
        return form

    def _close_form(self) -> None:
        form, self._form = self._form, None
        if form is not None:
            form.keep()
            self._stack.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._stack.setCurrentWidget(self._desk)
        self._offer_draft()

    def _on_form_left(self) -> None:
        self._close_form()
        self.list.take_focus()

    def _on_stored(self, ticket: Ticket, to_print: bool) -> None:
        was_amended = len(ticket.events) > 1 and ticket.events[-1].kind is EventKind.AMENDED
        form, self._form = self._form, None
        if form is not None:
            self._stack.removeWidget(form)
            form.hide()
            form.deleteLater()
        self._stack.setCurrentWidget(self._desk)
        self.context.changes.tickets_changed.emit()
        self.show_ticket(ticket.id)
        self.list.table.setFocus()
        words = _("{number} is amended") if was_amended else _("{number} is registered")
        self.toast.show_message(words.format(number=ticket.number))
        if to_print:
            self._print_ticket(ticket)

    def _offer_draft(self) -> None:
        kept = get_draft("ticket") if self._form is None else None
        words = ""
        if kept is not None:
            fields, at = kept
            about = " ".join((fields.get("house", ""), fields.get("text", ""))).strip()
            words = _("A ticket half typed at {time}: {words}").format(
                time=f"{at:%m-%d %H:%M}", words=about
            )
        self.list.show_draft(words)

    # -- the list and the detail

    def _choose_group(self, group: str) -> None:
        self._offer_groups({}, group)
        self.chips.choose(group)

    def _offer_groups(self, counts: dict[str, int], asked: str) -> None:
        shown = [
            *_GROUPS,
            *(one for one in _RARE_GROUPS if counts.get(one[0]) or one[0] == asked),
            *(one for one in _ASKED_GROUPS if one[0] == asked),
        ]
        self.chips.set_choices(
            [
                Choice(key, str(word), counts.get(key), is_bad=key == "overdue")
                for key, word in shown
            ]
        )

    def _count(self) -> None:
        now = self.context.now()
        counts = count_groups(now=now, staff_id=self.context.staff.id)
        counts[ALL] = self.list.count_of_all(now)
        if counts["my-replies"] == counts["to-reply"]:
            # Nobody else owes a reply: it would be the same list twice (R22).
            counts["my-replies"] = 0
        self._offer_groups(counts, self.list.group())
        self.count_changed.emit(counts["open"])

    def _on_group(self, group: str) -> None:
        self._pinned = None
        self.list.show_group(group)
        self._count()

    def _on_current(self, row: TicketRow | None) -> None:
        if row is None or row.id != self._pinned:
            self._pinned = None
        self._on_selection()

    def _on_selection(self) -> None:
        if not self._is_filling:
            self._show_side(is_asked=True)

    def _show_side(self, *, is_asked: bool) -> None:
        """Show the pane of many where several rows are chosen, else the current ticket."""
        chosen = [] if self._pinned else self.list.chosen()
        if not self.side.take(chosen, is_asked=is_asked):
            self._show_detail()
            return
        self._print.setEnabled(True)
        self._dispatch.setEnabled(True)

    def _show_detail(self) -> None:
        row = self.list.table.current_row()
        wanted = self._pinned or (row.id if row else None)
        ticket = None if wanted is None else get_ticket(wanted)
        self.detail.show_ticket(ticket)
        self._print.setEnabled(ticket is not None)
        self._dispatch.setEnabled(self.side.can_dispatch())

    # -- acts

    def _on_new(self) -> None:
        self.begin(Intake())

    def _act(self, act: Act) -> None:
        ticket = self.detail.ticket
        if ticket is None or not can_act(ticket, act):
            return
        if act is Act.AMEND:
            form = self._open_form()
            form.amend(ticket)
            form.take_focus()
        elif act in self._dialogs:
            self._dialogs[act](ticket)
        elif act is Act.ANSWER_ALL:
            self.side.answer_incident(ticket.id)
        elif act in QUICK_ACTS:
            self._run(lambda: QUICK_ACTS[act](self.context, ticket))
        elif act is Act.CLASS and ticket.class_suggested and self.detail.form is None:
            self._run(lambda: confirm_class(self.context, ticket))
        else:
            self.detail.open_form(act)

    def _void(self, ticket: Ticket) -> None:
        if VoidDialog(self.context, self, ticket).ask() == "void":
            self._on_done(_("{number} is void").format(number=ticket.number))

    def _charge(self, ticket: Ticket) -> None:
        if ChargeDialog(self.context, self, ticket).ask() == "save":
            self._on_done(_("{number}: the costs are noted").format(number=ticket.number))

    def _note_talk(self, ticket: Ticket) -> None:
        self.context.navigation.contact_wanted.emit(contact_about(ticket))

    def _name_thing(self, ticket: Ticket) -> None:
        from ui.asset_acts import name_thing

        words = name_thing(self.context, self, ticket)
        if words:
            self._on_done(words)

    def _write_letter(self, ticket: Ticket) -> None:
        dialog = LetterDialog(self.context, self, ticket)
        if dialog.ask() == "write" and dialog.letter is not None:
            words = _("{letter} is written for {number}")
            self._on_done(words.format(letter=dialog.letter.number, number=ticket.number))
            show_sheet(self.context, self, ticket, PaperKind.REPLY_LETTER, dialog.letter)

    def _report_problem(self, ticket: Ticket) -> None:
        if ProblemReportDialog(self.context, self, ticket).ask() == "report":
            self._on_done(_("{number} is reported").format(number=ticket.number))
            self._print_sheet(PaperKind.PROBLEM_REPORT)

    def _print_sheet(self, kind: PaperKind) -> None:
        if self.detail.ticket is not None:
            show_sheet(self.context, self, self.detail.ticket, kind)

    def _run(self, act: Callable[[], str]) -> None:
        try:
            words = act()
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
            return
        self._on_done(words)

    def _on_done(self, words: str) -> None:
        had_focus = self.list.table.hasFocus()
        self.context.changes.tickets_changed.emit()
        self.toast.show_message(words)
        if not had_focus:
            self.detail.take_focus()

    def _on_dispatch(self) -> None:
        if self.side.is_many():
            self.side.bulk.begin_dispatch()
        else:
            self._act(Act.DISPATCH)

    def _on_opened(self) -> None:
        (self.side.bulk if self.side.is_many() else self.detail).take_focus()

    def _on_bulk_left(self) -> None:
        """Go back to the list; a summary that was read is gone."""
        self._show_side(is_asked=True)
        self.list.take_focus()

    def _on_bulk_done(self, words: str) -> None:
        self.context.changes.tickets_changed.emit()
        self.toast.show_message(words)

    def _on_print(self) -> None:
        if self.side.is_many():
            self.side.bulk.print_orders()
        elif self.detail.ticket is not None:
            self._print_ticket(self.detail.ticket)

    def _print_ticket(self, ticket: Ticket) -> None:
        from ui.order_printing import show_work_order

        show_work_order(self.context, self, ticket)

    def _on_more(self) -> None:
        menu = QMenu(self)
        add_entry(menu, _("Copy the chosen rows"), "C", self.list.table.copy_selection)
        add_entry(menu, _("Export this list"), "E", self._on_export)
        add_entry(menu, _("Print this list"), "L", self._on_print_list, keys=PRINT_KEYS)
        add_entry(menu, _("Print follow-up list"), "F", self._on_print_follow_ups)
        menu.addSeparator()
        add_entry(menu, _("Price list"), "P", self._on_prices)
        add_entry(menu, _("Phrases"), "H", self._on_phrases)
        add_entry(menu, _("Import complaints"), "I", self._on_import)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _on_prices(self) -> None:
        from ui.dialogs.prices_dialog import PricesDialog

        PricesDialog(self.context, self).ask()

    def _on_phrases(self) -> None:
        from ui.dialogs.phrases_dialog import PhrasesDialog

        PhrasesDialog(self.context, self).ask()

    def _on_print_follow_ups(self) -> None:
        """Print whom to ask: the chosen tickets where there are several, else all in the queue."""
        chosen = [row.id for row in self.list.table.selected_rows()]
        show_follow_up_list(self.context, self, chosen if len(chosen) > 1 else None)

    def _on_export(self) -> None:
        words = self.list.export()
        if words:
            self.toast.show_message(words)

    def _on_print_list(self) -> None:
        words = dict((*_GROUPS, *_RARE_GROUPS, *_ASKED_GROUPS))
        self.list.print_out(str(words[self.list.group()]))

    def _on_import(self) -> None:
        from ui.dialogs.import_dialog import open_import

        open_import(self.context, self, "complaints")
