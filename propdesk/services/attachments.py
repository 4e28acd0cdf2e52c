"""Photos and scans of tickets: taken in, named, removed, handed out (F34, F45-F49).

A file is made ready and stored first (`stage_files`, slow, beside the window), then a ticket gets
its rows in one transaction (`attach_files`). What is staged and never attached goes away again, or
lies there harmless after a crash; `check` counts it.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from propdesk import pictures
from propdesk.domain.attachments import (
    HEAD,
    PICTURES,
    Attachment,
    FileKind,
    StagedFile,
    check_caption,
    check_count,
    check_pdf,
    check_size,
    export_names,
    kind_of,
    kind_refused,
    shown_name,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.domain.tickets import EventKind, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.attachments import get_attachment, list_attachments, read_attachment
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.disk import sync_file
from propdesk.storage.faults import explained
from propdesk.storage.office import DraftRecord
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class PastedFile:
    """A picture that comes from no file: the clipboard's."""

    name: str
    content: bytes


Source = Path | PastedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in, and the sentence that says why."""

    name: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Files that lie ready to be attached, and those that were refused."""

    files: tuple[StagedFile, ...]
    refused: tuple[Refused, ...] = ()


def _quiet(_done: int, _total: int) -> None:
    """Show nobody the progress."""


def stage_files(
    office: OpenOffice,
    sources: Sequence[Source],
    *,
    by: int,
    on_progress: Callable[[int, int], None] = _quiet,
) -> Staged:
    """Make files ready: told by content, pictures drawn anew, each stored under its hash.

    One that cannot be taken does not stop the others. Raises RuleError where the disk is full, and
    whatever `on_progress` raises for the button; either way nothing of this call stays behind.
    """
    actor(by, Right.ATTACH)
    check_count(0, len(sources))
    files: list[StagedFile] = []
    refused: list[Refused] = []
    made: list[StagedFile] = []
    try:
        for done, source in enumerate(sources):
            on_progress(done, len(sources))
            try:
                content, file = _made_ready(source)
            except RuleError as refusal:
                name = shown_name(source.name)
                refused.append(Refused(name, refusal.code, str(refusal)))
                continue
            with explained():
                stored = attachment_files.keep(office.attachments, content, file.suffix)
            file = StagedFile(stored.sha256, *_rest(file))
            made.append(file)
            if file.sha256 not in {one.sha256 for one in files}:
                files.append(file)
        on_progress(len(sources), len(sources))
    except BaseException:
        # What stopped the work stands above; a disk that fails here too leaves a harmless file.
        with suppress(RuleError):
            discard_files(office, made)
        raise
    return Staged(tuple(files), tuple(refused))


def _rest(file: StagedFile) -> tuple[str, str, int, int | None, int | None]:
    return file.suffix, file.name, file.bytes, file.width, file.height


def _made_ready(source: Source) -> tuple[bytes, StagedFile]:
    """Return what is stored of a file; its hash is not known yet."""
    name = shown_name(source.name)
    try:
        if isinstance(source, PastedFile):
            return _taken(io.BytesIO(source.content), len(source.content), name)
        if not source.is_file():
            raise RuleError(
                "attachment-unreadable",
                _("{file} is no file, or is gone. Choose the photos themselves.").format(file=name),
            )
        with source.open("rb") as stream:
            return _taken(stream, source.stat().st_size, name)
    except OSError as error:
        raise RuleError(
            "attachment-unreadable",
            _("{file} cannot be read. Copy it to this computer first, then add it.").format(
                file=name
            ),
        ) from error


def _taken(stream: BinaryIO, size: int, name: str) -> tuple[bytes, StagedFile]:
    head = stream.read(HEAD)
    kind = kind_of(head)
    check_size(kind, size, name)
    stream.seek(0)
    if kind is FileKind.PDF:
        content = stream.read()
        check_pdf(content, name)
        return content, StagedFile("", ".pdf", name, len(content))
    if kind not in PICTURES:
        raise kind_refused(kind, name)
    redrawn = pictures.redraw(stream, kind, name)
    size = len(redrawn.content)
    return redrawn.content, StagedFile("", ".jpg", name, size, redrawn.width, redrawn.height)


def attach_files(
    office: OpenOffice,
    ticket_id: int,
    files: Sequence[StagedFile],
    *,
    by: int,
    now: datetime,
    caption: str = "",
    on_paper: bool = False,
) -> tuple[Attachment, ...]:
    """Give staged files to a ticket, in any status; return those that it did not have yet.

    `on_paper` prints the pictures among them on its order. What the ticket has already stays as it
    is.
    """
    caption = clean_line(caption)
    refuse(check_caption(caption))
    with writing():
        entry = Entry(actor(by, Right.ATTACH), now)
        ticket = load_ticket(ticket_id)
        present = list_attachments(ticket_id)
        known = {one.file.sha256 for one in present}
        once = {file.sha256: file for file in files}
        new = [file for sha256, file in once.items() if sha256 not in known]
        check_count(len(present), len(new))
        if not new:
            raise RuleError(
                "attachment-already",
                _("The ticket {number} has this photo or file already.").format(
                    number=ticket.number
                ),
            )
        ids = [_row(office, ticket_id, file, entry, caption, on_paper=on_paper) for file in new]
        detail = {
            "name": ", ".join(file.name for file in new),
            "sha256": " ".join(file.sha256 for file in new),
        }
        record(ticket, EventKind.ATTACHED, entry, text=caption, detail=detail)
        return tuple(get_attachment(one) for one in ids)


def _row(
    office: OpenOffice,
    ticket_id: int,
    file: StagedFile,
    entry: Entry,
    caption: str,
    *,
    on_paper: bool,
) -> int:
    # Another job may have discarded it meanwhile: a row never points at what is not there.
    if not StoredName(file.sha256, file.suffix).below(office.attachments).is_file():
        raise RuleError(
            "attachment-missing",
            _("{file} is not there any more. Add it once more.").format(file=file.name),
        )
    row = AttachmentRecord.create(
        sha256=file.sha256,
        suffix=file.suffix,
        name=file.name,
        caption=caption,
        bytes=file.bytes,
        width=file.width,
        height=file.height,
        added_at=entry.happened,
        staff=entry.by.id,
        ticket=ticket_id,
        on_paper=on_paper and file.is_picture,
    )
    return int(row.id)


def add_attachments(
    office: OpenOffice,
    ticket_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    caption: str = "",
    on_paper: bool = False,
    on_progress: Callable[[int, int], None] = _quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Take files in and give them to a ticket; return what was added and what was refused."""
    check_count(len(list_attachments(ticket_id)), len(sources))
    staged = stage_files(office, sources, by=by, on_progress=on_progress)
    if not staged.files:
        return (), staged.refused
    try:
        added = attach_files(
            office, ticket_id, staged.files, by=by, now=now, caption=caption, on_paper=on_paper
        )
    except BaseException:
        with suppress(RuleError):
            discard_files(office, staged.files)
        raise
    return added, staged.refused


def discard_files(office: OpenOffice, files: Iterable[StagedFile]) -> None:
    """Remove staged files that no ticket and no half-typed form names."""
    with writing():
        for file in files:
            named = AttachmentRecord.select().where(AttachmentRecord.sha256 == file.sha256)
            if named.exists() or _is_in_draft(file.sha256):
                continue
            attachment_files.discard(office.attachments, StoredName(file.sha256, file.suffix))


def _is_in_draft(sha256: str) -> bool:
    return any(sha256 in str(draft.fields) for draft in DraftRecord.select())


def change_attachment(
    attachment_id: int, *, by: int, now: datetime, caption: str, on_paper: bool
) -> Attachment:
    """Say what a photo shows, and whether it is printed on the order; the old words stay (R24)."""
    caption = clean_line(caption)
    refuse(check_caption(caption))
    with writing():
        entry = Entry(actor(by, Right.ATTACH), now)
        row, before = _present(attachment_id), get_attachment(attachment_id)
        if on_paper and not before.is_picture:
            raise RuleError(
                "pdf-on-paper",
                _("{file} is a PDF: print it by itself. Only photos stand on the order.").format(
                    file=before.file.name
                ),
            )
        detail = {}
        if caption != before.caption:
            detail["caption"] = before.caption
        if on_paper is not before.on_paper:
            detail["on_paper"] = "1" if before.on_paper else ""
        if not detail:
            return before
        row.caption, row.on_paper = caption, on_paper
        row.save()
        record(load_ticket(row.ticket_id or 0), EventKind.AMENDED, entry, detail=detail)
        return get_attachment(attachment_id)


def remove_attachment(attachment_id: int, *, by: int, now: datetime) -> Ticket:
    """Take a file off its ticket; row and file stay, for the books and for the backups."""
    with writing():
        entry = Entry(actor(by, Right.ATTACH), now)
        row = _present(attachment_id)
        row.removed_at, row.removed_staff_id = entry.happened, entry.by.id
        row.save()
        detail = {"name": row.name, "sha256": row.sha256}
        ticket = load_ticket(row.ticket_id or 0)
        record(ticket, EventKind.DETACHED, entry, text=row.caption, detail=detail)
        return get_ticket(ticket.id)


def _present(attachment_id: int) -> AttachmentRecord:
    get_attachment(attachment_id)
    row = AttachmentRecord.get_by_id(attachment_id)
    if row.removed_at is not None or row.ticket_id is None:
        raise RuleError(
            "attachment-removed",
            _("{file} was taken off the ticket already.").format(file=row.name),
        )
    return row


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were handed out, and the names of those that are missing."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]


def export_attachments(office: OpenOffice, ticket_id: int, folder: Path, *, by: int) -> Exported:
    """Write a ticket's files into a folder under names that say what they are.

    Nothing there is ever overwritten; a folder that is not there is made. Raises RuleError before
    anything is written.
    """
    actor(by, Right.ATTACH)
    attachments = list_attachments(ticket_id)
    names = list(export_names(get_ticket(ticket_id).number, attachments))
    taken = [name for name in names if (folder / name).exists()]
    if taken:
        raise RuleError(
            "file-exists",
            _("{file} is in {folder} already and is not overwritten. Choose another one.").format(
                file=taken[0], folder=folder
            ),
        )
    written, missing = [], []
    with explained():
        folder.mkdir(parents=True, exist_ok=True)
        try:
            for name, one in zip(names, attachments, strict=True):
                content = read_attachment(office, one.file)
                if content is None:
                    missing.append(one.title)
                    continue
                with (folder / name).open("xb") as stream:
                    written.append(folder / name)
                    stream.write(content)
                sync_file(folder / name)
        except BaseException:
            for file in written:
                file.unlink(missing_ok=True)
            raise
    return Exported(tuple(written), tuple(missing))
