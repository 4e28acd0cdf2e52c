"""What prices rest on: contracts, approvals, decisions of the owners, with their clauses (938)."""

from dataclasses import dataclass, replace
from datetime import date

from propdesk.domain.errors import Problem
from propdesk.domain.fee_items import BasisKind
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _

_CLAUSES = ("fee_clause", "due_clause", "late_clause", "address_clause")


@dataclass(frozen=True, slots=True)
class BasisDraft:
    """A basis as typed: its name and number, from when to when, and the words of its clauses.

    `fee_clause` says what is paid, `due_clause` until when, `late_clause` the penalty,
    `address_clause` where letters are sent (送达地址).
    """

    kind: BasisKind
    name: str
    number: str = ""
    community: str = ""
    signed_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    fee_clause: str = ""
    due_clause: str = ""
    late_clause: str = ""
    address_clause: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class FeeBasis:
    """A basis as it is stored; `community` is '' where it is for all."""

    id: int
    kind: BasisKind
    name: str
    number: str
    community_id: int | None
    community: str
    signed_on: date | None
    from_on: date | None
    until_on: date | None
    fee_clause: str
    due_clause: str
    late_clause: str
    address_clause: str
    note: str
    version: int

    @property
    def label(self) -> str:
        """Name and number in one line."""
        return f"{self.name} {self.number}".strip()


def clean_basis(draft: BasisDraft) -> BasisDraft:
    """Return a draft with its texts made safe to store."""
    return replace(
        draft,
        name=clean_line(draft.name),
        number=clean_line(draft.number),
        community=clean_line(draft.community),
        fee_clause=clean_text(draft.fee_clause),
        due_clause=clean_text(draft.due_clause),
        late_clause=clean_text(draft.late_clause),
        address_clause=clean_text(draft.address_clause),
        note=clean_text(draft.note),
    )


def check_basis(draft: BasisDraft) -> Problems:
    """Return what keeps a basis from being stored."""
    missing = _("Name the contract, approval or decision.")
    problems = [*check_line("name", draft.name, missing), *check_line("number", draft.number)]
    for field in (*_CLAUSES, "note"):
        problems += check_text(field, getattr(draft, field))
    if draft.from_on and draft.until_on and draft.until_on < draft.from_on:
        problems.append(Problem("until", _("The last day lies before the first one.")))
    return tuple(problems)
