"""Files that belong to one row of another table: scans of a contract, photos of a thing."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from propdesk.domain.attachments import Attachment, check_count
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.services.parts.files_in import Refused, Source, discard, file_row, stage
from propdesk.services.parts.writing import local, writing
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.opening import OpenOffice


def keep_files(
    office: OpenOffice,
    owner: tuple[str, int],
    present: Callable[[int], Sequence[Attachment]],
    sources: Sequence[Source],
    acting: Callable[[], Staff],
    *,
    now: datetime,
    on_progress: Callable[[int, int], None],
) -> tuple[list[int], tuple[Refused, ...]]:
    """Keep files of `owner`, a column of the attachments and an id; return ids and the refused.

    What is there already stays as it is. `acting` refuses who may not do this; the caller has asked
    it before a file is read.
    """
    column, owner_id = owner
    staged = stage(office, sources, on_progress)
    try:
        with writing():
            staff = acting()
            there = present(owner_id)
            known = {one.file.sha256 for one in there}
            new = [file for file in staged.files if file.sha256 not in known]
            check_count(len(there), len(new))
            ids = [
                file_row(
                    office, file, staff_id=staff.id, at=local(now), caption="",
                    **{column: owner_id},
                )
                for file in new
            ]  # fmt: skip
            return ids, staged.refused
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise


def take_file_out(file_id: int, column: str, acting: Callable[[], Staff], *, now: datetime) -> None:
    """Take a file off what it belongs to; row and content stay for the books."""
    with writing():
        staff = acting()
        row = AttachmentRecord.get_or_none(AttachmentRecord.id == file_id)
        if row is None or row.removed_at is not None or getattr(row, f"{column}_id") is None:
            raise RuleError("file-not-there", _("This file is not there any more."))
        row.removed_at, row.removed_staff_id = local(now), staff.id
        row.save()
