"""PDF files as pictures. QtPdf is loaded here, when a paper is first looked at.

Everything here may run off the main thread, and should: a page takes as long as it has ink.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtPdf import QPdfDocument

_POINTS_PER_MM = 72 / 25.4
_TOLERANCE_MM = 1.5
_KNOWN_SIZES = {"A5": (148, 210), "A4": (210, 297), "A3": (297, 420)}


def open_pdf(file: Path) -> QPdfDocument:
    """Open a PDF file of our own. Raises ValueError where it is none: a bug, not a refusal."""
    from PySide6.QtPdf import QPdfDocument

    document = QPdfDocument()
    document.load(str(file))
    if document.status() != QPdfDocument.Status.Ready:
        raise ValueError(f"{file.name} is no PDF file: {document.status().name}")
    return document


def page_sizes(document: QPdfDocument) -> tuple[QSizeF, ...]:
    """Return the size of each page in points."""
    return tuple(document.pagePointSize(n) for n in range(document.pageCount()))


def render_page(document: QPdfDocument, page: int, size: QSize) -> QImage:
    """Return page `page` (from 0) in `size` pixels, on white."""
    drawn = document.render(page, size)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(0, 0, drawn)
    painter.end()
    return image


def paper_name(size: QSizeF) -> str:
    """Return the name of the paper that a page fits, as printers call it: `A5`, `A4`.

    A page of another size is named by its millimetres, `Custom.241x140mm`.
    """
    short, long = sorted((size.width() / _POINTS_PER_MM, size.height() / _POINTS_PER_MM))
    for name, (width, height) in _KNOWN_SIZES.items():
        if abs(short - width) < _TOLERANCE_MM and abs(long - height) < _TOLERANCE_MM:
            return name
    width_mm, height_mm = size.width() / _POINTS_PER_MM, size.height() / _POINTS_PER_MM
    return f"Custom.{width_mm:.0f}x{height_mm:.0f}mm"
