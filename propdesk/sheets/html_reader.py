"""Read a table out of a web page: older programs export those under the name of a workbook.

Only the rows of the largest table count; scripts, styles and addresses are never followed.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser

from propdesk.domain.texts import clean_text
from propdesk.sheets.errors import no_rows
from propdesk.sheets.layout import Layout, Merged, Value
from propdesk.sheets.tables import MAX_COLUMNS, Found

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_CHINESE = {"gb2312", "gbk", "gb_2312-80", "x-gbk"}
_SPAN = re.compile(r"\d{1,5}")


def read_html(name: str, content: bytes) -> Found:
    """Return the rows of the largest table of a web page."""
    page = _Page()
    page.feed(_decoded(content))
    page.close()
    rows, merged = max(page.tables, key=lambda one: len(one[0]), default=([], []))
    if not rows:
        raise no_rows(name)
    return Found(rows=_numbered(rows), expected=len(rows), layout=Layout(tuple(merged)))


def _numbered(rows: Sequence[Sequence[Value]]) -> Iterator[tuple[int, Sequence[Value]]]:
    yield from enumerate(rows, start=1)


def _decoded(content: bytes) -> str:
    """Return the page by the encoding that it states, else UTF-8, else GB18030."""
    said = _CHARSET.search(content[:4096])
    stated = said[1].decode("ascii").lower() if said else "utf-8"
    encodings = ["gb18030" if stated in _CHINESE else stated, "utf-8-sig"]
    if content.startswith(codecs.BOM_UTF8):
        encodings.reverse()
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("gb18030", "replace")


class _Page(HTMLParser):
    """Collects the cells of each table; a cell over several rows or columns stands in the first."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[tuple[list[list[Value]], list[Merged]]] = []
        self._taken: dict[int, int] = {}
        self._span = (1, 1)
        self._words: list[str] | None = None
        self._hushed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, a row or a cell; what was not closed before is closed by it."""
        if tag in ("script", "style"):
            self._hushed += 1
        elif tag == "table":
            self._end_cell()
            self.tables.append(([], []))
            self._taken = {}
        elif tag == "tr" and self.tables:
            self._end_cell()
            self.tables[-1][0].append([])
            self._taken = {at: left - 1 for at, left in self._taken.items() if left > 1}
        elif tag in ("td", "th") and self.tables and self.tables[-1][0]:
            self._end_cell()
            said = {key: found[0] for key, text in attrs if (found := _SPAN.match(text or ""))}
            down, across = (max(1, int(said.get(key, "1"))) for key in ("rowspan", "colspan"))
            self._span = (down, min(across, MAX_COLUMNS))
            self._words = []
        elif tag in ("br", "p", "div") and self._words:
            self._words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a cell."""
        if tag in ("script", "style"):
            self._hushed = max(0, self._hushed - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Take the words of a cell."""
        if self._words is not None and not self._hushed:
            self._words.append(data)

    def _end_cell(self) -> None:
        if self._words is None:
            return
        text = clean_text(" ".join("".join(self._words).replace("\xa0", " ").split(" ")))
        self._words = None
        rows, merged = self.tables[-1]
        row = rows[-1]
        while self._taken.get(len(row)):
            row.append(None)
        at, (down, across) = len(row), self._span
        row += [text or None, *[None] * (across - 1)]
        if down > 1 or across > 1:
            line = len(rows)
            merged.append(Merged(line, line + down - 1, at, at + across - 1))
        for column in range(at, at + across):
            # The row itself counts too: it is taken off when the next one begins.
            self._taken[column] = down
