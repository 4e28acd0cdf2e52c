"""Communities and houses: added, renamed, and changed with the day from which a change holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fields import check_line
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text, fold
from propdesk.domain.unit_changes import (
    ChangeDraft,
    NewChange,
    UnitChange,
    UnitField,
    read_change,
    value_words,
)
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.units import Address, UnitState
from propdesk.i18n import _
from propdesk.services.parts import unit_changes
from propdesk.services.parts.actors import actor
from propdesk.services.parts.plates import add_plates, store_plates
from propdesk.services.parts.search_keys import unit_keys
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.unit_changes import get_change
from propdesk.services.queries.units import Unit, get_unit, house_name, list_communities
from propdesk.storage.database import OfficeTable
from propdesk.storage.search import add_keys, replace_keys
from propdesk.storage.units import (
    BuildingRecord,
    CommunityRecord,
    EntranceRecord,
    UnitChangeRecord,
    UnitRecord,
)

_NOTHING = UnitFacts()


@dataclass(frozen=True, slots=True)
class StatesSet:
    """What setting a state for several houses did: their new lines, and who had it already."""

    changes: tuple[UnitChange, ...]
    unchanged: tuple[Unit, ...]


# -- communities


def add_community(name: str, *, by: int) -> str:
    """Add a community that has no houses yet and return its name as it is stored."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        name = _new_community_name(name, "")
        CommunityRecord.create(name=name)
        return name


def rename_community(present: str, name: str, *, by: int) -> str:
    """Give a community another name; its houses go with it."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        community = CommunityRecord.get_or_none(name=present)
        if community is None:
            raise RuleError(
                "community-unknown",
                _("There is no community «{name}»; there are {known}.").format(
                    name=present, known=", ".join(list_communities())
                ),
            )
        community.name = _new_community_name(name, present)
        community.save()
        return str(community.name)


def _new_community_name(name: str, present: str) -> str:
    """Return a community's name as it is stored; refuse what another one is called already."""
    name = clean_line(name)
    problems = check_line("community", name, _("Write the community's name."))
    if problems:
        raise DraftError(problems)
    others = [each for each in list_communities() if each != present]
    if fold(name) in map(fold, others):
        raise RuleError(
            "community-exists", _("There is already a community «{name}».").format(name=name)
        )
    return name


# -- houses


def add_unit(address: Address, *, community: str, by: int, facts: UnitFacts = _NOTHING) -> Unit:
    """Add a house, with the community, building and entrance that it needs.

    What is said of it has held as long as is known. Its floor is the one that its digits propose
    where none is said. Raises DraftError without a community, and RuleError for a house that
    stands already.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        if not clean_line(community):
            raise DraftError((Problem("community", _("Say which community it belongs to.")),))
        place = _place(clean_line(community), address)
        unit = UnitRecord.create(
            **place,
            short=address.short,
            floor=address.floor if facts.floor is None else facts.floor,
            area_dm2=facts.area_dm2,
            note=clean_text(facts.note),
            state=facts.state or "",
            usage=facts.usage or "",
            layout=facts.layout,
            contract=facts.contract,
            delivered_on=facts.delivered_on,
            minors=facts.minors,
        )
        add_keys("unit", unit.id, unit_keys(unit.short, unit.number))
        add_plates(unit.id, facts.plates)
        return get_unit(unit.id)


def _place(community: str, address: Address) -> dict[str, object]:
    """Return where a house stands, made where it is new; refuse where another one stands there."""
    home = _same_or_new(CommunityRecord, name=community)
    building = _same_or_new(BuildingRecord, community=home, name=address.building)
    entrance = _same_or_new(EntranceRecord, building=building, name=address.entrance)
    place: dict[str, object] = {
        "entrance": entrance,
        "kind": address.kind.value,
        "number": address.unit,
    }
    if UnitRecord.get_or_none(**place) is not None:
        raise RuleError(
            "unit-exists",
            _("The house {house} is in the register already.").format(
                house=house_name(address.short, community)
            ),
        )
    return place


def _same_or_new(table: type[OfficeTable], **keys: object) -> OfficeTable:
    """Return the row with these values, made now when there is none."""
    found = table.get_or_none(**keys)
    return table.create(**keys) if found is None else found


def change_unit(
    unit_id: int,
    facts: UnitFacts,
    *,
    version: int,
    by: int,
    now: datetime,
    from_on: date | None = None,
) -> Unit:
    """Change what is kept about a house; its number stays (`rename_unit`).

    State, area, use, layout and contract change on `from_on`, today if none is said; of them what
    was not known yet has held all along, but for the state: a house is seldom let from the first.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        before = get_unit(unit_id)
        check_version(before.version, version)
        for field, value in facts.dated().items():
            if value != before.dated()[field]:
                _change_or_fill(before, field, value, from_on, staff_id=staff.id, now=now)
        unit = UnitRecord.get_by_id(unit_id)
        unit.floor, unit.note = facts.floor, clean_text(facts.note)
        unit.delivered_on, unit.minors = facts.delivered_on, facts.minors
        unit.version = version + 1
        unit.save()
        store_plates(unit_id, facts.plates, today=local(now).date())
        return get_unit(unit_id)


def _change_or_fill(
    unit: Unit, field: UnitField, value: str, from_on: date | None, *, staff_id: int, now: datetime
) -> None:
    if from_on is None and unit_changes.fill(unit.id, field, value):
        return
    change = NewChange(field, value, from_on or local(now).date())
    _write(unit, change, staff_id=staff_id, now=now)


def rename_unit(unit_id: int, address: Address, *, by: int, now: datetime) -> Unit:
    """Put the number of a house right, from today; it is found under the new one alone.

    It may be moved into another building of its community, never onto another house. What it was
    called before stands in its history.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        before = get_unit(unit_id)
        unit = UnitRecord.get_by_id(unit_id)
        if address.short == before.short and address.kind is before.kind:
            raise _unchanged(before, UnitField.NUMBER, address.short)
        place = _place(before.community, address)
        left = unit.entrance_id
        unit_changes.record_number(unit_id, address.short, staff_id=staff.id, now=now)
        proposed = before.address.floor
        for column, value in place.items():
            setattr(unit, column, value)
        unit.short = address.short
        if unit.floor == proposed:
            unit.floor = address.floor
        unit.version += 1
        unit.save()
        replace_keys("unit", unit_id, unit_keys(unit.short, unit.number))
        _remove_if_empty(left)
        return get_unit(unit_id)


def _remove_if_empty(entrance_id: int) -> None:
    """Remove an entrance, and a building, that a slip of the finger made and nothing is left in."""
    entrance = EntranceRecord.get_by_id(entrance_id)
    if UnitRecord.get_or_none(entrance=entrance) is None:
        entrance.delete_instance()
        if EntranceRecord.get_or_none(building=entrance.building_id) is None:
            BuildingRecord.get_by_id(entrance.building_id).delete_instance()


# -- changes with a day


def enter_change(unit_id: int, draft: ChangeDraft, *, by: int, now: datetime) -> UnitChange:
    """Enter what is other from a day on: today, a day that has passed, or one that is to come.

    Raises DraftError for what cannot be read, RuleError where the house has it already.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        change = read_change(draft, local(now).date())
        _refuse_number(change.field)
        return _write(get_unit(unit_id), change, staff_id=staff.id, now=now)


def set_states(
    unit_ids: Sequence[int],
    state: UnitState,
    *,
    by: int,
    now: datetime,
    from_on: date | None = None,
    note: str = "",
) -> StatesSet:
    """Set the state of one or several houses from a day on, today if none is said; all or none."""
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        draft = ChangeDraft(UnitField.STATE, state.value, note=note)
        change = read_change(draft, from_on or local(now).date())
        changes: list[UnitChange] = []
        unchanged: list[Unit] = []
        for unit_id in dict.fromkeys(unit_ids):
            unit = get_unit(unit_id)
            line_id = unit_changes.write_change(unit_id, change, staff_id=staff.id, now=now)
            if line_id is None:
                unchanged.append(unit)
            else:
                changes.append(get_change(line_id))
        return StatesSet(tuple(changes), tuple(unchanged))


def correct_change(change_id: int, draft: ChangeDraft, *, by: int, now: datetime) -> UnitChange:
    """Say anew what a line of the history says wrongly; the wrong one is kept and voided.

    The first line, what was before, has no day. Raises RuleError for a line that is voided.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        line = _line(change_id)
        change = read_change(draft, line.from_on or local(now).date())
        is_same_day = line.from_on is None or change.from_on == line.from_on
        if change.value == line.value and is_same_day and change.note == line.note:
            unit = get_unit(line.unit_id)
            raise _unchanged(unit, UnitField(line.field), line.value)
        new_id = unit_changes.replace_line(line, change, staff_id=staff.id, now=now)
        return get_change(new_id)


def void_change(change_id: int, *, by: int, now: datetime) -> Unit:
    """Take a change out of the history: it never was. What was before it holds on."""
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        line = _line(change_id)
        if line.from_on is None:
            raise RuleError(
                "unit-change-first",
                _("What was before the first change can be put right, but not taken out."),
            )
        unit_changes.void_line(line, staff_id=staff.id, now=now)
        return get_unit(line.unit_id)


def follow_day(*, now: datetime) -> int:
    """Let the changes begin whose day has come while the window is open; return how many."""
    return unit_changes.begin_due(local(now).date())


def _line(change_id: int) -> UnitChangeRecord:
    """Return a line that may be changed, or refuse."""
    line = UnitChangeRecord.get_by_id(get_change(change_id).id)
    _refuse_number(UnitField(line.field))
    if line.voided_at is not None:
        raise RuleError(
            "unit-change-void",
            _("This change was taken out on {time}; enter it anew if it did happen.").format(
                time=f"{line.voided_at:%Y-%m-%d %H:%M}"
            ),
        )
    return line


def _refuse_number(field: UnitField) -> None:
    if field is UnitField.NUMBER:
        raise RuleError(
            "unit-change-number",
            _("A house number is put right by giving the house its right number."),
        )


def _write(unit: Unit, change: NewChange, *, staff_id: int, now: datetime) -> UnitChange:
    line_id = unit_changes.write_change(unit.id, change, staff_id=staff_id, now=now)
    if line_id is None:
        raise _unchanged(unit, change.field, change.value)
    return get_change(line_id)


def _unchanged(unit: Unit, field: UnitField, value: str) -> RuleError:
    said = value_words(field, value, unit.kind) or _("not known")
    return RuleError(
        "unit-unchanged",
        _("{house} has «{value}» already then; choose another value or another day.").format(
            house=unit.short, value=said
        ),
    )
