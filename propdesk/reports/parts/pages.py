"""The PDF file behind a sheet: its pages stay open until the end, so that a footer can name them.

This module loads ReportLab; import it only where a paper is drawn.
"""

import hashlib
import threading
from collections.abc import Callable

from reportlab.pdfbase.pdfdoc import PDFImageXObject
from reportlab.pdfgen.canvas import Canvas

from propdesk.reports.parts.fonts import Face, font

# Cutting a font's subset moves a reading position inside the shared font object.
one_at_a_time = threading.Lock()


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
        self._formsinuse: list[str]  # and the names of the pictures on it
        self._finished: list[tuple[list[str], list[str]]] = []

    def write(self, operators: str) -> None:
        """Add operators to the present page."""
        self._code.append(operators)

    def turn(self) -> None:
        """Put the present page aside and begin another."""
        self._finished.append((self._code, self._formsinuse))
        self._code, self._formsinuse = [], []

    def strings(self, face: Face, text: str) -> list[tuple[str, str]]:
        """Return the text as (name of a part of the font, escaped string)."""
        source = font(face)
        document = self._doc
        return [
            (source.getSubsetInternalName(part, document), self._escape(raw))
            for part, raw in source.splitString(text, document)
        ]

    def picture(self, content: bytes, size: tuple[int, int], frame: tuple[float, ...]) -> None:
        """Draw a JPEG of so many dots into a frame (x, y, width, height in points).

        Its bytes stand in the file as they are, once, however often it is drawn.
        """
        name = hashlib.sha256(content).hexdigest()
        register = self._doc.getXObjectName(name)
        if register not in self._doc.idToObject:
            image = PDFImageXObject(name)
            image.width, image.height = size
            image.bitsPerComponent, image.colorSpace = 8, "DeviceRGB"
            image.streamContent, image._filters = content, ("DCTDecode",)  # noqa: SLF001
            self._doc.Reference(image, register)
            self._doc.addForm(name, image)
        x, y, width, height = (f"{side:.3f}" for side in frame)
        self.write(f"q {width} 0 0 {height} {x} {y} cm /{register} Do Q")
        self._formsinuse.append(name)

    def finish(self, complete: Callable[[int, int], None]) -> bytes:
        """Return the file, after `complete(page, pages)` has had its turn on every page."""
        self.turn()
        pages = self._finished
        for number, (code, pictures) in enumerate(pages, 1):
            self._code, self._formsinuse = code, pictures
            complete(number, len(pages))
            self.showPage()
        with one_at_a_time:
            return bytes(self.getpdfdata())

    def forget(self) -> None:
        """Drop what the shared fonts remember of this file, where it is given up."""
        for face in Face:
            font(face).state.pop(self._doc, None)
