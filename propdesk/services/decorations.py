"""The decoration file: taken, permitted, accepted; the deposit back (Civil Code 945, R101)."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.decorations import (
    SERIES,
    Decoration,
    DecorationDraft,
    Stage,
    check_application,
    check_permit,
    check_return,
    decoration_number,
)
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.works_state import begin_works, end_works
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.decorations import (
    get_decoration,
    get_decoration_row,
    list_decorations,
    list_told,
)
from propdesk.services.queries.units import get_unit
from propdesk.storage.houses import DecorationRecord

_ENDED = frozenset({Stage.ACCEPTED, Stage.CANCELLED})
# What a permit says may be done; it is not changed under it.
_PERMITTED = ("scope", "touches_structure", "structure_consent", "from_on")


def apply_decoration(
    unit_id: int, draft: DecorationDraft, *, by: int, now: datetime, on: date | None = None
) -> Decoration:
    """Take down what an owner tells before he decorates, and give it its number.

    Refuses a second file of a house whose first one is open still.
    """
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        get_unit(unit_id)
        for row in list_decorations(unit_id, today=today):
            if row.stage not in _ENDED:
                raise RuleError(
                    "decoration-open",
                    _("{house} has {number} open; accept or cancel that one first.").format(
                        house=row.decoration.house, number=row.decoration.number
                    ),
                )
        draft = _checked(draft)
        day = _past_day("applied_on", on, today)
        record = DecorationRecord.create(
            number=decoration_number(day.year, take_number_of_year(SERIES, day.year)),
            unit=unit_id,
            applied_on=day,
            staff=who.id,
            **_fields(draft),
        )
        return get_decoration(record.id)


def change_decoration(
    decoration_id: int, draft: DecorationDraft, *, version: int, by: int, now: datetime
) -> Decoration:
    """Correct a file, add the deposit, put off its last day.

    What the permit says may be done is not changed under it: that takes a new application.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        record, present = _open(decoration_id, local(now).date())
        check_version(record.version, version)
        draft = _checked(draft)
        if present.permitted_on is not None:
            _check_under_permit(present, draft)
        for name, value in _fields(draft).items():
            setattr(record, name, value)
        _store(record)
        return get_decoration(decoration_id)


def permit_decoration(decoration_id: int, *, by: int, now: datetime) -> Decoration:
    """Permit the works; all that is missing is refused at once, the scheme among it (945).

    Nothing that touches what bears the house is permitted without its design scheme.
    """
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        record, present = _open(decoration_id, today)
        if present.permitted_on is not None:
            raise RuleError(
                "decoration-permitted",
                _("{number} was permitted on {day}; print the permit again.").format(
                    number=present.number, day=present.permitted_on
                ),
            )
        refuse(check_permit(present, frozenset(list_told())))
        record.permitted_on, record.permitted_staff_id = today, who.id
        _store(record)
        first = present.from_on or today
        begin_works(present.unit_id, first, present.number, staff_id=who.id, now=now)
        return get_decoration(decoration_id)


def accept_decoration(
    decoration_id: int, *, by: int, now: datetime, on: date | None = None, outcome: str = ""
) -> Decoration:
    """Note that the finished works were looked at and accepted; nothing found may be open."""
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        record, present = _open(decoration_id, today)
        if present.permitted_on is None:
            raise RuleError(
                "decoration-not-permitted",
                _("{number} has no permit yet; permit or cancel it.").format(number=present.number),
            )
        _check_no_findings(present, today)
        day = _past_day("on", on, today)
        if day < (present.from_on or present.permitted_on):
            raise DraftError((Problem("on", _("The works had not begun on that day.")),))
        record.accepted_on, record.outcome = day, noted(outcome)
        _store(record)
        _end_works(present, day, who.id, now)
        return get_decoration(decoration_id)


def cancel_decoration(decoration_id: int, *, reason: str, by: int, now: datetime) -> Decoration:
    """Close a file whose works never came, or ended otherwise; its number stays."""
    with writing():
        who = actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        record, present = _open(decoration_id, today)
        record.outcome = noted(reason, _("Say why there will be no decoration."))
        record.cancelled_on = today
        _store(record)
        _end_works(present, today, who.id, now)
        return get_decoration(decoration_id)


def return_deposit(
    decoration_id: int,
    *,
    returned_fen: int,
    by: int,
    now: datetime,
    reason: str = "",
    on: date | None = None,
) -> Decoration:
    """Note what of the deposit went back, and what the rest was kept for."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        present = get_decoration(decoration_id)
        if not present.holds_deposit:
            raise RuleError(
                "deposit-none", _("{number} holds no deposit.").format(number=present.number)
            )
        if present.stage(today) not in _ENDED:
            raise RuleError(
                "deposit-early",
                _("The deposit of {number} goes back after the acceptance.").format(
                    number=present.number
                ),
            )
        reason = clean_line(reason)
        refuse(check_return(present, returned_fen, reason))
        record = DecorationRecord.get_by_id(decoration_id)
        record.deposit_returned_fen = returned_fen
        record.deposit_returned_on = _past_day("on", on, today)
        record.deduction_reason = reason
        _store(record)
        return get_decoration(decoration_id)


def _open(decoration_id: int, today: date) -> tuple[DecorationRecord, Decoration]:
    """Return the row and the file, or refuse one that has ended."""
    present = get_decoration(decoration_id)
    if present.stage(today) in _ENDED:
        raise RuleError(
            "decoration-ended",
            _("{number} has ended; take a new application for further works.").format(
                number=present.number
            ),
        )
    return DecorationRecord.get_by_id(decoration_id), present


def _end_works(present: Decoration, ended_on: date, staff_id: int, now: datetime) -> None:
    """Give the house its state back where a permit had made it a building site."""
    if present.permitted_on is not None:
        first = present.from_on or present.permitted_on
        end_works(present.unit_id, first, ended_on, present.number, staff_id=staff_id, now=now)


def _check_no_findings(present: Decoration, today: date) -> None:
    row = get_decoration_row(present.id, today=today)
    if row.findings:
        raise RuleError(
            "decoration-findings",
            _(
                "{count} findings of {number} are not put right yet; note when each was, then "
                "accept the works."
            ).format(count=row.findings, number=present.number),
        )


def _check_under_permit(present: Decoration, draft: DecorationDraft) -> None:
    if any(getattr(draft, name) != getattr(present, name) for name in _PERMITTED):
        raise RuleError(
            "decoration-permitted",
            _(
                "The permit of {number} says what may be done and from when; for other works "
                "cancel it and take a new application."
            ).format(number=present.number),
        )
    if draft.until_on is None:
        sentence = _("Say from when until when the works go on.")
        raise DraftError((Problem("until_on", sentence),))


def _past_day(field: str, day: date | None, today: date) -> date:
    """Return the day on which something happened; None is today."""
    if day is not None and day > today:
        raise DraftError((Problem(field, _("This day has not come yet.")),))
    return day or today


def _store(record: DecorationRecord) -> None:
    record.version += 1
    record.save()


def _checked(draft: DecorationDraft) -> DecorationDraft:
    """Return the draft as it is stored; only what the program knows counts as told."""
    draft = replace(
        draft,
        applicant=clean_line(draft.applicant),
        scope=clean_text(draft.scope),
        company=clean_line(draft.company),
        foreman=clean_line(draft.foreman),
        phone=clean_line(draft.phone),
        structure_consent=clean_line(draft.structure_consent),
        told=draft.told & frozenset(list_told()),
        deposit_note=clean_line(draft.deposit_note),
        note=clean_text(draft.note),
    )
    refuse(check_application(draft))
    return draft


def _fields(draft: DecorationDraft) -> dict[str, object]:
    return {
        "from_on": draft.from_on,
        "until_on": draft.until_on,
        "applicant": draft.applicant,
        "company": draft.company,
        "foreman": draft.foreman,
        "phone": draft.phone,
        "workers": draft.workers,
        "scope": draft.scope,
        "touches_structure": draft.touches_structure,
        "structure_consent": draft.structure_consent,
        "told": " ".join(sorted(draft.told)),
        "deposit_fen": draft.deposit_fen,
        "deposit_note": draft.deposit_note,
        "note": draft.note,
    }
