"""Take a person out of every record; what happened stays, without him (PIPL 47; law.md 1.8).

The caller holds the transaction. Rows that prove something (stays, moves, tickets, consents) stay
as rows; what is only about him (phones, details, keys of the search) goes.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from peewee import Field

from propdesk.domain.erasure import GONE, cleaned
from propdesk.domain.fee_letters import content_sha256
from propdesk.services.parts.erasing_fees import erase_fee_names, fee_texts
from propdesk.services.parts.erasing_rounds import found_tickets, round_texts
from propdesk.services.parts.registering import index
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.contacts import ContactChangeRecord, ContactRecord
from propdesk.storage.database import OfficeTable, database
from propdesk.storage.dunning import FeeLetterRecord
from propdesk.storage.erasing import forget_words, journal_writable
from propdesk.storage.houses import (
    DecorationPatrolRecord,
    DecorationRecord,
    GatePassRecord,
    MoveRecord,
    PetRecord,
    UnitKeyRecord,
)
from propdesk.storage.office import ImportChangeRecord
from propdesk.storage.papers import LetterRecord
from propdesk.storage.persons import PersonRecord, PhoneRecord, ResidencyRecord, VehicleRecord
from propdesk.storage.privacy import ConsentRecord, DataRequestRecord, PersonDetailRecord
from propdesk.storage.search import drop_keys
from propdesk.storage.tickets import TicketEventRecord, TicketRecord
from propdesk.storage.units import UnitChangeRecord, UnitRecord

# What is his own in the rows that stay: table, whose it is, what its columns become.
_OWN: tuple[tuple[type[OfficeTable], Field, dict[str, Any]], ...] = (
    (ResidencyRecord, ResidencyRecord.person, {"relation": ""}),
    (PetRecord, PetRecord.person, {"name": "", "breed": "", "licence": "", "note": ""}),
    (UnitKeyRecord, UnitKeyRecord.person, {"holder": GONE, "note": ""}),
    (
        MoveRecord,
        MoveRecord.person,
        {
            "name": GONE,
            "handled_by": "",
            "reason_text": "",
            "new_address": "",
            "new_phone": "",
            "note": "",
        },
    ),
    (
        TicketRecord,
        TicketRecord.reporter,
        {"reporter_name": GONE, "reporter_phone": "", "text_hash": None},
    ),
    (ContactRecord, ContactRecord.person, {"name": GONE, "phone": ""}),
    (ConsentRecord, ConsentRecord.person, {"given_by": "", "note": ""}),
    (DataRequestRecord, DataRequestRecord.person, {"text": ""}),
)


def erase_persons(ids: Sequence[int], words: tuple[str, ...], today: date) -> None:
    """Take these persons, who are one, out of every record; `words` are what names him."""
    tickets = [one.id for one in TicketRecord.select().where(TicketRecord.reporter.in_(ids))]
    with journal_writable():
        for rows, columns in (*_texts(ids, tickets), *fee_texts(ids), *round_texts(ids)):
            for row in rows:
                _clean(row, columns, words)
        erase_fee_names(ids)
    LetterRecord.update(addressee=GONE, contact="").where(
        LetterRecord.ticket.in_(tickets)
    ).execute()
    for table, whose, values in _OWN:
        table.update(values).where(whose.in_(ids)).execute()
    _drop_phones(ids)
    _drop_vehicles(ids, today)
    PersonDetailRecord.delete().where(PersonDetailRecord.person.in_(ids)).execute()
    _drop_import_changes("person", ids)
    for word in words:
        database.execute_sql("DELETE FROM draft WHERE instr(fields, ?)", (word,))
    drop_keys("person", ids)
    PersonRecord.update(
        name=GONE,
        salutation="",
        note="",
        special="",
        special_until=None,
        segment="",
        died_on=None,
        import_id=None,
        version=PersonRecord.version + 1,
    ).where(PersonRecord.id.in_(ids)).execute()
    again = (*tickets, *found_tickets(ids))
    for ticket in TicketRecord.select().where(TicketRecord.id.in_(again)):
        index(ticket)
    forget_words()


def _texts(
    ids: Sequence[int], tickets: Sequence[int]
) -> Iterator[tuple[Iterator[OfficeTable], tuple[str, ...]]]:
    """Yield the rows in whose texts he may be named, with the columns of those texts."""
    contacts = [one.id for one in ContactRecord.select().where(ContactRecord.person.in_(ids))]
    stays = ResidencyRecord.select().where(ResidencyRecord.person.in_(ids))
    houses = [one.unit_id for one in stays]
    neighbours = ResidencyRecord.select().where(ResidencyRecord.unit.in_(houses))
    others = {one.person_id for one in neighbours} - set(ids)
    works = [one.id for one in DecorationRecord.select().where(DecorationRecord.unit.in_(houses))]
    for table, whose, among, columns in (
        (TicketRecord, TicketRecord.id, tickets,
         "matter text wish spot place cause prevention price_agreed_by"),
        (TicketEventRecord, TicketEventRecord.ticket, tickets, "text detail"),
        (LetterRecord, LetterRecord.ticket, tickets, "care apology measures deadline thanks"),
        (AttachmentRecord, AttachmentRecord.ticket, tickets, "name caption"),
        (AttachmentRecord, AttachmentRecord.unit, houses, "name caption"),
        (ContactRecord, ContactRecord.id, contacts, "text wish opinion result void_reason"),
        (ContactChangeRecord, ContactChangeRecord.contact, contacts, "before"),
        (GatePassRecord, GatePassRecord.unit, houses,
         "carrier carrier_phone confirmed_by plate items"),
        (DecorationRecord, DecorationRecord.unit, houses,
         ("applicant phone foreman scope structure_consent outcome note deposit_note "
          "deduction_reason")),
        (DecorationPatrolRecord, DecorationPatrolRecord.decoration, works, "finding"),
        (MoveRecord, MoveRecord.unit, houses,
         "name handled_by reason_text new_address new_phone note open_reason void_reason"),
        (UnitKeyRecord, UnitKeyRecord.unit, houses, "holder label note"),
        (PetRecord, PetRecord.unit, houses, "name note"),
        (VehicleRecord, VehicleRecord.unit, houses, "description note"),
        (ResidencyRecord, ResidencyRecord.unit, houses, "relation"),
        (PersonRecord, PersonRecord.id, others, "note special"),
        (ConsentRecord, ConsentRecord.person, others, "given_by note"),
        (UnitRecord, UnitRecord.id, houses, "note contract"),
        (UnitChangeRecord, UnitChangeRecord.unit, houses, "note value"),
    ):  # fmt: skip
        yield iter(table.select().where(whose.in_(among))), tuple(columns.split())


def _clean(row: OfficeTable, columns: Sequence[str], words: tuple[str, ...]) -> None:
    """Cut names and phones out of a row's texts; only what changes is written."""
    changed = False
    for column in columns:
        old = getattr(row, column)
        new = _cleaned(old, words)
        if new != old:
            setattr(row, column, new)
            changed = True
    if changed:
        if isinstance(row, FeeLetterRecord):
            row.content_sha256 = content_sha256(row.content)
        row.save()


def _cleaned(value: Any, words: tuple[str, ...]) -> Any:
    """Return a text, or the texts of a JSON value, without these words."""
    if isinstance(value, str):
        return cleaned(value, words)
    if isinstance(value, dict):
        return {key: _cleaned(one, words) for key, one in value.items()}
    if isinstance(value, list):
        return [_cleaned(one, words) for one in value]
    return value


def _drop_phones(ids: Sequence[int]) -> None:
    phones = [one.id for one in PhoneRecord.select().where(PhoneRecord.person.in_(ids))]
    _drop_import_changes("phone", phones)
    drop_keys("phone", phones)
    PhoneRecord.delete().where(PhoneRecord.id.in_(phones)).execute()


def _drop_vehicles(ids: Sequence[int], today: date) -> None:
    """End his vehicles and take their plates away; the row says that there was one."""
    own = list(VehicleRecord.select().where(VehicleRecord.person.in_(ids)))
    drop_keys("plate", [vehicle.id for vehicle in own])
    for vehicle in own:
        vehicle.plate, vehicle.description, vehicle.note = GONE, "", ""
        last = max(today, vehicle.from_on or today)
        vehicle.to_on = min(vehicle.to_on or last, last)
        vehicle.save()


def _drop_import_changes(record: str, targets: Sequence[int]) -> None:
    ImportChangeRecord.delete().where(
        ImportChangeRecord.record == record, ImportChangeRecord.target.in_(targets)
    ).execute()
