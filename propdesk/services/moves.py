"""Record moves and settle them; a wrong one is voided with a reason, never deleted (R83, R84)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.move_checks import (
    check_meters,
    check_move,
    check_open_ends,
    check_phone,
    check_settled,
    keys_due,
    keys_of_leavers,
    open_ends,
)
from propdesk.domain.moves import (
    MOVE_RULES,
    SERIES,
    Move,
    MoveDraft,
    Newcomer,
    SettleDraft,
    Staying,
    move_number,
)
from propdesk.domain.persons import ResidentRole
from propdesk.domain.settlements import SettlementLine, check_settlement, line_to_stored
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.move_effects import apply_move
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.moves import get_move, list_keys_due, list_staying
from propdesk.services.queries.unit_keys import list_keys
from propdesk.services.queries.units import get_unit
from propdesk.storage.houses import MoveRecord

_BETWEEN = "、"  # between names


def record_move(unit_id: int, draft: MoveDraft, *, by: int, now: datetime) -> Move:
    """Give a move its number, keep it, and do to the house what it means.

    Raises DraftError with a sentence for each field that is not right yet. Keys that are still out
    and sums that are not settled are named all at once; they hold nobody who leaves with a reason.
    """
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        draft = _clean(draft)
        today = local(now).date()
        on_day = draft.on_day or today
        present = list_staying(unit_id, on_day)
        problems = check_move(draft, present, today)
        if MOVE_RULES[draft.kind].settles and on_day <= today:
            keys = keys_of_leavers(draft.kind, list_keys(unit_id), present, draft.leaving)
            found = open_ends(keys_due(keys), draft.settlement, draft.settled_on)
            problems += check_open_ends(found, draft.open_reason)
        refuse(problems)
        number = move_number(on_day.year, take_number_of_year(SERIES, on_day.year))
        name, person_id = _about(draft, present)
        effects = apply_move(
            unit_id, draft, on_day, present, number=number, staff_id=who.id, now=now
        )
        record = MoveRecord.create(
            number=number,
            unit=unit_id,
            kind=draft.kind.value,
            on_day=on_day,
            until_on=draft.until_on,
            told_on=draft.told_on,
            reason=draft.reason.value if draft.reason else "",
            reason_text=draft.reason_text,
            person=person_id,
            name=name,
            handled_by=draft.handled_by or who.name,
            meters={meter.value: reading for meter, reading in draft.meters.items()},
            settlement=[line_to_stored(line) for line in draft.settlement],
            settled_on=draft.settled_on,
            new_address=draft.new_address,
            new_phone=draft.new_phone,
            note=draft.note,
            open_reason=draft.open_reason,
            effects=effects,
            entered_at=local(now),
            staff=who.id,
        )
        return get_move(record.id)


def settle_move(move_id: int, draft: SettleDraft, *, version: int, by: int, now: datetime) -> Move:
    """Write the settlement of a move that was recorded before; the former one is replaced.

    Keys that are still out are named; with a reason it is settled all the same.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        move = get_move(move_id)
        record = _unvoided(move, version)
        if not MOVE_RULES[move.kind].settles:
            raise RuleError("move-unsettled", _("A move of this kind has no settlement."))
        draft = replace(
            draft,
            settlement=_clean_lines(draft.settlement),
            new_address=clean_line(draft.new_address),
            new_phone=clean_line(draft.new_phone),
            note=clean_text(draft.note),
            open_reason=clean_text(draft.open_reason) or move.open_reason,
        )
        problems = _check_settle(draft, local(now).date())
        if draft.settled_on is not None:
            found = open_ends(list_keys_due(move), draft.settlement, draft.settled_on)
            problems += check_open_ends(found, draft.open_reason)
        refuse(problems)
        record.settlement = [line_to_stored(line) for line in draft.settlement]
        record.settled_on = draft.settled_on
        record.meters = {meter.value: reading for meter, reading in draft.meters.items()}
        record.new_address, record.new_phone = draft.new_address, draft.new_phone
        record.note, record.open_reason = draft.note, draft.open_reason
        record.version += 1
        record.save()
        return get_move(move_id)


def void_move(move_id: int, reason: str, *, version: int, by: int, now: datetime) -> Move:
    """Void a move that was recorded wrongly; its number stays.

    What it did to the people and the state of the house stays, too: `list_effects` says it, so
    that it can be taken back by hand.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        reason = noted(reason, _("Write why this move is void."))
        record = _unvoided(get_move(move_id), version)
        record.voided_at, record.void_reason = local(now), reason
        record.version += 1
        record.save()
        return get_move(move_id)


def _unvoided(move: Move, version: int) -> MoveRecord:
    if move.voided_at is not None:
        raise RuleError("move-voided", _("This move is void already."))
    check_version(move.version, version)
    return MoveRecord.get_by_id(move.id)


def _clean(draft: MoveDraft) -> MoveDraft:
    return replace(
        draft,
        reason_text=clean_text(draft.reason_text),
        coming=tuple(map(_clean_newcomer, draft.coming)),
        handled_by=clean_line(draft.handled_by),
        settlement=_clean_lines(draft.settlement),
        new_address=clean_line(draft.new_address),
        new_phone=clean_line(draft.new_phone),
        note=clean_text(draft.note),
        open_reason=clean_text(draft.open_reason),
    )


def _clean_newcomer(newcomer: Newcomer) -> Newcomer:
    name = clean_line(newcomer.name)
    if newcomer.person_id is not None:
        name = known_person(newcomer.person_id).name
    phones = tuple(clean_line(phone) for phone in newcomer.phones if phone.strip())
    return replace(newcomer, name=name, relation=clean_line(newcomer.relation), phones=phones)


def _clean_lines(lines: Sequence[SettlementLine]) -> tuple[SettlementLine, ...]:
    return tuple(replace(line, item=clean_line(line.item)) for line in lines)


def _check_settle(draft: SettleDraft, today: date) -> Problems:
    return (
        *check_settlement(draft.settlement),
        *check_settled(draft.settled_on, today),
        *check_meters(draft.meters),
        *check_line("new_address", draft.new_address),
        *check_phone("new_phone", draft.new_phone),
        *check_text("note", draft.note),
        *check_text("open_reason", draft.open_reason),
    )


def _about(draft: MoveDraft, present: Sequence[Staying]) -> tuple[str, int | None]:
    """Return who a move is about: the names, and the person where it is one of the register."""
    gone = [one for one in present if one.residency_id in draft.leaving]
    if not gone and not draft.coming:  # handed over to those who own it already
        gone = [one for one in present if one.role is ResidentRole.OWNER]
    old = _BETWEEN.join(dict.fromkeys(one.name for one in gone))
    new = _BETWEEN.join(dict.fromkeys(one.name for one in draft.coming))
    if old and new:
        return f"{old} → {new}", None
    ids = {one.person_id for one in gone} | {one.person_id for one in draft.coming}
    return old or new, next(iter(ids)) if len(ids) == 1 else None
