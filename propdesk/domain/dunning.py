"""Urging payment: stages (law.md 1.6), ways, results, who received, states of a letter."""

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from propdesk.i18n import LazyText, _lazy


class Way(StrEnum):
    """How a demand was made."""

    IN_PERSON = "in-person"
    PHONE = "phone"
    EMS = "ems"
    POST = "post"
    POSTED_AT_DOOR = "posted-at-door"
    MAILBOX = "mailbox"
    SMS = "sms"
    WECHAT = "wechat"
    E_MAIL = "e-mail"
    PUBLIC_NOTICE = "public-notice"
    LAWYER = "lawyer"
    MEDIATION = "mediation"
    PAYMENT_ORDER = "payment-order"
    SUIT = "suit"
    ARBITRATION = "arbitration"
    POLICE = "police"
    ACKNOWLEDGEMENT = "acknowledgement"


class Result(StrEnum):
    """What came of a demand."""

    SIGNED = "signed"
    ARRIVED = "arrived"
    SPOKEN = "spoken"
    RECORDED = "recorded"
    REFUSED = "refused"
    LEFT = "left"
    RETURNED = "returned"
    SENT = "sent"
    UNREACHED = "unreached"
    FILED = "filed"


class Medium(StrEnum):
    """Where a public notice to somebody whose whereabouts are unknown was printed."""

    NATIONAL = "national"
    PROVINCIAL = "provincial"
    LOCAL = "local"


class Relation(StrEnum):
    """Who received a demand."""

    SELF = "self"
    ADULT_FAMILY = "adult-family"
    AUTHORISED = "authorised"
    USER = "user"
    OTHER = "other"


class LetterState(StrEnum):
    """How far a letter went."""

    DRAFT = "draft"
    APPROVED = "approved"
    PRINTED = "printed"
    SENT = "sent"
    DELIVERED = "delivered"
    REFUSED = "refused"
    RETURNED = "returned"
    SETTLED = "settled"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


class PromiseWay(StrEnum):
    """How a promise to pay was given."""

    SPOKEN = "spoken"
    MESSAGE = "message"
    WRITTEN = "written"


WAY_LABELS: Mapping[Way, LazyText] = {
    Way.IN_PERSON: _lazy("In person"),
    Way.PHONE: _lazy("By phone"),
    Way.EMS: _lazy("By EMS"),
    Way.POST: _lazy("By post"),
    Way.POSTED_AT_DOOR: _lazy("Posted at the door"),
    Way.MAILBOX: _lazy("Put into the mailbox"),
    Way.SMS: _lazy("By text message"),
    Way.WECHAT: _lazy("By WeChat"),
    Way.E_MAIL: _lazy("By e-mail"),
    Way.PUBLIC_NOTICE: _lazy("Public notice"),
    Way.LAWYER: _lazy("Lawyer's letter"),
    Way.MEDIATION: _lazy("Mediation"),
    Way.PAYMENT_ORDER: _lazy("Payment order"),
    Way.SUIT: _lazy("Suit"),
    Way.ARBITRATION: _lazy("Arbitration"),
    Way.POLICE: _lazy("Report to the police"),
    Way.ACKNOWLEDGEMENT: _lazy("Signed acknowledgement"),
}


RESULT_LABELS: Mapping[Result, LazyText] = {
    Result.SIGNED: _lazy("Signed for"),
    Result.ARRIVED: _lazy("Has arrived"),
    Result.SPOKEN: _lazy("Spoken with"),
    Result.RECORDED: _lazy("Spoken with, recorded"),
    Result.REFUSED: _lazy("Refused to take it"),
    Result.LEFT: _lazy("Left there"),
    Result.RETURNED: _lazy("Returned to sender"),
    Result.SENT: _lazy("Sent"),
    Result.UNREACHED: _lazy("Not reached"),
    Result.FILED: _lazy("Filed"),
}


MEDIUM_LABELS: Mapping[Medium, LazyText] = {
    Medium.NATIONAL: _lazy("National medium"),
    Medium.PROVINCIAL: _lazy("Medium of his province"),
    Medium.LOCAL: _lazy("Local medium or notice board"),
}


RELATION_LABELS: Mapping[Relation, LazyText] = {
    Relation.SELF: _lazy("The debtor"),
    Relation.ADULT_FAMILY: _lazy("Adult family member living there"),
    Relation.AUTHORISED: _lazy("Authorised person"),
    Relation.USER: _lazy("User of the house"),
    Relation.OTHER: _lazy("Somebody else"),
}


LETTER_STATE_LABELS: Mapping[LetterState, LazyText] = {
    LetterState.DRAFT: _lazy("Draft"),
    LetterState.APPROVED: _lazy("Signed off"),
    LetterState.PRINTED: _lazy("On paper"),
    LetterState.SENT: _lazy("Sent"),
    LetterState.DELIVERED: _lazy("Delivered"),
    LetterState.REFUSED: _lazy("Refused to take it"),
    LetterState.RETURNED: _lazy("Returned to sender"),
    LetterState.SETTLED: _lazy("Settled"),
    LetterState.WITHDRAWN: _lazy("Withdrawn"),
    LetterState.VOIDED: _lazy("Void"),
}


PROMISE_LABELS: Mapping[PromiseWay, LazyText] = {
    PromiseWay.SPOKEN: _lazy("Spoken"),
    PromiseWay.MESSAGE: _lazy("By message"),
    PromiseWay.WRITTEN: _lazy("Written and signed"),
}


class Stage(IntEnum):
    """The stages of urging, law.md 1.6; their days are rows of the rule table."""

    NOTICE = 0
    REMINDER = 1
    SLIP = 2
    VISIT = 3
    LETTER = 4
    LAWYER = 5
    COURT = 6


STAGE_LABELS: Mapping[Stage, LazyText] = {
    Stage.NOTICE: _lazy("Bill notice"),
    Stage.REMINDER: _lazy("Friendly reminder"),
    Stage.SLIP: _lazy("Demand slip"),
    Stage.VISIT: _lazy("Home visit"),
    Stage.LETTER: _lazy("Formal demand letter"),
    Stage.LAWYER: _lazy("Lawyer's letter"),
    Stage.COURT: _lazy("Mediation or court"),
}
