"""Typed and imported text made safe to store: one cleaning for every way in (R24, F44)."""

import re
import unicodedata

LONGEST_TEXT = 100_000
LONGEST_LINE = 200

# Bidirectional controls, zero-width marks and the byte-order mark are invisible and misleading.
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u061c]+")
# Noncharacters (U+FFFF ...) break every XML file that holds them.
_CONTROL = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]+"
)
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_BLANKS = re.compile(r"[ \t\u00a0\u3000]+")
_EMPTY_LINES = re.compile(r" *\n[ \n]*")
_FIRST_SENTENCE = re.compile(r"[。！？!?\n；;]")


def clean_text(text: str) -> str:
    """Return a text of several lines without controls, stray tabs and empty lines."""
    if _is_plain(text):
        return text.strip()
    text = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    text = _BLANKS.sub(" ", _CONTROL.sub(" ", text))
    return _EMPTY_LINES.sub("\n", text).strip()


def clean_line(text: str) -> str:
    """Return a text of one line: names, subjects, places."""
    if _is_plain(text):
        return text.strip()
    return _BLANKS.sub(" ", clean_text(text).replace("\n", " "))


def _is_plain(text: str) -> bool:
    """Tell whether nothing inside a text has to go: an import cleans half a million of them."""
    return text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text)


def fold(text: str) -> str:
    """Return the form under which a text is compared: full width as half width, lower case."""
    return half_width(clean_line(text)).casefold()


_WIDE_MARKS = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，！？：；（）…")


def half_width(text: str) -> str:
    """Return a text in the compatibility form of Unicode (NFKC): letters of full width are half."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    # With the marks of every Chinese sentence gone most texts have this form, and making it takes
    # ten times as long as finding that out (measured).
    for mark, plain in _WIDE_MARKS:
        text = text.replace(mark, plain)
    return unicodedata.normalize("NFKC", text)


def first_words(text: str, longest: int = 30) -> str:
    """Return the beginning of a text as the matter (事项) of its ticket, at a sentence's end."""
    line = _FIRST_SENTENCE.split(clean_text(text), maxsplit=1)[0].strip() or clean_line(text)
    return elide(line, longest)


def elide(text: str, longest: int) -> str:
    """Shorten a text to `longest` characters, the last one an ellipsis."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def has_words(text: str) -> bool:
    """Tell whether a text says anything: a lone bracket or dash does not."""
    return any(character.isalnum() for character in text)


def search_words(text: str) -> str:
    """Return a text as the search index keeps it: every character a word of its own.

    A phrase of such words is found at any place of a text, one character long or many; the index
    itself passes marks and blanks over.
    """
    return " ".join(half_width(text).casefold())
