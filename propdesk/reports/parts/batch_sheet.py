"""A sheet for thousands of papers in one file: each paper goes to the disk as soon as it is drawn.

So memory stays flat however many there are: of a page that is written only its place in the file is
kept. The fonts, of which only the end shows which characters are needed, come last.

This module loads ReportLab; import it only where papers are drawn.
"""

import os
import zlib
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO

from reportlab.pdfbase import pdfdoc

from propdesk.held_files import move
from propdesk.reports.parts.fonts import Face
from propdesk.reports.parts.pages import Pages, one_at_a_time
from propdesk.reports.parts.sheet import PT, PageSize, Sheet

_COMPRESSION = 6
_MOST_STRINGS = 4096


class _WrittenPages(Pages):
    """Pages that are written to a stream paper by paper."""

    def __init__(self, width: float, height: float, title: str, stream: IO[bytes]) -> None:
        super().__init__(width, height, title)
        self._stream = stream
        self._offsets: dict[str, int] = {}
        self._strings: dict[tuple[Face, str], list[tuple[str, str]]] = {}
        self._box = f"[0 0 {width:.4f} {height:.4f}]"
        stream.write(pdfdoc.PDFFile(self._doc._pdfVersion).format(self._doc))  # noqa: SLF001

    def strings(self, face: Face, text: str) -> list[tuple[str, str]]:
        """Return the text as parts of the font; most words stand on each of the papers."""
        known = self._strings.get((face, text))
        if known is None:
            if len(self._strings) >= _MOST_STRINGS:
                self._strings.clear()
            known = self._strings[face, text] = super().strings(face, text)
        return known

    def end_paper(self, complete: Callable[[int, int], None]) -> int:
        """Write the pages of a paper, after `complete(page, pages)` had its turn on each."""
        self.turn()
        pages, self._finished = self._finished, []
        for number, (code, pictures) in enumerate(pages, 1):
            self._code, self._formsinuse = code, pictures
            complete(number, len(pages))
            self._write_page("\n".join(self._code).encode("latin-1"))
        self._code, self._formsinuse = [], []
        return len(pages)

    def _write_page(self, operators: bytes) -> None:
        document = self._doc
        content = zlib.compress(operators, _COMPRESSION)
        head = f"<< /Filter /FlateDecode /Length {len(content)} >>\nstream\n".encode()
        stream = self._write_object(
            f"Stream{document.pageCounter}", head + content + b"\nendstream"
        )
        name = document.thisPageName()
        self._write_object(
            name,
            f"<< /Contents {stream} 0 R /MediaBox {self._box} /Parent "
            f"{self._number(document.Pages)} 0 R /Resources << /Font "
            f"{self._number(None, pdfdoc.BasicFonts)} 0 R /ProcSet [ /PDF /Text ] >> "
            "/Type /Page >>".encode(),
        )
        document.Pages.addPage(pdfdoc.PDFObjectReference(name))
        document.pageCounter += 1

    def _number(self, thing: object, name: str | None = None) -> int:
        """Return the number of an object of the document, which gets one at its first naming."""
        if name is None:
            name = self._doc.Reference(thing).name
        return int(self._doc.idToObjectNumberAndVersion[name][0])

    def _write_object(self, name: str, body: bytes) -> int:
        self._doc.Reference(None, name)
        number = self._number(None, name)
        self._offsets[name] = self._stream.tell()
        self._stream.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
        return number

    def finish_file(self) -> None:
        """Write what is left: page tree, fonts and the table of places."""
        document = self._doc
        with one_at_a_time:
            for font in document.delayedFonts:
                font.addObjects(document)
            document.info.invariant = document.invariant
            document.info.digest(document.signature)
            document.Outlines.prepare(document, self)
            if document.Outlines.ready < 0:
                document.Catalog.Outlines = None
            document.Reference(document.Catalog)
            document.Reference(document.info)
            document.encrypt.prepare(document)
            names: list[str] = []
            # Writing an object may name further ones.
            while len(names) < len(document.numberToId):
                name = document.numberToId[len(names) + 1]
                names.append(name)
                if name not in self._offsets:
                    self._offsets[name] = self._stream.tell()
                    whole = pdfdoc.PDFIndirectObject(name, document.idToObject[name])
                    self._stream.write(whole.format(document))
        self._write_table(names)

    def _write_table(self, names: list[str]) -> None:
        document, begins = self._doc, self._stream.tell()
        document.idToOffset = self._offsets
        table = pdfdoc.PDFCrossReferenceTable()
        table.addsection(0, names)
        self._stream.write(table.format(document))
        trailer = pdfdoc.PDFTrailer(
            startxref=begins,
            Size=len(names) + 1,
            Root=document.Reference(document.Catalog),
            Info=document.Reference(document.info),
            ID=document.ID(),
        )
        self._stream.write(trailer.format(document))


class BatchSheet(Sheet):
    """A sheet on which many papers are drawn, each ended by `end_paper`.

    As with a single one the file appears under its name only when it is whole.
    """

    def __init__(self, target: Path, size: PageSize, *, title: str) -> None:
        self._part = target.with_name(target.name + ".part")
        self._stream = self._part.open("wb")
        super().__init__(target, size, title=title)
        self.papers_pages = 0

    def _begin(self, title: str) -> Pages:
        self._batch = _WrittenPages(
            self.size.width * PT, self.size.height * PT, title, self._stream
        )
        return self._batch

    def end_paper(self, *, even: bool = False) -> tuple[int, int]:
        """Write the paper that was drawn; return its first page in the file and how many it has.

        `even` adds an empty page where it has an odd number: for printing on both sides.
        """
        first = self.papers_pages + 1
        count = self._batch.end_paper(self._complete)
        self.papers_pages += count
        self._footers, self.page = [], 1
        if even and count % 2:
            self.papers_pages += self._batch.end_paper(lambda _page, _pages: None)
        return first, count

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            if kind is not None:
                self._batch.forget()
                return
            try:
                self._batch.finish_file()
            except BaseException:
                self._batch.forget()
                raise
            self.pages = self.papers_pages
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            move(self._part, self._target)
        finally:
            self._stream.close()
            self._part.unlink(missing_ok=True)
