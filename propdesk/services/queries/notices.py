"""Read notices, and the texts that a new one starts from."""

import json
from datetime import date, datetime
from typing import Any

from propdesk import paths
from propdesk.domain.errors import RuleError
from propdesk.domain.notices import Notice, NoticeKind, NoticeTemplate
from propdesk.domain.texts import fold
from propdesk.i18n import _, language
from propdesk.storage.database import rows

_NOTICES = (
    "SELECT n.id, n.number, n.kind, n.title, n.addressee, n.text, n.scope, n.from_at, n.until_at, "
    "n.dated_on, n.written_at, s.name, n.voided_at FROM notice n JOIN staff s ON s.id = n.staff_id "
)


def get_notice(notice_id: int) -> Notice:
    """Return a notice, or refuse."""
    found = rows(f"{_NOTICES}WHERE n.id = ?", notice_id)
    if not found:
        raise RuleError("notice-unknown", _("This notice does not exist."))
    return _notice(found[0])


def find_notice(number: str) -> Notice:
    """Return the notice of this number as typed, or refuse."""
    found = rows(f"{_NOTICES}WHERE n.number = ?", fold(number).upper())
    if not found:
        raise RuleError(
            "notice-unknown", _("There is no notice {number}.").format(number=number[:40])
        )
    return _notice(found[0])


def list_notices(limit: int = 500) -> tuple[Notice, ...]:
    """Return the last notices, the newest first."""
    found = rows(f"{_NOTICES}ORDER BY n.written_at DESC, n.id DESC LIMIT {limit:d}")
    return tuple(map(_notice, found))


def get_template(kind: NoticeKind) -> NoticeTemplate:
    """Return what a kind of notice starts from, in the language that is spoken (data, not code)."""
    file = paths.resources() / "notices" / f"{language()}.json"
    texts: dict[str, Any] = json.loads(file.read_text("utf-8"))
    of_kind = texts["kinds"][kind.value]
    return NoticeTemplate(texts["addressee"], of_kind["title"], of_kind["text"])


def _notice(row: tuple[Any, ...]) -> Notice:
    return Notice(
        id=row[0],
        number=row[1],
        kind=NoticeKind(row[2]),
        title=row[3],
        addressee=row[4],
        text=row[5],
        scope=row[6],
        from_at=_time(row[7]),
        until_at=_time(row[8]),
        dated_on=date.fromisoformat(row[9]),
        written_at=datetime.fromisoformat(row[10]),
        by=row[11],
        voided_at=_time(row[12]),
    )


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
