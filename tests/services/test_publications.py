"""Publications of fees and accounts: archived, posted, printed again the same (Civil Code 943)."""

from dataclasses import replace
from datetime import date, datetime

import pypdf
import pytest
from PIL import Image

from propdesk.domain.errors import RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.publications import PublicationDraft, PublicationKind, next_period
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import fee_settings, publications, staff, tickets
from propdesk.services.parts.ledger import post
from propdesk.services.queries.publications import list_due_publications
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.charging import BillRecord, FeeItemRecord, TariffRecord

QUARTER = (date(2026, 7, 1), date(2026, 9, 30))


@pytest.fixture
def office_fees(world):
    """Two items, one of them of common parts; two bills of the quarter, one paid in part."""
    items = [
        FeeItemRecord.create(
            code=code, name=name, formula="area", income=income, charges="all", line_months=3,
            billed_months=3, due_month=0, due_day=1, partial="by-day", rounding="fen-half-up",
            position=place, is_active=True,
        )
        for place, (code, name, income) in enumerate(
            [("t-fee", "物业费", "service"), ("t-lift", "电梯广告", "public")]
        )
    ]  # fmt: skip
    TariffRecord.create(
        fee_item=items[0].id, from_on=date(2020, 1, 1), price_e4=28_000, basis_note="前期合同",
        cap_e4=30_000, cap_source="某发改〔2019〕8 号", late_clause="",
        entered_at=datetime(2020, 1, 1), staff=world.desk.id,
    )  # fmt: skip
    bills = [
        BillRecord.create(
            unit=world.home.id, fee_item=item.id, kind="charge", from_on=QUARTER[0],
            until_on=QUARTER[1], due_on=date(2026, 7, 31), amount_fen=60_000,
            entered_at=datetime(2026, 7, 1), staff=world.desk.id,
        )
        for item in items
    ]  # fmt: skip
    for bill, fen, day in ((bills[0], 15_000, date(2026, 8, 2)), (bills[1], 60_000,
                                                                  date(2026, 10, 2))):  # fmt: skip
        lines = [LedgerLine(Account.MONEY, fen), LedgerLine(Account.BILL, -fen, bill_id=bill.id)]
        post(Act.PAYMENT, lines, unit_id=world.home.id, on_day=day, staff_id=world.desk.id,
             now=world.now)  # fmt: skip
    return bills


@pytest.fixture
def manager(world):
    return staff.add_staff("周经理", by=world.desk.id, role=Role.MANAGER)


@pytest.fixture
def publish(world, act):
    def how(kind, first=QUARTER[0], last=QUARTER[1], by=None, **more):
        draft = PublicationDraft(kind, first, last, **more)
        return publications.write_publication(world.office, draft, **act(by))

    return how


def test_c943_items_are_published_with_price_ground_and_cap(publish, office_fees):
    """R96: price, what it rests on, and the guidance price above which nothing may be charged."""
    made = publish(PublicationKind.FEE_ITEMS, date(2026, 11, 21), date(2026, 11, 21))
    assert made.number == "GS-2026-001"
    (row,) = made.content.rows
    assert row[:2] == ("物业费", "2.80")
    assert "前期合同" in row[-1]
    assert "3.00" in row[-1]


def test_c943_accounts_say_sums_of_the_period_and_nobody(publish, office_fees):
    """Charged 600.00 each; paid of it 150.00 and 600.00, of which 150.00 came in that quarter."""
    made = publish(PublicationKind.ACCOUNTS)
    assert made.content.rows == (
        ("物业费", "600.00", "150.00", "25.0 %", "150.00"),
        ("电梯广告", "600.00", "600.00", "100.0 %", "0.00"),
    )
    assert made.content.total == ("合计", "1,200.00", "750.00", "62.5 %", "150.00")
    assert "张伟丰" not in str(made.content)


def test_c282_public_income_stands_alone(publish, office_fees):
    last_quarter = publish(PublicationKind.PUBLIC_INCOME, date(2026, 10, 1), date(2026, 11, 20))
    assert last_quarter.content.rows == (("电梯广告", "600.00"),)
    assert "282" in "".join(last_quarter.content.notes)


def test_a_period_that_runs_on_is_not_accounted_for(publish, office_fees):
    for first, last, code in (
        (date(2026, 10, 1), date(2026, 12, 31), "publication-early"),
        (date(2026, 10, 1), date(2026, 9, 1), "period-reversed"),
        (date(2025, 1, 1), date(2025, 3, 31), "publication-empty"),
    ):
        with pytest.raises(RuleError) as refusal:
            publish(PublicationKind.ACCOUNTS, first, last)
        assert refusal.value.code == code


def test_pipl_25_arrears_are_published_nowhere_by_default(publish, office_fees, manager):
    with pytest.raises(RuleError) as refusal:
        publish(PublicationKind.ARREARS, by=manager, is_confirmed=True)
    assert refusal.value.code == "arrears-list-off"


@pytest.fixture
def in_binzhou(world):
    """滨州 49 names the list as a means of urging (law.md 1.2)."""
    settings = fee_settings.get_fee_settings()
    fee_settings.save_fee_settings(replace(settings, place="滨州市"), by=world.desk.id)


def test_pipl_25_a_place_that_names_it_needs_a_manager_who_read_the_warning(
    publish, office_fees, manager, in_binzhou, world
):
    with pytest.raises(RuleError) as refusal:
        publish(PublicationKind.ARREARS, by=manager)
    assert refusal.value.code == "arrears-list-unconfirmed"
    with pytest.raises(RuleError) as refusal:
        publish(PublicationKind.ARREARS, is_confirmed=True)
    assert refusal.value.code == "not-allowed"
    made = publish(PublicationKind.ARREARS, by=manager, is_confirmed=True)
    assert made.content.rows == (("3-2-501",),), "house numbers alone"
    more = publish(PublicationKind.ARREARS, by=manager, is_confirmed=True, with_amounts=True,
                   with_months=True)  # fmt: skip
    assert more.content.rows == (("3-2-501", "1", "450.00"),)
    assert "张" not in str(more.content.rows)
    # A house whose complaint is open is not shamed (law.md 1.6).
    draft = TicketDraft(Kind.COMPLAINT, "楼道灯不亮", unit_id=world.home.id)
    tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    with pytest.raises(RuleError) as refusal:
        publish(PublicationKind.ARREARS, by=manager, is_confirmed=True)
    assert refusal.value.code == "publication-empty"


def test_printed_again_it_is_the_same_file(publish, office_fees, world, act, tmp_path):
    made = publish(PublicationKind.ACCOUNTS)
    files = [tmp_path / "一.pdf", tmp_path / "二.pdf", tmp_path / "三.pdf"]
    show = publications.print_publication
    show(world.office, made.number, files[0], by=world.desk.id)
    # Prices and bills that change later change nothing of what hung there.
    BillRecord.update(amount_fen=99_000).execute()
    show(world.office, made.number, files[1], by=world.desk.id)
    # Nor does a lost file: it is drawn anew and must be the very same (F34).
    stored = StoredName(made.pdf_sha256, ".pdf")
    attachment_files.discard(world.office.attachments, stored)
    show(world.office, made.number, files[2], by=world.desk.id)
    assert files[0].read_bytes() == files[1].read_bytes() == files[2].read_bytes()
    assert attachment_files.is_whole(world.office.attachments, stored)
    (page,) = pypdf.PdfReader(files[0]).pages
    assert "收费" in page.extract_text()


def test_it_hangs_from_a_day_to_a_day_with_its_photo(publish, office_fees, world, act, tmp_path):
    made = publish(PublicationKind.ACCOUNTS)
    today = world.now.date()
    with pytest.raises(RuleError):
        publications.take_publication_down(made.number, today, **act())
    with pytest.raises(RuleError) as refusal:
        publications.post_publication(made.number, date(2026, 11, 20), "公告栏", **act())
    assert refusal.value.code == "posted-day"
    posted = publications.post_publication(made.number, today, "1 号门公告栏", **act())
    assert (posted.posted_on, posted.place) == (today, "1 号门公告栏")
    photo = tmp_path / "公告栏.jpg"
    Image.new("RGB", (320, 240), "grey").save(photo)
    kept, refused = publications.add_publication_photos(world.office, made.number, [photo], **act())
    assert (len(kept), refused) == (1, ())
    down = publications.take_publication_down(made.number, today, **act())
    assert (down.taken_down_on, down.photos) == (today, 1)
    void = publications.void_publication(made.number, **act())
    assert void.voided_at
    with pytest.raises(RuleError):
        publications.post_publication(made.number, today, "公告栏", **act())


@pytest.mark.parametrize(("months", "today", "last", "expected"), [
    (3, date(2026, 11, 21), None, (date(2026, 7, 1), date(2026, 9, 30))),
    (3, date(2026, 1, 1), None, (date(2025, 10, 1), date(2025, 12, 31))),
    (3, date(2026, 11, 21), date(2026, 9, 30), (date(2026, 10, 1), date(2026, 12, 31))),
    (12, date(2026, 11, 21), None, (date(2025, 1, 1), date(2025, 12, 31))),
    (6, date(2024, 7, 1), None, (date(2024, 1, 1), date(2024, 6, 30))),
])  # fmt: skip
def test_periods_are_whole_quarters_halves_and_years(months, today, last, expected):
    assert next_period(last, months, today) == expected


def test_shanghai_66_reminds_each_quarter(publish, office_fees, world, act):
    """上海 66: income of common parts quarterly; elsewhere Civil Code 943, here yearly."""
    due = {one.kind: (one.from_on, one.until_on) for one in list_due_publications(world.now.date())}
    assert due[PublicationKind.PUBLIC_INCOME] == (date(2025, 1, 1), date(2025, 12, 31))
    settings = replace(fee_settings.get_fee_settings(), place="上海市")
    fee_settings.save_fee_settings(settings, by=world.desk.id)
    due = {one.kind: (one.from_on, one.until_on) for one in list_due_publications(world.now.date())}
    assert due[PublicationKind.PUBLIC_INCOME] == QUARTER
    made = publish(PublicationKind.PUBLIC_INCOME)
    publications.post_publication(made.number, world.now.date(), "公告栏", **act())
    kinds = [one.kind for one in list_due_publications(world.now.date())]
    assert PublicationKind.PUBLIC_INCOME not in kinds
