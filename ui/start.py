"""Which office the window opens at its start, and the ways out when that cannot be (decision 42).

An office that is not there is never invented at a remembered place, and what is damaged is never
gone on with: a backup is restored into a new folder beside it.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from propdesk import clock, paths
from propdesk.domain.backups import SUFFIX, Restored
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.first_start import Step
from propdesk.domain.upgrades import NewerDataError
from propdesk.i18n import _
from propdesk.last_office import Place, find_place
from propdesk.services import backups, offices
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.office import guide_step
from ui.background import Progress
from ui.dialogs.messages import Messages, Verb
from ui.dialogs.work_dialog import work_through
from ui.theme import Theme
from ui.widgets.buttons import Kind

if TYPE_CHECKING:
    from ui.first_start.window import FirstStart


@dataclass(frozen=True, slots=True)
class Begun:
    """The office that is open now. `errand`: what the clerk wants to do first, None unguided."""

    office: OpenOffice
    errand: str | None = None


@dataclass(frozen=True, slots=True)
class _Ways:
    """How the clerk is asked: the messages, the theme of a dialog, the window below it."""

    messages: Messages
    theme: Theme
    parent: QWidget | None


# What a backup or a new office can mend.
_LOST = frozenset(
    {"data-damaged", "data-truncated", "data-not-database", "data-missing", "office-missing"}
)
# What may be over in a moment: another window, a disk that was not plugged in.
_PASSING = frozenset(
    {
        "office-open-elsewhere",
        "office-missing",
        "data-busy",
        "data-read-only",
        "disk-error",
        "disk-full",
        "upgrade-no-backup",
        "upgrade-stopped",
    }
)
# What a backup mends by going back: to before a newer program, or to a disk that can be written.
_BEHIND = frozenset({"data-newer", "data-read-only"})


def open_at_start(
    named: Path | None,
    messages: Messages,
    theme: Theme,
    *,
    is_kept: bool = False,
    parent: QWidget | None = None,
) -> Begun | None:
    """Open the office for the window; None when the clerk gives up an office that is refused.

    Questions stand over `parent`. Raises Cancelled when the clerk leaves the first start.

    `named` is the folder of `--data` or of a dialog (`is_kept`: open it from now on); without it
    PROPDESK_DATA counts, then the office that was last open, then the one in the user's own data
    folder; where there is none either, the first start asks. SQLite's quick check is left to the
    time after the first picture.
    """
    ways = _Ways(messages, theme, parent)
    try:
        place = _first_place(named, is_kept=is_kept)
    except RuleError as refusal:  # the note of the last office is broken: ask rather than guess
        place = _way_out(Place(paths.user_data(), False, True), refusal, ways)
    else:
        if place is None:
            begun = _first_start(ways)
            if isinstance(begun, Begun):
                return begun
            place = begun
    while place is not None:
        try:
            _bring_up_to_date(place.folder, ways)
            office = _open(place)
        except RuleError as refusal:
            place = _way_out(place, refusal, ways)
        else:
            return _guided(office, place, ways)
    return None


def _first_start(ways: _Ways) -> Begun | Place:
    """Ask how to begin: with an office that was made now, or with one to be opened."""
    from ui.first_start.window import FirstStart

    window = FirstStart(ways.theme, ways.messages, ways.parent)
    is_answered = window.ask()
    if window.folder is not None:
        return Place(window.folder, is_new_allowed=False, is_kept=window.is_kept)
    return _begun(window, is_answered=bool(is_answered))


def _guided(office: OpenOffice, place: Place, ways: _Ways) -> Begun:
    """Take the guide up again where it was left, or begin it with an office made just now."""
    step = Step.OFFICE if office.created and place.is_kept else guide_step()
    if step is None:
        return Begun(office)
    from ui.first_start.window import FirstStart

    window = FirstStart(ways.theme, ways.messages, ways.parent, office=office, step=step)
    return _begun(window, is_answered=bool(window.ask()))


def _begun(window: "FirstStart", *, is_answered: bool) -> Begun:
    if window.office is not None and is_answered:
        return Begun(window.office, window.errand)
    if window.office is not None:
        offices.close_office(window.office)
    raise Cancelled


def _first_place(named: Path | None, *, is_kept: bool) -> Place | None:
    """Return the folder to open, None where there never was an office yet."""
    if named is not None:
        return Place(named, is_new_allowed=not is_kept, is_kept=is_kept)
    place = find_place(None)
    is_own = place.is_new_allowed and place.is_kept
    return None if is_own and not offices.holds_office(place.folder) else place


def _open(place: Place) -> OpenOffice:
    office = offices.open_office(
        place.folder,
        now=clock.now(),
        create=place.is_new_allowed,
        check=False,
    )
    if place.is_kept:
        offices.remember_office(office.folder.absolute())
    return office


def _bring_up_to_date(folder: Path, ways: _Ways) -> None:
    """Bring an older program's data up to date beside the window; nothing to do for others.

    Raises RuleError when that cannot be or was stopped: the data is as it was.
    """
    if not offices.is_older(folder):
        return
    title = _("Bringing the data up to date")
    sentence = _(
        "This office comes from an older propdesk. A backup is made first; if anything goes wrong, "
        "the data stays as it is."
    )

    def job(progress: Progress) -> str:
        return offices.upgrade_office(folder, now=clock.now(), on_progress=progress)

    problem = ""
    try:
        problem = work_through(ways.theme, ways.parent, title, sentence, job)
    except Cancelled:
        # Too late for the button: it is done, and done it stays.
        if offices.is_older(folder):
            raise RuleError(
                "upgrade-stopped",
                _("The data was not brought up to date. Nothing was changed; try again any time."),
            ) from None
    if problem:
        ways.messages.tell(ways.parent, _("The backup has no second copy"), problem)


def _way_out(place: Place, refusal: RuleError, ways: _Ways) -> Place | None:
    """Say why the office cannot be opened and ask what to do; None closes the program."""
    backup = _backup_for(place, refusal)
    verbs = [Verb("quit", _("Quit"))]
    if refusal.code in _PASSING:
        verbs.append(Verb("again", _("Try again")))
    verbs.append(Verb("other", _("Another folder")))
    if refusal.code in _LOST:
        verbs.append(Verb("new", _("New office")))
    if refusal.code in _LOST | _BEHIND:
        word = _restore_word(backup, refusal)
        verbs.append(Verb("restore", word, Kind.PRIMARY))
    title = _("The office could not be opened")
    sentence = f"{place.folder}\n\n{refusal}"
    choice = ways.messages.choose(ways.parent, title, sentence, verbs)
    if choice == "quit":
        return None
    if choice == "other":
        return _other_place(ways) or place
    if choice == "new":
        return _new_place(ways) or place
    if choice == "restore":
        return _restored_place(place, backup, ways) or place
    return place


def _restore_word(backup: Path | None, refusal: RuleError) -> str:
    if backup is None:
        return _("Restore a backup")
    is_named = isinstance(refusal, NewerDataError)
    return _("Restore this backup") if is_named else _("Restore newest backup")


def _backup_for(place: Place, refusal: RuleError) -> Path | None:
    """Return the backup that mends what a refusal says, None when there is none beside the data."""
    if isinstance(refusal, NewerDataError):
        return refusal.back.backup.path if refusal.back.backup else None
    return newest_backup(place.folder) if refusal.code in _LOST | _BEHIND else None


def newest_backup(folder: Path) -> Path | None:
    """Return the newest backup beside an office's data, None when there is none."""
    found = backups.list_backups(folder / "backups")
    return found[0].path if found else None


def _other_place(ways: _Ways) -> Place | None:
    folder = ways.messages.pick_folder(ways.parent, _("Which folder holds the office?"))
    return None if folder is None else Place(folder, is_new_allowed=False, is_kept=True)


def _new_place(ways: _Ways) -> Place | None:
    folder = ways.messages.pick_folder(ways.parent, _("Where shall the new office be?"))
    if folder is None:
        return None
    is_empty = not folder.exists() or not any(folder.iterdir())
    return Place(folder if is_empty else free_folder(folder / "propdesk"), True, True)


def _restored_place(place: Place, backup: Path | None, ways: _Ways) -> Place | None:
    title = _("Restore a backup")
    file = backup or ways.messages.pick_file(ways.parent, title, backup_pattern())
    if file is None:
        return None
    target = free_folder(place.folder.with_name(f"{place.folder.name}-{clock.now():%Y%m%d}"))
    try:
        restore_into(file, target, ways.theme, ways.parent, title)
    except Cancelled:
        return None
    except RuleError as refusal:
        ways.messages.tell(ways.parent, title, str(refusal))
        return None
    return Place(target, is_new_allowed=False, is_kept=True)


def restore_into(
    file: Path, target: Path, theme: Theme, parent: QWidget | None, title: str
) -> Restored:
    """Restore a backup with its photos into a new folder behind a bar.

    Raises RuleError for a damaged backup or a place that cannot be written, Cancelled.
    """

    def job(progress: Progress) -> Restored:
        return backups.restore(file, target, on_progress=progress)

    restored: Restored = work_through(theme, parent, title, file.name, job)
    return restored


def free_folder(wanted: Path) -> Path:
    """Return a folder of this name that is not there yet, numbered where it must be."""
    folder, n = wanted, 2
    while folder.exists():
        folder = wanted.with_name(f"{wanted.name}-{n}")
        n += 1
    return folder


def backup_pattern() -> str:
    """Return which files are backups, as Qt's file dialog wants it."""
    return _("Backups ({pattern})").format(pattern=f"*{SUFFIX}")
