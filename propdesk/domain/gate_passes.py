"""The pass for things that are carried out (放行条): who carries what, on which day.

A tenant carries things out only with the owner's word (forms.md 5.7: 业主确认).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.persons import is_phone
from propdesk.domain.texts import fold
from propdesk.i18n import _

SERIES = "gate-pass"
_LETTERS = "FX"


@dataclass(frozen=True, slots=True)
class GatePassDraft:
    """A pass as typed; `confirmed_by` is which owner agreed, how and when."""

    carrier: str
    items: str
    valid_on: date | None = None
    hours: str = ""
    carrier_phone: str = ""
    plate: str = ""
    confirmed_by: str = ""
    move_id: int | None = None


@dataclass(frozen=True, slots=True)
class GatePass:
    """A pass that was written; it is never changed, only voided."""

    id: int
    number: str
    unit_id: int
    where: str
    carrier: str
    carrier_phone: str
    items: str
    plate: str
    valid_on: date
    hours: str
    confirmed_by: str
    move: str
    written_at: datetime
    by: str
    voided_at: datetime | None


def gate_pass_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th pass of a year."""
    return f"{_LETTERS}-{year:04d}-{sequence:04d}"


def needs_confirmation(carrier: str, tenants: Iterable[str], *, tenant_leaves: bool) -> bool:
    """Tell whether the owner is asked: the carrier is a tenant, or a tenant moves out."""
    return tenant_leaves or fold(carrier) in {fold(name) for name in tenants}


def check_gate_pass(draft: GatePassDraft, *, today: date, asks_owner: bool) -> Problems:
    """Return what keeps a pass from being written; `asks_owner` is `needs_confirmation`."""
    missing = ""
    if asks_owner:
        missing = _("A tenant carries things out: write which owner agreed, how and when.")
    problems = [
        *check_line("carrier", draft.carrier, _("Write who carries the things.")),
        *check_text("items", draft.items, _("Write what is carried out.")),
        *check_line("plate", draft.plate),
        *check_line("hours", draft.hours),
        *check_line("confirmed_by", draft.confirmed_by, missing),
    ]
    if draft.carrier_phone and not is_phone(draft.carrier_phone):
        sentence = _("«{phone}» is no phone number.").format(phone=draft.carrier_phone[:30])
        problems.append(Problem("carrier_phone", sentence))
    if draft.valid_on is not None and draft.valid_on < today:
        problems.append(Problem("valid_on", _("This day is over; the pass is for a day to come.")))
    return tuple(problems)
