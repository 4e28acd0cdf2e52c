"""A person's row, phones and search words; the caller holds the transaction."""

from collections.abc import Iterable
from dataclasses import replace

from propdesk.domain.errors import DraftError
from propdesk.domain.persons import PersonDraft, check_person, phone_digits
from propdesk.domain.texts import clean_line, clean_text
from propdesk.services.parts.search_keys import person_keys, phone_keys
from propdesk.storage.persons import PersonRecord, PhoneRecord
from propdesk.storage.search import add_keys, drop_keys, replace_keys


def checked_person(draft: PersonDraft) -> PersonDraft:
    """Return the draft as it is stored; a name of invisible characters is no name."""
    guardian = draft.guardian
    clean = replace(
        draft,
        name=clean_line(draft.name),
        salutation=clean_line(draft.salutation),
        note=clean_text(draft.note),
        special=clean_line(draft.special),
        relation=clean_line(draft.relation),
        guardian=guardian and replace(guardian, name=clean_line(guardian.name)),
    )
    problems = check_person(clean)
    if problems:
        raise DraftError(problems)
    return clean


def add_person(draft: PersonDraft) -> PersonRecord:
    """Make a person of a checked draft, who is in no house yet; two of a name stay two (F47)."""
    person = PersonRecord.create(
        name=draft.name,
        salutation=draft.salutation,
        note=draft.note,
        special=draft.special,
        special_until=draft.special_until,
        kind=draft.kind.value,
    )
    store_phones(person.id, draft.phones)
    add_keys("person", person.id, person_keys(person.name, person.salutation))
    return person


def change_person(person: PersonRecord, draft: PersonDraft) -> None:
    """Store a checked draft over a person; what he is to a house is not the person's."""
    person.name, person.salutation, person.note = draft.name, draft.salutation, draft.note
    person.special, person.special_until = draft.special, draft.special_until
    person.kind = draft.kind.value
    person.version += 1
    person.save()
    store_phones(person.id, draft.phones)
    replace_keys("person", person.id, person_keys(person.name, person.salutation))


def store_phones(person_id: int, phones: Iterable[str]) -> None:
    """Give a person these phones and no others; the same digits typed otherwise stay."""
    wanted = {phone_digits(phone): clean_line(phone) for phone in phones if phone_digits(phone)}
    for row in PhoneRecord.select().where(PhoneRecord.person == person_id):
        if row.digits not in wanted:
            drop_keys("phone", (row.id,))
            row.delete_instance()
        wanted.pop(row.digits, None)
    for digits, phone in wanted.items():
        row = PhoneRecord.create(person=person_id, phone=phone, digits=digits)
        add_keys("phone", row.id, phone_keys(digits))
