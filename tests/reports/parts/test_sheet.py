"""The sheet: whole files or none, one font, the same bytes each time, honest page numbers."""

import signal
import sys

import pypdf
import pytest

from propdesk.reports.parts.sheet import A4, A5_LANDSCAPE, Align, Box, Sheet


def test_text_comes_back_as_it_was_given(draw, tmp_path, texts):
    with draw() as sheet:
        sheet.text(20, 20, "第3栋2单元501室，A<B", 9)
        sheet.text(20, 30, "派工单", 20, bold=True, tracking=0.34)
        sheet.text(20, 40, "罕见字𠅤𬭚与姓氏䶮", 9)
    (page,) = texts(tmp_path / "paper.pdf")
    assert page.splitlines() == ["第3栋2单元501室，A<B", "派工单", "罕见字𠅤𬭚与姓氏䶮"]


def test_only_the_embedded_font_is_in_the_file(draw, tmp_path, fonts):
    with draw() as sheet:
        sheet.text(20, 20, "正文", 9)
        sheet.text(20, 30, "标题", 9, bold=True)
    path = tmp_path / "paper.pdf"
    assert fonts(path) == {"NotoSansSC-Regular": True, "NotoSansSC-Bold": True}
    assert b"Helvetica" not in path.read_bytes()
    assert b"ASCII85" not in path.read_bytes()


def test_the_same_drawing_gives_the_same_bytes(tmp_path):
    for name in ("one.pdf", "two.pdf"):
        with Sheet(tmp_path / name, A4, title="Test") as sheet:
            sheet.text(20, 20, "同一张纸 2026", 9)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_a_footer_knows_the_number_of_pages(draw, tmp_path, texts):
    with draw(A5_LANDSCAPE) as sheet:
        for _page in range(3):
            if sheet.page > 1 or _page:
                sheet.new_page()
            sheet.at_end(
                lambda page, pages: sheet.text(190, 140, f"{page}/{pages}", 7, align=Align.RIGHT)
            )
    assert texts(tmp_path / "paper.pdf") == ["1/3", "2/3", "3/3"]
    assert sheet.printed.pages == 3


def test_what_the_font_lacks_is_told(draw):
    with draw() as sheet:
        sheet.text(20, 20, "𠮷", 9)
        sheet.lines(20, 30, sheet.wrapped("一😀二", 50, 9), 9, leading=4)
    assert sheet.printed.replaced_characters == ("𠮷", "😀")


def test_a_failure_while_drawing_leaves_the_old_file(tmp_path):
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")

    def half_way() -> None:
        with Sheet(path, A4, title="Test") as sheet:
            sheet.text(20, 20, "一", 9)
            raise RuntimeError("half way")

    with pytest.raises(RuntimeError, match="half way"):
        half_way()
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.pdf"]


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are a POSIX thing")
def test_a_full_disk_leaves_the_old_file_and_nothing_half_written(tmp_path):
    resource = pytest.importorskip("resource")
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, before[1]))
    try:
        with pytest.raises(OSError, match="File too large"), Sheet(path, A4, title="T") as sheet:
            sheet.text(20, 20, "报事内容" * 20, 9)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["paper.pdf"]


def test_shapes_are_black_paths(draw, tmp_path):
    with draw() as sheet:
        sheet.tick_box(20, 20, ticked=True)
        sheet.rounded(Box(20, 30, 10, 5), 1, filled=True)
        sheet.dot(40, 30, 1, filled=False)
    content = pypdf.PdfReader(tmp_path / "paper.pdf").pages[0].get_contents().get_data()
    greys = {line for line in content.split() if line in {b"rg", b"RG", b"k", b"K"}}
    assert not greys
