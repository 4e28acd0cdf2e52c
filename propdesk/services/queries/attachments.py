"""Photos and scans to read: those of a ticket, their contents, and what the office should have."""

from pathlib import Path

from propdesk.domain.attachments import Attachment, StagedFile
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.opening import OpenOffice
from propdesk.storage.staff import StaffRecord


def list_attachments(ticket_id: int, *, with_removed: bool = False) -> tuple[Attachment, ...]:
    """Return a ticket's photos and scans in the order in which they were added."""
    wanted = AttachmentRecord.ticket == ticket_id
    if not with_removed:
        wanted &= AttachmentRecord.removed_at.is_null()
    found = AttachmentRecord.select(AttachmentRecord, StaffRecord).join(
        StaffRecord, on=(AttachmentRecord.staff == StaffRecord.id)
    )
    return tuple(to_attachment(one) for one in found.where(wanted).order_by(AttachmentRecord.id))


def get_attachment(attachment_id: int) -> Attachment:
    """Return one photo or scan, removed or not; refuses one that does not exist."""
    row = AttachmentRecord.get_or_none(AttachmentRecord.id == attachment_id)
    if row is None:
        raise RuleError("attachment-unknown", _("This photo or file does not exist."))
    return to_attachment(row)


def to_attachment(row: AttachmentRecord) -> Attachment:
    """Return a row of the table as a plain value."""
    file = StagedFile(row.sha256, row.suffix, row.name, row.bytes, row.width, row.height)
    return Attachment(
        id=row.id,
        file=file,
        caption=row.caption,
        on_paper=row.on_paper,
        added_at=row.added_at,
        by=row.staff.name,
        removed_at=row.removed_at,
    )


def read_attachment(office: OpenOffice, file: StagedFile) -> bytes | None:
    """Return a file's content as it was stored; None where it is missing or was changed (F34)."""
    return attachment_files.read(office.attachments, StoredName(file.sha256, file.suffix))


def attachment_path(office: OpenOffice, file: StagedFile) -> Path:
    """Return where a file lies, to be shown by a viewer once `read_attachment` found it whole."""
    return StoredName(file.sha256, file.suffix).below(office.attachments)
