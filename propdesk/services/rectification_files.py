"""Photos of a rectification notice: what was wrong, and what the look afterwards found."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from propdesk.domain.attachments import Attachment
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.files_in import Refused, Source, quiet
from propdesk.services.parts.kept_files import keep_files, take_file_out
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.findings import find_rectification
from propdesk.services.queries.rectification_proposals import list_rectification_files
from propdesk.storage.opening import OpenOffice


def add_rectification_files(
    office: OpenOffice,
    number: str,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep photos and scans of a notice; return those kept and those refused."""
    acting = partial(actor, by, Right.DO_ROUNDS)
    acting()
    notice = find_rectification(number)
    ids, refused = keep_files(
        office, ("rectification", notice.id), list_rectification_files, sources, acting,
        now=now, on_progress=on_progress,
    )  # fmt: skip
    return tuple(map(get_attachment, ids)), refused


def remove_rectification_file(file_id: int, *, by: int, now: datetime) -> Attachment:
    """Take a photo off a notice; row and content stay for the books."""
    take_file_out(file_id, "rectification", partial(actor, by, Right.DO_ROUNDS), now=now)
    return get_attachment(file_id)
