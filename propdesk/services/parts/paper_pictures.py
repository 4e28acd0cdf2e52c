"""The photos that stand on a ticket's papers, read from the office's folder (F34)."""

from pathlib import Path

from propdesk.reports.parts.pictures import PaperPicture
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import ATTACHMENT_FOLDER, StoredName
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows


def attachments_folder() -> Path:
    """Return the folder of attachments beside the data file that is open."""
    return Path(rows("PRAGMA database_list")[0][2]).parent / ATTACHMENT_FOLDER


def pictures_on_paper(ticket_id: int) -> tuple[PaperPicture, ...]:
    """Return the photos of a ticket that are to be printed; a missing one has no content."""
    wanted = (
        AttachmentRecord.select()
        .where(
            AttachmentRecord.ticket == ticket_id,
            AttachmentRecord.on_paper,
            AttachmentRecord.removed_at.is_null(),
        )
        .order_by(AttachmentRecord.id)
    )
    folder = attachments_folder()
    return tuple(
        PaperPicture(
            number=number,
            caption=row.caption or row.name,
            content=attachment_files.read(folder, StoredName(row.sha256, row.suffix)),
            width=row.width or 1,
            height=row.height or 1,
        )
        for number, row in enumerate(wanted, start=1)
    )
