"""Until when a bill can be enforced (law.md 1.3): days typed by hand, each with its article."""

from datetime import date

import pytest

from propdesk import i18n
from propdesk.domain.calendar_years import past_holidays, years_after
from propdesk.domain.dunning import Medium, PromiseWay, Relation, Result, Way
from propdesk.domain.limitation import (
    PAYMENT_WEIGHT,
    ActProof,
    Event,
    EventKind,
    LimitationRules,
    Strength,
    limitation_of,
    weigh_act,
    weigh_promise,
)


@pytest.fixture(autouse=True)
def english():
    """The articles are compared in the source's words."""
    i18n.set_language("en")


RULES = LimitationRules()
SELF, FAMILY, AGENT, USER, OTHER = Relation

# Each bill was to be paid by 2024-01-20 and each act happened on 2025-03-10. Left to itself the
# claim runs until 2027-01-20 (Civil Code 188, 202); a proved interruption makes it 2028-03-10.
DUE, ACTED = date(2024, 1, 20), date(2025, 3, 10)
UNMOVED, MOVED = date(2027, 1, 20), date(2028, 3, 10)


def act(way, result, relation=None, *there):
    return ActProof(way, result, relation, **dict.fromkeys(there, True))


def until(weight, on_day=ACTED, due_on=DUE, rules=RULES):
    event = Event(EventKind.ACT, 1, on_day, on_day, weight)
    return limitation_of(due_on, [event], rules).last_on


def notice(medium, *there):
    return ActProof(Way.PUBLIC_NOTICE, Result.ARRIVED, medium=medium, **dict.fromkeys(there, True))


PROOF, WITNESS, ADDRESS, ARRIVAL = "has_proof", "has_witness", "has_address", "has_arrival"
NOTE = "has_note"

# (act, owed jointly by the user, until when by hand, article)
ACTS = [
    # Provisions 8(1): handed over and signed by himself, adult family living there, authorised.
    (act(Way.IN_PERSON, Result.SIGNED, SELF), False, date(2028, 3, 10), "8(1)"),
    (act(Way.IN_PERSON, Result.SIGNED, FAMILY), False, date(2028, 3, 10), "8(1)"),
    (act(Way.IN_PERSON, Result.SIGNED, AGENT), False, date(2028, 3, 10), "8(1)"),
    # A neighbour's or an unknown hand proves nothing.
    (act(Way.IN_PERSON, Result.SIGNED, OTHER), False, date(2027, 1, 20), "8(1)"),
    (act(Way.IN_PERSON, Result.SIGNED), False, date(2027, 1, 20), "8(1)"),
    # The tenant signs: against the owner only where both owe jointly (Provisions 15, 条例 41).
    (act(Way.IN_PERSON, Result.SIGNED, USER), False, date(2027, 1, 20), "8(1)"),
    (act(Way.IN_PERSON, Result.SIGNED, USER), True, date(2028, 3, 10), "8(1), 15"),
    # Refused, with photo and witness: arguable, moves nothing by default.
    (act(Way.IN_PERSON, Result.REFUSED, SELF, PROOF, WITNESS), False, date(2027, 1, 20), "8(1)"),
    (act(Way.IN_PERSON, Result.REFUSED, SELF, PROOF), False, date(2027, 1, 20), "8(1)"),
    # A conversation: weak without a recording, a demand with one (Civil Code 195(1), 137).
    (act(Way.IN_PERSON, Result.SPOKEN, SELF), False, date(2027, 1, 20), "8(1)"),
    (act(Way.PHONE, Result.SPOKEN, SELF), False, date(2027, 1, 20), "8(1)"),
    (act(Way.PHONE, Result.RECORDED, SELF, PROOF), False, date(2028, 3, 10), "195(1)"),
    (act(Way.PHONE, Result.RECORDED, SELF), False, date(2027, 1, 20), "195(1)"),
    (act(Way.PHONE, Result.RECORDED, FAMILY, PROOF), False, date(2027, 1, 20), "195(1)"),
    (act(Way.PHONE, Result.UNREACHED), False, date(2027, 1, 20), "8(1)"),
    # Provisions 8(2): a letter that arrived, by the day on the return receipt.
    (act(Way.EMS, Result.ARRIVED, None, ARRIVAL), False, date(2028, 3, 10), "8(2)"),
    (act(Way.EMS, Result.SIGNED, SELF, ARRIVAL), False, date(2028, 3, 10), "8(2)"),
    (act(Way.EMS, Result.ARRIVED), False, date(2027, 1, 20), "8(2)"),
    (act(Way.EMS, Result.SENT, None, PROOF), False, date(2027, 1, 20), "8(1)"),
    (act(Way.POST, Result.ARRIVED, None, ARRIVAL), False, date(2028, 3, 10), "8(2)"),
    (act(Way.LAWYER, Result.ARRIVED, None, ARRIVAL), False, date(2028, 3, 10), "8(2)"),
    (act(Way.LAWYER, Result.SENT), False, date(2027, 1, 20), "8(1)"),
    # Came back from the agreed address: "should have arrived" is arguable, moves nothing.
    (act(Way.EMS, Result.RETURNED, None, ADDRESS), False, date(2027, 1, 20), "8(2)"),
    (act(Way.EMS, Result.REFUSED, None, ADDRESS), False, date(2027, 1, 20), "8(2)"),
    # Provisions 8(2), Civil Code 137: a message that arrived at the number or account he supplied.
    (act(Way.SMS, Result.ARRIVED, SELF, PROOF, ADDRESS), False, date(2028, 3, 10), "8(2)"),
    (act(Way.WECHAT, Result.ARRIVED, SELF, PROOF, ADDRESS), False, date(2028, 3, 10), "8(2)"),
    (act(Way.E_MAIL, Result.ARRIVED, SELF, PROOF, ADDRESS), False, date(2028, 3, 10), "8(2)"),
    (act(Way.SMS, Result.ARRIVED, SELF, ADDRESS), False, date(2027, 1, 20), "8(2)"),
    (act(Way.SMS, Result.ARRIVED, SELF, PROOF), False, date(2027, 1, 20), "8(2)"),
    (act(Way.SMS, Result.SENT, SELF, PROOF, ADDRESS), False, date(2027, 1, 20), "8(1)"),
    # Posted, in the mailbox, a notice to all: weak, whatever the photos.
    (act(Way.POSTED_AT_DOOR, Result.LEFT, None, PROOF, WITNESS), False, date(2027, 1, 20), "8(1)"),
    (act(Way.MAILBOX, Result.LEFT, None, PROOF), False, date(2027, 1, 20), "8(1)"),
    (act(Way.PUBLIC_NOTICE, Result.LEFT, None, PROOF), False, date(2027, 1, 20), "8(1)"),
    # Provisions 8(1)(4): whereabouts unknown, a national medium or one of his province, clipping.
    (notice(Medium.PROVINCIAL, PROOF, NOTE), False, date(2028, 3, 10), "8(4)"),
    (notice(Medium.NATIONAL, PROOF, NOTE), False, date(2028, 3, 10), "8(4)"),
    (notice(Medium.LOCAL, PROOF, NOTE), False, date(2027, 1, 20), "8(4)"),
    (notice(None, PROOF, NOTE), False, date(2027, 1, 20), "8(4)"),
    (notice(Medium.PROVINCIAL, NOTE), False, date(2027, 1, 20), "8(4)"),
    (notice(Medium.PROVINCIAL, PROOF), False, date(2027, 1, 20), "8(4)"),
    # Provisions 10-13 and Civil Code 195(3): from the filing.
    (act(Way.SUIT, Result.FILED), False, date(2028, 3, 10), "10"),
    (act(Way.PAYMENT_ORDER, Result.FILED), False, date(2028, 3, 10), "11"),
    (act(Way.MEDIATION, Result.FILED), False, date(2028, 3, 10), "12"),
    (act(Way.POLICE, Result.FILED), False, date(2028, 3, 10), "13"),
    (act(Way.ARBITRATION, Result.FILED), False, date(2028, 3, 10), "195(3)"),
    (act(Way.SUIT, Result.SENT), False, date(2027, 1, 20), "8(1)"),
    # Civil Code 195(2), Provisions 14: he acknowledges the debt and signs.
    (act(Way.ACKNOWLEDGEMENT, Result.SIGNED, SELF), False, date(2028, 3, 10), "14, 19"),
    (act(Way.ACKNOWLEDGEMENT, Result.SIGNED, FAMILY), False, date(2027, 1, 20), "14, 19"),
    (act(Way.ACKNOWLEDGEMENT, Result.SIGNED, USER), True, date(2028, 3, 10), "8(1), 15"),
]  # fmt: skip


@pytest.mark.parametrize(("acted", "joint", "last_on", "article"), ACTS)
def test_what_each_kind_of_act_moves(acted, joint, last_on, article):
    weight = weigh_act(acted, joint=joint, rules=RULES)
    assert until(weight) == last_on
    assert str(weight.article).endswith(article) or f"{article}, " in str(weight.article)
    assert (weight.lacks is None) == (weight.strength is Strength.PROVED)


def test_every_way_with_every_result_that_is_not_in_the_table_is_weak():
    there = {(acted.way, acted.result) for acted, *_rest in ACTS}
    full = dict.fromkeys((PROOF, WITNESS, ADDRESS, ARRIVAL), True)
    known = {(Way.IN_PERSON, Result.RECORDED)} | {
        (way, result)
        for way in (Way.EMS, Way.POST, Way.LAWYER)
        for result in (Result.SIGNED, Result.ARRIVED, Result.REFUSED, Result.RETURNED)
    }
    for way in Way:
        for result in Result:
            if (way, result) not in there | known:
                weight = weigh_act(ActProof(way, result, SELF, **full), joint=True, rules=RULES)
                assert weight.strength is Strength.WEAK, (way, result)


def test_law_1_6_refused_with_a_photo_or_a_witness_is_usable_and_without_both_it_is_not():
    """Stage 3: left although he refused, by a photo of it or a witness (Civil Procedure Law 89).

    Even an office that counts refusals counts none without both.
    """
    bold = LimitationRules(refusal_counts=True)
    for there, strength in (
        ((), Strength.WEAK),
        ((PROOF,), Strength.ARGUABLE),
        ((WITNESS,), Strength.ARGUABLE),
    ):
        refused = act(Way.IN_PERSON, Result.REFUSED, SELF, *there)
        for rules in (RULES, bold):
            assert weigh_act(refused, joint=False, rules=rules).strength is strength


def test_an_office_may_count_refusals_and_returns():
    """Provisions 8(1)(2), Civil Procedure Law 89: arguable, by the office's choice only."""
    refused = act(Way.IN_PERSON, Result.REFUSED, SELF, PROOF, WITNESS)
    returned = act(Way.EMS, Result.RETURNED, None, ADDRESS)
    bold = LimitationRules(refusal_counts=True, return_counts=True)
    for acted in (refused, returned):
        assert weigh_act(acted, joint=False, rules=RULES).strength is Strength.ARGUABLE
        assert until(weigh_act(acted, joint=False, rules=bold)) == date(2028, 3, 10)


@pytest.mark.parametrize(
    ("way", "relation", "has_proof", "joint", "last_on"),
    [
        # Provisions 14: a written promise, plan or request for delay by the debtor or his agent.
        (PromiseWay.WRITTEN, SELF, False, False, date(2028, 3, 10)),
        (PromiseWay.WRITTEN, AGENT, False, False, date(2028, 3, 10)),
        (PromiseWay.WRITTEN, FAMILY, False, False, date(2027, 1, 20)),
        (PromiseWay.WRITTEN, USER, False, False, date(2027, 1, 20)),
        (PromiseWay.WRITTEN, USER, False, True, date(2028, 3, 10)),  # Provisions 15
        (PromiseWay.MESSAGE, SELF, True, False, date(2028, 3, 10)),
        (PromiseWay.MESSAGE, SELF, False, False, date(2027, 1, 20)),
        (PromiseWay.SPOKEN, SELF, True, False, date(2027, 1, 20)),
    ],
)
def test_what_a_promise_moves(way, relation, has_proof, joint, last_on):
    assert until(weigh_promise(way, relation, has_proof=has_proof, joint=joint)) == last_on


def test_a_part_payment_moves_the_rest():
    """Provisions 14: performing a part is agreeing to perform."""
    assert until(PAYMENT_WEIGHT) == date(2028, 3, 10)


def test_the_days_of_three_years_are_counted_as_the_civil_code_counts():
    """Civil Code 201, 202: the first day is not counted, the last has the same number."""
    assert limitation_of(date(2023, 5, 31), ()).last_on == date(2026, 5, 31)
    # 29 February has no counterpart in 2027: the month's last day (202).
    assert limitation_of(date(2024, 2, 29), ()).last_on == date(2027, 2, 28)
    # 2021-02-28 is followed by 2024-02-28: the same number, not the month's end.
    assert limitation_of(date(2021, 2, 28), ()).last_on == date(2024, 2, 28)
    assert years_after(date(2026, 11, 21), -3) == date(2023, 11, 21)
    assert years_after(date(2028, 2, 29), -3) == date(2025, 2, 28)


def test_an_end_on_a_holiday_is_put_off_to_the_day_after():
    """Civil Code 203: 1-3 October 2027 are days off, the period ends on the 4th."""
    off = {date(2027, 10, day) for day in (1, 2, 3)}
    assert past_holidays(date(2027, 10, 1), off.__contains__) == date(2027, 10, 4)
    assert past_holidays(date(2027, 9, 30), off.__contains__) == date(2027, 9, 30)


def event(on_day, weight, entered_on=None):
    return Event(EventKind.ACT, on_day.toordinal(), on_day, entered_on or on_day, weight)


SIGNED = weigh_act(act(Way.IN_PERSON, Result.SIGNED, SELF), joint=False, rules=RULES)
POSTED = weigh_act(act(Way.POSTED_AT_DOOR, Result.LEFT), joint=False, rules=RULES)
ACKNOWLEDGED = weigh_act(act(Way.ACKNOWLEDGEMENT, Result.SIGNED, SELF), joint=False, rules=RULES)


def test_the_last_proved_event_counts_and_later_weak_ones_stand_apart():
    """Civil Code 195: each interruption sets off a new period."""
    found = limitation_of(
        DUE,
        [
            event(date(2026, 6, 1), POSTED),
            event(date(2026, 5, 4), SIGNED),
            event(date(2025, 2, 3), SIGNED),
            event(date(2025, 1, 1), POSTED),
        ],
    )
    assert (found.since, found.last_on) == (date(2026, 5, 4), date(2029, 5, 4))
    assert [one.on_day for one in found.weak] == [date(2026, 6, 1)]
    assert found.days_left(date(2029, 5, 1)) == 3
    assert found.days_left(date(2029, 5, 5)) == -1


def test_what_happened_before_the_day_of_payment_moves_nothing():
    assert until(SIGNED, on_day=date(2024, 1, 20)) == date(2027, 1, 20)
    assert until(SIGNED, on_day=date(2023, 12, 1)) == date(2027, 1, 20)


def test_a_demand_on_the_last_day_is_in_time_and_a_day_later_is_not():
    assert until(SIGNED, on_day=date(2027, 1, 20)) == date(2030, 1, 20)
    assert until(SIGNED, on_day=date(2027, 1, 21)) == date(2027, 1, 20)


def test_only_what_the_debtor_signs_revives_a_claim_that_ran_out():
    """Provisions 19; Civil Code 192: what is paid then is not returned, but revives no rest."""
    late = date(2027, 3, 1)
    assert until(ACKNOWLEDGED, on_day=late) == date(2030, 3, 1)
    written = weigh_promise(PromiseWay.WRITTEN, SELF, has_proof=False, joint=False)
    assert until(written, on_day=late) == date(2030, 3, 1)
    assert until(PAYMENT_WEIGHT, on_day=late) == date(2027, 1, 20)
    user = weigh_promise(PromiseWay.WRITTEN, USER, has_proof=False, joint=True)
    assert until(user, on_day=late) == date(2027, 1, 20)


def test_twenty_years_after_the_day_of_payment_it_ends_in_any_case():
    """Civil Code 188: due 2006-01-20, interrupted every two years, ends on 2026-01-20."""
    events = [event(date(year, 3, 1), SIGNED) for year in range(2008, 2026, 2)]
    found = limitation_of(date(2006, 1, 20), events)
    assert (found.last_on, found.is_capped) == (date(2026, 1, 20), True)


def test_f31_an_act_dated_after_its_own_entry_moves_nothing():
    """A slip of the pen or a clock that was wrong lengthens no period."""
    found = limitation_of(DUE, [event(date(2026, 12, 1), SIGNED, entered_on=date(2026, 11, 1))])
    assert found.last_on == date(2027, 1, 20)
    assert [one.weight.strength for one in found.weak] == [Strength.WEAK]
