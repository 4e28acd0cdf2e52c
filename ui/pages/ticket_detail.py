"""A ticket in full: what it is about, what happened, what comes next."""

from datetime import datetime

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.classes import UNCLASSED, class_path
from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.texts import elide
from propdesk.domain.tickets import (
    CHANNEL_LABELS,
    KIND_LABELS,
    REPORTER_LABELS,
    STATUS_LABELS,
    URGENCY_LABELS,
    Kind,
    ReporterKind,
    Ticket,
    Urgency,
    is_open,
)
from propdesk.i18n import _
from propdesk.services.queries.repeats import find_repeat
from propdesk.services.revealing import reveal_reporter
from ui.context import AppContext
from ui.delegates.records import plain_tooltip
from ui.dialogs.charge_dialog import charge_words
from ui.forms.move_form import MoveForm
from ui.forms.move_forms import FORMS
from ui.incoming_files import Drops
from ui.pages.detail_foot import DetailFoot
from ui.pages.follow_up_words import sample_words
from ui.pages.ticket_acts import LOOKS, Act, act_word, can_act, next_act, other_acts
from ui.pages.ticket_care import CareBanners, ClearsRow, care_facts
from ui.pages.ticket_clocks import ClockPart
from ui.pages.ticket_files import TicketFiles
from ui.pages.ticket_finding import FindingPart
from ui.pages.ticket_menu import fill_ticket_menu
from ui.pages.ticket_relations import RelationsPart
from ui.pages.ticket_words import (
    STATUS_TONES,
    breakable,
    clauses,
    due_mark,
    line_moment,
    local,
    time_line,
    urged_words,
)
from ui.pages.violation_part import ViolationPart
from ui.theme import Ink, Size, Space, Tone
from ui.widgets.badges import Badge, Banner
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.facts import Fact, Facts
from ui.widgets.labels import Hairline, Label, LinkButton
from ui.widgets.panes import DetailPane, QuietPane
from ui.widgets.timeline import TimeLine

# Laying out a text of 100,000 characters would hold the window up for a second.
_SHOWN_TEXT = 3000
_SHOWN_NAME = 16
_SHOWN_PHONE = 24


class TicketDetail(QStackedWidget):
    """The right pane. It asks for acts (`act_wanted`), small forms do them below the ticket.

    `done` comes with what a form has done in words, `left` with Esc.
    """

    act_wanted = Signal(object)
    done = Signal(str)
    left = Signal()
    ticket_wanted = Signal(int)
    paper_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.ticket: Ticket | None = None
        self._original = 0
        self._shown_phone = 0
        self._shown_whole = 0
        theme = context.theme
        self._quiet = QuietPane(theme, _("Choose a ticket to see it here"))
        self._foot = DetailFoot(theme, lambda: self.ticket)
        self._foot.finished.connect(self.done)
        self._foot.left.connect(self.take_focus)
        self._foot.act_wanted.connect(self.act_wanted)
        self._bar = self._foot.bar
        self._pane = DetailPane(theme, self._foot)
        self.primary: Button | None = None
        self._build()
        Drops(self, self.files.take, context.now)
        self.addWidget(self._quiet)
        self.addWidget(self._pane)

    def _build(self) -> None:
        theme, body = self.context.theme, self._pane.body
        head = QHBoxLayout()
        head.setSpacing(Space.S)
        self._number = Label(theme, ink=Ink.TEXT_2, selectable=True)
        self._status, self._kind, self._round, self._due = (Badge(theme) for _n in range(4))
        self.more = Button(
            theme, "", kind=Loudness.QUIET, icon="ellipsis", name=_("More with this ticket")
        )
        self.more.clicked.connect(self._on_more)
        for widget in (self._number, self._status, self._kind, self._round, self._due):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self.more)
        self._matter = Label(theme, size=Size.TITLE, bold=True, wrap=True, selectable=True)
        top = QVBoxLayout()
        top.setSpacing(Space.XS)
        top.addLayout(head)
        top.addWidget(self._matter)
        top.addLayout(self._build_person())
        body.addLayout(top)
        self._needs = Banner(theme, Tone.WARN, "triangle-alert")
        self._twin = Banner(theme, Tone.WARN, "files")
        self._repeat = Banner(theme, Tone.WARN, "repeat-2")
        self._class = Banner(theme, Tone.INFO, "lightbulb")
        for banner in (self._needs, self._twin, self._repeat, self._class):
            body.addWidget(banner)
        self._needs.followed.connect(lambda: self.act_wanted.emit(Act.AMEND))
        self._repeat.followed.connect(lambda: self.ticket_wanted.emit(self._original))
        self._twin.followed.connect(lambda: self.act_wanted.emit(Act.MERGE))
        self._class.followed.connect(lambda: self.act_wanted.emit(Act.CLASS))
        self._finding = FindingPart(self.context)
        body.addWidget(self._finding)
        self._clocks = ClockPart(self.context)
        self._violation = ViolationPart(self.context)
        self._care = CareBanners(self.context)
        for part in (self._care, self._clocks, self._violation):
            part.act_wanted.connect(self.act_wanted)
            body.addWidget(part)
        body.addWidget(Hairline(theme))
        body.addLayout(self._build_known())
        body.addWidget(Hairline(theme))
        self._relations = RelationsPart(self.context)
        self._relations.ticket_wanted.connect(self.ticket_wanted)
        self._relations.act_wanted.connect(self.act_wanted)
        body.addWidget(self._relations)
        self.files = TicketFiles(self.context)
        body.addWidget(self.files)
        body.addWidget(Hairline(theme))
        body.addLayout(self._build_story())
        body.addStretch(1)

    def _build_known(self) -> QVBoxLayout:
        theme = self.context.theme
        self._facts = Facts(theme)
        self._whole = LinkButton(theme)
        self._whole.followed.connect(self._on_whole)
        self._clears = ClearsRow(theme)
        known = QVBoxLayout()
        known.setSpacing(Space.S)
        known.addWidget(self._facts)
        known.addWidget(self._whole)
        known.addWidget(self._clears)
        return known

    def _build_story(self) -> QVBoxLayout:
        theme = self.context.theme
        self._line = TimeLine(theme)
        story = QVBoxLayout()
        story.setSpacing(Space.XS)
        story.addWidget(Label(theme, _("Time line"), ink=Ink.TEXT_2, size=Size.SMALL, bold=True))
        story.addWidget(self._line)
        return story

    def _build_person(self) -> QHBoxLayout:
        theme = self.context.theme
        row = QHBoxLayout()
        row.setSpacing(Space.L)
        self._house = LinkButton(theme)
        self._house.followed.connect(self._on_house)
        self._place = Label(theme, ink=Ink.TEXT_2, elide=True)
        self._reporter = Label(theme, ink=Ink.TEXT_2)
        self._phone = Label(theme, ink=Ink.TEXT_2, selectable=True)
        self._reveal = LinkButton(theme, _("Show"))
        self._reveal.followed.connect(self._on_reveal)
        row.addWidget(self._house)
        row.addWidget(self._place, 1)
        row.addWidget(self._reporter)
        row.addWidget(self._phone)
        row.addWidget(self._reveal)
        row.addStretch(1)
        return row

    # -- filling

    def show_ticket(self, ticket: Ticket | None) -> None:
        """Show a ticket; a form that is open for the same one stays as it is."""
        before = self.ticket
        self.ticket = ticket
        self.files.show_ticket(ticket)
        if ticket is None:
            self.close_form()
            self.setCurrentWidget(self._quiet)
            return
        if before is None or before.id != ticket.id:
            self.close_form()
            self._shown_phone = self._shown_whole = 0
            self._pane.scroll_to_top()
        self._show_head(ticket)
        self._show_banners(ticket)
        self._finding.show_ticket(ticket)
        self._care.show_ticket(ticket)
        self._clocks.show_ticket(ticket)
        self._violation.show_ticket(ticket)
        self._facts.show_facts(self._fact_rows(ticket))
        self._clears.show_ticket(ticket, self._facts.label_width())
        self._relations.show_ticket(ticket)
        following = next_act(ticket)
        self._line.show_events(
            time_line(
                ticket,
                self.context.now(),
                act_word(ticket, following) if following else "",
                _coming(ticket.next_due_at, self.context.now()) if following else None,
            )
        )
        if before is None or (before.id, before.version) != (ticket.id, ticket.version):
            self._show_acts(ticket)
        self.setCurrentWidget(self._pane)

    def _show_head(self, ticket: Ticket) -> None:
        now = self.context.now()
        self._number.show_text(ticket.number)
        self._status.show_badge(str(STATUS_LABELS[ticket.status]), STATUS_TONES[ticket.status])
        self._kind.show_badge(str(KIND_LABELS[ticket.kind]), Tone.NEUTRAL)
        round_words = _("Round {round}").format(round=ticket.round) if ticket.round > 1 else ""
        self._round.show_badge(round_words, Tone.WARN)
        due = due_mark(ticket, now)
        is_late = due is not None and due.tone is Tone.DANGER
        self._due.show_badge(due.words if due and is_late else "", Tone.DANGER)
        self._matter.show_text(breakable(ticket.matter))
        several = f"{ticket.community} " if ticket.community else ""
        self._house.show_text(ticket.unit_long)
        self._house.setToolTip((several + ticket.unit_long).strip())
        self._place.show_text("" if ticket.unit else ticket.place)
        self._place.setVisible(not ticket.unit)
        role = ROLE_LABELS[ResidentRole(ticket.reporter_role)] if ticket.reporter_role else ""
        whole = self.context.shown_names(ticket.reporter_name)
        name = elide(whole, _SHOWN_NAME)
        is_cut = name != whole
        self._reporter.show_text(
            _("{name} ({role})").format(name=name, role=role) if name and role else name
        )
        self._reporter.setToolTip(plain_tooltip(whole) if is_cut else "")
        self._reporter.setVisible(bool(name))
        self._show_phone(ticket)

    def _show_phone(self, ticket: Ticket) -> None:
        is_shown = self._shown_phone == ticket.id
        phone = elide(ticket.reporter_phone, _SHOWN_PHONE)
        self._phone.show_text(phone if is_shown else mask_phone(phone))
        self._phone.setVisible(bool(phone))
        self._reveal.show_text("" if is_shown or not phone else _("Show"))

    def _show_banners(self, ticket: Ticket) -> None:
        warn = Tone.WARN
        self._needs.show_banner(
            warn,
            "triangle-alert",
            _("Needs a person: {reason}").format(reason=ticket.needs_person)
            if ticket.needs_person
            else "",
            _("Amend") if is_open(ticket.status) else "",
        )
        self._twin.show_banner(
            warn,
            "files",
            _("Probably the same as {number}").format(number=ticket.duplicate_of)
            if ticket.duplicate_of and not ticket.merged_into
            else "",
            _("Look and merge") if can_act(ticket, Act.MERGE) else "",
        )
        self._show_repeat(ticket)
        sentence = link = ""
        if ticket.kind is Kind.COMPLAINT and ticket.class_suggested:
            path = class_path(ticket.class_code)
            sentence = _("Suggested class: {class_}").format(class_=path)
            link = _("Confirm  F9")
        elif ticket.kind is Kind.COMPLAINT and ticket.class_code == UNCLASSED:
            sentence, link = _("Nobody has classed this complaint yet"), _("Set the class  F9")
        self._class.show_banner(Tone.INFO, "lightbulb", sentence, link)

    def _show_repeat(self, ticket: Ticket) -> None:
        days = self.context.settings.repeat_days
        time, self._original, number = find_repeat(ticket, days=days)
        words = _("{kind} number {time} of this house in {days} days").format(
            kind=KIND_LABELS[ticket.kind], time=time, days=days
        )
        if ticket.kind is Kind.COMPLAINT:
            words = clauses(words, class_path(ticket.class_code))
        self._repeat.show_banner(
            Tone.WARN,
            "repeat-2",
            words if time > 1 else "",
            _("Open {number}").format(number=number) if time > 1 else "",
        )

    def _fact_rows(self, ticket: Ticket) -> list[Fact | tuple[Fact, Fact]]:
        now = self.context.now()
        is_whole = self._shown_whole == ticket.id or len(ticket.text) <= _SHOWN_TEXT
        words = ticket.text if is_whole else elide(ticket.text, _SHOWN_TEXT)
        link = _("Show the whole text, {count} characters").format(count=len(ticket.text))
        self._whole.show_text("" if is_whole else link)
        rows: list[Fact | tuple[Fact, Fact]] = [Fact(_("Own words"), breakable(words))]
        if ticket.wish:
            rows.append(Fact(_("Wish"), breakable(ticket.wish)))
        if ticket.kind is Kind.COMPLAINT:
            path = class_path(ticket.class_code)
            if ticket.class_suggested:
                path = _("{class_} (suggested)").format(class_=path)
            rows.append(Fact(_("Class"), path))
        part = _("common part") if ticket.common_part else ""
        spot = clauses(ticket.spot, part)
        if spot:
            rows.append(Fact(_("Spot"), breakable(spot)))
        handler = ticket.handler
        if ticket.department:
            handler = _("{name} ({role})").format(name=handler, role=ticket.department)
            handler = handler if ticket.handler else ticket.department
        rows.append((Fact(_("First receiver"), ticket.first_receiver), Fact(_("Handler"), handler)))
        channel = str(CHANNEL_LABELS[ticket.channel])
        if ticket.reporter_kind is not ReporterKind.RESIDENT:
            channel = clauses(channel, str(REPORTER_LABELS[ticket.reporter_kind]))
        urgency = str(URGENCY_LABELS[ticket.urgency])
        is_urgent = ticket.urgency in (Urgency.P0, Urgency.P1)
        rows.append((Fact(_("Channel"), channel), Fact(_("Urgency"), urgency, is_urgent)))
        received = Fact(_("Received"), line_moment(ticket.received_at, now))
        if ticket.closed_at is None:
            rows.append(received)
        else:
            rows.append((received, Fact(_("Closed at"), line_moment(ticket.closed_at, now))))
        rarer = (
            Fact(_("Appointment"), breakable(ticket.appointment)),
            Fact(_("Urged"), urged_words(ticket, now)),
            Fact(_("Outside number"), ticket.external_number),
            Fact(_("Archive no."), ticket.archive_number),
            Fact(_("Follow-up"), clauses(*sample_words(ticket))),
            Fact(_("Costs"), charge_words(ticket)),
        )
        return [*rows, *care_facts(ticket), *(fact for fact in rarer if fact.value)]

    # -- acts

    def _show_acts(self, ticket: Ticket) -> None:
        theme = self.context.theme
        actions: list[QWidget] = []
        first = next_act(ticket)
        self.primary = None
        if first is not None:
            self.primary = Button(
                theme,
                act_word(ticket, first),
                kind=Loudness.PRIMARY,
                icon=LOOKS[first].icon,
                shortcut="F7",
            )
            self._give(self.primary, first)
            actions.append(self.primary)
        for act in other_acts(ticket):
            button = Button(theme, act_word(ticket, act))
            self._give(button, act)
            actions.append(button)
        note = Button(theme, _("Note"), kind=Loudness.QUIET)
        self._give(note, Act.NOTE)
        # Also where a paper's window stands over this one and will give the keyboard back.
        had_focus = self._bar.isAncestorOf(self.window().focusWidget())
        self._bar.set_actions(actions, (note,))
        if had_focus:
            self.take_focus()

    def _give(self, button: Button, act: Act) -> None:
        button.clicked.connect(lambda: self.act_wanted.emit(act))

    @property
    def form(self) -> MoveForm | None:
        """Return the small form that is open below the ticket."""
        return self._foot.form

    def open_form(self, act: Act) -> None:
        """Open the small form of an act in the place of the action bar."""
        if self.ticket is not None:
            self.show_form(FORMS[act](self.context, self.ticket))

    def show_form(self, form: MoveForm) -> None:
        """Show a form of the present ticket in the place of the action bar."""
        self._foot.show_form(form)

    def close_form(self) -> None:
        """Take the small form away; the action bar is back."""
        self._foot.close_forms()

    def take_focus(self) -> None:
        """Put the keyboard on the next step."""
        (self.primary or self.more).setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_more(self) -> None:
        if self.ticket is None:
            return
        menu = QMenu(self)
        fill_ticket_menu(
            menu,
            self.ticket,
            do=self.act_wanted.emit,
            add_photos=self.files.pick,
            print_out=self.paper_wanted.emit,
        )
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    # -- following the clerk

    def _on_house(self) -> None:
        if self.ticket is not None and self.ticket.unit_id is not None:
            self.context.navigation.unit_wanted.emit(self.ticket.unit_id)

    def _on_reveal(self) -> None:
        ticket, context = self.ticket, self.context
        if ticket is not None and context.attempt(
            self,
            _("The numbers stay masked"),
            lambda: reveal_reporter(ticket.id, by=context.staff.id, now=context.now()),
        ):
            self._shown_phone = ticket.id
            self._show_phone(ticket)
            self.take_focus()

    def _on_whole(self) -> None:
        if self.ticket is not None:
            self._shown_whole = self.ticket.id
            self._facts.show_facts(self._fact_rows(self.ticket))
            self.take_focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button with the focus, Esc goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            focus = self.focusWidget()
            if isinstance(focus, Button | LinkButton):
                focus.click()
        else:
            super().keyPressEvent(event)


def _coming(due_at: datetime | None, now: datetime) -> datetime | None:
    """Return when something is due where that has not passed yet."""
    return due_at if due_at is not None and due_at >= local(now) else None
