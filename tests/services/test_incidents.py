"""Incidents at the desk: clusters are found and offered, made, joined, left, told to callers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.tickets import EventKind, Kind, ReporterKind, TicketDraft
from propdesk.domain.units import Address
from propdesk.services import incidents, relations, settings, tickets, units
from propdesk.services.queries.incidents import (
    find_incident,
    list_clusters,
    list_incidents,
    list_incidents_at,
    list_parts,
)
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import rows


@pytest.fixture
def flats(world):
    """Four further flats of building 3."""
    return [
        units.add_unit(Address("3", "1", f"{floor}01"), community="云澜花园", by=world.desk.id)
        for floor in range(1, 5)
    ]


@pytest.fixture
def report(world, flats, now):
    """Report a power cut from a flat of building 3."""

    def register(flat=0, hours_ago=1.0, **more):
        draft = TicketDraft(
            **{
                "kind": Kind.COMPLAINT,
                "text": "家里没电",
                "unit_id": flats[flat].id,
                "class_code": "incident.power",
                **more,
            }
        )
        then = now - timedelta(hours=hours_ago)
        return tickets.register_ticket(draft, by=world.desk.id, now=then)

    return register


@pytest.fixture
def make(world, now):
    def create(*parts, **more):
        ids = [part.id for part in parts]
        return incidents.create_incident(ids, by=world.desk.id, now=now, **more)

    return create


def refusal(act, *args, **more):
    before = rows("SELECT count(*), max(sequence) FROM ticket_event")
    with pytest.raises(RuleError) as refused:
        act(*args, **more)
    assert rows("SELECT count(*), max(sequence) FROM ticket_event") == before
    return refused.value.code


def clusters(now):
    return [tuple(line.number for line in one.tickets) for one in list_clusters(now=now)]


# -- clusters


def test_f9_three_calls_of_a_class_from_a_building_are_offered(report, now):
    found = [report(flat, hours_ago=3 - flat) for flat in range(3)]
    (cluster,) = list_clusters(now=now)
    assert cluster.building == "3栋"
    assert cluster.class_code == "incident.power"
    assert [line.number for line in cluster.tickets] == [one.number for one in found]


def test_f9_a_void_ticket_does_not_count(report, world, now):
    found = [report(flat) for flat in range(3)]
    tickets.void_ticket(found[1].id, reason="重复登记", by=world.desk.id, now=now)
    assert clusters(now) == []


def test_f9_other_buildings_older_calls_and_other_classes_do_not_count(report, world, now):
    report(0)
    report(1)
    report(unit_id=world.villa.id)
    report(2, hours_ago=24.5)
    report(3, class_code="incident.water")
    report(unit_id=None, place="3栋大堂")
    assert clusters(now) == []


def test_f9_words_speak_for_the_class_where_nobody_has_classed(report, now):
    more = {"kind": Kind.REPAIR, "class_code": "unclassed", "text": "整栋楼停电了"}
    found = [report(flat, **more) for flat in range(2)] + [report(2)]
    report(3, kind=Kind.REPAIR, class_code="unclassed", text="水龙头松了")
    assert clusters(now) == [tuple(one.number for one in found)]


def test_f9_the_office_says_how_many_and_how_long(report, world, now):
    for flat in range(3):
        report(flat, hours_ago=3 - flat)
    office = settings.get_settings()
    settings.save_settings(replace(office, cluster_tickets=4), by=world.desk.id)
    assert clusters(now) == []
    settings.save_settings(replace(office, cluster_hours=2), by=world.desk.id)
    assert clusters(now) == []
    assert refusal(
        settings.save_settings, replace(office, cluster_tickets=1), by=world.desk.id
    ) == "setting-cluster"  # fmt: skip


def test_f9_what_was_answered_needs_no_incident_any_more(report, world, now):
    found = [report(flat, kind=Kind.ENQUIRY) for flat in range(3)]
    for one in found[:2]:
        tickets.reply_ticket(one.id, text="已通知供电局", by=world.desk.id, now=now)
    assert clusters(now) == []


def test_f9_what_was_said_to_stand_apart_is_not_offered_again(report, world, now):
    found = [report(flat) for flat in range(3)]
    incidents.set_apart([one.id for one in found], by=world.desk.id)
    assert clusters(now) == []
    report(3)
    assert clusters(now) == []


# -- incidents


def test_f9_the_first_ticket_becomes_the_master_of_the_others(report, make, now):
    first, second, third = (report(flat) for flat in range(3))
    master = make(first, second, third, tell_callers="供电局抢修中，预计 12 点恢复")
    assert (master.id, master.is_master) == (first.id, True)
    assert master.tell_callers == "供电局抢修中，预计 12 点恢复"
    assert [line.id for line in list_parts(master.id)] == [second.id, third.id]
    assert get_ticket(second.id).master == first.number
    assert master.events[-1].detail == {
        "as": "incident",
        "numbers": f"{second.number} {third.number}",
    }
    assert get_ticket(third.id).events[-1].detail == {"as": "master", "numbers": first.number}
    assert clusters(now) == []


def test_f9_a_new_ticket_may_stand_for_the_building(report, make):
    parts = [report(flat) for flat in range(3)]
    draft = TicketDraft(Kind.REPAIR, "3栋停电", place="3栋", reporter_kind=ReporterKind.INTERNAL)
    master = make(*parts, draft=draft, class_code="incident.power")
    assert (master.place, master.class_code) == ("3栋", "incident.power")
    assert master.number.startswith("BX-")
    assert {line.number for line in list_parts(master.id)} == {one.number for one in parts}


def test_f9_a_master_without_class_gets_that_of_the_cluster(report, make):
    more = {"kind": Kind.REPAIR, "class_code": "unclassed", "text": "整栋楼停电了"}
    master = make(report(0, **more), report(1, **more), class_code="incident.power")
    assert master.class_code == "incident.power"
    assert master.events[-2].kind is EventKind.AMENDED


@pytest.mark.parametrize("is_new", [True, False])
def test_r43_a_master_repeats_what_its_house_complained_of_before(report, make, is_new, flats):
    before = report(0, hours_ago=48)
    classed_late = {"class_code": "unclassed", "text": "又停电"}
    if is_new:
        draft = TicketDraft(Kind.COMPLAINT, "又停电", unit_id=flats[0].id)
        master = make(report(1), draft=draft, class_code="incident.power")
    else:
        master = make(report(0, **classed_late), report(1), class_code="incident.power")
    assert master.repeat_of == before.number


def test_f9_the_incident_is_known_in_its_building_only(report, make, world, flats):
    master = make(report(0), report(1), tell_callers="停电")
    assert [one.number for one in list_incidents()] == [master.number]
    (there,) = list_incidents_at(flats[3].id)
    assert (there.number, there.tell_callers, there.parts) == (master.number, "停电", 1)
    assert list_incidents_at(world.villa.id) == ()
    building = next(iter(there.buildings))
    assert there.takes(building, "incident.power")
    assert there.takes(building, "unclassed")
    assert not there.takes(building, "fees")
    assert not there.takes(building + 1, "incident.power")


def test_f9_attach_and_detach_are_told_on_both_sides(report, make, world, now):
    master = make(report(0), report(1))
    late = report(2)
    incidents.attach_tickets(master.id, [late.id], by=world.desk.id, now=now)
    assert get_ticket(late.id).master_id == master.id
    back = incidents.detach_ticket(late.id, by=world.desk.id, now=now)
    assert back.master_id is None
    assert [one.kind for one in back.events[-2:]] == [EventKind.LINKED, EventKind.UNLINKED]
    told = get_ticket(master.id).events[-2:]
    assert [(one.kind, one.detail) for one in told] == [
        (EventKind.LINKED, {"as": "part", "numbers": late.number}),
        (EventKind.UNLINKED, {"as": "part", "numbers": late.number}),
    ]


def test_f9_what_callers_are_told_may_change(report, make, world, now):
    master = make(report(0), report(1), tell_callers="停电")
    said = incidents.say_to_callers(master.id, "已恢复", by=world.desk.id, now=now)
    assert said.tell_callers == "已恢复"
    assert said.events[-1].detail == {"tell_callers": "停电"}
    again = incidents.say_to_callers(master.id, "已恢复", by=world.desk.id, now=now)
    assert again.version == said.version
    with pytest.raises(DraftError) as refused:
        incidents.say_to_callers(master.id, "长" * 301, by=world.desk.id, now=now)
    assert refused.value.problems[0].field == "tell_callers"


def test_f9_refusals_write_nothing(report, make, world, now):
    by = {"by": world.desk.id, "now": now}
    first, second, third = (report(flat) for flat in range(3))
    master = make(first, second)
    assert refusal(incidents.create_incident, [], **by) == "incident-empty"
    assert refusal(incidents.create_incident, [third.id, second.id], **by) == "part-elsewhere"
    assert refusal(incidents.attach_tickets, third.id, [second.id], **by) == "incident-unknown"
    assert refusal(incidents.attach_tickets, master.id, [master.id], **by) == "part-is-incident"
    assert refusal(incidents.attach_tickets, master.id, [9999], **by) == "ticket-unknown"
    assert refusal(incidents.detach_ticket, third.id, **by) == "part-nowhere"
    assert refusal(incidents.say_to_callers, third.id, "停电", **by) == "incident-unknown"
    tickets.void_ticket(third.id, reason="重复", **by)
    assert refusal(incidents.attach_tickets, master.id, [third.id], **by) == "part-ended"
    tickets.void_ticket(master.id, reason="误报", **by)
    fourth = report(3)
    assert refusal(incidents.attach_tickets, master.id, [fourth.id], **by) == "incident-ended"


def test_f9_all_or_nothing_where_one_of_many_is_refused(report, make, world, now):
    master = make(report(0), report(1))
    good, bad = report(2), report(3)
    tickets.void_ticket(bad.id, reason="重复", by=world.desk.id, now=now)
    code = refusal(
        incidents.attach_tickets, master.id, [good.id, bad.id], by=world.desk.id, now=now
    )
    assert (code, get_ticket(good.id).master_id) == ("part-ended", None)


def test_f9_an_ended_incident_is_offered_to_nobody(report, make, world, now, flats):
    master = make(report(0), report(1))
    tickets.void_ticket(master.id, reason="误报", by=world.desk.id, now=now)
    assert list_incidents_at(flats[2].id) == ()
    assert [one.number for one in list_incidents(with_ended=True)] == [master.number]
    assert find_incident(report(3).id) is None


def test_f9_an_incident_is_not_merged_away(report, make, world, now):
    master, other = make(report(0), report(1)), report(2)
    code = refusal(relations.merge_ticket, master.id, other.id, by=world.desk.id, now=now)
    assert code == "merge-incident"
