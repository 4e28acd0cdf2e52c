"""A person is given everything that is kept of him, and nothing of others (PIPL 44, 45)."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest
from pypdf import PdfReader

from propdesk.domain.access import AccessAct
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.contacts import ContactDraft, Counterparty
from propdesk.domain.data_requests import RequestKind
from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import FIELDS, Group
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.unit_keys import KeyDraft, KeyKind
from propdesk.domain.vehicles import VehicleDraft
from propdesk.services import (
    consents,
    contacts,
    data_requests,
    person_details,
    persons,
    pets,
    residents,
    tickets,
    unit_keys,
    vehicles,
)
from propdesk.services.parts.writing import writing
from propdesk.services.person_data import note_person_data, read_person_data
from propdesk.services.printing_person_data import print_person_data
from propdesk.services.queries.access import AccessFilter, list_access
from propdesk.services.queries.person_data import READERS, get_person_data
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import database, rows

NAME, PHONE, NUMBER = "欧阳修竹", "13955501234", "11010519491231002X"


@pytest.fixture
def stay(world, now):
    draft = PersonDraft(
        NAME, ResidentRole.TENANT, "欧阳先生", (PHONE,), date(2026, 1, 1), note="晚上 8 点后联系"
    )
    return residents.add_resident(world.home.id, draft, by=world.desk.id, now=now)


@pytest.fixture
def ticket(world, now, stay):
    def register(text="厨房漏水"):
        draft = TicketDraft(
            Kind.REPAIR, text, unit_id=world.home.id, reporter_id=stay.person_id,
            reporter_name=NAME, reporter_phone=PHONE,
        )  # fmt: skip
        return tickets.register_ticket(draft, by=world.desk.id, now=now)

    return register


def said(found):
    """Return what is said of each kind of which there is something."""
    return {
        one.field.code: " | ".join(f"{e.at} {e.where} {e.words}" for e in one.entries)
        for one in found.kept
    }


def test_every_kind_of_the_catalogue_is_read():
    """A field that is added to the catalogue and not to the report would be kept in secret."""
    always = {one.code for one in FIELDS if one.group is not Group.STAFF and not one.is_optional}
    assert set(READERS) == always


def test_all_that_is_kept_of_a_person_is_told_in_full(world, now, stay, ticket):
    by = {"by": world.desk.id, "now": now}
    person = stay.person_id
    save_settings(replace(get_settings(), kept_fields=("identity-number",)), by=world.desk.id)
    consents.give_consent(
        person, ConsentDraft("identity-number", ConsentWay.PAPER, now.date()), **by
    )
    person_details.set_details(person, {"identity-number": NUMBER}, **by)
    vehicles.add_vehicle(world.home.id, VehicleDraft("苏A12345", person_id=person), **by)
    pets.add_pet(world.home.id, PetDraft(PetKind.DOG, name="旺财", person_id=person), **by)
    unit_keys.give_key(
        world.home.id, KeyDraft(KeyKind.DOOR_CARD, label="8899", person_id=person), **by
    )
    one = ticket()
    tickets.complete_ticket(one.id, text=f"{NAME}已签字", **by)
    talk = ContactDraft(
        "来问车位", unit_id=world.home.id, person_id=person, name=NAME, phone=PHONE,
        counterparty=Counterparty.TENANT,
    )  # fmt: skip
    contacts.log_contact(talk, **by)
    data_requests.receive_request(person, RequestKind.COPY, "要一份复印件", **by)
    found = said(read_person_data(person, purpose="本人要求", **by))
    for code, words in {
        "name": NAME, "phone": PHONE, "salutation": "欧阳先生", "role": world.home.short,
        "care": "晚上 8 点后联系", "vehicle": "苏A12345", "pet": "旺财", "key": "8899",
        "ticket": f"{NAME}已签字", "contact": "来问车位", "consent": "要一份复印件",
        "identity-number": NUMBER,
    }.items():  # fmt: skip
        assert words in found[code], code
    assert one.number in found["ticket"]
    (look,) = list_access(AccessFilter(person_id=person, act=AccessAct.EXPORTED))
    assert (look.what, look.purpose) == ("person-data", "本人要求")
    again = said(get_person_data(person, today=now.date()))
    assert "本人要求" in again["access"]


def test_nothing_of_the_other_people_of_a_house_is_told(world, now, stay, ticket):
    ticket()
    words = " ".join(said(get_person_data(stay.person_id, today=now.date())).values())
    assert "张伟丰" not in words
    assert "13800001234" not in words


def test_who_was_found_to_be_the_same_is_read_as_one(world, now, stay):
    twin = residents.add_resident(
        world.villa.id, PersonDraft(NAME, ResidentRole.OWNER, phones=("13700007777",)),
        by=world.desk.id, now=now,
    )  # fmt: skip
    persons.merge_persons(stay.person_id, twin.person_id, by=world.desk.id, now=now)
    for person in (stay.person_id, twin.person_id):
        found = get_person_data(person, today=now.date())
        assert "13700007777" in said(found)["phone"]
        assert PHONE in said(found)["phone"]


def test_who_is_not_there_is_refused(world, now):
    with pytest.raises(RuleError) as refused:
        read_person_data(9999, by=world.desk.id, now=now)
    assert refused.value.code == "person-unknown"


@pytest.fixture
def draw(world, now, tmp_path):
    def drawn(person, language=PaperLanguage.ZH, **more):
        target = tmp_path / "person.pdf"
        printed = print_person_data(
            target, person, by=world.desk, now=now, paper_language=language, **more
        )
        pages = [re.sub(r"\s+", "", page.extract_text()) for page in PdfReader(target).pages]
        assert len(pages) == printed.pages
        return pages

    return drawn


@pytest.mark.parametrize("language", list(PaperLanguage))
def test_the_report_says_of_each_kind_what_for_on_which_ground_and_how_long(
    stay, ticket, draw, language
):
    ticket()
    text = "".join(draw(stay.person_id, language, receiver="继承人 李兰"))
    assert NAME in text
    assert PHONE in text
    assert "继承人李兰" in text
    assert "188" in text or "285" in text


def test_a_long_file_breaks_over_pages_and_loses_no_ticket(world, now, ticket, stay, draw):
    first = ticket("厨房下水管漏水，请打电话再来")
    columns = [row[1] for row in rows("PRAGMA table_info(ticket)")]
    new = {
        "id": "id + n",
        "number": "number || '-' || n",
        "series_sequence": "series_sequence + n",
        "text": "text || n",
    }
    values = ", ".join(new.get(column, column) for column in columns)
    with writing():
        database.execute_sql(
            "WITH RECURSIVE more (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM more WHERE n < 499) "
            f"INSERT INTO ticket ({', '.join(columns)}) SELECT {values} FROM ticket, more"
        )
    pages = draw(stay.person_id)
    assert len(pages) > 10
    text = "".join(pages)
    numbers = [row[0] for row in rows("SELECT number FROM ticket")]
    assert len(numbers) == 500
    assert first.number in text
    assert [number for number in numbers if number not in text] == []


def test_printing_is_noted_and_needs_the_right(world, now, stay, tmp_path):
    note_person_data(
        stay.person_id, AccessAct.PRINTED, by=world.desk.id, now=now + timedelta(minutes=1)
    )
    (look,) = list_access(AccessFilter(person_id=stay.person_id))
    assert (look.act, look.what) == (AccessAct.PRINTED, "person-data")
    with pytest.raises(RuleError) as refused:
        print_person_data(tmp_path / "p.pdf", stay.person_id, by=world.worker, now=now)
    assert refused.value.code == "not-allowed"
    assert not (tmp_path / "p.pdf").exists()
