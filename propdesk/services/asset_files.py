"""Photos and documents of a thing in the ledger: manual, licence, report of its inspection."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from propdesk.domain.attachments import Attachment
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.files_in import Refused, Source, quiet
from propdesk.services.parts.kept_files import keep_files, take_file_out
from propdesk.services.queries.assets import get_asset, list_asset_files
from propdesk.services.queries.attachments import get_attachment
from propdesk.storage.opening import OpenOffice


def add_asset_files(
    office: OpenOffice,
    asset_id: int,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] = quiet,
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep photos and documents of a thing; return those kept and those refused."""
    acting = partial(actor, by, Right.PLAN_ROUNDS)
    acting()
    get_asset(asset_id)
    ids, refused = keep_files(
        office, ("asset", asset_id), list_asset_files, sources, acting,
        now=now, on_progress=on_progress,
    )  # fmt: skip
    return tuple(map(get_attachment, ids)), refused


def remove_asset_file(file_id: int, *, by: int, now: datetime) -> Attachment:
    """Take a file off a thing; row and content stay for the books."""
    take_file_out(file_id, "asset", partial(actor, by, Right.PLAN_ROUNDS), now=now)
    return get_attachment(file_id)
