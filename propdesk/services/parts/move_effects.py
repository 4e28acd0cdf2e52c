"""What a move does to a house: stays that end and begin, its state, the day it was handed over.

The caller holds the transaction. Each effect is returned as the move keeps it, so that it can be
said when the move is voided.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.moves import (
    MOVE_RULES,
    PASSES_OWNERSHIP,
    MoveDraft,
    MoveKind,
    Newcomer,
    Staying,
    ends,
)
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.unit_changes import NewChange, UnitField
from propdesk.i18n import _
from propdesk.services.parts.people import add_person
from propdesk.services.parts.stays import begin_stay, check_shares, end_stay, load_stay
from propdesk.services.parts.unit_changes import write_change
from propdesk.storage.units import UnitRecord


def apply_move(
    unit_id: int,
    draft: MoveDraft,
    on_day: date,
    present: Sequence[Staying],
    *,
    number: str,
    staff_id: int,
    now: datetime,
) -> dict[str, Any]:
    """End and begin stays and set the house's state; `draft` has been checked."""
    effects: dict[str, Any] = {}
    gone = [one for one in present if _goes(one, draft)]
    for one in gone:
        end_stay(load_stay(unit_id, one.residency_id), on_day)
    stay = [one for one in present if one not in gone]
    begun = [
        _begin(unit_id, newcomer, draft.kind, on_day)
        for newcomer in draft.coming
        if not _is_in(newcomer, draft.kind, stay)
    ]
    check_shares(unit_id)
    if gone:
        effects["ended"] = [one.residency_id for one in gone]
    if begun:
        effects["begun"] = begun
    if draft.state is not None:
        change = NewChange(UnitField.STATE, draft.state.value, on_day, number)
        if write_change(unit_id, change, staff_id=staff_id, now=now) is not None:
            effects["state"] = draft.state.value
    effects |= _change_unit(unit_id, draft, on_day)
    return effects


def _change_unit(unit_id: int, draft: MoveDraft, on_day: date) -> dict[str, Any]:
    """Write what the house's own row says of it: handed over when, how many children."""
    unit = UnitRecord.get_by_id(unit_id)
    changed: dict[str, Any] = {}
    if draft.kind is MoveKind.DELIVERY:
        unit.delivered_on = on_day
        changed["delivered_on"] = on_day.isoformat()
    if draft.minors is not None and draft.minors != unit.minors:
        unit.minors = changed["minors"] = draft.minors
    if changed:
        unit.version += 1
        unit.save()
    return changed


def _goes(one: Staying, draft: MoveDraft) -> bool:
    """Tell whether a stay ends: chosen, or replaced because the same person becomes an owner.

    A tenant who buys is no tenant any more; an owner who takes over a share has another one.
    """
    if one.residency_id in draft.leaving:
        return ends(draft.kind, one)
    if draft.kind not in PASSES_OWNERSHIP or one.role is ResidentRole.EMERGENCY:
        return False
    return one.person_id in {newcomer.person_id for newcomer in draft.coming}


def _is_in(newcomer: Newcomer, kind: MoveKind, stay: Sequence[Staying]) -> bool:
    """Tell whether somebody is in the house already as what he comes as: an owner moves in."""
    roles = {one.role for one in stay if one.person_id == newcomer.person_id}
    if kind is MoveKind.MOVE_IN and newcomer.role is None:
        return bool(roles - {ResidentRole.EMERGENCY})
    return (newcomer.role or MOVE_RULES[kind].comes) in roles


def _begin(unit_id: int, newcomer: Newcomer, kind: MoveKind, on_day: date) -> int:
    """Begin a stay of a person of the register, or of a new one; return the residency's id."""
    person_id = (
        newcomer.person_id or add_person(PersonDraft(newcomer.name, phones=newcomer.phones)).id
    )
    relation = newcomer.relation
    if kind is MoveKind.RIGHT_OF_RESIDENCE and not relation:
        relation = _("Right of residence")
    stay = begin_stay(
        unit_id,
        person_id,
        newcomer.role or MOVE_RULES[kind].comes or ResidentRole.OTHER,
        from_on=on_day,
        relation=relation,
        share=newcomer.share,
    )
    return int(stay.id)
