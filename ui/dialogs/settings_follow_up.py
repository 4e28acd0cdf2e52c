"""The part of the settings about follow-ups: who is asked, by when, how scores weigh (R66)."""

from dataclasses import replace

from propdesk.domain.sampling import SAMPLE_RULES
from propdesk.domain.scores import DIMENSION_LABELS, Dimension
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.violations import REPORT_SOURCE
from propdesk.i18n import _
from ui.context import AppContext
from ui.theme import Ink
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH = 52


class FollowUpPart(FormRows):
    """The shares of the sampling, the days for a follow-up, the weights, the time to report."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        theme, shown = context.theme, context.settings
        self._percents: dict[str, LineField] = {}
        for rule in SAMPLE_RULES:
            source = Label(theme, f"%  {rule.source}", ink=Ink.TEXT_3, elide=True)
            field = LineField(theme, str(rule.label), width=_WIDTH, longest=3)
            field.show_words(str(shown.follow_up_percents[rule.code]))
            # A complaint closes only through its follow-up: there is nothing to choose.
            field.setEnabled(rule.code != "complaint")
            self._percents[rule.code] = field
            self.add_row(rule.code, str(rule.label), field, note=source)
        self._days = LineField(theme, _("Within"), width=_WIDTH, longest=3)
        self._days.show_words(str(shown.follow_up_days))
        days = _("days of the closing (service grades: 3)")
        self.add_row("days", _("Within"), self._days, note=Label(theme, days, ink=Ink.TEXT_3))
        self._add_weights(context)
        self._hours = LineField(theme, _("Report breaches"), width=_WIDTH, longest=3)
        self._hours.show_words(str(shown.violation_hours))
        hours = _("hours  {source}").format(source=REPORT_SOURCE)
        note = Label(theme, hours, ink=Ink.TEXT_3, elide=True)
        self.add_row("hours", _("Report breaches"), self._hours, note=note)
        self._archive = LineField(theme, _("Archive no."), width=_WIDTH, longest=4)
        self._archive.show_words(shown.archive_letters)
        letters = _("letters before year and number")
        note = Label(theme, letters, ink=Ink.TEXT_3)
        self.add_row("archive", _("Archive no."), self._archive, note=note)

    def _add_weights(self, context: AppContext) -> None:
        theme = context.theme
        self._weights = {
            one: LineField(theme, str(DIMENSION_LABELS[one]), width=_WIDTH, longest=3)
            for one in Dimension
        }
        for one, field in self._weights.items():
            field.show_words(str(context.settings.score_weights[one]))
            field.setToolTip(str(DIMENSION_LABELS[one]))
        words = _("in the order of the scores, 100 in all")
        note = Label(theme, words, ink=Ink.TEXT_3, elide=True)
        note.setToolTip(", ".join(str(label) for label in DIMENSION_LABELS.values()))
        first, *others = self._weights.values()
        self.add_row("weights", _("Weights"), first, *others, note=note)

    def taken(self, settings: OfficeSettings) -> OfficeSettings:
        """Return the settings with what was typed here."""
        return replace(
            settings,
            follow_up_percents={code: _number(field) for code, field in self._percents.items()},
            follow_up_days=_number(self._days),
            score_weights={one.value: _number(field) for one, field in self._weights.items()},
            violation_hours=_number(self._hours),
            archive_letters=self._archive.words(),
        )


def _number(field: LineField) -> int:
    """Return a whole number, and one that is refused where none was typed."""
    words = field.words()
    return int(words) if words.isascii() and words.isdecimal() else -1
