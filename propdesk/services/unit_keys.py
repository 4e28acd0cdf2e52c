"""Hand out keys and cards, take them back, note their loss (R83). Nothing is ever deleted."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.unit_keys import KeyDraft, KeyOutcome, UnitKey, check_end, check_key
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.unit_keys import get_key
from propdesk.services.queries.units import get_unit
from propdesk.storage.houses import UnitKeyRecord


def give_key(unit_id: int, draft: KeyDraft, *, by: int, now: datetime) -> UnitKey:
    """Note that keys of a house were handed out, or left with the office.

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        draft = replace(
            draft,
            holder=clean_line(draft.holder),
            label=clean_line(draft.label),
            note=clean_text(draft.note),
        )
        today = local(now).date()
        refuse(check_key(draft, today))
        if draft.person_id is not None:
            _check_known(unit_id, draft.person_id, today)
        record = UnitKeyRecord.create(
            unit=unit_id,
            person=draft.person_id,
            holder=draft.holder,
            kind=draft.kind.value,
            label=draft.label,
            count=draft.count,
            deposit_fen=draft.deposit_fen,
            from_on=draft.from_on or today,
            with_office=draft.with_office,
            note=draft.note,
            staff=who.id,
        )
        return get_key(record.id)


def end_key(  # noqa: PLR0913 - all that may be said of keys that end
    key_id: int,
    outcome: KeyOutcome,
    *,
    version: int,
    by: int,
    now: datetime,
    count: int | None = None,
    on: date | None = None,
    back_fen: int | None = None,
    note: str = "",
) -> UnitKey:
    """Note that keys came back, were lost or cancelled; return the row of those.

    Of several only `count` may end; the rest stays out, and the deposit stays with it as far as
    it is not given back. `back_fen` is by default the whole deposit where all came back, else
    nothing.
    """
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        key = get_key(key_id)
        today = local(now).date()
        count = key.count if count is None else count
        on = on or today
        if back_fen is None:
            whole = outcome is KeyOutcome.RETURNED and count == key.count
            back_fen = key.deposit_fen if whole else 0
        check_end(key, count=count, on=on, back_fen=back_fen, today=today)
        check_version(key.version, version)
        record = UnitKeyRecord.get_by_id(key_id)
        if count < key.count:
            record.count -= count
            record.deposit_fen -= back_fen
            record.version += 1
            record.save()
            record = _part(record, count, back_fen)
        else:
            record.version += 1
        record.outcome, record.ended_on = outcome.value, on
        record.deposit_back_fen = back_fen
        record.staff_id = who.id
        words = clean_text(note)
        record.note = "\n".join(part for part in (record.note, words) if part)
        record.save()
        return get_key(record.id)


def _part(rest: UnitKeyRecord, count: int, deposit_fen: int) -> UnitKeyRecord:
    """Return a row of its own for some of several keys."""
    return UnitKeyRecord.create(
        unit=rest.unit_id,
        person=rest.person_id,
        holder=rest.holder,
        kind=rest.kind,
        label=rest.label,
        count=count,
        deposit_fen=deposit_fen,
        from_on=rest.from_on,
        with_office=rest.with_office,
        note=rest.note,
        staff=rest.staff_id,
    )


def _check_known(unit_id: int, person_id: int, today: date) -> None:
    if person_id not in {one.person_id for one in list_residents(unit_id, today)}:
        raise RuleError("resident-unknown", _("This person is not in this house."))
