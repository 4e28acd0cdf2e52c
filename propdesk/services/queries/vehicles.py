"""Vehicles of the houses: of one house, by any part of the plate, and what to tell about one."""

from datetime import date
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.vehicles import Vehicle, VehicleDraft, VehicleKind, plate_doubt, plate_key
from propdesk.i18n import _
from propdesk.services.parts.periods import not_ended
from propdesk.storage.database import rows

LEAST_TYPED = 3

_VEHICLES = (
    "SELECT v.id, v.unit_id, u.short, v.plate, v.kind, v.description, v.person_id, "
    "coalesce(p.name, ''), v.space_id, coalesce(s.short, ''), v.from_on, v.to_on, v.note, "
    "v.version FROM vehicle v JOIN unit u ON u.id = v.unit_id "
    "LEFT JOIN person p ON p.id = v.person_id AND p.sealed_at IS NULL AND p.erased_at IS NULL "
    "LEFT JOIN unit s ON s.id = v.space_id WHERE "
)


def get_vehicle(vehicle_id: int) -> Vehicle:
    """Return a vehicle, or refuse."""
    found = rows(f"{_VEHICLES}v.id = ?", vehicle_id)
    if not found:
        raise RuleError("vehicle-unknown", _("This vehicle is not in the register."))
    return _vehicle(found[0])


def list_vehicles(unit_id: int) -> tuple[Vehicle, ...]:
    """Return the vehicles of a house, those that have gone last."""
    found = rows(f"{_VEHICLES}v.unit_id = ? ORDER BY v.to_on IS NOT NULL, v.id", unit_id)
    return tuple(map(_vehicle, found))


def list_plates(unit_id: int, *, today: date) -> tuple[str, ...]:
    """Return the plates that a house has or is to have, as the unit's form lists them."""
    stays = not_ended("v", today)
    found = rows(f"SELECT v.plate FROM vehicle v WHERE v.unit_id = ? AND {stays} ORDER BY v.id",
                 unit_id)  # fmt: skip
    return tuple(row[0] for row in found)


def find_vehicles(
    typed: str, *, today: date, with_past: bool = False, limit: int = 50
) -> tuple[Vehicle, ...]:
    """Return the vehicles with these characters anywhere in their plates, at least three.

    Those that have gone are found `with_past` only: it looks through all plates.
    """
    key = plate_key(typed)
    if len(key) < LEAST_TYPED:
        raise RuleError(
            "plate-short", _("Type at least {least} characters of the plate.").format(
                least=LEAST_TYPED
            )
        )  # fmt: skip
    order = f" ORDER BY {not_ended('v', today)} DESC, v.plate, u.short LIMIT ?"
    if with_past:
        where = "instr(lower(replace(replace(v.plate, '·', ''), '-', '')), ?) > 0"
        return tuple(map(_vehicle, rows(_VEHICLES + where + order, key, limit)))
    where = (
        "v.id IN (SELECT target FROM desk_key WHERE key >= ? AND key < ? AND kind = 'plate') "
        f"AND {not_ended('v', today)}"
    )
    return tuple(map(_vehicle, rows(_VEHICLES + where + order, key, key + "\U0010ffff", limit)))


def list_remarks(
    draft: VehicleDraft, unit_id: int, *, today: date, besides: int | None = None
) -> tuple[str, ...]:
    """Return what the clerk should know about a vehicle; nothing of it keeps it from being stored.

    A plate that looks odd, that stands at another house too, or that was here before. `besides` is
    the vehicle itself where it stands already.
    """
    doubt = plate_doubt(draft.plate, draft.kind)
    key = plate_key(draft.plate)
    if len(key) < LEAST_TYPED:
        return (doubt,) if doubt else ()
    said = [doubt] if doubt else []
    for other in find_vehicles(key, today=today, with_past=True):
        if plate_key(other.plate) != key or other.id == besides:
            continue
        gone = other.to_on is not None and other.to_on <= today
        if gone and other.unit_id == unit_id:
            words = _("«{plate}» was here before, until {day}.")
            said.append(words.format(plate=other.plate, day=other.to_on))
        elif not gone and other.unit_id != unit_id:
            words = _("«{plate}» belongs to {house} too.")
            said.append(words.format(plate=other.plate, house=other.house))
    return tuple(said)


def list_on_space(space_id: int, *, today: date, besides: int | None = None) -> tuple[Vehicle, ...]:
    """Return the vehicles that stand on a parking space, without the one that is asked for."""
    where = f"v.space_id = ? AND {not_ended('v', today)} AND v.id <> ? ORDER BY v.id"
    return tuple(map(_vehicle, rows(_VEHICLES + where, space_id, besides or 0)))


def _vehicle(row: tuple[Any, ...]) -> Vehicle:
    return Vehicle(
        id=row[0],
        unit_id=row[1],
        house=row[2],
        plate=row[3],
        kind=VehicleKind(row[4]),
        description=row[5],
        person_id=row[6],
        person=row[7],
        space_id=row[8],
        space=row[9],
        from_on=date.fromisoformat(row[10]) if row[10] else None,
        to_on=date.fromisoformat(row[11]) if row[11] else None,
        note=row[12],
        version=row[13],
    )
