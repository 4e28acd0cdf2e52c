"""Keys and cards of a house (钥匙 门禁卡, R83): who holds how many, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import MOST_FEN, money_words
from propdesk.i18n import LazyText, _, _lazy

MOST_KEYS = 999


class KeyKind(StrEnum):
    """What is handed out."""

    HOUSE_KEY = "house-key"
    MAILBOX_KEY = "mailbox-key"
    METER_KEY = "meter-key"
    DOOR_CARD = "door-card"
    LIFT_CARD = "lift-card"
    PARKING_CARD = "parking-card"
    REMOTE = "remote"
    OTHER = "other"


class KeyOutcome(StrEnum):
    """What became of keys; '' is that somebody holds them."""

    RETURNED = "returned"
    LOST = "lost"
    CANCELLED = "cancelled"


KEY_LABELS: Mapping[KeyKind, LazyText] = {
    KeyKind.HOUSE_KEY: _lazy("House key"),
    KeyKind.MAILBOX_KEY: _lazy("Letter-box key"),
    KeyKind.METER_KEY: _lazy("Key of the meter box"),
    KeyKind.DOOR_CARD: _lazy("Door card"),
    KeyKind.LIFT_CARD: _lazy("Lift card"),
    KeyKind.PARKING_CARD: _lazy("Parking card"),
    KeyKind.REMOTE: _lazy("Remote control"),
    KeyKind.OTHER: _lazy("Other key or card"),
}
OUTCOME_LABELS: Mapping[KeyOutcome, LazyText] = {
    KeyOutcome.RETURNED: _lazy("Returned"),
    KeyOutcome.LOST: _lazy("Lost"),
    KeyOutcome.CANCELLED: _lazy("Cancelled"),
}
# Cards open doors until they are cancelled; keys until the lock is changed.
_CARDS = (KeyKind.DOOR_CARD, KeyKind.LIFT_CARD, KeyKind.PARKING_CARD, KeyKind.REMOTE)


@dataclass(frozen=True, slots=True)
class KeyDraft:
    """Keys of one kind as they are handed out: to whom, how many, against which deposit.

    `with_office` are those that the owner leaves with the office.
    """

    kind: KeyKind
    count: int = 1
    holder: str = ""
    person_id: int | None = None
    label: str = ""
    deposit_fen: int = 0
    from_on: date | None = None
    with_office: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitKey:
    """Keys of one kind that somebody holds or held; `holder` is the name as it is shown."""

    id: int
    unit_id: int
    where: str
    kind: KeyKind
    count: int
    holder: str
    person_id: int | None
    label: str
    deposit_fen: int
    deposit_back_fen: int | None
    from_on: date
    ended_on: date | None
    outcome: KeyOutcome | None
    with_office: bool
    note: str
    by: str
    version: int

    @property
    def is_held(self) -> bool:
        """Tell whether they are still out, or lie in the office."""
        return self.outcome is None

    @property
    def words(self) -> str:
        """What they are and how many: `Door card 0831 ×2`."""
        name = f"{KEY_LABELS[self.kind]} {self.label}".rstrip()
        return f"{name} ×{self.count}"


def check_key(draft: KeyDraft, today: date) -> Problems:
    """Return what keeps keys from being handed out."""
    problems = []
    if not 1 <= draft.count <= MOST_KEYS:
        sentence = _("Write how many, from 1 to {most}.").format(most=MOST_KEYS)
        problems.append(Problem("count", sentence))
    if not 0 <= draft.deposit_fen <= MOST_FEN:
        problems.append(Problem("deposit", _("Check the deposit; it is no amount of money.")))
    nobody = draft.person_id is None and not draft.with_office
    missing = _("Write who takes them.") if nobody else ""
    problems += check_line("holder", draft.holder, missing)
    problems += check_line("label", draft.label)
    problems += check_text("note", draft.note)
    if draft.from_on is not None and draft.from_on > today:
        problems.append(Problem("from_on", _("This day has not come yet.")))
    return tuple(problems)


def check_end(key: UnitKey, *, count: int, on: date, back_fen: int, today: date) -> None:
    """Refuse to end keys that are not out, more than there are, or before they were given.

    Raises RuleError; `back_fen` is what is given back of the deposit.
    """
    if key.outcome is not None:
        raise RuleError(
            "key-ended",
            _("These are no longer out: {state}, {day}.").format(
                state=OUTCOME_LABELS[key.outcome], day=key.ended_on
            ),
        )
    if not 1 <= count <= key.count:
        raise RuleError(
            "key-count",
            _("{holder} holds {count} of these; write a number up to that.").format(
                holder=key.holder, count=key.count
            ),
        )
    if not key.from_on <= on <= today:
        raise RuleError(
            "key-day",
            _("They were handed out on {day}; write a day from then until today.").format(
                day=key.from_on
            ),
        )
    if not 0 <= back_fen <= key.deposit_fen:
        raise RuleError(
            "key-deposit",
            _("The deposit was {amount} yuan; no more than that can be given back.").format(
                amount=money_words(key.deposit_fen)
            ),
        )


def lost_hint(kind: KeyKind) -> str:
    """Return what is to be done after keys were lost."""
    if kind in _CARDS:
        return _("Have the card cancelled in the gate system today, then hand out a new one.")
    return _("Advise the owner to change the lock; offer a locksmith as paid work.")
