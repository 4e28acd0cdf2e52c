"""What keeps a move from being recorded: a sentence for each field, all of them at once."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.leave_reasons import LeaveReason
from propdesk.domain.money import money_words
from propdesk.domain.moves import (
    METER_LABELS,
    MOVE_LABELS,
    MOVE_RULES,
    PASSES_OWNERSHIP,
    Meter,
    MoveDraft,
    MoveKind,
    MoveRule,
    Staying,
    ends,
)
from propdesk.domain.persons import ResidentRole, is_phone
from propdesk.domain.settlements import SettlementLine, check_settlement, sum_settlement
from propdesk.domain.texts import fold
from propdesk.domain.unit_drafts import MOST_MINORS
from propdesk.domain.unit_keys import UnitKey
from propdesk.i18n import _


def check_move(draft: MoveDraft, present: Sequence[Staying], today: date) -> Problems:
    """Return what keeps a move from being recorded, a sentence for each field."""
    rule = MOVE_RULES[draft.kind]
    problems: list[Problem] = []
    if draft.on_day is None:
        problems.append(Problem("on_day", _("Write the day of the move.")))
    elif draft.until_on is not None and draft.until_on < draft.on_day:
        problems.append(Problem("until_on", _("The last day lies before the first.")))
    if draft.told_on is not None and draft.told_on > today:
        problems.append(Problem("told_on", _("This day has not come yet.")))
    problems += _check_reason(draft, rule)
    problems += _check_people(draft, rule, present)
    problems += _check_foreign(draft, rule)
    if draft.minors is not None and not 0 <= draft.minors <= MOST_MINORS:
        words = _("Write how many children live here as a number up to {most}, without names.")
        problems.append(Problem("minors", words.format(most=MOST_MINORS)))
    problems += check_meters(draft.meters)
    problems += check_settlement(draft.settlement)
    problems += check_settled(draft.settled_on, today)
    for name in ("handled_by", "new_address"):
        problems += check_line(name, getattr(draft, name))
    for name in ("note", "reason_text", "open_reason"):
        problems += check_text(name, getattr(draft, name))
    problems += check_phone("new_phone", draft.new_phone)
    return tuple(problems)


def check_phone(field: str, phone: str) -> Problems:
    """Return what is wrong with a phone number that may be missing."""
    if not phone or is_phone(phone):
        return ()
    return (Problem(field, _("«{phone}» is no phone number.").format(phone=phone[:30])),)


def _check_reason(draft: MoveDraft, rule: MoveRule) -> list[Problem]:
    if not rule.reason:
        return []
    if draft.reason is None:
        return [Problem("reason", _("Choose why they leave; ask, do not guess."))]
    if draft.reason is LeaveReason.OTHER and not draft.reason_text:
        return [Problem("reason_text", _("Write the reason in a few words."))]
    return []


def _check_people(draft: MoveDraft, rule: MoveRule, present: Sequence[Staying]) -> list[Problem]:
    problems = []
    leaving = [one for one in present if one.residency_id in draft.leaving]
    if len(leaving) < len(set(draft.leaving)):
        problems.append(Problem("leaving", _("Somebody who leaves is not in this house now.")))
    if any(one.role not in rule.may_leave for one in leaving):
        sentence = _("A move of this kind does not end that; record the one that does.")
        problems.append(Problem("leaving", sentence))
    if not leaving and _must_leave(draft.kind, present):
        problems.append(Problem("leaving", _("Choose who leaves.")))
    if rule.must_come and not draft.coming:
        problems.append(Problem("coming", _("Write who comes.")))
    for one in draft.coming:
        missing = _("Write the name of everybody who comes.") if one.person_id is None else ""
        problems += check_line("coming", one.name, missing)
        problems += check_line("coming", one.relation)
        for phone in one.phones:
            problems += check_phone("coming", phone)
    return problems + list(_check_shares(draft, present))


def _must_leave(kind: MoveKind, present: Sequence[Staying]) -> bool:
    """Tell whether a move without anybody who leaves is none; who sells needs an owner before."""
    if kind in PASSES_OWNERSHIP:
        return any(one.role is ResidentRole.OWNER for one in present)
    return kind in {MoveKind.MOVE_OUT, MoveKind.LEASE_END}


def _check_shares(draft: MoveDraft, present: Sequence[Staying]) -> Problems:
    """Ask that the shares of all who then own the house make it whole; all may be without."""
    stay = [
        one.share
        for one in present
        if one.role is ResidentRole.OWNER
        and not (one.residency_id in draft.leaving and ends(draft.kind, one))
        and one.person_id not in {newcomer.person_id for newcomer in draft.coming}
    ]
    come = [
        one.share
        for one in draft.coming
        if (one.role or MOVE_RULES[draft.kind].comes) is ResidentRole.OWNER
    ]
    if not come:
        return ()
    shares = stay + come
    said = [share for share in shares if share is not None]
    if not said:
        return ()
    if len(said) < len(shares):
        sentence = _("Give each owner a share, also those who stay, or none of them.")
        return (Problem("coming", sentence),)
    if sum(said) != 1:
        sentence = _("The shares of all owners make {sum}, not 1; correct them.")
        return (Problem("coming", sentence.format(sum=sum(said))),)
    return ()


def _check_foreign(draft: MoveDraft, rule: MoveRule) -> list[Problem]:
    """Refuse what a move of this kind does not have, so that nothing typed is lost."""
    has_keys_to_give = draft.settlement or draft.settled_on or draft.new_address or draft.new_phone
    foreign = (
        ("until_on", rule.until, draft.until_on),
        ("told_on", rule.told, draft.told_on),
        ("reason", rule.reason, draft.reason or draft.reason_text),
        ("settlement", rule.settles, has_keys_to_give),
        ("meters", rule.meters, draft.meters),
        ("coming", rule.comes is not None, draft.coming),
        ("leaving", bool(rule.may_leave), draft.leaving),
    )
    sentence = _("A move of the kind «{kind}» does not have this; leave it empty.")
    return [
        Problem(name, sentence.format(kind=MOVE_LABELS[draft.kind]))
        for name, has, value in foreign
        if value and not has
    ]


def keys_of_leavers(
    kind: MoveKind, keys: Sequence[UnitKey], present: Sequence[Staying], leaving: Collection[int]
) -> tuple[UnitKey, ...]:
    """Return the keys that those hold or held who leave.

    When a house changes hands these are also the ones of nobody who stays. What an owner holds who
    only moves out stays with him.
    """
    gone = [one for one in present if one.residency_id in leaving and ends(kind, one)]
    stay = [one for one in present if one not in gone]

    def is_of(key: UnitKey, people: Sequence[Staying]) -> bool:
        if key.person_id is not None:
            return key.person_id in {one.person_id for one in people}
        return fold(key.holder) in {fold(one.name) for one in people}

    return tuple(
        key
        for key in keys
        if is_of(key, gone) or (kind is MoveKind.TRANSFER and not is_of(key, stay))
    )


def keys_due(keys: Iterable[UnitKey]) -> tuple[UnitKey, ...]:
    """Return the keys that are still to come back; what lies in the office is back."""
    return tuple(key for key in keys if key.is_held and not key.with_office)


def open_ends(
    keys: Sequence[UnitKey], settlement: Sequence[SettlementLine], settled_on: date | None
) -> tuple[str, ...]:
    """Return what is still open when somebody leaves: each key, and what is not settled."""
    ends_ = [
        _("{what} not returned ({holder})").format(what=key.words, holder=key.holder)
        for key in keys
    ]
    if settled_on is None:
        balance = sum_settlement(settlement).balance_fen
        if balance > 0:
            words = _("{amount} yuan not paid yet")
        elif balance < 0:
            words = _("{amount} yuan not given back yet")
        else:
            words = _("the day of settlement is missing")
        ends_.append(words.format(amount=money_words(abs(balance))))
    return tuple(ends_)


def check_open_ends(found: Sequence[str], open_reason: str) -> Problems:
    """Name all that is open at once; with a reason they may leave all the same."""
    if not found or open_reason:
        return ()
    sentence = _("Still open: {list}. Settle it, or write why they leave all the same.")
    return (Problem("open_reason", sentence.format(list=_("; ").join(found))),)


def check_meters(meters: Mapping[Meter, str]) -> Problems:
    """Return what is wrong with readings: nine figures and three decimals at most (F46)."""
    problems = []
    for meter, reading in meters.items():
        whole, _point, decimals = reading.partition(".")
        if not (
            reading.isascii()
            and whole.isdigit()
            and len(whole) <= 9
            and (decimals.isdigit() or not _point)
            and len(decimals) <= 3
        ):
            sentence = _("«{text}» is no reading of the meter {meter}; write it like 1234.5.")
            words = sentence.format(text=reading[:20], meter=METER_LABELS[meter])
            problems.append(Problem("meters", words))
    return tuple(problems)


def check_settled(settled_on: date | None, today: date) -> Problems:
    """Return what is wrong with the day on which all was settled."""
    if settled_on is not None and settled_on > today:
        return (Problem("settled_on", _("This day has not come yet.")),)
    return ()
