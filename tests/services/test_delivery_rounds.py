"""A round of letters: found by scan, number, express number or house; stored whole or not."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from PIL import Image

from propdesk.domain.delivery_rounds import MEANT, OUTCOMES, Outcome
from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.dunning_acts import RESULTS, ActDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_letters import letter_digits
from propdesk.domain.units import Address
from propdesk.services import units
from propdesk.services.delivery_rounds import RoundLine, note_round
from propdesk.services.dunning_acts import Proofs, note_act, stage_proofs
from propdesk.services.queries.delivery_rounds import find_round_letter, posted_at
from propdesk.services.queries.dunning_acts import list_acts, list_proofs
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.dunning import DemandLineRecord, FeeLetterRecord

TODAY = date(2026, 11, 21)
ROUND = datetime(2026, 11, 20, 15, 0)


@pytest.fixture
def letters(world):
    """Printed letters of two houses, each about one bill."""
    item = FeeItemRecord.create(
        code="test-fee", name="物业费", formula="area", income="service", charges="all",
        line_months=1, billed_months=1, due_month=0, due_day=1, partial="by-day",
        rounding="fen-half-up", position=1,
    )  # fmt: skip
    other = units.add_unit(Address("3", "2", "502"), community="云澜花园", by=world.desk.id)
    made = []
    for number, unit in enumerate((world.home, other), 1):
        bill = BillRecord.create(
            unit=unit.id, fee_item=item.id, kind="charge", from_on=date(2026, 9, 1),
            until_on=date(2026, 9, 30), due_on=date(2026, 9, 30), amount_fen=12_000,
            entered_at=datetime(2026, 9, 1), staff=world.desk.id,
        )  # fmt: skip
        letter = FeeLetterRecord.create(
            number=f"催〔2026〕{number}号", unit=unit.id, stage=Stage.SLIP.value, times=1,
            state="printed", dated_on=date(2026, 11, 10), total_fen=12_000, content={},
            content_sha256="a" * 64, written_at=datetime(2026, 11, 10), staff=world.desk.id,
            printed_at=datetime(2026, 11, 10), pdf_sha256="b" * 64,
        )  # fmt: skip
        DemandLineRecord.create(bill=bill.id, letter=letter.id, open_fen=12_000)
        made.append(letter)
    return made


def draft(letter, outcome, **more):
    meant = MEANT[outcome]
    return ActDraft(
        Stage.SLIP, meant.way, meant.result, ROUND, relation=meant.relation, letter_id=letter.id,
        **more,
    )  # fmt: skip


def states():
    return [LetterState(one.state) for one in FeeLetterRecord.select().order_by("id")]


def test_law_1_6_a_round_is_stored_whole_or_not_at_all(world, act, letters, tmp_path):
    photo = tmp_path / "门口.jpg"
    Image.new("RGB", (320, 240), "grey").save(photo)
    files = stage_proofs(world.office, [photo], by=world.desk.id).files
    signed = RoundLine(letters[0].unit_id, draft(letters[0], Outcome.SELF, receiver="张伟丰"))
    refused = RoundLine(letters[1].unit_id, draft(letters[1], Outcome.REFUSED), files)
    nameless = replace(signed, draft=draft(letters[0], Outcome.FAMILY))
    with pytest.raises(DraftError) as error:
        note_round(world.office, [nameless, refused], **act())
    assert [one.field for one in error.value.problems] == ["0"]
    assert states() == [LetterState.PRINTED, LetterState.PRINTED]
    assert list_acts(letters[1].unit_id) == []
    first, second = note_round(world.office, [signed, refused], **act())
    assert states() == [LetterState.DELIVERED, LetterState.REFUSED]
    assert (first.open_fen, second.has_proof) == (12_000, True)
    assert len(list_proofs(second.id)) == 1


def test_a_letter_is_found_by_what_the_clerk_has_at_hand(world, act, letters):
    first, second = letters
    digits = letter_digits(first.id, first.dated_on)
    for words in (digits, first.number, "催〔2026〕 1号", "1", world.home.short):
        assert find_round_letter(words, TODAY).id == first.id, words
    sent = draft(second, Outcome.POSTED, address="云澜花园3-2-502", express_number="ey123")
    note_act(second.unit_id, sent, **act())
    assert find_round_letter("EY123", TODAY).id == second.id
    assert posted_at([first.id, second.id]) == {second.id: ROUND}
    for words, code in (("不是号码", "round-letter-unknown"), ("12#", "round-house-without")):
        with pytest.raises(RuleError) as error:
            find_round_letter(words, TODAY)
        assert error.value.code == code
    FeeLetterRecord.update(state="voided").where(FeeLetterRecord.id == first.id).execute()
    with pytest.raises(RuleError):
        find_round_letter(digits, TODAY)


def test_each_outcome_is_one_that_its_way_may_end_in():
    assert {one for some in OUTCOMES.values() for one in some} == set(Outcome)
    assert all(meant.result in RESULTS[meant.way] for meant in MEANT.values())


def test_an_act_is_about_the_bills_that_were_chosen_and_keeps_its_files(
    world, act, letters, tmp_path
):
    bills = [row.id for row in BillRecord.select().where(BillRecord.unit == world.home.id)]
    photo = tmp_path / "短信.png"
    Image.new("RGB", (320, 240), "white").save(photo)
    staged = stage_proofs(world.office, [photo], by=world.desk.id).files
    typed = draft(letters[0], Outcome.SELF, receiver="张伟丰")
    call = replace(typed, letter_id=None, bill_ids=(bills[0],))
    found = note_act(world.home.id, call, **act(), proofs=Proofs(world.office, staged))
    assert (found.bill_ids, found.proofs, found.has_proof) == ((bills[0],), 1, True)
    again = replace(call, bill_ids=(9_999,), override_reason="x")
    with pytest.raises(RuleError, match="重新选择"):
        note_act(world.home.id, again, **act())
