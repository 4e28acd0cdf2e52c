"""Where papers come back: a scanned code opens what it names, whatever the clerk is at (27)."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from propdesk.domain.asset_labels import LabelCode, read_label
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_papers import is_fee_shaped
from propdesk.domain.sheet_codes import is_sheet_shaped
from propdesk.i18n import _
from propdesk.services.queries.fee_access import check_sees_fees
from propdesk.services.queries.fee_papers import find_scanned_fee
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.services.queries.papers import ScannedPaper, find_scanned
from ui.context import AppContext
from ui.dialogs.papers_dialog import PapersDialog
from ui.dialogs.round_dialogs import SheetPicker
from ui.forms.move_form import MoveForm
from ui.forms.return_form import ReturnForm
from ui.printing import PaperWindow
from ui.scanner import Scanner
from ui.widgets.badges import Toast

# These ask nothing that could be lost: a scan takes their place.
_GIVE_WAY = (PaperWindow, PapersDialog)
_WARNING = "triangle-alert"


class PaperDesk(QObject):
    """Takes scanned codes and leads to the form of the order; refuses in a sentence at the foot.

    What the clerk is in the middle of is never taken away: a question has to be answered first, a
    form that was begun (`begun` tells which) has to be finished.
    """

    def __init__(
        self,
        context: AppContext,
        app: QGuiApplication,
        host: QWidget,
        begun: Callable[[], MoveForm | None],
    ) -> None:
        super().__init__(host)
        self._context = context
        self._begun = begun
        self._host = host
        self.scanner = Scanner(app, self)
        self.scanner.scanned.connect(self.take)
        context.background.stopped.connect(self.scanner.stop)

    def take(self, code: str) -> None:
        """Open the form of a scanned order, or the receipt or letter; else say why not."""
        if is_fee_shaped(code):
            self._take_fee(code)
            return
        if is_sheet_shaped(code):
            self._take_sheet(code)
            return
        if (label := read_label(code)) is not None:
            self._take_label(label)
            return
        try:
            paper = find_scanned(code)
        except RuleError as refusal:
            self._say(str(refusal))
            return
        popup = QApplication.activePopupWidget()
        if popup is not None:
            popup.close()
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            self._open(paper)
        elif isinstance(dialog, QDialog) and isinstance(dialog, _GIVE_WAY):
            dialog.reject()
            # The dialog's own loop ends first.
            QTimer.singleShot(0, self, lambda: self._open(paper))
        else:
            words = _("The order of {number} was scanned. Finish here first, then scan it again.")
            self._say(words.format(number=paper.ticket.number))

    def _open(self, paper: ScannedPaper) -> None:
        form = self._begun()
        if form is not None:
            words = _("Finish {number} first (Ctrl+Enter or Esc), then scan {other} again.")
            if isinstance(form, ReturnForm) and form.ticket.id == paper.ticket.id:
                words = _("The order of {number} is being entered here.")
            self._say(words.format(number=form.ticket.number, other=paper.ticket.number))
            return
        self._context.navigation.paper_wanted.emit(paper)

    def _take_sheet(self, code: str) -> None:
        """Open an inspection sheet to be entered; the list of sheets gives way to it."""
        try:
            number = get_sheet(code).number
        except RuleError as refusal:
            self._say(str(refusal))
            return
        dialog, form = QApplication.activeModalWidget(), self._begun()
        if form is not None:
            words = _("Finish {number} first (Ctrl+Enter or Esc), then scan {other} again.")
            self._say(words.format(number=form.ticket.number, other=number))
        elif dialog is None or isinstance(dialog, (*_GIVE_WAY, SheetPicker)):
            if isinstance(dialog, QDialog):
                dialog.reject()
            wanted = self._context.navigation.sheet_wanted
            # The dialog's own loop ends first.
            QTimer.singleShot(0, self, lambda: wanted.emit(number))
        else:
            words = _("The sheet {number} was scanned. Finish here first, then scan it again.")
            self._say(words.format(number=number))

    def _take_label(self, label: LabelCode) -> None:
        """Open the thing that a label hangs on; whatever is asked or begun comes first."""
        dialog, form = QApplication.activeModalWidget(), self._begun()
        if form is not None or not (dialog is None or isinstance(dialog, _GIVE_WAY)):
            self._say(_("A label was scanned. Finish here first, then scan it again."))
            return
        if isinstance(dialog, QDialog):
            dialog.reject()
        # The dialog's own loop ends first.
        QTimer.singleShot(0, self, lambda: self._open_labelled(label))

    def _open_labelled(self, label: LabelCode) -> None:
        from ui.asset_acts import open_labelled

        try:
            open_labelled(self._context, self._host, label)
        except RuleError as refusal:
            self._say(str(refusal))

    def _take_fee(self, code: str) -> None:
        """Show what a receipt or fee letter is about, to those who may see fees (law.md 1.6)."""
        try:
            check_sees_fees(self._context.staff.id)
            paper = find_scanned_fee(code)
        except RuleError as refusal:
            self._say(str(refusal))
            return
        form = self._begun()
        if form is not None:
            words = _("Finish {number} first (Ctrl+Enter or Esc), then scan {other} again.")
            self._say(words.format(number=form.ticket.number, other=paper.number))
            return
        self._context.navigation.fee_paper_wanted.emit(paper)

    def _say(self, words: str) -> None:
        """Say it over the foot of what is in sight; nothing is asked, nothing is taken away."""
        QApplication.beep()
        host = QApplication.activeModalWidget() or self._host
        toast = host.findChild(Toast, "scan") or Toast(self._context.theme, host)
        toast.setObjectName("scan")
        toast.show_message(words, icon=_WARNING)
