"""The three sentences at the head of the report: facts from the figures, in whole sentences."""

from collections.abc import Sequence

from propdesk.domain.classes import UNCLASSED, class_label
from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import sub_class_name
from propdesk.domain.complaint_rows import ClassRow
from propdesk.domain.rates import Rate
from propdesk.i18n import _
from propdesk.reports.parts.report_figures import percent
from propdesk.reports.parts.report_opening import Sentence

_MOST_NAMED = 3


def sentences(figures: ComplaintFigures) -> tuple[Sentence, ...]:
    """Return what came in, what it was about, and what is left."""
    if not figures.has_begun:
        said = Sentence(_("This month has not begun."))
        return (said, _open(figures)) if figures.has_records else (said,)
    if not figures.has_records:
        return (
            Sentence(_("There is no complaint on record up to the end of this month.")),
            Sentence(_("All figures below are therefore zero or empty.")),
        )
    if figures.is_empty:
        return (Sentence(_("No complaint was open, came in or was closed in this month.")),)
    return (_received(figures), _classes(figures), _open(figures))


def _received(figures: ComplaintFigures) -> Sentence:
    received = figures.balance.received
    runs = figures.is_running  # days are not compared with a whole month
    if not received:
        lead = _("Nothing new this month yet") if runs else _("Nothing new this month")
    elif runs:
        lead = _("New so far: {count}").format(count=received)
    else:
        lead = _("New: {count}").format(count=received) + _trend(figures)
    compared = []
    if figures.previous is not None:
        text = _("all of last month {count}") if runs else _("last month {count}")
        compared.append(text.format(count=figures.previous.balance.received))
    if figures.last_year is not None:
        text = _("same month last year, all of it {count}")
        text = text if runs else _("same month last year {count}")
        compared.append(text.format(count=figures.last_year.balance.received))
    rest = _(" ({facts})").format(facts=_(", ").join(compared)) if compared else ""
    rate = figures.summary.per_household
    if rate.denominator and received:
        rest += _("; {percent} of the occupied households").format(percent=percent(rate, 2))
    return Sentence(lead, rest + _("."))


def _trend(figures: ComplaintFigures) -> str:
    """Return how the number moved: a run of months in one direction, or against last month."""
    if figures.previous is None:
        return ""
    numbers = [point.balance.received for point in figures.months_on_record]
    falls = _run(numbers, falling=True)
    rises = _run(numbers, falling=False)
    change = figures.balance.received - figures.previous.balance.received
    if falls >= 2:
        return _(", fewer for {count} months in a row").format(count=falls)
    if rises >= 2:
        return _(", more for {count} months in a row").format(count=rises)
    if change == 0:
        return _(", as many as last month")
    if change > 0:
        return _(", {count} more than last month").format(count=change)
    return _(", {count} fewer than last month").format(count=-change)


def _run(numbers: Sequence[int], *, falling: bool) -> int:
    """Return for how many months up to the last one the number has fallen (or risen)."""
    months = 0
    for later, earlier in zip(numbers[::-1], numbers[-2::-1], strict=False):
        if (later < earlier) if falling else (later > earlier):
            months += 1
        else:
            break
    return months


def _classes(figures: ComplaintFigures) -> Sentence:
    received = figures.balance.received
    if not received:
        return Sentence(_("No class received anything."))
    classed = [row for row in figures.by_class if row.code != UNCLASSED and row.balance.received]
    unclassed = figures.by_class[-1].balance.received
    if not classed:
        return Sentence(_("All {count} are not classed yet.").format(count=unclassed))
    most = max(row.balance.received for row in classed)
    names = [str(class_label(row.code)) for row in classed if row.balance.received == most]
    lead = _("{name} leads with {count} ({share})")
    if len(names) > 1:
        lead = _("{name} lead with {count} each ({share})")
    lead = lead.format(name=_(", ").join(names), count=most, share=percent(Rate(most, received)))
    parts = []
    # The sub-class in front may belong to another class than the one that leads.
    most = figures.pareto[0].count
    names = [sub_class_name(row.code) for row in figures.pareto if row.count == most]
    if len(names) == 1:
        parts.append(
            _("of the sub-classes, {name} leads with {count}").format(name=names[0], count=most)
        )
    elif len(names) <= _MOST_NAMED:
        parts.append(
            _("of the sub-classes, {name} lead with {count} each").format(
                name=_(", ").join(names), count=most
            )
        )
    rising = [] if figures.is_running else _rising(figures)
    if rising:
        parts.append(_("against last month: {names}").format(names=_(", ").join(rising)))
    if unclassed:
        parts.append(_("{count} not classed yet").format(count=unclassed))
    if figures.suggested:
        parts.append(_("{count} classes to be confirmed").format(count=figures.suggested))
    return Sentence(lead, _("; ") + _("; ").join(parts) + _(".") if parts else _("."))


def _rising(figures: ComplaintFigures) -> list[str]:
    """Return the sub-classes that rose most against last month, each with its change."""
    rows = [row for row, is_sub in figures.class_rows() if is_sub and (row.change or 0) > 0]
    rows.sort(key=_change, reverse=True)
    return [
        _("{name} {count} more").format(name=sub_class_name(row.code), count=row.change)
        for row in rows[:_MOST_NAMED]
    ]


def _change(row: ClassRow) -> int:
    return row.change or 0


def _open(figures: ComplaintFigures) -> Sentence:
    balance = figures.balance
    if not balance.open:
        return Sentence(_("Nothing is left open."), "")
    overdue = figures.summary.overdue
    without = figures.summary.without_limit
    lead = _("Open: {count}").format(count=balance.open)
    if overdue:
        lead += _(", of which {count} are overdue").format(count=overdue)
    elif without == balance.open:
        lead += _(", none with a limit")
    else:
        lead += _(", none of them overdue")
    oldest = figures.open_list[0]
    parts = [
        _("the oldest, {number}, for {days} days").format(
            number=oldest.ticket.number, days=oldest.days
        )
    ]
    if figures.summary.long_open:
        parts.append(_("{count} for more than a month").format(count=figures.summary.long_open))
    if 0 < without < balance.open:
        parts.append(_("{count} have no limit").format(count=without))
    return Sentence(lead, _(": ") + _("; ").join(parts) + _("."))
