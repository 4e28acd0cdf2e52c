"""Publish fees or accounts; note where a publication hangs, and when it was taken down."""

from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_day
from propdesk.domain.publications import (
    ARREARS_WARNING,
    PUBLICATION_LABELS,
    Publication,
    PublicationDraft,
    PublicationKind,
)
from propdesk.i18n import _, ngettext
from propdesk.services.publications import (
    post_publication,
    take_publication_down,
    write_publication,
)
from propdesk.services.queries.publications import (
    may_list_arrears,
    propose_period,
    published_table,
)
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.days_field import DaysField, period_names
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.labels import Label

_DAY = 130
_FIELDS = {
    "arrears-list-unconfirmed": "confirmed", "period-reversed": "days",
    "publication-early": "days", "publication-empty": "days",
}  # fmt: skip


class PublishForm(SmallForm):
    """Write a publication; `stored` is it, archived and with its number.

    A list of arrears is offered only where the rules of the place name it, and says house numbers
    alone unless the manager wants more (law.md 1.2).
    """

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, _("Publish"), _("Write it"), width=620)
        theme, today = context.theme, context.now().date()
        kinds = [
            one
            for one in PublicationKind
            if one is not PublicationKind.ARREARS or may_list_arrears(today)
        ]
        self.kind = PickField(
            theme, _("What"), [Choice(one.value, str(PUBLICATION_LABELS[one])) for one in kinds]
        )
        self.days = DaysField(theme, period_names(), (today, today), today)
        self.months = CheckField(theme, _("say for how many months"))
        self.amounts = CheckField(theme, _("say how much"))
        self.confirmed = CheckField(theme, _("I have read the warning and asked the lawyer"))
        self.rows.add_row("kind", _("What"), self.kind)
        self.rows.add_row("days", _("Period"), self.days)
        self.rows.add_row("arrears", _("Beside the house"), self.months, self.amounts)
        self.rows.add_row("confirmed", "", self.confirmed)
        self.warning = Label(theme, str(ARREARS_WARNING), ink=Ink.WARN, wrap=True)
        self.body.addWidget(self.warning)
        self.told = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.body.addWidget(self.told)
        if not may_list_arrears(today):
            self.add_sentence(
                _("Lists of arrears are off: no rule of this place names them (PIPL 25)."),
                is_quiet=True,
            )
        self.kind.picked.connect(lambda _key: self._on_kind())
        self.days.days_changed.connect(self._tell)
        self._on_kind()
        self.kind.setFocus()

    def _on_kind(self) -> None:
        """Propose the period that is due, and ask what a list of arrears asks."""
        kind, today = PublicationKind(self.kind.value()), self.context.now().date()
        self.days.show_days(propose_period(kind, today))
        is_arrears = kind is PublicationKind.ARREARS
        for key in ("arrears", "confirmed"):
            self.rows.show_row(key, is_shown=is_arrears)
        self.warning.setVisible(is_arrears)
        self._tell()

    def _draft(self) -> PublicationDraft:
        first, last = self.days.days()
        return PublicationDraft(
            PublicationKind(self.kind.value()),
            first,
            last,
            with_months=self.months.isChecked(),
            with_amounts=self.amounts.isChecked(),
            is_confirmed=self.confirmed.isChecked(),
        )

    def _tell(self) -> None:
        """Say how many lines it will have."""
        _heads, rows, total = published_table(self._draft())
        if not rows:
            self.told.show_text(_("There is nothing to publish for this period."))
            return
        words = ngettext("It will have {count} line.", "It will have {count} lines.", len(rows))
        self.told.show_text(" · ".join([words.format(count=len(rows)), *filter(None, total)]))

    def act(self) -> Publication:
        """Write it."""
        context = self.context
        try:
            return write_publication(
                context.office, self._draft(), by=context.staff.id, now=context.now()
            )
        except DraftError:
            raise
        except RuleError as refusal:
            if refusal.code not in _FIELDS:
                raise
            raise DraftError((Problem(_FIELDS[refusal.code], str(refusal)),)) from refusal


class _DayForm(SmallForm):
    """On which day something was done with a publication."""

    def __init__(
        self, context: AppContext, parent: QWidget, one: Publication, title: str, word: str
    ) -> None:
        super().__init__(context, parent, f"{title}: {one.title} {one.number}", word)
        self._one = one
        self.day = LineField(context.theme, _("Day"), width=_DAY, longest=20)
        self.day.show_words(context.now().date().isoformat())
        self.rows.add_row("day", _("Day"), self.day)

    def typed_day(self) -> date:
        """Return the day. Raises DraftError."""
        try:
            return parse_day(self.day.words(), self.context.now().date())
        except RuleError as refusal:
            raise DraftError((Problem("day", str(refusal)),)) from refusal


class PostForm(_DayForm):
    """Note where a publication hangs since when; photos are added beside the list afterwards."""

    def __init__(self, context: AppContext, parent: QWidget, one: Publication) -> None:
        super().__init__(context, parent, one, _("Put up"), _("Note it"))
        self.place = LineField(context.theme, _("Place"), placeholder=_("Notice board, lobby …"))
        self.place.show_words(one.place)
        self.rows.add_row("place", _("Place"), self.place)
        self.place.setFocus()

    def act(self) -> Publication:
        """Note it."""
        now = self.context.now()
        by, day = self.context.staff.id, self.typed_day()
        return post_publication(self._one.number, day, self.place.words(), by=by, now=now)


class TakeDownForm(_DayForm):
    """Note when a publication was taken down."""

    def __init__(self, context: AppContext, parent: QWidget, one: Publication) -> None:
        super().__init__(context, parent, one, _("Taken down"), _("Note it"))
        self.day.setFocus()
        self.day.selectAll()

    def act(self) -> Publication:
        """Note it."""
        by, day = self.context.staff.id, self.typed_day()
        return take_publication_down(self._one.number, day, by=by, now=self.context.now())
