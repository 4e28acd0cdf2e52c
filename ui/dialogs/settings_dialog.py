"""Settings: the office and its papers (stored in its data), the staff, and this workstation."""

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.errors import Problem, RuleError
from propdesk.i18n import _
from propdesk.services.settings import save_settings
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.settings_fees import FeesPart
from ui.dialogs.settings_follow_up import FollowUpPart
from ui.dialogs.settings_parts import OfficePart, PapersPart, StaffPart, WorkstationPart
from ui.dialogs.settings_privacy import PrivacyPart
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.forms import FormRows

# Which part and field a refusal belongs to.
_FIELDS = {
    "setting-empty": ("office", "office_name"),
    "setting-days": ("office", "repeat_days"),
    "setting-cluster": ("office", "cluster"),
    "setting-decoration-days": ("office", "works"),
    "setting-vaccination-days": ("office", "vaccination"),
    "setting-copies": ("papers", "copy_names"),
    "setting-out-days": ("papers", "papers_out_days"),
    "number-pattern": ("papers", "number_pattern"),
    "letter-pattern": ("papers", "letter_pattern"),
    "setting-letters": ("papers", "letters"),
    "sampling-percent": ("follow-up", ""),
    "sampling-days": ("follow-up", "days"),
    "score-weights": ("follow-up", "weights"),
    "violation-hours": ("follow-up", "hours"),
    "setting-archive": ("follow-up", "archive"),
    "setting-second": ("privacy", "second"),
    "setting-retention": ("privacy", "months-moved-out"),
}


class SettingsDialog(Dialog):
    """The settings in seven parts; Ctrl+S saves the office's own (Ctrl+, opens it)."""

    def __init__(self, context: AppContext, parent: QWidget, part: str = "office") -> None:
        super().__init__(context.theme, parent, _("Settings"), width=640)
        self._context = context
        self._tabs = Segments(
            context.theme,
            _("Parts of the settings"),
            (
                Choice("office", _("Office")),
                Choice("papers", _("Papers and numbers")),
                Choice("fees", _("Fees")),
                Choice("follow-up", _("Follow-up and archive")),
                Choice("privacy", _("Personal data")),
                Choice("staff", _("Staff")),
                Choice("workstation", _("This PC")),
            ),
        )
        self.body.addWidget(self._tabs)
        self._office = OfficePart(context)
        self._papers = PapersPart(context)
        self._fees = FeesPart(context)
        self._follow_up = FollowUpPart(context)
        self._privacy = PrivacyPart(context)
        self._workstation = WorkstationPart(context)
        self._parts: dict[str, QWidget] = {
            "office": self._office,
            "papers": self._papers,
            "fees": self._fees,
            "follow-up": self._follow_up,
            "privacy": self._privacy,
            "staff": StaffPart(context),
            "workstation": self._workstation,
        }
        self._stack = QStackedWidget()
        for each in self._parts.values():
            self._stack.addWidget(_at_top(each))
        self.body.addWidget(self._stack, 1)
        self._tabs.chosen_changed.connect(self._show_part)
        self.add_verb("close", _("Close"))
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY, is_default=True).set_shortcut("Ctrl+S")
        self._tabs.choose(part)
        self._show_part(part)
        self._tabs.setFocus()

    def _show_part(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self._parts).index(key))

    def choose(self, key: str) -> None:
        """Store the office's settings before the dialog closes."""
        if key == "save" and not self._is_saved():
            return
        super().choose(key)

    def _is_saved(self) -> bool:
        context = self._context
        typed = self._papers.taken(self._office.taken(context.settings))
        typed = self._privacy.taken(self._follow_up.taken(typed))
        if not self._fees.is_saved():
            self._tabs.choose("fees")
            self._show_part("fees")
            return False
        if typed == context.settings:
            return True
        if not self._privacy.may_drop(context, typed):
            return False
        try:
            save_settings(typed, by=context.staff.id)
        except RuleError as refusal:
            part, field = _FIELDS.get(refusal.code, ("office", ""))
            self._tabs.choose(part)
            self._show_part(part)
            rows: Mapping[str, FormRows] = {
                "office": self._office,
                "papers": self._papers,
                "follow-up": self._follow_up,
                "privacy": self._privacy,
            }
            rows[part].show_problems((Problem(field, str(refusal)),))
            return False
        context.changes.settings_changed.emit()
        return True

    def ask(self) -> str:
        """Show the dialog; afterwards open the window anew if it is to speak another language."""
        chosen = super().ask()
        if self._workstation.is_language_changed():
            wanted: Path = self._context.office.folder
            QTimer.singleShot(0, lambda: self._context.navigation.office_wanted.emit(wanted))
        return chosen


def _at_top(part: QWidget) -> QWidget:
    """Keep the rows of a short part together at the top."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(part)
    if isinstance(part, FormRows):
        column.addStretch(1)
    return page
