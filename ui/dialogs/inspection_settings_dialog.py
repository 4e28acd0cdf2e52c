"""The office's choices for inspections: how late is entered, what repeats, what is told ahead."""

from dataclasses import replace

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.inspection_settings import ENTRY_SOURCE, InspectionSettings
from propdesk.i18n import _
from propdesk.services.inspection_settings import get_inspection_settings, save_inspection_settings
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _SHORT = 640, 60
_NUMBERS = ("entry_hours", "repeat_times", "repeat_days", "rectify_days")
_TEXTS = ("warn_days", "sheet_letters", "rectify_letters")


class InspectionSettingsDialog(SmallForm):
    """One line for each choice, with what it does behind it."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, _("Settings of inspections"), _("Save"), width=_WIDTH)
        self._shown = get_inspection_settings()
        self.fields: dict[str, LineField] = {}
        for name, label, words in (
            ("entry_hours", _("Entered within"), _("hours of its end")),
            ("repeat_times", _("Repeats at"), _("times the same finding needs improvement")),
            ("repeat_days", _("Counted over"), _("days")),
            ("rectify_days", _("Notice gives"), _("days to put it right")),
            ("warn_days", _("Told ahead"), _("days before statutory dates and ends of contracts")),
            ("sheet_letters", _("Sheet no."), _("letters before the number of a sheet")),
            ("rectify_letters", _("Notice no."), _("letters before the number of a notice")),
        ):
            width = 120 if name == "warn_days" else _SHORT
            field = LineField(context.theme, label, width=width, longest=24)
            field.show_words(str(getattr(self._shown, name)))
            self.fields[name] = field
            self.rows.add_row(
                name, label, field, note=Label(context.theme, words, ink=Ink.TEXT_3, elide=True)
            )
        self.add_sentence(str(ENTRY_SOURCE), is_quiet=True)
        self.fields["entry_hours"].setFocus()

    def act(self) -> InspectionSettings:
        """Store the choices."""
        typed: dict[str, int | str] = {}
        for name in _NUMBERS:
            words = self.fields[name].words()
            if not (words.isascii() and words.isdecimal()):
                raise DraftError((Problem(name, _("Write a whole number.")),))
            typed[name] = int(words)
        for name in _TEXTS:
            typed[name] = self.fields[name].words().upper()
        stored = save_inspection_settings(
            replace(self._shown, **typed),  # type: ignore[arg-type] # checked by name above
            by=self.context.staff.id,
        )
        self.context.changes.inspections_changed.emit()
        return stored
