"""Take a person out of what was charged, paid and demanded; what happened stays, without him.

After the span of fees is over (law.md 1.8, PIPL 19, 47). Amounts, days and numbers are the office's
books and stay. A letter that was printed becomes a tombstone: its names are taken out, and in the
archived file an empty page stands in place of each of his; the pages of others are copied as they
are, so a batch keeps its order and has another hash. The caller holds the transaction.
"""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from peewee import Field

from propdesk.domain.erasure import GONE
from propdesk.domain.fee_letters import content_sha256
from propdesk.reports.parts.binding import blank_pages
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.charging import BillRecord, UnitFeeRecord
from propdesk.storage.database import OfficeTable, rows
from propdesk.storage.dunning import (
    ArrearsCaseRecord,
    ArrearsNoteRecord,
    DunningActRecord,
    FeeLetterRecord,
    LetterBatchRecord,
    LimitationSuspensionRecord,
    PaymentPlanRecord,
)
from propdesk.storage.till import DepositRecord, LedgerLineRecord, PaymentRecord

PDF = ".pdf"

_HOUSES = (
    "SELECT unit_id FROM residency WHERE person_id IN (SELECT value FROM json_each(?1)) UNION "
    "SELECT unit_id FROM fee_letter WHERE person_id IN (SELECT value FROM json_each(?1)) "
    "OR payer_id IN (SELECT value FROM json_each(?1)) UNION "
    "SELECT unit_id FROM payment WHERE person_id IN (SELECT value FROM json_each(?1)) UNION "
    "SELECT unit_id FROM bill WHERE person_id IN (SELECT value FROM json_each(?1)) "
    "OR payer_id IN (SELECT value FROM json_each(?1))"
)
_ABOUT_HIS_BILLS = (
    "SELECT DISTINCT d.{column} FROM demand_line d JOIN bill b ON b.id = d.bill_id "
    "WHERE d.{column} IS NOT NULL AND (b.person_id IN (SELECT value FROM json_each(?1)) "
    "OR b.payer_id IN (SELECT value FROM json_each(?1)))"
)


def fee_texts(ids: Sequence[int]) -> Iterator[tuple[Iterator[OfficeTable], tuple[str, ...]]]:
    """Yield the rows about fees of his houses in whose texts he may be named, and which texts."""
    houses = [row[0] for row in rows(_HOUSES, json.dumps(list(ids)))]
    for table, whose, columns in (
        (ArrearsCaseRecord, ArrearsCaseRecord.unit, "reason_text held_reason"),
        (ArrearsNoteRecord, ArrearsNoteRecord.unit, "text"),
        (PaymentPlanRecord, PaymentPlanRecord.unit, "promised_by note"),
        (DunningActRecord, DunningActRecord.unit,
         "witness receiver address note override_reason void_reason"),
        (PaymentRecord, PaymentRecord.unit, "payer note void_reason"),
        (DepositRecord, DepositRecord.unit, "label note"),
        (BillRecord, BillRecord.unit, "note void_reason"),
        (UnitFeeRecord, UnitFeeRecord.unit, "reason evidence"),
        (LimitationSuspensionRecord, LimitationSuspensionRecord.unit, "note void_reason"),
        (LedgerLineRecord, LedgerLineRecord.unit, "reason"),
        (FeeLetterRecord, FeeLetterRecord.unit, "content note"),
    ):  # fmt: skip
        yield iter(_of_houses(table, whose, houses)), tuple(columns.split())


def _of_houses(table: type[OfficeTable], whose: Field, houses: Sequence[int]) -> Any:
    return table.select().where(whose.in_(houses))


def acts_about(ids: Sequence[int]) -> tuple[int, ...]:
    """Return the acts of urging that were about his bills."""
    return _about("act_id", ids)


def plans_about(ids: Sequence[int]) -> tuple[int, ...]:
    """Return the promises and plans that were about his bills."""
    return _about("plan_id", ids)


def _about(column: str, ids: Sequence[int]) -> tuple[int, ...]:
    found = rows(_ABOUT_HIS_BILLS.format(column=column), json.dumps(list(ids)))
    return tuple(row[0] for row in found)


def erase_fee_names(ids: Sequence[int]) -> None:
    """Take names away where they are his by the bill, however they were spelt."""
    for column in ("witness", "receiver", "address"):
        field = getattr(DunningActRecord, column)
        DunningActRecord.update({column: GONE}).where(
            DunningActRecord.id.in_(acts_about(ids)), field != ""
        ).execute()
    PaymentPlanRecord.update(promised_by=GONE).where(
        PaymentPlanRecord.id.in_(plans_about(ids)), PaymentPlanRecord.promised_by != ""
    ).execute()
    PaymentRecord.update(payer=GONE).where(PaymentRecord.person.in_(ids)).execute()
    for whose, name, title in (
        (FeeLetterRecord.person, "owner", "owner_title"),
        (FeeLetterRecord.payer, "user", "user_title"),
    ):
        for letter in FeeLetterRecord.select().where(whose.in_(ids)):
            content = {**letter.content, name: GONE, title: ""}
            letter.content, letter.content_sha256 = content, content_sha256(content)
            letter.save()


def blank_letters(folder: Path, ids: Sequence[int]) -> tuple[StoredName, ...]:
    """Put empty pages in place of his letters in the archive; return the files that are to go."""
    his = FeeLetterRecord.person.in_(ids) | FeeLetterRecord.payer.in_(ids)
    pages: dict[str, list[tuple[int, int]]] = {}
    for letter in FeeLetterRecord.select().where(his, FeeLetterRecord.pdf_sha256.is_null(False)):
        run = (letter.first_page or 1, letter.pages or 1)
        pages.setdefault(letter.pdf_sha256 or "", []).append(run)
    gone = []
    for sha256, runs in pages.items():
        old = StoredName(sha256, PDF)
        content = attachment_files.read(folder, old)
        blank = None if content is None else blank_pages(content, runs)
        if blank is None:  # missing or broken: whoever checks the office is told
            continue
        new = attachment_files.keep(folder, blank, PDF)
        for table in (FeeLetterRecord, LetterBatchRecord):
            table.update(pdf_sha256=new.sha256).where(table.pdf_sha256 == sha256).execute()
        gone.append(old)
    return tuple(gone)
