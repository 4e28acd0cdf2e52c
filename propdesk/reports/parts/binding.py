"""Bind PDF files into one: pages in order, an outline, a page number stamped on each page.

Scans come from elsewhere: one that cannot be read is left out and named, and stops nothing.
"""

import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from propdesk.reports.parts.sheet import A4, PT, Align, Sheet

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader, PdfWriter

# In the middle: letters have small print of their own at both ends of their foot.
_STAMP_BASE, _STAMP_MIDDLE = 293.4, 105.0


@dataclass(frozen=True, slots=True)
class BoundPart:
    """Files that follow each other, under one title of the outline; `depth` 1 stands below it."""

    title: str
    content: bytes
    depth: int = 0


def count_pages(content: bytes, *, is_whole: bool = True) -> int:
    """Return how many pages a PDF has; 0 for one that cannot be bound.

    With `is_whole` each page is read; our own files of thousands need only be counted.
    """
    reader = _reader(content, is_whole=is_whole)
    return 0 if reader is None else len(reader.pages)


def cut_pages(content: bytes, first: int, count: int) -> bytes | None:
    """Return `count` pages of a PDF from page `first` (from 1) on; None where it has not so many.

    Of a batch of letters each house gets its own pages and no others.
    """
    return gather_pages([(content, [(first, count)])])


def gather_pages(parts: Sequence[tuple[bytes, Sequence[tuple[int, int]]]]) -> bytes | None:
    """Return pages of PDFs as one: of each its runs of (first page from 1, how many).

    What stands on the pages is copied, never drawn anew. None where a file is broken or has not so
    many pages.
    """
    from pypdf import PdfWriter

    writer = PdfWriter()
    for content, runs in parts:
        reader = _reader(content, is_whole=False)
        if reader is None:
            return None
        for first, count in runs:
            if not 1 <= first <= len(reader.pages) - count + 1:
                return None
            for page in range(first - 1, first - 1 + count):
                writer.add_page(reader.pages[page])
    return _written(writer)


def blank_pages(content: bytes, runs: Sequence[tuple[int, int]]) -> bytes | None:
    """Return a PDF with empty pages in place of runs of (first page from 1, how many).

    The other pages are copied as they are. None for a file that cannot be read.
    """
    from pypdf import PdfWriter

    reader = _reader(content, is_whole=False)
    if reader is None:
        return None
    empty = {first - 1 + page for first, count in runs for page in range(count)}
    writer = PdfWriter()
    for place, page in enumerate(reader.pages):
        if place in empty:
            writer.add_blank_page(float(page.mediabox.width), float(page.mediabox.height))
        else:
            writer.add_page(page)
    return _written(writer)


def bind(
    parts: Sequence[BoundPart],
    target: Path,
    *,
    title: str,
    stamp: Callable[[int, int], str],
) -> int:
    """Write all parts as one PDF file and return how many pages it has.

    `stamp(page, pages)` are the words at the foot of each page. What cannot be bound is left out:
    ask `count_pages` before.
    """
    from pypdf import PdfWriter

    readers = [(part, reader) for part in parts if (reader := _reader(part.content)) is not None]
    pages = sum(len(reader.pages) for _part, reader in readers)
    writer = PdfWriter()
    above = None
    with _stamps([stamp(page, pages) for page in range(1, pages + 1)]) as stamps:
        for part, reader in readers:
            first = len(writer.pages)
            for page in reader.pages:
                _stamped(writer.add_page(page), stamps.pages[len(writer.pages) - 1])
            mark = writer.add_outline_item(
                title=part.title, page_number=first, parent=above if part.depth else None
            )
            if not part.depth:
                above = mark
    writer.add_metadata({"/Title": title, "/Producer": "propdesk", "/Creator": "propdesk"})
    for page in writer.pages:
        page.compress_content_streams()
    content = _written(writer)
    part_file = target.with_name(target.name + ".part")
    try:
        part_file.write_bytes(content)
        part_file.replace(target)
    finally:
        part_file.unlink(missing_ok=True)
    return pages


def _stamped(page: "PageObject", stamp: "PageObject") -> None:
    """Put the stamp at the foot of a page, however large it is and however it lies."""
    from pypdf import Transformation

    page.transfer_rotation_to_content()
    box = page.mediabox
    middle = (float(box.left) + float(box.right) - A4.width * PT) / 2
    move = Transformation().translate(middle, float(box.bottom))
    page.merge_transformed_page(stamp, move)


@contextmanager
def _stamps(words: Sequence[str]) -> Iterator["PdfReader"]:
    """Draw the stamps of all pages with the program's own font, into a file that goes away."""
    with TemporaryDirectory(prefix="propdesk-") as folder:
        file = Path(folder) / "stamps.pdf"
        with Sheet(file, A4, title="") as sheet:
            for place, line in enumerate(words):
                if place:
                    sheet.new_page()
                sheet.text(_STAMP_MIDDLE, _STAMP_BASE, line, 7.2, align=Align.CENTRE)
        reader = _reader(file.read_bytes())
    if reader is None:
        message = "a page that the program drew cannot be read"
        raise ValueError(message)
    yield reader


def _reader(content: bytes, *, is_whole: bool = True) -> "PdfReader | None":
    """Return a PDF with all its pages read, None for one that is broken or locked.

    Not whole are our own batches: of five thousand pages one or two are wanted.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            return None
        for page in reader.pages if is_whole else ():
            page.mediabox  # noqa: B018 - what is read here does not fail in the middle of binding
            page.get_contents()
    except (PyPdfError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None
    return reader


def _written(writer: "PdfWriter") -> bytes:
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
