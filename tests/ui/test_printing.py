"""Papers: what is previewed is what is printed, to the pixel; the window never waits for them."""

import json
import os
import shutil
import subprocess
import sys
import time
from itertools import pairwise

import pytest
import shiboken6
from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QDialog, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services.printing import print_work_order
from propdesk.services.reporting import write_complaint_report
from propdesk.services.tickets import register_ticket
from ui.papers import empty_papers
from ui.pdf import open_pdf, page_sizes, paper_name, render_page
from ui.printers import PrintJob, list_printers, paint_pages, print_file, spool_command
from ui.printing import show_paper
from ui.widgets.badges import Banner, Toast

pytestmark = pytest.mark.usefixtures("qapp")

DPI = 150
MOST_GAP_MS = 200


@pytest.fixture
def ticket(house, now):
    draft = TicketDraft(
        Kind.REPAIR,
        "卫生间天花板滴水，已经一个星期，晚上更明显。",
        unit_id=house.home.id,
        reporter_name="张伟丰",
        reporter_phone="13800001234",
    )
    return register_ticket(draft, by=house.desk.id, now=now)


@pytest.fixture
def order(ticket, house, now, tmp_path):
    """A work order as a file: A5 across, three copies."""
    target = tmp_path / "order.pdf"
    print_work_order(ticket.id, target, by=house.desk, now=now)
    return target


@pytest.fixture
def report(ticket, house, now, tmp_path):
    """A complaint report as a file: A4 upright."""
    target = tmp_path / "report.pdf"
    write_complaint_report(Month.of(now), target, now=now, by=house.desk)
    return target


@pytest.fixture
def no_printer(monkeypatch):
    """See to it that no test ever prints on somebody's real printer."""
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    if list_printers().names:
        pytest.skip("this system's printers cannot be hidden, and no test may print on them")


@pytest.fixture
def preview(office_context, showing, no_printer, qtbot):
    """Show a paper over a page and wait until it is in sight."""
    page = showing(QWidget(), 1200, 760)

    def show(draw, *, wait=True):
        window = show_paper(office_context, page, "派工单", draw)
        qtbot.waitUntil(lambda: not shiboken6.isValid(window) or window.isActiveWindow())
        if wait:
            qtbot.waitUntil(lambda: window.is_settled() and window.view.file() is not None)
        return window

    show.page = page
    return show


def silent(_done, _total):
    pass


def draws(ticket, house, now):
    return lambda target: print_work_order(ticket.id, target, by=house.desk, now=now)


def rendered(file, page):
    document = open_pdf(file)
    points = page_sizes(document)[page]
    size = QSize(round(points.width() / 72 * DPI), round(points.height() / 72 * DPI))
    return render_page(document, page, size)


def ink_box(image):
    """Return the box around everything dark: left, top, right, bottom in pixels."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    line, width = grey.bytesPerLine(), grey.width()
    data = bytes(grey.constBits())
    rows = [y for y in range(grey.height()) if min(data[y * line : y * line + width]) < 128]
    columns = [x for x in range(width) if min(data[x::line]) < 128]
    return columns[0], rows[0], columns[-1], rows[-1]


def printed(file, tmp_path):
    """Print a file on paper that is a PDF file itself, the way Windows prints."""
    target = tmp_path / f"printed-{file.name}"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    assert paint_pages(printer, file, silent)
    return target


@pytest.mark.parametrize("paper", ["order", "report"])
def test_printed_pages_lie_where_they_were_seen(paper, request, tmp_path):
    file = request.getfixturevalue(paper)
    sheet = printed(file, tmp_path)
    before, after = page_sizes(open_pdf(file)), page_sizes(open_pdf(sheet))
    assert len(before) == len(after)
    for page, (seen, came) in enumerate(zip(before, after, strict=True)):
        assert abs(seen.width() - came.width()) < 1.5
        assert abs(seen.height() - came.height()) < 1.5
        boxes = ink_box(rendered(file, page)), ink_box(rendered(sheet, page))
        assert all(abs(one - other) <= 2 for one, other in zip(*boxes, strict=True)), boxes


def test_both_codes_are_read_from_the_printed_sheet(order, ticket, tmp_path):
    if shutil.which("zbarimg") is None:
        pytest.skip("zbarimg is not installed, so the codes cannot be read back")

    def codes(file):
        picture = tmp_path / f"{file.stem}.png"
        assert rendered(file, 0).save(str(picture))
        done = subprocess.run(
            ["zbarimg", "-q", picture], capture_output=True, text=True, check=True
        )
        return sorted(done.stdout.split())

    sheet = codes(printed(order, tmp_path))
    assert [code.split(":")[0] for code in sheet] == ["CODE-128", "QR-Code"]
    assert ticket.number.replace("-", "") in sheet[1]
    assert sheet == codes(order)


def test_copies_are_painted_one_after_the_other(order, tmp_path):
    target = tmp_path / "twice.pdf"
    printer = QPrinter()
    printer.setOutputFileName(str(target))
    assert paint_pages(printer, order, silent, rounds=2)
    assert len(page_sizes(open_pdf(target))) == 6


def test_papers_are_known_by_their_names(order, report):
    assert paper_name(page_sizes(open_pdf(order))[0]) == "A5"
    assert paper_name(page_sizes(open_pdf(report))[0]) == "A4"


def test_the_file_itself_goes_to_the_print_system(order):
    job = PrintJob(order, "front desk; rm -rf /", copies=2, title="-派工单 $(id)")
    words = spool_command("/usr/bin/lp", job)
    assert words[words.index("-d") + 1] == "front desk; rm -rf /"
    assert words[words.index("-n") + 1] == "2"
    assert words[words.index("-t") + 1] == "-派工单 $(id)"
    assert {"media=A5", "fit-to-page=false"} <= set(words)
    assert words[-1] == str(order)


def test_a_printer_that_is_not_there_is_a_sentence(order, no_printer):
    with pytest.raises(RuleError) as refusal:
        print_file(PrintJob(order, "no-such-printer"), silent)
    assert refusal.value.code == "print-refused"
    assert "no-such-printer" in str(refusal.value)


def test_a_real_print_system_takes_the_file(order):
    printer = os.environ.get("PROPDESK_TEST_PRINTER", "")
    if not printer or shutil.which("lp") is None:
        pytest.skip("PROPDESK_TEST_PRINTER names no printer that may be printed on")
    print_file(PrintJob(order, printer, title="propdesk test"), silent)


def test_the_preview_is_walked_by_keys(preview, ticket, house, now, press, qtbot):
    window = preview(draws(ticket, house, now))
    view = window.view
    assert view.page() == (1, 3)
    press("PgDown")
    assert view.page() == (2, 3)
    press("End")
    assert view.page() == (3, 3)
    qtbot.waitUntil(view.is_settled)
    press("PgUp", "Home")
    assert view.page() == (1, 3)
    assert "1 / 3" in view.accessibleName()
    press("Ctrl+=")
    assert view.zoom() == 1.25
    press("Ctrl+-", "Ctrl+-")
    assert view.zoom() == 0.75
    press("Ctrl+0")
    assert view.zoom() is None
    qtbot.waitUntil(view.is_settled)


def test_without_a_printer_the_very_file_is_saved(
    preview, ticket, house, now, press, qtbot, messages, tmp_path
):
    window = preview(draws(ticket, house, now))
    seen = window.view.file().read_bytes()
    target = tmp_path / "saved.pdf"
    messages.expect("pdf", target)
    press("Ctrl+P")
    qtbot.waitUntil(lambda: bool(preview.page.findChildren(Toast)))
    assert "PDF" in messages.asked[0][1]
    assert target.read_bytes() == seen
    assert "saved.pdf" in preview.page.findChild(Toast).words()
    assert list(tmp_path.glob("*.part")) == []


def test_saving_where_nobody_may_write_is_a_sentence(
    preview, ticket, house, now, press, qtbot, messages, tmp_path
):
    preview(draws(ticket, house, now))
    (tmp_path / "folder.pdf").mkdir()
    messages.expect(tmp_path / "folder.pdf", None)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: len(messages.asked) == 2)
    assert "folder.pdf" in messages.asked[1][1]
    assert list(tmp_path.glob("*.part")) == []


def test_a_print_key_pressed_early_waits_for_the_paper(
    preview, ticket, house, now, press, qtbot, messages
):
    window = preview(draws(ticket, house, now), wait=False)
    assert not window.is_settled()
    messages.expect("keep")
    press("Ctrl+P")
    qtbot.waitUntil(lambda: bool(messages.asked))
    assert window.isVisible()


def test_esc_closes_and_leaves_no_paper_behind(
    preview, ticket, house, now, press, qtbot, office_context
):
    window = preview(draws(ticket, house, now))
    file = window.view.file()
    with qtbot.waitSignal(window.destroyed):
        press("Esc")
    assert not file.exists()
    assert list(office_context.papers.iterdir()) == []


def test_closing_while_it_is_drawn_is_quiet(preview, ticket, house, now, press, qtbot):
    window = preview(draws(ticket, house, now), wait=False)
    with qtbot.waitSignal(window.destroyed):
        press("Esc")


def test_a_paper_that_is_refused_says_why(preview, press, qtbot, messages):
    def refuse(_target):
        raise RuleError("disk-full", "The disk is full.")

    messages.expect(None)
    preview(refuse, wait=False)
    qtbot.waitUntil(lambda: bool(messages.asked))
    assert messages.asked[0][1] == "The disk is full."
    assert [one for one in preview.page.findChildren(QDialog) if one.isVisible()] == []


def test_characters_without_a_font_are_named(preview, house, now):
    draft = TicketDraft(Kind.REPAIR, "𠮷先生家漏水", unit_id=house.home.id)
    ticket = register_ticket(draft, by=house.desk.id, now=now)
    window = preview(draws(ticket, house, now))
    assert any("𠮷" in banner.sentence() for banner in window.findChildren(Banner))


def test_papers_of_the_last_start_go(office_context):
    office_context.papers.mkdir()
    (office_context.papers / "left.pdf").write_bytes(b"%PDF")
    empty_papers(office_context.papers)
    assert list(office_context.papers.iterdir()) == []


def test_nothing_blocks_while_a_large_paper_is_drawn(preview, house, now, press, qtbot):
    text = "楼上漏水，天花板滴水，请尽快安排维修师傅上门查看。" * 2400
    draft = TicketDraft(Kind.REPAIR, text, unit_id=house.home.id)
    ticket = register_ticket(draft, by=house.desk.id, now=now)

    def longest_gap():
        ticks = []
        timer = QTimer()
        timer.setInterval(50)
        timer.timeout.connect(lambda: ticks.append(time.monotonic()))
        timer.start()
        window = preview(draws(ticket, house, now), wait=False)
        qtbot.waitUntil(lambda: window.view.file() is not None, timeout=60_000)
        press("End")
        qtbot.waitUntil(window.view.is_settled)
        timer.stop()
        assert window.view.page()[1] > 30
        press("Esc")
        gaps = [round((after - before) * 1000) for before, after in pairwise(ticks)]
        assert len(gaps) > 5
        return max(gaps)

    # Another program may hold up one attempt; what blocks in ours does so in each of them.
    gaps = []
    while len(gaps) < 3 and not (gaps and gaps[-1] <= MOST_GAP_MS):
        gaps.append(longest_gap())
    assert min(gaps) <= MOST_GAP_MS, gaps


def test_qtpdf_is_loaded_only_for_a_paper():
    """A window that shows no paper must not pay for it."""
    source = (
        "import json, sys, ui.main_window, ui.pages.reports, ui.printing;"
        "print(json.dumps([name for name in sys.modules if 'QtPdf' in name]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", source], capture_output=True, text=True, check=True
    )
    assert json.loads(done.stdout) == []
