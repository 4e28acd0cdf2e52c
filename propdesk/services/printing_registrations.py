"""Print the registration form of houses (住户登记表, forms.md 5.7), blank or filled to be checked.

A resident holds it in his hands: phones, plates and identity numbers are masked by law.md 1.7; of
special needs it says only whether one is kept with consent; segments, guides and notes are never on
it (R81).
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.decorations import STAGE_LABELS
from propdesk.domain.field_catalogue import OPTIONAL_FIELDS
from propdesk.domain.masking import mask_phone, mask_plate
from propdesk.domain.moves import METER_LABELS, Meter
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.persons import ROLE_LABELS, ResidentRole, present_on
from propdesk.domain.pets import PET_LABELS
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.unit_keys import KEY_LABELS
from propdesk.domain.units import state_label
from propdesk.domain.vehicles import VEHICLE_LABELS
from propdesk.i18n import _
from propdesk.reports.parts.sheet import PrintedPaper
from propdesk.reports.registrations import (
    TITLE,
    FormOffice,
    RegisteredPerson,
    RegistrationSheet,
    render_registrations,
)
from propdesk.services.parts.actors import actor
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.decorations import list_decorations
from propdesk.services.queries.moves import list_moves
from propdesk.services.queries.person_details import list_details
from propdesk.services.queries.pets import list_pets
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.unit_keys import list_keys
from propdesk.services.queries.units import Unit, get_unit
from propdesk.services.queries.vehicles import list_vehicles

_NEEDS = ("needs-old-age", "needs-disability", "needs-medical")
_MOST_MOVES = 99

Progress = Callable[[int, int], None]
Details = dict[str, str]


def print_registrations(
    unit_ids: Sequence[int],
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
    on_progress: Progress | None = None,
) -> Printed:
    """Draw the registration forms of houses, each on its own page, into the PDF file `target`.

    Without houses it is a blank form. `on_progress` is told how many of how many are drawn; what it
    raises stops the drawing, and no file is left.
    """
    actor(by.id, Right.TAKE_TICKETS)
    units = [get_unit(unit_id) for unit_id in unit_ids]

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> PrintedPaper:
        office = FormOffice(
            settings.office_name, settings.office_name_en, settings.phone, local(now), by.name
        )

        def forms() -> Iterator[RegistrationSheet]:
            if not units:
                yield _blank(office)
            for done, unit in enumerate(units, start=1):
                yield _filled(unit, office, local(now).date())
                if on_progress is not None:
                    on_progress(done, len(units))

        title = chosen.main(TITLE)
        if len(units) == 1:
            title = f"{title} {units[0].short}"
        return render_registrations(forms(), target, title=title, language=chosen)

    return draw_paper(target, language, draw)


def _blank(office: FormOffice) -> RegistrationSheet:
    return RegistrationSheet(office=office, ways=_ways(()), needs=_needs(()), meters=_meters({}))


def _filled(unit: Unit, office: FormOffice, today: date) -> RegistrationSheet:
    people = [one for one in list_residents(unit.id, today) if one.present]
    kept = {one.person_id: _kept(one.person_id) for one in people}
    living = [one for one in people if one.role is not ResidentRole.EMERGENCY]
    works = list_decorations(unit.id, today=today)[:1]
    return RegistrationSheet(
        office=office,
        number=unit.short,
        house=unit.long,
        area=(
            ""
            if unit.area_dm2 is None
            else _("{area} m²").format(area=f"{unit.area_dm2 / 100:,.2f}")
        ),
        layout=unit.layout,
        state=state_label(unit.state, unit.kind),
        contract=unit.contract,
        delivered=_day(unit.delivered_on),
        moved_in=_day(min((one.from_on for one in living if one.from_on), default=None)),
        decoration="  ".join(f"{row.decoration.number} {STAGE_LABELS[row.stage]}" for row in works),
        children="" if unit.minors is None else str(unit.minors),
        ways=_ways({one.role for one in people}),
        needs=_needs({code for details in kept.values() for code in details}),
        people=[_person(one, kept[one.person_id]) for one in people],
        vehicles=[
            (
                mask_plate(car.plate),
                f"{VEHICLE_LABELS[car.kind]} {car.description}".strip(),
                car.space,
            )
            for car in list_vehicles(unit.id)
            if present_on(car.from_on, car.to_on, today)
        ],
        pets=[
            (f"{PET_LABELS[pet.kind]} {pet.name}".strip(), pet.licence)
            for pet in list_pets(unit.id)
            if present_on(pet.from_on, pet.to_on, today)
        ],
        keys=[
            (str(KEY_LABELS[key.kind]), str(key.count), key.holder, str(key.from_on))
            for key in list_keys(unit.id, held_only=True)
        ],
        meters=_meters(_last_readings(unit.id)),
    )


def _kept(person_id: int) -> Details:
    """Return what is kept of a person beyond name and phone, masked; a lapsed consent hides it."""
    return {
        detail.field.code: detail.shown
        for detail in list_details(person_id)
        if detail.shown and detail.is_open
    }


def _person(one: Resident, details: Details) -> RegisteredPerson:
    role = str(ROLE_LABELS[one.role])
    return RegisteredPerson(
        name=one.name,
        role=f"{role} {one.relation}" if one.relation else role,
        gender=details.get("gender", ""),
        identity=details.get("identity-number", ""),
        phone=_(", ").join(map(mask_phone, one.phones)),
        employer=details.get("employer", ""),
        stay="\n".join(filter(None, (_day(one.from_on), _day(one.to_on)))),
    )


def _ways(roles: Collection[ResidentRole]) -> list[tuple[str, bool]]:
    has_tenant = ResidentRole.TENANT in roles
    return [
        (_("By the owner"), ResidentRole.OWNER in roles and not has_tenant),
        (_("Let"), has_tenant),
    ]


def _needs(kept: Collection[str]) -> list[tuple[str, bool]]:
    return [(str(OPTIONAL_FIELDS[code].label), code in kept) for code in _NEEDS]


def _meters(readings: dict[Meter, str]) -> list[tuple[str, str]]:
    return [(str(label), readings.get(meter, "")) for meter, label in METER_LABELS.items()]


def _last_readings(unit_id: int) -> dict[Meter, str]:
    """Return the last reading of each meter that a move took down."""
    readings: dict[Meter, str] = {}
    for move in list_moves(unit_id=unit_id, limit=_MOST_MOVES):
        if move.voided_at is None:
            for meter, reading in move.meters.items():
                readings.setdefault(meter, reading)
    return readings


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
