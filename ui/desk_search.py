"""The desk search (Ctrl+K): house, person, phone, plate or number; the answer within a keystroke.

The keyboard stays in the search field: Up and Down choose a line, Enter and the F keys act on it.
"""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
)

from propdesk.domain.contacts import ContactDraft
from propdesk.domain.texts import clean_line
from propdesk.domain.tickets import Kind
from propdesk.i18n import _, ngettext
from propdesk.services.queries.contacts import contact_about, contact_with
from propdesk.services.queries.desk import CallerCard, get_caller_card, search_desk
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.revealing import reveal_phones
from ui.caller_card import CallerPane, TicketPane
from ui.context import AppContext
from ui.fee_papers import FeePaperPane
from ui.hit_lines import HitLines, line_words
from ui.keyboard import first_stop
from ui.navigation import Intake
from ui.pages.page import Page
from ui.theme import Ink, Size, Space
from ui.widgets.buttons import Button
from ui.widgets.buttons import Kind as Loudness
from ui.widgets.labels import Hairline, Label
from ui.widgets.panes import EmptyState, SideSheet
from ui.widgets.search import SearchField


class DeskSearch(QObject):
    """Searches while the clerk types and shows the answer over the right edge of the page."""

    def __init__(self, context: AppContext, field: SearchField, host: QStackedWidget) -> None:
        super().__init__(host)
        self._context = context
        self._field = field
        self._host = host
        theme = context.theme
        self.sheet = SideSheet(theme, host, _("Desk search"))
        self.lines = HitLines(theme)
        self.lines.pointed.connect(self._on_pointed)
        self._found = Label(theme, ink=Ink.TEXT_2, size=Size.SMALL, bold=True, elide=True)
        self._caller = CallerPane(theme)
        self._caller.repair_wanted.connect(lambda: self._begin(Kind.REPAIR))
        self._caller.complaint_wanted.connect(lambda: self._begin(Kind.COMPLAINT))
        self._caller.talk_wanted.connect(self._note_talk)
        self._caller.house_wanted.connect(self._open_house)
        self._caller.ticket_wanted.connect(self._open_ticket)
        self._caller.phones_wanted.connect(self._reveal_phones)
        self._ticket = TicketPane(theme)
        self._ticket.open_wanted.connect(self._open_chosen)
        self._ticket.house_wanted.connect(self._open_house)
        self._paper = FeePaperPane(theme)
        self._paper.open_wanted.connect(self._open_chosen)
        self._paper.account_wanted.connect(self._open_account)
        self._paper.house_wanted.connect(self._open_house)
        self._take_text = Button(
            theme, _("New ticket with this text"), kind=Loudness.TONAL, icon="plus",
            hint="Ctrl+Enter",
        )  # fmt: skip
        self._take_text.clicked.connect(self._begin_with_text)
        self._nothing = EmptyState(theme, "search-x", "", "", (self._take_text,))
        self._panes = QStackedWidget()
        for pane in (self._caller, self._ticket, self._paper, self._nothing):
            self._panes.addWidget(pane)
        self._unit_id: int | None = None
        self._person_id: int | None = None
        self._talk: ContactDraft | None = None
        self._build()
        field.textEdited.connect(self._on_typed)
        field.searched.connect(self._on_searched)
        field.installEventFilter(self)
        self.sheet.installEventFilter(self)
        host.currentChanged.connect(self.sheet.close_sheet)

    def _build(self) -> None:
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setContentsMargins(Space.XL, Space.M, Space.XL, Space.S)
        head.addWidget(self._found, 1)
        keys = _("↑ ↓ choose")
        self._keys = Label(self._context.theme, keys, ink=Ink.TEXT_3, size=Size.SMALL)
        head.addWidget(self._keys)
        column.addLayout(head)
        column.addWidget(self.lines)
        column.addWidget(Hairline(self._context.theme))
        column.addWidget(self._panes, 1)
        self.sheet.set_content(column)

    # -- searching

    def _on_typed(self, typed: str) -> None:
        if not typed.strip():
            self.sheet.close_sheet()
            return
        context = self._context
        hits = [
            replace(hit, name=context.shown_names(hit.name))
            for hit in search_desk(
                typed,
                today=context.now().date(),
                with_fees=may_see_fees(context.staff),
            )
        ]
        self.lines.show_hits(hits)
        count = len(hits)
        words = ngettext("{count} found for «{text}»", "{count} found for «{text}»", count)
        self._found.show_text(words.format(count=count, text=clean_line(typed)))
        self._keys.setVisible(count > 1)
        self._show_chosen()
        self.sheet.open_sheet()

    def _on_searched(self, typed: str) -> None:
        # The field tells this late, and at once when it was emptied.
        if not typed:
            self.sheet.close_sheet()

    def _on_pointed(self, _place: int) -> None:
        self._show_chosen()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_chosen(self) -> None:
        """Show the pane of the chosen line."""
        hit, context = self.lines.chosen(), self._context
        now = context.now()
        self._unit_id = self._talk = None
        self._field.setAccessibleDescription(line_words(hit) if hit else _("Nothing found"))
        if hit is None:
            self._show_nothing()
        elif hit.ticket_id is not None:
            ticket = get_ticket(hit.ticket_id)
            self._unit_id = ticket.unit_id
            self._talk = contact_about(ticket)
            self._ticket.show_ticket(ticket, now)
            self._panes.setCurrentWidget(self._ticket)
        elif hit.paper is not None:
            self._unit_id = hit.unit_id
            self._paper.show_paper(hit.paper, context.shown_names(hit.paper.words))
            self._panes.setCurrentWidget(self._paper)
        elif hit.unit_id is not None:
            self._unit_id = hit.unit_id
            days = context.settings.repeat_days
            card = get_caller_card(
                hit.unit_id,
                hit.person_id,
                now=now,
                repeat_days=days,
                with_account=may_see_fees(context.staff),
            )
            self._talk = contact_with(card.unit, card.caller)
            self._person_id = card.caller.person_id if card.caller else None
            self._caller.show_card(self._for_eyes(card), days, now)
            self._panes.setCurrentWidget(self._caller)

    def _for_eyes(self, card: CallerCard) -> CallerCard:
        """Return a card as the one who sits here may see it."""
        caller, names = card.caller, self._context.shown_names
        if caller is None:
            return card
        shown = replace(caller, name=names(caller.name), salutation=names(caller.salutation))
        return replace(card, caller=shown)

    def _show_nothing(self) -> None:
        title = _("Nothing found for «{text}»").format(text=clean_line(self._field.text())[:40])
        self._nothing.show_words(
            title,
            _(
                "Search by house (3-2-501), name, pinyin or initials, four digits of a phone, "
                "plate or ticket number. Words of a ticket are searched on its page with Ctrl+F."
            ),
        )
        self._panes.setCurrentWidget(self._nothing)

    # -- acting

    def _reveal_phones(self) -> None:
        caller, context = self._person_id, self._context
        if caller is not None and context.attempt(
            self.sheet,
            _("The numbers stay masked"),
            lambda: reveal_phones(
                caller, by=context.staff.id, now=context.now(), unit_id=self._unit_id
            ),
        ):
            self._caller.show_phones(is_masked=False)

    def _acts(self) -> dict[tuple[int, bool], Callable[[], None]]:
        """Return what each key does with the chosen line; the flag tells whether Ctrl is held."""
        acts: dict[tuple[int, bool], Callable[[], None]] = {}
        hit = self.lines.chosen()
        if hit is None:
            acts[Qt.Key.Key_Return.value, True] = self._begin_with_text
        elif hit.ticket_id is not None or hit.paper is not None:
            acts[Qt.Key.Key_Return.value, False] = self._open_chosen
        else:
            acts[Qt.Key.Key_Return.value, False] = lambda: self._begin(Kind.REPAIR)
            acts[Qt.Key.Key_F2.value, False] = lambda: self._begin(Kind.COMPLAINT)
        if self._talk is not None:
            acts[Qt.Key.Key_F3.value, False] = self._note_talk
        if self._unit_id is not None:
            acts[Qt.Key.Key_F4.value, False] = self._open_house
            if may_see_fees(self._context.staff):
                acts[Qt.Key.Key_F5.value, False] = self._open_account
        return acts

    def _begin(self, kind: Kind) -> None:
        hit = self.lines.chosen()
        if hit is not None:
            intake = Intake(kind=kind, unit_id=hit.unit_id, person_id=hit.person_id)
            self._leave_for(lambda: self._context.navigation.intake_wanted.emit(intake))

    def _begin_with_text(self) -> None:
        intake = Intake(text=clean_line(self._field.text()))
        self._leave_for(lambda: self._context.navigation.intake_wanted.emit(intake))

    def _note_talk(self) -> None:
        """Note what the caller says; the keyboard is back on the page afterwards."""
        draft = self._talk
        if draft is not None:
            self._give_back()
            self._context.navigation.contact_wanted.emit(draft)

    def _open_chosen(self) -> None:
        hit = self.lines.chosen()
        if hit is None:
            return
        if hit.ticket_id is not None:
            self._open_ticket(hit.ticket_id)
        elif hit.paper is not None:
            paper = hit.paper
            self._leave_for(lambda: self._context.navigation.fee_paper_wanted.emit(paper))

    def _open_ticket(self, ticket_id: int) -> None:
        self._leave_for(lambda: self._context.navigation.ticket_wanted.emit(ticket_id))

    def _open_house(self) -> None:
        unit_id = self._unit_id
        if unit_id is not None:
            self._leave_for(lambda: self._context.navigation.unit_wanted.emit(unit_id))

    def _open_account(self) -> None:
        unit_id = self._unit_id
        if unit_id is not None:
            self._leave_for(lambda: self._context.navigation.account_wanted.emit(unit_id))

    def _leave_for(self, act: Callable[[], None]) -> None:
        """Put the search away, then go where the clerk wants to."""
        self._put_away()
        act()

    def _put_away(self) -> None:
        self.sheet.close_sheet()
        self._field.clear_silently()

    def _give_back(self) -> None:
        """Put the search away and give the keyboard back to where it was on the page."""
        self._put_away()
        page = self._host.currentWidget()
        last = page.focusWidget() if page is not None else None
        if last is not None and last.isVisible():
            last.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, Page):
            page.enter()

    # -- keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the answer while the field or the sheet has the keyboard."""
        if not isinstance(event, QKeyEvent):
            return False
        if event.type() == QEvent.Type.ShortcutOverride and self._is_ours(event):
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and self._take(watched, event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        return self.sheet.isVisible() and _key(event) in self._acts()

    def _take(self, watched: QObject, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_Escape:
            self._give_back()
            return True
        if not self.sheet.isVisible():
            return False
        if watched is self._field:
            return self._walk(event) or self._act(event)
        focus = QApplication.focusWidget()
        if isinstance(focus, QAbstractButton) and _key(event) == _ENTER:
            focus.click()
            return True
        return self._act(event)

    def _walk(self, event: QKeyEvent) -> bool:
        """Go along the lines, or with Tab into the card."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            if self.lines.step(1 if event.key() == Qt.Key.Key_Down else -1):
                self._show_chosen()
            return True
        return event.key() == Qt.Key.Key_Tab and self._enter_sheet()

    def _act(self, event: QKeyEvent) -> bool:
        act = self._acts().get(_key(event))
        if act is not None:
            act()
        # Enter that fits nothing must not start another search.
        return act is not None or _key(event) == _ENTER

    def _enter_sheet(self) -> bool:
        """Go from the field to the topmost thing of the card that the keyboard can use."""
        stop = first_stop(self._panes)
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
        return stop is not None


_ENTER = (Qt.Key.Key_Return.value, False)


def _key(event: QKeyEvent) -> tuple[int, bool]:
    """Return a key and whether Ctrl is held; both Enter keys are one."""
    key = event.key()
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return (Qt.Key.Key_Return.value if key == Qt.Key.Key_Enter else int(key), control)
