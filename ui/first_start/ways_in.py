"""The four ways in: a new office, one brought over, one that is here already, the demo."""

from collections.abc import Callable, Sequence
from pathlib import Path

from propdesk import paths
from propdesk.domain.backups import BackupFile, Manifest
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _, ngettext
from propdesk.services import backups, offices
from propdesk.services.offices import OfficeFound
from ui.background import Background, Progress, is_stopped
from ui.dialogs.messages import Messages
from ui.dialogs.work_dialog import work_through
from ui.first_start.drives import Drive, usual_folders
from ui.first_start.page import StartPage
from ui.start import backup_pattern, free_folder, restore_into
from ui.theme import Ink, Theme
from ui.widgets.labels import Label
from ui.widgets.ways import Way, WayList

_FILE, _AGAIN = "file", "again"
_MOST_FOUND = 2
_MOST_OFFICES = 3


class WaysInPage(StartPage):
    """The first question of all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(
            theme,
            _("Welcome to propdesk"),
            _(
                "How would you like to begin? Press a digit, or the arrows and Enter. Nothing is "
                "stored before you have chosen."
            ),
        )
        self.ways = WayList(
            theme,
            _("Ways to begin"),
            (
                Way(
                    "new",
                    "building-2",
                    _("Set up a new office"),
                    _("Four short steps, and the first ticket can be registered."),
                ),
                Way(
                    "over",
                    "folder-archive",
                    _("Bring the office over"),
                    _("From a backup or an old PC, with all tickets and residents."),
                ),
                Way(
                    "here",
                    "monitor",
                    _("The office is already on this PC"),
                    _("Open it, for example in a folder that colleagues share here."),
                ),
                Way(
                    "demo",
                    "eye",
                    _("Look at the demo office"),
                    _("Try everything on made-up residents; your own data is not touched."),
                ),
            ),
        )
        self.column.addWidget(self.ways)
        self.column.addStretch(1)

    def next_word(self) -> str:
        """Offer no button: a way is taken, not confirmed."""
        return ""

    def enter(self) -> None:
        """Begin on the first way."""
        self.ways.setFocus()


class BringOverPage(StartPage):
    """A backup is chosen, read to its end, and brought back into a new folder."""

    def __init__(
        self,
        theme: Theme,
        messages: Messages,
        background: Background,
        drives: Callable[[], Sequence[Drive]],
    ) -> None:
        super().__init__(
            theme,
            _("Bring the office over"),
            _(
                "On the old PC: press «Backup» in the bottom right corner, then «Back up now», and "
                "copy the newest .pdbak file to a USB stick."
            ),
        )
        self.folder: Path | None = None
        self._messages = messages
        self._file: Path | None = None
        self._ways = WayList(theme, _("Backups"))
        self._ways.taken.connect(self._take)
        self._facts = Label(theme, wrap=True)
        self._place = Label(theme, ink=Ink.TEXT_3, wrap=True)
        self.column.addWidget(self._ways)
        self.column.addWidget(self._facts)
        self.column.addWidget(self._place)
        self.column.addStretch(1)
        self._background = background
        self._drives = drives
        self._show_found(())
        self._look()

    def _look(self) -> None:
        """Look for backups on the disks that are plugged in now, and where downloads go."""

        def look(_progress: Progress) -> tuple[BackupFile, ...]:
            roots = [*(one.root for one in self._drives()), *usual_folders()]
            return backups.find_backups(roots, _MOST_FOUND)

        self._background.run(look, self._show_found, _raise)

    def _show_found(self, found: Sequence[BackupFile]) -> None:
        self._ways.show_ways(
            [
                *(
                    Way(
                        str(one.path),
                        "shield-check",
                        _("Backup of {time}").format(time=f"{one.name.created_at:%Y-%m-%d %H:%M}"),
                        str(one.path.parent),
                    )
                    for one in found
                ),
                Way(
                    _FILE,
                    "files",
                    _("Choose a backup file"),
                    _("A file that ends in .pdbak, on a stick, a disk or in a folder."),
                ),
                Way(
                    _AGAIN,
                    "repeat-2",
                    _("Look again"),
                    _("After the stick was plugged in: the newest backups on it are offered here."),
                ),
            ]
        )

    def enter(self) -> None:
        """Begin on the newest backup that was found."""
        self._ways.setFocus()

    def next_word(self) -> str:
        """Bring it over only when it is known to be whole."""
        return "" if self._file is None else _("Bring over and open")

    def _take(self, key: str) -> None:
        if key == _AGAIN:
            self._look()
            return
        title = _("Which backup?")
        file = (
            self._messages.pick_file(self, title, backup_pattern()) if key == _FILE else Path(key)
        )
        if file is None:
            return

        def read(progress: Progress) -> Manifest:
            return backups.verify_backup(file, lambda: is_stopped(progress))

        try:
            held: Manifest = work_through(
                self.theme, self, _("Reading the backup"), file.name, read
            )
        except Cancelled:
            return
        except RuleError as refusal:
            self._file = None
            self._facts.show_text(str(refusal), Ink.DANGER)
            self._place.show_text("")
            self.changed.emit()
            return
        self._file = file
        self._facts.show_text(_held_words(held), Ink.OK)
        self._place.show_text(_("It is brought into {folder}.").format(folder=new_folder()))
        self.changed.emit()
        self.is_ready.emit()

    def store(self) -> bool:
        """Bring the backup into a new folder of its own."""
        if self._file is None:
            return False
        target = new_folder()
        try:
            restore_into(self._file, target, self.theme, self, _("Bringing the office over"))
        except Cancelled:
            return False
        except RuleError as refusal:
            self._facts.show_text(str(refusal), Ink.DANGER)
            return False
        self.folder = target
        return True


def _held_words(held: Manifest) -> str:
    count = held.rows.get
    tickets, houses = count("ticket", 0), count("unit", 0)
    return _("The backup is whole: as of {time}, {tickets}, {houses}.").format(
        time=f"{held.created_at:%Y-%m-%d %H:%M}",
        tickets=ngettext("{count} ticket", "{count} tickets", tickets).format(count=tickets),
        houses=ngettext("{count} house", "{count} houses", houses).format(count=houses),
    )


def new_folder() -> Path:
    """Return where an office is brought to: the user's own folder, or a new one inside it."""
    own = paths.user_data()
    is_free = not own.exists() or (own.is_dir() and not any(own.iterdir()))
    return own if is_free else free_folder(own / "office")


class HerePage(StartPage):
    """The offices that were found on this PC, and any other folder."""

    def __init__(self, theme: Theme, messages: Messages) -> None:
        super().__init__(
            theme,
            _("The office is already on this PC"),
            _("Choose the folder with the office's data; it is opened here from now on."),
        )
        self.folder: Path | None = None
        self._messages = messages
        self._ways = WayList(theme, _("Offices"))
        self._ways.taken.connect(self._take)
        self._problem = Label(theme, ink=Ink.DANGER, wrap=True)
        self.column.addWidget(self._ways)
        self.column.addWidget(self._problem)
        self.column.addStretch(1)
        found = offices.find_offices(_likely_folders())[:_MOST_OFFICES]
        self._ways.show_ways(
            [
                *(Way(str(one.folder), "building-2", one.name, _found_words(one)) for one in found),
                Way(
                    _FILE,
                    "files",
                    _("Choose a folder"),
                    _("Usually {folder}.").format(folder=paths.shared_data() or paths.user_data()),
                ),
            ]
        )

    def enter(self) -> None:
        """Begin on the first office."""
        self._ways.setFocus()

    def next_word(self) -> str:
        """Offer no button: an office is taken, not confirmed."""
        return ""

    def _take(self, key: str) -> None:
        title = _("Which folder holds the office?")
        folder = self._messages.pick_folder(self, title) if key == _FILE else Path(key)
        if folder is None:
            return
        inner = folder / "propdesk"
        if not offices.holds_office(folder) and offices.holds_office(inner):
            folder = inner
        try:
            offices.look_at(folder)
        except RuleError as refusal:
            # Older data is brought along when it is opened; what is else in the way is said here.
            if refusal.code != "data-older":
                self._problem.show_text(str(refusal))
                return
        self.folder = folder
        self.went_on.emit()


def _found_words(one: OfficeFound) -> str:
    return _("{folder}, {units} houses, {tickets} tickets").format(
        folder=one.folder, units=one.units, tickets=one.tickets
    )


def _likely_folders() -> list[Path]:
    """Return where an office may lie: the user's folder, the shared one, and those beside them."""
    found: dict[Path, None] = {}
    for base in (paths.user_data(), paths.shared_data()):
        if base is None:
            continue
        beside = sorted(base.parent.glob(f"{base.name}*")) if base.parent.is_dir() else []
        for folder in (base, base / "office", *beside):
            if folder != paths.demo_data() and offices.holds_office(folder):
                found[folder] = None
    return list(found)


def _raise(error: BaseException) -> None:
    raise error
