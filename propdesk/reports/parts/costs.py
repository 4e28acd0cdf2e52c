"""The zone of a work order that says what the job costs: written by hand, or printed if known."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.i18n import _lazy
from propdesk.reports.parts.form_lines import Blank, Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.sheet import FIELD, HEAD, ROW, Align, Box
from propdesk.reports.parts.text import elide
from propdesk.reports.parts.zones import RAIL, Form

_PAID_ROW, _TOTAL_ROW, _CONSENT_ROW, _COST_HEAD = 5.8, 5.8, 9.0, 4.6
COST_LINES = 4
"""Lines of material and labour on the first page; what is more goes on on the next."""

COSTS = _lazy("Materials and costs")
_MATERIALS = (
    (_lazy("Name and specification"), 0.37),
    (_lazy("Measure"), 0.105),
    (_lazy("Quantity"), 0.115),
    (_lazy("Unit price"), 0.17),
    (_lazy("Amount (yuan)"), 0.24),
)
_PAID, _FREE = _lazy("Charged"), _lazy("No charge")
_MATERIAL_SUM, _LABOUR_SUM, _TOTAL = _lazy("Parts"), _lazy("Labour"), _lazy("Total")
_IN_CAPITALS = _lazy("In capitals")
# The preprinted places of an amount in Chinese capitals; they are what a pen fills in any language.
_PLACES = ("万", "仟", "佰", "拾", "元", "角", "分")
_CONSENT = _lazy("Price agreed before work (signature)")
_PAYMENT = _lazy("Payment")
_PAYMENTS = (_lazy("Cash"), _lazy("By QR"), _lazy("Transfer"))


@dataclass(frozen=True, slots=True)
class CostLine:
    """A line of material or labour, each value as it is printed."""

    name: str
    measure: str
    quantity: str
    price: str
    amount: str

    @property
    def words(self) -> str:
        """The whole line, for a following page."""
        return f"{self.name}  {self.quantity} {self.measure} × {self.price} = {self.amount}"


@dataclass(frozen=True, slots=True)
class Costs:
    """What is known of the costs when the order is printed; what is empty stays white for a pen.

    `is_paid` is None while nobody has said. `agreed` says who agreed to how much, how and when.
    """

    is_paid: bool | None = None
    lines: tuple[CostLine, ...] = ()
    material: str = ""
    labour: str = ""
    total: str = ""
    capitals: str = ""
    agreed: str = ""


UNKNOWN_COSTS = Costs()
"""Nothing is known yet: the whole zone is for a pen."""


def draw_costs(form: Form, zone: Box, costs: Costs) -> None:
    """Draw the materials, the sums in figures and capitals, and the price agreed beforehand."""
    sheet = form.sheet
    rail = Box(zone.x, zone.y, RAIL, zone.height)
    form.zone_name(rail, COSTS)
    left, width = zone.x + RAIL, zone.width - RAIL
    sheet.upright(left, zone.y, zone.bottom, FIELD)
    below = _PAID_ROW + _TOTAL_ROW + _CONSENT_ROW
    table = Box(left, zone.y, width, zone.height - below)
    _draw_materials(form, table, costs.lines[:COST_LINES])

    y = zone.bottom - below
    base = y + _PAID_ROW - 2.1
    pieces: list[Piece] = [
        Tick(form.word(_PAID), costs.is_paid is True),
        Space(2.2),
        Tick(form.word(_FREE), costs.is_paid is False),
        Space(3),
    ]
    sums = ((_MATERIAL_SUM, costs.material), (_LABOUR_SUM, costs.labour), (_TOTAL, costs.total))
    for label, amount in sums:
        gap = Words(amount, 8.2, bold=True) if amount else Blank(11.5)
        pieces += [Words(form.word(label), 7.8), Space(0.6), gap, Space(1.6)]
    draw_line(sheet, left + 1.2, base, pieces[:-1], width - 1.2)
    y += _PAID_ROW
    sheet.rule(left, y, zone.right, FIELD)
    pieces = [Words(form.word(_IN_CAPITALS), 7.8), Space(1.4)]
    if costs.capitals:
        pieces += [Words(costs.capitals, 8.8, bold=True), Space(0)]
    else:
        for place in _PLACES:
            pieces += [Blank(7.4), Words(place, 7.8), Space(0.7)]
    draw_line(sheet, left + 1.6, y + _TOTAL_ROW - 2.1, pieces[:-1], width - 1.8)
    y += _TOTAL_ROW
    sheet.rule(left, y, zone.right, FIELD)
    split = left + width * 0.56
    form.label(left + 1.6, y + 3.9, _CONSENT, split - left - 3)
    if costs.agreed:
        room = split - left - 3
        size = fitting_size(costs.agreed, room, 7.4, least=5.4)
        sheet.text(left + 1.6, y + 7.8, elide(costs.agreed, room, size), size)
    sheet.upright(split, y, zone.bottom, FIELD)
    form.label(split + 1.6, y + 3.9, _PAYMENT, zone.right - split - 3)
    boxes: list[Piece] = []
    for payment in _PAYMENTS:
        boxes += [Tick(form.word(payment)), Space(2.2)]
    draw_line(sheet, split + 1.6, y + 8.2, boxes, zone.right - split - 2)


def _draw_materials(form: Form, table: Box, lines: Sequence[CostLine]) -> None:
    sheet = form.sheet
    head = table.y + _COST_HEAD
    tall = (table.height - _COST_HEAD) / COST_LINES
    x = table.x
    for place, (title, share) in enumerate(_MATERIALS):
        wide = table.width * share
        for number, line in enumerate(lines):
            words = (line.name, line.measure, line.quantity, line.price, line.amount)[place]
            size = fitting_size(words, wide - 2, 8.2, least=5.4)
            at, align = (x + 1.6, Align.LEFT) if place < 2 else (x + wide - 1, Align.RIGHT)
            base = head + tall * (number + 0.5) + 1.0
            sheet.text(at, base, elide(words, wide - 2, size), size, align=align)
        text = form.word(title)
        size = fitting_size(text, wide - 1, 7.2, least=4.5)
        if place:
            sheet.text(x + wide / 2, head - 1.5, text, size, align=Align.CENTRE)
            sheet.upright(x, table.y, table.bottom, FIELD)
        else:
            sheet.text(x + 1.6, head - 1.5, text, size)
        x += wide
    sheet.rule(table.x, head, table.right, HEAD)
    for number in range(1, COST_LINES + 1):
        sheet.rule(table.x, head + tall * number, table.right, ROW)
