"""What a workbook says about houses and people, in words; and where it contradicts itself.

A house that stands twice in a file with another area each time has no area there: which of the two
is right only the office knows.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from propdesk.domain.imports import CellChange, ChangeMark
from propdesk.domain.units import UNIT_USAGE_LABELS, UnitState, UnitUsage, state_label
from propdesk.domain.vehicles import VEHICLE_LABELS, VehicleKind
from propdesk.i18n import LazyText, _, _lazy

Fact = str | int | date | None
Facts = Mapping[str, Fact]
"""Column of a house's row -> what a file says of it; None and '' say nothing."""

FACT_LABELS: Mapping[str, LazyText] = {
    "unit": _lazy("House"),
    "person": _lazy("Person"),
    "residency": _lazy("Lives there"),
    "phone": _lazy("Phone"),
    "vehicle": _lazy("Plate"),
    "floor": _lazy("Floor"),
    "area_dm2": _lazy("Area"),
    "usage": _lazy("Planned use"),
    "state": _lazy("State"),
    "layout": _lazy("Layout"),
    "contract": _lazy("Service contract"),
    "delivered_on": _lazy("Handed over on"),
    "note": _lazy("Note"),
    "salutation": _lazy("Salutation"),
    "role": _lazy("Role"),
    "relation": _lazy("Relation"),
    "share": _lazy("Share"),
    "from_on": _lazy("Since"),
    "identity": _lazy("Identity number"),
    "kind": _lazy("Kind"),
    "description": _lazy("Description"),
    "person_id": _lazy("Owner of the vehicle"),
    "space_id": _lazy("Parking space"),
}


def fact_words(name: str, value: Fact) -> str:
    """Return a value in words: an area in m², a state as lists say it."""
    if value is None or value == "":
        return ""
    if name == "area_dm2" and isinstance(value, int):
        return f"{value / 100:g} m²"
    if name == "state":
        return state_label(UnitState(str(value)))
    if name == "usage":
        return str(UNIT_USAGE_LABELS[UnitUsage(str(value))])
    if name == "kind":
        return str(VEHICLE_LABELS[VehicleKind(str(value))])
    return str(value)


def difference(name: str, known: str, said: str) -> str:
    """Return what is told where a file says something else than the register."""
    return _("{what}: the register has {known}, the file {said}; the register's stands.").format(
        what=FACT_LABELS[name], known=known, said=said
    )


def change_words(change: CellChange) -> str:
    """Return what a row brings in words; what is different stays, old and new are said."""
    label = FACT_LABELS[change.what]
    if change.mark is ChangeMark.NEW:
        return _("new: {what} {value}").format(what=label, value=change.after)
    if change.mark is ChangeMark.FILLED:
        return _("filled: {what} {value}").format(what=label, value=change.after).strip()
    return _("stays: {what} {before}, the file says {after}").format(
        what=label, before=change.before, after=change.after
    )


Key = tuple[str, str, str, str, str]
"""Community and the parts of an address: what makes a house one house."""


def contradictions(
    rows: Iterable[tuple[int, Key, Facts]],
) -> dict[int, tuple[frozenset[str], str]]:
    """Return where a file contradicts itself about a house: line -> facts not to take, and why."""
    seen: dict[Key, list[tuple[int, Facts]]] = {}
    for line, key, facts in rows:
        seen.setdefault(key, []).append((line, facts))
    found: dict[int, tuple[frozenset[str], str]] = {}
    for lines in seen.values():
        if len(lines) > 1:
            found |= _between(lines)
    return found


def _between(lines: Sequence[tuple[int, Facts]]) -> dict[int, tuple[frozenset[str], str]]:
    clashing: dict[str, dict[int, Fact]] = {}
    for name in dict.fromkeys(name for _line, facts in lines for name in facts):
        said = {line: facts[name] for line, facts in lines if facts.get(name) not in (None, "")}
        if len(set(said.values())) > 1:
            clashing[name] = said
    if not clashing:
        return {}
    where = sorted({line for said in clashing.values() for line in said})
    values = {
        name: dict.fromkeys(fact_words(name, one) for one in said.values())
        for name, said in clashing.items()
    }
    words = "; ".join(f"{FACT_LABELS[name]} {' / '.join(said)}" for name, said in values.items())
    sentence = _("Lines {lines} contradict each other ({what}); none of it is taken.").format(
        lines=", ".join(map(str, where[:10])), what=words
    )
    return {
        line: (frozenset(name for name, said in clashing.items() if line in said), sentence)
        for line in where
    }
