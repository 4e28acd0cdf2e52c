"""Houses as they are charged: one query for each thing that is known of them, none for each house.

What never changed is said once: most houses have one area, one state and one owner, and bill runs
over 5,000 of them live on that.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.fee_amounts import Chargeable, Debtor, Since
from propdesk.domain.fee_items import UnitFeeKind
from propdesk.domain.fee_periods import day_before
from propdesk.domain.persons import ResidentRole
from propdesk.domain.unit_changes import UnitField
from propdesk.domain.unit_fees import UnitFee
from propdesk.domain.units import UnitKind, UnitState
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Scope:
    """Which houses are meant: of a community, a building, some by id, or all."""

    community_id: int | None = None
    building_id: int | None = None
    unit_ids: tuple[int, ...] | None = None

    def condition(self) -> tuple[str, tuple[int, ...]]:
        """Return the condition on unit `u` of building `b`, and its values."""
        if self.unit_ids is not None:
            marks = ", ".join(str(int(one)) for one in self.unit_ids)
            return f"u.id IN ({marks})", ()
        if self.building_id is not None:
            return "b.id = ?", (self.building_id,)
        if self.community_id is not None:
            return "b.community_id = ?", (self.community_id,)
        return "1", ()


PLACE = (
    "FROM unit u JOIN entrance e ON e.id = u.entrance_id JOIN building b ON b.id = e.building_id"
)
_UNITS = (
    "SELECT u.id, u.short, u.kind, b.community_id, b.id, u.floor, u.area_dm2, u.state, "
    "u.delivered_on "
)
_CHANGES = "SELECT c.unit_id, c.field, c.value, c.from_on "
_OWNERS = "SELECT r.unit_id, r.person_id, r.from_on, r.to_on "
_FEES = (
    "SELECT f.id, f.unit_id, f.fee_item_id, f.kind, f.from_on, f.until_on, f.quantity_milli, "
    "f.percent, f.price_e4, f.payer_id, f.reason "
)


def load_chargeables(scope: Scope) -> list[Chargeable]:
    """Return the houses of a scope in the order of their buildings, entrances and numbers."""
    where, values = scope.condition()
    changes = _changes(where, values)
    debtors = _debtors(where, values)
    fees = _fees(where, values)
    states: dict[str, tuple[Since[UnitState | None], ...]] = {}
    found: list[Chargeable] = []
    units = rows(f"{_UNITS}{PLACE} WHERE {where} ORDER BY b.id, e.id, u.floor, u.id", *values)
    for unit_id, short, kind, community_id, building_id, floor, area, state, delivered in units:
        if state not in states:
            states[state] = (Since(None, UnitState(state)),) if state else ()
        areas, dated = changes.get(unit_id, ((), ()))
        found.append(
            Chargeable(
                unit_id=unit_id,
                short=short,
                kind=UnitKind(kind),
                community_id=community_id,
                building_id=building_id,
                floor=floor,
                area_dm2=area,
                areas=areas,
                states=dated or states[state],
                delivered_on=date.fromisoformat(delivered) if delivered else None,
                debtors=debtors.get(unit_id, ()),
                fees=fees.get(unit_id, ()),
            )
        )
    return found


Areas = tuple[Since[int | None], ...]
States = tuple[Since[UnitState | None], ...]


def _changes(where: str, values: Sequence[int]) -> dict[int, tuple[Areas, States]]:
    """Return by house its areas and states with their days; of two of a day the later entered."""
    lines: dict[tuple[int, str], dict[str | None, str]] = {}
    for unit_id, field, value, from_on in rows(
        f"{_CHANGES}{PLACE} JOIN unit_change c ON c.unit_id = u.id WHERE {where} "
        "AND c.voided_at IS NULL AND c.field IN ('area', 'state') "
        "ORDER BY c.unit_id, c.field, c.from_on, c.id",
        *values,
    ):
        lines.setdefault((unit_id, field), {})[from_on] = value
    found: dict[int, tuple[Areas, States]] = {}
    for unit_id in {unit_id for unit_id, _field in lines}:
        areas = lines.get((unit_id, UnitField.AREA.value), {})
        states = lines.get((unit_id, UnitField.STATE.value), {})
        found[unit_id] = (
            tuple(Since(_day(day), int(value) if value else None) for day, value in areas.items()),
            tuple(
                Since(_day(day), UnitState(value) if value else None)
                for day, value in states.items()
            ),
        )
    return found


def _debtors(where: str, values: Sequence[int]) -> dict[int, tuple[Debtor, ...]]:
    """Return by house who owes from when to when; a day of leaving is the successor's already."""
    owners: dict[int, list[tuple[int, str | None, str | None]]] = {}
    for unit_id, person_id, from_on, to_on in rows(
        f"{_OWNERS}{PLACE} JOIN residency r ON r.unit_id = u.id WHERE {where} "
        "AND r.role = ? ORDER BY r.unit_id, r.id",
        *values,
        ResidentRole.OWNER.value,
    ):
        owners.setdefault(unit_id, []).append((person_id, from_on, to_on))
    return {unit_id: _in_turn(stays) for unit_id, stays in owners.items()}


def _in_turn(stays: Sequence[tuple[int, str | None, str | None]]) -> tuple[Debtor, ...]:
    """Return who of the owners is named as debtor, span by span: the first in the register.

    Joint owners owe together (Civil Code 307): `queries/bills.list_owners` names all of them.
    """
    if len(stays) == 1:
        person_id, from_on, to_on = stays[0]
        return (Debtor(person_id, _day(from_on), _before(to_on)),)
    starts = {from_on or "" for _person, from_on, _to in stays}
    cuts = sorted(starts | {to_on for _person, _from, to_on in stays if to_on})
    found: list[Debtor] = []
    for cut, after in zip(cuts, [*cuts[1:], None], strict=True):
        person = next(
            (one for one, begin, end in stays if (begin or "") <= cut and (not end or end > cut)),
            None,
        )
        if person is None:
            continue
        until = _before(after)
        if found and found[-1].person_id == person and found[-1].until_on == _before(cut):
            found[-1] = Debtor(person, found[-1].from_on, until)
        else:
            found.append(Debtor(person, _day(cut or None), until))
    return tuple(found)


def _fees(where: str, values: Sequence[int]) -> dict[int, tuple[UnitFee, ...]]:
    found: dict[int, list[UnitFee]] = {}
    for row in rows(
        f"{_FEES}{PLACE} JOIN unit_fee f ON f.unit_id = u.id WHERE {where} "
        "AND f.voided_at IS NULL ORDER BY f.unit_id, f.from_on, f.id",
        *values,
    ):
        fee = UnitFee(
            id=row[0],
            unit_id=row[1],
            fee_item_id=row[2],
            kind=UnitFeeKind(row[3]),
            from_on=date.fromisoformat(row[4]),
            until_on=_day(row[5]),
            quantity_milli=row[6],
            percent=row[7],
            price_e4=row[8],
            payer_id=row[9],
            reason=row[10],
        )
        found.setdefault(fee.unit_id, []).append(fee)
    return {unit_id: tuple(lines) for unit_id, lines in found.items()}


def _day(text: Any) -> date | None:
    return date.fromisoformat(text) if text else None


def _before(text: str | None) -> date | None:
    return day_before(date.fromisoformat(text)) if text else None
