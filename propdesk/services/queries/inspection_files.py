"""The photos and the scanned papers of rounds."""

from propdesk.domain.attachments import Attachment
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.staff import StaffRecord


def list_round_files(round_id: int) -> tuple[Attachment, ...]:
    """Return the photos and scans of a round, those taken off left out."""
    found = (
        AttachmentRecord.select(AttachmentRecord, StaffRecord)
        .join(StaffRecord, on=(AttachmentRecord.staff == StaffRecord.id))
        .where((AttachmentRecord.round == round_id) & AttachmentRecord.removed_at.is_null())
        .order_by(AttachmentRecord.id)
    )
    return tuple(to_attachment(row) for row in found)
