"""The registration form of a house (住户登记表, forms.md 5.7), A4: blank, or filled to be checked.

What is known stands there masked by law.md 1.7; what is not leaves its place white, for a pen.
Each house begins on a page of its own. Nothing that is for the office alone is on this paper.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import LazyText, _, _lazy, speaking
from propdesk.reports.parts.flow import Beside, Drawing, Flow, Prose
from propdesk.reports.parts.records import (
    SIGNATURES_HEIGHT,
    Cell,
    Record,
    Signature,
    draw_signatures,
)
from propdesk.reports.parts.sheet import A4, HEAVY, PrintedPaper, Sheet
from propdesk.reports.parts.tables import Column, Row, Table, continued
from propdesk.reports.parts.ticket_frame import A4_EDGES, TicketFrame
from propdesk.reports.parts.zones import Form

TITLE = _lazy("Registration form")
_SECOND, _THIRD = 66.0, 120.0
_SIZE, _ROW, _GAP = 8.6, 6.4, 6.0
_BOX = 3.0
_PEOPLE_ROWS = 6

_HOUSE, _AREA, _LAYOUT = _lazy("House"), _lazy("Area"), _lazy("Layout")
_STATE, _RIGHT, _CONTRACT = _lazy("State"), _lazy("Lived in as"), _lazy("Service contract")
_DELIVERED, _MOVED_IN = _lazy("Handed over on"), _lazy("Moved in on")
_WORKS, _CHILDREN = _lazy("Decoration"), _lazy("Children under 14")
_NEEDS, _REMARK = _lazy("Special needs"), _lazy("Notes on the form")
_FACTS, _PEOPLE = _lazy("The house"), _lazy("Who lives here")
_THINGS, _KEYS = _lazy("Vehicles and pets"), _lazy("Keys, cards and meters")
_FURTHER, _DATA = _lazy("Further"), _lazy("Your personal data")
_PRINTED = _lazy("Printed {time}, {person}")
_SIGNS = (_lazy("Owner or resident"), _lazy("Service centre"))
_NOTICE = _lazy(
    "We keep these data to serve this house: to find you, to do repairs, to settle and to warn. "
    "What is marked as special is kept only where you agreed to it. You may see, correct and "
    "withdraw them at the service centre; the notice on personal data says the rest. I have been "
    "told this; what stands above is right."
)


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """A person of the form: all in words, masked where the law asks for it."""

    name: str
    role: str
    gender: str = ""
    identity: str = ""
    phone: str = ""
    employer: str = ""
    stay: str = ""

    def cells(self) -> tuple[str, ...]:
        """Return the person as the cells of a row."""
        return (
            self.name, self.role, self.gender, self.identity, self.phone, self.employer, self.stay,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FormOffice:
    """Who gives the form out, and when it was printed."""

    name: str
    english_name: str
    phone: str
    printed_at: datetime
    printed_by: str


@dataclass(frozen=True, slots=True)
class RegistrationSheet:
    """A form as it is printed; empty fields are for a pen.

    `ways` are the kinds of living here with whether it is so, `needs` the special needs with
    whether one is kept with consent. `vehicles` are plate, kind and space; `pets` kind and name,
    licence; `keys` kind, count, holder, day; `meters` what and reading.
    """

    office: FormOffice
    number: str = ""
    house: str = ""
    area: str = ""
    layout: str = ""
    state: str = ""
    contract: str = ""
    delivered: str = ""
    moved_in: str = ""
    decoration: str = ""
    children: str = ""
    ways: Sequence[tuple[str, bool]] = ()
    needs: Sequence[tuple[str, bool]] = ()
    people: Sequence[RegisteredPerson] = ()
    vehicles: Sequence[tuple[str, str, str]] = ()
    pets: Sequence[tuple[str, str]] = ()
    keys: Sequence[tuple[str, str, str, str]] = ()
    meters: Sequence[tuple[str, str]] = ()


def render_registrations(
    forms: Iterable[RegistrationSheet], target: Path, *, title: str, language: PaperLanguage
) -> PrintedPaper:
    """Draw the forms into the PDF file `target`; OSError where it cannot be written."""
    with speaking(language.code), Sheet(target, A4, title=title) as sheet:
        is_begun = False
        for paper in forms:
            if is_begun:
                sheet.new_page()
            is_begun = True
            _Drawn(Form(sheet, language), paper).draw()
    return sheet.printed


class _Drawn:
    """One form being drawn."""

    def __init__(self, form: Form, paper: RegistrationSheet) -> None:
        self.form = form
        self.paper = paper
        frame = TicketFrame(
            edges=A4_EDGES,
            title=TITLE,
            foot=_PRINTED,
            number=paper.number,
            office_name=paper.office.name,
            office_name_en=paper.office.english_name,
            office_phone=paper.office.phone,
            printed_at=paper.office.printed_at,
            printed_by=paper.office.printed_by,
        )
        self.flow: Flow = frame.start(form)
        self.record = Record(form, self.flow)
        self._sections = 0

    def draw(self) -> None:
        """Draw all sections."""
        self._facts()
        self._people()
        self._things()
        self._keys()
        self._further()
        self._signatures()

    def _section(self, title: LazyText) -> None:
        self._sections += 1
        self.record.section(self._sections, title)

    def _facts(self) -> None:
        paper, record = self.paper, self.record
        self._section(_FACTS)
        record.row(
            Cell(_HOUSE, paper.house, bold=True),
            Cell(_AREA, paper.area, _SECOND),
            Cell(_LAYOUT, paper.layout, _THIRD),
        )
        record.row(
            Cell(_STATE, paper.state),
            Cell(_DELIVERED, paper.delivered, _SECOND),
            Cell(_MOVED_IN, paper.moved_in, _THIRD),
        )
        record.row(Cell(_CONTRACT, paper.contract), Cell(_CHILDREN, paper.children, _THIRD))
        self._ticks(_RIGHT, paper.ways)

    def _people(self) -> None:
        columns = (
            Column(_("Name"), 30, bold=True),
            Column(_("Role"), 23),
            Column(_("Gender"), 14),
            Column(_("Identity number (masked)"), 36),
            Column(_("Phone"), 26),
            Column(_("Employer")),
            Column(_("From - to"), 22),
        )
        rows = [Row(one.cells()) for one in self.paper.people]
        free = max(_PEOPLE_ROWS - len(rows), 1)
        self._table(_PEOPLE, columns, [*rows, *self._blanks(len(columns), free)])

    def _things(self) -> None:
        width = self.flow.width
        half = width * 0.58
        count = max(len(self.paper.vehicles), len(self.paper.pets)) + 1
        vehicles = self._small(
            (Column(_("Plate"), 32, bold=True), Column(_("Vehicle")), Column(_("Space"), 30)),
            self.paper.vehicles,
            count,
        )
        pets = self._small(
            (Column(_("Pet")), Column(_("Licence number"), 34)), self.paper.pets, count
        )
        self._beside(_THINGS, vehicles, pets, half)

    def _keys(self) -> None:
        half = self.flow.width * 0.68
        keys = self._small(
            (
                Column(_("Key or card")),
                Column(_("Count"), 14),
                Column(_("Holder"), 32),
                Column(_("Handed out on"), 24),
            ),
            self.paper.keys,
            len(self.paper.meters),
        )
        meters = Table(
            (Column(_("Meter")), Column(_("Reading"), 30)),
            [Row(meter) for meter in self.paper.meters],
            size=_SIZE,
            row_height=_ROW,
        )
        self._beside(_KEYS, keys, meters, half)

    def _small(
        self, columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], count: int
    ) -> Table:
        """Return a small table of `count` rows at least, white ones at its end."""
        filled = [Row(row) for row in rows]
        white = self._blanks(len(columns), max(count - len(rows), 0))
        return Table(columns, [*filled, *white], size=_SIZE, row_height=_ROW)

    def _beside(self, title: LazyText, left: Table, right: Table, half: float) -> None:
        width = self.flow.width
        both = Beside(((left, 0.0, half - _GAP), (right, half, width - half)))
        self.flow.need(11.0 + both.height(self.form.sheet, width))
        self._section(title)
        self.flow.place(both)
        self.flow.y -= 0.4  # the next section's rule is the tables' last

    def _further(self) -> None:
        self._section(_FURTHER)
        self.record.text(_WORKS, self.paper.decoration)
        self._ticks(_NEEDS, self.paper.needs)
        self.record.row(Cell(_REMARK, ""))

    def _ticks(self, label: LazyText, choices: Sequence[tuple[str, bool]]) -> None:
        """Write a row of boxes, ticked where it is so."""
        self.flow.place(Drawing(self.record.line, partial(self._draw_ticks, label, choices)))
        self.record.close()

    def _draw_ticks(
        self,
        label: LazyText,
        choices: Sequence[tuple[str, bool]],
        sheet: Sheet,
        x: float,
        y: float,
        _width: float,
    ) -> None:
        base = y + 5.1
        self.form.label(x, base, label, 22.0)
        at = x + 24.0
        for word, is_so in choices:
            sheet.tick_box(at, base, _BOX, ticked=is_so)
            at += _BOX + 1.6
            at += sheet.text(at, base, word, 9.0) + 6.0

    def _signatures(self) -> None:
        form, flow = self.form, self.flow
        notice = Prose(form.word(_NOTICE), 8.4, 4.8)
        flow.need(9.4 + notice.height(form.sheet, flow.width) + SIGNATURES_HEIGHT + 6)
        self._section(_DATA)
        flow.place(
            notice,
            Drawing(1.6, lambda *_place: None),
            Drawing(SIGNATURES_HEIGHT + 0.6, self._sign),
        )

    def _sign(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        sheet.rule(x, y, x + width)
        draw_signatures(self.form, x, y, width, [Signature(label) for label in _SIGNS])
        sheet.rule(x, y + SIGNATURES_HEIGHT, x + width, HEAVY)

    def _table(self, title: LazyText, columns: tuple[Column, ...], rows: Sequence[Row]) -> None:
        """Place a table under its section's head."""
        self.flow.need(9.4 + 6.4 + _ROW * min(len(rows), 3))
        self._section(title)
        words = continued(self.form.word(title))
        Table(columns, rows, size=_SIZE, row_height=_ROW, continued=words).flow(self.flow)
        self.flow.y -= 0.4  # the next section's rule is the table's last

    @staticmethod
    def _blanks(columns: int, count: int) -> list[Row]:
        return [Row(("",) * columns) for _place in range(count)]
