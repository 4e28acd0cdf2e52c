"""Enter and correct what prices rest on: contracts, approvals, decisions (law.md 1.1: 938, 939).

Their pages are kept beside them: the evidence pack for a lawyer takes them from here.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.fee_bases import BasisDraft, FeeBasis, check_basis, clean_basis
from propdesk.domain.staff import Right
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.files_in import Refused, Source, quiet
from propdesk.services.parts.kept_files import keep_files, take_file_out
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import writing
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.fee_bases import get_basis, list_basis_files
from propdesk.services.queries.places import find_place
from propdesk.storage.charging import FeeBasisRecord
from propdesk.storage.opening import OpenOffice


def add_basis(draft: BasisDraft, *, by: int) -> FeeBasis:
    """Enter a contract or approval with the words of its clauses."""
    with writing():
        who = fee_actor(by, Right.SET_PRICES)
        record = FeeBasisRecord.create(**_columns(draft), staff=who.id)
        return get_basis(record.id)


def change_basis(basis_id: int, draft: BasisDraft, *, version: int, by: int) -> FeeBasis:
    """Correct what was entered of a contract or approval."""
    with writing():
        who = fee_actor(by, Right.SET_PRICES)
        check_version(get_basis(basis_id).version, version)
        FeeBasisRecord.update(**_columns(draft), staff=who.id, version=version + 1).where(
            FeeBasisRecord.id == basis_id
        ).execute()
        return get_basis(basis_id)


def add_basis_files(
    office: OpenOffice,
    basis_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep the pages of a contract or approval; return those kept and those refused.

    What it has already stays as it is.
    """
    acting = partial(fee_actor, by, Right.SET_PRICES)
    acting()
    get_basis(basis_id)
    ids, refused = keep_files(
        office, ("basis", basis_id), list_basis_files, sources, acting,
        now=now, on_progress=on_progress,
    )  # fmt: skip
    return tuple(map(get_attachment, ids)), refused


def remove_basis_file(file_id: int, *, by: int, now: datetime) -> Attachment:
    """Take a page out that does not belong there; row and content stay for the books."""
    take_file_out(file_id, "basis", partial(fee_actor, by, Right.SET_PRICES), now=now)
    return get_attachment(file_id)


def _columns(draft: BasisDraft) -> dict[str, Any]:
    draft = clean_basis(draft)
    refuse(check_basis(draft))
    return {
        "kind": draft.kind.value,
        "name": draft.name,
        "number": draft.number,
        "community": find_place(draft.community)[0],
        "signed_on": draft.signed_on,
        "from_on": draft.from_on,
        "until_on": draft.until_on,
        "fee_clause": draft.fee_clause,
        "due_clause": draft.due_clause,
        "late_clause": draft.late_clause,
        "address_clause": draft.address_clause,
        "note": draft.note,
    }
