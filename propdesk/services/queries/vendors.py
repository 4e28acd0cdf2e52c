"""Companies and their contracts to read."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.assets import AssetKind
from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import RuleError
from propdesk.domain.texts import elide
from propdesk.domain.vendors import Contract, ContractDraft, Vendor, VendorDraft
from propdesk.i18n import _
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows

_VENDORS = (
    "SELECT v.id, v.name, v.work, v.licence_number, v.licence_until, v.contact, v.phone, "
    "v.emergency_phone, v.note, "
    "(SELECT count(*) FROM asset a WHERE a.vendor_id = v.id AND a.voided_at IS NULL), "
    "(SELECT max(until_on) FROM vendor_contract c WHERE c.vendor_id = v.id "
    " AND c.voided_at IS NULL), v.ended_at, v.version FROM vendor v "
)
_CONTRACTS = (
    "SELECT c.id, c.vendor_id, v.name, c.kind, c.subject, c.from_on, c.until_on, c.number, c.note, "
    "(SELECT count(*) FROM attachment f WHERE f.contract_id = c.id AND f.removed_at IS NULL), "
    "c.voided_at, c.version FROM vendor_contract c JOIN vendor v ON v.id = c.vendor_id "
)


def list_vendors(*, with_ended: bool = False) -> list[Vendor]:
    """Return the companies by name."""
    found = rows(f"{_VENDORS} WHERE ? OR v.ended_at IS NULL ORDER BY v.name", with_ended)
    return [_vendor(row) for row in found]


def get_vendor(vendor_id: int) -> Vendor:
    """Return a company; raises RuleError where there is none."""
    return _one_vendor(rows(f"{_VENDORS} WHERE v.id = ?", vendor_id), str(vendor_id))


def find_vendor(name: str) -> Vendor:
    """Return the company of this name; raises RuleError where there is none."""
    return _one_vendor(rows(f"{_VENDORS} WHERE v.name = ?", name.strip()), name)


def list_contracts(*, vendor_id: int | None = None) -> list[Contract]:
    """Return the contracts that stand, the one that ends last first."""
    found = rows(
        f"{_CONTRACTS} WHERE c.voided_at IS NULL AND (? IS NULL OR c.vendor_id = ?) "
        "ORDER BY c.until_on DESC, c.id DESC",
        vendor_id,
        vendor_id,
    )
    return [_contract(row) for row in found]


def get_contract(contract_id: int) -> Contract:
    """Return a contract; raises RuleError where there is none."""
    found = rows(f"{_CONTRACTS} WHERE c.id = ?", contract_id)
    if not found:
        raise RuleError("contract-unknown", _("There is no such contract."))
    return _contract(found[0])


def list_contract_files(contract_id: int) -> tuple[Attachment, ...]:
    """Return the pages of a contract in the order in which they were added."""
    found = AttachmentRecord.select().where(
        AttachmentRecord.contract == contract_id, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def _one_vendor(found: list[tuple[Any, ...]], word: str) -> Vendor:
    if not found:
        raise RuleError(
            "vendor-unknown",
            _("There is no company «{name}»; enter it first.").format(name=elide(word.strip(), 40)),
        )
    return _vendor(found[0])


def _vendor(row: tuple[Any, ...]) -> Vendor:
    (
        vendor_id, name, work, licence, licence_until, contact, phone, emergency, note, assets,
        contract_until, ended_at, version,
    ) = row  # fmt: skip
    draft = VendorDraft(name, work, licence, _day(licence_until), contact, phone, emergency, note)
    return Vendor(vendor_id, draft, assets, _day(contract_until), _moment(ended_at), version)


def _contract(row: tuple[Any, ...]) -> Contract:
    (
        contract_id, vendor_id, vendor, kind, subject, from_on, until_on, number, note, files,
        voided_at, version,
    ) = row  # fmt: skip
    draft = ContractDraft(
        AssetKind(kind),
        subject,
        date.fromisoformat(from_on),
        date.fromisoformat(until_on),
        number,
        note,
    )
    return Contract(contract_id, vendor_id, vendor, draft, files, _moment(voided_at), version)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
