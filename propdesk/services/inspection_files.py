"""Photos of a round and the scan of its paper: given to the round, taken off again (R100)."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime

from propdesk.domain.attachments import Attachment, check_count
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.files_in import Refused, Source, discard, file_row, quiet, stage
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.inspection_files import list_round_files
from propdesk.services.queries.rounds import get_round
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.opening import OpenOffice


def add_round_files(
    office: OpenOffice,
    round_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Take files in and give them to a round; return those added and those refused.

    What the round has already stays as it is.
    """
    actor(by, Right.DO_ROUNDS)
    get_round(round_id, now)
    check_count(len(list_round_files(round_id)), len(sources))
    staged = stage(office, sources, on_progress)
    try:
        with writing():
            staff = actor(by, Right.DO_ROUNDS)
            known = {one.file.sha256 for one in list_round_files(round_id)}
            ids = [
                file_row(office, file, staff_id=staff.id, at=local(now), caption="", round=round_id)
                for file in staged.files
                if file.sha256 not in known
            ]
            return tuple(get_attachment(one) for one in ids), staged.refused
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise


def remove_round_file(attachment_id: int, *, by: int, now: datetime) -> None:
    """Take a file off its round; row and file stay for the books."""
    with writing():
        staff = actor(by, Right.DO_ROUNDS)
        row = AttachmentRecord.get_or_none(AttachmentRecord.id == attachment_id)
        if row is None or row.round_id is None or row.removed_at is not None:
            raise RuleError("round-file-unknown", _("This photo does not belong to a round."))
        row.removed_at, row.removed_staff_id = local(now), staff.id
        row.save()
