"""The work order (派工单): A5 landscape, one page a copy, or two copies on an A4 sheet.

Printed at dispatch, carried to the house, filled in with a pen, signed, scanned on return. Source
of the fields: the trade's repair orders (forms 5.1). Nothing on it is ever cut: what does not fit
goes on on a second page with the same head.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Literal

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.costs import (
    COST_LINES,
    COSTS,
    Costs,
    draw_costs,
)
from propdesk.reports.parts.cutting_line import draw_cutting_line
from propdesk.reports.parts.form_lines import Piece, Space, Tick, Words, draw_line, line_width
from propdesk.reports.parts.handwriting import (
    CUSTOMER_HEIGHT,
    SIGNATURES_HEIGHT,
    draw_customer,
    draw_on_site,
    draw_signatures,
)
from propdesk.reports.parts.masthead import (
    Masthead,
    Office,
    draw_masthead,
    fitting_size,
    page_number,
)
from propdesk.reports.parts.order_cells import (
    APPOINTMENT,
    LEADING,
    LEFT,
    RIGHT,
    ROWS,
    TEXT,
    TEXT_FRAME,
    TEXT_ROW,
    Placed,
    WorkOrderSheet,
    column_x,
    label_tab,
    place_values,
)
from propdesk.reports.parts.pictures import PaperPicture, draw_pictures, picture_pages
from propdesk.reports.parts.sheet import (
    A4,
    A5_LANDSCAPE,
    FIELD,
    HEAVY,
    ZONE,
    Align,
    Box,
    PrintedPaper,
    Sheet,
)
from propdesk.reports.parts.text import elide
from propdesk.reports.parts.zones import RAIL, Form

TOP = 5.2
_FOOT = 143.4  # baseline of the footer
_END = 140.6  # the last heavy rule
_HEAD_ROW, _ROW = 6.0, 5.9
_MASTHEAD = 14.8
_TEXT_WIDTH = 178.0  # of a following page

TITLE = _lazy("Work order")
_KIND, _URGENCY = _lazy("Kind"), _lazy("Urgency")
_ROUND = _lazy("Dispatch {number}")
_REQUEST, _DISPATCH = _lazy("The request"), _lazy("Dispatch")
_MORE = _lazy("more on page 2")
_PRINTED = _lazy("Printed {time} by {person}")
_COPY_NUMBERS = "①②③④"
_HOTLINE = _lazy("Service telephone {phone}")


def render_work_order(
    sheet: WorkOrderSheet,
    target: Path,
    *,
    paper: Literal["a5", "a4"] = "a5",
    language: PaperLanguage = PaperLanguage.ZH,
) -> PrintedPaper:
    """Draw all copies of a work order into the PDF file `target`; see `render_work_orders`."""
    title = f"{language.main(TITLE)} {sheet.number}"
    return render_work_orders((sheet,), target, title=title, paper=paper, language=language)


def render_work_orders(
    orders: Iterable[WorkOrderSheet],
    target: Path,
    *,
    title: str,
    paper: Literal["a5", "a4"] = "a5",
    language: PaperLanguage = PaperLanguage.ZH,
) -> PrintedPaper:
    """Draw all copies of work orders, one order after the other, into the PDF file `target`.

    A5 gives a page a copy; A4 puts two on a sheet with a line to cut along, and begins each order
    on a sheet of its own, so that it can be handed out. Raises OSError where the file cannot be
    written (an older file then stays as it was), and ValueError for an order without copies.
    """
    slots = 2 if paper == "a4" else 1
    size = A4 if paper == "a4" else A5_LANDSCAPE
    is_begun = False
    with Sheet(target, size, title=title) as page:
        form = Form(page, language)
        for order in orders:
            for place, draw in enumerate(_faces(form, order)):
                slot = place % slots
                if is_begun and not slot:
                    page.new_page()
                is_begun = True
                if slots > 1 and not slot:
                    draw_cutting_line(page)
                with page.shifted(0, (A4.height - A5_LANDSCAPE.height) * slot):
                    draw()
    return page.printed


def _faces(form: Form, order: WorkOrderSheet) -> list[Callable[[], None]]:
    """Return the functions that draw the pages of all copies, in the order of the copies."""
    if not order.copies:
        message = "a work order needs at least one copy"
        raise ValueError(message)
    faces: list[Callable[[], None]] = []
    for number, copy in enumerate(order.copies):
        placed = place_values(form, order, copy)
        following = _following(form, order, placed)
        shown = picture_pages(order.pictures) if number == _with_pictures(order) else []
        pages = 1 + len(following) + len(shown)
        faces.append(partial(_draw_first, form, order, number, placed, pages))
        for page, lines in enumerate(following, 2):
            faces.append(partial(_draw_following, form, order, number, lines, (page, pages)))
        for page, pictures in enumerate(shown, 2 + len(following)):
            faces.append(partial(_draw_pictures, form, order, number, pictures, (page, pages)))
    return faces


def _with_pictures(order: WorkOrderSheet) -> int:
    """Return which copy has the photos behind it: the worker's, who goes there."""
    return next((n for n, copy in enumerate(order.copies) if copy.for_worker), 0)


def _following(
    form: Form, order: WorkOrderSheet, placed: Sequence[Placed]
) -> list[list[tuple[str, bool]]]:
    """Return the pages of lines (text, bold) that hold what did not fit on the first page."""
    lines: list[tuple[str, bool]] = []
    for item in placed:
        if item.rest:
            if lines:
                lines.append(("", False))
            lines.append((form.word(item.cell.label), True))
            wrapped = form.sheet.wrapped(item.rest, _TEXT_WIDTH, form.profile.value)
            lines += [(line, False) for line in wrapped]
    lines += _more_costs(form, order.costs, after_others=bool(lines))
    room = int((_END - TOP - _MASTHEAD - _HEAD_ROW - 3) // LEADING)
    return [lines[start : start + room] for start in range(0, len(lines), room)]


def _more_costs(form: Form, costs: Costs, *, after_others: bool) -> list[tuple[str, bool]]:
    """Return what the table of costs on the first page has no line for."""
    rest = costs.lines[COST_LINES:]
    if not rest:
        return []
    head = [("", False)] if after_others else []
    wrapped = [
        (line, False)
        for cost in rest
        for line in form.sheet.wrapped(cost.words, _TEXT_WIDTH, form.profile.value)
    ]
    return [*head, (form.word(COSTS), True), *wrapped]


# Drawing


def _draw_first(
    form: Form, order: WorkOrderSheet, number: int, placed: Sequence[Placed], pages: int
) -> None:
    y = _draw_head(form, order, number)
    tops = [y]
    for row in range(ROWS):
        most = max((len(item.lines) for item in placed if item.cell.row == row), default=1)
        tall = _ROW + LEADING * max(0, most - 1)
        tops.append(tops[-1] + (TEXT_FRAME + LEADING * max(1, most) if row == TEXT_ROW else tall))
    _draw_values(form, placed, tops)
    sheet = form.sheet
    costs = _END - SIGNATURES_HEIGHT - CUSTOMER_HEIGHT
    middle = (LEFT + RIGHT) / 2 + 0.6
    zone = Box(LEFT, tops[-1], middle - LEFT, costs - tops[-1])
    draw_on_site(form, zone)
    draw_costs(form, Box(middle, zone.y, RIGHT - middle, zone.height), order.costs)
    sheet.upright(middle, zone.y, zone.bottom, ZONE)
    draw_customer(form, Box(LEFT, costs, RIGHT - LEFT, CUSTOMER_HEIGHT))
    draw_signatures(form, Box(LEFT, costs + CUSTOMER_HEIGHT, RIGHT - LEFT, SIGNATURES_HEIGHT))
    for edge in (zone.y, costs, costs + CUSTOMER_HEIGHT):
        sheet.rule(LEFT, edge, RIGHT, ZONE)
    _draw_foot(form, order, (1, pages))


def _draw_values(form: Form, placed: Sequence[Placed], tops: Sequence[float]) -> None:
    sheet, inner = form.sheet, LEFT + RAIL
    for name, first, last in ((_REQUEST, 0, 3), (_DISPATCH, 3, 5)):
        form.zone_name(Box(LEFT, tops[first], RAIL, tops[last] - tops[first]), name)
    sheet.upright(inner, tops[0], tops[-1], FIELD)
    for row in (1, 2, 4):
        sheet.rule(inner, tops[row], RIGHT, FIELD)
    sheet.rule(LEFT, tops[3], RIGHT, ZONE)
    for item in placed:
        cell = item.cell
        x, base = column_x(cell.start), tops[cell.row] + 4.15
        tab = label_tab(form, cell)
        form.label(x, base, cell.label, tab - 1)
        for place, line in enumerate(item.lines):
            # The second line of an appointment is a remark (somebody at home).
            bold = cell.bold and (place == 0 or cell.label is not APPOINTMENT)
            below = base + LEADING * place
            sheet.lines(x + tab, below, [line], item.size, leading=0, bold=bold)
        if item.rest and cell.label is TEXT:
            size = fitting_size(form.word(_MORE), tab - 1, form.profile.small, least=4.5)
            sheet.text(x, base + LEADING, form.word(_MORE), size)


def _draw_head(form: Form, order: WorkOrderSheet, number: int) -> float:
    """Draw masthead and the row of boxes; return the y below."""
    sheet, language = form.sheet, form.language
    below = ""
    if order.office_phone:
        below = form.word(_HOTLINE).format(phone=order.office_phone)
    head = Masthead(
        Office(order.office_name, order.office_name_en, below),
        form.word(TITLE),
        language.second(TITLE).upper(),
        order.number,
        order.code_digits,
        order.qr_text,
        tracking=0.04 if language is PaperLanguage.EN else 0.34,
    )
    y = draw_masthead(sheet, head, language, left=LEFT, right=RIGHT, y=TOP, height=_MASTHEAD)
    base = y + _HEAD_ROW - 1.9
    copy = order.copies[number].name
    if len(order.copies) > 1:
        copy = f"{_COPY_NUMBERS[number]} {copy}"
    size = fitting_size(copy, 60, 10.5, least=6, bold=True)
    copy = elide(copy, 60, size, bold=True)
    wide = sheet.text(RIGHT, base, copy, size, bold=True, align=Align.RIGHT)
    _draw_boxes(form, order, base, RIGHT - LEFT - wide - 4)
    sheet.rule(LEFT, y + _HEAD_ROW, RIGHT, ZONE)
    return y + _HEAD_ROW


def _draw_boxes(form: Form, order: WorkOrderSheet, base: float, room: float) -> None:
    """Draw kind, urgency and dispatch; where the row is too long, only what holds is printed."""

    def pieces(kinds: Sequence[str], urgencies: Sequence[str]) -> list[Piece]:
        row: list[Piece] = []
        for label, chosen, words in (
            (_KIND, order.kind, kinds),
            (_URGENCY, order.urgency, urgencies),
        ):
            row += [Words(form.word(label), form.profile.label), Space(1.8)]
            for word in words:
                row += [Tick(word, word == chosen, 8.4), Space(2.2)]
            row.append(Space(3.4))
        dispatch = form.word(_ROUND).format(number=order.round)
        return [*row, Words(dispatch, 8.8, bold=True)]

    kinds = order.kinds if order.kind in order.kinds else (*order.kinds, order.kind)
    urgencies = (
        order.urgencies if order.urgency in order.urgencies else (*order.urgencies, order.urgency)
    )
    for words in (
        (kinds, urgencies),
        ((order.kind,), urgencies),
        ((order.kind,), (order.urgency,)),
    ):
        row = pieces(*words)
        if line_width(row) <= room + 6:
            break
    draw_line(form.sheet, LEFT, base, row, room)


def _draw_following(
    form: Form,
    order: WorkOrderSheet,
    number: int,
    lines: Sequence[tuple[str, bool]],
    page: tuple[int, int],
) -> None:
    y = _draw_head(form, order, number) + 5.2
    left = LEFT + (RIGHT - LEFT - _TEXT_WIDTH) / 2
    for text, bold in lines:
        form.sheet.lines(left, y, [text], form.profile.value, leading=LEADING, bold=bold)
        y += LEADING
    _draw_foot(form, order, page)


def _draw_pictures(
    form: Form,
    order: WorkOrderSheet,
    number: int,
    pictures: Sequence[PaperPicture],
    page: tuple[int, int],
) -> None:
    y = _draw_head(form, order, number) + 3
    draw_pictures(form, Box(LEFT, y, RIGHT - LEFT, _END - y - 1), pictures)
    _draw_foot(form, order, page)


def _draw_foot(form: Form, order: WorkOrderSheet, page: tuple[int, int]) -> None:
    sheet, size = form.sheet, form.profile.small
    sheet.rule(LEFT, _END, RIGHT, HEAVY)
    printed = form.word(_PRINTED).format(
        time=order.printed_at.strftime("%Y-%m-%d %H:%M"), person=order.printed_by
    )
    number = page_number(form.language, *page)
    wide = sheet.text(RIGHT, _FOOT, number, size, align=Align.RIGHT)
    printed = elide(printed, 70, size)
    at = RIGHT - wide - 4
    wide = sheet.text(at, _FOOT, printed, size, align=Align.RIGHT)
    names = [copy.name for copy in order.copies]
    left = "  ".join(f"{_COPY_NUMBERS[place]} {name}" for place, name in enumerate(names))
    room = at - wide - LEFT - 4
    drawn = sheet.text(LEFT, _FOOT, elide(left, room, size), size)
    note = room - drawn - 6
    if order.foot_note and note > 10:
        middle = LEFT + drawn + 3 + (note + 6) / 2
        sheet.text(middle, _FOOT, elide(order.foot_note, note, size), size, align=Align.CENTRE)
