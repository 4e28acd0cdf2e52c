"""Print the file of a house for the office (forms.md 5.7): masked, or in full with a purpose.

The file in full asks for the right to reveal and says what for; that is noted before anything is
drawn. Segments, guides and notes on people are on neither (R81, decision 29).
"""

from datetime import date, datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.contacts import WAY_LABELS
from propdesk.domain.decorations import OPEN_STAGES, STAGE_LABELS
from propdesk.domain.errors import RuleError
from propdesk.domain.house_events import HouseEvent
from propdesk.domain.house_papers import PAPER_LABELS, HousePaper
from propdesk.domain.masking import mask_name, mask_phone, mask_plate
from propdesk.domain.moves import MOVE_LABELS
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import ROLE_LABELS, present_on
from propdesk.domain.pets import PET_LABELS
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.shares import share_words
from propdesk.domain.staff import Right, Staff
from propdesk.domain.texts import clean_line
from propdesk.domain.tickets import KIND_LABELS
from propdesk.domain.unit_keys import KEY_LABELS
from propdesk.domain.units import UNIT_KIND_LABELS, UNIT_USAGE_LABELS, state_label
from propdesk.domain.vehicles import VEHICLE_LABELS
from propdesk.i18n import _, ngettext
from propdesk.reports.house_files import HouseFileSheet, render_house_file
from propdesk.reports.parts.register_frame import RegisterFrame
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import sees_fees
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.contacts import ContactFilter, list_contacts
from propdesk.services.queries.decorations import list_decorations
from propdesk.services.queries.house_events import list_house_events
from propdesk.services.queries.moves import list_moves
from propdesk.services.queries.pets import list_pets
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.tickets import TicketFilter, list_tickets
from propdesk.services.queries.unit_keys import list_keys
from propdesk.services.queries.units import Unit, get_unit
from propdesk.services.queries.vehicles import list_vehicles

YEARS = 3
_MOST_YEARS = 99
_MOST_LINES = 5000


def print_house_file(
    unit_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    years: int = YEARS,
    plain: bool = False,
    purpose: str = "",
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw the file of a house into the PDF file `target`, with its time line of so many years.

    `plain` shows names, phones and plates in full, for a purpose; it asks for the right to reveal.
    """
    actor(by.id, Right.TAKE_TICKETS)
    unit = get_unit(unit_id)
    if not 1 <= years <= _MOST_YEARS:
        raise RuleError(
            "house-file-years",
            _("The time line of the paper goes back 1 to {most} years.").format(most=_MOST_YEARS),
        )
    purpose = clean_line(purpose)
    if plain:
        if not purpose:
            raise RuleError("purpose-missing", _("Say what the data in full are needed for."))
        with writing():
            who = actor(by.id, Right.REVEAL)
            what = HousePaper.HOUSE_FILE.value
            note_access(AccessAct.REVEALED, who.id, now, unit.id, what=what, purpose=purpose)

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        filler = _Filler(unit, local(now), plain=plain, with_fees=sees_fees(by))
        frame = RegisterFrame(
            office_name=settings.office_name,
            office_name_en=settings.office_name_en,
            title=f"{PAPER_LABELS[HousePaper.HOUSE_FILE]} {unit.short}",
            narrowed=_("In full, for: {purpose}").format(purpose=purpose)
            if plain
            else _("Names, phones and plates are masked"),
            printed_at=local(now),
            printed_by=by.name,
        )
        return render_house_file(filler.sheet(frame, years), target, language=chosen)

    return draw_paper(target, language, draw)


class _Filler:
    """Fills the file of one house on one day, in the language that is spoken."""

    def __init__(self, unit: Unit, now: datetime, *, plain: bool, with_fees: bool) -> None:
        self._with_fees = with_fees
        self._unit = unit
        self._now = now
        self._today = now.date()
        self._plain = plain

    def sheet(self, frame: RegisterFrame, years: int) -> HouseFileSheet:
        """Return the whole paper."""
        first = _years_before(self._today, years)
        page = list_house_events(
            self._unit.id,
            today=self._today,
            from_on=first,
            limit=_MOST_LINES,
            masked=not self._plain,
            with_fees=self._with_fees,
        )
        words = ngettext("The last {count} year", "The last {count} years", years)
        return HouseFileSheet(
            frame=frame,
            facts=self._facts(),
            people=self._people(),
            things=self._things(),
            open_things=self._open(),
            events=[_event_cells(event) for event in page.events],
            years=words.format(count=years),
            note=self._unit.note,
        )

    def _name(self, name: str) -> str:
        return name if self._plain else mask_name(name)

    def _facts(self) -> list[tuple[str, str]]:
        unit = self._unit
        area = "" if unit.area_dm2 is None else f"{unit.area_dm2 / 100:,.2f}"
        return [
            (_("Community"), unit.community),
            (_("House"), unit.long),
            (_("Kind"), str(UNIT_KIND_LABELS[unit.kind])),
            (_("State"), state_label(unit.state, unit.kind)),
            (_("Area"), area and _("{area} m²").format(area=area)),
            (_("Layout"), unit.layout),
            (_("Planned use"), str(UNIT_USAGE_LABELS[unit.usage]) if unit.usage else ""),
            (_("Floor"), "" if unit.floor is None else str(unit.floor)),
            (_("Service contract"), unit.contract),
            (_("Handed over on"), _day(unit.delivered_on)),
        ]

    def _people(self) -> list[tuple[str, str, str, str, str, str]]:
        return [
            (
                self._name(one.name),
                str(ROLE_LABELS[one.role]),
                share_words(one.share),
                _(", ").join(one.phones if self._plain else map(mask_phone, one.phones)),
                " – ".join((_day(one.from_on), _day(one.to_on))).strip("– "),
                _("Present") if one.present else "",
            )
            for one in list_residents(self._unit.id, self._today)
        ]

    def _things(self) -> list[tuple[str, str, str, str]]:
        found = []
        for car in list_vehicles(self._unit.id):
            if present_on(car.from_on, car.to_on, self._today):
                plate = car.plate if self._plain else mask_plate(car.plate)
                parts = (plate, str(VEHICLE_LABELS[car.kind]), car.description, car.space)
                found.append((_("Vehicle"), _said(*parts), self._name(car.person), car.from_on))
        for pet in list_pets(self._unit.id):
            if present_on(pet.from_on, pet.to_on, self._today):
                parts = (str(PET_LABELS[pet.kind]), pet.name, pet.breed, pet.licence)
                found.append((_("Pet"), _said(*parts), self._name(pet.person), pet.from_on))
        for key in list_keys(self._unit.id, held_only=True):
            words = _("{kind} x {count}").format(kind=KEY_LABELS[key.kind], count=key.count)
            found.append((_("Keys"), _said(words, key.label), self._name(key.holder), key.from_on))
        return [(*row[:3], _day(row[3])) for row in found]

    def _open(self) -> list[tuple[str, str, str]]:
        unit_id = self._unit.id
        wanted = TicketFilter(group="open", unit_id=unit_id)
        found = [
            (str(KIND_LABELS[row.kind]), _said(row.number, row.matter), row.received_at.date())
            for row in list_tickets(wanted, now=self._now, limit=_MOST_LINES).rows
        ]
        found += [
            (str(WAY_LABELS[one.way]), one.text, one.at.date())
            for one in list_contacts(
                ContactFilter(open_only=True, unit_id=unit_id), limit=_MOST_LINES
            ).rows
        ]
        found += [
            (str(MOVE_LABELS[move.kind]), _said(move.number, _("Not settled")), move.on_day)
            for move in list_moves(unit_id=unit_id, open_only=True, limit=_MOST_LINES)
        ]
        found += [
            (
                _("Decoration"),
                _said(row.decoration.number, str(STAGE_LABELS[row.stage])),
                row.decoration.applied_on,
            )
            for row in list_decorations(unit_id, today=self._today)
            if row.stage in OPEN_STAGES
        ]
        return [(what, words, _day(since)) for what, words, since in found]


def _event_cells(event: HouseEvent) -> tuple[str, str, str, str]:
    when = event.at.strftime("%Y-%m-%d %H:%M" if event.has_time else "%Y-%m-%d")
    return when, event.word, event.text, event.outcome


def _said(*parts: str) -> str:
    return "  ".join(part for part in parts if part)


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _years_before(day: date, years: int) -> date:
    """Return the same day so many years before; the 28th for a leap day that was not there."""
    year = max(day.year - years, 1)
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
