"""A person whose span of fees is over is in no letter, act, plan or payment (PIPL 19, 47)."""

from datetime import date, timedelta

import pypdf
import pytest
from peewee import IntegrityError
from PIL import Image

from propdesk.domain.arrears import ArrearsReason
from propdesk.domain.arrears_cases import CaseDraft
from propdesk.domain.bills import BillDraft
from propdesk.domain.dunning import Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.erasure import GONE, Part
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.fee_letters import content_sha256, to_json
from propdesk.domain.payment_plans import Part as PlanPart
from propdesk.domain.payment_plans import PlanDraft
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Role
from propdesk.domain.till import Means
from propdesk.domain.units import UnitKind
from propdesk.services import (
    arrears,
    bills,
    checking,
    dunning_acts,
    erasures,
    fee_items,
    payment_plans,
    residents,
    staff,
    till,
    waivers,
)
from propdesk.services.fee_letters import LetterWish, make_letters
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.queries.erasures import plan_erasure
from propdesk.services.queries.fee_letters import get_fee_letters
from propdesk.services.queries.ledger_checks import LEDGER_CHECKS
from propdesk.services.queries.payment_plans import list_plan_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.database import rows
from propdesk.storage.dunning import FeeLetterRecord

NAME, PHONE, OTHER = "欧阳修竹", "13955501234", "司马文君"
LATER = timedelta(weeks=53 * 6)


@pytest.fixture
def tenant(world, now, tmp_path):
    """A tenant who was urged in every way, paid in the end and moved out; his neighbour too."""
    by = {"by": world.desk.id, "now": now}
    manager = staff.add_staff("周经理", by=world.desk.id, role=Role.MANAGER)
    fee_items.add_item(
        ItemDraft("WY", "物业服务费", Formula.AREA, unit_kinds=tuple(UnitKind)),
        by=world.desk.id,
    )
    for unit, name, phones in ((world.home, NAME, (PHONE,)), (world.villa, OTHER, ())):
        draft = PersonDraft(name, ResidentRole.TENANT, phones=phones, from_on=date(2026, 1, 1))
        stay = residents.add_resident(unit.id, draft, **by)
        draft = BillDraft(50_000, f"{name}的账", date(2026, 3, 1), date(2026, 3, 31),
                          date(2026, 4, 1), stay.person_id)  # fmt: skip
        bills.add_bill(unit.id, "WY", draft, **by)
        if name == NAME:
            person = stay
    made = make_letters(Stage.REMINDER, wish=LetterWish(), **by)
    assert len(made.letter_ids) == 2
    print_fee_letters(world.office, made.letter_ids, tmp_path / "letters.pdf", **by)
    (letter,) = rows("SELECT id FROM fee_letter WHERE person_id = ?", person.person_id)[0]
    act = dunning_acts.note_act(
        world.home.id,
        ActDraft(
            Stage.VISIT, Way.IN_PERSON, Result.SIGNED, now.replace(tzinfo=None, hour=9),
            witness="见证人丁", receiver="欧阳太太", relation=Relation.ADULT_FAMILY,
            address=PHONE, letter_id=letter, note=f"{NAME}不在家",
        ),
        **by,
    )  # fmt: skip
    signed = tmp_path / "sign.png"
    Image.new("RGB", (320, 240), "grey").save(signed)
    dunning_acts.add_proof(world.office, act.id, [signed], **by)
    case = CaseDraft(ArrearsReason.HARDSHIP, f"{NAME}失业")
    arrears.change_case(world.home.id, case, version=0, **by)
    plan = PlanDraft((PlanPart(date(2026, 12, 1), 40_000),), 40_000, promised_by="修竹本人")
    promise = payment_plans.record_plan(world.home.id, plan, **by)
    agreed = tmp_path / "agreed.png"
    Image.new("RGB", (320, 240), "white").save(agreed)
    kept, refused = payment_plans.add_plan_files(world.office, promise.id, [agreed], **by)
    assert (len(kept), refused) == (1, ())
    assert list_plan_files(promise.id) == kept
    (bill,) = rows("SELECT id FROM bill WHERE person_id = ?", person.person_id)[0]
    waivers.waive_bill(bill, 10_000, f"{NAME}困难", by=manager.id, now=now)
    paid = PaymentDraft(
        world.home.id, (MeansPart(Means.CASH, 40_000),), payer=NAME, person_id=person.person_id
    )
    till.take_payment(paid, **by)
    left = now.date() - timedelta(days=1)
    residents.end_residency(world.home.id, person.residency_id, to_on=left, **by)
    return person.person_id


def words_of(office, sha256):
    """Return the words of each page of an archived paper."""
    file = StoredName(sha256, ".pdf").below(office.attachments)
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages]


def trace(office, *words):
    """Return which words the data file and its log still hold anywhere."""
    held = b"".join(file.read_bytes() for file in office.folder.glob("office.db*"))
    return [word for word in words if word.encode() in held]


def test_pipl47_after_the_span_of_fees_no_letter_act_plan_or_payment_names_him(world, now, tenant):
    office, after = world.office, now + LATER
    (before,) = rows("SELECT DISTINCT pdf_sha256 FROM fee_letter")[0]
    pages = words_of(office, before)
    assert any(NAME in page for page in pages)
    assert trace(office, NAME, "欧阳太太", "修竹本人") != []
    kept = plan_erasure(tenant, today=now.date())
    assert "fees" in {keep.retention for keep in kept.keeps}
    plan = plan_erasure(tenant, today=after.date())
    parts = (Part.FEE_LETTERS, Part.DUNNING, Part.PLANS, Part.PAYMENTS)
    assert {part: plan.counts.get(part) for part in parts} == dict.fromkeys(parts, 1)
    erasures.erase_person(office, tenant, "保存期满", by=world.desk.id, now=after)
    assert trace(office, NAME, PHONE, "欧阳太太", "修竹本人", "见证人丁") == []
    # The neighbour's page in the same file says what it said; his own is empty.
    (sha256,) = rows("SELECT DISTINCT pdf_sha256 FROM fee_letter")[0]
    assert sha256 != before
    assert not StoredName(before, ".pdf").below(office.attachments).exists()
    assert words_of(office, sha256) == ["" if NAME in page else page for page in pages]
    assert rows("SELECT count(*) FROM attachment") == [(0,)]
    # What happened stays: the letter, the act, the plan, the money; all is sound and closed again.
    for letter in get_fee_letters(row[0] for row in rows("SELECT id FROM fee_letter")).values():
        assert letter.content_sha256 == content_sha256(to_json(letter.content))
        assert letter.content.owner in (GONE, OTHER)
    assert rows("SELECT receiver, address, witness FROM dunning_act") == [(GONE, GONE, GONE)]
    assert rows("SELECT payer, amount_fen FROM payment p JOIN payment_means m ON "
                "m.payment_id = p.id") == [(GONE, 40_000)]  # fmt: skip
    assert all(not check[2]() for check in LEDGER_CHECKS)
    result = checking.check_office(office)
    assert result.ok, [line.text for line in result.lines if not line.ok]
    with pytest.raises(IntegrityError, match="never changed"):
        FeeLetterRecord.update(number="x").execute()
    with pytest.raises(IntegrityError, match="append-only"):
        rows("UPDATE ledger_line SET reason = 'x'")
