"""Photos and scans of tickets: taken in, named, removed, handed out (F34, F45-F49).

A file is made ready and stored first (`stage_files`, slow, beside the window), then a ticket gets
its rows in one transaction (`attach_files`).
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from propdesk.domain.attachments import (
    Attachment,
    StagedFile,
    check_caption,
    check_count,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.domain.tickets import EventKind, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.files_in import (
    PastedFile,
    Refused,
    Source,
    Staged,
    discard,
    file_row,
    quiet,
    stage,
)
from propdesk.services.parts.files_out import Exported, free_targets, write_out
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.attachments import get_attachment, list_attachments
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.opening import OpenOffice

__all__ = ["PastedFile", "Refused", "Source", "Staged"]


def stage_files(
    office: OpenOffice,
    sources: Sequence[Source],
    *,
    by: int,
    on_progress: Callable[[int, int], None] = quiet,
) -> Staged:
    """Make files ready: told by content, pictures drawn anew, each stored under its hash.

    One that cannot be taken does not stop the others. Raises RuleError where the disk is full, and
    whatever `on_progress` raises for the button; either way nothing of this call stays behind.
    """
    actor(by, Right.ATTACH)
    return stage(office, sources, on_progress)


def discard_files(office: OpenOffice, files: Iterable[StagedFile]) -> None:
    """Remove staged files that no record and no half-typed form names."""
    discard(office, files)


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
        ids = [
            file_row(
                office,
                file,
                staff_id=entry.by.id,
                at=entry.happened,
                caption=caption,
                ticket=ticket_id,
                on_paper=on_paper and file.is_picture,
            )
            for file in new
        ]
        detail = {
            "name": ", ".join(file.name for file in new),
            "sha256": " ".join(file.sha256 for file in new),
        }
        record(ticket, EventKind.ATTACHED, entry, text=caption, detail=detail)
        return tuple(get_attachment(one) for one in ids)


def add_attachments(
    office: OpenOffice,
    ticket_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    caption: str = "",
    on_paper: bool = False,
    on_progress: Callable[[int, int], None] = quiet,
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


def export_attachments(office: OpenOffice, ticket_id: int, folder: Path, *, by: int) -> Exported:
    """Write a ticket's files into a folder under names that say what they are.

    Nothing there is ever overwritten; a folder that is not there is made. Raises RuleError before
    anything is written.
    """
    actor(by, Right.ATTACH)
    attachments = list_attachments(ticket_id)
    targets = free_targets(folder, get_ticket(ticket_id).number, attachments)
    return write_out(office, attachments, targets)
