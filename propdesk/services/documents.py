"""Documents of a house: ownership, lease, identity, consents ... taken in, named, taken out.

They come in as the photos of tickets do (`parts/files_in`) and lie beside them. Rows are never
deleted; who looked at a document is noted (law.md 1.7).
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.attachments import StagedFile, check_caption
from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import DocumentDraft, HouseDocument
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor, member
from propdesk.services.parts.files_in import Refused, Source, discard, file_row, quiet, stage
from propdesk.services.parts.files_out import free_targets, write_out
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.documents import get_document, list_documents
from propdesk.services.queries.units import get_unit
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows
from propdesk.storage.opening import OpenOffice

WHAT = "document"


def add_documents(
    office: OpenOffice,
    unit_id: int,
    sources: Sequence[Source],
    draft: DocumentDraft,
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[HouseDocument, ...], tuple[Refused, ...]]:
    """Take files in and give them to a house; return what was added and what was refused.

    What the house has already stays as it is.
    """
    actor(by, Right.EDIT_RESIDENTS)
    draft = _checked(get_unit(unit_id).id, draft)
    staged = stage(office, sources, on_progress)
    if not staged.files:
        return (), staged.refused
    try:
        added = _attach(office, unit_id, staged.files, draft, by=by, now=now)
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise
    return added, staged.refused


def _attach(
    office: OpenOffice,
    unit_id: int,
    files: Sequence[StagedFile],
    draft: DocumentDraft,
    *,
    by: int,
    now: datetime,
) -> tuple[HouseDocument, ...]:
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        unit = get_unit(unit_id)
        known = {one.attachment.file.sha256 for one in list_documents(unit_id)}
        new = [file for file in files if file.sha256 not in known]
        if not new:
            raise RuleError(
                "document-already",
                _("The file of {house} has this document already.").format(house=unit.short),
            )
        ids = [
            file_row(
                office,
                file,
                staff_id=staff.id,
                at=local(now),
                caption=draft.caption,
                unit=unit_id,
                person=draft.person_id,
                topic=draft.topic.value,
                on_paper=False,
            )
            for file in new
        ]
        return tuple(get_document(one) for one in ids)


def change_document(document_id: int, draft: DocumentDraft, *, by: int) -> HouseDocument:
    """Say what a document is about, whom, and what it shows."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        draft = _checked(get_document(document_id).unit_id, draft)
        row = AttachmentRecord.get_by_id(document_id)
        row.topic, row.person_id, row.caption = draft.topic.value, draft.person_id, draft.caption
        row.save()
        return get_document(document_id)


def remove_document(document_id: int, *, by: int, now: datetime) -> HouseDocument:
    """Take a document out of the file of its house; row and content stay for the books."""
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        document = get_document(document_id)
        row = AttachmentRecord.get_by_id(document_id)
        row.removed_at, row.removed_staff_id = local(now), staff.id
        row.save()
        return document


def note_document_opened(document_id: int, *, by: int, now: datetime) -> None:
    """Note that somebody looked at a document."""
    with writing():
        staff = member(by)
        document = get_document(document_id)
        note_access(
            AccessAct.OPENED, staff.id, now, document.unit_id, document.person_id,
            what=f"{WHAT} {document_id}",
        )  # fmt: skip


def export_documents(
    office: OpenOffice, unit_id: int, folder: Path, *, by: int, now: datetime, purpose: str
) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """Write the documents of a house into a folder; return them, and the names of missing ones.

    They leave the office, so it asks what for, and is noted. Nothing is ever overwritten.
    """
    purpose = clean_line(purpose)
    actor(by, Right.EXPORT_PLAIN)
    if not purpose:
        raise RuleError("purpose-missing", _("Say what the data in full are needed for."))
    unit = get_unit(unit_id)
    documents = list_documents(unit_id)
    attachments = [one.attachment for one in documents]
    targets = free_targets(folder, unit.short, attachments)
    with writing():
        staff = actor(by, Right.EXPORT_PLAIN)
        note_access(AccessAct.EXPORTED, staff.id, now, unit_id, what=WHAT, purpose=purpose)
    exported = write_out(office, attachments, targets)
    return exported.files, exported.missing


def _checked(unit_id: int, draft: DocumentDraft) -> DocumentDraft:
    """Return a draft as it is stored; refuse a person who never was in the house."""
    caption = clean_line(draft.caption)
    refuse(check_caption(caption))
    if draft.person_id is not None and not rows(
        "SELECT 1 FROM residency WHERE unit_id = ? AND person_id = ?", unit_id, draft.person_id
    ):
        raise RuleError("resident-unknown", _("This person is not in this house."))
    return replace(draft, caption=caption)
