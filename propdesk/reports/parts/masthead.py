"""Heads and feet of papers: the one masthead of the house, running heads, footers."""

from collections.abc import Callable
from dataclasses import dataclass

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.codes import (
    MODULE,
    QR_MODULE,
    QUIET_BARS,
    QUIET_QR,
    code128_width,
    draw_code128,
    draw_qr,
    qr_side,
)
from propdesk.reports.parts.profiles import LASER, Profile
from propdesk.reports.parts.sheet import FIELD, HEAD, HEAVY, Align, Box, Sheet
from propdesk.reports.parts.text import elide, width_mm

PAGE_OF = _lazy("Page {page} of {pages}")
NUMBER = _lazy("No.")
_LEAST_TITLE = 12.0  # pt
_LEAST_OFFICE = 46.0  # mm: mark and name of the office beside the title
_LEAST_NAME = 8.0  # pt: an office's name that would be smaller stands on two lines


@dataclass(frozen=True, slots=True)
class Office:
    """The office that prints: its names, and what stands below them (telephone, company)."""

    name: str
    english_name: str = ""
    below: str = ""


def draw_mark(sheet: Sheet, x: float, y: float, side: float = 9.6) -> None:
    """Draw the program's mark: a roof over three bars, white on a black square."""
    sheet.rounded(Box(x, y, side, side), side * 0.14, filled=True)
    unit = side / 24
    roof = [(4.6, 12.6), (12, 5.6), (19.4, 12.6)]
    sheet.polyline(
        [(x + a * unit, y + b * unit) for a, b in roof], 5.0 * unit, round_ends=True, white=True
    )
    for left, top in ((8.0, 14.2), (12.0, 11.4), (16.0, 14.2)):
        points = [(x + left * unit, y + top * unit), (x + left * unit, y + 18.6 * unit)]
        sheet.polyline(points, 5.0 * unit, round_ends=True, white=True)


def draw_office(
    sheet: Sheet, x: float, y: float, office: Office, language: PaperLanguage, *, width: float
) -> None:
    """Draw mark, names and telephone of the office in a field of `width` from x, y."""
    draw_mark(sheet, x, y)
    left = x + 12
    room = width - 12
    english = office.english_name
    name = english if language is PaperLanguage.EN and english else office.name
    second = english if language is PaperLanguage.ZH_EN else ""
    size = fitting_size(name, room, 10.5, least=_LEAST_NAME, bold=True)
    lines = sheet.wrapped(name, room, size, bold=True)
    if len(lines) == 2 and not second:
        sheet.lines(left, y + 2.3, lines, size, leading=3.2, bold=True)
    else:
        size = fitting_size(name, room, size, least=6.0, bold=True)
        sheet.text(left, y + 3.3, elide(name, room, size, bold=True), size, bold=True)
    if second:
        sheet.text(left, y + 6.15, elide(second, room, 5.8), 5.8)
    if office.below:
        size = fitting_size(office.below, room, 7.8, least=5.0)
        base = y + (9.5 if second or len(lines) == 2 else 8.2)
        sheet.text(left, base, elide(office.below, room, size), size)


def fitting_size(
    text: str, width: float, size: float, *, least: float, bold: bool = False
) -> float:
    """Return the largest type size up to `size` at which a heading fits on one line.

    For headings alone; texts wrap and are never shrunk.
    """
    natural = width_mm(text, size, bold=bold)
    return size if natural <= width else max(least, size * width / natural)


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head of a form: office, title, number with its codes."""

    office: Office
    title: str
    second: str
    number: str
    code_digits: str = ""
    qr_text: str = ""
    tracking: float = 0.34


def draw_masthead(
    sheet: Sheet,
    head: Masthead,
    language: PaperLanguage,
    *,
    left: float,
    right: float,
    y: float,
    height: float = 15.0,
) -> float:
    """Draw the masthead of a form from y downwards; return the y of its heavy rule.

    Bars and QR keep their quiet zones: no ink within ten modules beside the bars and four around
    the QR, the heavy rule included. A title that would reach into them or the office's name is set
    smaller.
    """
    rule = y + height
    edge = right
    middle = (left + right) / 2
    half = middle - left - _LEAST_OFFICE
    if head.qr_text:
        side = qr_side(head.qr_text)
        modules = round(side / QR_MODULE)
        # A code with many characters gets smaller modules, so that its quiet zone stays white.
        module = min(QR_MODULE, (rule - y + 0.6) / (modules + QUIET_QR))
        size = modules * module
        draw_qr(sheet, right - size, rule - QUIET_QR * module - size, head.qr_text, module=module)
        edge = right - size - QUIET_QR * module
    if head.code_digits:
        edge -= QUIET_BARS * MODULE
        bars = code128_width(head.code_digits)
        draw_code128(sheet, edge - bars, y, head.code_digits)
        half = min(half, edge - bars - QUIET_BARS * MODULE - middle)
    base = y + 12.3
    wide = sheet.text(edge, base, head.number, 11, bold=True, align=Align.RIGHT)
    sheet.text(edge - wide - 2, base, language.main(NUMBER), 7.4, align=Align.RIGHT)
    natural = width_mm(head.title, 20, bold=True, tracking=head.tracking)
    size = min(20.0, max(_LEAST_TITLE, 20.0 * 2 * half / max(natural, 1.0)))
    title = sheet.text(
        middle, y + 8, head.title, size, bold=True, align=Align.CENTRE, tracking=head.tracking
    )
    if head.second:
        sheet.text(middle, y + 12.2, head.second, 6.4, align=Align.CENTRE, tracking=0.12)
    draw_office(sheet, left, y + 0.6, head.office, language, width=middle - title / 2 - left - 4)
    sheet.rule(left, rule, right, HEAVY)
    return rule


def draw_running_head(
    sheet: Sheet,
    first: str,
    middle: str,
    last: str,
    *,
    left: float,
    right: float,
    y: float = 15.0,
    profile: Profile = LASER,
) -> None:
    """Draw the head of a later page: paper and month, office, number, over a fine rule at y."""
    size = profile.type(8)
    third = (right - left) / 3 - 2
    base = y - 2
    # The paper's name is needed whole; the office's may be shortened, it stands on page 1.
    begun = sheet.text(left, base, elide(first, 1.4 * third, size, bold=True), size, bold=True)
    ended = sheet.text(right, base, elide(last, third, size), size, align=Align.RIGHT)
    centre = (left + right) / 2
    middle = elide(middle, right - left - begun - ended - 8, size)
    half = width_mm(middle, size) / 2
    centre = min(max(centre, left + begun + 4 + half), right - ended - 4 - half)
    sheet.text(centre, base, middle, size, align=Align.CENTRE)
    sheet.rule(left, y, right, profile.line(HEAD))


def page_number(language: PaperLanguage, page: int, pages: int) -> str:
    """Return "page n of m" in the paper's language."""
    return language.main(PAGE_OF).format(page=page, pages=pages)


def draw_footer(
    sheet: Sheet,
    texts: str,
    language: PaperLanguage,
    *,
    left: float,
    right: float,
    y: float,
    ruled: bool = True,
) -> None:
    """Draw what the paper is at the left and, once it is known, the page of pages at the right.

    `y` is the baseline of the footer.
    """
    if ruled:
        sheet.rule(left, y - 4, right, FIELD)
    sheet.text(left, y, elide(texts, right - left - 30, 6.8), 6.8)
    sheet.at_end(numbering(sheet, language, right=right, y=y))


def numbering(
    sheet: Sheet, language: PaperLanguage, *, right: float, y: float, size: float = 6.8
) -> Callable[[int, int], None]:
    """Return a function for `Sheet.at_end` that draws the page of pages ending at `right`."""

    def draw(page: int, pages: int) -> None:
        sheet.text(right, y, page_number(language, page, pages), size, align=Align.RIGHT)

    return draw
