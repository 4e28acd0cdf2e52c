"""Companies that look after lifts, fire protection and the like, and what they agreed to do.

A company without a licence that holds, or without a contract, may not touch a lift (Regulation on
Safety Supervision of Special Equipment, 26 and 31); so both ends are told ahead (law.md 1.9).
"""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.assets import AssetKind
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import _


@dataclass(frozen=True, slots=True)
class VendorDraft:
    """A company as somebody writes it; `emergency_phone` is the one that answers at night."""

    name: str
    work: str = ""
    licence_number: str = ""
    licence_until: date | None = None
    contact: str = ""
    phone: str = ""
    emergency_phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Vendor:
    """A company that is kept; `contract_until` is the end of the contract that ends last."""

    id: int
    draft: VendorDraft
    assets: int
    contract_until: date | None
    ended_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class ContractDraft:
    """What a company does for the office, and until when."""

    kind: AssetKind
    subject: str
    from_on: date
    until_on: date
    number: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract that is kept, with the name of its company and the count of its pages."""

    id: int
    vendor_id: int
    vendor: str
    draft: ContractDraft
    files: int
    voided_at: datetime | None
    version: int


def check_vendor(draft: VendorDraft) -> Problems:
    """Return what is wrong with a clean draft of a company."""
    return (
        *check_line("name", draft.name, _("Name the company as it stands on its licence.")),
        *(
            problem
            for field in ("work", "licence_number", "contact", "phone", "emergency_phone")
            for problem in check_line(field, getattr(draft, field))
        ),
        *check_text("note", draft.note),
    )


def check_contract(draft: ContractDraft) -> Problems:
    """Return what is wrong with a clean draft of a contract."""
    problems = [
        *check_line("subject", draft.subject, _("Say what the company does, in a few words.")),
        *check_line("number", draft.number),
        *check_text("note", draft.note),
    ]
    if draft.until_on < draft.from_on:
        problems.append(Problem("until_on", _("A contract ends on or after its first day.")))
    return tuple(problems)
