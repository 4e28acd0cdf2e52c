"""Photos of a round and the scan of its paper: given to the round, taken off again (R100)."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from propdesk.domain.attachments import Attachment
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.files_in import Refused, Source, quiet
from propdesk.services.parts.kept_files import keep_files, take_file_out
from propdesk.services.queries.attachments import get_attachment
from propdesk.services.queries.inspection_files import list_round_files
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
    """Take files in and give them to a round; return those added and those refused."""
    acting = partial(actor, by, Right.DO_ROUNDS)
    acting()
    ids, refused = keep_files(
        office, ("round", round_id), list_round_files, sources, acting,
        now=now, on_progress=on_progress,
    )  # fmt: skip
    return tuple(map(get_attachment, ids)), refused


def remove_round_file(attachment_id: int, *, by: int, now: datetime) -> None:
    """Take a file off its round; row and file stay for the books."""
    take_file_out(attachment_id, "round", partial(actor, by, Right.DO_ROUNDS), now=now)
