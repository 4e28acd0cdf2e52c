"""The desk search (Ctrl+K) and the caller card: the house and person known within a keystroke."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from propdesk.domain.contacts import Contact
from propdesk.domain.fee_papers import FeePaper
from propdesk.domain.masking import mask_phone
from propdesk.domain.numbers import normal_number, number_forms, read_paper_digits, read_qr
from propdesk.domain.persons import ResidentRole
from propdesk.domain.segments import Segment
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold
from propdesk.domain.tickets import Status
from propdesk.domain.units import parse_address
from propdesk.services.parts.periods import not_ended
from propdesk.services.queries.accounts import UnitAccount, get_account
from propdesk.services.queries.contacts import ContactFilter, list_contacts
from propdesk.services.queries.fee_papers import find_fee_papers
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.segments import segment_of
from propdesk.services.queries.tickets import TicketFilter, TicketRow, list_tickets
from propdesk.services.queries.units import Unit, get_unit
from propdesk.storage.database import rows


class HitKind(StrEnum):
    """What a line of the desk search is."""

    PERSON = "person"
    UNIT = "unit"
    TICKET = "ticket"
    FEE = "fee"


@dataclass(frozen=True, slots=True)
class DeskHit:
    """A line of the desk search: a person in a house, a house, a ticket, or a paper about fees."""

    kind: HitKind
    unit_id: int | None
    person_id: int | None
    ticket_id: int | None
    where: str
    name: str
    phone: str
    role: str
    paper: FeePaper | None = None


@dataclass(frozen=True, slots=True)
class CallerCard:
    """What the clerk sees while the phone rings; phones are masked until shown.

    `account` is there for those who may see fees.
    """

    unit: Unit
    caller: Resident | None
    residents: tuple[Resident, ...]
    open_tickets: tuple[TicketRow, ...]
    last_tickets: tuple[TicketRow, ...]
    last_contacts: tuple[Contact, ...]
    repeats: int
    segment: Segment | None = None
    account: UnitAccount | None = None


_PEOPLE = (
    "SELECT u.id, u.short, p.id, coalesce(nullif(p.salutation, ''), p.name), p.name, r.role, "
    "(SELECT phone FROM phone WHERE person_id = p.id ORDER BY id LIMIT 1) "
    "FROM residency r JOIN person p ON p.id = r.person_id JOIN unit u ON u.id = r.unit_id "
    "WHERE p.sealed_at IS NULL AND p.erased_at IS NULL AND "
)

_DOTS = re.compile("[·•・.]")

_KEYS = "SELECT DISTINCT kind, target FROM desk_key WHERE key >= ? AND key < ? LIMIT 60"


def search_desk(
    typed: str, *, today: date, limit: int = 20, with_fees: bool = False
) -> tuple[DeskHit, ...]:
    """Return houses, persons and tickets for what was typed, best first (decision 31).

    Who moves in soon is found as well: he calls before he comes. Receipts, fee letters, plans, bill
    runs and publications are found by their numbers and bars `with_fees`, for those who may see
    fees.
    """
    text = re.sub(r"\s+", "", fold(typed))
    if not text:
        return ()
    found = _tickets(text) if _looks_like_number(text) else ()
    # As it was typed, and in simplified characters: names stand under both; plates have no dot.
    targets = [
        target
        for form in dict.fromkeys((text, simplified(text), _DOTS.sub("", text)))
        if form
        for target in rows(_KEYS, form, form + "\U0010ffff")
    ]
    address = parse_address(typed)
    if address is not None:
        key = fold(address.short)
        near = targets if key == text else rows(_KEYS, key, key + "\U0010ffff")
        others = [target for target in targets if target[0] != "unit"]
        targets = [*rows(_KEYS, key, key + "\x00"), *others, *near]
    fees = map(_fee_hit, find_fee_papers(typed)) if with_fees else ()
    hits = (*found, *fees, *_expand(list(dict.fromkeys(targets)), today))
    return tuple(dict.fromkeys(hits))[:limit]


def _looks_like_number(text: str) -> bool:
    return (
        bool(re.match(r"^[a-z]{1,4}-?\d{4,}", text))
        or (len(text) == 16 and text.isdigit())
        or read_qr(text) is not None
    )


def _tickets(text: str) -> tuple[DeskHit, ...]:
    code, scanned = read_paper_digits(text), read_qr(text)
    if scanned is not None:
        found = rows(
            "SELECT id, number, matter FROM ticket WHERE number = ?", normal_number(scanned.compact)
        ) or rows(
            # An office's own pattern: only it knows where the dashes stood.
            "SELECT id, number, matter FROM ticket WHERE replace(number, '-', '') = ?",
            scanned.compact,
        )
    elif code is not None:
        found = rows(
            "SELECT id, number, matter FROM ticket WHERE series_kind = ? AND series_month = ? "
            "AND series_sequence = ?",
            code.kind.value,
            code.month,
            code.sequence,
        )
    else:
        forms, number = number_forms(text), normal_number(text)
        # The number itself, then the newest of those that begin like it.
        marks = ", ".join("?" * len(forms))
        found = rows(
            f"SELECT id, number, matter FROM ticket WHERE number IN ({marks})", *forms
        ) + rows(
            "SELECT id, number, matter FROM ticket WHERE number > ? AND number < ? "
            "ORDER BY number DESC LIMIT 8",
            number,
            number + "\U0010ffff",
        )
    return tuple(
        DeskHit(HitKind.TICKET, None, None, row[0], row[1], row[2], "", "") for row in found
    )


def _fee_hit(paper: FeePaper) -> DeskHit:
    words = paper.where if paper.unit_id is not None else paper.words
    return DeskHit(HitKind.FEE, paper.unit_id, None, None, paper.number, words, "", "", paper)


def _expand(targets: list[tuple[str, int]], today: date) -> list[DeskHit]:
    """Turn key targets into lines: a person in each of his houses, a house with its people."""
    hits: list[DeskHit] = []
    stays = not_ended("r", today)
    for kind, target in targets:
        if kind == "person":
            hits += _people(f"r.person_id = ? AND {stays}", target)
        elif kind == "phone":
            hits += _people(
                f"r.person_id = (SELECT person_id FROM phone WHERE id = ?) AND {stays}",
                target,
            )
        elif kind == "plate":
            # Its words stay until somebody ends it again: its last day may have come by itself.
            house = f"(SELECT unit_id FROM vehicle v WHERE id = ? AND {not_ended('v', today)})"
            hits += _house(house, target, stays)
        else:
            hits += _house("?", target, stays)
        if len(hits) >= 30:
            break
    return hits


def _people(condition: str, value: int) -> list[DeskHit]:
    found = rows(_PEOPLE + condition + " ORDER BY u.short LIMIT 10", value)
    return [
        DeskHit(
            kind=HitKind.PERSON,
            unit_id=row[0],
            person_id=row[2],
            ticket_id=None,
            where=row[1],
            name=row[3],
            phone=mask_phone(row[6] or ""),
            role=row[5],
        )
        for row in found
    ]


def _house(unit: str, value: int, stays: str) -> list[DeskHit]:
    people = _people(f"u.id = {unit} AND {stays}", value)
    if people:
        return people
    found = rows(f"SELECT id, short FROM unit WHERE id = {unit}", value)
    return [DeskHit(HitKind.UNIT, row[0], None, None, row[1], "", "", "") for row in found]


def get_caller_card(
    unit_id: int,
    person_id: int | None,
    *,
    now: datetime,
    repeat_days: int = 30,
    with_account: bool = False,
) -> CallerCard:
    """Return what is known about a caller: house, people, open and last tickets, repeats (R43)."""
    residents = list_residents(unit_id, now.date())
    present = tuple(one for one in residents if one.present)
    caller = next((one for one in present if one.person_id == person_id), None)
    if caller is None:
        owners = [one for one in present if one.role is ResidentRole.OWNER]
        caller = next(iter(owners or present), None)
    last = list_tickets(TicketFilter(unit_id=unit_id), now=now, limit=30).rows
    since = now.replace(tzinfo=None) - timedelta(days=repeat_days)
    recent = [
        (row.kind, row.class_code)
        for row in last
        if row.received_at >= since and row.status is not Status.VOID
    ]
    repeats = max((recent.count(one) for one in recent), default=0)
    return CallerCard(
        unit=get_unit(unit_id),
        caller=caller,
        residents=residents,
        open_tickets=list_tickets(
            TicketFilter(group="open", unit_id=unit_id), now=now, limit=10
        ).rows,
        last_tickets=last[:3],
        last_contacts=list_contacts(ContactFilter(unit_id=unit_id), limit=3).rows,
        repeats=repeats if repeats > 1 else 0,
        segment=segment_of(caller.person_id) if caller else None,
        account=get_account(unit_id, now.date()) if with_account else None,
    )
