"""The house file: what a house is, who speaks for it, and its parts behind tabs."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QMenu, QScrollArea, QStackedWidget, QVBoxLayout

from propdesk.domain.house_events import EventGroup, HouseEvent
from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ROLE_LABELS, ResidentRole, is_special, special_words
from propdesk.domain.texts import elide
from propdesk.domain.tickets import Kind
from propdesk.domain.units import UNIT_KIND_LABELS, UNIT_USAGE_LABELS, UnitKind
from propdesk.i18n import _, ngettext
from propdesk.services.queries.contacts import contact_with
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.segments import segment_of
from propdesk.services.queries.tickets import TicketFilter, count_tickets
from propdesk.services.queries.unit_changes import get_span, list_coming
from propdesk.services.queries.units import Unit, get_unit
from propdesk.services.queries.vehicles import list_plates
from propdesk.services.revealing import reveal_house
from ui.context import AppContext
from ui.dialogs.unit_change_dialog import ask_change
from ui.finding_acts import open_house_event
from ui.keyboard import add_entry
from ui.navigation import Intake
from ui.pages.house_menu import add_house_papers
from ui.pages.house_moves import HouseMoves
from ui.pages.house_overview import HouseOverview
from ui.pages.house_part import HousePart, inset
from ui.pages.house_parts import HOUSE_PARTS, OPENS
from ui.pages.house_people import HousePeople
from ui.pages.house_reading import Reading
from ui.theme import Ink, Size, Space, Tone
from ui.unit_words import span_words, state_mark
from ui.widgets.badges import Badge
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.choices import Choice, Segments
from ui.widgets.fact_line import FactLine
from ui.widgets.facts import Fact
from ui.widgets.labels import Label, LinkButton, Surface
from ui.widgets.panes import ActionBar

_SHORT_NOTE = 120
_LEAST_PART = 6
_MOST_NOTE_LINES = 6


def area_words(area_dm2: int | None) -> str:
    """Return an area in m² as lists show it: `89.62`; nothing for an unknown one."""
    return "" if area_dm2 is None else f"{area_dm2 / 100:,.2f}"


class HouseFile(Surface):
    """The right half of the residents page.

    What the clerk wants to write is told by signals; the page opens the form. `left` comes with
    Esc, `stored` with the words for the toast after a part changed the register. Phones are masked
    until somebody asks for them, which is noted (R85), and again in the next house.
    """

    left = Signal()
    stored = Signal(str)
    unit_edit_wanted = Signal()
    person_wanted = Signal()
    person_edit_wanted = Signal(object)
    leaving_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self.unit: Unit | None = None
        self._has_plain_numbers = False
        self._has_whole_note = False
        self._reading = Reading(context, self)
        self.parts: tuple[HousePart, ...] = tuple(part(context) for part in HOUSE_PARTS)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, Space.M, 0, 0)
        column.setSpacing(Space.S)
        self._make_head(column)
        self._make_parts(column)
        column.addWidget(self._make_bar())

    def _make_head(self, column: QVBoxLayout) -> None:
        theme = self._context.theme
        self._title = Label(theme, size=Size.TITLE, bold=True, selectable=True)
        self._state = Badge(theme)
        self._open = Badge(theme)
        self._long = Label(theme, ink=Ink.TEXT_2, elide=True)
        self._more = Button(
            theme, "", kind=Loudness.QUIET, icon="ellipsis", name=_("More for this house")
        )
        self._more.set_shortcut("Ctrl+M")
        self._more.clicked.connect(self._on_more)
        head = inset(self._title, self._state, self._open)
        head.addWidget(self._long, 1)
        head.addWidget(self._more)
        column.addLayout(head)
        self._speaker = Label(theme, ink=Ink.TEXT_2)
        self._numbers = LinkButton(theme, _("Show numbers"))
        self._numbers.followed.connect(self._toggle_numbers)
        self._hint = Label(theme, ink=Ink.TEXT_2, elide=True)
        self._special = Badge(theme)
        line = inset(self._speaker, self._numbers)
        line.addWidget(self._hint, 1)
        line.addWidget(self._special)
        column.addLayout(line)
        self._facts = FactLine(theme)
        column.addLayout(inset(self._facts))
        self._note = Label(theme, ink=Ink.TEXT_2, elide=True)
        self._note_link = LinkButton(theme)
        self._note_link.followed.connect(self._toggle_note)
        line = inset()
        line.addWidget(self._note, 1)
        line.addWidget(self._note_link)
        column.addLayout(line)
        # A note of thousands of characters leaves room for the people below it.
        self._whole_note = Label(theme, wrap=True, selectable=True)
        self._note_area = QScrollArea()
        self._note_area.setFrameShape(QFrame.Shape.NoFrame)
        self._note_area.setWidgetResizable(True)
        self._note_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._note_area.setWidget(self._whole_note)
        self._note_area.setMaximumHeight(_MOST_NOTE_LINES * theme.line())
        column.addLayout(inset(self._note_area))

    def _make_parts(self, column: QVBoxLayout) -> None:
        theme = self._context.theme
        self.tabs = Segments(theme, _("Parts of the house file"), self._tab_choices())
        self.tabs.chosen_changed.connect(self._on_tab)
        row = inset(self.tabs)
        row.addStretch(0)
        column.addLayout(row)
        self._stack = QStackedWidget()
        for part in self.parts:
            self._stack.addWidget(part)
            part.left.connect(self.left)
            part.stored.connect(self.stored)
            if isinstance(part, HouseOverview):
                part.event_wanted.connect(self._open_event)
        # The highest part must not push the verbs out of a small window.
        self._stack.setMinimumHeight(_LEAST_PART * theme.row_height())
        column.addWidget(self._stack, 1)
        for people in self._people_parts():
            people.person_wanted.connect(self.person_wanted)
            people.person_edit_wanted.connect(self.person_edit_wanted)
            people.leaving_wanted.connect(self.leaving_wanted)
        # Alt+1 to Alt+9, and Alt+0 for the tenth.
        for place in range(min(len(self.parts), 10)):
            self._bind(f"Alt+{(place + 1) % 10}", partial(self.show_part, place))
        self._bind("F6", self._on_state)
        self._bind("Ctrl+Tab", lambda: self._step(1))
        self._bind("Ctrl+Shift+Tab", lambda: self._step(-1))

    def _bind(self, keys: str, act: Callable[[], None]) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(act)

    def _people_parts(self) -> tuple[HousePeople, ...]:
        return tuple(
            part.people if isinstance(part, HouseOverview) else part
            for part in self.parts
            if isinstance(part, (HouseOverview, HousePeople))
        )

    def _make_bar(self) -> ActionBar:
        theme = self._context.theme
        self._repair = Button(
            theme, _("Repair"), kind=Loudness.PRIMARY, icon="wrench", shortcut="F7"
        )
        self._repair.clicked.connect(lambda: self._begin(Kind.REPAIR))
        complaint = Button(theme, _("Complaint"), icon="message-square-warning", shortcut="F8")
        complaint.clicked.connect(lambda: self._begin(Kind.COMPLAINT))
        talk = Button(theme, _("Note a talk"), icon="phone", shortcut="F9")
        talk.clicked.connect(self._note_talk)
        edit = Button(theme, _("Edit house"), kind=Loudness.QUIET, icon="pencil", shortcut="F2")
        edit.clicked.connect(self.unit_edit_wanted)
        return ActionBar(theme, [self._repair, complaint, talk], [edit])

    # -- filling

    def show_unit(self, unit_id: int) -> None:
        """Show a house, phones masked; the part that was looked at stays in sight."""
        if self.unit is None or self.unit.id != unit_id:
            self._reading.shown(unit_id)
            self._has_plain_numbers = self._has_whole_note = False
        self.unit = get_unit(unit_id)
        self.refill()

    def refill(self) -> None:
        """Read the head, the counts of the tabs and the part that is shown."""
        if self.unit is None:
            return
        unit = self.unit = get_unit(self.unit.id)
        now = self._context.now()
        people = list_residents(unit.id, now.date())
        waiting = count_tickets(TicketFilter(group="open", unit_id=unit.id), now=now)
        self._title.show_text(unit.short)
        self._long.show_text(unit.long if unit.long != unit.short else "")
        state = state_mark(unit.state, unit.kind)
        kind = str(UNIT_KIND_LABELS[unit.kind]) if unit.kind is not UnitKind.HOME else ""
        self._state.show_badge(state.words if state else kind, (state and state.tone) or Tone.INFO)
        words = ngettext("{count} open ticket", "{count} open tickets", waiting)
        self._open.show_badge(words.format(count=waiting) if waiting else "", Tone.WARN)
        self._show_speaker(people)
        self._show_facts(unit, people)
        self._show_note(unit)
        for part in self.parts:
            part.unit = unit
        self._show_part()
        self.tabs.set_choices(self._tab_choices())

    def _show_speaker(self, people: tuple[Resident, ...]) -> None:
        """Show who speaks for the house, and how the office speaks with him (R81, R42)."""
        today = self._context.now().date()
        first = next((one for one in people if one.present), None)
        words = hint = ""
        if first is not None:
            shown = first.phones if self._has_plain_numbers else map(mask_phone, first.phones)
            words = _("{name}, {role}").format(
                name=self._context.shown_names(first.name), role=ROLE_LABELS[first.role]
            )
            words = "  ".join((words, _(", ").join(shown))).strip()
            segment = segment_of(first.person_id)
            called = self._context.shown_names(first.salutation)
            hint = "  ".join(
                part
                for part in (
                    called and _("Salutation: {words}").format(words=called),
                    segment.name if segment else "",
                )
                if part
            )
        self._speaker.show_text(words)
        self._speaker.setVisible(bool(words))
        self._hint.show_text(hint)
        self._hint.setVisible(bool(hint))
        special = next(
            (
                one.special
                for one in people
                if one.present and is_special(one.special, one.special_until, today)
            ),
            "",
        )
        self._special.show_badge(elide(special_words(special), 24) if special else "", Tone.WARN)
        self._special.setToolTip(special and special_words(special).replace("<", "&lt;"))
        has_phones = any(one.phones for one in people)
        word = _("Hide numbers") if self._has_plain_numbers else _("Show numbers")
        self._numbers.show_text(word if has_phones else "")

    def _show_facts(self, unit: Unit, people: tuple[Resident, ...]) -> None:
        area, today = area_words(unit.area_dm2), self._context.now().date()
        owners = [one for one in people if one.present and one.role is ResidentRole.OWNER]
        since = min((one.from_on for one in owners if one.from_on), default=None)
        usage = str(UNIT_USAGE_LABELS[unit.usage]) if unit.usage else ""
        facts = [
            Fact(_("Area"), area and _("{area} m²").format(area=area)),
            Fact(_("Owner since"), str(since or "")),
            Fact(_("Floor"), "" if unit.floor is None else str(unit.floor)),
            Fact(_("Plates"), _(", ").join(list_plates(unit.id, today=today))),
        ]
        if unit.layout:
            facts.insert(1, Fact(_("Layout"), unit.layout))
        if usage and unit.kind is UnitKind.HOME:
            facts.append(Fact(_("Use"), usage))
        if unit.minors:
            facts.append(Fact(_("Children"), str(unit.minors)))
        facts += [
            Fact(_("To come"), span_words(get_span(line), unit.kind))
            for line in list_coming(today, unit.id)
        ]
        self._facts.show_facts(facts)

    def _show_note(self, unit: Unit) -> None:
        is_long = len(unit.note) > _SHORT_NOTE
        is_whole = is_long and self._has_whole_note
        line = elide(" ".join(unit.note.split()), _SHORT_NOTE)
        self._note.show_text("" if is_whole else line)
        self._note.setVisible(bool(unit.note))
        self._whole_note.show_text(unit.note if is_whole else "")
        self._note_area.setVisible(is_whole)
        word = _("Shorter note") if is_whole else _("Whole note")
        self._note_link.show_text(word if is_long else "")

    # -- the parts

    def _part(self) -> HousePart:
        return self.parts[self._stack.currentIndex()]

    def _tab_choices(self) -> list[Choice]:
        return [
            Choice(str(place), str(part.title), part.count())
            for place, part in enumerate(self.parts)
        ]

    def show_part(self, place: int) -> None:
        """Show another part and put the keyboard into it."""
        self._reading.begun()
        self.tabs.choose(str(place))
        self._on_tab(str(place))
        if not self._part().enter():
            self.tabs.setFocus()

    def _open_event(self, event: HouseEvent) -> None:
        """Open what a line of the time line is about."""
        if event.group is EventGroup.TICKETS:
            self._context.navigation.ticket_wanted.emit(event.target)
            return
        if event.group is EventGroup.INSPECTIONS:
            open_house_event(self._context, self, event)
            return
        wanted = OPENS.get(event.group)
        for place, part in enumerate(self.parts):
            if type(part) is wanted:
                self.show_part(place)
                part.open_event(event)

    def _on_tab(self, key: str) -> None:
        self._stack.setCurrentIndex(int(key))
        self._show_part()

    def _step(self, by: int) -> None:
        self.show_part((self._stack.currentIndex() + by) % len(self.parts))

    def _show_part(self) -> None:
        part = self._part()
        part.has_plain_numbers = self._has_plain_numbers
        part.show_unit(self.unit)

    def shown_people(self) -> HousePeople:
        """Return the people that can be seen, else those of the overview."""
        part = self._part()
        if isinstance(part, HousePeople):
            return part
        return self._people_parts()[0]

    # -- what the clerk asks for

    def enter(self) -> None:
        """Put the keyboard into the part that is shown, or on the first act where it is empty."""
        self._reading.begun()
        if not self._part().enter():
            self._repair.setFocus()

    def person(self) -> Resident | None:
        """Return the person that is chosen, where people are shown."""
        part = self._part()
        people = self.shown_people()
        return people.person() if people is part or isinstance(part, HouseOverview) else None

    def select_person(self, residency_id: int) -> None:
        """Choose a person among those that are shown."""
        if not isinstance(self._part(), (HouseOverview, HousePeople)):
            self.tabs.choose("0")
            self._on_tab("0")
        self.shown_people().table.select_key(residency_id)

    def _begin(self, kind: Kind) -> None:
        if self.unit is None:
            return
        person = self.person()
        caller = person.person_id if person is not None and person.present else None
        self._context.navigation.intake_wanted.emit(Intake(kind, self.unit.id, caller))

    def _note_talk(self) -> None:
        person = self.person()
        if self.unit is not None:
            caller = person if person is not None and person.present else None
            draft = contact_with(self.unit, caller)
            self._context.navigation.contact_wanted.emit(draft)

    def _toggle_numbers(self) -> None:
        """Show the phones in full, which is noted and asks for the right to (R85)."""
        unit = self.unit
        if unit is None:
            return
        context = self._context
        if not self._has_plain_numbers and not context.attempt(
            self,
            _("The numbers stay masked"),
            lambda: reveal_house(unit.id, by=context.staff.id, now=context.now()),
        ):
            return
        self._has_plain_numbers = not self._has_plain_numbers
        self.refill()

    def _toggle_note(self) -> None:
        self._has_whole_note = not self._has_whole_note
        self.refill()

    def _on_state(self) -> None:
        """Ask for another state; what was before stands in the history."""
        if self.unit is not None:
            words = ask_change(self._context, self, self.unit)
            if words:
                self.stored.emit(words)

    def begin_move(self) -> None:
        """Record that somebody comes or leaves, or that the house changes hands (R83)."""
        for place, part in enumerate(self.parts):
            if isinstance(part, HouseMoves):
                self.show_part(place)
                part.record()

    def _on_more(self) -> None:
        menu = QMenu(self)
        add_entry(menu, _("State of the house"), "S", self._on_state, keys="F6")
        add_entry(menu, _("Edit the house"), "E", self.unit_edit_wanted.emit, keys="F2")
        add_entry(menu, _("Add a person"), "P", self.person_wanted.emit)
        add_entry(menu, _("Move in or out"), "M", self.begin_move)
        if self.unit is not None:
            menu.addSeparator()
            add_house_papers(menu, self._context, self, self.unit)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)
