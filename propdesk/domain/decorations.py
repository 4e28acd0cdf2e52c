"""The decoration file of a house (装修): told before, permitted, patrolled, accepted.

The owner tells the provider before he decorates, follows what is forbidden and lets it be looked at
(Civil Code 945; regulation on property management 52); breaches are stopped and reported (942).
Whoever touches what bears the house needs the scheme of a design institute first: without it no
permit is written.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import MOST_FEN
from propdesk.domain.persons import is_phone
from propdesk.domain.texts import fold
from propdesk.i18n import LazyText, _, _lazy

SERIES = "decoration"
LETTERS = "ZX"
MOST_WORKERS = 999

PATROL_DAYS = 2
PATROL_SOURCE = _lazy("Usual in the trade, not from a law; to be verified")
DEPOSIT_DAYS = 30
DEPOSIT_SOURCE = _lazy("Our own default, to be verified; some places forbid or limit a deposit")
MOST_PATROL_DAYS = 30
MOST_DEPOSIT_DAYS = 365


class Stage(StrEnum):
    """Where a decoration stands on a day; told from its days, never stored."""

    APPLIED = "applied"
    PERMITTED = "permitted"
    UNDER_WAY = "under-way"
    OVERDUE = "overdue"
    ACCEPTED = "accepted"
    CANCELLED = "cancelled"


STAGE_LABELS: Mapping[Stage, LazyText] = {
    Stage.APPLIED: _lazy("Applied for"),
    Stage.PERMITTED: _lazy("Permitted"),
    Stage.UNDER_WAY: _lazy("Works going on"),
    Stage.OVERDUE: _lazy("Past its last day"),
    Stage.ACCEPTED: _lazy("Accepted"),
    Stage.CANCELLED: _lazy("Cancelled"),
}
# The works may go on: somebody looks after them.
WORKING = frozenset({Stage.UNDER_WAY, Stage.OVERDUE})
OPEN_STAGES = frozenset({Stage.APPLIED, Stage.PERMITTED, *WORKING})


class FindingKind(StrEnum):
    """What a patrol finds."""

    STRUCTURE = "structure"
    WATERPROOFING = "waterproofing"
    PIPES = "pipes"
    FIRE = "fire"
    NOISE = "noise"
    WASTE = "waste"
    COMMON_PARTS = "common-parts"
    OUTSIDE_SCOPE = "outside-scope"
    OTHER = "other"


FINDING_LABELS: Mapping[FindingKind, LazyText] = {
    FindingKind.STRUCTURE: _lazy("Load-bearing structure"),
    FindingKind.WATERPROOFING: _lazy("Waterproofing"),
    FindingKind.PIPES: _lazy("Gas, heating, water, flues"),
    FindingKind.FIRE: _lazy("Fire safety"),
    FindingKind.NOISE: _lazy("Noise, working hours"),
    FindingKind.WASTE: _lazy("Rubbish, materials"),
    FindingKind.COMMON_PARTS: _lazy("Common parts, façade"),
    FindingKind.OUTSIDE_SCOPE: _lazy("Not in the permit"),
    FindingKind.OTHER: _lazy("Something else"),
}


class PatrolResult(StrEnum):
    """What a patrol met with at the door."""

    LOOKED = "looked"
    NOBODY = "nobody"
    REFUSED = "refused"
    FINISHED = "finished"


PATROL_LABELS: Mapping[PatrolResult, LazyText] = {
    PatrolResult.LOOKED: _lazy("Looked at"),
    PatrolResult.NOBODY: _lazy("Nobody there"),
    PatrolResult.REFUSED: _lazy("Not let in"),
    PatrolResult.FINISHED: _lazy("Works have ended"),
}


@dataclass(frozen=True, slots=True)
class DecorationDraft:
    """What an owner tells before he decorates. `told` are the codes of what he was told.

    `structure_consent` names the scheme of the design institute where the works touch what bears
    the house. Money is in fen. `deposit_note` is the receipt's number and who paid.
    """

    applicant: str
    scope: str
    from_on: date | None = None
    until_on: date | None = None
    company: str = ""
    foreman: str = ""
    phone: str = ""
    workers: int | None = None
    touches_structure: bool = False
    structure_consent: str = ""
    told: frozenset[str] = field(default_factory=frozenset)
    deposit_fen: int = 0
    deposit_note: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Patrol:
    """A look at a decoration and one thing that it found; `kind` is None where nothing was found.

    Several findings of one look are several of these with the same time. `ticket` is the number of
    the ticket that was made of the finding.
    """

    id: int
    decoration_id: int
    at: datetime
    entered_at: datetime
    patrolled_by: str
    result: PatrolResult
    kind: FindingKind | None
    finding: str
    due_on: date | None
    rectified_on: date | None
    ticket_id: int | None
    ticket: str

    @property
    def is_open(self) -> bool:
        """Tell whether something was found that is not put right yet."""
        return self.kind is not None and self.rectified_on is None


@dataclass(frozen=True, slots=True)
class Decoration:
    """The file of one decoration. `outcome` are the words of acceptance or cancelling."""

    id: int
    number: str
    unit_id: int
    house: str
    applied_on: date
    permitted_on: date | None
    permitted_by: str
    from_on: date | None
    until_on: date | None
    accepted_on: date | None
    cancelled_on: date | None
    applicant: str
    company: str
    foreman: str
    phone: str
    workers: int | None
    scope: str
    touches_structure: bool
    structure_consent: str
    told: frozenset[str]
    deposit_fen: int
    deposit_note: str
    deposit_returned_fen: int | None
    deposit_returned_on: date | None
    deduction_reason: str
    outcome: str
    note: str
    taken_by: str
    version: int

    def stage(self, today: date) -> Stage:
        """Return where it stands on a day."""
        if self.cancelled_on is not None:
            return Stage.CANCELLED
        if self.accepted_on is not None:
            return Stage.ACCEPTED
        if self.permitted_on is None:
            return Stage.APPLIED
        if self.until_on is not None and self.until_on < today:
            return Stage.OVERDUE
        if self.from_on is not None and self.from_on > today:
            return Stage.PERMITTED
        return Stage.UNDER_WAY

    @property
    def holds_deposit(self) -> bool:
        """Tell whether a deposit is with the office still: it is a debt, not an income."""
        return self.deposit_fen > 0 and self.deposit_returned_on is None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a patrol found, and until when it is to be put right."""

    kind: FindingKind
    text: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class PatrolDraft:
    """A look as typed; `at` None is now, `patrolled_by` '' is who enters it."""

    result: PatrolResult = PatrolResult.LOOKED
    findings: tuple[Finding, ...] = ()
    patrolled_by: str = ""


def decoration_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th decoration of a year: `ZX-2026-0001`."""
    return f"{LETTERS}-{year:04d}-{sequence:04d}"


def normal_decoration_number(typed: str) -> str:
    """Return a typed number in the stored form: `zx2026-1` is read, full width too."""
    text = re.sub(r"[\s_]+", "", fold(typed)).upper()
    match = re.fullmatch(rf"(?:{LETTERS}-?)?(\d{{4}})-?(\d{{1,5}})", text)
    return decoration_number(int(match[1]), int(match[2])) if match else text


def structure_warning() -> str:
    """Return what is told wherever works touch what bears the house."""
    return _(
        "The works touch the load-bearing structure: nothing may begin before the original design "
        "institute, or one of the same grade, has made the scheme."
    )


def patrol_due_on(from_on: date, last_on: date | None, days: int) -> date:
    """Return when a decoration is to be looked at next: on its first day, then every `days`."""
    return from_on if last_on is None else max(from_on, last_on + timedelta(days=days))


def deposit_due_on(accepted_on: date, days: int) -> date:
    """Return until when a deposit goes back after the acceptance."""
    return accepted_on + timedelta(days=days)


def check_application(draft: DecorationDraft) -> Problems:
    """Return what keeps an application from being taken, a sentence for each field (945)."""
    problems = [
        *check_line("applicant", draft.applicant, _("Write who applies: the owner or user.")),
        *check_text("scope", draft.scope, _("Write what is to be done, room by room.")),
        *check_line("company", draft.company),
        *check_line("foreman", draft.foreman),
        *check_line("structure_consent", draft.structure_consent),
        *check_line("deposit_note", draft.deposit_note),
        *check_text("note", draft.note),
    ]
    if draft.phone and not is_phone(draft.phone):
        sentence = _("«{phone}» is no phone number.")
        problems.append(Problem("phone", sentence.format(phone=draft.phone[:30])))
    if draft.workers is not None and not 0 <= draft.workers <= MOST_WORKERS:
        sentence = _("The number of workers must be 0 to {most}.")
        problems.append(Problem("workers", sentence.format(most=MOST_WORKERS)))
    if not 0 <= draft.deposit_fen <= MOST_FEN:
        problems.append(Problem("deposit_fen", _("This is no amount of a deposit.")))
    if draft.from_on and draft.until_on and draft.until_on < draft.from_on:
        problems.append(Problem("until_on", _("The last day lies before the first.")))
    return tuple(problems)


def check_permit(decoration: Decoration, must_be_told: frozenset[str]) -> Problems:
    """Return all that a permit waits for: days, who builds, what was told, the scheme (945)."""
    problems = []
    if decoration.from_on is None or decoration.until_on is None:
        problems.append(Problem("until_on", _("Say from when until when the works go on.")))
    if not decoration.company and not decoration.foreman:
        problems.append(Problem("company", _("Say who does the works: company or foreman.")))
    missing = must_be_told - decoration.told
    if missing:
        sentence = _("Tell the owner what is forbidden first; {count} points are not ticked yet.")
        problems.append(Problem("told", sentence.format(count=len(missing))))
    if decoration.touches_structure and not decoration.structure_consent:
        demand = _("Write down its name and number.")
        words = f"{structure_warning()} {demand}"
        problems.append(Problem("structure_consent", words))
    return tuple(problems)


def check_patrol(draft: PatrolDraft, day: date) -> Problems:
    """Return what keeps a look on `day` from being stored."""
    problems = list(check_line("patrolled_by", draft.patrolled_by))
    for finding in draft.findings:
        missing = _("Write what was found.")
        problems += check_text("finding", finding.text, missing)
        if finding.due_on is not None and finding.due_on < day:
            sentence = _("It is to be put right on the day of the patrol or later.")
            problems.append(Problem("due_on", sentence))
    return tuple(problems)


def check_return(decoration: Decoration, returned_fen: int, reason: str) -> Problems:
    """Return what keeps a deposit from going back; what is kept back needs its reason."""
    problems = list(check_line("reason", reason))
    if not 0 <= returned_fen <= decoration.deposit_fen:
        sentence = _("At most the deposit goes back.")
        problems.append(Problem("returned_fen", sentence))
    elif returned_fen < decoration.deposit_fen and not reason.strip():
        sentence = _("Say what the rest is kept back for.")
        problems.append(Problem("reason", sentence))
    return tuple(problems)


def check_decoration_days(patrol_days: int, deposit_days: int) -> None:
    """Refuse numbers of days that are none."""
    if not 1 <= patrol_days <= MOST_PATROL_DAYS or not 1 <= deposit_days <= MOST_DEPOSIT_DAYS:
        raise RuleError(
            "setting-decoration-days",
            _(
                "A decoration is looked at every 1 to {patrol} days, and its deposit goes back "
                "within 1 to {deposit} days."
            ).format(patrol=MOST_PATROL_DAYS, deposit=MOST_DEPOSIT_DAYS),
        )
