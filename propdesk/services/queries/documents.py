"""Documents of houses to read: those of one house, by topic."""

from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import DocumentTopic, HouseDocument
from propdesk.i18n import _
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows
from propdesk.storage.staff import StaffRecord


def list_documents(unit_id: int, topic: DocumentTopic | None = None) -> tuple[HouseDocument, ...]:
    """Return the documents of a house, the last one first; those taken out are left out."""
    wanted = (AttachmentRecord.unit == unit_id) & AttachmentRecord.removed_at.is_null()
    if topic is not None:
        wanted &= AttachmentRecord.topic == topic.value
    found = (
        AttachmentRecord.select(AttachmentRecord, StaffRecord)
        .join(StaffRecord, on=(AttachmentRecord.staff == StaffRecord.id))
        .where(wanted)
        .order_by(AttachmentRecord.id.desc())
    )
    names = _names(unit_id)
    return tuple(_document(row, names) for row in found)


def get_document(document_id: int) -> HouseDocument:
    """Return a document of a house; refuses one that is not there, or was taken out."""
    row = AttachmentRecord.get_or_none(AttachmentRecord.id == document_id)
    if row is None or row.unit_id is None or row.removed_at is not None:
        raise RuleError("document-unknown", _("This document is not in the file of a house."))
    return _document(row, _names(row.unit_id))


def count_documents(unit_id: int) -> dict[DocumentTopic, int]:
    """Return how many documents a house has, by topic."""
    counts = dict.fromkeys(DocumentTopic, 0)
    for topic, count in rows(
        "SELECT topic, count(*) FROM attachment WHERE unit_id = ? AND removed_at IS NULL "
        "GROUP BY topic",
        unit_id,
    ):
        counts[_topic(topic)] += count
    return counts


def _names(unit_id: int) -> dict[int, str]:
    """Return the names of whom the documents of a house are about; a sealed person has none."""
    return dict(
        rows(
            "SELECT p.id, p.name FROM person p WHERE p.sealed_at IS NULL AND p.erased_at IS NULL "
            "AND p.id IN (SELECT person_id FROM attachment WHERE unit_id = ?)",
            unit_id,
        )
    )


def _topic(code: str) -> DocumentTopic:
    return DocumentTopic(code) if code else DocumentTopic.OTHER


def _document(row: AttachmentRecord, names: dict[int, str]) -> HouseDocument:
    return HouseDocument(
        attachment=to_attachment(row),
        unit_id=row.unit_id or 0,
        topic=_topic(row.topic),
        person_id=row.person_id,
        person=names.get(row.person_id or 0, ""),
    )
