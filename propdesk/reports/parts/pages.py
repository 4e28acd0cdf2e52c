"""The PDF file behind a sheet: its pages stay open until the end, so that a footer can name them.

This module loads ReportLab; import it only where a paper is drawn.
"""

import threading
from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas

from propdesk.reports.parts.fonts import Face, font

# Cutting a font's subset moves a reading position inside the shared font object.
_one_at_a_time = threading.Lock()


class Pages(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """A canvas written in PDF operators; nothing but the embedded font is ever in the file."""

    def __init__(self, width: float, height: float, title: str) -> None:
        """Take the page size in points; the title stands in the viewer's head."""
        font(Face.REGULAR)
        # ReportLab would otherwise leave an unembedded Helvetica in the file.
        super().__init__(
            "paper.pdf",
            pagesize=(width, height),
            invariant=1,
            pageCompression=1,
            initialFontName=Face.REGULAR.value,
        )
        self.setTitle(title)
        self.setAuthor("")
        self.setCreator("propdesk")
        self.setSubject("")
        self._code: list[str]  # ReportLab's own: the operators of the present page
        self._finished: list[list[str]] = []

    def write(self, operators: str) -> None:
        """Add operators to the present page."""
        self._code.append(operators)

    def turn(self) -> None:
        """Put the present page aside and begin another."""
        self._finished.append(self._code)
        self._code = []

    def strings(self, face: Face, text: str) -> list[tuple[str, str]]:
        """Return the text as (name of a part of the font, escaped string)."""
        source = font(face)
        document = self._doc
        return [
            (source.getSubsetInternalName(part, document), self._escape(raw))
            for part, raw in source.splitString(text, document)
        ]

    def finish(self, complete: Callable[[int, int], None]) -> bytes:
        """Return the file, after `complete(page, pages)` has had its turn on every page."""
        self.turn()
        pages = self._finished
        for number, code in enumerate(pages, 1):
            self._code = code
            complete(number, len(pages))
            self.showPage()
        with _one_at_a_time:
            return bytes(self.getpdfdata())

    def forget(self) -> None:
        """Drop what the shared fonts remember of this file, where it is given up."""
        for face in Face:
            font(face).state.pop(self._doc, None)
