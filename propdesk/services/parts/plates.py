"""Plates of a house as the unit's form lists them: what is taken out has gone, not vanished."""

from datetime import date

from propdesk.domain.vehicles import plate_key, proposed_kind, read_plate
from propdesk.services.parts.search_keys import plate_keys
from propdesk.storage.persons import VehicleRecord
from propdesk.storage.search import add_keys, drop_keys, replace_keys


def store_plates(unit_id: int, plates: tuple[str, ...], *, today: date) -> None:
    """Store the plates that a house has from now on; the caller holds the transaction.

    One that is no longer named ends today and stays in the house's file; one that stands there
    already, with or without its dot, is left as it is.
    """
    wanted = _by_key(plates)
    for vehicle in unended(unit_id, today):
        if wanted.pop(plate_key(vehicle.plate), None) is None:
            vehicle.to_on = max(today, vehicle.from_on or today)
            vehicle.version += 1
            vehicle.save()
            store_plate_keys(vehicle, today=today)
    add_plates(unit_id, tuple(wanted.values()))


def add_plates(unit_id: int, plates: tuple[str, ...]) -> None:
    """Store the plates of a house that has none of them yet; the caller holds the transaction."""
    for plate in _by_key(plates).values():
        vehicle = VehicleRecord.create(unit=unit_id, plate=plate, kind=proposed_kind(plate).value)
        add_keys("plate", vehicle.id, plate_keys(plate))


def _by_key(plates: tuple[str, ...]) -> dict[str, str]:
    """Return each plate once, as it was written first."""
    read: dict[str, str] = {}
    for plate in map(read_plate, plates):
        if plate:
            read.setdefault(plate_key(plate), plate)
    return read


def unended(unit_id: int, today: date) -> list[VehicleRecord]:
    """Return the vehicles of a house that have not gone."""
    return list(
        VehicleRecord.select()
        .where(
            VehicleRecord.unit == unit_id,
            VehicleRecord.to_on.is_null() | (VehicleRecord.to_on > today),
        )
        .order_by(VehicleRecord.id)
    )


def store_plate_keys(vehicle: VehicleRecord, *, today: date) -> None:
    """Let the desk search find a vehicle, and one that has gone no longer."""
    if vehicle.to_on is None or vehicle.to_on > today:
        replace_keys("plate", vehicle.id, plate_keys(vehicle.plate))
    else:
        drop_keys("plate", (vehicle.id,))
