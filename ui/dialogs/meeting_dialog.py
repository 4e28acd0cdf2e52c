"""Keep a meeting: who, when, its headings, and what was decided (R87, R88)."""

from datetime import datetime

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.meetings import (
    MEETING_KIND_LABELS,
    SECTION_LABELS,
    SECTIONS_OF,
    Meeting,
    MeetingDraft,
    MeetingKind,
    Section,
    action_lines,
    attendee_lines,
    read_actions,
    read_attendees,
)
from propdesk.domain.moments import parse_moment
from propdesk.i18n import _
from propdesk.services.meetings import change_meeting, write_meeting
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.theme import Ink, Size
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_TIME_WIDTH = 170


class MeetingDialog(Dialog):
    """A meeting, new or as it is kept; `stored` is what was written. Ctrl+S stores it."""

    def __init__(
        self, context: AppContext, parent: QWidget, meeting: Meeting | None = None
    ) -> None:
        title = _("Keep a meeting") if meeting is None else _("Change the meeting")
        super().__init__(context.theme, parent, title, width=700)
        self._context = context
        self._meeting = meeting
        self.stored: Meeting | None = None
        self._texts: dict[Section, str] = dict(meeting.sections) if meeting else {}
        self._shown: Section | None = None
        theme = context.theme
        kinds = [Choice(kind.value, str(word)) for kind, word in MEETING_KIND_LABELS.items()]
        self._kind = PickField(theme, _("Kind"), kinds)
        self._at = LineField(theme, _("Time"), width=_TIME_WIDTH)
        self._title = LineField(theme, _("Topic"))
        self._place = LineField(theme, _("Place"))
        self._host = LineField(theme, _("Host"), width=_TIME_WIDTH)
        self._recorder = LineField(theme, _("Recorder"), width=_TIME_WIDTH)
        self._attendees = TextField(theme, _("Who came, one a line"), lines=2)
        self._sections = PickField(theme, _("Headings"))
        self._text = TextField(theme, _("Text of the heading"), lines=3)
        self._actions = TextField(theme, _("What was decided, one a line"), lines=2)
        self.rows = FormRows(theme)
        add = self.rows.add_row
        add("kind", _("Kind"), self._kind, Label(theme, _("Time"), ink=Ink.TEXT_3), self._at)
        add("title", _("Topic"), self._title)
        add("place", _("Place"), self._place)
        recorder = Label(theme, _("Recorder"), ink=Ink.TEXT_3)
        add("host", _("Host"), self._host, recorder, self._recorder)
        add("attendees", _("Who came"), self._attendees)
        add("headings", _("Headings"), self._sections)
        add("text", "", self._text)
        add("actions", _("Decided"), self._actions)
        self.body.addWidget(self.rows)
        hint = _("Who came: name, blank, house. Decided: what | who | day; ! asks for improvement.")
        self.body.addWidget(Label(theme, hint, ink=Ink.TEXT_2, size=Size.SMALL, wrap=True))
        self._kind.picked.connect(lambda _kind: self._show_headings())
        self._sections.picked.connect(lambda _heading: self._show_section())
        self.add_verb("cancel", _("Cancel"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self._fill()

    def _fill(self) -> None:
        meeting = self._meeting
        if meeting is not None:
            self._kind.choose(meeting.kind.value)
            self._title.show_words(meeting.title)
            self._place.show_words(meeting.place)
            self._host.show_words(meeting.host)
            self._recorder.show_words(meeting.recorder)
            self._attendees.show_words(attendee_lines(meeting.attendees))
            self._actions.show_words(action_lines(meeting.actions))
        at = meeting.at if meeting else self._context.now()
        self._at.show_words(f"{at:%Y-%m-%d %H:%M}")
        self._show_headings()
        (self._title if meeting is None else self._text).setFocus()

    def _show_headings(self) -> None:
        """Show the headings of the chosen kind; texts of others are kept while the form is open."""
        self._keep_text()
        self._shown = None
        wanted = SECTIONS_OF[MeetingKind(self._kind.value())]
        self._sections.set_choices([Choice(one.value, str(SECTION_LABELS[one])) for one in wanted])
        self._sections.choose(wanted[0].value)
        self._show_section()

    def _show_section(self) -> None:
        self._keep_text()
        self._shown = Section(self._sections.value())
        self._text.show_words(self._texts.get(self._shown, ""))

    def _keep_text(self) -> None:
        if self._shown is not None:
            self._texts[self._shown] = self._text.words()

    def choose(self, key: str) -> None:
        """Store the meeting before the dialog closes; problems stand under their fields."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        context, meeting = self._context, self._meeting
        by, now = context.staff.id, context.now()
        self._keep_text()
        try:
            draft = self._draft()
            if meeting is None:
                self.stored = write_meeting(draft, by=by, now=now)
            else:
                self.stored = change_meeting(meeting.id, draft, version=meeting.version, by=by)
        except DraftError as refusal:
            # The headings share one field.
            headings = {one.value for one in Section}
            self.rows.show_problems(
                [
                    Problem("text" if one.field in headings else one.field, one.text)
                    for one in refusal.problems
                ]
            )
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
        return self.stored is not None

    def _draft(self) -> MeetingDraft:
        return MeetingDraft(
            kind=MeetingKind(self._kind.value()),
            title=self._title.words(),
            at=self._moment(),
            place=self._place.words(),
            host=self._host.words(),
            recorder=self._recorder.words(),
            attendees=read_attendees(self._attendees.words()),
            sections=self._texts,
            actions=read_actions(self._actions.words()),
        )

    def _moment(self) -> datetime:
        try:
            return parse_moment(self._at.words(), self._context.now()).replace(tzinfo=None)
        except RuleError as refusal:
            raise DraftError((Problem("kind", str(refusal)),)) from refusal
