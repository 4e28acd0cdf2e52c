"""The words of the complaint report: paper and workbook say the same."""

from collections.abc import Mapping

from propdesk.domain.classes import CLASS_NUMBERS, CLASSES, class_label
from propdesk.domain.complaint_facts import ReportRules
from propdesk.i18n import LazyText, _, _lazy

TERM_LABELS: Mapping[str, LazyText] = {
    "carried_over": _lazy("Carried over"),
    "received": _lazy("New this month"),
    "reopened": _lazy("Taken up again"),
    "moved_in": _lazy("Moved in"),
    "removed": _lazy("Void, merged or moved out"),
    "to_handle": _lazy("To handle"),
    "closed": _lazy("Closed in the month"),
    "open": _lazy("Open at the end"),
}

KEY_FIGURE_LABELS: Mapping[str, LazyText] = {
    "closing-rate": _lazy("Closing rate"),
    "first-pass-rate": _lazy("Closed at the first attempt"),
    "follow-up-rate": _lazy("Follow-up rate"),
    "satisfaction-rate": _lazy("Satisfaction rate"),
    "repeat-rate": _lazy("Repeat complaint rate"),
    "household-rate": _lazy("Complaints per household"),
    "reply-median": _lazy("First reply, median (hours)"),
    "reply-p90": _lazy("First reply, 90th of 100 (hours)"),
    "solving-median": _lazy("Solving, median (days)"),
    "solving-p90": _lazy("Solving, 90th of 100 (days)"),
    "closing-median": _lazy("Closing, median (days)"),
    "closing-p90": _lazy("Closing, 90th of 100 (days)"),
    "rework": _lazy("Sent back to work (rounds)"),
    "overdue": _lazy("Overdue (cases)"),
    "long-open": _lazy("Open over a month (cases)"),
    "praise": _lazy("Praise (cases)"),
    "bill-queries": _lazy("Bill queries (cases)"),
    "internal": _lazy("Reported by colleagues (cases)"),
    "reply-in-time": _lazy("Answered in time"),
    "on-site-in-time": _lazy("On site in time"),
    "department-in-time": _lazy("Department reported back in time"),
    "solved-in-time": _lazy("Solved in time"),
    "promises-kept": _lazy("Promises kept"),
    "picked-up-in-time": _lazy("Picked up within three rings"),
    "sample-rate": _lazy("Other kinds: follow-up rate of those drawn"),
    "sample-satisfaction": _lazy("Other kinds: satisfaction rate"),
    "score-mean": _lazy("Weighted score of follow-ups (1-5)"),
}

QUALITY_LABELS: Mapping[str, tuple[LazyText, LazyText]] = {
    "unclassed": (
        _lazy("Not classed yet"),
        _lazy("Shown apart; in none of the four classes and not in the Pareto"),
    ),
    "suggested": (
        _lazy("Class to be confirmed"),
        _lazy("Counted in the suggested class and marked there"),
    ),
    "no-house": (
        _lazy("No house named"),
        _lazy("Counted with the common places; cannot be told to be a repeat"),
    ),
    "no-reporter": (_lazy("Caller not noted"), _lazy("Cannot be followed up")),
    "needs-person": (
        _lazy("Needs a person's look"),
        _lazy("Counted; stands in the ticket list under its reason"),
    ),
    "likely-duplicate": (
        _lazy("Same text as another one"),
        _lazy("Counted, as it was not merged"),
    ),
    "no-limit": (
        _lazy("Open without a limit"),
        _lazy("From a file, not sent to work here yet: never counted as overdue"),
    ),
    "no-handler": (_lazy("Open without a handler"), _lazy("Nobody is named to finish it")),
    "no-answer": (
        _lazy("Closed without an answer to the follow-up"),
        _lazy("Not in the satisfaction rate; lowers the follow-up rate"),
    ),
    "late-entry": (
        _lazy("Entered more than {hours} hours later"),
        _lazy("Counted when it happened, not when it was entered"),
    ),
    "out-of-order": (
        _lazy("Time lies before the entry before it"),
        _lazy("Takes effect together with that entry"),
    ),
}

WEEKDAYS: tuple[LazyText, ...] = (
    _lazy("Mon"),
    _lazy("Tue"),
    _lazy("Wed"),
    _lazy("Thu"),
    _lazy("Fri"),
    _lazy("Sat"),
    _lazy("Sun"),
)
COMMON_PLACES = _lazy("Common places and others")
NO_DEPARTMENT = _lazy("Not dispatched")
NOBODY = _lazy("Nobody named")


def quality_label(code: str, rules: ReportRules) -> str:
    """Return the name of a gap in the data."""
    return str(QUALITY_LABELS[code][0]).format(hours=rules.late_entry_hours)


def class_row_label(code: str, *, is_sub: bool) -> str:
    """Return a class row's name; what is in a class but in no sub-class is called so."""
    if is_sub and code in CLASSES:
        return _("Not divided further")
    return str(class_label(code))


def sub_class_name(code: str) -> str:
    """Return a sub-class's name where its class does not stand beside it."""
    if code in CLASSES:
        return _("{name} (not divided)").format(name=class_label(code))
    return str(class_label(code))


def class_row_number(code: str, *, is_sub: bool) -> str:
    """Return the number under which a row stands: 1, 1.2, and 1.0 for what is not divided."""
    number = CLASS_NUMBERS.get(code, "")
    return f"{number}.0" if is_sub and code in CLASSES else number


def building_label(label: str) -> str:
    """Return a building's name as papers show it: `3` is Building 3."""
    if not label:
        return str(COMMON_PLACES)
    return _("Building {name}").format(name=label) if label[-1:].isascii() else label


def definitions(rules: ReportRules) -> tuple[tuple[str, str], ...]:
    """Return the terms of the report with their formulas, in the present language."""
    return (
        (
            _("Complaint"),
            _("A ticket of the kind complaint whose caller is not a colleague."),
        ),
        (
            _("Carried over"),
            _("Complaints that were open at 0:00 on the first day, as the journal tells."),
        ),
        (
            _("New this month"),
            _("Complaints received in the period, whatever became of them later."),
        ),
        (
            _("Moved in, moved out"),
            _("Tickets of another kind that became complaints, and complaints that became one."),
        ),
        (
            _("Taken up again"),
            _("Closed complaints that were opened again. The month of the closing stands."),
        ),
        (
            _("Closed in the month"),
            _("Complaints closed in the period; one that waits for reply or follow-up is open."),
        ),
        (_("To handle"), _("Closed in the month + open = carried over + all that came in - out.")),
        (_("Closing rate"), _("Closed in the month / to handle.")),
        (
            _("Overdue"),
            _("Open at the end although a limit or promise has run out and still runs."),
        ),
        (
            _("In time"),
            _(
                "Limits met in the period / limits met or run out in it. Waiting for the owner, "
                "for material or a third party is not counted; a dropped limit counts nowhere."
            ),
        ),
        (
            _("Promises kept"),
            _("Of the promised times that came in the period; one that was moved in time is new."),
        ),
        (
            _("Picked up within three rings"),
            _("Of the calls of the period for which it was noted."),
        ),
        (
            _("Closed at the first attempt"),
            _("Closed in the first round / closed in the month."),
        ),
        (
            _("Sent back to work (rounds)"),
            _("Rounds begun in the period because the caller was dissatisfied or it came back."),
        ),
        (
            _("Follow-up rate"),
            _("Closed with an answer in the last round / closed in the month (all are asked)."),
        ),
        (
            _("Satisfaction rate"),
            _(
                "Satisfied / answers in the period; the last answer of each round counts, "
                "fair is not satisfied."
            ),
        ),
        (
            _("Other kinds: follow-up rate of those drawn"),
            _("Answered / drawn among the tickets of other kinds that closed in the period."),
        ),
        (
            _("Weighted score of follow-ups (1-5)"),
            _("Mean of the weighted five scores of all follow-ups in the period, n scored."),
        ),
        (
            _("Repeat complaint rate"),
            _("Same house and same sub-class again within {days} days / new this month.").format(
                days=rules.repeat_days
            ),
        ),
        (
            _("Complaints per household"),
            _("New this month / occupied households at the end of the period."),
        ),
        (
            _("Median, 90th percentile"),
            _(
                "Nearest rank: the smallest time that 50 or 90 of 100 cases do not exceed. Reply: "
                "receipt to first reply; solving: receipt to the work's end, or the reply without "
                "any; closing: receipt to closing; n cases of the period."
            ),
        ),
        (
            _("Class"),
            _("As known now. A suggested class counts in its class until a clerk confirms it."),
        ),
    )
