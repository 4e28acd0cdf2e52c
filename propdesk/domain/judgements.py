"""What the office makes of a matter: how grave, justified or not, why, and what prevents it.

Sources: R27 (what the wish rests on), R33 (severity), R53 (the root cause is not what was seen).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.causes import CauseKind
from propdesk.domain.fields import Problems, check_text
from propdesk.domain.tickets import Severity, Status, Ticket, check_open
from propdesk.i18n import LazyText, _lazy


class Validity(StrEnum):
    """Whether a complaint is justified; empty text is stored while nobody has said."""

    VALID = "valid"
    INVALID = "invalid"


class WishBasis(StrEnum):
    """What the caller's wish rests on (R27); empty text is stored while nobody has said."""

    CONTRACT = "contract"
    LAW = "law"
    REQUEST = "request"
    UNSPOKEN = "unspoken"


VALIDITY_LABELS: Mapping[Validity, LazyText] = {
    Validity.VALID: _lazy("Justified"),
    Validity.INVALID: _lazy("Not justified"),
}
BASIS_LABELS: Mapping[WishBasis, LazyText] = {
    WishBasis.CONTRACT: _lazy("Contract"),
    WishBasis.LAW: _lazy("Law"),
    WishBasis.REQUEST: _lazy("Direct request"),
    WishBasis.UNSPOKEN: _lazy("Unspoken need"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the office found; None and empty text are what nobody has said yet."""

    severity: Severity = Severity.ORDINARY
    validity: Validity | None = None
    cause_kind: CauseKind | None = None
    cause: str = ""
    prevention: str = ""

    def stored(self) -> dict[str, str]:
        """Return the columns of the ticket that it fills."""
        return {
            "severity": self.severity.value,
            "validity": self.validity.value if self.validity else "",
            "cause_kind": self.cause_kind.value if self.cause_kind else "",
            "cause": self.cause,
            "prevention": self.prevention,
        }


def judgement_of(ticket: Ticket) -> Judgement:
    """Return what was found about a ticket so far."""
    return Judgement(
        severity=ticket.severity,
        validity=Validity(ticket.validity) if ticket.validity else None,
        cause_kind=CauseKind(ticket.cause_kind) if ticket.cause_kind else None,
        cause=ticket.cause,
        prevention=ticket.prevention,
    )


def check_judgement(judgement: Judgement, status: Status) -> Problems:
    """Return what is wrong with a judgement: texts that are too long. Refuse an ended ticket."""
    check_open(status)
    return (
        *check_text("cause", judgement.cause),
        *check_text("prevention", judgement.prevention),
    )
