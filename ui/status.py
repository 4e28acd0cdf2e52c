"""The status bar: office and who sits here at the left; printer and last backup at the right."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

import propdesk
from propdesk.domain.backups import BackupHealth
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _, ngettext
from propdesk.services.queries.papers import count_papers_out
from ui.background import Progress
from ui.backup_keeper import BackupKeeper, files_left_words
from ui.context import AppContext
from ui.dialogs.work_dialog import WorkDialog
from ui.tables.columns import moment_words
from ui.theme import Ink
from ui.widgets.statusbar import StatusItem, StatusRow

_LATER_MS = 300
_HOUR_MS = 60 * 60 * 1000
# A system that shuts down waits for a window about as long (decision 41).
_LONGEST_AT_EXIT_MS = 10_000
# Of these, how long photos are copied into each place; the rest follows at the next start.
_FILES_AT_EXIT_S = 3.0

_HEALTH_INKS = {
    BackupHealth.GOOD: Ink.OK,
    BackupHealth.LATE: Ink.WARN,
    BackupHealth.OVERDUE: Ink.DANGER,
}


class StatusBar(StatusRow):
    """What the office must know at any moment; each item leads to where it is changed."""

    def __init__(self, context: AppContext, window: QWidget) -> None:
        theme = context.theme
        self._office = StatusItem(theme, icon="building-2")
        self._who = StatusItem(theme, icon="user-check")
        self._papers = StatusItem(theme, icon="scan-barcode")
        self._printer = StatusItem(theme, _("Printer ..."), icon="printer")
        self._backup = StatusItem(theme, _("Backup ..."), icon="shield-check")
        self._notice = StatusItem(theme, icon="info")
        self._notice.hide()
        self._about = StatusItem(theme, propdesk.__version__, icon="info")
        right = [self._notice, self._papers, self._printer, self._backup, self._about]
        super().__init__(theme, [self._office, self._who], right)
        self._context = context
        self._window = window
        self.keeper = BackupKeeper(context, self)
        self._office.clicked.connect(self.open_settings)
        self._who.clicked.connect(self.ask_who)
        self._papers.clicked.connect(self.open_papers)
        self._printer.clicked.connect(self._look_for_printer)
        self._backup.clicked.connect(self.open_backups)
        self._about.clicked.connect(self.open_about)
        self._notice.clicked.connect(self._read_notice)
        for keys, act in (
            ("Ctrl+U", self.ask_who),
            ("Ctrl+B", self.open_papers),
            ("Ctrl+,", self.open_settings),
            ("F1", self.open_about),
        ):
            key = QShortcut(QKeySequence(keys), window)
            key.activated.connect(act)
        self._office.setToolTip(_("Settings (Ctrl+,)"))
        self._who.setToolTip(_("Who sits here (Ctrl+U)"))
        self._backup.setToolTip(_("Backups"))
        self._about.setToolTip(_("About propdesk (F1)"))
        self._about.setAccessibleName(_("About propdesk (F1)"))
        self._show_names()
        self.show_papers()
        context.changes.settings_changed.connect(self._show_names)
        context.changes.settings_changed.connect(self.show_papers)
        context.changes.tickets_changed.connect(self.show_papers)
        context.changes.staff_changed.connect(self._show_names)
        self.keeper.state_changed.connect(self._show_backup)
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR_MS)
        self._hourly.timeout.connect(self.keeper.look)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.setInterval(_LATER_MS)
        self._first.timeout.connect(self._look)
        context.background.stopped.connect(self._stop_looking)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for printer and backups behind the first picture."""
        super().showEvent(event)
        if not self._hourly.isActive():
            self._hourly.start()
            self._first.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing that nobody sees."""
        super().hideEvent(event)
        for timer in (self._first, self._hourly):
            timer.stop()

    def _stop_looking(self) -> None:
        """Begin nothing more: whoever would do it is gone."""
        for timer in (self._first, self._hourly):
            timer.stop()
        self.keeper.stop()

    def _look(self) -> None:
        self._look_for_printer()
        self.keeper.look()

    def _show_names(self) -> None:
        self._office.show_text(self._context.settings.office_name)
        staff = self._context.staff
        self._who.show_text(f"{staff.code} {staff.name}")

    def show_papers(self) -> None:
        """Show how many work orders are out, in a warning tone when one is out for too long."""
        days, now = self._context.settings.papers_out_days, self._context.now()
        self._papers.setVisible(days > 0)
        late = count_papers_out(now=now, over_days=days) if days else 0
        words = _("Papers out {count}").format(count=count_papers_out(now=now))
        self._papers.show_text(words, Ink.WARN if late else Ink.TEXT_2)
        tip = _("Work orders that are out (Ctrl+B)")
        if late:
            over = ngettext(
                "{count} is out for more than {days} days",
                "{count} are out for more than {days} days",
                late,
            )
            tip = "\n".join((tip, over.format(count=late, days=days)))
        self._papers.setToolTip(tip)

    def _look_for_printer(self) -> None:
        # A printer somewhere in the house that is switched off may take its time to say so.
        def show(name: str) -> None:
            ink = Ink.TEXT_2 if name else Ink.DANGER
            self._printer.show_text(name or _("No printer"), ink)
            self._printer.setToolTip(
                "" if name else _("Set up a printer in the system's settings, then press here.")
            )

        def fail(error: BaseException) -> None:
            raise error

        self._context.background.run(_printer_name, show, fail)

    def _show_backup(self) -> None:
        keeper, now = self.keeper, self._context.now()
        if keeper.problem:
            self._backup.show_text(_("Backup failed"), Ink.DANGER)
            self._backup.setToolTip(keeper.problem)
            return
        state = keeper.state
        if state is None:
            return
        worst, last = state.health, state.last
        if state.second_health is not None and _rank(state.second_health) > _rank(worst):
            worst, last = state.second_health, state.second_last
        if last is None:
            words = _("No backup yet")
        elif worst is BackupHealth.OVERDUE:
            words = _("Last backup {time}").format(time=moment_words(last, now))
        else:
            words = _("Backup {time} verified").format(time=moment_words(last, now))
        ink = _HEALTH_INKS[worst] if last is not None or worst is not BackupHealth.GOOD else None
        self._backup.show_text(words, ink or Ink.TEXT_2)
        self._backup.setToolTip(files_left_words(state.files_left) or _("Backups"))

    def show_notice(self, words: str, explanation: str) -> None:
        """Say quietly what went wrong before this start; a press explains it and takes it away."""
        self._notice.show_text(words, Ink.WARN)
        self._notice.setToolTip(explanation)
        self._notice.show()

    def _read_notice(self) -> None:
        self._notice.hide()
        self._context.messages.tell(self._window, self._notice.text(), self._notice.toolTip())

    # -- leading on

    def ask_who(self) -> None:
        """Ask who sits at the desk (Ctrl+U, and at the start when there is more than one)."""
        from ui.dialogs.staff_picker import StaffPicker

        context = self._context
        member = StaffPicker(context, self._window).pick()
        if member is not None:
            context.staff = member
            context.memory.remember("staff", member.code)
            context.changes.staff_changed.emit()

    def open_papers(self) -> None:
        """Open the list of work orders that are out."""
        from ui.dialogs.papers_dialog import PapersDialog

        PapersDialog(self._context, self._window).ask()

    def open_settings(self) -> None:
        """Open the office's and the workstation's settings."""
        from ui.dialogs.settings_dialog import SettingsDialog

        SettingsDialog(self._context, self._window).ask()

    def open_backups(self) -> None:
        """Open the list of backups."""
        from ui.dialogs.backups_dialog import BackupsDialog

        BackupsDialog(self._context, self._window, self.keeper).ask()

    def open_about(self) -> None:
        """Tell of the program, the office's data and its backups."""
        from ui.dialogs.about import AboutDialog

        AboutDialog(self._context, self._window, self.keeper).ask()

    def close_day(self) -> None:
        """Back up before the window closes if none was made today; never longer than it may."""
        self._first.stop()
        self._hourly.stop()
        if self.keeper.is_due_at_exit():
            self._back_up_at_exit()
        self.keeper.stop()

    def _back_up_at_exit(self) -> None:
        title = _("Backing up before closing")
        stop = _("Close without a backup")
        dialog = WorkDialog(self._context.theme, self._window, title, stop=stop)
        try:
            back_up = partial(self.keeper.back_up, longest_files=_FILES_AT_EXIT_S)
            dialog.work(back_up, longest_ms=_LONGEST_AT_EXIT_MS)
        except Cancelled:
            return
        except RuleError as refusal:
            self._context.messages.tell(self._window, _("No backup was made"), str(refusal))


def _printer_name(_progress: Progress) -> str:
    """Return the printer that the system prints on, empty where there is none."""
    from PySide6.QtPrintSupport import QPrinterInfo

    names = [QPrinterInfo.defaultPrinterName(), *QPrinterInfo.availablePrinterNames()]
    return next((name for name in names if name), "")


def _rank(health: BackupHealth) -> int:
    return list(BackupHealth).index(health)
