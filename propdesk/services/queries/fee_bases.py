"""What prices rest on: contracts and approvals."""

from datetime import date
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_bases import FeeBasis
from propdesk.domain.fee_items import BasisKind
from propdesk.i18n import _
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows

_BASES = (
    "SELECT b.id, b.kind, b.name, b.number, b.community_id, coalesce(c.name, ''), b.signed_on, "
    "b.from_on, b.until_on, b.fee_clause, b.due_clause, b.late_clause, b.address_clause, b.note, "
    "b.version FROM fee_basis b LEFT JOIN community c ON c.id = b.community_id "
)


def list_bases() -> tuple[FeeBasis, ...]:
    """Return all bases, the newest first."""
    return tuple(map(_basis, rows(_BASES + "ORDER BY b.from_on DESC, b.id DESC")))


def get_basis(basis_id: int) -> FeeBasis:
    """Return a basis, or refuse when there is none with this id."""
    found = rows(_BASES + "WHERE b.id = ?", basis_id) if 0 < basis_id < 2**63 else []
    if not found:
        raise RuleError(
            "basis-unknown",
            _("There is no contract or approval {id}; enter it first.").format(id=basis_id),
        )
    return _basis(found[0])


def list_basis_files(basis_id: int) -> tuple[Attachment, ...]:
    """Return the pages of a contract or approval in the order in which they came."""
    found = AttachmentRecord.select().where(
        AttachmentRecord.basis == basis_id, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def count_basis_uses() -> dict[int, tuple[int, int]]:
    """Return how many prices rest on each basis, and how many pages it has."""
    return {
        basis_id: (prices, pages)
        for basis_id, prices, pages in rows(
            "SELECT b.id, (SELECT count(*) FROM tariff t WHERE t.basis_id = b.id AND "
            "t.voided_at IS NULL), (SELECT count(*) FROM attachment a WHERE a.basis_id = b.id "
            "AND a.removed_at IS NULL) FROM fee_basis b"
        )
    }


def _basis(row: tuple[Any, ...]) -> FeeBasis:
    return FeeBasis(
        row[0], BasisKind(row[1]), *row[2:6], *(_day(text) for text in row[6:9]), *row[9:]
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
