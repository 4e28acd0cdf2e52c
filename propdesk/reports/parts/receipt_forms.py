"""The receipt on A5 and on continuous paper of 241 mm: one drawing, cut anew for each paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy
from propdesk.reports.parts.codes import code128_width, draw_code128
from propdesk.reports.parts.form_lines import Piece, Space, Tick, Words, draw_line
from propdesk.reports.parts.masthead import Office, draw_office, fitting_size, page_number
from propdesk.reports.parts.profiles import DOTS, LASER
from propdesk.reports.parts.receipt_plans import (
    BROUGHT,
    CARRIED,
    CASHIER,
    CHECKED,
    CONFIRMED,
    CONTRA,
    DAY,
    DUE,
    DUE_DOTS,
    HOUSE,
    ITEM,
    LATE,
    PAID,
    PAID_BY,
    PAYER,
    PERIOD,
    PRICE,
    QUANTITY,
    QUANTITY_DOTS,
    REDUCED,
    REDUCED_DOTS,
    REMARK,
    REPRINT,
    STAMP,
    SUBTOTAL,
    TOTAL,
    VOID,
    Plan,
    copy_colours,
)
from propdesk.reports.parts.receipt_values import ReceiptLine, ReceiptSheet
from propdesk.reports.parts.sheet import (
    FIELD,
    FRAME,
    HEAD,
    HEAVY,
    ROW,
    TABLE,
    ZONE,
    Align,
    Box,
    Sheet,
)
from propdesk.reports.parts.text import MM_PER_POINT, elide, width_mm

_NUMBERS = "①②③④"
_LEAST = 5.6  # pt: an amount is set smaller before anything of it is lost


@dataclass(slots=True)
class _Page:
    """The lines of one page of a copy, and what was paid on the pages before."""

    lines: list[ReceiptLine] = field(default_factory=list)
    brought_fen: int | None = None
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row as it is set: its cells as lines, and what stands below them over the whole width."""

    cells: tuple[list[str], ...]
    below: list[str]
    bold: bool = False

    def height(self, row: float, leading: float) -> float:
        most = max(len(cell) for cell in self.cells)
        return row + leading * (max(most, 1) - 1 + len(self.below))


class ReceiptForm:
    """A receipt on one of the papers; `draw_copy` draws all pages of one copy."""

    def __init__(self, receipt: ReceiptSheet, language: PaperLanguage, plan: Plan) -> None:
        self.receipt, self.language, self.plan = receipt, language, plan
        self.size = plan.size
        self._began = False
        self._pages: list[_Page] = []
        self._row = plan.row

    # -- words and lines

    def _word(self, text: LazyText) -> str:
        return self.language.main(text)

    def _second(self, text: LazyText) -> str:
        return self.language.second(text) if self.plan.profile.second_lines else ""

    def _weight(self, weight: float) -> float:
        return self.plan.profile.line(weight)

    @property
    def _width(self) -> float:
        return self.plan.right - self.plan.left

    @property
    def _text(self) -> float:
        return 8.8 if self.plan.profile is LASER else self.plan.profile.value

    @property
    def _leading(self) -> float:
        return self._text * MM_PER_POINT * 1.18

    def _period(self, line: ReceiptLine) -> str:
        if line.from_on is None or line.until_on is None:
            return line.from_on.isoformat() if line.from_on else ""
        until = line.until_on.isoformat()
        if self.plan.short_period and line.until_on.year == line.from_on.year:
            until = until[5:]
        return _("{start} to {end}").format(start=line.from_on.isoformat(), end=until)

    # -- cutting the lines into pages

    def _set(self, sheet: Sheet, line: ReceiptLine) -> _Cells:
        """Wrap a line's texts; a remark without a column, or a long one, stands below the row."""
        plan, size = self.plan, self._text
        rooms = self._rooms()
        remark, below = [], []
        if line.remark:
            beside = sheet.wrapped(line.remark, rooms[8], size) if plan.has_remark else []
            if plan.has_remark and len(beside) <= 2:
                remark = beside
            else:
                below = sheet.wrapped(line.remark, self._width - 8, size)
        cells = [
            sheet.wrapped(line.item, rooms[0], size),
            sheet.wrapped(self._period(line), rooms[1], size),
            [line.price],
            sheet.wrapped(line.quantity, rooms[3], size),
            [amount(line.due_fen)],
            [amount(line.reduced_fen)],
            [amount(line.late_fen)],
            [amount(line.paid_fen)],
        ]
        if plan.has_remark:
            cells.append(remark)
        return _Cells(tuple(cells), below)

    def _rooms(self) -> list[float]:
        ends = self.plan.columns
        return [
            end - start - (2.6 if place in (0, 1) else 1.8)
            for place, (start, end) in enumerate(zip((0.0, *ends), ends, strict=False))
        ]

    def _sum(self, label: str, lines: Sequence[ReceiptLine], paid: int | None = None) -> _Cells:
        """Return the row of sums, or of what was paid up to here."""
        cells: list[list[str]] = [[label], [], [], []]
        if paid is None:
            names = ("due_fen", "reduced_fen", "late_fen")
            sums = [sum(getattr(line, name) or 0 for line in lines) for name in names]
            cells += [[amount(fen or None)] for fen in sums]
            paid = sum(line.paid_fen for line in lines)
        else:
            cells += [[], [], []]
        cells.append([amount(paid)])
        if self.plan.has_remark:
            cells.append([])
        return _Cells(tuple(cells), [], bold=True)

    def _cut(self, sheet: Sheet) -> list[_Page]:
        """Deal the lines to pages: rows are set closer before a further page is begun."""
        plan, lines = self.plan, list(self.receipt.lines)
        table = plan.foot - 5.0 - (plan.top + plan.head + plan.info + plan.table_head)
        room = table - plan.total - plan.means - plan.sign
        for row in (plan.row, (plan.row + plan.least_row) / 2, plan.least_row):
            self._row = row
            if self._tall(sheet, lines, sums=len(lines) > 1) <= room:
                return [_Page(lines, is_last=True)]
        pages: list[_Page] = []
        brought: int | None = None
        while not pages or not pages[-1].is_last:
            page = _Page(brought_fen=brought)
            rest = table - self._row * ((brought is not None) + 1)
            if self._tall(sheet, lines) <= rest - (table - room):
                page.lines, page.is_last = lines, True
            else:
                # At least one line goes on each page, and the last page is never left without one
                # where two could be parted.
                while lines and (
                    not page.lines or self._tall(sheet, [*page.lines, lines[0]]) <= rest
                ):
                    page.lines.append(lines.pop(0))
                if not lines and len(page.lines) > 1:
                    lines.append(page.lines.pop())
            brought = (brought or 0) + sum(line.paid_fen for line in page.lines)
            pages.append(page)
        return pages

    def _tall(self, sheet: Sheet, lines: Sequence[ReceiptLine], *, sums: bool = False) -> float:
        heights = [self._set(sheet, line).height(self._row, self._leading) for line in lines]
        return sum(heights) + (self._row if sums else 0.0)

    # -- drawing

    def draw_copy(self, sheet: Sheet, number: int, copy: str) -> None:
        """Draw all pages of a copy."""
        if not self._pages:
            self._pages = self._cut(sheet)
        for place, page in enumerate(self._pages, start=1):
            if self._began:
                sheet.new_page()
            self._began = True
            name = f"{_NUMBERS[number : number + 1]} {copy}".strip()
            y = self._draw_head(sheet, name)
            y = self._draw_table(sheet, y, page, more=len(self._pages) > 1)
            if page.is_last:
                y = self._draw_total(sheet, y)
                y = self._draw_means(sheet, y)
                self._draw_signatures(sheet, y)
            self._draw_foot(sheet, place)

    def _draw_head(self, sheet: Sheet, copy: str) -> float:
        plan, receipt, dots = self.plan, self.receipt, self.plan.profile is DOTS
        y, left, right = plan.top, plan.left, plan.right
        wide = code128_width(receipt.code_digits, plan.code_module)
        draw_code128(
            sheet, right - wide, y, receipt.code_digits, height=plan.code_height,
            module=plan.code_module,
        )  # fmt: skip
        base = y + plan.code_height + (4.6 if plan.head > 14 else 4.2)
        words = f"No. {receipt.number}"
        size = fitting_size(words, 62, 11, least=8, bold=True)
        sheet.text(right, base, words, size, bold=True, align=Align.RIGHT)
        middle = (left + right) / 2
        title = receipt.title
        tracking = 0.34 if not title.isascii() else 0.04
        size = fitting_size(title, 60, plan.title, least=12, bold=True)
        raised = 1.4 if self._second(_lazy("Receipt")) else 0.0
        title_wide = sheet.text(
            middle, y + 8.4 - raised, title, size, bold=True, align=Align.CENTRE, tracking=tracking
        )
        if receipt.second_title and plan.profile.second_lines:
            sheet.text(
                middle, y + 11.2, receipt.second_title, 6.2, align=Align.CENTRE, tracking=0.12
            )
        marks = self.marks()
        begins = right - max(wide, 44) - 10 * plan.code_module
        if marks:
            self._draw_mark(sheet, middle + title_wide / 2 + 3, begins, y, marks)
        office = Office(
            receipt.office_name,
            receipt.office_name_en,
            _("Phone {phone}").format(phone=receipt.office_phone) if receipt.office_phone else "",
        )
        room = middle - title_wide / 2 - left - 4
        if dots:
            self._draw_office_dots(sheet, left, y, office, room)
        else:
            draw_office(sheet, left, y + 1.4, office, self.language, width=room)
        y += plan.head
        sheet.rule(left, y, right, self._weight(HEAVY))
        return self._draw_info(sheet, y, copy)

    def _draw_office_dots(
        self, sheet: Sheet, x: float, y: float, office: Office, room: float
    ) -> None:
        """Draw name and telephone in type that pins can print, on lines of their own."""
        size = self.plan.profile.value
        english = self.language is PaperLanguage.EN and office.english_name
        lines = sheet.wrapped(english or office.name, room, size, bold=True)[:2]
        base = y + 4.2
        for line in lines:
            sheet.text(x, base, line, size, bold=True)
            base += 4.4
        if office.below and base < y + self.plan.head:
            sheet.text(x, base, elide(office.below, room, size), size)

    def marks(self) -> list[str]:
        """Return what makes this print another than the receipt as it was first given."""
        receipt = self.receipt
        marks = [self._word(VOID)] if receipt.void else []
        if receipt.refund_of:
            marks.append(self._word(CONTRA))
        if receipt.reprint:
            marks.append(self._word(REPRINT).format(number=receipt.reprint))
        return marks

    def _draw_mark(
        self, sheet: Sheet, left: float, right: float, y: float, marks: Sequence[str]
    ) -> None:
        """Draw the marks in a heavy frame beside the title."""
        size = 10.5
        wide = min(max(width_mm(mark, size, bold=True) for mark in marks) + 4, right - left)
        tall = 1.6 + 4.6 * len(marks)
        top = y + max(0.2, 6.4 - tall / 2)
        sheet.frame(Box(left, top, wide, tall), FRAME)
        for place, mark in enumerate(marks):
            fitted = fitting_size(mark, wide - 2, size, least=5, bold=True)
            sheet.text(
                left + wide / 2, top + 4.4 + 4.6 * place, mark, fitted, bold=True,
                align=Align.CENTRE,
            )  # fmt: skip

    def _draw_info(self, sheet: Sheet, y: float, copy: str) -> float:
        plan, receipt = self.plan, self.receipt
        width = self._width
        size = plan.profile.value
        # In the middle of a low row, so that no rule runs through the upper edge of the words.
        base = y + max(plan.info - 2.3, plan.info / 2 + size * MM_PER_POINT * 0.38)
        copy_wide = sheet.text(plan.right, base, copy, size, bold=True, align=Align.RIGHT)
        starts = (0.0, 0.205, 0.53)
        values = (
            (DAY, receipt.at.date().isoformat(), False),
            (PAYER, receipt.payer, True),
            (HOUSE, receipt.house, True),
        )
        for place, (label, words, bold) in enumerate(values):
            x = plan.left + starts[place] * width
            end = plan.left + starts[place + 1] * width if place < 2 else plan.right - copy_wide
            at = x + self._label(sheet, x, base, label) + 2.0
            self._fitted(sheet, at, base, words, end - at - 2.5, size, bold=bold)
        y += plan.info
        sheet.rule(plan.left, y, plan.right, self._weight(ZONE))
        return y

    def _fitted(
        self, sheet: Sheet, x: float, base: float, words: str, room: float, size: float, *,
        bold: bool,
    ) -> None:  # fmt: skip
        """Draw a value whole: smaller where it is long, on two lines where it is longer."""
        least = 7.0 if self.plan.profile is LASER else 8.0
        fitted = fitting_size(words, room, size, least=least, bold=bold)
        lines = sheet.wrapped(words, room, fitted, bold=bold)
        if len(lines) < 2:
            sheet.text(x, base, words, fitted, bold=bold)
            return
        small = fitted if len(lines) == 2 else 5.6
        lines = sheet.wrapped(words, room, small, bold=bold)
        lines = [*lines[:1], elide("".join(lines[1:]), room, small, bold=bold)]
        leading = small * MM_PER_POINT * 1.1
        sheet.lines(x, base - leading + 1.4, lines, small, leading=leading, bold=bold)

    def _label(self, sheet: Sheet, x: float, base: float, label: LazyText) -> float:
        """Draw a label, its English line below; return its width."""
        second = self._second(label)
        wide = sheet.text(x, base - (0.8 if second else 0), self._word(label),
                          self.plan.profile.label)  # fmt: skip
        if second:
            size = self.plan.profile.second
            wide = max(wide, sheet.text(x, base + 1.6, second, size))
        return wide

    def _draw_table(self, sheet: Sheet, y: float, page: _Page, *, more: bool) -> float:
        plan = self.plan
        narrow = (QUANTITY_DOTS, DUE_DOTS, REDUCED_DOTS)
        middle = narrow if plan.profile is DOTS else (QUANTITY, DUE, REDUCED)
        heads = [ITEM, PERIOD, PRICE, *middle, LATE, PAID]
        if plan.has_remark:
            heads.append(REMARK)
        head = _Cells(tuple([self._word(text)] for text in heads), [], bold=True)
        y = self._draw_row(sheet, y, plan.table_head, head, size=8.0 if plan.has_remark else None)
        sheet.rule(plan.left, y, plan.right, self._weight(HEAD))
        rows = []
        if page.brought_fen is not None:
            rows.append(self._sum(self._word(BROUGHT), (), page.brought_fen))
        rows += [self._set(sheet, line) for line in page.lines]
        for row in rows:
            y = self._draw_row(sheet, y, self._row, row)
            sheet.rule(plan.left, y, plan.right, self._weight(ROW))
        everything = self.receipt.lines
        if not page.is_last:
            paid = (page.brought_fen or 0) + sum(line.paid_fen for line in page.lines)
            y = self._draw_row(sheet, y, self._row, self._sum(self._word(CARRIED), (), paid))
        elif more or len(everything) > 1:
            y = self._draw_row(sheet, y, self._row, self._sum(self._word(SUBTOTAL), everything))
        sheet.rule(plan.left, y, plan.right, self._weight(TABLE if page.is_last else ZONE))
        return y

    def _draw_row(
        self, sheet: Sheet, y: float, row: float, cells: _Cells, *, size: float | None = None
    ) -> float:
        plan, leading = self.plan, self._leading
        size = size or self._text
        first = y + row / 2 + size * MM_PER_POINT * 0.36
        start = 0.0
        paid = 7
        # The name of a sum goes on over the empty cells beside it.
        reach = next(place for place, cell in enumerate(cells.cells[1:]) if cell)
        for place, (end, lines) in enumerate(zip(plan.columns, cells.cells, strict=True)):
            bold = cells.bold or place == paid
            room = (end if place else plan.columns[reach]) - start - 1.0
            for number, line in enumerate(lines):
                fitted = fitting_size(line, room, size, least=_LEAST, bold=bold)
                base = first + leading * number
                if place in (0, 1):
                    sheet.text(plan.left + start + 0.8, base, line, fitted, bold=bold)
                elif place == 8:
                    sheet.text(plan.left + start + 2.4, base, line, fitted, bold=bold)
                else:
                    sheet.text(plan.left + end, base, line, fitted, bold=bold, align=Align.RIGHT)
            start = end
        most = max(len(cell) for cell in cells.cells)
        below = first + leading * max(most, 1)
        sheet.lines(plan.left + 6, below, cells.below, size, leading=leading)
        return y + cells.height(row, leading)

    def _draw_total(self, sheet: Sheet, y: float) -> float:
        plan, receipt = self.plan, self.receipt
        base = y + plan.total / 2 + plan.figures * MM_PER_POINT * 0.36
        wide = self._label(sheet, plan.left + 0.8, base - 0.4, TOTAL)
        figures = f"¥ {signed(receipt.total_fen)}"
        taken = sheet.text(plan.right, base, figures, plan.figures, bold=True, align=Align.RIGHT)
        x = plan.left + 0.8 + max(wide, 9) + 2
        self._fitted(
            sheet, x, base - 0.4, receipt.capitals, plan.right - taken - 4 - x, plan.capitals,
            bold=True,
        )  # fmt: skip
        y += plan.total
        sheet.rule(plan.left, y, plan.right, self._weight(FIELD))
        return y

    def _draw_means(self, sheet: Sheet, y: float) -> float:
        plan, receipt = self.plan, self.receipt
        base = y + plan.means / 2 + 1.4
        size = self._text
        words = []
        if receipt.change_fen:
            given, back = money_words(receipt.tendered_fen), money_words(receipt.change_fen)
            words.append(_("given {given}, change {back}").format(given=given, back=back))
        if receipt.prepaid_after_fen is not None:
            balance = money_words(receipt.prepaid_after_fen)
            words.append(_("Prepaid balance {amount}").format(amount=balance))
        right = "  ".join(words)
        taken = sheet.text(plan.right, base, right, size, align=Align.RIGHT) if right else 0.0
        x = plan.left + 0.8
        x += max(self._label(sheet, x, base, PAID_BY), 9) + 2.4
        room = plan.right - taken - 4 - x
        means = dict(receipt.means)
        pieces: list[Piece] = []
        if plan.profile is LASER:
            for name in receipt.all_means:
                used = name in means
                text = f"{name} {signed(means[name])}" if used else name
                pieces += [Tick(text, used, size=8.6), Space(2.6)]
        else:
            for name, fen in receipt.means:
                pieces += [Words(f"{name} {signed(fen)}", size), Space(3.4)]
        if pieces:
            draw_line(sheet, x, base, pieces[:-1], room)
        y += plan.means
        sheet.rule(plan.left, y, plan.right, self._weight(FIELD))
        return y

    def _draw_signatures(self, sheet: Sheet, y: float) -> None:
        plan, receipt = self.plan, self.receipt
        bottom = plan.foot - 4.4
        ends = (0.193, 0.393, 0.633, 1.0)
        labels = (CASHIER, CHECKED, CONFIRMED, STAMP)
        start = 0.0
        gap = 4.6 if bottom - y > 20 else 3.8
        for place, (label, end) in enumerate(zip(labels, ends, strict=True)):
            x = plan.left + start * self._width + (0.8 if not place else 2.2)
            room = (end - start) * self._width - 3
            self._label(sheet, x, y + gap, label)
            value = (receipt.cashier, receipt.checked, "", receipt.payee)[place]
            if value:
                top = y + gap + (6.6 if gap > 4 else 5.0)
                self._fitted(sheet, x, top, value, room, self._text, bold=False)
            if place < 3:
                line = plan.left + end * self._width
                sheet.upright(line, y, bottom, self._weight(FIELD))
            start = end
        if receipt.void or receipt.refund_of:
            self._draw_big_mark(sheet, y, bottom)

    def _draw_big_mark(self, sheet: Sheet, y: float, bottom: float) -> None:
        """Put the mark where the stamp would stand: nobody stamps a void receipt by mistake."""
        plan, receipt = self.plan, self.receipt
        left = plan.left + 0.633 * self._width + 4
        tall = min(14.0, bottom - y - 7)
        box = Box(left, bottom - tall - 2, plan.right - left - 3, tall)
        sheet.frame(box, FRAME)
        words = self._word(VOID if receipt.void else CONTRA)
        size = fitting_size(words, box.width - 4, 20 if tall > 9 else 12, least=8, bold=True)
        why = receipt.void or _("of receipt {number}").format(number=receipt.refund_of)
        up = 0.62 if tall > 9 else 0.56
        sheet.text(
            box.x + box.width / 2, box.y + tall * up, words, size, bold=True, align=Align.CENTRE,
            tracking=0.1,
        )  # fmt: skip
        small = self.plan.profile.small if self.plan.profile is LASER else 8.0
        fitted = fitting_size(why, box.width - 3, small, least=5)
        sheet.text(
            box.x + box.width / 2, box.bottom - 1.4, elide(why, box.width - 2, fitted), fitted,
            align=Align.CENTRE,
        )  # fmt: skip

    def _draw_foot(self, sheet: Sheet, page: int) -> None:
        plan, receipt = self.plan, self.receipt
        size = plan.profile.small
        sheet.rule(plan.left, plan.foot - 4.4, plan.right, self._weight(HEAVY))
        printed = _("Printed {time}").format(time=f"{receipt.printed_at:%Y-%m-%d %H:%M}")
        if plan.profile is LASER:
            printed = _("{printed} by {person}").format(printed=printed, person=receipt.printed_by)
        first = _("First print") if not receipt.reprint else self.marks()[-1]
        number = page_number(self.language, page, len(self._pages))
        taken = sheet.text(
            plan.right, plan.foot, "   ".join((printed, first, number)), size, align=Align.RIGHT
        )
        left = "   ".join(text for text in (receipt.note, receipt.remark) if text)
        room = self._width - taken - 4
        if plan.profile is DOTS:
            colours = "   ".join(filter(None, (left, copy_colours(receipt.copies, self.language))))
            left = colours if width_mm(colours, size) <= room else left
        fitted = fitting_size(left, room, size, least=5.4 if plan.profile is LASER else 8)
        sheet.text(plan.left, plan.foot, elide(left, room, fitted), fitted)


def amount(fen: int | None) -> str:
    """Return an amount of the table; nothing is a dash, less than nothing has a true minus."""
    return "–" if fen is None else signed(fen)


def signed(fen: int) -> str:
    """Return an amount with the minus of print."""
    return money_words(fen).replace("-", "\u2212")
