"""The house's font on paper: Noto Sans SC, embedded, registered once; and which characters it has.

ReportLab never falls back to another font and drops a missing glyph silently, so every text passes
through `printable`, which puts 〓 in its place and tells which characters were replaced.
"""

import threading
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from propdesk import paths

MISSING = "〓"
_SPACES = "\t\u2028\u2029\u000b\u000c\u0085"
# Soft hyphen, zero-width and bidirectional marks, joiners, variation selectors, byte order mark:
# they draw nothing, may reverse a line on paper, and are not told as replaced.
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp"})
_VARIATION = frozenset(
    [chr(c) for c in range(0xFE00, 0xFE10)] + [chr(c) for c in range(0xE0100, 0xE01F0)]
)


class Face(StrEnum):
    """The two weights of the house's font; the value is its PostScript name."""

    REGULAR = "NotoSansSC-Regular"
    BOLD = "NotoSansSC-Bold"


@dataclass(frozen=True, slots=True)
class Printable:
    """A text as it can be printed, and the characters that the font lacks."""

    text: str
    replaced: tuple[str, ...] = ()


_lock = threading.Lock()
_fonts: dict[Face, Any] = {}


def font(face: Face) -> Any:
    """Return ReportLab's font object for a weight; both are registered on the first call."""
    if face not in _fonts:
        with _lock:
            if not _fonts:
                _fonts.update(_register())
    return _fonts[face]


def _register() -> dict[Face, Any]:
    from reportlab import rl_config
    from reportlab.pdfbase import pdfmetrics, ttfonts

    # ASCII-85 makes each file a quarter larger and slower, for mail systems long gone.
    rl_config.useA85 = 0
    ttfonts.makeToUnicodeCMap = _to_unicode_map
    folder = paths.resources() / "fonts"
    made = {}
    for face in Face:
        made[face] = ttfonts.TTFont(face.value, str(folder / f"{face}.ttf"), asciiReadable=False)
        pdfmetrics.registerFont(made[face])
    return made


def _to_unicode_map(name: str, codes: list[int]) -> str:
    """Return the table by which a viewer copies text out of an embedded font.

    ReportLab 5.1 writes characters above U+FFFF with five digits there, and copying then gives
    other characters; the PDF standard asks for UTF-16 and for at most 100 entries a block.
    """
    entries = [
        f"<{place:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for place, code in enumerate(codes)
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
        f"/CMapName /{name} def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        f"<00> <{len(codes) - 1:02X}>",
        "endcodespacerange",
    ]
    for start in range(0, len(entries), 100):
        block = entries[start : start + 100]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def has_glyph(character: str) -> bool:
    """Say whether the font can draw this character."""
    return ord(character) in font(Face.REGULAR).face.charToGlyph


@lru_cache(maxsize=16384)
def advance(character: str, face: Face) -> float:
    """Return the width of a character in em."""
    outline = font(face).face
    return float(outline.charWidths.get(ord(character), outline.defaultWidth)) / 1000


@lru_cache(maxsize=8192)
def _substitute(character: str) -> str:
    """Return what is printed for a character: itself, a blank, nothing, or 〓."""
    if character == "\n":
        return "\n"
    if character in _SPACES:
        return " "
    if unicodedata.category(character) in _INVISIBLE or character in _VARIATION:
        return ""
    return character if has_glyph(character) else MISSING


@lru_cache(maxsize=2048)
def printable(text: str) -> Printable:
    """Return the text as the font can print it; line breaks stay, tabs become blanks.

    Control, bidirectional and zero-width characters are dropped; a character without a glyph
    becomes 〓 and is told once, in order of appearance. Nothing is read as markup.
    """
    if text.isascii() and text.isprintable():
        return Printable(text)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    table = {}
    for character in set(text):
        instead = _substitute(character)
        if instead != character:
            table[ord(character)] = instead
    if not table:
        return Printable(text)
    missing = [chr(code) for code, instead in table.items() if instead == MISSING]
    return Printable(text.translate(table), tuple(sorted(missing, key=text.index)))
