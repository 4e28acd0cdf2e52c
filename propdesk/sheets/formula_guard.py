"""Keep texts from turning into formulas when a CSV file is opened in Excel or WPS (F40).

A line of a cell that begins like a formula gets a leading `'`; the reader takes it off again, so
that what is exported and imported stays the same. Numbers are written as numbers and are never
touched; neither is a telephone number with its country code.
"""

import re

_BLANK = r"[^\S\n]|[\u200b\ufeff]"
_FORMULA = rf"'*(?:{_BLANK})*[=+\-@＝＋－＠]"  # noqa: RUF001 - Excel takes full-width signs too
_NEEDS_GUARD = re.compile(rf"^(?={_FORMULA})|\A(?='*[\t\n])", re.MULTILINE)
_GUARDED = re.compile(rf"^'(?={_FORMULA})|\A'(?='*[\t\n])", re.MULTILINE)
_PHONE = re.compile(r"\+\d[\d ]{6,18}")
_STARTS_FORMULA = re.compile(rf"(?:\s|{_BLANK})*[=+\-@＝＋－＠']")  # noqa: RUF001 - as above


def guarded(text: str) -> str:
    """Return the text as it may stand in a CSV file."""
    return text if _PHONE.fullmatch(text) else _NEEDS_GUARD.sub("'", text)


def unguarded(text: str) -> str:
    """Return the text of a CSV cell without the marks that `guarded` set."""
    return _GUARDED.sub("", text) if "'" in text else text


def looks_like_formula(text: str) -> bool:
    """Tell whether a workbook's text cell should be marked as text for whoever edits it."""
    return _STARTS_FORMULA.match(text) is not None
