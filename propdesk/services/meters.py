"""Meters come, are changed for others and go; none is deleted (law.md 1.6)."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import MeterReading, check_course
from propdesk.domain.meters import Meter, MeterDraft, check_figure, check_meter
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.meter_courses import standing_readings
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.meters import get_meter, list_meters
from propdesk.storage.meters import MeterRecord


def add_meter(
    draft: MeterDraft,
    *,
    by: int,
    now: datetime,
    unit_id: int | None = None,
    building_id: int | None = None,
    community_id: int | None = None,
) -> Meter:
    """Put in a meter of a house, or one of a building or community whose cost is shared.

    Refuses a number that another meter of this kind has.
    """
    with writing():
        fee_actor(by, Right.CHARGE)
        draft = _checked(draft, local(now).date())
        _check_number(draft, besides=None)
        record = MeterRecord.create(
            unit=unit_id, building=building_id, community=community_id, **_fields(draft)
        )
        return get_meter(record.id)


def change_meter(
    meter_id: int, draft: MeterDraft, *, version: int, by: int, now: datetime
) -> Meter:
    """Correct what is kept of a meter; its readings must still be countable.

    Another meter in its place is `exchange_meter`, not a correction.
    """
    with writing():
        fee_actor(by, Right.CHARGE)
        present = get_meter(meter_id)
        check_version(present.version, version)
        draft = _checked(draft, local(now).date())
        _check_number(draft, besides=meter_id)
        readings = standing_readings(meter_id)
        changed = replace(
            present,
            digits=draft.digits,
            first_milli=draft.first_milli,
            installed_on=draft.installed_on,
        )
        if readings and min(one.on_day for one in readings) < draft.installed_on:
            raise RuleError(
                "reading-before-meter",
                _("There are earlier readings; the meter was there on {day} already.").format(
                    day=min(one.on_day for one in readings).isoformat()
                ),
            )
        check_course(changed, readings)
        record = MeterRecord.get_by_id(meter_id)
        for name, value in _fields(draft).items():
            setattr(record, name, value)
        record.version += 1
        record.save()
        return get_meter(meter_id)


def remove_meter(
    meter_id: int, *, last_milli: int, on_day: date, version: int, by: int, now: datetime
) -> Meter:
    """Take out a meter with the figure that it showed last."""
    with writing():
        fee_actor(by, Right.CHARGE)
        return _taken_out(meter_id, last_milli, on_day, version, local(now).date())


def exchange_meter(
    meter_id: int,
    draft: MeterDraft,
    *,
    last_milli: int,
    version: int,
    by: int,
    now: datetime,
) -> Meter:
    """Take out a meter and put another one in its place, in one act; return the new one.

    The day is that on which the new one is installed. What was used then is the old one's rest
    and the new one's count.
    """
    with writing():
        fee_actor(by, Right.CHARGE)
        draft = _checked(draft, local(now).date())
        old = _taken_out(meter_id, last_milli, draft.installed_on, version, local(now).date())
        if draft.kind is not old.kind:
            raise RuleError(
                "meter-kind", _("The new meter must measure the same as the one it replaces.")
            )
        _check_number(draft, besides=meter_id)
        record = MeterRecord.create(
            unit=old.unit_id,
            building=old.building_id,
            community=old.community_id,
            replaces=old.id,
            **_fields(draft),
        )
        return get_meter(record.id)


def _taken_out(meter_id: int, last_milli: int, on_day: date, version: int, today: date) -> Meter:
    present = get_meter(meter_id)
    check_version(present.version, version)
    if present.removed_on is not None:
        raise RuleError(
            "meter-gone",
            _("The meter was taken out on {day} already.").format(
                day=present.removed_on.isoformat()
            ),
        )
    if on_day > today:
        raise RuleError("meter-early", _("A meter is taken out on the day itself, not before."))
    readings = standing_readings(meter_id)
    last_read = max((one.on_day for one in readings), default=present.installed_on)
    if on_day < last_read:
        raise RuleError(
            "meter-read-later",
            _("The meter was there on {day} still; take it out then or later.").format(
                day=last_read.isoformat()
            ),
        )
    check_figure(last_milli, present.digits)
    ending = MeterReading(on_day, last_milli)
    if on_day > present.installed_on:
        check_course(present, [*(one for one in readings if one.on_day < on_day), ending])
    record = MeterRecord.get_by_id(meter_id)
    record.removed_on, record.last_milli = on_day, last_milli
    record.version += 1
    record.save()
    return get_meter(meter_id)


def _checked(draft: MeterDraft, today: date) -> MeterDraft:
    draft = replace(
        draft,
        number=clean_line(draft.number),
        place=clean_line(draft.place),
        note=clean_text(draft.note),
    )
    refuse(check_meter(draft))
    if draft.installed_on > today:
        raise RuleError("meter-early", _("A meter is put in on the day itself, not before."))
    return draft


def _check_number(draft: MeterDraft, *, besides: int | None) -> None:
    """Refuse a number that another meter of the kind has: readings would go to the wrong one."""
    if not draft.number:
        return
    for other in list_meters(kind=draft.kind):
        if other.number == draft.number and other.id != besides:
            raise RuleError(
                "meter-number-taken",
                _("{where} has a meter with the number {number} already; look at both.").format(
                    where=other.where, number=draft.number
                ),
            )


def _fields(draft: MeterDraft) -> dict[str, object]:
    return {
        "kind": draft.kind.value,
        "number": draft.number,
        "place": draft.place,
        "digits": draft.digits,
        "multiplier_milli": draft.multiplier_milli,
        "installed_on": draft.installed_on,
        "first_milli": draft.first_milli,
        "note": draft.note,
    }
