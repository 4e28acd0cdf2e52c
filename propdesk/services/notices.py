"""Write and void notices (R89). A number is given once; what went out is never changed."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.notices import SERIES, Notice, NoticeDraft, check_notice, notice_number
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.notices import get_notice
from propdesk.storage.papers import NoticeRecord


def write_notice(draft: NoticeDraft, *, by: int, now: datetime) -> Notice:
    """Give a notice its number and keep it, dated today unless it says otherwise.

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        who = actor(by, Right.WRITE_NOTICES)
        draft = replace(
            draft,
            title=clean_line(draft.title),
            addressee=clean_line(draft.addressee),
            scope=clean_line(draft.scope),
            text=clean_text(draft.text),
        )
        refuse(check_notice(draft))
        dated_on = draft.dated_on or now.date()
        sequence = take_number_of_year(SERIES, dated_on.year)
        record = NoticeRecord.create(
            number=notice_number(dated_on.year, sequence),
            kind=draft.kind.value,
            title=draft.title,
            addressee=draft.addressee,
            text=draft.text,
            scope=draft.scope,
            from_at=draft.from_at,
            until_at=draft.until_at,
            dated_on=dated_on,
            written_at=local(now),
            staff=who.id,
        )
        return get_notice(record.id)


def void_notice(notice_id: int, *, by: int, now: datetime) -> Notice:
    """Void a notice that no longer holds; its number stays."""
    with writing():
        actor(by, Right.WRITE_NOTICES)
        record = NoticeRecord.get_or_none(NoticeRecord.id == notice_id)
        if record is None:
            raise RuleError("notice-unknown", _("This notice does not exist."))
        if record.voided_at is not None:
            raise RuleError("notice-voided", _("This notice is void already."))
        record.voided_at = local(now)
        record.save()
        return get_notice(notice_id)
