"""关于: the program and its version, where the office's data and its backups are, who made what."""

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

import propdesk
from propdesk.i18n import _
from ui.about_facts import ProgramLook, look_at_program
from ui.background import Handle
from ui.backup_keeper import BackupKeeper
from ui.context import AppContext
from ui.dialogs.about_parts import ComponentsPart, DataPart, ProgramPart
from ui.dialogs.base import Dialog
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import CopyButton, Kind
from ui.widgets.choices import Choice, Segments
from ui.widgets.labels import Label
from ui.widgets.tabs import ProgramMark

_ICON = 44


class AboutDialog(Dialog):
    """Three parts: the office's data and backups, the program and this PC, others' components."""

    def __init__(
        self, context: AppContext, parent: QWidget, keeper: BackupKeeper, part: str = "data"
    ) -> None:
        super().__init__(context.theme, parent, _("About propdesk"), width=680)
        self._context = context
        theme = context.theme
        self.body.addLayout(self._head(theme))
        self._tabs = Segments(
            theme,
            _("Parts of this window"),
            (
                Choice("data", _("Data and backups")),
                Choice("program", _("Program and this PC")),
                Choice("components", _("Components and licences")),
            ),
        )
        self.body.addWidget(self._tabs)
        self._data = DataPart(context, keeper)
        self._program = ProgramPart(context)
        self._parts: dict[str, QWidget] = {
            "data": self._data,
            "program": self._program,
            "components": ComponentsPart(context),
        }
        self._stack = QStackedWidget()
        for each in self._parts.values():
            self._stack.addWidget(each)
        self.body.addWidget(self._stack, 1)
        self._tabs.chosen_changed.connect(self._show_part)
        copy = CopyButton(
            theme, _("Copy for support"), self._support_words, shortcut="Ctrl+Shift+C"
        )
        copy.setToolTip(_("Versions and states, without names and folders"))
        self._foot.insertWidget(0, copy)
        self.add_verb("close", _("Close"), kind=Kind.PRIMARY, is_default=True)
        self._handle: Handle = context.background.run(
            look_at_program, self._on_program_known, self._on_failed
        )
        for ended in (self._handle.cancel, self._data.stop, self.deleteLater):
            self.finished.connect(ended)
        self._tabs.choose(part)
        self._show_part(part)
        self._tabs.setFocus()

    def _head(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(Space.M)
        row.addWidget(ProgramMark(theme, _ICON))
        words = QVBoxLayout()
        words.setSpacing(2)
        version = _("Version {version}").format(version=propdesk.__version__)
        words.addWidget(Label(theme, version, size=Size.BODY, bold=True, selectable=True))
        words.addWidget(
            Label(theme, _("Works offline: the data stays on this PC."), ink=Ink.TEXT_2)
        )
        row.addLayout(words, 1)
        return row

    def _show_part(self, key: str) -> None:
        self._stack.setCurrentIndex(list(self._parts).index(key))

    def _on_program_known(self, look: ProgramLook) -> None:
        self._program.show_look(look)

    def _on_failed(self, error: BaseException) -> None:
        self._context.explain(self, self.windowTitle(), error)

    def is_settled(self) -> bool:
        """Tell whether all is known."""
        return self._handle.has_ended and self._data.is_settled()

    def _support_words(self) -> str:
        lines = [f"propdesk {propdesk.__version__}"]
        lines += [*self._data.support_lines(), *self._program.support_lines()]
        return "\n".join(lines)
