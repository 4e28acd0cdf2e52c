"""What a fee letter says, put together from a debtor's bills, the contract and the settings."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.bills import BillKind
from propdesk.domain.demand_stages import StageRule, pay_by
from propdesk.domain.dunning import Stage
from propdesk.domain.fee_letters import (
    Explained,
    LetterBill,
    LetterContent,
    day_words,
    letter_lines,
    title_of,
)
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.fee_templates import FeeTemplate, fill_template
from propdesk.domain.fee_workings import working_words
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.units import UnitKind, long_address
from propdesk.i18n import _
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Debt:
    """What one debtor owes for one house: a letter each, so that nobody reads of another's debts.

    `payer_id` agreed to pay instead of the owner `person_id` and is addressed beside him.
    """

    unit_id: int
    short: str
    house: str
    community: str
    area: str
    person_id: int | None
    owner: str
    owner_title: str
    payer_id: int | None
    user: str
    user_title: str
    bills: tuple[LetterBill, ...]


# A sealed person is named nowhere (law.md 1.7).
_DEBTS = """
    SELECT b.unit_id, u.short, q.name, e.name, u.number, u.kind, c.name, u.area_dm2,
        b.person_id, p.name, p.salutation, b.payer_id, y.name, y.salutation,
        b.id, b.fee_item_id, i.name, b.kind, b.from_on, b.until_on, b.due_on, b.amount_fen,
        b.settled_fen, b.working, f.name, f.number, f.signed_on, f.fee_clause, f.due_clause,
        coalesce(nullif(t.late_clause, ''), f.late_clause, ''), coalesce(t.late_rate_e6, 0),
        b.shared_cost_id, coalesce(t.basis_note, '')
    FROM bill b
    JOIN json_each(?1) wanted ON wanted.value = b.unit_id
    JOIN unit u ON u.id = b.unit_id JOIN entrance e ON e.id = u.entrance_id
    JOIN building q ON q.id = e.building_id JOIN community c ON c.id = q.community_id
    JOIN fee_item i ON i.id = b.fee_item_id
    LEFT JOIN person p ON p.id = b.person_id AND p.sealed_at IS NULL
    LEFT JOIN person y ON y.id = b.payer_id AND y.sealed_at IS NULL
    LEFT JOIN bill o ON o.id = b.late_for_id
    LEFT JOIN tariff t ON t.id = coalesce(b.tariff_id, o.tariff_id)
    LEFT JOIN fee_basis f ON f.id = t.basis_id
    WHERE b.settled_fen < b.amount_fen AND b.voided_at IS NULL AND (?2 = '' OR b.due_on < ?2)
    ORDER BY wanted.key, b.person_id IS NULL, b.person_id, b.payer_id, i.position, b.from_on, b.id
"""


def read_debts(unit_ids: Collection[int], *, due_before: date | None) -> Iterator[Debt]:
    """Give what is open of houses, in their order, debtor by debtor; None takes future days too."""
    found = rows(_DEBTS, json.dumps(list(unit_ids)), due_before.isoformat() if due_before else "")
    begun: list[tuple[Any, ...]] = []
    for row in found:
        if begun and (row[0], row[8], row[11]) != (begun[0][0], begun[0][8], begun[0][11]):
            yield _debt(begun)
            begun = []
        begun.append(row)
    if begun:
        yield _debt(begun)


def _debt(found: list[tuple[Any, ...]]) -> Debt:
    row = found[0]
    area = "" if row[7] is None else f"{row[7] // 100}.{row[7] % 100:02d}"
    return Debt(
        unit_id=row[0],
        short=row[1],
        house=long_address(row[2], row[3], row[4], UnitKind(row[5])),
        community=row[6],
        area=area,
        person_id=row[8],
        owner=row[9] or "",
        owner_title=title_of(row[10] or ""),
        payer_id=row[11],
        user=row[12] or "",
        user_title=title_of(row[13] or ""),
        bills=tuple(map(_bill, found)),
    )


def _bill(row: tuple[Any, ...]) -> LetterBill:
    return LetterBill(
        id=row[14],
        item_id=row[15],
        item=row[16],
        kind=BillKind(row[17]),
        from_on=date.fromisoformat(row[18]),
        until_on=date.fromisoformat(row[19]),
        due_on=date.fromisoformat(row[20]),
        amount_fen=row[21],
        settled_fen=row[22],
        working=json.loads(row[23]),
        contract=row[24] or row[32],
        contract_number=row[25] or "",
        contract_on=date.fromisoformat(row[26]) if row[26] else None,
        fee_clause=row[27] or "",
        due_clause=row[28] or "",
        late_clause=row[29],
        late_rate_e6=row[30],
        share_id=row[31],
    )


@dataclass(frozen=True, slots=True)
class Letterhead:
    """What all letters of a batch have in common."""

    rule: StageRule
    template: FeeTemplate
    fees: FeeSettings
    office: OfficeSettings
    language: str
    dated_on: date


def letter_content(
    debt: Debt,
    head: Letterhead,
    *,
    number: str,
    times: int,
    prepaid_fen: int,
    version: int = 1,
    corrects: str = "",
    asked_by: date | None = None,
) -> LetterContent:
    """Return what a letter says, in the language that is spoken; `asked_by` is a later pay-by."""
    fees = head.fees
    lines = letter_lines(debt.bills)
    total = sum(bill.open_fen for bill in debt.bills)
    late = [bill for bill in debt.bills if bill.kind is BillKind.LATE_FEE]
    basis = _basis(debt.bills)
    until = asked_by or pay_by(head.rule, head.dated_on)
    due = max(bill.due_on for bill in debt.bills)
    if head.rule.stage is Stage.NOTICE and asked_by is None and due >= head.dated_on:
        until = due
    pay_days = until.toordinal() - head.dated_on.toordinal()
    contract = _("«{name}»").format(name=basis.contract.strip("《》")) if basis.contract else ""
    payee = fees.payee or head.office.company
    values = {
        "office": payee or head.office.office_name,
        "community": debt.community,
        "owner": debt.owner,
        "user": debt.user,
        "house": debt.house,
        "short": debt.short,
        "area": debt.area,
        "contract": contract,
        "contract_number": basis.contract_number,
        "contract_on": day_words(basis.contract_on) if basis.contract_on else "",
        "fee_clause": basis.fee_clause,
        "due_clause": basis.due_clause,
        "late_clause": basis.late_clause,
        "from_on": day_words(min(bill.from_on for bill in debt.bills)),
        "until_on": day_words(max(bill.until_on for bill in debt.bills)),
        "total": money_words(total),
        "capitals": in_capitals(total),
        "pay_by": day_words(until),
        "pay_days": str(pay_days),
        "dated_on": day_words(head.dated_on),
        "number": number,
        "times": str(times),
        "bank_payee": fees.bank_payee,
        "bank": fees.bank,
        "account": fees.account,
        "pay_place": fees.pay_place,
        "pay_hours": fees.pay_hours,
        "contact": fees.contact,
        "contact_phone": fees.contact_phone or head.office.phone,
        "objections": fees.objections.rstrip("。."),
        "prepaid": money_words(prepaid_fen) if prepaid_fen else "",
    }
    rate = max((bill.late_rate_e6 for bill in late), default=0)
    return LetterContent(
        number=number,
        stage=head.rule.stage.value,
        times=times,
        dated_on=head.dated_on.isoformat(),
        pay_by=until.isoformat(),
        language=head.language,
        payee=payee,
        credit_code=fees.credit_code,
        office=head.office.office_name,
        phone=head.office.phone,
        community=debt.community,
        house=debt.house,
        short=debt.short,
        area=debt.area,
        owner=debt.owner,
        owner_title=debt.owner_title,
        user=debt.user,
        user_title=debt.user_title,
        contract=basis.contract,
        contract_number=basis.contract_number,
        contract_on=basis.contract_on.isoformat() if basis.contract_on else "",
        fee_clause=basis.fee_clause,
        due_clause=basis.due_clause,
        late_clause=basis.late_clause,
        late_rate=_rate_words(rate) if rate else "",
        bank_payee=fees.bank_payee,
        bank=fees.bank,
        account=fees.account,
        contact=fees.contact,
        contact_phone=fees.contact_phone or head.office.phone,
        signer=fees.signer,
        total_fen=total,
        late_fen=sum(bill.open_fen for bill in late),
        prepaid_fen=prepaid_fen,
        pay_days=pay_days,
        version=version,
        lines=lines,
        parts=fill_template(head.template, values),
        explained=tuple(_explained(debt.bills)),
        corrects=corrects,
    )


def _basis(bills: tuple[LetterBill, ...]) -> LetterBill:
    """Return the bill whose contract the letter names: the largest one that rests on a contract."""
    return max(bills, key=lambda bill: (bill.contract_on is not None, bool(bill.contract),
                                        bill.open_fen, -bill.id))  # fmt: skip


def _rate_words(rate_e6: int) -> str:
    return _("{rate} % a day").format(rate=f"{rate_e6 / 10_000:.4f}".rstrip("0").rstrip("."))


def _explained(bills: tuple[LetterBill, ...]) -> Iterator[Explained]:
    """Give the shared and metered charges with their working: the back page (R98)."""
    for bill in bills:
        if "share" in bill.working or "meter" in bill.working:
            period = _("{first} to {last}").format(first=bill.from_on, last=bill.until_on)
            words = tuple(working_words(bill.working))
            if words:
                # Most workings name the days themselves; once is enough.
                is_said = any(period in line for line in words)
                yield Explained(bill.item if is_said else f"{bill.item} {period}", words)
