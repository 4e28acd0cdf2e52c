"""What rounds find wrong, until it is put right; and notices that ask for it (整改通知单)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import LazyText, _, _lazy


class FindingState(StrEnum):
    """What became of a finding; stored codes."""

    OPEN = "open"
    FIXED_ON_SITE = "fixed-on-site"
    TICKET = "ticket"
    RECTIFICATION = "rectification"
    RECTIFIED = "rectified"
    DROPPED = "dropped"


class FindingGroup(StrEnum):
    """Which findings a list shows."""

    OPEN = "open"
    TICKET = "ticket"
    NOTICE = "notice"
    IMPROVEMENT = "improvement"
    SETTLED = "settled"
    ALL = "all"


class Recheck(StrEnum):
    """What the look after the deadline found."""

    NONE = ""
    RECTIFIED = "rectified"
    PARTLY = "partly"
    NOT = "not"


FINDING_LABELS: Mapping[FindingState, LazyText] = {
    FindingState.OPEN: _lazy("Open finding"),
    FindingState.FIXED_ON_SITE: _lazy("Put right on the spot"),
    FindingState.TICKET: _lazy("Ticket written"),
    FindingState.RECTIFICATION: _lazy("Notice written"),
    FindingState.RECTIFIED: _lazy("Rectified"),
    FindingState.DROPPED: _lazy("No fault"),
}

FINDING_GROUP_LABELS: Mapping[FindingGroup, LazyText] = {
    FindingGroup.OPEN: _lazy("Nobody takes care yet"),
    FindingGroup.TICKET: _lazy("With ticket"),
    FindingGroup.NOTICE: _lazy("With notice"),
    FindingGroup.IMPROVEMENT: _lazy("Needs improvement"),
    FindingGroup.SETTLED: _lazy("Put right"),
    FindingGroup.ALL: _lazy("All"),
}

RECHECK_LABELS: Mapping[Recheck, LazyText] = {
    Recheck.NONE: _lazy("Not looked at again yet"),
    Recheck.RECTIFIED: _lazy("Rectified"),
    Recheck.PARTLY: _lazy("Partly rectified"),
    Recheck.NOT: _lazy("Not rectified"),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a round found wrong, where, and what became of it.

    `standing` is the state that is told: one with a ticket is rectified as soon as the ticket is
    closed, and open again when it was void. `times` is how often the same was found up to then in
    the days over which repeated findings are counted; from some number on it `needs_improvement`
    (idea 10).
    """

    id: int
    text: str
    found_at: datetime
    point: str
    where: str
    unit_id: int | None
    asset_id: int | None
    asset: str
    sheet: str
    round_id: int
    plan: str
    walker: str
    state: FindingState
    standing: FindingState
    needs_improvement: bool
    times: int
    ticket_id: int | None
    ticket: str
    rectification: str
    rectified_on: date | None
    photos: str
    note: str
    version: int


@dataclass(frozen=True, slots=True)
class RectificationDraft:
    """A notice that asks for something to be put right, to a vendor, a house or a department."""

    addressee: str
    problem: str
    demand: str
    deadline_on: date
    place: str = ""
    basis: str = ""
    vendor_id: int | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Rectification:
    """A notice that was written, who received it, and what the look afterwards found."""

    id: int
    number: str
    draft: RectificationDraft
    issued_at: datetime
    by: str
    receiver: str
    received_on: date | None
    refused: bool
    recheck: Recheck
    rechecked_on: date | None
    recheck_note: str
    voided_at: datetime | None
    findings: int
    version: int

    def is_overdue(self, today: date) -> bool:
        """Tell whether the deadline is over and it is not rectified."""
        return (
            self.voided_at is None
            and self.recheck is not Recheck.RECTIFIED
            and today > self.draft.deadline_on
        )


def rectification_number(letters: str, year: int, sequence: int) -> str:
    """Return the number for people: `ZG-2026-0007`."""
    return f"{letters}-{year:04d}-{sequence:04d}"


def check_rectification(draft: RectificationDraft, today: date) -> Problems:
    """Return what is wrong with a clean draft of a notice."""
    problems = [
        *check_line("addressee", draft.addressee, _("Say who is to put it right.")),
        *check_line("place", draft.place),
        *check_text("problem", draft.problem, _("Say what is wrong.")),
        *check_text("basis", draft.basis),
        *check_text("demand", draft.demand, _("Say what is to be done.")),
    ]
    if draft.deadline_on < today:
        problems.append(Problem("deadline_on", _("The deadline is over already.")))
    return tuple(problems)


def check_one_receiver(findings: Sequence[Finding], unit_id: int | None) -> None:
    """Refuse a notice about findings that are settled, or of other houses than the one it is for.

    What was found in a house is nobody else's business.
    """
    if any(one.standing is not FindingState.OPEN for one in findings):
        raise RuleError("finding-over", _("The finding is settled already."))
    houses = {one.unit_id for one in findings}
    if len(houses) > 1 or (houses - {None} and houses != {unit_id}):
        raise RuleError(
            "rectification-houses",
            _("A notice is about one house, or about places of the estate: write one for each."),
        )
