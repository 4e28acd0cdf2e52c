"""What keeps a move from being recorded: a sentence for each field, all of them at once."""

from collections.abc import Mapping, Sequence
from datetime import date

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.leave_reasons import LeaveReason
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
from propdesk.domain.settlements import check_settlement
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
    problems += check_meters(draft.meters)
    problems += check_settlement(draft.settlement)
    problems += check_settled(draft.settled_on, today)
    for name in ("handled_by", "new_address"):
        problems += check_line(name, getattr(draft, name))
    for name in ("note", "reason_text", "open_reason"):
        problems += check_text(name, getattr(draft, name))
    if draft.new_phone and not is_phone(draft.new_phone):
        sentence = _("«{phone}» is no phone number.").format(phone=draft.new_phone[:30])
        problems.append(Problem("new_phone", sentence))
    return tuple(problems)


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
        problems += [
            Problem("coming", _("«{phone}» is no phone number.").format(phone=phone[:30]))
            for phone in one.phones
            if not is_phone(phone)
        ]
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
