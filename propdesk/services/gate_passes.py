"""Write and void passes for things that are carried out (放行条). A number is given once."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.gate_passes import (
    SERIES,
    GatePass,
    GatePassDraft,
    check_gate_pass,
    gate_pass_number,
    needs_confirmation,
)
from propdesk.domain.moves import MoveKind
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.gate_passes import get_gate_pass, list_tenants
from propdesk.services.queries.moves import get_move
from propdesk.services.queries.units import get_unit
from propdesk.storage.houses import GatePassRecord


def write_gate_pass(unit_id: int, draft: GatePassDraft, *, by: int, now: datetime) -> GatePass:
    """Give a pass its number and keep it; without a day it is for today.

    Raises DraftError with a sentence for each field that is not right yet: where a tenant carries
    things out, the owner must have agreed.
    """
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        today = local(now).date()
        draft = replace(
            draft,
            carrier=clean_line(draft.carrier),
            carrier_phone=clean_line(draft.carrier_phone),
            items=clean_text(draft.items),
            plate=clean_line(draft.plate).upper(),
            hours=clean_line(draft.hours),
            confirmed_by=clean_line(draft.confirmed_by),
            valid_on=draft.valid_on or today,
        )
        asks_owner = needs_confirmation(
            draft.carrier,
            list_tenants(unit_id, draft.valid_on or today),
            tenant_leaves=_is_lease_end(unit_id, draft.move_id),
        )
        refuse(check_gate_pass(draft, today=today, asks_owner=asks_owner))
        sequence = take_number_of_year(SERIES, today.year)
        record = GatePassRecord.create(
            number=gate_pass_number(today.year, sequence),
            unit=unit_id,
            move=draft.move_id,
            carrier=draft.carrier,
            carrier_phone=draft.carrier_phone,
            items=draft.items,
            plate=draft.plate,
            valid_on=draft.valid_on,
            hours=draft.hours,
            confirmed_by=draft.confirmed_by,
            written_at=local(now),
            staff=who.id,
        )
        return get_gate_pass(record.id)


def _is_lease_end(unit_id: int, move_id: int | None) -> bool:
    if move_id is None:
        return False
    move = get_move(move_id)
    if move.unit_id != unit_id:
        raise RuleError("move-elsewhere", _("This move is of another house."))
    if move.voided_at is not None:
        raise RuleError(
            "gate-pass-move-void",
            _("Move {number} is void; write the pass without it, or for the right one.").format(
                number=move.number
            ),
        )
    return move.kind is MoveKind.LEASE_END


def void_gate_pass(pass_id: int, *, by: int, now: datetime) -> GatePass:
    """Void a pass that must not be used any more; its number stays."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        record = GatePassRecord.get_or_none(GatePassRecord.id == pass_id)
        if record is None:
            raise RuleError("gate-pass-unknown", _("This pass is not in the books."))
        if record.voided_at is not None:
            raise RuleError("gate-pass-voided", _("This pass is void already."))
        record.voided_at = local(now)
        record.save()
        return get_gate_pass(pass_id)
