"""What prices rest on: contracts and approvals."""

from datetime import date
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_bases import FeeBasis
from propdesk.domain.fee_items import BasisKind
from propdesk.i18n import _
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


def _basis(row: tuple[Any, ...]) -> FeeBasis:
    return FeeBasis(
        row[0], BasisKind(row[1]), *row[2:6], *(_day(text) for text in row[6:9]), *row[9:]
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
