"""The work order filled from a real ticket: what the register and the journal say stands on it."""

from datetime import timedelta

import pypdf
import pytest

from propdesk.domain.papers import PaperLanguage
from propdesk.domain.tickets import Kind, TicketDraft, Urgency
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.units import Address
from propdesk.services import tickets, units
from propdesk.services.printing import print_work_order


@pytest.fixture
def printed(world, tmp_path):
    """Print a ticket's work order and give the words of its pages, without blanks."""

    def run(ticket, **more):
        made = print_work_order(
            ticket, tmp_path / "order.pdf", by=world.desk, now=world.now, **more
        )
        assert made.replaced_characters == ()
        return ["".join(p.extract_text().split()) for p in pypdf.PdfReader(made.file).pages]

    return run


@pytest.fixture
def leak(world):
    """A dispatched repair in a house of which the register notes something."""
    unit = units.add_unit(
        Address("3", "2", "502"),
        community="云澜花园",
        by=world.desk.id,
        facts=UnitFacts(note="家有大狗"),
    )
    draft = TicketDraft(
        kind=Kind.REPAIR,
        text="厨房水管滴水。",
        wish="中午前修好",
        unit_id=unit.id,
        spot="厨房",
        reporter_name="张先生",
        reporter_phone="13800001234",
        appointment="11-21 10:00-10:30",
    )
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now)
    tickets.dispatch_ticket(
        ticket.id,
        department_id=world.engineering,
        handler_id=world.worker.id,
        note="带生料带",
        by=world.desk.id,
        now=world.now,
    )
    return ticket.id


def test_every_copy_says_what_to_do_where_and_when(printed, leak):
    for page in printed(leak):
        for words in ("厨房（室内）", "厨房水管滴水。诉求：中午前修好", "带生料带", "王建国"):
            assert words in page
        assert "11-2110:00-10:30" in page


def test_phone_and_house_hint_are_for_the_worker(printed, leak):
    pages = printed(leak)
    assert ["13800001234" in page for page in pages] == [False, True, False]
    assert ["家有大狗" in page for page in pages] == [False, True, False]


def test_the_english_paper_has_no_full_width_marks_between_spot_and_part(printed, leak):
    for page in printed(leak, language=PaperLanguage.EN):
        assert "厨房(inside)" in page


def test_the_times_that_the_clocks_give_stand_on_the_order(world, printed):
    draft = TicketDraft(kind=Kind.REPAIR, text="水管爆了。", place="地下室", urgency=Urgency.P1)
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now).id
    send = {"department_id": world.engineering, "by": world.desk.id, "now": world.now}
    tickets.dispatch_ticket(ticket, **send)
    on_site, done = world.now + timedelta(minutes=30), world.now + timedelta(hours=24)
    page = printed(ticket)[0]
    assert f"要求到场{on_site:%m-%d%H:%M}" in page
    assert f"要求完成{done:%m-%d%H:%M}" in page
    # What the caller was promised comes before the office's own limit.
    promised = world.now + timedelta(hours=2)
    tickets.dispatch_ticket(ticket, promised_at=promised, **send)
    assert f"要求完成{promised:%m-%d%H:%M}" in printed(ticket)[0]


def test_what_it_waited_for_is_counted_and_printed(world, printed):
    draft = TicketDraft(kind=Kind.REPAIR, text="水管爆了。", place="地下室")
    ticket = tickets.register_ticket(draft, by=world.desk.id, now=world.now).id
    assert "共等待" not in printed(ticket)[0]

    def act(minutes):
        return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}

    tickets.suspend_ticket(ticket, "material", text="缺阀门", **act(60))
    tickets.resume_ticket(ticket, **act(180))
    pages = "".join(printed(ticket))
    assert "等材料11-2110:30至11-2112:30（缺阀门）；共等待2小时" in pages


def test_f34_ticked_photos_stand_on_the_order_and_a_missing_one_is_said(world, tmp_path):
    from PIL import Image

    from propdesk.services import attachments

    ticket = tickets.register_ticket(
        TicketDraft(Kind.REPAIR, "卫生间漏水", unit_id=world.home.id),
        by=world.desk.id,
        now=world.now,
    )
    for name, colour in (("a.jpg", "red"), ("b.jpg", "blue"), ("c.jpg", "white")):
        Image.new("RGB", (64, 48), colour).save(tmp_path / name)
    office, by, now = world.office, world.desk.id, world.now
    files = [tmp_path / name for name in ("a.jpg", "b.jpg", "c.jpg")]
    (first, second, _third), _refused = attachments.add_attachments(
        office, ticket.id, files, by=by, now=now
    )
    for one, caption in ((first, "吊顶"), (second, "地漏")):
        attachments.change_attachment(one.id, by=by, now=now, caption=caption, on_paper=True)
    (office.attachments / second.file.sha256[:2] / f"{second.file.sha256}.jpg").unlink()
    target = tmp_path / "order.pdf"
    print_work_order(ticket.id, target, by=world.desk, now=now, copies=1)
    text = "".join(pypdf.PdfReader(target).pages[-1].extract_text().split())
    for words in ("图1吊顶", "图2地漏", "附件缺失"):
        assert words in text
    assert "图3" not in text
