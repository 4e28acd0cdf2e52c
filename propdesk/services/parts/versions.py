"""Two people at one record: whoever saves second is told, and nothing of the first is lost."""

from propdesk.domain.errors import RuleError
from propdesk.i18n import _


def check_version(present: int, version: int) -> None:
    """Refuse a change that was begun on an older state of the record."""
    if present != version:
        raise RuleError(
            "changed-meanwhile",
            _("Somebody changed this record meanwhile. Open it again and repeat your change."),
        )
