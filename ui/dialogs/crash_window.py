"""A mistake of the program: a sorry, where the report lies, and the report itself."""

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from propdesk.i18n import _
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import Button, Kind


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
        self.details = QPlainTextEdit(report)
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.details.setAccessibleName(_("Error report"))
        self.details.setMinimumHeight(theme.px(220))
        self.body.addWidget(self.details)
        self.copy = Button(theme, _("Copy report"), icon="copy", shortcut="Ctrl+Shift+C")
        self.copy.clicked.connect(self._on_copy)
        self._foot.insertWidget(0, self.copy)
        if file is not None:
            self.add_sentence(_("Kept in {file}").format(file=file), is_quiet=True)
            folder = Button(theme, _("Open folder"), icon="folder-open", shortcut="Ctrl+O")
            folder.clicked.connect(
                lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(file.parent)))
            )
            self._foot.insertWidget(1, folder)
        self.add_verb("close", _("Go on"), kind=Kind.PRIMARY, is_default=True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.show_word(_("Copied"), icon="check")
