"""Acts of urging: what may follow from which way, who may be told, what speaks against it.

Law.md 1.3 and 1.6. What happened is written down as it was; whether it counts against the plea of
limitation is `limitation.weigh_act`'s to say.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from propdesk.domain.dunning import (
    RELATION_LABELS,
    RESULT_LABELS,
    WAY_LABELS,
    LetterState,
    Medium,
    Relation,
    Result,
    Stage,
    Way,
)
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.limitation import ActProof
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import LazyText, _, _lazy

_POSTED = frozenset({Result.SENT, Result.SIGNED, Result.ARRIVED, Result.REFUSED, Result.RETURNED})
_MESSAGE = frozenset({Result.SENT, Result.ARRIVED, Result.UNREACHED})
_FILED = frozenset({Result.FILED})

RESULTS: Mapping[Way, frozenset[Result]] = {
    Way.IN_PERSON: frozenset(
        {Result.SIGNED, Result.SPOKEN, Result.RECORDED, Result.REFUSED, Result.UNREACHED}
    ),
    Way.PHONE: frozenset({Result.SPOKEN, Result.RECORDED, Result.UNREACHED}),
    Way.EMS: _POSTED,
    Way.POST: _POSTED,
    Way.POSTED_AT_DOOR: frozenset({Result.LEFT}),
    Way.MAILBOX: frozenset({Result.LEFT}),
    Way.SMS: _MESSAGE,
    Way.WECHAT: _MESSAGE,
    Way.E_MAIL: _MESSAGE,
    Way.PUBLIC_NOTICE: frozenset({Result.ARRIVED}),
    Way.LAWYER: _POSTED,
    Way.MEDIATION: _FILED,
    Way.PAYMENT_ORDER: _FILED,
    Way.SUIT: _FILED,
    Way.ARBITRATION: _FILED,
    Way.POLICE: _FILED,
    Way.ACKNOWLEDGEMENT: frozenset({Result.SIGNED}),
}
"""What may come of each way; the first screen of a form offers these and no others."""

# They reach a person in his private life (Civil Code 1033): hours and counts are limited.
CONTACTS = frozenset({Way.IN_PERSON, Way.PHONE, Way.SMS, Way.WECHAT, Way.E_MAIL})
FACE_TO_FACE = frozenset({Way.IN_PERSON, Way.PHONE})
TO_AN_ADDRESS = frozenset(
    {Way.PHONE, Way.SMS, Way.WECHAT, Way.E_MAIL, Way.EMS, Way.POST, Way.LAWYER}
)
BY_EXPRESS = frozenset({Way.EMS, Way.POST, Way.LAWYER})
_MET = frozenset({Result.SIGNED, Result.SPOKEN, Result.RECORDED})

# What an act does to its letter; the strongest of its acts decides, wherever it stands in time.
_LETTER_STATES: tuple[tuple[LetterState, frozenset[Result]], ...] = (
    (LetterState.DELIVERED, frozenset({Result.SIGNED, Result.ARRIVED})),
    (LetterState.REFUSED, frozenset({Result.REFUSED})),
    (LetterState.RETURNED, frozenset({Result.RETURNED})),
    (LetterState.SENT, frozenset({Result.SENT, Result.LEFT})),
)
ON_ITS_WAY = frozenset(
    {
        LetterState.PRINTED,
        LetterState.SENT,
        LetterState.DELIVERED,
        LetterState.REFUSED,
        LetterState.RETURNED,
    }
)


@dataclass(frozen=True, slots=True)
class ActDraft:
    """An act of urging as it is typed.

    `done_by` is who did it, empty for who types; `witness` the second person. `address` is where it
    went: the number called, the account, the address on the envelope, the newspaper and its issue.
    `arrived_on` is the day on the return receipt, `override_reason` why it was done although
    something spoke against it. `bill_ids` are the bills it was about, none where it was about all
    that were due and open.
    """

    stage: Stage
    way: Way
    result: Result
    at: datetime
    done_by: str = ""
    witness: str = ""
    receiver: str = ""
    relation: Relation | None = None
    address: str = ""
    express_number: str = ""
    arrived_on: date | None = None
    letter_id: int | None = None
    note: str = ""
    override_reason: str = ""
    medium: Medium | None = None
    bill_ids: tuple[int, ...] = ()

    @property
    def is_held_back(self) -> bool:
        """Whether an open complaint holds it back: not what only came of an earlier act."""
        arrived = self.way in BY_EXPRESS and self.result is not Result.SENT
        return self.way is not Way.ACKNOWLEDGEMENT and not arrived


@dataclass(frozen=True, slots=True)
class DunningAct:
    """An act of urging with its proof, as it was written down.

    `open_fen` is what was open of the bills that it was about; `proofs` counts its photos and
    scans. A wrong act is voided and stays.
    """

    id: int
    unit_id: int
    unit: str
    letter_id: int | None
    letter: str
    stage: Stage
    way: Way
    result: Result
    at: datetime
    entered_at: datetime
    by: str
    done_by: str
    witness: str
    receiver: str
    relation: Relation | None
    address: str
    express_number: str
    arrived_on: date | None
    medium: Medium | None
    has_proof: bool
    open_fen: int
    note: str
    override_reason: str
    bill_ids: tuple[int, ...]
    proofs: int
    voided_at: datetime | None
    void_reason: str

    @property
    def on_day(self) -> date:
        """The day on which it worked: that of the arrival, where one is known (Civil Code 137)."""
        return self.arrived_on or self.at.date()

    @property
    def is_late_entry(self) -> bool:
        """Whether it was written down on a later day than it happened."""
        return self.entered_at.date() > self.at.date()


@dataclass(frozen=True, slots=True)
class ContactLimits:
    """When and how often somebody may be urged (Civil Code 1033), and by how many at his door.

    The end of the hours still counts among them.
    """

    from_time: time
    until_time: time
    per_day: int
    per_week: int
    visit_staff: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """What speaks against an act: code and sentence; a reason goes beyond it."""

    code: str
    text: str


def proof_of(act: ActDraft | DunningAct, *, has_proof: bool) -> ActProof:
    """Return what is known of an act as far as its proof goes, for `limitation.weigh_act`."""
    return ActProof(
        act.way,
        act.result,
        act.relation,
        has_proof=has_proof,
        has_witness=bool(act.witness),
        has_address=bool(act.address),
        has_arrival=act.arrived_on is not None,
        has_note=bool(act.note),
        medium=act.medium,
    )


# What a form proposes for each way, where no letter says it (law.md 1.6).
_STAGES: Mapping[Way, Stage] = {
    Way.PHONE: Stage.REMINDER,
    Way.SMS: Stage.REMINDER,
    Way.WECHAT: Stage.REMINDER,
    Way.E_MAIL: Stage.REMINDER,
    Way.IN_PERSON: Stage.VISIT,
    Way.POSTED_AT_DOOR: Stage.VISIT,
    Way.MAILBOX: Stage.SLIP,
    Way.EMS: Stage.LETTER,
    Way.POST: Stage.LETTER,
    Way.PUBLIC_NOTICE: Stage.LETTER,
    Way.LAWYER: Stage.LAWYER,
}


def stage_of(way: Way) -> Stage:
    """Return the stage that a way belongs to; what goes to an authority is the last one."""
    return _STAGES.get(way, Stage.COURT)


def clean_act(draft: ActDraft) -> ActDraft:
    """Return a draft with its texts as they are stored."""
    return replace(
        draft,
        done_by=clean_line(draft.done_by),
        witness=clean_line(draft.witness),
        receiver=clean_line(draft.receiver),
        address=clean_line(draft.address),
        express_number=clean_line(draft.express_number).replace(" ", "").upper(),
        note=clean_text(draft.note),
        override_reason=clean_line(draft.override_reason),
    )


def check_act(draft: ActDraft, now: datetime) -> Problems:
    """Return what is wrong with the fields of an act; `now` is the wall clock."""
    found = [*_check_words(draft), *_check_days(draft, now)]
    if draft.result not in RESULTS[draft.way]:
        results = [str(RESULT_LABELS[one]) for one in Result if one in RESULTS[draft.way]]
        found.append(
            Problem(
                "result",
                _("«{way}» ends in one of these: {results}.").format(
                    way=WAY_LABELS[draft.way], results=_(", ").join(results)
                ),
            )
        )
    if draft.relation is Relation.OTHER and draft.way in FACE_TO_FACE:
        found.append(
            Problem(
                "relation",
                _(
                    "Nobody but the owner, the user, family living there or an authorised person "
                    "is told what is owed (law.md 1.6). Note it as not reached, and try again."
                ),
            )
        )
    return tuple(found)


def _check_words(draft: ActDraft) -> list[Problem]:
    met = draft.way in FACE_TO_FACE | {Way.ACKNOWLEDGEMENT} and draft.result in _MET
    if met and draft.relation is None:
        return [Problem("relation", _("Say who it was: the debtor, family, authorised, user."))]
    signed = _("Say who signed.") if met and draft.result is Result.SIGNED else ""
    is_notice = draft.way is Way.PUBLIC_NOTICE
    address = ""
    if draft.way in TO_AN_ADDRESS:
        address = _("Write down the number, account or address; without it nothing is proved.")
    elif is_notice:
        address = _("Write down the newspaper or medium, and which issue it was.")
    express = (
        _("Write down the number of the express or registered letter.")
        if draft.way is Way.EMS
        else ""
    )
    recording = _("Say where the recording is kept.") if draft.result is Result.RECORDED else ""
    filed = _("Say where it was filed, and under which number.") if _is_filed(draft) else ""
    missing = (
        _("Say how it is known that his whereabouts are unknown; for others a notice is nothing.")
        if is_notice
        else ""
    )
    medium = _("Say what medium printed it: national, of his province, or a local one.")
    return [
        *([Problem("medium", medium)] if is_notice and draft.medium is None else []),
        *check_line("receiver", draft.receiver, signed),
        *check_line("address", draft.address, address),
        *check_line("express_number", draft.express_number, express),
        *check_line("done_by", draft.done_by),
        *check_line("witness", draft.witness),
        *check_line("override_reason", draft.override_reason),
        *check_text("note", draft.note, recording or filed or missing),
    ]


def _is_filed(draft: ActDraft) -> bool:
    return draft.result is Result.FILED


def _check_days(draft: ActDraft, now: datetime) -> list[Problem]:
    if draft.at > now:
        return [Problem("at", _("This lies in the future: write down what was done."))]
    if draft.arrived_on is None:
        return []
    if draft.way not in BY_EXPRESS:
        return [Problem("arrived_on", _("Only what was posted has a day of arrival."))]
    if not draft.at.date() <= draft.arrived_on <= now.date():
        sentence = _("It arrived between the day on which it was sent and today.")
        return [Problem("arrived_on", sentence)]
    return []


def doubts_of(
    draft: ActDraft, limits: ContactLimits, *, on_day: int, in_week: int
) -> tuple[Doubt, ...]:
    """Return what speaks against an act: hour, counts before it on its day and in its week."""
    found: list[Doubt] = []
    if draft.way in CONTACTS:
        if not limits.from_time <= draft.at.time() <= limits.until_time:
            found.append(
                Doubt(
                    "quiet-hours",
                    _("Calls, messages and visits are made from {first} to {last} only.").format(
                        first=f"{limits.from_time:%H:%M}", last=f"{limits.until_time:%H:%M}"
                    ),
                )
            )
        if on_day >= limits.per_day:
            sentence = _("This house was urged {count} times on that day; {most} is the most.")
            found.append(Doubt("often-day", sentence.format(count=on_day, most=limits.per_day)))
        if in_week >= limits.per_week:
            sentence = _("This house was urged {count} times in that week; {most} is the most.")
            found.append(Doubt("often-week", sentence.format(count=in_week, most=limits.per_week)))
    is_visit = draft.stage is Stage.VISIT and draft.way in (Way.IN_PERSON, Way.POSTED_AT_DOOR)
    if is_visit and limits.visit_staff > 1 and not draft.witness:
        found.append(Doubt("visit-alone", _("A visit is made by two; name the second one.")))
    return tuple(found)


def has_own_proof(draft: ActDraft) -> bool:
    """Tell whether an act is proved without a file: a recording, the number of an express letter.

    A photo, a signed slip or a screenshot is a file of the act.
    """
    if draft.result is Result.RECORDED:
        return bool(draft.note)
    return draft.way in BY_EXPRESS and bool(draft.express_number)


PROOF_HINTS: Mapping[Result, LazyText] = {
    Result.SIGNED: _lazy("Scan the slip that was signed."),
    Result.ARRIVED: _lazy("Scan the return receipt, or keep a picture of the screen."),
    Result.REFUSED: _lazy("Keep a photo, or name a witness."),
    Result.LEFT: _lazy("Keep a photo with the room number and the time, without any face."),
    Result.RETURNED: _lazy("Scan the envelope with the reason of the return."),
    Result.FILED: _lazy("Scan the receipt of the filing."),
    Result.SENT: _lazy("Scan the posting receipt, or keep a picture of the screen."),
}
"""What proof each result is waiting for, where none is kept yet."""


def letter_state_after(results: frozenset[Result]) -> LetterState:
    """Return how far a letter went by all that came of it."""
    return next((state for state, some in _LETTER_STATES if results & some), LetterState.PRINTED)


def act_words(act: DunningAct) -> str:
    """Return an act in few words: way, result and who received."""
    words = [str(WAY_LABELS[act.way]), str(RESULT_LABELS[act.result])]
    if act.receiver or act.relation:
        relation = str(RELATION_LABELS[act.relation]) if act.relation else ""
        words.append(_(", ").join(filter(None, (act.receiver, relation))))
    return " · ".join(words)
