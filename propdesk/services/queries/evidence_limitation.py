"""The section of an evidence pack that reckons the limitation of each bill (law.md 1.3)."""

from propdesk.domain.limitation import Event, EventKind, Limitation
from propdesk.domain.suspensions import OBSTACLE_LABELS, NotedSuspension
from propdesk.i18n import _
from propdesk.reports.evidence import Piece, Rows, Words
from propdesk.services.parts.arrears_rules import load_arrears_rules
from propdesk.services.queries.bills import Bill
from propdesk.services.queries.evidence import Evidence

_BETWEEN = "\n"


def bill_words(bill: Bill) -> str:
    """Return a bill as the tables name it: item and period."""
    return f"{bill.item}\n{bill.from_on} – {bill.until_on}"


def limitation_pieces(evidence: Evidence) -> list[Piece]:
    """Return how each bill's end is reckoned, from what, and which events do not count yet."""
    rows = []
    for place, bill in enumerate(evidence.bills, 1):
        limitation = evidence.limitations[bill.id].limitation
        weak = [f"{_name(evidence, event)}: {event.weight.lacks}" for event in limitation.weak]
        rows.append((
            str(place), bill_words(bill), str(bill.due_on), str(limitation.since),
            _why(evidence, limitation), _end(evidence, limitation), _BETWEEN.join(weak),
        ))  # fmt: skip
    heads = [
        (_("No."), 9.0, True), (_("Item and period"), 38.0, False), (_("Due on"), 18.0, False),
        (_("Counted from"), 19.0, False), (_("Why"), 38.0, False), (_("Ends on"), 19.0, False),
        (_("Not counted, and what is missing"), 0.0, False),
    ]  # fmt: skip
    years = load_arrears_rules(evidence.today).limitation.years
    return [
        Words(
            _(
                "Each bill is counted for itself from its own day of payment, the cautious reading "
                "of Civil Code 189, and runs {years} years from the last interruption that is "
                "proved (Civil Code 188, 195; Provisions on Limitation 2020). The dates are "
                "reckoned by the program; the court decides."
            ).format(years=years)
        ),
        Rows(heads, rows),
        *_obstacles(evidence),
    ]


def _name(evidence: Evidence, event: Event) -> str:
    """Return an event by its number in this pack."""
    places = {act.id: f"A{place}" for place, act in enumerate(evidence.acts, 1)}
    receipts = {payment.id: payment.number for payment in evidence.payments}
    plans = {plan.id: plan.number for plan in evidence.plans}
    words = {
        EventKind.ACT: (_("act {name}"), places),
        EventKind.PAYMENT: (_("payment {name}"), receipts),
        EventKind.PROMISE: (_("promise {name}"), plans),
    }[event.kind]
    return words[0].format(name=words[1].get(event.id, event.id))


def _why(evidence: Evidence, limitation: Limitation) -> str:
    why = [_("day of payment; Civil Code 188")]
    if limitation.cause is not None:
        why = [_name(evidence, limitation.cause), str(limitation.cause.weight.article)]
    if limitation.suspension is not None:
        why.append(_("suspended; Civil Code 194"))
    return _BETWEEN.join(why)


def _end(evidence: Evidence, limitation: Limitation) -> str:
    if limitation.days_left(evidence.today) < 0:
        return f"{limitation.last_on}\n{_('run out')}"
    if limitation.is_open_ended:
        return _("not before {day}").format(day=limitation.last_on)
    return str(limitation.last_on)


def _obstacles(evidence: Evidence) -> list[Piece]:
    """Return what suspended the bills of the house, each with how it is known."""
    if not evidence.suspensions:
        return []
    heads = [
        (_("Obstacle"), 52.0, False), (_("Since"), 22.0, False), (_("Gone on"), 22.0, False),
        (_("How it is known"), 0.0, False), (_("Entered"), 30.0, False),
    ]  # fmt: skip
    months = load_arrears_rules(evidence.today).limitation.suspended_months
    words = _(
        "An obstacle in the last {months} months of a period suspends it; it ends {months} months "
        "after the obstacle is gone (Civil Code 194)."
    )
    rows = [_obstacle(one) for one in evidence.suspensions]
    return [Words(words.format(months=months)), Rows(heads, rows, _("Obstacles"))]


def _obstacle(one: NotedSuspension) -> tuple[str, ...]:
    return (
        str(OBSTACLE_LABELS[one.obstacle]),
        str(one.from_on),
        str(one.until_on) if one.until_on else _("goes on"),
        one.note,
        f"{one.entered_at:%Y-%m-%d}\n{one.by}",
    )
