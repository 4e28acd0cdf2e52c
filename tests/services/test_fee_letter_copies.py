"""Letters before and after they are printed: a draft looked at, the archive handed out again."""

from datetime import date

import pypdf
import pytest

from propdesk.domain.dunning import LetterState, Stage
from propdesk.domain.envelopes import Envelope
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.fee_templates import FeeTemplate, TemplatePart
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import set_language
from propdesk.services.fee_letter_copies import (
    copy_fee_letters,
    note_fee_letter_prints,
    preview_fee_letter,
    print_fee_letter,
)
from propdesk.services.fee_letters import LetterWish, approve_letters, make_letters, reword_letter
from propdesk.services.fee_settings import save_fee_settings
from propdesk.services.fee_templates import get_template, restore_template, save_template
from propdesk.services.printing_envelopes import print_envelopes, print_express_sheet
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.queries.fee_letters import find_fee_letter, list_fee_letters
from propdesk.services.queries.letter_rows import LetterScope, list_letter_rows
from propdesk.services.queries.letters_due import is_stale, list_stages_due, next_letter
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows


@pytest.fixture
def at(world):
    return {"by": world.desk.id, "now": world.now}


@pytest.fixture
def owing(world):
    """Home and villa owe 300.00 since 31 August; home 120.00 more that is due at the year's end."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    for unit, due_on, amount in (
        (world.home, date(2026, 8, 31), 30_000),
        (world.home, date(2026, 12, 31), 12_000),
        (world.villa, date(2026, 8, 31), 30_000),
    ):
        BillRecord.create(
            unit=unit.id, fee_item=item.id, kind="charge", from_on=due_on.replace(day=1),
            until_on=due_on, due_on=due_on, amount_fen=amount,
            entered_at=world.now.replace(tzinfo=None), staff=world.desk.id,
            person=1 if unit is world.home else None,
        )  # fmt: skip
    return world


@pytest.fixture
def printed(owing, at, tmp_path):
    """Give the ids of two reminders in one archived file of two pages."""
    ids = make_letters(Stage.REMINDER, **at).letter_ids
    print_fee_letters(owing.office, ids, tmp_path / "all.pdf", **at)
    return list_letter_rows(LetterScope(states=(LetterState.PRINTED,)))


def _pages(file):
    return [page.get_contents().get_data() for page in pypdf.PdfReader(file).pages]


def _text(file):
    return "".join(page.extract_text() for page in pypdf.PdfReader(file).pages)


# Archive


def test_a_batch_once_more_is_the_archived_bytes(owing, printed, tmp_path):
    copy_fee_letters(
        owing.office, [row.id for row in printed], tmp_path / "b.pdf", by=owing.desk.id
    )
    assert (tmp_path / "b.pdf").read_bytes() == (tmp_path / "all.pdf").read_bytes()


def test_the_printer_stopped_in_the_middle_and_the_rest_comes_from_the_archive(
    owing, printed, at, tmp_path
):
    home, villa = printed
    assert (home.house, villa.house) == ("3-2-501", "12#")
    rest = tmp_path / "rest.pdf"
    assert copy_fee_letters(owing.office, [villa.id], rest, by=owing.desk.id).pages == 1
    assert _pages(rest) == _pages(tmp_path / "all.pdf")[1:]
    note_fee_letter_prints([villa.id], by=owing.desk.id)
    assert [row.prints for row in list_letter_rows(LetterScope(unit_id=villa.unit_id))] == [2]
    letter = find_fee_letter(villa.number)
    print_fee_letter(owing.office, letter, tmp_path / "one.pdf", **at)
    assert _pages(tmp_path / "one.pdf") == _pages(rest)


def test_an_archive_that_was_touched_is_told_and_nothing_is_drawn_anew(owing, printed, tmp_path):
    sha256 = find_fee_letter(printed[0].number).pdf_sha256
    (owing.office.attachments / sha256[:2] / f"{sha256}.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(RuleError) as refusal:
        copy_fee_letters(owing.office, [printed[0].id], tmp_path / "b.pdf", by=owing.desk.id)
    assert refusal.value.code == "letter-file-gone"
    assert not (tmp_path / "b.pdf").exists()


# Before


def test_a_preview_stores_nothing_and_names_what_the_letter_lacks(owing, at, tmp_path):
    set_language("en")
    seen = preview_fee_letter(Stage.LETTER, owing.home.id, tmp_path / "p.pdf", **at)
    assert {one.number for one in seen.missing} >= {1, 6, 8}
    assert list_fee_letters() == ()
    text = _text(tmp_path / "p.pdf")
    assert "草稿" in text
    assert "300.00" in text


def test_the_next_letter_follows_what_reached_the_house(owing, at):
    today = at["now"].date()
    due = next_letter(owing.home.id, today)
    assert (due.stage, due.is_ripe, due.ripe_on) == (Stage.REMINDER, True, date(2026, 9, 7))
    make_letters(Stage.REMINDER, [owing.home.id], **at)
    waiting = next_letter(owing.home.id, today)
    # The slip follows a reminder that went out; it waits, as this one lies here.
    assert (waiting.stage, waiting.is_ripe) == (Stage.SLIP, False)
    assert waiting.waiting.stage is Stage.REMINDER
    rows("UPDATE bill SET settled_fen = 1 WHERE unit_id = ?", owing.home.id)
    assert is_stale(waiting.waiting, today)
    rows("UPDATE bill SET settled_fen = amount_fen")
    with pytest.raises(RuleError) as refusal:
        next_letter(owing.home.id, today)
    assert refusal.value.code == "letter-nothing-owed"


def test_all_stages_are_counted_with_those_left_alone(owing, at):
    found = {one.stage: one for one in list_stages_due(at["now"].date())}
    assert len(found) == 7
    assert (found[Stage.REMINDER].houses, found[Stage.REMINDER].total_fen) == (2, 60_000)
    assert found[Stage.NOTICE].total_fen == 72_000
    assert found[Stage.SLIP].houses == 0


# Words


def test_f65_a_reworded_draft_stays_a_draft_and_is_read_before_it_is_approved(owing, at):
    fees = FeeSettings(payee="和苑物业服务有限公司", signer="徐立平")
    save_fee_settings(fees, by=owing.desk.id)
    wish = LetterWish(again=True)
    assert make_letters(Stage.LETTER, **at, wish=wish).refused
    make_letters(Stage.REMINDER, [owing.home.id], **at)
    rows("UPDATE fee_letter SET state = 'draft'")
    letter = list_fee_letters()[0]
    with pytest.raises(DraftError, match="停x水"):
        reword_letter(letter.number, (TemplatePart("", "不缴就停x水。"),), by=owing.desk.id)
    reworded = reword_letter(letter.number, (TemplatePart("", "请您方便时支付。"),),
                             by=owing.desk.id)  # fmt: skip
    assert reworded.state is LetterState.DRAFT
    assert reworded.content_sha256 != letter.content_sha256
    with pytest.raises(RuleError) as refusal:
        approve_letters([letter.id], **at)
    assert refusal.value.code == "letter-incomplete"


def test_each_language_has_words_of_its_own(owing, at):
    own = FeeTemplate(Stage.SLIP, (TemplatePart("", "Please pay {total} by {pay_by}."),))
    assert save_template(own, **at, language="en").is_own
    assert not get_template(Stage.SLIP, "zh_CN").is_own
    wish = LetterWish(again=True, language=PaperLanguage.EN)
    make_letters(Stage.SLIP, [owing.home.id], **at, wish=wish)
    assert list_fee_letters()[0].content.parts[0].text == "Please pay 300.00 by 2026-11-28."
    assert not restore_template(Stage.SLIP, **at, language="en").is_own


def test_f65_the_rule_of_the_place_is_named_with_its_fine(owing, at):
    save_fee_settings(FeeSettings(place="郑州市"), by=owing.desk.id)
    wrong = FeeTemplate(Stage.SLIP, (TemplatePart("", "逾期冻结门禁卡，请于{pay_by}前支付。"),))
    with pytest.raises(
        DraftError, match="郑州市物业管理条例第四十二条、第六十七条：违反的处 1 万元至 5 万元"
    ):
        save_template(wrong, **at)


# Outside


@pytest.mark.parametrize("language", [PaperLanguage.ZH, PaperLanguage.EN])
def test_law_1_6_nothing_outside_says_that_something_is_owed(owing, printed, tmp_path, language):
    ids = [row.id for row in printed]
    for size, width in ((Envelope.DL, 220), (Envelope.C5, 229)):
        target = tmp_path / f"{size}.pdf"
        drawn = print_envelopes(ids, target, size=size, by=owing.desk.id, language=language)
        assert drawn.pages == 2
        assert round(float(pypdf.PdfReader(target).pages[0].mediabox.width) / 72 * 25.4) == width
        text = _text(target)
        assert "张伟丰" in text
        for word in ("欠", "催", "费", "300.00", "arrears", "fee", "demand", "owe"):
            assert word not in text.replace("Property Service", "")


def test_the_express_sheet_names_what_is_in_the_envelope(owing, printed, at, tmp_path):
    """The contents on the label are evidence: each paper stands under its own name."""
    print_express_sheet([row.id for row in printed], tmp_path / "e.pdf", **at)
    assert "物业费温馨提示（3-2-501）" in _text(tmp_path / "e.pdf")


def test_a_bill_notice_goes_onto_continuous_paper_too(owing, at, tmp_path):
    made = make_letters(Stage.NOTICE, **at)
    print_fee_letters(owing.office, made.letter_ids, tmp_path / "n.pdf", **at, continuous=True)
    box = pypdf.PdfReader(tmp_path / "n.pdf").pages[0].mediabox
    assert [round(float(side) / 72 * 25.4, 1) for side in (box.width, box.height)] == [241, 139.7]
    assert "420.00" in _text(tmp_path / "n.pdf")
