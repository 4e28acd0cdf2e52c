"""The zones of a work order that are written by hand: on site, customer, signatures.

Writing room is designed first (papers are for a pen); a zone given more height than it needs gives
it to the lines that are written on.
"""

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.form_lines import (
    Blank,
    Piece,
    Space,
    Tick,
    Words,
    draw_line,
    draw_line_right,
)
from propdesk.reports.parts.sheet import FIELD, Box
from propdesk.reports.parts.zones import RAIL, Form

# The least heights in millimetres at which a pen has room.
ON_SITE_LEAST = 50.4
CUSTOMER_HEIGHT = 16.2
SIGNATURES_HEIGHT = 9.2

ON_SITE = _lazy("On site")
CUSTOMER = _lazy("Sign-off")

_ARRIVED = _lazy("Arrived")
_FINISHED = _lazy("Finished")
_CAUSE = _lazy("Cause")
_WORK_DONE = _lazy("Work done")
_UNFINISHED = _lazy("If unfinished, why")
_NEXT_VISIT = _lazy("Next visit")
_MONTH, _DAY, _HOUR, _MINUTE = _lazy("MM"), _lazy("DD"), _lazy("hh"), _lazy("mm")
_YEAR = _lazy("YYYY")

_FIXED, _CLEANED = _lazy("Repaired"), _lazy("Place left clean")
_YES, _NO = _lazy("Yes"), _lazy("No")
_SHOE_COVERS, _BADGE = _lazy("Shoe covers"), _lazy("Name badge")
_SATISFACTION = _lazy("Satisfaction")
_SCALE = (_lazy("Satisfied"), _lazy("Fair"), _lazy("Dissatisfied"))
_COMMENT, _SIGNED = _lazy("Comment"), _lazy("Customer's signature")
_WORKER_SIGNS, _CHECKED = _lazy("Worker's signature"), _lazy("Checked by supervisor")
_FOLLOW_UP, _FOLLOWED_BY = _lazy("Follow-up"), _lazy("Followed up by")
_BY_PHONE, _AT_HOME = _lazy("By phone"), _lazy("Visit at home")


def _ticks(form: Form, *texts: LazyText) -> list[Piece]:
    pieces: list[Piece] = []
    for text in texts:
        pieces += [Tick(form.word(text)), Space(2.2)]
    return pieces[:-1]


def _times(form: Form, *units: LazyText, gap: float = 7.2) -> list[Piece]:
    pieces: list[Piece] = []
    for unit in units:
        pieces += [Blank(gap), Space(0.5), Words(form.word(unit), 7.8), Space(0.9)]
    return pieces[:-1]


def draw_on_site(form: Form, zone: Box) -> None:
    """Draw arrival, cause, work done, what is left: the worker's own part."""
    sheet = form.sheet
    form.zone_name(Box(zone.x, zone.y, RAIL, zone.height), ON_SITE)
    sheet.upright(zone.x + RAIL, zone.y, zone.bottom, FIELD)
    left, right = zone.x + RAIL + 2.4, zone.right - 1.2
    spare = max(0.0, zone.height - ON_SITE_LEAST)
    times, cause, unfinished = 8.4, 8.9 + spare * 0.2, 10.2 + spare * 0.1
    work = zone.height - times - cause - unfinished
    inner = zone.x + RAIL

    base = zone.y + times - 3.0
    half = (right - left + 1.2) / 2
    tab = 11.0 if form.language is PaperLanguage.EN else 7.6
    for place, label in enumerate((_ARRIVED, _FINISHED)):
        at = left + half * place
        form.label(at, base, label, tab - 0.6)
        draw_line(sheet, at + tab, base, _times(form, _DAY, _HOUR, _MINUTE), half - tab - 1.2)
    y = zone.y + times
    for height, label in ((cause, _CAUSE), (work, _WORK_DONE), (unfinished, _UNFINISHED)):
        sheet.rule(inner, y, zone.right, FIELD)
        form.label(left, y + 4.2, label, 26)
        y += height
    top = zone.y + times + cause
    for share in (1, 2):
        sheet.dotted(left + 13, top + work * share / 3 + 0.6, right - 1.2)
    pieces: list[Piece] = [Words(form.word(_NEXT_VISIT), 7.8), Space(2)]
    pieces += _times(form, _MONTH, _DAY, _HOUR, gap=7)
    draw_line_right(sheet, right, zone.bottom - 2.2, pieces, right - left - 27)


def draw_customer(form: Form, zone: Box) -> None:
    """Draw what the customer ticks, writes and signs."""
    sheet = form.sheet
    form.zone_name(Box(zone.x, zone.y, RAIL, zone.height), CUSTOMER)
    inner = zone.x + RAIL
    sheet.upright(inner, zone.y, zone.bottom, FIELD)
    left = inner + 2.4
    first = 6.2
    base = zone.y + first - 2.2
    pieces: list[Piece] = []
    for label in (_FIXED, _CLEANED):
        pieces += [Words(form.word(label), 7.8), Space(1.4), *_ticks(form, _YES, _NO), Space(5)]
    pieces += _ticks(form, _SHOE_COVERS, _BADGE)
    scale: list[Piece] = [Words(form.word(_SATISFACTION), 7.8), Space(2)]
    scale += _ticks(form, *_SCALE)
    room = zone.right - left
    start = draw_line_right(sheet, zone.right, base, scale, room * 0.42)
    draw_line(sheet, left, base, pieces, start - left - 3)

    y = zone.y + first
    sheet.rule(inner, y, zone.right, FIELD)
    split = zone.right - 95
    form.label(left, y + 4.2, _COMMENT, split - left - 2)
    sheet.upright(split, y, zone.bottom, FIELD)
    form.label(split + 2.2, y + 4.2, _SIGNED, 36)
    date: list[Piece] = [Blank(10), Words(form.word(_YEAR), 7.8), Space(0.9)]
    date += [Blank(6.6), Words(form.word(_MONTH), 7.8), Space(0.9)]
    date += [Blank(6.6), Words(form.word(_DAY), 7.8)]
    draw_line_right(sheet, zone.right - 0.6, zone.bottom - 2.4, date, 46)


def draw_signatures(form: Form, zone: Box) -> None:
    """Draw the signatures of worker and supervisor, and the follow-up."""
    sheet = form.sheet
    width = 42.0
    form.label(zone.x, zone.y + 3.9, _WORKER_SIGNS, width - 2)
    first, second = zone.x + width, zone.x + 2 * width - 2
    sheet.upright(first, zone.y, zone.bottom, FIELD)
    form.label(first + 1.8, zone.y + 3.9, _CHECKED, width - 5)
    sheet.upright(second, zone.y, zone.bottom, FIELD)
    form.label(second + 1.8, zone.y + 3.9, _FOLLOW_UP, 14)
    pieces = [*_ticks(form, _BY_PHONE, _AT_HOME), Space(4), *_ticks(form, *_SCALE)]
    tab = 14.4 if form.language is PaperLanguage.EN else 9.6
    at = second + 1.8 + tab
    draw_line(sheet, at, zone.y + 3.9, pieces, zone.right - at)
    pieces = [Words(form.word(_FOLLOWED_BY), 7.8), Space(0.8), Blank(22), Space(2)]
    pieces += [Blank(8), Words(form.word(_MONTH), 7.8), Space(0.9)]
    pieces += [Blank(8), Words(form.word(_DAY), 7.8)]
    draw_line_right(sheet, zone.right, zone.bottom - 1.5, pieces, zone.right - second - 20)
