"""The intake form (decision 25): a house, who calls, what is said; and the same form to amend.

What is typed is kept two seconds after the last key and survives a crash (decision 33).
"""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from propdesk.domain.attachments import StagedFile, from_words
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.ticket_drafts import check_ticket_draft
from propdesk.domain.tickets import Kind, Ticket, TicketDraft
from propdesk.i18n import _
from propdesk.services import tickets
from propdesk.services.attachments import discard_files
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from propdesk.services.incidents import attach_tickets
from propdesk.services.queries.desk import CallerCard
from propdesk.services.queries.tickets import get_ticket
from ui.context import AppContext
from ui.forms.caller_pane import CallerPane
from ui.forms.intake_files import IntakeFiles
from ui.forms.intake_hints import IntakeHints, call_class
from ui.forms.phrase_help import PhraseHelp
from ui.forms.ticket_rows import TicketRows
from ui.incoming_files import Drops
from ui.navigation import Intake
from ui.pages.ticket_words import local
from ui.theme import Ink, Size, Space, Tone
from ui.typed_draft import KEEP_MS
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.labels import Label, LinkButton, Surface
from ui.widgets.panes import ActionBar, DetailPane

DRAFT = "ticket"


class TicketForm(QWidget):
    """Takes a ticket in, or amends one.

    Begin with `begin` or `amend`. `stored` comes with the ticket and whether it is to be printed,
    `said` with a small success, `left` when the clerk goes back.
    """

    stored = Signal(object, bool)
    said = Signal(str)
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._ticket: Ticket | None = None
        self._start: Mapping[str, str] = {}
        # Whether to print, once the photos that are on their way have arrived.
        self._waits: bool | None = None
        self._build()
        self._connect()

    def _build(self) -> None:
        theme = self.context.theme
        self.register = Button(theme, "", kind=Loudness.PRIMARY, icon="check", shortcut="Ctrl+S")
        self.print = Button(theme, _("Register and print"), icon="printer", shortcut="Ctrl+P")
        self.cancel = Button(theme, _("Cancel"), kind=Loudness.QUIET, shortcut="Esc")
        hint = Label(
            theme,
            _("Tab next field  F8 next problem  Ctrl+J phrases"),
            ink=Ink.TEXT_3,
            size=Size.SMALL,
        )
        bar = ActionBar(theme, (self.register, self.print, self.cancel), (hint,), margin=Space.XXL)
        pane = DetailPane(theme, bar, margin=Space.XXL)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        self._title = Label(theme, size=Size.TITLE, bold=True)
        self._kept = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._kept)
        head.addStretch(1)
        pane.body.addLayout(head)
        self.restored = Banner(theme, Tone.INFO, "file-clock")
        pane.body.addWidget(self.restored)
        self.hints = IntakeHints(self.context)
        pane.body.addWidget(self.hints)
        self.rows = TicketRows(self.context)
        pane.body.addWidget(self.rows)
        self.files = IntakeFiles(self.context)
        pane.body.addWidget(self.files)
        pane.body.addStretch(1)
        self.caller = CallerPane(theme)
        right = Surface(theme, line_left=True)
        inside = QVBoxLayout(right)
        inside.setContentsMargins(1, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.caller, 1)
        PhraseHelp(
            self,
            self.context,
            [self.rows.text, self.rows.wish],
            lambda: self.rows.phrase_values(self.context.now()),
            kind=self.rows.chosen_kind,
            place=lambda pane: inside.addWidget(pane, 1),
        )
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(pane, 7)
        both.addWidget(right, 5)

    def _connect(self) -> None:
        self.register.clicked.connect(self._on_register)
        self.print.clicked.connect(lambda: self.submit(to_print=True))
        self.cancel.clicked.connect(self._on_cancel)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_register)
        self.restored.followed.connect(self._start_afresh)
        self.rows.caller_changed.connect(self._on_caller)
        self.rows.typed.connect(self._show_hints)
        QShortcut(QKeySequence("Alt+J"), self).activated.connect(self.hints.toggle)
        self.rows.said.connect(self.said)
        self.files.said.connect(self.said)
        self.files.ready.connect(self._on_files_ready)
        Drops(self, self.files.take, self.context.now).watch(
            *self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)
        )
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self.keep)
        self.rows.typed.connect(self._keep.start)
        self.files.typed.connect(self._keep.start)
        # The window keeps the draft when it closes; after that there is no office to keep it in.
        self.context.background.stopped.connect(self._keep.stop)

    # -- beginning

    def begin(self, intake: Intake) -> None:
        """Begin a new ticket with what is known already."""
        self._open(None)
        kind = intake.kind or Kind.REPAIR
        self.rows.begin(kind, intake.unit_id, intake.person_id, intake.text)
        self.files.fill("")
        self._start = self._fields()

    def amend(self, ticket: Ticket) -> None:
        """Show a ticket to be amended, with what was half amended before."""
        self._open(ticket)
        self.rows.show_record(ticket)
        self._start = self._fields()
        self.restore()

    def _open(self, ticket: Ticket | None) -> None:
        self._keep.stop()
        self._ticket = ticket
        self._waits = None
        # The files of a ticket that stands are in its detail.
        self.files.setVisible(ticket is None)
        if ticket is None:
            title, verb = _("New ticket"), _("Register")
        else:
            title, verb = _("Amend {number}").format(number=ticket.number), _("Save changes")
        self._title.show_text(title)
        self.register.show_word(verb, icon="check")
        self.print.setVisible(ticket is None)
        self._kept.show_text("")
        self.restored.show_banner(Tone.INFO, "file-clock", "")

    def restore(self) -> bool:
        """Go on with the draft that was kept, if there is one."""
        kept = get_draft(self._draft_key())
        if kept is None:
            return False
        fields, at = kept
        self.rows.fill(fields)
        self.files.fill(fields.get("files", ""))
        sentence = _("What was typed at {time} is here again").format(time=f"{at:%m-%d %H:%M}")
        self.restored.show_banner(Tone.INFO, "file-clock", sentence, _("Start afresh"))
        return True

    def is_intake(self) -> bool:
        """Tell whether a new ticket is taken in (not an old one amended)."""
        return self._ticket is None

    def is_dirty(self) -> bool:
        """Tell whether the clerk has typed or chosen anything."""
        return self._fields() != self._start

    def _fields(self) -> dict[str, str]:
        """Return everything that is typed, chosen and added, as words (the draft keeps them)."""
        return {**self.rows.fields(), "files": self.files.words()}

    # -- the draft

    def _draft_key(self) -> str:
        """Return the draft's name; changes to an older version of a ticket are not taken up."""
        ticket = self._ticket
        return DRAFT if ticket is None else f"{DRAFT}/{ticket.id}/{ticket.version}"

    def keep(self) -> None:
        """Keep what has been typed so far; the head of the form says when."""
        self._keep.stop()
        if not self.is_dirty():
            return
        now = self.context.now()
        before = self._kept_files()
        try:
            keep_draft(self._draft_key(), self._fields(), now=now)
            discard_files(self.context.office, before)
        except RuleError as refusal:
            self._kept.show_text(str(refusal), Ink.DANGER)
            return
        words = _("Draft kept at {time}").format(time=f"{now:%H:%M}")
        self._kept.show_text(words, Ink.TEXT_3)

    def forget(self) -> None:
        """Forget the draft: it was stored or thrown away; photos without a ticket go with it."""
        self._keep.stop()
        files = {*self._kept_files(), *self.files.files()}
        drop_draft(self._draft_key())
        discard_files(self.context.office, files)

    def _kept_files(self) -> tuple[StagedFile, ...]:
        """Return the photos of the draft that was kept last."""
        kept = get_draft(self._draft_key())
        return from_words(kept[0].get("files", "")) if kept else ()

    def _start_afresh(self) -> None:
        self.forget()
        if self._ticket is None:
            self.begin(Intake())
        else:
            self.amend(self._ticket)
        self.take_focus()

    def _on_cancel(self) -> None:
        self.keep()
        self.left.emit()

    # -- following the clerk

    def take_focus(self) -> None:
        """Put the keyboard where the clerk goes on: the house, or the text once that is known."""
        field = self.rows.text if self.rows.house.line.words() else self.rows.house.line
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_caller(self, card: CallerCard | None, chosen: int | None) -> None:
        days = self.context.settings.repeat_days
        self.caller.show_card(card, self.context.now(), days=days, chosen=chosen)
        self._show_hints()

    def _show_hints(self) -> None:
        """Say what is known of the matter that is typed; it takes no key and no focus."""
        unit = self.rows.house.unit if self.is_intake() else None
        kind = Kind(self.rows.kind.chosen())
        code = call_class(kind, self.rows.class_code.value())
        self.hints.show_call(unit.id if unit else None, kind, code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter moves on from chips and lists, and presses a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focus = self.focusWidget()
            if isinstance(focus, Button | LinkButton):
                focus.click()
            else:
                self.focusNextChild()
            return
        super().keyPressEvent(event)

    # -- storing

    def _on_register(self) -> None:
        self.submit()

    def submit(self, *, to_print: bool = False) -> None:
        """Store the ticket; what keeps it from being stored is shown under the fields at once.

        Photos that are still on their way are waited for.
        """
        if self.files.adding is not None:
            self._waits = to_print
            return
        now = self.context.now()
        draft, problems = self._checked(now)
        if problems:
            self.rows.point_out(problems)
            return
        try:
            ticket = self._store(draft, now)
        except DraftError as refusal:
            self.rows.point_out(list(refusal.problems))
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.forget()
            self.stored.emit(ticket, to_print)

    def _on_files_ready(self) -> None:
        waits, self._waits = self._waits, None
        if waits is not None:
            self.submit(to_print=waits)

    def _checked(self, now: datetime) -> tuple[TicketDraft, list[Problem]]:
        """Return the draft, and everything that is not right yet, all together."""
        unclear = self.rows.house.problem()
        problems = [] if unclear is None else [unclear]
        promised_at = None
        try:
            promised_at = self.rows.promise.moment()
        except DraftError as refusal:
            problems += refusal.problems
        draft = self.rows.draft(promised_at)
        since = self._ticket.received_at if self._ticket else local(now)
        return draft, [*problems, *check_ticket_draft(draft, since)]

    def _attach(self, ticket: Ticket) -> None:
        try:
            self.files.attach_to(ticket)
        except RuleError as refusal:
            # The ticket stands; only its photos were refused.
            title = _("{number} is registered, but without its photos").format(number=ticket.number)
            self.context.messages.tell(self, title, str(refusal))

    def _attached(self, ticket: Ticket) -> Ticket:
        """Attach a new ticket to the incident that it was said to belong to."""
        master_id = self.hints.master_id()
        if master_id is None:
            return ticket
        by, now = self.context.staff.id, self.context.now()
        try:
            attach_tickets(master_id, [ticket.id], by=by, now=now)
        except RuleError as refusal:
            # The ticket stands; only the incident did not take it.
            title = _("{number} is registered, but not attached").format(number=ticket.number)
            self.context.messages.tell(self, title, str(refusal))
        return get_ticket(ticket.id)

    def _store(self, draft: TicketDraft, now: datetime) -> Ticket:
        by = self.context.staff.id
        if self._ticket is not None:
            version = self._ticket.version
            return tickets.amend_ticket(self._ticket.id, draft, version=version, by=by, now=now)
        ticket = self._attached(tickets.register_ticket(draft, by=by, now=now))
        self._attach(ticket)
        department, handler = self.rows.destination()
        if department is None:
            return ticket
        try:
            return tickets.dispatch_ticket(
                ticket.id, by=by, now=now, department_id=department, handler_id=handler
            )
        except RuleError as refusal:
            # The ticket stands; only sending it out was refused.
            title = _("{number} is registered, but not dispatched").format(number=ticket.number)
            self.context.messages.tell(self, title, str(refusal))
            return ticket
