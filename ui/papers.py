"""The files of papers: drawn to be looked at, forgotten afterwards, saved where the clerk wants."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar
from uuid import uuid4

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import RuleError
from propdesk.held_files import move
from propdesk.i18n import _
from propdesk.services import offices
from ui.background import Progress
from ui.context import AppContext
from ui.widgets.badges import Toast

_FORBIDDEN_IN_NAMES = '\\/:*?"<>|'

T = TypeVar("T")


class DrawnPaper(Protocol):
    """What a service says of a paper that it has drawn."""

    @property
    def pages(self) -> int:
        """How many pages it has."""

    @property
    def replaced_characters(self) -> tuple[str, ...]:
        """The characters that no font has, printed as 〓."""


def new_paper(context: AppContext) -> Path:
    """Return a name for a paper to look at, in the folder that is emptied at each start."""
    return context.papers / f"{uuid4().hex}.pdf"


def empty_papers(folder: Path) -> None:
    """Remove the papers that were looked at: they hold what residents said."""
    for file in folder.glob("*.pdf"):
        forget_paper(file)


def forget_paper(file: Path) -> None:
    """Remove a paper that was looked at; one that is still being read goes at the next start."""
    with suppress(PermissionError):
        file.unlink(missing_ok=True)


def drawing(context: AppContext, draw: Callable[[Progress], T]) -> Callable[[Progress], T]:
    """Return the job that draws a paper: with its own connection, into a folder that is there."""
    folder = context.papers

    def job(progress: Progress) -> T:
        with offices.working_connection():
            folder.mkdir(parents=True, exist_ok=True)
            return draw(progress)

    return job


def replaced_words(characters: tuple[str, ...]) -> str:
    """Return the sentence that names characters printed as 〓, empty where there are none."""
    if not characters:
        return ""
    return _("No font has these characters; they are printed as 〓: {characters}").format(
        characters=" ".join(characters)
    )


def tell_done(context: AppContext, page: QWidget, words: str) -> None:
    """Say at the foot of a page what was done."""
    toast = page.findChild(Toast) or Toast(context.theme, page)
    toast.show_message(words)


def propose_file(title: str, suffix: str) -> Path:
    """Return a file name for a paper of this title, in the user's home folder."""
    name = "".join("-" if sign in _FORBIDDEN_IN_NAMES else sign for sign in title)
    return Path.home() / f"{name}{suffix}"


def tell_saved(context: AppContext, page: QWidget, target: Path) -> None:
    """Say at the foot of a page that a file was written."""
    tell_done(context, page, _("Saved as {name}").format(name=target.name))


def save_pdf(
    context: AppContext,
    parent: QWidget,
    page: QWidget,
    file: Path,
    title: str,
    on_saved: Callable[[], None] | None = None,
) -> None:
    """Ask (over `parent`) where to, and copy the paper there; `page` then says so.

    `on_saved` is called when the file is there.
    """
    target = context.messages.pick_target(
        parent, _("Save as PDF"), propose_file(title, ".pdf"), _("PDF files (*.pdf)")
    )
    if target is None:
        return
    content = file.read_bytes()

    def done(_nothing: None) -> None:
        if on_saved is not None:
            on_saved()
        tell_saved(context, page, target)

    context.background.run(
        lambda _progress: _write(content, target),
        done,
        lambda error: context.explain(page, _("This was not saved"), error),
    )


def _write(content: bytes, target: Path) -> None:
    """Write beside the target first: what stands there is replaced whole or not at all."""
    part = target.with_name(f"{target.name}.part")
    try:
        part.write_bytes(content)
        move(part, target)
    except OSError as error:
        raise offices.explain_disk(error) or _not_written(target) from error
    finally:
        part.unlink(missing_ok=True)


def _not_written(target: Path) -> RuleError:
    return RuleError(
        "paper-not-saved",
        _("«{name}» could not be written. Choose another folder.").format(name=target.name),
    )
