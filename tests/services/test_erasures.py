"""Erasing, sealing and what people ask about their data (PIPL 44-50; law.md 1.7, 1.8)."""

from datetime import date, timedelta

import pytest

from propdesk.domain.contacts import ContactDraft, Counterparty
from propdesk.domain.data_requests import RequestKind, RequestResult
from propdesk.domain.erasure import GONE, Part, Stop, months_later
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import (
    backups,
    checking,
    contacts,
    data_requests,
    erasures,
    offices,
    residents,
    tickets,
)
from propdesk.services.queries.data_requests import list_requests
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.erasures import (
    count_over,
    list_erasable,
    list_erasures,
    list_returned,
    plan_erasure,
)
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import database, rows
from propdesk.storage.erasure_ledger import ledger_of

NAME, PHONE = "欧阳修竹", "13955501234"
LATER = timedelta(weeks=53 * 6)


@pytest.fixture
def person(world, now):
    """Somebody who reported a leak, talked, and moved out; all is settled."""
    draft = PersonDraft(
        NAME, ResidentRole.TENANT, "欧阳先生", (PHONE,), date(2026, 1, 1), note="晚上 8 点后联系"
    )
    stay = residents.add_resident(world.home.id, draft, by=world.desk.id, now=now)
    ticket = tickets.register_ticket(
        TicketDraft(
            Kind.REPAIR,
            f"{NAME}家漏水，请打 {PHONE}",
            unit_id=world.home.id,
            reporter_id=stay.person_id,
            reporter_name=NAME,
            reporter_phone=PHONE,
        ),
        by=world.desk.id,
        now=now,
    )
    tickets.complete_ticket(ticket.id, text=f"{NAME}已签字", by=world.desk.id, now=now)
    tickets.reply_ticket(ticket.id, text="已答复", by=world.desk.id, now=now)
    talk = ContactDraft(
        f"{NAME}来问车位",
        unit_id=world.home.id,
        person_id=stay.person_id,
        name=NAME,
        phone=PHONE,
        counterparty=Counterparty.TENANT,
    )
    contacts.log_contact(talk, by=world.desk.id, now=now)
    residents.end_residency(
        world.home.id,
        stay.residency_id,
        to_on=now.date() - timedelta(days=1),
        by=world.desk.id,
        now=now,
    )
    return stay.person_id


def trace(office, *words):
    """Return which words the data file and its log still hold anywhere."""
    bytes_of = b"".join(
        file.read_bytes() for file in office.folder.glob("office.db*") if file.is_file()
    )
    return [word for word in words if word.encode() in bytes_of]


def test_who_still_lives_here_or_waits_is_not_erased_and_all_of_it_is_said(world, now):
    owner = rows("SELECT person_id FROM residency WHERE unit_id = ?", world.home.id)[0][0]
    draft = TicketDraft(Kind.REPAIR, "灯不亮", unit_id=world.home.id, reporter_id=owner,
                        reporter_name="张伟丰")  # fmt: skip
    tickets.register_ticket(draft, by=world.desk.id, now=now)
    plan = plan_erasure(owner, today=now.date(), office=world.office)
    assert set(plan.stops) == {Stop.PRESENT, Stop.OPEN_TICKETS}
    for act in (
        lambda: erasures.erase_person(world.office, owner, "本人要求", by=world.desk.id, now=now),
        lambda: erasures.seal_person(owner, "本人要求", by=world.desk.id, now=now),
    ):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "erasure-stopped"
    assert list_erasures() == ()


def test_the_law_keeps_a_ticket_three_years_and_the_person_is_sealed_until_then(world, now, person):
    request = data_requests.receive_request(
        person, RequestKind.DELETE, "请删除", by=world.desk.id, now=now
    )
    plan = plan_erasure(person, today=now.date(), on_request=True)
    assert [(keep.retention, keep.until) for keep in plan.keeps] == [
        ("tickets", months_later(now.date(), 36))
    ]
    with pytest.raises(RuleError) as refused:
        erasures.erase_person(
            world.office, person, "本人要求", by=world.desk.id, now=now, request_id=request.id
        )
    assert refused.value.code == "erasure-kept"
    erasures.seal_person(person, "三年未满", by=world.desk.id, now=now, request_id=request.id)
    for typed in (NAME, "oyxz", PHONE, "1234"):
        hits = search_desk(typed, today=now.date())
        assert NAME not in {hit.name for hit in hits}
        assert person not in {hit.person_id for hit in hits}
    erasures.unseal_person(person, "法院调取", by=world.desk.id, now=now)
    assert rows("SELECT count(*) FROM desk_key WHERE kind = 'person' AND target = ?", person) != [
        (0,)
    ]
    assert [one.kind for one in list_erasures()] == ["unsealed", "sealed"]


def test_an_erased_person_is_in_no_byte_of_the_data(world, now, person):
    after = now + LATER
    assert trace(world.office, NAME, PHONE) == [NAME, PHONE]
    plan = plan_erasure(person, today=after.date(), office=world.office)
    assert plan.may_erase
    assert plan.counts[Part.TICKETS] == plan.counts[Part.CONTACTS] == 1
    done = erasures.erase_person(
        world.office, person, f"保存期满 {NAME}", by=world.desk.id, now=after
    )
    assert done.counts == plan.counts
    assert NAME not in done.reason
    assert trace(world.office, NAME, PHONE, "欧阳修竹", "ouyangxiuzhu", "oyxz") == []
    (row,) = rows("SELECT name, note, erased_at IS NOT NULL FROM person WHERE id = ?", person)
    assert row == (GONE, "", 1)
    assert rows("SELECT count(*) FROM residency WHERE person_id = ?", person) == [(1,)]
    assert checking.check_office(world.office).ok


def test_what_happened_stays_and_is_found_by_its_other_words(world, now, person):
    after = now + LATER
    (number,) = rows("SELECT id FROM ticket WHERE reporter_id = ?", person)[0]
    before = get_ticket(number)
    erasures.erase_person(world.office, person, "期满", by=world.desk.id, now=after)
    ticket = get_ticket(number)
    assert (ticket.reporter_name, ticket.reporter_phone) == (GONE, "")
    assert ticket.text == before.text.replace(NAME, GONE).replace(PHONE, GONE)
    assert [one.kind for one in ticket.events] == [one.kind for one in before.events]
    assert f"{GONE}已签字" in [one.text for one in ticket.events]
    with pytest.raises(Exception, match="append-only"):
        rows("UPDATE ticket_event SET text = 'x'")


def test_nobody_is_erased_twice_or_without_a_reason(world, now, person):
    after = now + LATER
    with pytest.raises(DraftError):
        erasures.erase_person(world.office, person, " ", by=world.desk.id, now=after)
    erasures.erase_person(world.office, person, "期满", by=world.desk.id, now=after)
    with pytest.raises(RuleError) as refused:
        erasures.erase_person(world.office, person, "期满", by=world.desk.id, now=after)
    assert refused.value.code == "person-erased"
    with pytest.raises(RuleError) as refused:
        data_requests.receive_request(person, RequestKind.ACCESS, by=world.desk.id, now=after)
    assert refused.value.code == "person-unknown"


def test_whose_time_is_over_is_listed(world, now, person):
    assert list_erasable(now.date()) == ()
    due = list_erasable((now + timedelta(weeks=53)).date())
    assert [plan.person_id for plan in due] == [person]
    assert not due[0].may_erase  # the ticket is kept by the office for five years
    assert list_erasable((now + LATER).date())[0].may_erase


@pytest.fixture
def asked():
    """Return how many statements a piece of work asks the database."""

    def count(work):
        seen = []
        database.query_hooks.append(seen.append)
        try:
            work()
        finally:
            database.query_hooks.remove(seen.append)
        return len(seen)

    return count


def test_many_whose_time_is_over_are_asked_for_at_once(world, now, person, asked):
    """The list says of each what his own plan says, with as many queries as for one."""
    by = {"by": world.desk.id, "now": now}
    day = (now + timedelta(weeks=53)).date()
    one = asked(lambda: list_erasable(day))
    gone = now.date() - timedelta(days=2)
    for n in range(5):
        draft = PersonDraft(f"租客{n}", ResidentRole.TENANT, from_on=gone, to_on=gone)
        residents.add_resident(world.villa.id, draft, **by)
    due = list_erasable(day)
    assert len(due) == 6
    assert list(due) == [plan_erasure(plan.person_id, today=day) for plan in due]
    assert {plan.may_erase for plan in due} == {True, False}
    assert asked(lambda: list_erasable(day)) == one


def test_another_of_the_same_name_stays(world, now, person):
    other = residents.add_resident(
        world.villa.id, PersonDraft(NAME, phones=("13700009999",)), by=world.desk.id, now=now
    )
    erasures.erase_person(world.office, person, "期满", by=world.desk.id, now=now + LATER)
    assert rows("SELECT name FROM person WHERE id = ?", other.person_id) == [(NAME,)]
    assert {hit.person_id for hit in search_desk(NAME, today=now.date())} == {other.person_id}


def test_a_request_is_answered_within_its_days_and_a_refusal_has_its_reason(world, now, person):
    request = data_requests.receive_request(
        person, RequestKind.COPY, "要一份我的资料", by=world.desk.id, now=now
    )
    assert (request.due_on - now.date()).days == 15
    assert not request.is_late(request.due_on)
    assert request.is_late(request.due_on + timedelta(days=1))
    assert list_requests(open_only=True) == (request,)
    with pytest.raises(DraftError):
        data_requests.answer_request(request.id, RequestResult.REFUSED, by=world.desk.id, now=now)
    done = data_requests.answer_request(request.id, RequestResult.DONE, by=world.desk.id, now=now)
    assert list_requests(open_only=True) == ()
    assert done.answered_at == now.replace(tzinfo=None)
    with pytest.raises(RuleError) as refused:
        data_requests.answer_request(request.id, RequestResult.DONE, by=world.desk.id, now=now)
    assert refused.value.code == "request-answered"


def test_somebody_elses_request_is_no_ground(world, now, person):
    other = rows("SELECT person_id FROM residency WHERE unit_id = ?", world.home.id)[0][0]
    request = data_requests.receive_request(other, RequestKind.DELETE, by=world.desk.id, now=now)
    with pytest.raises(RuleError) as refused:
        erasures.erase_person(
            world.office, person, "期满", by=world.desk.id, now=now, request_id=request.id
        )
    assert refused.value.code == "request-unknown"


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 21), 36, date(2029, 11, 21)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_later(day, months, later):
    assert months_later(day, months) == later


@pytest.fixture
def brought_back(world, now, person, tmp_path):
    """Erase somebody after a backup, and bring that backup back; return what restoring said."""
    after = now + LATER
    made = backups.make_backup(world.office, now=after - timedelta(hours=1), second=None)
    reason = {"by": world.desk.id, "now": after}
    erasures.erase_person(world.office, person, "本人要求", **reason)
    restored = backups.restore(made.file, tmp_path / "restored")
    offices.close_office(world.office)
    return restored, after


def test_pipl47_a_backup_that_brings_an_erased_person_back_says_so(
    world, person, brought_back, tmp_path
):
    restored, after = brought_back
    assert restored.erase_again == (person,)
    assert str(person) in backups.again_words(restored.erase_again)
    ledger = ledger_of(world.office.backups, restored.manifest.office_uid).read_text("ascii")
    assert ledger.split() == [f"{after:%Y-%m-%dT%H:%M:%S}", str(person)]  # and no name
    office = offices.open_office(restored.folder, now=after)
    try:
        assert rows("SELECT name FROM person WHERE id = ?", person) == [(NAME,)]
        (plan,) = [one for one in list_erasable(after.date()) if one.was_erased]
        assert (plan.person_id, plan.may_erase) == (person, True)
        assert count_over(after.date()) >= 1
        erasures.erase_person(office, person, "备份恢复后重做", by=world.desk.id, now=after)
        assert list_returned() == ()
        assert trace(office, NAME, PHONE) == []
    finally:
        offices.close_office(office)


def test_a_backup_made_after_the_erasing_brings_nobody_back(world, now, person, tmp_path):
    after = now + LATER
    erasures.erase_person(world.office, person, "本人要求", by=world.desk.id, now=after)
    made = backups.make_backup(world.office, now=after + timedelta(hours=1))
    assert backups.restore(made.file, tmp_path / "restored").erase_again == ()


def test_the_second_place_says_who_was_erased_too(world, now, person, tmp_path):
    place = tmp_path / "stick"
    place.mkdir()
    after = now + LATER
    before = backups.make_backup(world.office, now=now, second=place)
    erasures.erase_person(world.office, person, "本人要求", by=world.desk.id, now=after)
    backups.make_backup(world.office, now=after, second=place)
    assert before.second is not None
    assert backups.restore(before.second, tmp_path / "restored").erase_again == (person,)
