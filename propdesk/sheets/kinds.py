"""What kind of file lies before us, told by its content and never by its name."""

import re
import struct
import zipfile
from enum import StrEnum
from io import BytesIO
from zlib import error as ZlibError  # noqa: N812 - the standard library names it in lower case

from propdesk.i18n import _
from propdesk.sheets.errors import broken, not_a_workbook, protected, save_again, too_large

MAX_UNPACKED_BYTES = 500_000_000
"""More than any workbook of 20 MB that a person made: 100,000 long complaints take 170 MB."""
SUSPECT_UNPACKED_BYTES = 50_000_000
MAX_RATIO = 100
"""A small file may be packed tightly; a large one that unpacks 100-fold is a zip bomb."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOUND_SHEET, _FILE_PASS, _END = 0x0085, 0x002F, 0x000A
_TEXT_CONTROLS = frozenset(b"\t\n\v\f\r\x1a\x1b")
_LOOKED_AT = 8192
_WEB_PAGE = re.compile(
    rb"\A(?:\xef\xbb\xbf)?\s*<(?!\?xml)[^\0]{0,20000}?<table[\s>]", re.IGNORECASE
)


class Kind(StrEnum):
    """The kinds of file that are read."""

    XLSX = "xlsx"
    XLS = "xls"
    CSV = "csv"
    HTML = "html"


def kind_of(name: str, content: bytes) -> Kind:
    """Tell which reader takes the file; raise `SheetError` for everything that is not a table."""
    if content.startswith(_ZIP):
        return _kind_of_zip(name, content)
    if content.startswith(_OLE):
        return _kind_of_ole(name, content)
    start = content[:_LOOKED_AT]
    if _WEB_PAGE.match(content):
        return Kind.HTML
    if start.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return Kind.CSV
    for mark, kind in _other_kinds():
        if start.startswith(mark):
            raise not_a_workbook(name, kind)
    if start.lstrip()[:1] == b"<":
        raise save_again(name, _("a web page or an XML file"))
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in start)
    if controls * 10 > len(start):
        raise not_a_workbook(name, _("another kind of file"))
    return Kind.CSV


def _other_kinds() -> tuple[tuple[bytes, str], ...]:
    return (
        (b"%PDF", _("a PDF file")),
        (b"\x89PNG", _("a picture")),
        (b"\xff\xd8\xff", _("a picture")),
        (b"GIF8", _("a picture")),
        (b"Rar!", _("a packed archive")),
        (b"7z\xbc\xaf", _("a packed archive")),
        (b"\x1f\x8b", _("a packed archive")),
        (b"SQLite format 3", _("a data file")),
    )


def _kind_of_zip(name: str, content: bytes) -> Kind:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ZlibError, struct.error, ValueError, NotImplementedError) as error:
        raise broken(name) from error
    names = {part.filename.replace("\\", "/").lower() for part in parts}
    if any(part.flag_bits & 1 for part in parts):
        raise protected(name)
    if "xl/workbook.bin" in names:
        raise save_again(name, _("a binary workbook (.xlsb)"))
    if not any(part.startswith("xl/") for part in names):
        if any(part.startswith("word/") for part in names):
            raise not_a_workbook(name, _("a Word document"))
        if any(part.startswith("ppt/") for part in names):
            raise not_a_workbook(name, _("a presentation"))
        if {"content.xml", "mimetype"} <= names:
            raise save_again(name, _("an OpenDocument file"))
        raise not_a_workbook(name, _("a packed archive"))
    unpacked = sum(part.file_size for part in parts)
    bomb = unpacked > SUSPECT_UNPACKED_BYTES and unpacked > MAX_RATIO * len(content)
    if bomb or unpacked > MAX_UNPACKED_BYTES:
        raise too_large(name, _("it unpacks to {size} MB").format(size=unpacked // 1_000_000))
    return Kind.XLSX


def _kind_of_ole(name: str, content: bytes) -> Kind:
    if _has_stream(content, "EncryptedPackage"):
        raise protected(name)
    if _has_stream(content, "WordDocument"):
        raise not_a_workbook(name, _("a Word document"))
    if _has_stream(content, "PowerPoint Document"):
        raise not_a_workbook(name, _("a presentation"))
    if not (_has_stream(content, "Workbook") or _has_stream(content, "Book")):
        raise not_a_workbook(name, _("another kind of file"))
    return Kind.XLS


def _has_stream(content: bytes, name: str) -> bool:
    """Look for a directory entry: 128 bytes aligned, the name, its length in bytes at 64."""
    key = name.encode("utf-16-le") + b"\0\0"
    at = content.find(key)
    while at >= 0:
        if at % 128 == 0 and content[at + 64 : at + 66] == struct.pack("<H", len(key)):
            return True
        at = content.find(key, at + 1)
    return False


def has_file_pass(stream: bytes) -> bool:
    """Tell whether an .xls workbook stream is encrypted: a FILEPASS record before its sheets."""
    at = 0
    while at + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, at)
        if record == _FILE_PASS:
            return True
        if record in (_BOUND_SHEET, _END):
            return False
        at += 4 + length
    return False
