"""Photos and scans of a ticket: what is taken in, how large, and how it is called (F34, F45-F49).

A file is told by its content, never by its name. Pictures are always drawn anew before they are
kept: nothing of the original file remains but what can be seen, so that neither the place where a
photo was taken nor anything hidden in it is stored. A PDF is kept as it is.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems
from propdesk.domain.texts import clean_line, elide
from propdesk.i18n import LazyText, _, _lazy

# What one file may have. A JPEG is drawn smaller while it is read, so that the photo of a phone
# with 108 million pixels takes little memory; every other kind is read whole first.
MOST_PICTURE_BYTES = 60_000_000
MOST_PDF_BYTES = 20_000_000
MOST_PIXELS = 50_000_000
MOST_JPEG_PIXELS = 120_000_000
# What a ticket may have, and what is taken at once (F45).
MOST_FILES = 50
# Pictures as they are kept: about 300 kB each (sizes.md), sharp on half an A4 page.
LONG_SIDE = 2000
JPEG_QUALITY = 85

LONGEST_CAPTION = 60
LONGEST_NAME = 100

_EXPORTED_NAME = 80


class FileKind(StrEnum):
    """What a file is, told by its first bytes."""

    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    BMP = "bmp"
    PDF = "pdf"
    HEIC = "heic"
    OTHER_PICTURE = "other-picture"
    MARKUP = "markup"
    UNKNOWN = "unknown"


# Of all kinds of picture the few that phones, screens and scanners make: each decoder more is one
# more that a crafted file may attack.
PICTURES = frozenset({FileKind.JPEG, FileKind.PNG, FileKind.WEBP, FileKind.BMP})

HEAD = 1024
_HEIC = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"})
_OTHER = (b"GIF8", b"II*\x00", b"MM\x00*", b"\x00\x00\x01\x00", b"8BPS", b"\x00\x00\x00\x0cjP  ")


_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"BM", FileKind.BMP),
    *((magic, FileKind.OTHER_PICTURE) for magic in _OTHER),
)


def kind_of(head: bytes) -> FileKind:
    """Return what a file is by its first `HEAD` bytes."""
    known = next((kind for magic, kind in _MAGIC if head.startswith(magic)), None)
    if known is not None:
        return known
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return FileKind.WEBP
    if head[4:8] == b"ftyp" and head[8:12] in _HEIC:
        return FileKind.HEIC
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return FileKind.MARKUP
    # Scanners and mail programs may put a few bytes before a PDF.
    return FileKind.PDF if b"%PDF-" in head[:HEAD] else FileKind.UNKNOWN


_REFUSALS: Mapping[FileKind, tuple[str, LazyText]] = {
    FileKind.HEIC: (
        "picture-heic",
        _lazy(
            "{file} is a HEIC photo of an iPhone, which is not read here. Send it from the phone "
            "as JPEG (Settings, Camera, Formats, Most Compatible), or save it as JPEG in the "
            "photo program, and add that."
        ),
    ),
    FileKind.OTHER_PICTURE: (
        "picture-kind",
        _lazy(
            "{file} is a picture of a kind that is not read here. Open it, save it as JPEG or "
            "PNG, and add that."
        ),
    ),
    FileKind.MARKUP: (
        "attachment-kind",
        _lazy(
            "{file} is a web page or drawing, not a photo, whatever it is called. Make a picture "
            "of the screen and paste that, or save it as PDF."
        ),
    ),
    FileKind.UNKNOWN: (
        "attachment-kind",
        _lazy("{file} is neither a photo nor a PDF. Save it as JPEG, PNG or PDF, and add that."),
    ),
}


def kind_refused(kind: FileKind, name: str) -> RuleError:
    """Return the refusal of a file of a kind that is not kept."""
    code, sentence = _REFUSALS[kind]
    return RuleError(code, str(sentence).format(file=shown_name(name)))


def check_size(kind: FileKind, size: int, name: str) -> None:
    """Refuse a file of so many bytes; an empty one says that it was not copied whole."""
    if size == 0:
        raise RuleError(
            "attachment-empty",
            _("{file} is empty. Copy it again from the phone or camera, then add it.").format(
                file=shown_name(name)
            ),
        )
    most = MOST_PDF_BYTES if kind is FileKind.PDF else MOST_PICTURE_BYTES
    if size > most:
        raise RuleError(
            "attachment-too-large",
            _(
                "{file} has {size} MB; {most} MB is the most. Save it smaller, or scan it with "
                "fewer dots."
            ).format(file=shown_name(name), size=size // 1_000_000, most=most // 1_000_000),
        )


def check_pixels(kind: FileKind, width: int, height: int, name: str) -> None:
    """Refuse a picture whose header says that it would fill the memory (F48)."""
    most = MOST_JPEG_PIXELS if kind is FileKind.JPEG else MOST_PIXELS
    if width * height > most:
        raise RuleError(
            "picture-too-many-pixels",
            _(
                "{file} has {width} x {height} dots, {most} million are the most. Save it "
                "smaller and add that."
            ).format(file=shown_name(name), width=width, height=height, most=most // 1_000_000),
        )


def webp_size(head: bytes) -> tuple[int, int]:
    """Return width and height of a WebP picture by its first bytes; ValueError for nonsense."""
    chunk, data = head[12:16], head[20:30]
    if len(data) < 10 or chunk not in (b"VP8 ", b"VP8L", b"VP8X"):
        message = "no WebP header"
        raise ValueError(message)
    if chunk == b"VP8X":
        return (
            1 + int.from_bytes(data[4:7], "little"),
            1 + int.from_bytes(data[7:10], "little"),
        )
    if chunk == b"VP8L":
        both = int.from_bytes(data[1:5], "little")
        return 1 + (both & 0x3FFF), 1 + (both >> 14 & 0x3FFF)
    return (
        int.from_bytes(data[6:8], "little") & 0x3FFF,
        int.from_bytes(data[8:10], "little") & 0x3FFF,
    )


def picture_too_large(name: str) -> RuleError:
    """Return the refusal of a picture that this computer has too little memory for."""
    return RuleError(
        "picture-too-large",
        _("{file} is too large for this computer's memory. Save it smaller and add that.").format(
            file=shown_name(name)
        ),
    )


def picture_broken(name: str) -> RuleError:
    """Return the refusal of a picture that ends early or cannot be understood."""
    return RuleError(
        "picture-broken",
        _("{file} is damaged or was not copied whole. Copy it again, then add it.").format(
            file=shown_name(name)
        ),
    )


# A scan has nothing of this; what hides in a compressed part is not found, but runs nowhere either:
# the program's own view of a PDF knows neither scripts nor forms, and nothing else is ever called.
_ACTIVE = (b"/JavaScript", b"/JS", b"/Launch", b"/EmbeddedFile", b"/RichMedia", b"/XFA")
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME = re.compile(rb"/[^\x00-\x20/<>\[\](){}%]{1,40}")


def check_pdf(content: bytes, name: str) -> None:
    """Refuse a PDF that is cut short, locked by a password, or does more than show pages."""
    if b"%PDF-" not in content[:HEAD] or b"%%EOF" not in content[-HEAD:]:
        raise RuleError(
            "pdf-broken",
            _("{file} is damaged or was not copied whole. Scan or copy it again.").format(
                file=shown_name(name)
            ),
        )
    names = {_NAME_ESCAPE.sub(_plain, found) for found in _NAME.findall(content)}
    if b"/Encrypt" in names:
        raise RuleError(
            "pdf-locked",
            _("{file} is protected by a password. Print it into a new PDF, and add that.").format(
                file=shown_name(name)
            ),
        )
    if names.intersection(_ACTIVE):
        raise RuleError(
            "pdf-active",
            _(
                "{file} holds a program, form or further file, which no scan does. Print it into "
                "a new PDF, and add that."
            ).format(file=shown_name(name)),
        )


def _plain(escape: re.Match[bytes]) -> bytes:
    return bytes.fromhex(escape[1].decode())


@dataclass(frozen=True, slots=True)
class StagedFile:
    """A file that lies in the office's folder of attachments, and what it is.

    `sha256` is that of its content, which gives it its place; `name` is what it was called where it
    came from. Pictures have a width and height.
    """

    sha256: str
    suffix: str
    name: str
    bytes: int
    width: int | None = None
    height: int | None = None

    @property
    def is_picture(self) -> bool:
        """Tell whether it can be seen and printed (a PDF is only opened)."""
        return self.suffix != ".pdf"


def to_words(files: Iterable[StagedFile]) -> str:
    """Return staged files as a half-typed form keeps them."""
    return json.dumps([asdict(file) for file in files], ensure_ascii=False)


def from_words(words: str) -> tuple[StagedFile, ...]:
    """Return what `to_words` made; a draft of another program's making holds no files."""
    try:
        return tuple(StagedFile(**one) for one in json.loads(words or "[]"))
    except (ValueError, TypeError):
        return ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or scan of a ticket; `removed_at` is None while it belongs to it."""

    id: int
    file: StagedFile
    caption: str
    on_paper: bool
    added_at: datetime
    by: str
    removed_at: datetime | None = None

    @property
    def is_picture(self) -> bool:
        """Tell whether it can be seen and printed."""
        return self.file.is_picture

    @property
    def title(self) -> str:
        """What it is called: its caption, else the name of its file."""
        return self.caption or self.file.name


def shown_name(name: str) -> str:
    """Return a file's name as sentences and lists show it."""
    return elide(clean_line(name), LONGEST_NAME) or "?"


def check_caption(caption: str) -> Problems:
    """Return what is wrong with a caption."""
    if len(caption) <= LONGEST_CAPTION:
        return ()
    sentence = _("At most {longest} characters fit here.")
    return (Problem("caption", sentence.format(longest=LONGEST_CAPTION)),)


def check_count(present: int, coming: int) -> None:
    """Refuse more files than a ticket may have."""
    if present + coming > MOST_FILES:
        raise RuleError(
            "attachments-too-many",
            _(
                "A ticket holds {most} photos and files, it has {present} and {coming} were "
                "chosen. Choose the ones that show the matter."
            ).format(most=MOST_FILES, present=present, coming=coming),
        )


_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_ENDING = re.compile(r"\.\w{1,5}$")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def export_names(number: str, attachments: Sequence[Attachment]) -> Iterator[str]:
    """Return under which name each file is handed out: number, place, title; safe everywhere (F49).

    No part of a name leads out of the folder, is a device of Windows, or is too long.
    """
    for place, one in enumerate(attachments, start=1):
        title = one.caption or _ENDING.sub("", one.file.name)
        title = elide(clean_line(_FORBIDDEN.sub(" ", title)), _EXPORTED_NAME).strip(". ")
        if _RESERVED.match(title):
            title = f"_{title}"
        yield f"{number}-{place:02d}{' ' if title else ''}{title}{one.file.suffix}"
