"""Backups: what there is, one more now, is it whole, and the office brought back from one."""

from dataclasses import dataclass
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.backups import BackupFile, FilesFound, Restored
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _, _lazy
from propdesk.services import backups
from ui.background import Progress, is_stopped
from ui.backup_keeper import BackupKeeper, files_left_words
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.messages import Verb
from ui.dialogs.work_dialog import WorkDialog
from ui.start import backup_pattern, free_folder, restore_into
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.panes import QuietPane

_ROWS = 8


@dataclass(frozen=True, slots=True)
class BackupLine:
    """A line of the list: a backup, and whether it lies in the second place."""

    backup: BackupFile
    is_second: bool
    is_verified: bool = False


def _state(line: BackupLine) -> Mark:
    if line.backup.manifest is None:
        return Mark(_("Unreadable"), Tone.DANGER)
    return Mark(_("Verified now"), Tone.OK) if line.is_verified else Mark(_("Readable"), Tone.OK)


def _tickets(line: BackupLine) -> str:
    manifest = line.backup.manifest
    return "" if manifest is None else str(manifest.rows.get("ticket", 0))


def size_words(size: int) -> str:
    """Return a file size in MB, or in kB below one."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size // 1000, 1)} kB"


_COLUMNS = (
    Column(
        "time", _lazy("Made"), lambda one: f"{one.backup.name.created_at:%Y-%m-%d %H:%M:%S}",
        width=150, least=130,
    ),
    Column(
        "place", _lazy("Kept"),
        lambda one: _("Second folder") if one.is_second else _("Beside the data"), width=100,
    ),
    Column("tickets", _lazy("Tickets"), _tickets, width=70),
    Column("size", _lazy("Size"), lambda one: size_words(one.backup.size), width=80, is_quiet=True),
    Column("state", _lazy("State"), _state, CellKind.STATUS, width=100, stretches=True),
)  # fmt: skip


class BackupsDialog(Dialog):
    """The office's backups; `keeper` makes them and knows how safe the office is."""

    def __init__(self, context: AppContext, parent: QWidget, keeper: BackupKeeper) -> None:
        super().__init__(context.theme, parent, _("Backups"), width=680)
        self._context = context
        self._keeper = keeper
        self._verified: set[Path] = set()
        theme = context.theme
        self.add_sentence(
            _(
                "A backup is made each day when the desk is quiet for five minutes, and when the "
                "window closes. Each one is opened and checked before it counts."
            ),
            is_quiet=True,
        )
        self._problem = self.add_sentence("")
        self._table = RecordTable(
            theme, _("Backups"), _COLUMNS, lambda one: one.backup.path, now=context.now
        )
        self._table.make_dense()
        self._table.left.connect(self.reject)
        self._table.opened.connect(lambda _row: self._verify())
        self._table.setFixedHeight(self._table.height_of(_ROWS))
        self.body.addWidget(self._table)
        self._none = QuietPane(theme, _("No backup yet. The first one is made today by itself."))
        self._none.setFixedHeight(self._table.height())
        self.body.addWidget(self._none)
        self._where = Label(theme, ink=Ink.TEXT_3, elide=True, selectable=True)
        self.body.addWidget(self._where)
        self._verify_button = Button(theme, _("Verify"), icon="shield-check", shortcut="Ctrl+T")
        self._restore_button = Button(theme, _("Restore"), icon="folder-archive", shortcut="Ctrl+R")
        from_file = Button(theme, _("From a file"), icon="files", shortcut="Ctrl+O")
        other = Button(theme, _("Open another office"), icon="building-2")
        self._verify_button.clicked.connect(self._verify)
        self._restore_button.clicked.connect(self._restore)
        from_file.clicked.connect(self._restore_file)
        other.clicked.connect(self._open_other)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for button in (self._verify_button, self._restore_button, from_file):
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(other)
        self.body.addLayout(row)
        self.add_verb("close", _("Close"))
        now = Button(theme, _("Back up now"), kind=Kind.PRIMARY, icon="save", shortcut="Ctrl+S")
        now.clicked.connect(self._back_up)
        self._foot.addWidget(now)
        self._fill()
        (now if self._table.is_empty() else self._table).setFocus()

    def _fill(self) -> None:
        state, problem = self._keeper.state, self._keeper.problem
        waits = "" if problem or state is None else files_left_words(state.files_left)
        self._problem.show_text(problem or waits, Ink.DANGER if problem else Ink.WARN)
        self._problem.setVisible(bool(problem or waits))
        own, second = self._context.office.backups, self._keeper.second_place()
        lines = [
            BackupLine(one, is_second, one.path in self._verified)
            for folder, is_second in ((own, False), (second, True))
            if folder is not None
            for one in backups.list_backups(folder)
        ]
        lines.sort(key=lambda line: line.backup.name, reverse=True)
        self._table.show_rows(lines)
        self._table.setVisible(bool(lines))
        self._none.setVisible(not lines)
        self._where.show_text(_("Kept in {folder}").format(folder=own))
        for button in (self._verify_button, self._restore_button):
            button.setEnabled(bool(lines))

    def _chosen(self) -> Path | None:
        row = self._table.current_row()
        return row.backup.path if isinstance(row, BackupLine) else None

    def _tell(self, title: str, refusal: RuleError) -> None:
        self._context.messages.tell(self, title, str(refusal))

    def _work(self, title: str, sentence: str = "") -> WorkDialog:
        return WorkDialog(self._context.theme, self, title, sentence)

    def _back_up(self) -> None:
        title = _("Backing up")
        try:
            self._work(title).work(self._keeper.back_up)
        except Cancelled:
            return
        except RuleError as refusal:
            self._tell(_("No backup was made"), refusal)
        self._fill()

    def _verify(self) -> None:
        file = self._chosen()
        if file is None:
            return
        title = _("Verifying the backup")
        job = partial(_verified, file)
        try:
            work = self._work(title, file.name)
            files: FilesFound = work.work(partial(self._context.background.run, job))
        except Cancelled:
            return
        except RuleError as refusal:
            self._tell(title, refusal)
            return
        self._verified.add(file)
        self._fill()
        self._table.select_key(file)
        if files.missing:
            sentence = _(
                "The backup itself is whole. {problem} They would be missing after restoring it."
            ).format(problem=backups.missing_words(files))
            self._context.messages.tell(self, _("Photos are missing"), sentence)

    def _restore(self) -> None:
        file = self._chosen()
        if file is not None:
            restore_and_offer(self._context, self, file)

    def _restore_file(self) -> None:
        bring_over(self._context, self)

    def _open_other(self) -> None:
        open_other(self._context, self)


def _verified(file: Path, progress: Progress) -> FilesFound:
    backups.verify_backup(file)
    return backups.find_files(file, lambda: is_stopped(progress))


def bring_over(context: AppContext, parent: QWidget) -> None:
    """Bring an office over from a backup or an old PC (decision 45)."""
    file = context.messages.pick_file(parent, _("Which backup?"), backup_pattern())
    if file is not None:
        restore_and_offer(context, parent, file)


def open_other(context: AppContext, parent: QWidget) -> None:
    """Open an office that is already on this PC, from now on (decision 45)."""
    folder = context.messages.pick_folder(parent, _("Which folder holds the office?"))
    if folder is not None:
        _leave_for(context, parent, folder)


def restore_and_offer(context: AppContext, parent: QWidget, file: Path) -> None:
    """Restore a backup into a new folder, then offer to open that office from now on.

    The present office and its folder stay as they are (decision 42).
    """
    title = _("Restore a backup")
    present = context.office.folder
    target = free_folder(present.with_name(f"{present.name}-{context.now():%Y%m%d}"))
    verbs = (
        Verb("cancel", _("Cancel")),
        Verb("place", _("Another place")),
        Verb("go", _("Restore"), Kind.PRIMARY),
    )
    sentence = _(
        "The office as it was in {name} is brought back into the new folder {folder}. The present "
        "one stays as it is."
    )
    choice = context.messages.choose(
        parent, title, sentence.format(name=file.name, folder=target), verbs
    )
    if choice == "place":
        above = context.messages.pick_folder(parent, _("In which folder?"))
        choice = "cancel" if above is None else "go"
        target = free_folder((above or target) / target.name)
    if choice != "go":
        return
    try:
        restored = restore_into(file, target, context.theme, parent, title)
    except Cancelled:
        return
    except RuleError as refusal:
        context.messages.tell(parent, title, str(refusal))
        return
    _offer(context, parent, restored)


def _offer(context: AppContext, parent: QWidget, restored: Restored) -> None:
    folder = restored.folder
    verbs = (
        Verb("stay", _("Stay with the present one")),
        Verb("open", _("Open this office from now on"), Kind.PRIMARY),
    )
    sentence = _("The office stands in {folder}. Which one shall be opened from now on?")
    title = _("The office was brought back")
    again = backups.again_words(restored.erase_again) if restored.erase_again else ""
    missing = backups.missing_words(restored.files)
    said = " ".join(filter(None, (missing, again, sentence.format(folder=folder))))
    if context.messages.choose(parent, title, said, verbs) == "open":
        _leave_for(context, parent, folder)


def _leave_for(context: AppContext, parent: QWidget, folder: Path) -> None:
    if isinstance(parent, Dialog):
        parent.reject()
    context.navigation.office_wanted.emit(folder)
