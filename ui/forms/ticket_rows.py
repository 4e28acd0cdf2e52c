"""The fields of a ticket: what a call needs in sight, everything else behind one fold."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from propdesk.domain.classes import UNCLASSED, class_path
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.judgements import BASIS_LABELS
from propdesk.domain.persons import ROLE_LABELS
from propdesk.domain.phrases import Field, Values
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
    wants_visit,
)
from propdesk.i18n import _
from propdesk.services.parts.class_words import class_words
from propdesk.services.queries.desk import get_caller_card
from propdesk.services.queries.phrases import day_words, office_values
from propdesk.services.queries.residents import Resident
from propdesk.services.queries.staff import list_departments, list_staff
from ui.context import AppContext
from ui.forms.class_choices import class_choices
from ui.forms.house_picker import HousePicker
from ui.forms.promise_field import PromiseField
from ui.forms.reporter_fields import ReporterFields
from ui.theme import Ink, Size
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import CheckField, LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label, LinkButton

_SUGGEST_MS = 300
_FOLDED = (
    "channel", "picked_up", "urgency", "spot", "wish", "wish_basis", "department_id", "promised_at",
    "appointment", "matter", "reporter_kind",
)  # fmt: skip
# Problems of the phone are shown in the row that it shares with the name.
_SHARED_ROW = {"reporter_phone": "reporter_name"}


class TicketRows(FormRows):
    """The rows of the intake form.

    `typed` comes with every change by the clerk, `caller_changed` with the card of the house that
    is meant (None without one) and the person, `said` with a small success.
    """

    typed = Signal()
    caller_changed = Signal(object, object)
    said = Signal(str)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._wanted_person: int | None = None
        self._old_class = UNCLASSED
        self._was_suggested = False
        self._is_new = True
        self._shown_kind = Kind.REPAIR
        self._is_filling = False
        self._is_open = False
        self._build()
        self._build_fold()
        self._connect()

    # -- building

    def _build(self) -> None:
        theme = self._theme
        self.kind = Chips(
            theme,
            _("Kind"),
            [
                Choice(kind.value, str(KIND_LABELS[kind]), hotkey=str(number))
                for number, kind in enumerate(Kind, start=1)
            ],
        )
        self.house = HousePicker(theme, self)
        self.reporter = ReporterFields(self._context, self)
        self.class_code = PickField(theme, _("Class"), class_choices())
        self.suggestion = LinkButton(theme)
        self.text = TextField(
            theme, _("Own words"), placeholder=_("What the caller said"), longest=LONGEST_TEXT
        )
        alt = Label(theme, "Alt+1–6", ink=Ink.TEXT_3, size=Size.SMALL)
        house, reporter = self.house, self.reporter
        self.add_row("kind", _("Kind"), self.kind, note=alt)
        self.add_row("place", _("House"), house.line, house.community, note=house.hint)
        self.add_row("reporter_name", _("Reporter"), reporter.name, reporter.phone, reporter.add)
        self.add_row("role", _("In this house"), reporter.roles)
        self.add_row("class_code", _("Class"), self.class_code, self.suggestion)
        self.add_row("text", _("Own words"), self.text)
        self.show_row("role", is_shown=False)

    def _build_fold(self) -> None:
        theme = self._theme
        self.fold = Button(theme, "", kind=Loudness.QUIET, shortcut="Alt+M")
        self.channel = Chips(
            theme, _("Channel"), [Choice(c.value, str(CHANNEL_LABELS[c])) for c in Channel]
        )
        self.picked_up = Chips(
            theme,
            _("Within three rings"),
            [Choice("", _("Not noted")), Choice("1", _("Yes")), Choice("0", _("No"))],
        )
        urgencies = [Choice(u.value, str(URGENCY_LABELS[u])) for u in Urgency]
        self.urgency = Chips(theme, _("Urgency"), [Choice("", _("As proposed")), *urgencies])
        self.spot = LineField(theme, _("Spot"), placeholder=_("Kitchen, under the sink"))
        self.common = CheckField(theme, _("Common part"))
        self.visit = CheckField(theme, _("Somebody is to come"))
        self.wish = TextField(
            theme, _("Wish"), placeholder=_("What the caller wants done"), lines=2, longest=2000
        )
        self.wish_basis = Chips(
            theme,
            _("Wish rests on"),
            [
                Choice("", _("Not said")),
                *(Choice(one.value, str(label)) for one, label in BASIS_LABELS.items()),
            ],
        )
        self.department = PickField(theme, _("Department"))
        self.handler = PickField(theme, _("Handler"))
        self.promise = PromiseField(self._context)
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
        self.add_row("fold", "", self.fold)
        self.add_row("channel", _("Channel"), self.channel)
        self.add_row("picked_up", _("Within three rings"), self.picked_up)
        self.add_row("urgency", _("Urgency"), self.urgency, self.visit)
        self.add_row("spot", _("Spot"), self.spot, self.common)
        self.add_row("wish", _("Wish"), self.wish)
        self.add_row("wish_basis", _("Wish rests on"), self.wish_basis)
        self.add_row("department_id", _("Dispatch to"), self.department, self.handler)
        self.add_row("promised_at", _("Promised"), self.promise, note=self.promise.hint)
        self.add_row("appointment", _("Appointment"), self.appointment)
        self.add_row("matter", _("Subject"), self.matter)
        self.add_row("reporter_kind", _("Reporter is"), self.reporter_kind)
        self.show_fold(is_open=self._context.memory.recall("ticket_form/fold") == "open")

    def _connect(self) -> None:
        for number, kind in enumerate(Kind, start=1):
            key = QShortcut(QKeySequence(f"Alt+{number}"), self)
            key.activated.connect(lambda wanted=kind: self._on_kind_key(wanted))
        QShortcut(QKeySequence("Alt+C"), self).activated.connect(self._take_suggestion)
        self.suggestion.followed.connect(self._take_suggestion)
        self.kind.chosen_changed.connect(self._on_kind)
        self.house.unit_changed.connect(self._on_unit)
        self.reporter.add.clicked.connect(self._ask_role)
        self.reporter.added.connect(self._on_added)
        self.reporter.refused.connect(self._on_refused)
        self.reporter.person_changed.connect(self._show_caller)
        self.fold.clicked.connect(self._on_fold)
        self.department.picked.connect(self._offer_staff)
        self._suggest = QTimer(self)
        self._suggest.setSingleShot(True)
        self._suggest.setInterval(_SUGGEST_MS)
        self._suggest.timeout.connect(self._on_suggest)
        self._context.background.stopped.connect(self._suggest.stop)
        lines = (self.house.line, self.reporter.name, self.reporter.phone, self.spot,
                 self.promise, self.appointment, self.matter, self.text, self.wish)  # fmt: skip
        for line in lines:
            line.textChanged.connect(self._on_typed)
        mended: dict[str, LineField | TextField] = {
            "place": self.house.line,
            "reporter_name": self.reporter.name,
            "text": self.text,
            "promised_at": self.promise,
        }
        for row, field in mended.items():
            field.textChanged.connect(lambda *_words, row=row: self.drop_problem(row))
        self.reporter.phone.textChanged.connect(lambda: self.drop_problem("reporter_name"))
        self.house.unit_changed.connect(lambda: self.drop_problem("place"))
        for chips in (
            self.kind, self.channel, self.picked_up, self.urgency, self.wish_basis,
            self.reporter_kind,
        ):  # fmt: skip
            chips.chosen_changed.connect(self._on_typed)
        for pick in (self.class_code, self.department, self.handler, self.house.community):
            pick.picked.connect(self._on_typed)
        for check in (self.common, self.visit):
            check.toggled.connect(self._on_typed)

    # -- filling

    def begin(self, kind: Kind, unit_id: int | None, person_id: int | None, text: str) -> None:
        """Empty everything and show what is known of a call."""
        self._is_new, self._old_class, self._was_suggested = True, UNCLASSED, False
        self._wanted_person = person_id
        self._offer_departments()
        self.fill({"kind": kind.value, "text": text})
        if unit_id is not None:
            self._is_filling = True
            self.house.show_unit(unit_id)
            self._is_filling = False

    def show_record(self, ticket: Ticket) -> None:
        """Show a ticket that is to be amended; sending it out is an act of its own."""
        self._is_new = False
        self._old_class, self._was_suggested = ticket.class_code, ticket.class_suggested
        self._wanted_person = ticket.reporter_id
        self._offer_departments()
        self.fill(
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
                "picked_up": _flag_word(ticket.picked_up_in_time),
                "visit": "1" if ticket.visit_wanted else "",
                "wish": ticket.wish,
                "wish_basis": ticket.wish_basis,
                "appointment": ticket.appointment,
                "matter": ticket.matter,
                "reporter_kind": ticket.reporter_kind.value,
            }
        )
        self._is_filling = True
        self.promise.show_promise(ticket.promised_at)
        self._is_filling = False

    def fields(self) -> dict[str, str]:
        """Return everything that is typed and chosen, as words (the draft keeps them)."""
        return {
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
            "picked_up": self.picked_up.chosen(),
            "visit": "1" if self.visit.isChecked() else "",
            "wish": self.wish.toPlainText(),
            "wish_basis": self.wish_basis.chosen(),
            "department": self.department.value(),
            "handler": self.handler.value(),
            "promised": self.promise.words(),
            "appointment": self.appointment.words(),
            "matter": self.matter.words(),
            "reporter_kind": self.reporter_kind.chosen(),
        }

    def fill(self, fields: Mapping[str, str]) -> None:
        """Show words as `fields` returned them; what is missing is empty."""

        def words(name: str, otherwise: str = "") -> str:
            return fields.get(name) or otherwise

        self._is_filling = True
        self.show_problems(())
        self.show_row("role", is_shown=False)
        self.reporter.show_reporter("", "")
        self.house.show_house("")
        self.house.show_house(words("house"), words("community"))
        if words("reporter_name") or words("reporter_phone") or not self._is_new:
            self.reporter.show_reporter(words("reporter_name"), words("reporter_phone"))
        self.text.show_words(words("text"))
        self.wish.show_words(words("wish"))
        self.spot.show_words(words("spot"))
        self.common.setChecked(bool(words("common")))
        self.promise.show_words(words("promised"))
        self.appointment.show_words(words("appointment"))
        self.matter.show_words(words("matter"))
        _choose(self.kind, words("kind", Kind.REPAIR.value))
        self._shown_kind = Kind(self.kind.chosen())
        usual = "1" if wants_visit(self._shown_kind) else ""
        self.visit.setChecked(bool(fields.get("visit", usual)))
        _choose(self.class_code, words("class_code", UNCLASSED))
        _choose(self.channel, words("channel", Channel.PHONE.value))
        _choose(self.picked_up, words("picked_up"))
        _choose(self.urgency, words("urgency"))
        _choose(self.wish_basis, words("wish_basis"))
        _choose(self.reporter_kind, words("reporter_kind", ReporterKind.RESIDENT.value))
        _choose(self.department, words("department"))
        self._offer_staff()
        _choose(self.handler, words("handler"))
        self._is_filling = False
        self._on_kind()
        self.show_fold(is_open=self._is_open)

    # -- what was typed

    def draft(self, promised_at: datetime | None) -> TicketDraft:
        """Return what was typed, with the promised time that was read from it."""
        kind = Kind(self.kind.chosen())
        code = self.class_code.value() if kind is Kind.COMPLAINT else self._old_class
        unit = self.house.unit
        return TicketDraft(
            kind=kind,
            text=self.text.toPlainText(),
            unit_id=unit.id if unit else None,
            place=self.house.place(),
            spot=self.spot.words(),
            common_part=self.common.isChecked(),
            class_code=code,
            class_suggested=self._was_suggested and code == self._old_class,
            matter=self.matter.words(),
            wish=self.wish.toPlainText(),
            wish_basis=self.wish_basis.chosen(),
            channel=Channel(self.channel.chosen()),
            urgency=Urgency(self.urgency.chosen()) if self.urgency.chosen() else None,
            reporter_id=self.reporter.person_id,
            reporter_name=self.reporter.name.words(),
            reporter_phone=self.reporter.phone.words(),
            reporter_kind=ReporterKind(self.reporter_kind.chosen()),
            appointment=self.appointment.words(),
            promised_at=promised_at,
            visit_wanted=self.visit.isChecked(),
            picked_up_in_time=bool(int(noted)) if (noted := self.picked_up.chosen()) else None,
        )

    def chosen_kind(self) -> Kind:
        """Return the kind that is chosen."""
        return Kind(self.kind.chosen())

    def phrase_values(self, now: datetime) -> Values:
        """Return what the form knows for phrases (R29): who calls, from where, about what."""
        unit = self.house.unit
        return {
            **office_values(now),
            Field.SALUTATION: self.reporter.name.words(),
            Field.HOUSE: unit.long if unit else self.house.place(),
            Field.MATTER: self.matter.words() or first_words(self.text.toPlainText()),
            Field.DEADLINE: self.promise.words(),
            Field.RECEIVED: day_words(now),
            Field.DEPARTMENT: self.department.currentText() if self.department.value() else "",
            Field.HANDLER: self.handler.currentText() if self.handler.value() else "",
        }

    def destination(self) -> tuple[int | None, int | None]:
        """Return the department and the worker that the ticket goes to at once, if any."""
        return int(self.department.value() or 0) or None, int(self.handler.value() or 0) or None

    def point_out(self, problems: list[Problem]) -> None:
        """Show problems under their fields; the fold opens where it hides one."""
        known = [Problem(_SHARED_ROW.get(one.field, one.field), one.text) for one in problems]
        if any(one.field in _FOLDED for one in known) and not self._is_open:
            self.show_fold(is_open=True)
        self.show_problems(known)

    # -- following the clerk

    def _on_typed(self) -> None:
        if not self._is_filling:
            self._suggest.start()
            self.typed.emit()

    def _on_kind_key(self, kind: Kind) -> None:
        self.kind.choose(kind.value)
        self._on_kind()
        self._on_typed()

    def _on_kind(self) -> None:
        kind = Kind(self.kind.chosen())
        self.show_row("class_code", is_shown=kind is Kind.COMPLAINT)
        if self.visit.isChecked() is wants_visit(self._shown_kind):
            self.visit.setChecked(wants_visit(kind))
        self._shown_kind = kind
        self._on_suggest()

    def _on_unit(self) -> None:
        unit = self.house.unit
        if unit is None:
            self.reporter.show_people(None, (), None)
            self.show_row("role", is_shown=False)
        else:
            card = get_caller_card(unit.id, self._wanted_person, now=self._context.now())
            first = card.caller.person_id if card.caller else None
            present = [one for one in card.residents if one.present]
            self.reporter.show_people(unit, present, first)
        self._show_caller()

    def _show_caller(self) -> None:
        unit, chosen = self.house.unit, self.reporter.person_id
        if unit is None:
            self.caller_changed.emit(None, None)
            return
        days = self._context.settings.repeat_days
        card = get_caller_card(unit.id, chosen, now=self._context.now(), repeat_days=days)
        caller = next((one for one in card.residents if one.person_id == chosen), None)
        self.house.say(_caller_words(caller) if caller else "")
        self.caller_changed.emit(card, chosen)

    def _ask_role(self) -> None:
        self.show_row("role", is_shown=True)
        self.reporter.roles.setFocus()

    def _on_added(self, person: Resident) -> None:
        self.show_row("role", is_shown=False)
        self._wanted_person = person.person_id
        self._on_unit()
        self.text.setFocus()
        self._context.changes.residents_changed.emit()
        self.said.emit(_("{name} now belongs to this house").format(name=person.name))

    def _on_refused(self, refusal: RuleError) -> None:
        if isinstance(refusal, DraftError):
            self.point_out([Problem("reporter_name", one.text) for one in refusal.problems])
        else:
            self._context.messages.tell(self, _("This was not done"), str(refusal))

    def _on_suggest(self) -> None:
        """Offer a class for what was typed; it is never set without the clerk."""
        self._suggest.stop()
        words = ""
        if self.kind.chosen() == Kind.COMPLAINT and self.class_code.value() == UNCLASSED:
            text = self.text.words()
            found = suggest_class(class_words(), self.matter.words() or first_words(text), text)
            if found is not None:
                self.suggestion.setProperty("code", found.class_code)
                words = _("Take {class_}  Alt+C").format(class_=class_path(found.class_code))
        self.suggestion.show_text(words)

    def _take_suggestion(self) -> None:
        if self.suggestion.text():
            self.class_code.choose(str(self.suggestion.property("code")))
            self.suggestion.show_text("")
            self._on_typed()

    def _offer_departments(self) -> None:
        departments = [Choice(str(one.id), one.name) for one in list_departments()]
        self.department.set_choices([Choice("", _("Later")), *departments])
        self.department.choose("")
        self._offer_staff()

    def _offer_staff(self) -> None:
        wanted, _handler = self.destination()
        people = [one for one in list_staff() if wanted and one.department_id == wanted]
        choices = [Choice(str(one.id), one.name) for one in people]
        self.handler.set_choices([Choice("", _("The department decides")), *choices])

    # -- the fold

    def _on_fold(self) -> None:
        self.show_fold(is_open=not self._is_open)
        self._context.memory.remember("ticket_form/fold", "open" if self._is_open else "")

    def show_fold(self, *, is_open: bool) -> None:
        """Open or close the fold."""
        self._is_open = is_open
        for key in _FOLDED:
            self.show_row(key, is_shown=is_open and (self._is_new or key != "department_id"))
        word = _("Less") if is_open else _("More: channel, urgency, spot, dispatch, promise …")
        self.fold.show_word(word, icon="chevron-up" if is_open else "chevron-down")


def _caller_words(caller: Resident) -> str:
    return _("{name} ({role})").format(name=caller.name, role=ROLE_LABELS[caller.role])


def _flag_word(flag: bool | None) -> str:
    return "" if flag is None else str(int(flag))


def _choose(field: Chips | PickField, key: str) -> None:
    """Choose a value of a draft; one that is no longer offered is left as it is."""
    try:
        field.choose(key)
    except ValueError:
        return
