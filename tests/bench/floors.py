"""The floors that the benches measure against: the same work by hand, without propdesk or ui.

Each is the least that the job can cost on this machine, measured in the same run.
"""

import sqlite3
import sys
from pathlib import Path

EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def event(self, event):
        done = super().event(event)
        if event.type() == QEvent.Type.Paint:
            print(time.time(), flush=True)
            QApplication.quit()
        return done

app = QApplication([])
window = Window()
window.resize(1280, 720)
window.show()
app.exec()
"""


def empty_window_command() -> list[str]:
    """Return the command of a fresh process with an empty Qt window."""
    return [sys.executable, "-c", EMPTY_WINDOW]


def indexed_keys(data_file: Path, low: str, high: str) -> int:
    """Return how many desk keys lie in a range, by the one indexed query, bare."""
    with sqlite3.connect(f"file:{data_file}?mode=ro&immutable=1", uri=True) as connection:
        return len(
            connection.execute(
                "SELECT DISTINCT kind, target FROM desk_key WHERE key >= ? AND key < ? LIMIT 60",
                (low, high),
            ).fetchall()
        )


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
    page = Canvas(str(target), pagesize=(595, 420), initialFontName="FloorRegular", pageCompression=1)
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
