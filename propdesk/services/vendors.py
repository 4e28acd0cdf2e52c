"""Keep the companies that look after equipment, their contracts and the pages of these."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.vendors import (
    Contract,
    ContractDraft,
    Vendor,
    VendorDraft,
    check_contract,
    check_vendor,
)
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.files_in import Refused, Source, quiet
from propdesk.services.parts.kept_files import keep_files, take_file_out
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.vendors import (
    get_contract,
    get_vendor,
    list_contract_files,
)
from propdesk.storage.assets import VendorContractRecord, VendorRecord
from propdesk.storage.database import rows
from propdesk.storage.opening import OpenOffice


def add_vendor(draft: VendorDraft, *, by: int) -> Vendor:
    """Keep a company; raises DraftError for what is wrong with it."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        return get_vendor(VendorRecord.create(**_vendor_columns(draft, None)).id)


def change_vendor(vendor_id: int, draft: VendorDraft, *, version: int, by: int) -> Vendor:
    """Correct what is said of a company."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        check_version(_kept_vendor(vendor_id).version, version)
        VendorRecord.update(
            **_vendor_columns(draft, vendor_id), version=VendorRecord.version + 1
        ).where(VendorRecord.id == vendor_id).execute()
        return get_vendor(vendor_id)


def end_vendor(vendor_id: int, *, version: int, by: int, now: datetime) -> Vendor:
    """Work no longer with a company; one that still looks after something is named."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept_vendor(vendor_id)
        check_version(record.version, version)
        used = rows(
            "SELECT code || ' ' || name FROM asset WHERE vendor_id = ? AND voided_at IS NULL "
            "AND state <> 'scrapped' UNION ALL SELECT code || ' ' || name FROM inspection_plan "
            "WHERE vendor_id = ? AND ended_at IS NULL LIMIT 1",
            vendor_id,
            vendor_id,
        )
        if used:
            raise RuleError(
                "vendor-used",
                _("«{name}» is still looked after by this company. Name another one there.").format(
                    name=used[0][0]
                ),
            )
        record.ended_at = local(now)
        record.version += 1
        record.save()
        return get_vendor(vendor_id)


def add_contract(vendor_id: int, draft: ContractDraft, *, by: int, now: datetime) -> Contract:
    """Keep a contract with a company."""
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        _kept_vendor(vendor_id)
        record = VendorContractRecord.create(
            vendor=vendor_id,
            **_contract_columns(draft),
            entered_at=local(now),
            staff=staff.id,
        )
        return get_contract(record.id)


def change_contract(contract_id: int, draft: ContractDraft, *, version: int, by: int) -> Contract:
    """Correct what is said of a contract."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        check_version(_standing_contract(contract_id).version, version)
        VendorContractRecord.update(
            **_contract_columns(draft), version=VendorContractRecord.version + 1
        ).where(VendorContractRecord.id == contract_id).execute()
        return get_contract(contract_id)


def void_contract(contract_id: int, *, version: int, by: int, now: datetime) -> Contract:
    """Take a contract out that was entered by mistake; its row stays for the books."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _standing_contract(contract_id)
        check_version(record.version, version)
        record.voided_at = local(now)
        record.version += 1
        record.save()
        return get_contract(contract_id)


def add_contract_files(
    office: OpenOffice,
    contract_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep the pages of a contract; return those kept and those refused."""
    acting = partial(actor, by, Right.PLAN_ROUNDS)
    acting()
    _standing_contract(contract_id)
    ids, refused = keep_files(
        office, ("contract", contract_id), list_contract_files, sources, acting,
        now=now, on_progress=on_progress,
    )  # fmt: skip
    return tuple(map(get_attachment, ids)), refused


def remove_contract_file(file_id: int, *, by: int, now: datetime) -> Attachment:
    """Take a page out that does not belong there; row and content stay for the books."""
    take_file_out(file_id, "contract", partial(actor, by, Right.PLAN_ROUNDS), now=now)
    return get_attachment(file_id)


def _kept_vendor(vendor_id: int) -> VendorRecord:
    record = VendorRecord.get_or_none(VendorRecord.id == vendor_id, VendorRecord.ended_at.is_null())
    if record is None:
        raise RuleError("vendor-unknown", _("There is no such company, or its work has ended."))
    return record


def _standing_contract(contract_id: int) -> VendorContractRecord:
    record = VendorContractRecord.get_or_none(
        VendorContractRecord.id == contract_id, VendorContractRecord.voided_at.is_null()
    )
    if record is None:
        raise RuleError("contract-unknown", _("There is no such contract."))
    return record


def _vendor_columns(draft: VendorDraft, vendor_id: int | None) -> dict[str, Any]:
    lines = ("name", "work", "licence_number", "contact", "phone", "emergency_phone")
    cleaned: dict[str, Any] = {field: clean_line(getattr(draft, field)) for field in lines}
    draft = replace(draft, **cleaned, note=clean_text(draft.note))
    refuse(check_vendor(draft))
    other = VendorRecord.get_or_none(VendorRecord.name == draft.name)
    if other is not None and other.id != vendor_id:
        refuse((Problem("name", _("This company is kept already.")),))
    return {field: getattr(draft, field) for field in (*lines, "licence_until", "note")}


def _contract_columns(draft: ContractDraft) -> dict[str, Any]:
    draft = replace(
        draft,
        subject=clean_line(draft.subject),
        number=clean_line(draft.number),
        note=clean_text(draft.note),
    )
    refuse(check_contract(draft))
    fields = ("subject", "from_on", "until_on", "number", "note")
    return {"kind": draft.kind.value, **{field: getattr(draft, field) for field in fields}}
