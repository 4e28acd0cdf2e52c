"""Print the certificate of what was erased or sealed (删除证明, PIPL 47, 50; law.md 1.7)."""

from datetime import datetime
from pathlib import Path

from propdesk.domain.data_requests import REQUEST_LABELS
from propdesk.domain.erasure import GONE_WHOLLY, PART_LABELS, Erasure, Part, check_certified
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.retention import BY_CODE, kept_words
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.i18n import _, ngettext
from propdesk.reports.erasure_certificates import ErasureSheet, render_erasure
from propdesk.reports.parts.privacy_papers import PrivacyOffice
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.access import list_exports
from propdesk.services.queries.data_requests import get_request
from propdesk.services.queries.erasures import backups_holding, get_erasure, get_keeps
from propdesk.storage.opening import OpenOffice


def print_erasure(
    office: OpenOffice,
    target: Path,
    erasure_id: int,
    *,
    by: Staff,
    now: datetime,
    paper_language: PaperLanguage | None = None,
) -> Printed:
    """Draw the certificate of an erasure or a sealing; it holds no personal data."""
    actor(by.id, Right.ERASE)
    erasure = get_erasure(erasure_id)
    check_certified(erasure)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        paper = ErasureSheet(
            office=PrivacyOffice(
                name=settings.office_name,
                english_name=settings.office_name_en,
                company=settings.company,
                phone=settings.phone,
                printed_at=local(now),
                printed_by=by.name,
            ),
            number=erasure.id,
            person=erasure.person_id,
            at=erasure.at,
            by=erasure.by,
            reason=erasure.reason,
            request=_request(erasure),
            is_sealed=erasure.kind == "sealed",
            counts=[
                (str(PART_LABELS[part]), count, _became(part))
                for part, count in erasure.counts.items()
            ],
            keeps=_keeps(erasure, settings),
            copies=_copies(office, erasure),
        )
        return render_erasure(paper, target, language=chosen)

    return draw_paper(target, paper_language, draw)


def _request(erasure: Erasure) -> str:
    if erasure.request_id is None:
        return ""
    request = get_request(erasure.request_id)
    return _("request {number} of {day}: {what}").format(
        number=request.id,
        day=request.received_at.date(),
        what=REQUEST_LABELS[request.kind],
    )


def _became(part: Part) -> str:
    if part in GONE_WHOLLY:
        return _("deleted")
    return _("name, phones, plate and remarks deleted; that it happened stays")


def _keeps(erasure: Erasure, settings: OfficeSettings) -> list[str]:
    """Say which records the law keeps of a sealed person, or what proves that this was done."""
    if erasure.kind == "sealed":
        return [
            _("{what} until {day}; {source}").format(
                what=BY_CODE[keep.retention].what,
                day=keep.until,
                source=BY_CODE[keep.retention].source,
            )
            for keep in get_keeps(erasure)
        ]
    return [
        _("{what}: {span}; {source}. They name nobody any more.").format(
            what=BY_CODE[code].what,
            span=kept_words(BY_CODE[code], settings.retention_months),
            source=BY_CODE[code].source,
        )
        for code in ("proofs", "logs")
    ]


def _copies(office: OpenOffice, erasure: Erasure) -> list[str]:
    """Say until when backups may hold him, and which files in full left before."""
    if erasure.kind == "sealed":
        return []
    copies = []
    _count, gone_by = backups_holding(office, before=erasure.at)
    if gone_by is not None:
        copies.append(
            _(
                "Backups from before hold the data until {day} at the latest; they serve only to "
                "bring back a lost office."
            ).format(day=gone_by)
        )
    copies += [
        ngettext(
            "A file of {day} with {count} row in full may hold it: {purpose} {receiver}",
            "A file of {day} with {count} rows in full may hold it: {purpose} {receiver}",
            one.rows,
        )
        .format(day=one.at.date(), count=one.rows, purpose=one.purpose, receiver=one.receiver)
        .strip()
        for one in list_exports()
        if one.is_plain and one.at <= erasure.at
    ]
    return copies
