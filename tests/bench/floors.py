"""The floors that the benches measure against: the same work by hand, without propdesk or ui.

Each is the least that the job can cost on this machine, measured in the same run.
"""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlcipher3.dbapi2
    from PySide6.QtWidgets import QWidget

EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def event(self, event):
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self.painted)
        return super().event(event)

    def painted(self):
        print(time.time(), flush=True)
        QApplication.quit()

app = QApplication([])
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""


def empty_window_command() -> list[str]:
    """Return the command of a fresh process with an empty Qt window."""
    return [sys.executable, "-c", EMPTY_WINDOW]


def desk_hits(data_file: Path, typed: str) -> list[tuple[object, ...]]:
    """Return the lines of a desk search by bare indexed queries: the keys, then what they name."""
    connection = _connection(data_file)
    targets = connection.execute(
        "SELECT DISTINCT kind, target FROM desk_key WHERE key >= ? AND key < ? LIMIT 60",
        (typed, typed + "\U0010ffff"),
    ).fetchall()
    found: list[tuple[object, ...]] = []
    for kind, target in targets:
        where = {
            "person": "r.person_id = ?",
            "phone": "r.person_id = (SELECT person_id FROM phone WHERE id = ?)",
            "unit": "r.unit_id = ?",
            "plate": "r.unit_id = (SELECT unit_id FROM vehicle WHERE id = ?)",
        }[kind]
        found += connection.execute(
            "SELECT u.id, u.short, p.id, p.salutation, p.name, r.role, (SELECT phone FROM phone "
            "WHERE person_id = p.id ORDER BY id LIMIT 1) FROM residency r JOIN person p ON "
            f"p.id = r.person_id JOIN unit u ON u.id = r.unit_id WHERE {where} "
            "AND r.to_on IS NULL ORDER BY u.short LIMIT 10",
            (target,),
        ).fetchall()
        if len(found) >= 30:
            break
    return found


def caller_card(data_file: Path, unit_id: int) -> list[tuple[object, ...]]:
    """Return what a caller card shows by bare indexed queries: house, people, tickets, talks."""
    connection = _connection(data_file)
    found: list[tuple[object, ...]] = []
    for sql in (
        ("SELECT u.*, e.name, b.name, c.name FROM unit u JOIN entrance e ON e.id = u.entrance_id "
        "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id "
        "WHERE u.id = ?"),
        ("SELECT r.*, p.*, (SELECT group_concat(phone) FROM phone WHERE person_id = p.id) "
        "FROM residency r JOIN person p ON p.id = r.person_id WHERE r.unit_id = ?"),
        "SELECT * FROM ticket WHERE unit_id = ? ORDER BY received_at DESC, id DESC LIMIT 30",
        "SELECT * FROM ticket WHERE unit_id = ? AND is_open ORDER BY received_at DESC LIMIT 10",
        "SELECT * FROM contact WHERE unit_id = ? ORDER BY at DESC LIMIT 3",
    ):  # fmt: skip
        found += connection.execute(sql, (unit_id,)).fetchall()
    return found


@cache
def _connection(data_file: Path) -> "sqlcipher3.dbapi2.Connection":
    import sqlcipher3.dbapi2

    return sqlcipher3.dbapi2.connect(str(data_file))


def read_workbook(file: Path) -> int:
    """Return the rows of a workbook, read with openpyxl alone."""
    from openpyxl import load_workbook

    book = load_workbook(file, read_only=True, data_only=True)
    try:
        return sum(1 for _row in book.worksheets[0].iter_rows(values_only=True))
    finally:
        book.close()


def draw_work_order(target: Path, fonts: Path) -> None:
    """Draw one work order's worth of text, rules and codes on a bare canvas."""
    import segno
    from reportlab.graphics.barcode import code128
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    if "FloorRegular" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont("FloorRegular", str(fonts / "NotoSansSC-Regular.ttf")))
        pdfmetrics.registerFont(TTFont("FloorBold", str(fonts / "NotoSansSC-Bold.ttf")))
    page = Canvas(
        str(target), pagesize=(595, 420), initialFontName="FloorRegular", pageCompression=1
    )
    for _copy in range(3):
        page.setFont("FloorBold", 20)
        page.drawCentredString(297, 390, "派工单")
        code128.Code128("2202611000310207", barHeight=22, barWidth=0.85).drawOn(page, 430, 380)
        matrix = segno.make("TS2026110031/2/82", error="m", micro=False).matrix
        path = page.beginPath()
        for y, row in enumerate(matrix):
            for x, dark in enumerate(row):
                if dark:
                    path.rect(540 + x * 1.6, 410 - y * 1.6, 1.6, 1.6)
        page.drawPath(path, stroke=0, fill=1)
        for line in range(24):
            page.line(30, 365 - line * 14, 565, 365 - line * 14)
            for column in range(4):
                page.setFont("FloorRegular", 7.6)
                page.drawString(32 + column * 134, 368 - line * 14, "报修时间")
                page.setFont("FloorRegular", 9.4)
                page.drawString(72 + column * 134, 368 - line * 14, "3栋2单元501")
        page.showPage()
    page.save()


def all_units(data_file: Path) -> int:
    """Return how many units there are, after reading them all with their places."""
    return len(
        _connection(data_file)
        .execute(
            "SELECT u.id, u.short, c.name, b.id, b.name, e.name, u.number, u.floor, u.state "
            "FROM unit u JOIN entrance e ON e.id = u.entrance_id "
            "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id"
        )
        .fetchall()
    )


def arrears(data_file: Path) -> list[tuple[object, ...]]:
    """Return what each house owes by one bare query along the covering index of open bills."""
    return (
        _connection(data_file)
        .execute(
            "SELECT unit_id, sum(amount_fen - settled_fen), min(due_on) FROM bill "
            "WHERE settled_fen < amount_fen AND voided_at IS NULL GROUP BY unit_id"
        )
        .fetchall()
    )


def empty_grid(cells: "list[tuple[int, int, int, int]]") -> "QWidget":
    """Return a widget that paints these cells as empty round boxes."""
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QWidget

    class Grid(QWidget):
        def paintEvent(self, _event):
            painter = QPainter(self)
            painter.fillRect(self.rect(), QColor("white"))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor("#C4CDD3"))
            painter.setBrush(QColor("#EEF3F4"))
            for cell in cells:
                painter.drawRoundedRect(QRectF(*cell), 4, 4)

    return Grid()


def insert_bills(data_file: Path, bills: "list[tuple[object, ...]]") -> float:
    """Return the seconds of writing finished rows of bills in one transaction, indexes included."""
    import time

    import sqlcipher3.dbapi2

    connection = sqlcipher3.dbapi2.connect(str(data_file), isolation_level=None)
    connection.execute("PRAGMA journal_mode = wal")
    connection.execute("PRAGMA synchronous = full")
    connection.execute("PRAGMA foreign_keys = 1")
    marks = ", ".join("?" * len(bills[0]))
    start = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.executemany(f"INSERT INTO bill VALUES ({marks})", bills)
    connection.execute("COMMIT")
    seconds = time.perf_counter() - start
    connection.close()
    return seconds


def draw_pages(target: Path, fonts: Path, marks: "tuple[list, list, list]", pages: int) -> None:
    """Draw words, lines and boxes of one page on a bare canvas, as often as there are pages."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    for name, file in (("FloorRegular", "Regular"), ("FloorBold", "Bold")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, str(fonts / f"NotoSansSC-{file}.ttf")))
    words, lines, boxes = marks
    page = Canvas(
        str(target), pagesize=(595, 842), initialFontName="FloorRegular", pageCompression=1
    )
    for _number in range(pages):
        for x, y, text, size, bold in words:
            page.setFont("FloorBold" if bold else "FloorRegular", size)
            page.drawString(x, y, text)
        for line in lines:
            page.line(*line)
        path = page.beginPath()
        for box in boxes:
            path.rect(*box)
        page.drawPath(path, stroke=0, fill=1)
        page.showPage()
    page.save()
