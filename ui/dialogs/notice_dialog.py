"""Write a notice to residents: kind, houses, time, reason; the text is proposed from them (R89)."""

from datetime import datetime

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_moment
from propdesk.domain.notices import (
    NOTICE_LABELS,
    Notice,
    NoticeDraft,
    NoticeKind,
    fill_template,
)
from propdesk.i18n import _, speaking
from propdesk.services.notices import write_notice
from propdesk.services.queries.notices import get_template
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.theme import Ink
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_MOMENT_WIDTH = 170


class NoticeDialog(Dialog):
    """The form of a notice; `stored` is what was written.

    Title and text follow what is typed above until somebody changes them. They speak the office's
    paper language: that is what residents read.
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context.theme, parent, _("Write a notice"), width=640)
        self._context = context
        self.stored: Notice | None = None
        self._proposed = NoticeDraft(NoticeKind.WATER, "", "")
        theme = context.theme
        kinds = [Choice(kind.value, str(word)) for kind, word in NOTICE_LABELS.items()]
        self.kind = PickField(theme, _("Kind"), kinds)
        self.scope = LineField(theme, _("Where"), placeholder=_("Which houses it is for"))
        self.reason = LineField(theme, _("Reason"))
        self.begin = LineField(
            theme, _("From"), placeholder=_("tomorrow 8:30"), width=_MOMENT_WIDTH
        )
        self.end = LineField(theme, _("Until"), placeholder="17:00", width=_MOMENT_WIDTH)
        self.title = LineField(theme, _("Title"))
        self.addressee = LineField(theme, _("Whom it addresses"))
        self.text = TextField(theme, _("Text"), lines=7)
        self.rows = FormRows(theme)
        add = self.rows.add_row
        add("kind", _("Kind"), self.kind)
        add("scope", _("Where"), self.scope)
        add("from_at", _("When"), self.begin, Label(theme, _("To"), ink=Ink.TEXT_3), self.end)
        add("reason", _("Reason"), self.reason)
        add("title", _("Title"), self.title)
        add("addressee", _("Whom it addresses"), self.addressee)
        add("text", _("Text"), self.text)
        self.body.addWidget(self.rows)
        self.kind.picked.connect(self._propose)
        for field in (self.scope, self.reason, self.begin, self.end):
            field.textChanged.connect(self._propose)
        self.add_verb("", _("Cancel"))
        keep = Button(theme, _("Number it and show it"), kind=Kind.PRIMARY, icon="check")
        keep.set_shortcut("Ctrl+Enter")
        keep.clicked.connect(self._keep)
        for keys in ("Ctrl+Return", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self._keep)
        self._foot.addWidget(keep)
        self._propose()
        self.kind.setFocus()

    # -- proposing

    def _propose(self) -> None:
        """Fill title and text anew, as far as they are still what was proposed."""
        before = self._proposed
        kind = NoticeKind(self.kind.value())
        with speaking(self._context.settings.paper_language.code):
            proposed = fill_template(
                get_template(kind),
                kind,
                on=self._context.now().date(),
                scope=self.scope.words(),
                reason=self.reason.words(),
                from_at=self._moment(self.begin.words()),
                until_at=self._until(),
            )
        self._proposed = proposed
        for field, old, new in (
            (self.title, before.title, proposed.title),
            (self.addressee, before.addressee, proposed.addressee),
            (self.text, before.text, proposed.text),
        ):
            if field.words() == old:
                field.show_words(new)

    def _moment(self, words: str) -> datetime | None:
        if not words:
            return None
        try:
            return parse_moment(words, self._context.now())
        except RuleError:
            return None

    def _until(self) -> datetime | None:
        """Return when it ends: a bare time is one of the day on which it begins."""
        words = self.end.words()
        begin, end = self._moment(self.begin.words()), self._moment(words)
        is_bare = end is not None and end.date() == self._context.now().date()
        if begin is not None and end is not None and is_bare:
            return datetime.combine(begin.date(), end.time())
        return end

    # -- storing

    def _draft(self) -> NoticeDraft:
        for field in (self.begin, self.end):
            try:
                if field.words():
                    parse_moment(field.words(), self._context.now())
            except RuleError as refusal:
                raise DraftError((Problem("from_at", str(refusal)),)) from refusal
        return NoticeDraft(
            kind=NoticeKind(self.kind.value()),
            title=self.title.words(),
            text=self.text.words(),
            addressee=self.addressee.words(),
            scope=self.scope.words(),
            from_at=self._moment(self.begin.words()),
            until_at=self._until(),
        )

    def _keep(self) -> None:
        self.rows.show_problems(())
        context = self._context
        try:
            self.stored = write_notice(self._draft(), by=context.staff.id, now=context.now())
        except DraftError as refusal:
            # The two times share a row.
            places = {"until_at": "from_at"}
            self.rows.show_problems(
                [Problem(places.get(one.field, one.field), one.text) for one in refusal.problems]
            )
        except RuleError as refusal:
            context.messages.tell(self, _("This was not done"), str(refusal))
        else:
            self.choose("kept")
