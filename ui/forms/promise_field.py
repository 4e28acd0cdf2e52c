"""A promised time, typed in the desk's short forms."""

from datetime import datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_moment
from propdesk.i18n import _
from ui.context import AppContext
from ui.pages.ticket_words import line_moment
from ui.theme import Ink
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_MOMENT_WIDTH = 170


class PromiseField(LineField):
    """A time in its short forms; `hint` says how it was understood."""

    def __init__(self, context: AppContext, before: datetime | None = None) -> None:
        super().__init__(
            context.theme, _("Promised time"), placeholder="11:30", width=_MOMENT_WIDTH
        )
        self._context = context
        self._before = ""
        self.hint = Label(context.theme, ink=Ink.TEXT_3, elide=True)
        self.textChanged.connect(self._explain)
        self.show_promise(before)

    def show_promise(self, promised_at: datetime | None) -> None:
        """Show a promise that was given before."""
        self._before = "" if promised_at is None else promised_at.strftime("%Y-%m-%d %H:%M")
        self.show_words(self._before)
        self._explain()

    def moment(self) -> datetime | None:
        """Return the time that is meant, None for an empty field or an unchanged promise.

        Raises DraftError where the words are no time.
        """
        words = self.words()
        if not words or words == self._before:
            return None
        try:
            return parse_moment(words, self._context.now())
        except RuleError as refusal:
            raise DraftError((Problem("promised_at", str(refusal)),)) from refusal

    def _explain(self) -> None:
        words = self.words()
        if not words:
            self.hint.show_text(_("11:30, tomorrow 10:00, +2h"), Ink.TEXT_3)
            return
        now = self._context.now()
        try:
            meant = parse_moment(words, now)
        except RuleError:
            self.hint.show_text(_("not a time yet"), Ink.TEXT_3)
            return
        has_passed = meant <= now.replace(tzinfo=None)
        shown = line_moment(meant, now)
        words = _("{time} has passed").format(time=shown) if has_passed else shown
        self.hint.show_text(words, Ink.WARN if has_passed else Ink.TEXT_2)
