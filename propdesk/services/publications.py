"""Publish fees and accounts (Civil Code 943): written once, archived, posted, taken down.

What a publication says is frozen with its paper, which lies under the hash of its content: printed
again, it is the same file byte by byte.
"""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from propdesk.domain.attachments import Attachment, check_caption
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule
from propdesk.domain.fields import check_line
from propdesk.domain.publications import (
    PUBLICATION_LABELS,
    SERIES,
    Publication,
    PublicationContent,
    PublicationDraft,
    PublicationKind,
    check_arrears_list,
    content_to_json,
    publication_number,
)
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _, speaking
from propdesk.reports.parts.binding import count_pages
from propdesk.reports.publications import render_publication
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_rules import rule_word
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.parts.files_in import Refused, Source, discard, file_row, quiet, stage
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.attachments import to_attachment
from propdesk.services.queries.publications import (
    find_publication,
    published_notes,
    published_table,
)
from propdesk.sheets.errors import not_written
from propdesk.sheets.part_file import write_whole
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.dunning import PublicationRecord
from propdesk.storage.faults import explained
from propdesk.storage.opening import OpenOffice

_PDF = ".pdf"


def write_publication(
    office: OpenOffice, draft: PublicationDraft, *, by: int, now: datetime
) -> Publication:
    """Write a publication under the next number of its year and archive its paper.

    Raises RuleError for a period that is reversed or not over, where nothing is to be published,
    and for a list of arrears that the place does not name or the manager did not confirm.
    """
    with writing():
        staff = fee_actor(by, Right.APPROVE_LETTERS)
        _check(draft, by, now.date())
        year = now.year
        number = publication_number(year, take_number_of_year(SERIES, year))
        settings = load_settings()
        with speaking(settings.paper_language.code):
            content = _content(draft, number, now.date())
        pdf = _drawn(content)
        with explained():
            stored = attachment_files.keep(office.attachments, pdf, _PDF)
        PublicationRecord.create(
            number=number,
            kind=draft.kind.value,
            title=content.title,
            from_on=draft.from_on,
            until_on=draft.until_on,
            content=content_to_json(content),
            written_at=local(now),
            staff=staff.id,
            pdf_sha256=stored.sha256,
        )
        return find_publication(number)


def post_publication(
    number: str, posted_on: date, place: str, *, by: int, now: datetime
) -> Publication:
    """Note on which day and where a publication was posted."""
    with writing():
        fee_actor(by, Right.DUN)
        record = _standing(number)
        place = clean_line(place)
        refuse(check_line("place", place, _("Say where it hangs.")))
        if not record.written_at.date() <= posted_on <= now.date():
            raise RuleError(
                "posted-day", _("It was posted between the day it was written and today.")
            )
        record.posted_on, record.place = posted_on, place
        record.version += 1
        record.save()
        return find_publication(record.number)


def take_publication_down(
    number: str, taken_down_on: date, *, by: int, now: datetime
) -> Publication:
    """Note on which day a publication was taken down."""
    with writing():
        fee_actor(by, Right.DUN)
        record = _standing(number)
        if record.posted_on is None or not record.posted_on <= taken_down_on <= now.date():
            raise RuleError(
                "taken-down-day", _("It is taken down after it was posted, and not after today.")
            )
        record.taken_down_on = taken_down_on
        record.version += 1
        record.save()
        return find_publication(record.number)


def void_publication(number: str, *, by: int, now: datetime) -> Publication:
    """Void a publication; its number and its paper stay."""
    with writing():
        fee_actor(by, Right.APPROVE_LETTERS)
        record = _standing(number)
        record.voided_at = local(now)
        record.version += 1
        record.save()
        return find_publication(record.number)


def add_publication_photos(
    office: OpenOffice,
    number: str,
    sources: Sequence[Source],
    *,
    by: int,
    now: datetime,
    caption: str = "",
) -> tuple[tuple[Attachment, ...], tuple[Refused, ...]]:
    """Keep photos of a publication where it hangs; return those kept and those refused."""
    fee_actor(by, Right.DUN)
    caption = clean_line(caption)
    refuse(check_caption(caption))
    staged = stage(office, sources, quiet)
    try:
        with writing():
            staff = fee_actor(by, Right.DUN)
            record = _standing(number)
            mine = AttachmentRecord.publication == record.id
            known = {one.sha256 for one in AttachmentRecord.select().where(mine)}
            ids = [
                file_row(
                    office, file, staff_id=staff.id, at=local(now), caption=caption,
                    publication=record.id,
                )
                for file in staged.files
                if file.sha256 not in known
            ]  # fmt: skip
            kept = AttachmentRecord.select().where(AttachmentRecord.id.in_(ids))
            return tuple(map(to_attachment, kept)), staged.refused
    except BaseException:
        with suppress(RuleError):
            discard(office, staged.files)
        raise


def print_publication(office: OpenOffice, number: str, target: Path, *, by: int) -> Printed:
    """Write the archived paper of a publication into `target`, byte by byte as it hung.

    Where its file is gone it is drawn anew, and refused unless that gives the very same file (F34).
    """
    fee_actor(by, Right.SEE_FEES)
    publication = find_publication(number)
    check_target(target, _PDF)
    sha256 = publication.pdf_sha256 or ""
    content = attachment_files.read(office.attachments, StoredName(sha256, _PDF))
    if content is None:
        content = _drawn(publication.content)
        with explained():
            stored = attachment_files.keep(office.attachments, content, _PDF)
        if stored.sha256 != sha256:
            attachment_files.discard(office.attachments, stored)
            raise RuleError(
                "publication-file-gone",
                _("The archived paper of {number} is gone; bring it back from a backup.").format(
                    number=publication.number
                ),
            )
    found = content

    def write(file: IO[bytes]) -> None:
        file.write(found)

    write_whole(target, write)
    return Printed(target, count_pages(content), ())


# -- what it says


def _check(draft: PublicationDraft, by: int, today: date) -> None:
    if draft.until_on < draft.from_on:
        raise RuleError("period-reversed", _("The period ends before it begins; swap the days."))
    is_prices = draft.kind is PublicationKind.FEE_ITEMS
    if not is_prices and draft.until_on > today:
        raise RuleError(
            "publication-early", _("The period is not over yet; publish it when it is.")
        )
    if draft.kind is PublicationKind.ARREARS:
        check_arrears_list(draft, rule_word(Rule.PUBLIC_LIST, today))
        fee_actor(by, Right.SPEAK_AS_MANAGER)


def _content(draft: PublicationDraft, number: str, today: date) -> PublicationContent:
    settings, fees = load_settings(), load_fee_settings()
    heads, rows, total = published_table(draft)
    if not rows:
        raise RuleError(
            "publication-empty", _("There is nothing to publish for this period; check it.")
        )
    bank = " ".join(filter(None, (fees.bank_payee, fees.bank, fees.account)))
    period = _("{first} to {last}").format(first=draft.from_on, last=draft.until_on)
    if draft.kind in (PublicationKind.FEE_ITEMS, PublicationKind.ARREARS):
        period = _("As of {day}").format(day=draft.until_on)
    notes = published_notes(draft, fees.contact_phone or settings.phone, bank)
    return PublicationContent(
        number=number,
        title=str(PUBLICATION_LABELS[draft.kind]),
        period=period,
        issuer=fees.payee or settings.company or settings.office_name,
        dated_on=str(today),
        heads=tuple(heads),
        rows=tuple(rows),
        total=total,
        notes=tuple(notes),
        language=settings.paper_language.value,
        office=settings.office_name,
        office_en=settings.office_name_en,
    )


def _drawn(content: PublicationContent) -> bytes:
    with TemporaryDirectory(prefix="propdesk-") as folder:
        file = Path(folder) / "publication.pdf"
        try:
            render_publication(content, file)
            return file.read_bytes()
        except OSError as error:
            raise not_written(file, error) from error


def _standing(number: str) -> PublicationRecord:
    record: PublicationRecord = PublicationRecord.get_by_id(find_publication(number).id)
    if record.voided_at is not None:
        raise RuleError("publication-void", _("This publication was voided."))
    return record
