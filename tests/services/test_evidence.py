"""The evidence pack of a house: made, read page by page, held against its manifest (law.md 1.5)."""

import io
import json
from datetime import date, datetime, timedelta

import pypdf
import pytest
from PIL import Image

from propdesk.domain.access import AccessAct
from propdesk.domain.data_exports import ExportOrder
from propdesk.domain.dunning import Relation, Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.errors import Cancelled, DraftError, RuleError
from propdesk.domain.evidence import Section
from propdesk.domain.fee_letters import LetterContent
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address
from propdesk.services import residents, staff, tickets, units
from propdesk.services.dunning_acts import add_proof, note_act
from propdesk.services.evidence import EvidenceOrder, export_evidence, verify_evidence
from propdesk.services.parts.ledger import post
from propdesk.services.queries.staff import find_department
from propdesk.storage import attachment_files
from propdesk.storage.charging import BillRecord, FeeBasisRecord, FeeItemRecord, TariffRecord
from propdesk.storage.database import rows
from propdesk.storage.dunning import FeeLetterRecord, LetterBatchRecord
from propdesk.storage.persons import PersonRecord

LAWYER = ExportOrder("起诉欠费", receiver="某某律师事务所")
ORDER = EvidenceOrder(LAWYER)
SECTIONS = {
    Section.PARTIES: "当事人与合同", Section.BILLS: "账单及计算过程",
    Section.PAYMENTS: "缴费记录", Section.LIMITATION: "诉讼时效", Section.LOG: "催缴记录",
    Section.LETTERS: "已发函件", Section.PROOFS: "送达凭证",
    Section.PLANS: "还款承诺与分期协议", Section.SERVICE: "本楼栋服务记录",
    Section.RECORDS: "记录保存说明",
}  # fmt: skip


@pytest.fixture
def claim(world, act, tmp_path):
    """Two bills due, a contract, an act with a photo and one with a scan, tickets of two houses."""
    item = FeeItemRecord.create(
        code="test-fee", name="物业费", formula="area", income="service", charges="all",
        line_months=1, billed_months=3, due_month=0, due_day=1, partial="by-day",
        rounding="fen-half-up", position=1,
    )  # fmt: skip
    basis = FeeBasisRecord.create(
        kind="contract", name="前期物业服务合同", number="HT-2019-8", signed_on=date(2019, 5, 1),
        fee_clause="第十二条", due_clause="第十三条", staff=world.desk.id,
    )  # fmt: skip
    tariff = TariffRecord.create(
        fee_item=item.id, from_on=date(2019, 6, 1), price_e4=28_000, basis=basis.id,
        late_clause="", entered_at=datetime(2019, 6, 1), staff=world.desk.id,
    )  # fmt: skip
    owner = PersonRecord.get(PersonRecord.name == "张伟丰")
    bills = [
        BillRecord.create(
            unit=world.home.id, fee_item=item.id, kind="charge", from_on=date(2026, month, 1),
            until_on=date(2026, month, 28), due_on=date(2026, month, 28), amount_fen=25_077,
            person=owner.id, tariff=tariff.id, entered_at=datetime(2026, 1, 2),
            staff=world.desk.id,
        )
        for month in (1, 2)
    ]  # fmt: skip
    picture = tmp_path / "门口.jpg"
    Image.new("RGB", (640, 480), "grey").save(picture)
    scan = tmp_path / "回执.pdf"
    writer = pypdf.PdfWriter()
    writer.add_blank_page(595, 842)
    writer.add_blank_page(842, 595)
    writer.write(scan)
    for day, file in ((10, picture), (17, scan)):
        draft = ActDraft(
            Stage.SLIP, Way.IN_PERSON, Result.SIGNED, datetime(2026, 11, day, 15, 0),
            receiver="张伟丰", relation=Relation.SELF,
        )  # fmt: skip
        made = note_act(world.home.id, draft, **act())
        add_proof(world.office, made.id, [file], **act())
    neighbour = PersonDraft("李秋月", ResidentRole.OWNER, "李女士", ("13900005678",))
    next_door = units.add_unit(Address("3", "2", "502"), community="云澜花园", by=world.desk.id)
    residents.add_resident(next_door.id, neighbour, by=world.desk.id, now=world.now)
    for unit, matter in ((world.home, "楼道灯不亮"), (next_door, "李秋月家漏水")):
        draft = TicketDraft(Kind.REPAIR, matter, unit_id=unit.id)
        tickets.register_ticket(draft, by=world.desk.id, now=world.now - timedelta(days=2))
    return bills


@pytest.fixture
def make(world, act, tmp_path):
    def how(name="材料", order=ORDER, **more):
        how_by = {**act(), **more}
        return export_evidence(world.office, world.home.id, tmp_path / name, order, **how_by)

    return how


def texts(file):
    return ["".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages]


def test_law_1_5_a_pack_holds_every_section_and_names_its_pages(make, claim):
    pack = make()
    pages = texts(pack.folder / "evidence.pdf")
    assert len(pages) == pack.pages
    assert all(f"第{place}页，共{len(pages)}页" in page for place, page in enumerate(pages, 1))
    # The contents name the page on which each section begins.
    contents = pages[1]
    for number, section in enumerate(Section, 1):
        title = SECTIONS[section]
        begins = next(
            place for place, page in enumerate(pages, 1)
            if place > 2 and f"{number}{title}" in page
        )  # fmt: skip
        assert f"{number}{title}{begins}" in contents.replace(".", "").replace("·", "")
    whole = "".join(pages)
    assert "张伟丰" in whole
    assert "HT-2019-8" in whole
    assert "501.54" in whole, "two bills of 250.77"
    outline = pypdf.PdfReader(pack.folder / "evidence.pdf").outline
    assert len([one for one in outline if not isinstance(one, list)]) == 11


def test_pipl_6_other_residents_are_nobody_in_the_pack(make, claim):
    pack = make()
    whole = "".join(texts(pack.folder / "evidence.pdf"))
    assert "楼道灯不亮" in whole, "the own house's tickets are told"
    assert "其他住户" in whole, "and that there was one of another house"
    assert "3-2-502" not in whole
    assert "李秋月" not in whole
    assert "漏水" not in whole, "what another house reported is told by its class alone"
    assert "13800001234" not in whole, "no telephone number leaves with the pack"


def test_c188_195_the_last_day_is_the_cautious_one(make, claim):
    """Signed for on 10 and 17 November 2026: three years later (Civil Code 188, 195)."""
    pages = texts(make().folder / "evidence.pdf")
    (page,) = [page for page in pages if page.startswith("4诉讼时效")]
    assert "2029-11-17" in page


def test_93_94_every_file_is_in_the_manifest_and_a_change_is_found(make, claim):
    pack = make()
    check = verify_evidence(pack.folder)
    assert check.is_sound
    assert check.files == len(pack.manifest.files) >= 15
    table = (pack.folder / "manifest.csv").read_text("utf-8-sig").splitlines()
    assert len(table) == check.files + 1
    (pack.folder / "bills.csv").write_bytes(b"changed")
    (pack.folder / "05-log.pdf").unlink()
    (pack.folder / "extra.txt").write_text("x")
    check = verify_evidence(pack.folder)
    assert (check.changed, check.missing, check.added) == (
        ("bills.csv",), ("05-log.pdf",), ("extra.txt",),
    )  # fmt: skip


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"files": 3}',
    '{"files": [{"path": "../x", "bytes": 1, "sha256": "%s", "what": ""}]}' % ("a" * 64),
])  # fmt: skip
def test_f38_a_strange_manifest_is_refused(tmp_path, text):
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(RuleError) as refusal:
        verify_evidence(tmp_path)
    assert refusal.value.code == "evidence-manifest"


def test_pipl_23_the_pack_is_noted_with_whom_it_was_given_to(make, claim, world):
    pack = make()
    found = rows("SELECT what, is_plain, manner, receiver, file_name, sha256 FROM data_export")
    assert found == [("evidence", 1, "provided", "某某律师事务所", "材料", pack.manifest_sha256)]
    lines = rows("SELECT unit_id FROM access_line WHERE act = ?", AccessAct.EXPORTED.value)
    assert (world.home.id,) in lines


@pytest.mark.parametrize("order", [
    ExportOrder("", receiver="律师"), ExportOrder("起诉", receiver=""),
])  # fmt: skip
def test_pipl_23_without_purpose_or_receiver_there_is_no_pack(make, claim, order, tmp_path):
    with pytest.raises(DraftError):
        make(order=EvidenceOrder(order))
    assert not (tmp_path / "材料").exists()


def test_nothing_half_made_stays_when_somebody_cancels(make, claim, tmp_path):
    calls = iter(range(1000))
    with pytest.raises(Cancelled):
        make(cancelled=lambda: next(calls) > 6)
    assert not list(tmp_path.glob("材料*"))
    assert rows("SELECT count(*) FROM data_export") == [(0,)]


def test_a_folder_that_is_there_is_not_overwritten(make, claim, tmp_path):
    (tmp_path / "材料").mkdir()
    with pytest.raises(RuleError) as refusal:
        make()
    assert refusal.value.code == "folder-exists"
    assert list((tmp_path / "材料").iterdir()) == []


def test_a_house_that_owes_nothing_has_no_pack(make, world):
    with pytest.raises(RuleError) as refusal:
        make()
    assert refusal.value.code == "evidence-nothing-open"


def test_guards_and_cashiers_give_no_pack_away(make, claim, world):
    guard = staff.add_staff(
        "李保安", by=world.desk.id, department_id=find_department("安管部").id, role=Role.MANAGER
    )
    for who in (guard, world.cashier, world.worker):
        with pytest.raises(RuleError):
            make(by=who.id)


def test_f34_a_missing_proof_is_said_and_stops_nothing(make, claim, world):
    for name in list(attachment_files.listed(world.office.attachments)):
        attachment_files.discard(world.office.attachments, name)
    pack = make()
    assert len(pack.manifest.missing) == 2
    whole = "".join(texts(pack.folder / "evidence.pdf"))
    assert "附件缺失" in whole
    assert "缺失：proofs/A2-1.pdf" in whole
    assert verify_evidence(pack.folder).is_sound


def test_a_batch_shows_the_letter_of_this_house_alone(make, claim, world):
    """Of the archived file of a batch the pack has the pages of its own letter."""
    batch_pdf = io.BytesIO()
    writer = pypdf.PdfWriter()
    for width in (400, 500, 600):
        writer.add_blank_page(width, 700)
    writer.write(batch_pdf)
    name = attachment_files.keep(world.office.attachments, batch_pdf.getvalue(), ".pdf")
    batch = LetterBatchRecord.create(
        stage=2, letters=3, total_fen=3, written_at=datetime(2026, 11, 10), staff=world.desk.id,
        pdf_sha256=name.sha256, pdf_pages=3,
    )  # fmt: skip
    content = dict.fromkeys(LetterContent.__dataclass_fields__, "")
    content |= {"lines": [], "parts": [], "explained": []}
    FeeLetterRecord.create(
        number="催〔2026〕7号", unit=world.home.id, stage=2, times=1, state="printed",
        dated_on=date(2026, 11, 10), total_fen=50_154, content=content, content_sha256="a" * 64,
        batch=batch.id, first_page=2, pages=1, pdf_sha256=name.sha256, staff=world.desk.id,
        written_at=datetime(2026, 11, 10), printed_at=datetime(2026, 11, 10),
    )  # fmt: skip
    pack = make()
    (page,) = pypdf.PdfReader(pack.folder / "letters" / "L1.pdf").pages
    assert float(page.mediabox.width) == 500
    widths = [
        float(one.mediabox.width) for one in pypdf.PdfReader(pack.folder / "evidence.pdf").pages
    ]
    assert widths.count(500) == 1
    assert 400 not in widths
    assert 600 not in widths


def test_the_pack_speaks_english_too(make, claim):
    pack = make(order=EvidenceOrder(LAWYER, language=PaperLanguage.EN))
    pages = texts(pack.folder / "evidence.pdf")
    assert "Contents" in pages[1]
    assert f"page1of{pack.pages}" in pages[0]
    assert json.loads((pack.folder / "manifest.json").read_text("utf-8"))["receiver"]


def test_a_part_payment_stands_in_the_claim(make, claim, world):
    lines = [LedgerLine(Account.OPENING, 77), LedgerLine(Account.BILL, -77, bill_id=claim[0].id)]
    post(Act.OPENING, lines, unit_id=world.home.id, on_day=date(2026, 11, 1),
         staff_id=world.desk.id, now=world.now)  # fmt: skip
    assert make().manifest.open_fen == 2 * 25_077 - 77
