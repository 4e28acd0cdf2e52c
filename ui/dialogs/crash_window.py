"""A mistake of the program: a sorry, where the report lies, and the report itself."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import CopyButton, FolderButton, Kind
from ui.widgets.fields import TextField

_LINES = 11


class CrashWindow(Dialog):
    """The report with a button that copies it; `file` is where it is kept, None for nowhere."""

    def __init__(
        self, theme: Theme, parent: QWidget | None, report: str, file: Path | None
    ) -> None:
        super().__init__(theme, parent, _("The program made a mistake"), width=660)
        self.add_sentence(
            _("Nothing that was saved is lost. You can go on; if it happens again, please restart.")
        )
        self.add_sentence(
            _(
                "Please send the report to whoever looks after the program. It holds no names, "
                "phones or addresses."
            ),
            is_quiet=True,
        )
        self.details = TextField(theme, _("Error report"), lines=_LINES)
        self.details.show_words(report)
        self.details.setReadOnly(True)
        self.body.addWidget(self.details)
        copy = CopyButton(
            theme, _("Copy report"), self.details.toPlainText, shortcut="Ctrl+Shift+C"
        )
        self._foot.insertWidget(0, copy)
        if file is not None:
            self.add_sentence(_("Kept in {file}").format(file=file), is_quiet=True)
            folder = FolderButton(theme, _("Open folder"), file.parent, shortcut="Ctrl+O")
            self._foot.insertWidget(1, folder)
        self.add_verb("close", _("Go on"), kind=Kind.PRIMARY, is_default=True)
