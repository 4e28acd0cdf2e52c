"""The office's settings: kept, and refused where they would spoil what stands."""

from dataclasses import replace

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import DEFAULT_LETTERS, qr_text
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.tickets import find_ticket
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import database


def test_settings_are_kept(world):
    changed = replace(get_settings(), office_name="云澜花园物业服务中心", repeat_days=15)
    save_settings(changed, by=world.desk.id)
    assert get_settings() == changed


def test_letters_in_another_kinds_numbers_are_refused(world):
    draft = TicketDraft(Kind.REPAIR, "水管漏水", place="3栋大堂")
    tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    swapped = dict(DEFAULT_LETTERS) | {Kind.COMPLAINT: "BX", Kind.REPAIR: "TS"}
    with pytest.raises(RuleError) as refusal:
        save_settings(replace(get_settings(), number_letters=swapped), by=world.desk.id)
    assert refusal.value.code == "setting-letters"
    assert "BX-202611-0001" in str(refusal.value)
    own = dict(DEFAULT_LETTERS) | {Kind.REPAIR: "WX"}
    save_settings(replace(get_settings(), number_letters=own), by=world.desk.id)
    renamed = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    assert renamed.number == "WX-202611-0002"
    save_settings(replace(get_settings(), number_letters=DEFAULT_LETTERS), by=world.desk.id)


@pytest.mark.parametrize(
    "pattern", ["{letters}_{year}{month}_{sequence}", "{letters}{year}{month}{sequence}"]
)
def test_numbers_of_an_offices_own_pattern_are_found(world, pattern):
    save_settings(replace(get_settings(), number_pattern=pattern), by=world.desk.id)
    draft = TicketDraft(Kind.REPAIR, "水管漏水", place="3栋大堂")
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    assert ticket.number in {"BX_202611_0001", "BX2026110001"}
    assert find_ticket(ticket.number).id == ticket.id
    assert find_ticket(ticket.number.lower()).id == ticket.id
    assert [
        hit.ticket_id for hit in search_desk(qr_text(ticket.number, 1), today=world.now.date())
    ] == [ticket.id]


BROKEN = {
    "office_name": ["5", "null", '""', "[]", '"\\u0000'],
    "paper_language": ['"klingon"', "3"],
    "work_order_paper": ['"A0"', "{}"],
    "copy_names": ["7", "[1, 2]", "[]", '"存根联"', '["一","二","三","四","五"]'],
    "worker_copy": ["false"],
    "number_pattern": ['"{year"', "[]", '"no number"'],
    "number_letters": ["[]", '"TS"', '{"complaint": 5}', '{"complaint": "BX"}'],
    "repeat_days": ['"thirty"', "0", "1e9", "true", "null"],
    "second_backup_folder": ["12"],
    "work_order_note": [f'"{"长" * 5000}"'],
}


@pytest.mark.parametrize(
    ("name", "stored"),
    [(name, stored) for name, many in BROKEN.items() for stored in (*many, "\0" * 64, "{broken")],
)
def test_a_setting_of_the_wrong_kind_has_its_default_and_the_others_stay(world, name, stored):
    other = "phone" if name != "phone" else "company"
    save_settings(replace(get_settings(), **{other: "0571-88880000"}), by=world.desk.id)
    database.execute_sql(
        "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", (f"office.{name}", stored)
    )
    settings = get_settings()
    assert getattr(settings, name) == getattr(OfficeSettings(), name)
    assert getattr(settings, other) == "0571-88880000"
    # Saved again they are whole.
    save_settings(settings, by=world.desk.id)
    assert get_settings() == settings


def test_a_setting_of_a_newer_program_is_left_alone(world):
    database.execute_sql("INSERT INTO setting VALUES ('office.later', '\"x\"')")
    save_settings(get_settings(), by=world.desk.id)
    found = database.execute_sql("SELECT value FROM setting WHERE key = 'office.later'").fetchone()
    assert found == ('"x"',)
