"""Consents are noted and withdrawn; what stood on one is gone at once (PIPL 14-16, 28, 31)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.persons import PersonDraft
from propdesk.services import residents
from propdesk.services.consents import give_consent, withdraw_consent
from propdesk.services.person_details import set_details
from propdesk.services.queries.consents import find_consent, list_consents
from propdesk.services.queries.person_details import count_details, list_details
from propdesk.services.settings import get_settings, save_settings
from propdesk.storage.database import database, rows

DAY = date(2026, 11, 20)
NUMBER = "11010519491231002X"
KEPT = ("occupation", "identity-number", "needs-medical")


@pytest.fixture
def person(world):
    """Give the owner's id in an office that keeps three optional fields."""
    save_settings(replace(get_settings(), kept_fields=KEPT), by=world.desk.id)
    return rows("SELECT id FROM person")[0][0]


@pytest.fixture
def give(world, person):
    def given(scope, **more):
        draft = ConsentDraft(scope, ConsentWay.PAPER, more.pop("given_on", DAY), **more)
        return give_consent(person, draft, by=world.desk.id, now=world.now)

    return given


@pytest.fixture
def put(world, person):
    def stored(**values):
        values = {code.replace("_", "-"): value for code, value in values.items()}
        return set_details(person, values, by=world.desk.id, now=world.now)

    return stored


def _stored():
    return dict(rows("SELECT field, value FROM person_detail"))


def _fields(error):
    return [problem.field for problem in error.value.problems]


def test_r80_a_sensitive_field_needs_its_own_consent(give, put):
    give("profile")
    give("needs-medical")
    with pytest.raises(DraftError) as refused:
        put(identity_number=NUMBER)
    assert _fields(refused) == ["identity-number"]
    assert _stored() == {}
    give("identity-number", given_by="张伟丰")
    put(identity_number="11010519491231002x", occupation="教师")
    assert _stored() == {"identity-number": NUMBER, "occupation": "教师"}


def test_r80_what_the_office_did_not_switch_on_is_not_stored(give, put):
    give("profile")
    with pytest.raises(DraftError) as refused:
        put(employer="某某公司", occupation="教师")
    assert _fields(refused) == ["employer"]
    assert _stored() == {}


def test_r80_details_are_read_masked_and_say_what_is_open(give, put, person):
    give("identity-number")
    put(identity_number=NUMBER)
    occupation, number, medical = list_details(person)
    assert (occupation.field.code, occupation.is_open, occupation.shown) == (
        "occupation", False, "",
    )  # fmt: skip
    assert (number.is_open, number.shown) == (True, "110***********002X")
    assert not medical.is_open


def test_a_withdrawal_deletes_what_stood_on_it_and_nothing_else(give, put, world, person):
    profile, number = give("profile"), give("identity-number")
    put(identity_number=NUMBER, occupation="教师")
    withdrawn = withdraw_consent(number.id, on=DAY, by=world.desk.id, now=world.now)
    assert withdrawn.deleted == ("identity-number",)
    assert not withdrawn.consent.holds
    assert _stored() == {"occupation": "教师"}
    assert find_consent(person, "identity-number") is None
    assert find_consent(person, "profile") == profile
    with pytest.raises(DraftError):
        put(identity_number=NUMBER)
    assert [one.scope for one in list_consents(person)] == ["profile", "identity-number"]


def test_a_withdrawn_value_is_not_left_in_the_file(give, put, world, office):
    """`secure_delete` overwrites the freed place; the log is emptied by a checkpoint."""
    consent = give("needs-medical")
    put(needs_medical="胰岛素注射")
    assert "胰岛素注射".encode() in b"".join(
        path.read_bytes() for path in office.folder.glob("office.db*")
    )
    withdraw_consent(consent.id, on=DAY, by=world.desk.id, now=world.now)
    database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in office.folder.glob("office.db*"):
        assert "胰岛素注射".encode() not in path.read_bytes()


def test_a_child_needs_a_guardian_and_a_consent_a_scope_and_a_day(give):
    with pytest.raises(DraftError) as refused:
        give("minor")
    assert _fields(refused) == ["given_by"]
    assert give("minor", given_by="张伟丰(父亲)").given_by == "张伟丰(父亲)"
    with pytest.raises(DraftError) as refused:
        give("religion", given_on=DAY + timedelta(days=9))
    assert _fields(refused) == ["scope", "given_on"]


def test_a_consent_is_noted_once_and_withdrawn_once(give, world):
    consent = give("profile")
    with pytest.raises(RuleError) as refused:
        give("profile")
    assert refused.value.code == "consent-given"
    for on in (DAY - timedelta(days=1), DAY + timedelta(days=2)):
        with pytest.raises(DraftError):
            withdraw_consent(consent.id, on=on, by=world.desk.id, now=world.now)
    withdraw_consent(consent.id, on=DAY, by=world.desk.id, now=world.now)
    with pytest.raises(RuleError) as refused:
        withdraw_consent(consent.id, on=DAY, by=world.desk.id, now=world.now)
    assert refused.value.code == "consent-withdrawn"
    assert give("profile").holds


def test_r80_a_field_that_is_switched_off_loses_its_values(give, put, world):
    give("profile")
    give("needs-medical")
    put(occupation="教师", needs_medical="胰岛素")
    assert count_details(["occupation", "needs-medical"]) == 2
    save_settings(replace(get_settings(), kept_fields=("needs-medical",)), by=world.desk.id)
    assert _stored() == {"needs-medical": "胰岛素"}
    assert count_details([]) == 0


def test_an_empty_value_is_deleted_without_any_consent(give, put, world):
    consent = give("profile")
    put(occupation="教师")
    put(occupation=" ")
    assert _stored() == {}
    assert withdraw_consent(consent.id, on=DAY, by=world.desk.id, now=world.now).deleted == ()


@pytest.mark.parametrize("column", ["sealed_at", "erased_at"])
def test_nothing_is_written_about_somebody_sealed_or_erased(give, put, column):
    give("profile")
    database.execute_sql(f"UPDATE person SET {column} = '2026-11-01T09:00:00'")
    for act in (lambda: give("minor", given_by="父亲"), lambda: put(occupation="教师")):
        with pytest.raises(RuleError) as refused:
            act()
        assert refused.value.code == "person-sealed"


def test_f47_a_consent_is_one_persons(give, put, world):
    give("identity-number")
    residents.add_resident(world.home.id, PersonDraft("张伟丰"), by=world.desk.id, now=world.now)
    other = rows("SELECT max(id) FROM person")[0][0]
    with pytest.raises(DraftError):
        set_details(other, {"identity-number": NUMBER}, by=world.desk.id, now=world.now)
