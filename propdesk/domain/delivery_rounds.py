"""What came of the letters of a round, or of the receipts that the post brought back (law.md 1.6).

An outcome is way, result and who signed in one word, so that one key says it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.dunning import Relation, Result, Way
from propdesk.i18n import LazyText, _lazy


class Carrier(StrEnum):
    """Who brings letters: our own people, or the post with a receipt."""

    HAND = "hand"
    POST = "post"


CARRIER_LABELS: Mapping[Carrier, LazyText] = {
    Carrier.HAND: _lazy("Brought to the door"),
    Carrier.POST: _lazy("By EMS, with receipts"),
}


class Outcome(StrEnum):
    """What came of one letter."""

    SELF = "self"
    FAMILY = "family"
    AUTHORISED = "authorised"
    USER = "user"
    REFUSED = "refused"
    LEFT = "left"
    MAILBOX = "mailbox"
    NOBODY = "nobody"
    POSTED = "posted"
    ARRIVED = "arrived"
    DECLINED = "declined"
    RETURNED = "returned"


OUTCOME_LABELS: Mapping[Outcome, LazyText] = {
    Outcome.SELF: _lazy("Signed by the debtor"),
    Outcome.FAMILY: _lazy("Signed by family"),
    Outcome.AUTHORISED: _lazy("Signed by authorised"),
    Outcome.USER: _lazy("Signed by the user"),
    Outcome.REFUSED: _lazy("Refused to take it"),
    Outcome.LEFT: _lazy("Left at the door"),
    Outcome.MAILBOX: _lazy("In the mailbox"),
    Outcome.NOBODY: _lazy("Nobody there, brought back"),
    Outcome.POSTED: _lazy("Handed to the post"),
    Outcome.ARRIVED: _lazy("Has arrived"),
    Outcome.DECLINED: _lazy("Refused at the post"),
    Outcome.RETURNED: _lazy("Returned to sender"),
}

# The first one is what one key gives to all that are left.
OUTCOMES: Mapping[Carrier, tuple[Outcome, ...]] = {
    Carrier.HAND: (
        Outcome.SELF, Outcome.FAMILY, Outcome.AUTHORISED, Outcome.USER, Outcome.REFUSED,
        Outcome.LEFT, Outcome.MAILBOX, Outcome.NOBODY,
    ),
    Carrier.POST: (Outcome.ARRIVED, Outcome.DECLINED, Outcome.RETURNED, Outcome.POSTED),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Meant:
    """What an outcome is written down as."""

    way: Way
    result: Result
    relation: Relation | None = None


MEANT: Mapping[Outcome, Meant] = {
    Outcome.SELF: Meant(Way.IN_PERSON, Result.SIGNED, Relation.SELF),
    Outcome.FAMILY: Meant(Way.IN_PERSON, Result.SIGNED, Relation.ADULT_FAMILY),
    Outcome.AUTHORISED: Meant(Way.IN_PERSON, Result.SIGNED, Relation.AUTHORISED),
    Outcome.USER: Meant(Way.IN_PERSON, Result.SIGNED, Relation.USER),
    Outcome.REFUSED: Meant(Way.IN_PERSON, Result.REFUSED),
    Outcome.LEFT: Meant(Way.POSTED_AT_DOOR, Result.LEFT),
    Outcome.MAILBOX: Meant(Way.MAILBOX, Result.LEFT),
    Outcome.NOBODY: Meant(Way.IN_PERSON, Result.UNREACHED),
    Outcome.POSTED: Meant(Way.EMS, Result.SENT),
    Outcome.ARRIVED: Meant(Way.EMS, Result.ARRIVED),
    Outcome.DECLINED: Meant(Way.EMS, Result.REFUSED),
    Outcome.RETURNED: Meant(Way.EMS, Result.RETURNED),
}
