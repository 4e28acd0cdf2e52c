"""The intake form (decision 25): house, who, what was said; everything else behind one fold.

The same form amends a ticket. What is typed is kept two seconds after the last key and survives a
crash (decision 33).
"""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.classes import UNCLASSED, class_path
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.suggestions import suggest_class
from propdesk.domain.texts import LONGEST_TEXT, first_words
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    KIND_LABELS,
    REPORTER_LABELS,
    URGENCY_LABELS,
    Channel,
    Kind,
    ReporterKind,
    Ticket,
    TicketDraft,
    Urgency,
    check_ticket_draft,
)
from propdesk.i18n import _
from propdesk.services import tickets
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from propdesk.services.parts.class_words import class_words
from propdesk.services.queries.desk import get_caller_card
from propdesk.services.queries.staff import list_departments, list_staff
from propdesk.services.queries.units import Resident
from ui.context import AppContext
from ui.forms.caller_pane import CallerPane
from ui.forms.class_choices import class_choices
from ui.forms.house_picker import HousePicker
from ui.forms.promise_field import PromiseField
from ui.forms.reporter_fields import ReporterFields
from ui.navigation import Intake
from ui.pages.ticket_words import local
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import CheckField, LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label, LinkButton, Surface
from ui.widgets.panes import ActionBar, DetailPane

DRAFT = "ticket"
_KEEP_MS = 2000
_SUGGEST_MS = 300
_FOLDED = (
    "channel", "urgency", "spot", "wish", "department_id", "promised_at", "appointment", "matter",
    "reporter_kind",
)  # fmt: skip
_PHONE_ROW = {"reporter_phone": "reporter_name"}


class TicketForm(QWidget):
    """Takes a ticket in, or amends one.

    `stored` comes with the ticket and whether it is to be printed, `said` with a small success,
    `left` when the clerk goes back.
    """

    stored = Signal(object, bool)
    said = Signal(str)
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._ticket: Ticket | None = None
        self._start: Mapping[str, str] = {}
        self._wanted_person: int | None = None
        self._is_filling = False
        self._build()
        self._connect()
        self.begin(Intake())

    # -- building

    def _build(self) -> None:
        theme = self.context.theme
        self.caller = CallerPane(theme)
        self.register = Button(theme, "", kind=Loudness.PRIMARY, icon="check", shortcut="Ctrl+S")
        self.print = Button(theme, _("Register and print"), icon="printer", shortcut="Ctrl+P")
        self.cancel = Button(theme, _("Cancel"), kind=Loudness.QUIET, shortcut="Esc")
        hint = Label(theme, _("Tab next field  F8 next problem"), ink=Ink.TEXT_3, size=Size.SMALL)
        bar = ActionBar(theme, (self.register, self.print, self.cancel), (hint,), margin=Space.XXL)
        pane = DetailPane(theme, bar, margin=Space.XXL)
        head = QHBoxLayout()
        head.setSpacing(Space.M)
        self._title = Label(theme, "", size=Size.TITLE, bold=True)
        self._kept = Label(theme, "", ink=Ink.TEXT_3, size=Size.SMALL)
        head.addWidget(self._title)
        head.addWidget(self._kept)
        head.addStretch(1)
        pane.body.addLayout(head)
        self.restored = Banner(theme, Tone.INFO, "file-clock")
        pane.body.addWidget(self.restored)
        self.rows = FormRows(theme)
        pane.body.addWidget(self.rows)
        pane.body.addStretch(1)
        self._build_rows()
        self._build_fold()
        right = Surface(theme, line_left=True)
        inside = QHBoxLayout(right)
        inside.setContentsMargins(1, 0, 0, 0)
        inside.addWidget(self.caller)
        both = QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addWidget(pane, 7)
        both.addWidget(right, 5)

    def _build_rows(self) -> None:
        theme = self.context.theme
        self.kind = Chips(
            theme,
            _("Kind"),
            [
                Choice(kind.value, str(KIND_LABELS[kind]), hotkey=str(number))
                for number, kind in enumerate(Kind, start=1)
            ],
        )
        self.house = HousePicker(theme, self)
        self.reporter = ReporterFields(self.context, self)
        self.class_code = PickField(theme, _("Class"), class_choices())
        self.suggestion = LinkButton(theme)
        self.text = TextField(
            theme, _("Own words"), placeholder=_("What the caller said"), longest=LONGEST_TEXT
        )
        rows = self.rows
        alt = Label(theme, "Alt+1–6", ink=Ink.TEXT_3, size=Size.SMALL)
        rows.add_row("kind", _("Kind"), self.kind, note=alt)
        rows.add_row(
            "place", _("House"), self.house.line, self.house.community, note=self.house.hint
        )
        rows.add_row(
            "reporter_name",
            _("Reporter"),
            self.reporter.name,
            self.reporter.phone,
            self.reporter.add,
        )
        rows.add_row("role", _("In this house"), self.reporter.roles)
        rows.add_row("class_code", _("Class"), self.class_code, self.suggestion)
        rows.add_row("text", _("Own words"), self.text)
        rows.show_row("role", is_shown=False)

    def _build_fold(self) -> None:
        theme, rows = self.context.theme, self.rows
        self.fold = Button(theme, "", kind=Loudness.QUIET, shortcut="Alt+M")
        self.channel = Chips(
            theme, _("Channel"), [Choice(c.value, str(CHANNEL_LABELS[c])) for c in Channel]
        )
        self.urgency = Chips(
            theme,
            _("Urgency"),
            [
                Choice("", _("As proposed")),
                *(Choice(u.value, str(URGENCY_LABELS[u])) for u in Urgency),
            ],
        )
        self.spot = LineField(theme, _("Spot"), placeholder=_("Kitchen, under the sink"))
        self.common = CheckField(theme, _("Common part"))
        self.wish = TextField(
            theme, _("Wish"), placeholder=_("What the caller wants done"), lines=2, longest=2000
        )
        self.department = PickField(theme, _("Department"))
        self.handler = PickField(theme, _("Handler"))
        self.promise = PromiseField(self.context)
        self.appointment = LineField(
            theme, _("Appointment"), placeholder=_("Saturday morning, ring first")
        )
        self.matter = LineField(
            theme, _("Subject"), placeholder=_("The first words, where nothing is typed")
        )
        self.reporter_kind = Chips(
            theme,
            _("Reporter is"),
            [Choice(kind.value, str(REPORTER_LABELS[kind])) for kind in ReporterKind],
        )
        rows.add_row("fold", "", self.fold)
        rows.add_row("channel", _("Channel"), self.channel)
        rows.add_row("urgency", _("Urgency"), self.urgency)
        rows.add_row("spot", _("Spot"), self.spot, self.common)
        rows.add_row("wish", _("Wish"), self.wish)
        rows.add_row("department_id", _("Dispatch to"), self.department, self.handler)
        rows.add_row("promised_at", _("Promised"), self.promise, note=self.promise.hint)
        rows.add_row("appointment", _("Appointment"), self.appointment)
        rows.add_row("matter", _("Subject"), self.matter)
        rows.add_row("reporter_kind", _("Reporter is"), self.reporter_kind)
        self._show_fold(is_open=self.context.memory.recall("ticket_form/fold") == "open")

    def _connect(self) -> None:
        self.register.clicked.connect(self._on_register)
        self.print.clicked.connect(lambda: self.submit(to_print=True))
        self.cancel.clicked.connect(self._on_cancel)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._on_register)
        for number, kind in enumerate(Kind, start=1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.activated.connect(lambda wanted=kind: self._on_kind_key(wanted))
        QShortcut(QKeySequence("Alt+C"), self).activated.connect(self._take_suggestion)
        self.suggestion.followed.connect(self._take_suggestion)
        self.restored.followed.connect(self._start_afresh)
        self.kind.chosen_changed.connect(self._on_kind)
        self.house.unit_changed.connect(self._on_unit)
        self.reporter.add.clicked.connect(self._ask_role)
        self.reporter.added.connect(self._on_added)
        self.reporter.refused.connect(self._on_refused)
        self.reporter.person_changed.connect(self._on_person)
        self.fold.clicked.connect(self._on_fold)
        self.department.picked.connect(self._offer_staff)
        self._suggest = _timer(self, _SUGGEST_MS, self._on_suggest)
        self._keep = _timer(self, _KEEP_MS, self.keep)
        for line in (self.house.line, self.reporter.name, self.reporter.phone, self.spot,
                     self.promise, self.appointment, self.matter):  # fmt: skip
            line.textChanged.connect(self._on_typed)
        for text in (self.text, self.wish):
            text.textChanged.connect(self._on_typed)
        for chips in (self.kind, self.channel, self.urgency, self.reporter_kind):
            chips.chosen_changed.connect(self._on_typed)
        for pick in (self.class_code, self.department, self.handler, self.house.community):
            pick.picked.connect(self._on_typed)
        self.common.toggled.connect(self._on_typed)

    # -- beginning

    def begin(self, intake: Intake) -> None:
        """Begin a new ticket with what is known already."""
        self._open(None)
        self._fill({"kind": (intake.kind or Kind.REPAIR).value, "text": intake.text})
        self._wanted_person = intake.person_id
        if intake.unit_id is not None:
            self.house.show_unit(intake.unit_id)
        self._settle_start()

    def restore(self) -> bool:
        """Go on with the draft that was kept, if there is one."""
        kept = get_draft(self._draft_key())
        if kept is None:
            return False
        fields, at = kept
        if self._ticket is not None and fields.get("version") != str(self._ticket.version):
            return False
        self._fill(fields)
        self.restored.show_banner(
            Tone.INFO,
            "file-clock",
            _("What was typed at {time} is here again").format(time=f"{at:%m-%d %H:%M}"),
            _("Start afresh"),
        )
        return True

    def amend(self, ticket: Ticket) -> None:
        """Show a ticket to be amended."""
        self._open(ticket)
        self._fill(
            {
                "kind": ticket.kind.value,
                "house": ticket.unit or ticket.place,
                "community": ticket.community,
                "reporter_name": ticket.reporter_name,
                "reporter_phone": ticket.reporter_phone,
                "class_code": ticket.class_code,
                "text": ticket.text,
                "channel": ticket.channel.value,
                "urgency": ticket.urgency.value,
                "spot": ticket.spot,
                "common": "1" if ticket.common_part else "",
                "wish": ticket.wish,
                "appointment": ticket.appointment,
                "matter": ticket.matter,
                "reporter_kind": ticket.reporter_kind.value,
            }
        )
        self.promise.show_promise(ticket.promised_at)
        self._settle_start()
        self.restore()

    def _open(self, ticket: Ticket | None) -> None:
        self._ticket = ticket
        self._wanted_person = ticket.reporter_id if ticket else None
        is_new = ticket is None
        title = (
            _("New ticket") if ticket is None else _("Amend {number}").format(number=ticket.number)
        )
        self._title.show_text(title)
        self.register.show_word(_("Register") if is_new else _("Save changes"), icon="check")
        self.print.setVisible(is_new)
        self._kept.show_text("")
        self.restored.show_banner(Tone.INFO, "file-clock", "")
        self.rows.show_problems(())
        self.rows.show_row("role", is_shown=False)
        self.rows.show_row("department_id", is_shown=is_new and self._is_open)
        departments = [Choice(str(one.id), one.name) for one in list_departments()]
        self.department.set_choices([Choice("", _("Later")), *departments])
        self.department.choose("")
        self._offer_staff()

    def _settle_start(self) -> None:
        self._start = self.fields()
        self._keep.stop()

    # -- the fields as words, for the draft

    def fields(self) -> dict[str, str]:
        """Return everything that is typed and chosen, as words."""
        ticket = self._ticket
        return {
            "version": str(ticket.version) if ticket else "",
            "kind": self.kind.chosen(),
            "house": self.house.line.words(),
            "community": self.house.community_name(),
            "reporter_name": self.reporter.name.words(),
            "reporter_phone": self.reporter.phone.words(),
            "class_code": self.class_code.value(),
            "text": self.text.toPlainText(),
            "channel": self.channel.chosen(),
            "urgency": self.urgency.chosen(),
            "spot": self.spot.words(),
            "common": "1" if self.common.isChecked() else "",
            "wish": self.wish.toPlainText(),
            "department": self.department.value(),
            "handler": self.handler.value(),
            "promised": self.promise.words(),
            "appointment": self.appointment.words(),
            "matter": self.matter.words(),
            "reporter_kind": self.reporter_kind.chosen(),
        }

    def _fill(self, fields: Mapping[str, str]) -> None:
        def words(name: str, otherwise: str = "") -> str:
            return fields.get(name) or otherwise

        self._is_filling = True
        self.reporter.show_reporter("", "")
        self.house.show_house("")
        self.house.show_house(words("house"), words("community"))
        if words("reporter_name") or words("reporter_phone") or self._ticket is not None:
            self.reporter.show_reporter(words("reporter_name"), words("reporter_phone"))
        self.text.show_words(words("text"))
        self.wish.show_words(words("wish"))
        self.spot.show_words(words("spot"))
        self.common.setChecked(bool(words("common")))
        self.promise.show_promise(None)
        self.promise.show_words(words("promised"))
        self.appointment.show_words(words("appointment"))
        self.matter.show_words(words("matter"))
        _choose(self.kind, words("kind", Kind.REPAIR.value))
        _choose(self.class_code, words("class_code", UNCLASSED))
        _choose(self.channel, words("channel", Channel.PHONE.value))
        _choose(self.urgency, words("urgency"))
        _choose(self.reporter_kind, words("reporter_kind", ReporterKind.RESIDENT.value))
        _choose(self.department, words("department"))
        self._offer_staff()
        _choose(self.handler, words("handler"))
        self._is_filling = False
        self._on_kind()

    def is_intake(self) -> bool:
        """Tell whether a new ticket is taken in (not an old one amended)."""
        return self._ticket is None

    def is_dirty(self) -> bool:
        """Tell whether the clerk has typed or chosen anything."""
        return self.fields() != self._start

    # -- the draft

    def _draft_key(self) -> str:
        return DRAFT if self._ticket is None else f"{DRAFT}/{self._ticket.id}"

    def _on_typed(self) -> None:
        if self._is_filling:
            return
        self._keep.start()
        self._suggest.start()

    def keep(self) -> None:
        """Keep what has been typed so far; the head of the form says when."""
        self._keep.stop()
        if not self.is_dirty():
            return
        now = self.context.now()
        try:
            keep_draft(self._draft_key(), self.fields(), now=now)
        except RuleError as refusal:
            self._kept.show_text(str(refusal), Ink.DANGER)
            return
        words = _("Draft kept at {time}").format(time=f"{now:%H:%M}")
        self._kept.show_text(words, Ink.TEXT_3)

    def forget(self) -> None:
        """Forget the draft: it was stored or thrown away."""
        self._keep.stop()
        drop_draft(self._draft_key())

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
        if self.house.line.words():
            self.text.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.house.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_kind_key(self, kind: Kind) -> None:
        self.kind.choose(kind.value)
        self._on_kind()
        self._on_typed()

    def _on_kind(self) -> None:
        is_complaint = self.kind.chosen() == Kind.COMPLAINT
        self.rows.show_row("class_code", is_shown=is_complaint)
        self._on_suggest()

    def _on_unit(self) -> None:
        unit = self.house.unit
        now, days = self.context.now(), self.context.settings.repeat_days
        if unit is None:
            self.caller.show_card(None, now, days=days)
            self.reporter.show_people(None, (), None)
            self.rows.show_row("role", is_shown=False)
            return
        card = get_caller_card(unit.id, self._wanted_person, now=now, repeat_days=days)
        first = card.caller.person_id if card.caller else None
        present = [one for one in card.residents if one.present]
        self.reporter.show_people(unit, present, first)
        self._show_caller()

    def _on_person(self) -> None:
        if self.house.unit is not None:
            self._show_caller()

    def _show_caller(self) -> None:
        unit, chosen = self.house.unit, self.reporter.person_id
        if unit is None:
            return
        now, days = self.context.now(), self.context.settings.repeat_days
        card = get_caller_card(unit.id, chosen, now=now, repeat_days=days)
        self.caller.show_card(card, now, days=days, chosen=chosen)
        caller = next((one for one in card.residents if one.person_id == chosen), None)
        self.house.say(_caller_words(caller) if caller else "")

    def _ask_role(self) -> None:
        self.rows.show_row("role", is_shown=True)
        self.reporter.roles.setFocus()

    def _on_added(self, person: Resident) -> None:
        self.rows.show_row("role", is_shown=False)
        self._wanted_person = person.person_id
        self._on_unit()
        self.text.setFocus()
        self.context.changes.residents_changed.emit()
        self.said.emit(_("{name} now belongs to this house").format(name=person.name))

    def _on_refused(self, refusal: RuleError) -> None:
        if isinstance(refusal, DraftError):
            self._show_problems(
                [Problem("reporter_name", problem.text) for problem in refusal.problems]
            )
        else:
            self.context.messages.tell(self, _("This was not done"), str(refusal))

    def _on_suggest(self) -> None:
        self._suggest.stop()
        words = ""
        if self.kind.chosen() == Kind.COMPLAINT and self.class_code.value() == UNCLASSED:
            words_first = self.matter.words() or first_words(self.text.words())
            found = suggest_class(class_words(), words_first, self.text.words())
            if found is not None:
                self.suggestion.setProperty("code", found.class_code)
                words = _("Take {class_}  Alt+C").format(class_=class_path(found.class_code))
        self.suggestion.show_text(words)

    def _take_suggestion(self) -> None:
        if self.suggestion.text():
            self.class_code.choose(str(self.suggestion.property("code")))
            self.suggestion.show_text("")
            self._on_typed()

    def _offer_staff(self) -> None:
        wanted = int(self.department.value() or 0)
        people = [one for one in list_staff() if one.department_id == wanted and wanted]
        choices = [Choice(str(one.id), one.name) for one in people]
        self.handler.set_choices([Choice("", _("The department decides")), *choices])

    # -- the fold

    def _on_fold(self) -> None:
        self._show_fold(is_open=not self._is_open)
        self.context.memory.remember("ticket_form/fold", "open" if self._is_open else "")

    def _show_fold(self, *, is_open: bool) -> None:
        self._is_open = is_open
        for key in _FOLDED:
            self.rows.show_row(key, is_shown=is_open)
        if self._ticket is not None:
            self.rows.show_row("department_id", is_shown=False)
        word = _("Less") if is_open else _("More: channel, urgency, spot, dispatch, promise …")
        self.fold.show_word(word, icon="chevron-up" if is_open else "chevron-down")

    # -- storing

    def draft(self) -> TicketDraft:
        """Return what was typed. Raises DraftError for a promised time that cannot be read."""
        ticket = self._ticket
        kind = Kind(self.kind.chosen())
        old_class = ticket.class_code if ticket else UNCLASSED
        code = self.class_code.value() if kind is Kind.COMPLAINT else old_class
        unit = self.house.unit
        return TicketDraft(
            kind=kind,
            text=self.text.toPlainText(),
            unit_id=unit.id if unit else None,
            place=self.house.place(),
            spot=self.spot.words(),
            common_part=self.common.isChecked(),
            class_code=code,
            class_suggested=bool(ticket and ticket.class_suggested and code == old_class),
            matter=self.matter.words(),
            wish=self.wish.toPlainText(),
            channel=Channel(self.channel.chosen()),
            urgency=Urgency(self.urgency.chosen()) if self.urgency.chosen() else None,
            reporter_id=self.reporter.person_id,
            reporter_name=self.reporter.name.words(),
            reporter_phone=self.reporter.phone.words(),
            reporter_kind=ReporterKind(self.reporter_kind.chosen()),
            appointment=self.appointment.words(),
            promised_at=self.promise.moment(),
        )

    def _on_register(self) -> None:
        self.submit()

    def submit(self, *, to_print: bool = False) -> None:
        """Store the ticket; what keeps it from being stored is shown under the fields at once."""
        problems = [problem for problem in (self.house.problem(),) if problem]
        now = self.context.now()
        try:
            draft = self.draft()
            since = self._ticket.received_at if self._ticket else local(now)
            problems += check_ticket_draft(draft, since)
        except DraftError as refusal:
            problems += refusal.problems
        if problems:
            self._show_problems(problems)
            return
        try:
            ticket = self._store(draft, now)
        except DraftError as refusal:
            self._show_problems(list(refusal.problems))
        except RuleError as refusal:
            self.context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.forget()
            self.stored.emit(ticket, to_print)

    def _store(self, draft: TicketDraft, now: datetime) -> Ticket:
        by = self.context.staff.id
        if self._ticket is not None:
            return tickets.amend_ticket(
                self._ticket.id, draft, version=self._ticket.version, by=by, now=now
            )
        ticket = tickets.register_ticket(draft, by=by, now=now)
        department, handler = self.department.value(), self.handler.value()
        if not department:
            return ticket
        try:
            return tickets.dispatch_ticket(
                ticket.id,
                by=by,
                now=now,
                department_id=int(department),
                handler_id=int(handler) if handler else None,
            )
        except RuleError as refusal:
            # The ticket stands; only sending it out was refused.
            title = _("{number} is registered, but not dispatched").format(number=ticket.number)
            self.context.messages.tell(self, title, str(refusal))
            return ticket

    def _show_problems(self, problems: list[Problem]) -> None:
        known = [Problem(_PHONE_ROW.get(one.field, one.field), one.text) for one in problems]
        if any(one.field in _FOLDED for one in known) and not self._is_open:
            self._show_fold(is_open=True)
        self.rows.show_problems(known)

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


def _caller_words(caller: Resident) -> str:
    from propdesk.domain.persons import ROLE_LABELS

    return _("{name} ({role})").format(name=caller.name, role=ROLE_LABELS[caller.role])


def _timer(parent: QWidget, pause_ms: int, act: object) -> QTimer:
    timer = QTimer(parent)
    timer.setSingleShot(True)
    timer.setInterval(pause_ms)
    timer.timeout.connect(act)
    return timer


def _choose(field: Chips | PickField, key: str) -> None:
    """Choose a value of a draft; one that is no longer offered is left as it is."""
    try:
        field.choose(key)
    except ValueError:
        return
