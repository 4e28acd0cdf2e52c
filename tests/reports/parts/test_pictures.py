"""Photos on paper: their very bytes, their captions, and a missing one said (F34)."""

import io
from datetime import datetime

import pypdf
import pytest
from PIL import Image

from propdesk.domain.papers import PaperLanguage
from propdesk.reports.parts.order_cells import PaperCopy, WorkOrderSheet
from propdesk.reports.parts.pictures import PaperPicture, draw_picture
from propdesk.reports.parts.sheet import A4, Box
from propdesk.reports.parts.zones import Form
from propdesk.reports.work_orders import render_work_order


def photo(number, caption="", size=(400, 300), colour="red", content=True) -> PaperPicture:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, "JPEG")
    return PaperPicture(number, caption, out.getvalue() if content else None, *size)


def order(*pictures, copies=("存根联", "维修联")) -> WorkOrderSheet:
    return WorkOrderSheet(
        office_name="云澜花园物业服务中心", number="BX-202611-0147",
        code_digits="1202611001470203", qr_text="BX2026110147/2/31", kind="报修", kinds=("报修",),
        urgency="急修", urgencies=("急修",), received_at=datetime(2026, 11, 21, 15, 42),
        text="主卫漏水", place="6栋1单元1204室", printed_at=datetime(2026, 11, 21, 16, 8),
        printed_by="钱晓云",
        copies=tuple(PaperCopy(name, for_worker=name == "维修联") for name in copies),
        pictures=pictures,
    )  # fmt: skip


def pictures_of(page) -> list[bytes]:
    found = page["/Resources"].get("/XObject", {})
    return [one.get_object()._data for one in found.values()]


@pytest.mark.parametrize("paper", ["a5", "a4"])
def test_f34_photos_stand_behind_the_workers_copy_with_their_captions(tmp_path, paper):
    target = tmp_path / "order.pdf"
    photos = photo(1, "吊顶检修口"), photo(2, colour="blue"), photo(3, "走廊", colour="white")
    render_work_order(order(*photos), target, paper=paper)
    pages = pypdf.PdfReader(target).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    found = [pictures_of(page) for page in pages]
    if paper == "a5":
        assert [len(one) for one in found] == [0, 0, 2, 1]
        assert "第2页／共3页" in texts[2]
        assert "共3页" not in texts[0]
    else:
        assert [len(one) for one in found] == [0, 3]
    assert sorted(one for each in found for one in each) == sorted(one.content for one in photos)
    whole = "".join(texts)
    for words in ("1吊顶检修口", "3走廊"):
        assert words in whole


def test_a_single_copy_has_the_photos(tmp_path):
    render_work_order(order(photo(1), copies=("工单",)), tmp_path / "order.pdf")
    assert len(pypdf.PdfReader(tmp_path / "order.pdf").pages) == 2


def test_an_order_without_photos_is_as_it_was(tmp_path):
    render_work_order(order(), tmp_path / "order.pdf")
    assert len(pypdf.PdfReader(tmp_path / "order.pdf").pages) == 2


def test_f34_a_missing_photo_is_said_with_its_name(tmp_path):
    target = tmp_path / "order.pdf"
    photos = photo(1, "厨房.jpg", content=False), photo(2, "走廊")
    render_work_order(order(*photos), target, language=PaperLanguage.ZH_EN)
    text = "".join(pypdf.PdfReader(target).pages[2].extract_text().split())
    assert "附件缺失" in text
    assert "厨房.jpg" in text
    assert "走廊" in text


def test_the_same_photos_give_the_same_file_byte_by_byte(tmp_path):
    files = []
    for name in ("a.pdf", "b.pdf"):
        render_work_order(order(photo(1), photo(2, colour="blue")), tmp_path / name)
        files.append((tmp_path / name).read_bytes())
    assert files[0] == files[1]


def test_a_photo_drawn_twice_stands_in_the_file_once(tmp_path):
    same = photo(1), photo(2)
    render_work_order(order(*same), tmp_path / "order.pdf")
    reader = pypdf.PdfReader(tmp_path / "order.pdf")
    images = [
        one for one in (reader.get_object(n) for n in range(1, len(reader.xref[0]) + 1))
        if isinstance(one, pypdf.generic.StreamObject) and one.get("/Subtype") == "/Image"
    ]  # fmt: skip
    assert len(images) == 1


@pytest.mark.parametrize("size", [(400, 300), (300, 400), (2000, 10), (10, 2000)])
def test_a_photo_keeps_its_proportions_inside_its_box(draw, size):
    frames = []
    with draw(A4) as sheet:
        sheet.picture = lambda box, _content, _size: frames.append(box)
        draw_picture(Form(sheet, PaperLanguage.ZH), Box(10, 20, 90, 100), photo(1, size=size))
    (frame,) = frames
    assert frame.width / frame.height == pytest.approx(size[0] / size[1])
    assert frame.x >= 10
    assert frame.y >= 20
    assert frame.right <= 100.001
    assert frame.bottom <= 112


def test_a_long_caption_is_cut_at_its_second_line(tmp_path, texts):
    render_work_order(order(photo(1, "很长的说明" * 30), photo(2)), tmp_path / "order.pdf")
    assert "…" in texts(tmp_path / "order.pdf")[2]
