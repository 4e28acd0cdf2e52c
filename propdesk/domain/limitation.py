"""When a claim falls under the limitation of action, and what stops it (law.md 1.3).

Each bill is counted for itself from its own day of payment (the cautious reading of Civil Code 189)
and runs three years (188) from the last *proved* interruption. What was only sent, posted or said
moves nothing and is kept apart as weak evidence. The Provisions are those of the Supreme People's
Court on limitation in civil cases (2020).

A period that a suit stops runs on only when the proceedings end (195); it is counted from the
filing all the same, which is never later. Obstacles suspend the three years (194), never the
twenty, which know neither interruption nor suspension (Interpretation of the General Part 35).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from propdesk.domain.calendar_years import years_after
from propdesk.domain.dunning import Medium, PromiseWay, Relation, Result, Way
from propdesk.domain.suspensions import Suspension, suspended_end
from propdesk.i18n import LazyText, _lazy


class Strength(StrEnum):
    """What an event is worth against the plea of limitation."""

    PROVED = "proved"
    ARGUABLE = "arguable"
    WEAK = "weak"


STRENGTH_LABELS: Mapping[Strength, LazyText] = {
    Strength.PROVED: _lazy("Proved"),
    Strength.ARGUABLE: _lazy("Arguable"),
    Strength.WEAK: _lazy("Weak"),
}


class EventKind(StrEnum):
    """What happened: an act of urging, a part payment, a promise."""

    ACT = "act"
    PAYMENT = "payment"
    PROMISE = "promise"


@dataclass(frozen=True, slots=True)
class LimitationRules:
    """The numbers of law, and the two arguable cases that an office may count: by default not."""

    years: int = 3
    longest_years: int = 20
    suspended_months: int = 6
    refusal_counts: bool = False
    return_counts: bool = False


@dataclass(frozen=True, slots=True)
class Weight:
    """What an event is worth, the article it rests on, and what is missing where it is weak.

    `revives` is an act of the debtor himself that counts even after the period had run out.
    """

    strength: Strength
    article: LazyText
    lacks: LazyText | None = None
    revives: bool = False


@dataclass(frozen=True, slots=True)
class ActProof:
    """What is known of an act of urging, as far as its proof goes."""

    way: Way
    result: Result
    relation: Relation | None = None
    has_proof: bool = False
    has_witness: bool = False
    has_address: bool = False
    has_arrival: bool = False
    has_note: bool = False
    medium: Medium | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that may have interrupted the period of a bill.

    `id` is that of the act, payment or plan; `entered_on` the day on which it was written down.
    """

    kind: EventKind
    id: int
    on_day: date
    entered_on: date
    weight: Weight


@dataclass(frozen=True, slots=True)
class Limitation:
    """Until when a claim can be enforced, and why.

    `since` is the day that set the period off: the bill's day of payment, or that of `cause`.
    `weak` are the events since then that would have moved it, were they proved. `suspension` is the
    obstacle that put the end off; while it goes on, the end is the earliest that can still be.
    """

    last_on: date
    since: date
    cause: Event | None = None
    weak: tuple[Event, ...] = ()
    is_capped: bool = False
    suspension: Suspension | None = None

    @property
    def is_open_ended(self) -> bool:
        """Whether an obstacle goes on, so that no end can be named yet."""
        return self.suspension is not None and self.suspension.until_on is None

    def days_left(self, today: date) -> int:
        """Return how many days are left; below zero the period has run out."""
        return self.last_on.toordinal() - today.toordinal()


# --- what each act is worth ----------------------------------------------------------------

C195_DEMAND = _lazy("Civil Code 195(1), 137")
C195_SUIT = _lazy("Civil Code 195(3)")
P8_DOCUMENT = _lazy("Provisions on Limitation 8(1)")
P8_MESSAGE = _lazy("Provisions on Limitation 8(2)")
P8_NOTICE = _lazy("Provisions on Limitation 8(4)")
P10_SUIT = _lazy("Provisions on Limitation 10")
P11_COURT = _lazy("Provisions on Limitation 11")
P12_MEDIATION = _lazy("Provisions on Limitation 12")
P13_POLICE = _lazy("Provisions on Limitation 13")
P14_PERFORMS = _lazy("Provisions on Limitation 14")
P15_JOINT = _lazy("Provisions on Limitation 8(1), 15")
P19_REVIVES = _lazy("Provisions on Limitation 14, 19")

LACKS_RECEIVER = _lazy("not signed by the debtor, family living there or an authorised person")
LACKS_DEBTOR = _lazy("not by the debtor himself or an authorised person")
LACKS_PROOF = _lazy("no photo, scan or recording is kept")
LACKS_WITNESS = _lazy("no witness is named")
LACKS_ADDRESS = _lazy("the number or account is not written down")
LACKS_ARRIVAL = _lazy("the day of arrival on the return receipt is missing")
LACKS_ARRIVED = _lazy("nothing proves that it reached the debtor")
LACKS_TRACE = _lazy("neither a photo is kept nor a witness named")
LACKS_MEDIUM = _lazy("not printed in a national medium or one of his province")
LACKS_GROUND = _lazy("nothing says how it is known that his whereabouts are unknown")
LACKS_ORDER = _lazy("dated after the day on which it was entered: check the day")
ONLY_ARGUABLE = _lazy("courts differ on whether this counts")

_HOUSEHOLD = frozenset({Relation.SELF, Relation.ADULT_FAMILY, Relation.AUTHORISED})
_DEBTOR = frozenset({Relation.SELF, Relation.AUTHORISED})
_INFLUENTIAL = frozenset({Medium.NATIONAL, Medium.PROVINCIAL})


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a way with a result is worth, and what must be there for it."""

    article: LazyText
    receivers: frozenset[Relation] | None = None
    proof: bool = False
    witness: bool = False
    address: bool = False
    arrival: bool = False
    trace: bool = False  # a photo or a witness; to count, both
    medium: bool = False
    counts: str = ""  # the office's choice that makes an arguable case count
    revives: bool = False

    def lacks(self, act: ActProof, *, joint: bool) -> LazyText | None:
        """Return what is missing of the proof; a user who owes jointly stands for the debtor."""
        if self.receivers is not None:
            receivers = self.receivers | ({Relation.USER} if joint else set())
            if act.relation not in receivers:
                return LACKS_DEBTOR if self.receivers == _DEBTOR else LACKS_RECEIVER
        needs = (
            (self.proof, act.has_proof, LACKS_PROOF),
            (self.witness, act.has_witness, LACKS_WITNESS),
            (self.address, act.has_address, LACKS_ADDRESS),
            (self.arrival, act.has_arrival, LACKS_ARRIVAL),
            (self.trace, act.has_proof or act.has_witness, LACKS_TRACE),
            (self.medium, act.medium in _INFLUENTIAL, LACKS_MEDIUM),
            (self.medium, act.has_note, LACKS_GROUND),
        )
        return next((words for needed, there, words in needs if needed and not there), None)

    def is_counted(self, act: ActProof, rules: LimitationRules) -> bool:
        """Tell whether the office counts an arguable case, and it is proved as fully as can be."""
        is_full = not self.trace or (act.has_proof and act.has_witness)
        return not self.counts or (getattr(rules, self.counts) and is_full)


_ARRIVED = _Rule(P8_MESSAGE, arrival=True)
_RETURNED = _Rule(P8_MESSAGE, address=True, counts="return_counts")
# Left with him although he refused: a photo of it or a witness (Civil Procedure Law 89).
_REFUSED = _Rule(P8_DOCUMENT, trace=True, counts="refusal_counts")
_MESSAGE = _Rule(P8_MESSAGE, proof=True, address=True)
_RECORDING = _Rule(C195_DEMAND, receivers=_DEBTOR, proof=True)

# What does not stand here is weak: sent, left, posted, put into the mailbox, not reached, told to
# the whole house (a group notice), spoken without a recording.
_RULES: Mapping[tuple[Way, Result], _Rule] = {
    (Way.IN_PERSON, Result.SIGNED): _Rule(P8_DOCUMENT, receivers=_HOUSEHOLD),
    (Way.IN_PERSON, Result.REFUSED): _REFUSED,
    (Way.IN_PERSON, Result.RECORDED): _RECORDING,
    (Way.PHONE, Result.RECORDED): _RECORDING,
    **{
        (way, result): rule
        for way in (Way.EMS, Way.POST, Way.LAWYER)
        for result, rule in (
            (Result.SIGNED, _ARRIVED),
            (Result.ARRIVED, _ARRIVED),
            (Result.REFUSED, _RETURNED),
            (Result.RETURNED, _RETURNED),
        )
    },
    (Way.SMS, Result.ARRIVED): _MESSAGE,
    (Way.WECHAT, Result.ARRIVED): _MESSAGE,
    (Way.E_MAIL, Result.ARRIVED): _MESSAGE,
    (Way.PUBLIC_NOTICE, Result.ARRIVED): _Rule(P8_NOTICE, proof=True, medium=True),
    (Way.SUIT, Result.FILED): _Rule(P10_SUIT),
    (Way.ARBITRATION, Result.FILED): _Rule(C195_SUIT),
    (Way.PAYMENT_ORDER, Result.FILED): _Rule(P11_COURT),
    (Way.MEDIATION, Result.FILED): _Rule(P12_MEDIATION),
    (Way.POLICE, Result.FILED): _Rule(P13_POLICE),
    (Way.ACKNOWLEDGEMENT, Result.SIGNED): _Rule(P19_REVIVES, receivers=_DEBTOR, revives=True),
}
# A part that was paid is performance (14); what is paid after the period revives no rest (192).
PAYMENT_WEIGHT = Weight(Strength.PROVED, P14_PERFORMS)


def weigh_act(act: ActProof, *, joint: bool, rules: LimitationRules) -> Weight:
    """Return what an act of urging is worth.

    `joint` is whether a user owes the bill beside the owner (条例 41): what interrupts against one
    interrupts against both (Provisions 15).
    """
    rule = _RULES.get((act.way, act.result))
    if rule is None:
        return Weight(Strength.WEAK, P8_DOCUMENT, LACKS_ARRIVED)
    lacks = rule.lacks(act, joint=joint)
    if lacks is not None:
        return Weight(Strength.WEAK, rule.article, lacks)
    if not rule.is_counted(act, rules):
        return Weight(Strength.ARGUABLE, rule.article, ONLY_ARGUABLE)
    by_user = act.relation is Relation.USER and rule.receivers is not None
    article = P15_JOINT if by_user else rule.article
    return Weight(Strength.PROVED, article, revives=rule.revives and not by_user)


def weigh_promise(way: PromiseWay, relation: Relation, *, has_proof: bool, joint: bool) -> Weight:
    """Return what a promise to pay, a plan or a request for delay is worth (Provisions 14).

    Written and signed it counts, and after the period it is a new promise (19); a message counts
    with its picture; a word alone is weak, and so is whatever somebody else promised.
    """
    if relation not in _DEBTOR and not (joint and relation is Relation.USER):
        return Weight(Strength.WEAK, P14_PERFORMS, LACKS_DEBTOR)
    if way is PromiseWay.WRITTEN:
        if relation is Relation.USER:
            return Weight(Strength.PROVED, P15_JOINT)
        return Weight(Strength.PROVED, P19_REVIVES, revives=True)
    if way is PromiseWay.MESSAGE and has_proof:
        return Weight(Strength.PROVED, P14_PERFORMS)
    return Weight(Strength.WEAK, P14_PERFORMS, LACKS_PROOF)


def limitation_of(
    due_on: date,
    events: Iterable[Event],
    rules: LimitationRules = LimitationRules(),
    suspensions: Sequence[Suspension] = (),
    today: date = date.min,
) -> Limitation:
    """Return until when a bill can be enforced, from its day of payment and what happened since.

    A demand after the period ran out does not bring it back; what the debtor himself then signs
    does (Provisions 19). Twenty years after the day of payment it ends in any case (188). `today`
    is asked for by an obstacle that goes on.
    """

    def period(first: date) -> tuple[date, Suspension | None]:
        end = years_after(first, rules.years)
        return suspended_end(end, suspensions, rules.suspended_months, today)

    cap = years_after(due_on, rules.longest_years)
    since, cause, weak = due_on, None, list[Event]()
    last_on, suspension = period(due_on)
    for event in sorted(events, key=lambda one: (one.on_day, one.entered_on, one.id)):
        if event.on_day <= due_on:
            continue
        found = _checked(event)
        if found.weight.strength is not Strength.PROVED:
            weak.append(found)
        elif event.on_day <= last_on or event.weight.revives:
            since, cause, weak = event.on_day, event, []
            last_on, suspension = period(since)
    if last_on > cap:
        return Limitation(cap, since, cause, tuple(weak), is_capped=True)
    return Limitation(last_on, since, cause, tuple(weak), suspension=suspension)


def _checked(event: Event) -> Event:
    """Return an event; one dated after its own entry is a slip or a wrong clock (F31): weak."""
    if event.on_day <= event.entered_on or event.weight.strength is not Strength.PROVED:
        return event
    weight = Weight(Strength.WEAK, event.weight.article, LACKS_ORDER)
    return replace(event, weight=weight)
