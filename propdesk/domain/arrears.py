"""Arrears: why a house does not pay (idea 6), and how far the matter went."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class ArrearsReason(StrEnum):
    """Why a house does not pay."""

    FORGOT = "forgot"
    SERVICE = "service"
    QUALITY = "quality"
    HARDSHIP = "hardship"
    VACANT = "vacant"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"
    UNWILLING = "unwilling"


class LegalState(StrEnum):
    """How far a claim went before lawyers and courts."""

    LAWYER = "lawyer"
    MEDIATION = "mediation"
    PAYMENT_ORDER = "payment-order"
    SUIT = "suit"
    JUDGEMENT = "judgement"
    ENFORCEMENT = "enforcement"


ARREARS_REASON_LABELS: Mapping[ArrearsReason, LazyText] = {
    ArrearsReason.FORGOT: _lazy("Forgot"),
    ArrearsReason.SERVICE: _lazy("Dissatisfied with the service"),
    ArrearsReason.QUALITY: _lazy("Quality of the house"),
    ArrearsReason.HARDSHIP: _lazy("Financial hardship"),
    ArrearsReason.VACANT: _lazy("House is vacant"),
    ArrearsReason.UNREACHABLE: _lazy("Cannot be reached"),
    ArrearsReason.WAITING: _lazy("Waits what others do"),
    ArrearsReason.UNWILLING: _lazy("Unwilling"),
}


LEGAL_LABELS: Mapping[LegalState, LazyText] = {
    LegalState.LAWYER: _lazy("With the lawyer"),
    LegalState.MEDIATION: _lazy("In mediation"),
    LegalState.PAYMENT_ORDER: _lazy("Payment order"),
    LegalState.SUIT: _lazy("In court"),
    LegalState.JUDGEMENT: _lazy("Judgement"),
    LegalState.ENFORCEMENT: _lazy("Enforcement"),
}
