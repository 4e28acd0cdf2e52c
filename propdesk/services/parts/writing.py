"""One transaction for every command, with the engine's faults turned into sentences."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.storage.database import database
from propdesk.storage.faults import explained
from propdesk.storage.swapped import check_present

# How far the command stands above the line that logs: behind it and behind `contextmanager`.
_COMMAND = 3

_log = logging.getLogger(__name__)


@contextmanager
def writing() -> Iterator[None]:
    """Open the one transaction of a command; a refusal or fault inside writes nothing.

    The log gets the command's name and what came of it, never a value.
    """
    try:
        with explained(), database.atomic("IMMEDIATE"):
            check_present()
            yield
    except RuleError as refusal:
        _log.info("refused: %s", refusal.code, stacklevel=_COMMAND)
        raise
    _log.info("stored", stacklevel=_COMMAND)


def local(moment: datetime) -> datetime:
    """Return the wall-clock time without offset, as the domain and the file keep it."""
    return moment.replace(tzinfo=None, microsecond=0)


def offset_minutes(now: datetime) -> int:
    """Return the UTC offset of `now` in minutes; it stands beside each journal time."""
    offset = now.utcoffset()
    return 0 if offset is None else round(offset.total_seconds() / 60)
