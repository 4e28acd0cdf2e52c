"""The complaint book: every story and move of all months, asked month by month."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from itertools import pairwise

from propdesk.domain.classes import CLASSES, SUBCLASSES, UNCLASSED, top_class
from propdesk.domain.clocks import TicketClocks
from propdesk.domain.complaint_clocks import clocks_at, count_in_time, is_overdue
from propdesk.domain.complaint_facts import ComplaintRecords, Contacts, JournalLine, ReportRules
from propdesk.domain.complaint_figures import MonthSummary
from propdesk.domain.complaint_rows import (
    Answers,
    Balance,
    ClassRow,
    MonthPoint,
    OpenRow,
    RepeatRow,
    sum_classes,
)
from propdesk.domain.complaint_stories import Move, State, Step, Story, read_stories
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate, Spread
from propdesk.domain.sampling import AskedAfter
from propdesk.domain.tickets import EventKind, Satisfaction

CLASS_ORDER = (*CLASSES, UNCLASSED)
SERIES_MONTHS = 12


def last_answers(steps: Iterable[Step]) -> list[Step]:
    """Return the last answer of each ticket and round among the moves of a month."""
    answers = {(s.ticket.id, s.round): s for s in steps if s.move is Move.ANSWERED}
    return list(answers.values())


def to_answers(steps: Iterable[Step]) -> Answers:
    """Count answers on the one scale of decision 14."""
    count = Counter(step.answer for step in steps)
    return Answers(
        count[Satisfaction.SATISFIED], count[Satisfaction.FAIR], count[Satisfaction.DISSATISFIED]
    )


def to_balance(carried_over: int, moves: Mapping[Move, int]) -> Balance:
    """Return the identity that follows from what was open and what happened."""
    received, reopened = moves.get(Move.RECEIVED, 0), moves.get(Move.REOPENED, 0)
    moved_in, closed = moves.get(Move.MOVED_IN, 0), moves.get(Move.CLOSED, 0)
    removed = moves.get(Move.REMOVED, 0)
    return Balance(
        carried_over=carried_over,
        received=received,
        reopened=reopened,
        moved_in=moved_in,
        closed=closed,
        removed=removed,
        open=carried_over + received + reopened + moved_in - closed - removed,
    )


class ComplaintBook:
    """All complaints, read once; every question names its month.

    Classes are as known now, times of the past as the journal tells them.
    """

    def __init__(self, records: ComplaintRecords, rules: ReportRules, now: datetime) -> None:
        self._now = now
        self._records = records
        self._rules = rules
        self._stories, steps = read_stories(records.tickets, records.journal)
        self._steps: defaultdict[Month, list[Step]] = defaultdict(list)
        by_ordinal: dict[int, Month] = {}
        for step in steps:
            at = step.at
            ordinal = at.year * 12 + at.month
            month = by_ordinal.get(ordinal)
            if month is None:
                month = by_ordinal[ordinal] = Month.of(at)
            self._steps[month].append(step)
        known = [step.at for step in steps]
        known += [records.first_at] if records.first_at else []
        self._first = min(known, default=None)
        self._open: dict[datetime, list[Story]] = {}
        self._clocks: dict[Month, dict[int, TicketClocks]] = {}

    def as_of(self, month: Month) -> datetime:
        """Return up to when a month is counted: its end, or now while it runs."""
        return min(self._now, month.end)

    def is_known(self, month: Month) -> bool:
        """Tell whether the office had had any complaint by the end of a month."""
        return self._first is not None and self._first < month.end

    def steps_of(self, month: Month) -> list[Step]:
        """Return the moves of a month."""
        return self._steps.get(month, [])

    def lines_of(self, month: Month) -> list[tuple[JournalLine, datetime]]:
        """Return the journal lines that took effect in a month, each with that moment."""
        found = []
        for story in self._stories:
            first = bisect_left(story.moments, month.start)
            last = bisect_left(story.moments, month.end)
            found += list(zip(story.lines[first:last], story.moments[first:last], strict=True))
        return found

    def open_at(self, midnight: datetime) -> list[Story]:
        """Return the complaints that were open at a midnight."""
        if midnight not in self._open:
            self._open[midnight] = [
                story for story in self._stories if story.state_before(midnight) is State.OPEN
            ]
        return self._open[midnight]

    def clocks(self, month: Month) -> dict[int, TicketClocks]:
        """Return the clocks, at the end of a month, of what moved in it or is open then."""
        if month not in self._clocks:
            moved = {step.ticket.id for step in self.steps_of(month)}
            counted = [
                story.ticket.id
                for story in self._stories
                if (state := story.state_before(month.end)) is State.OPEN
                or (state is State.CLOSED and story.ticket.id in moved)
            ]
            self._clocks[month] = clocks_at(self._records, counted, month, self.as_of(month))
        return self._clocks[month]

    def is_overdue(self, story: Story, month: Month) -> bool:
        """Tell whether a limit of an open complaint has run out at the end of a month."""
        return is_overdue(self.clocks(month).get(story.ticket.id))

    def is_limited(self, story: Story, month: Month) -> bool:
        """Tell whether an open complaint has limits; from a file, it gets them with a dispatch."""
        clocks = self.clocks(month).get(story.ticket.id)
        return clocks is not None and bool(clocks.clocks)

    def due_at(self, story: Story, month: Month) -> datetime | None:
        """Return when the first running limit of an open complaint ends."""
        clocks = self.clocks(month).get(story.ticket.id)
        due = clocks.next_due if clocks else None
        return due.due_at if due else None

    def summary_if_known(self, month: Month) -> MonthSummary | None:
        """Return a past month's key figures, None where the office had no complaint yet."""
        return self.summary(month) if self.is_known(month) else None

    def summary(self, month: Month) -> MonthSummary:
        """Return the key figures of a month."""
        as_of = self.as_of(month)
        steps = self.steps_of(month)
        moves = Counter(step.move for step in steps)
        closings = [step for step in steps if step.move is Move.CLOSED]
        open_ = self.open_at(month.end)
        last_day = _last_day(month, as_of)
        received = moves[Move.RECEIVED]
        picked_up = [
            step.ticket.picked_up_in_time
            for step in steps
            if step.move is Move.RECEIVED and step.ticket.picked_up_in_time is not None
        ]
        return MonthSummary(
            month=month,
            balance=to_balance(len(self.open_at(month.start)), moves),
            overdue=sum(self.is_overdue(story, month) for story in open_),
            long_open=sum(_days(story, last_day) > self._rules.long_open_days for story in open_),
            rework=moves[Move.REWORKED],
            first_pass=Rate(sum(step.round == 1 for step in closings), len(closings)),
            follow_up=Rate(sum(step.answer is not None for step in closings), len(closings)),
            answers=to_answers(last_answers(steps)),
            repeats=Rate(len(self.repeats(month)), received),
            per_household=Rate(received, self._records.households.get(month, 0)),
            in_time=count_in_time(self.clocks(month).values(), month),
            picked_up=Rate(sum(map(bool, picked_up)), len(picked_up)),
            without_limit=sum(not self.is_limited(story, month) for story in open_),
            reply=_spread_of(steps, Move.REPLIED),
            solving=_spread_of(steps, Move.SOLVED),
            closing=Spread.of([step.at - step.ticket.received_at for step in closings]),
            contacts=self._records.contacts.get(month, Contacts()),
            asked=self._records.asked.get(month, AskedAfter()),
        )

    def series(self, month: Month) -> tuple[MonthPoint, ...]:
        """Return the twelve months that end with `month`."""
        months = [month.shifted(back) for back in range(1 - SERIES_MONTHS, 1)]
        carried_over = len(self.open_at(months[0].start))
        points = []
        for each in months:
            steps = self.steps_of(each)
            balance = to_balance(carried_over, Counter(step.move for step in steps))
            classes = Counter(
                top_class(step.ticket.class_code) for step in steps if step.move is Move.RECEIVED
            )
            points.append(MonthPoint(each, balance, tuple(classes[top] for top in CLASS_ORDER)))
            carried_over = balance.open
        return tuple(points)

    def open_list(self, month: Month) -> tuple[OpenRow, ...]:
        """Return every complaint open at the end, the longest waiting first."""
        as_of = self.as_of(month)
        last_day = _last_day(month, as_of)
        rows = []
        for story in self.open_at(month.end):
            index = story.index_before(month.end)
            told = index  # a print is no progress
            while told > 0 and story.lines[told].kind is EventKind.PRINTED:
                told -= 1
            rows.append(
                OpenRow(
                    ticket=story.ticket,
                    department=story.departments[index],
                    status=story.lines[index].status,
                    round=story.lines[index].round,
                    days=_days(story, last_day),
                    limited=self.is_limited(story, month),
                    due_at=self.due_at(story, month),
                    overdue=self.is_overdue(story, month),
                    last_event=story.lines[told].kind,
                    last_at=story.moments[told],
                    last_text=story.lines[told].text,
                )
            )
        return tuple(sorted(rows, key=lambda row: (row.ticket.received_at, row.ticket.number)))

    def repeats(self, month: Month) -> tuple[RepeatRow, ...]:
        """Return the month's repeat complaints, each with the last earlier one (R43).

        Same house, same sub-class, received within the rule's number of days; what turned out to
        be void, merged or another kind of ticket counts on neither side.
        """
        wanted = {
            step.ticket.id: (step.ticket.unit_id, step.ticket.class_code)
            for step in self.steps_of(month)
            if step.move is Move.RECEIVED
            and step.ticket.unit_id is not None
            and step.ticket.class_code in SUBCLASSES
        }
        houses = set(wanted.values())
        groups: defaultdict[tuple[int | None, str], list[Story]] = defaultdict(list)
        for story in self._stories:
            key = (story.ticket.unit_id, story.ticket.class_code)
            if key in houses and story.state_before(month.end) in (State.OPEN, State.CLOSED):
                groups[key].append(story)
        rows = []
        for group in groups.values():
            group.sort(key=lambda story: (story.ticket.received_at, story.ticket.number))
            for earlier, story in pairwise(group):
                days = _days(earlier, story.ticket.received_at.date())
                if story.ticket.id in wanted and days <= self._rules.repeat_days:
                    is_open = story.state_before(month.end) is State.OPEN
                    rows.append(RepeatRow(story.ticket, earlier.ticket, days, is_open))
        return tuple(sorted(rows, key=lambda row: (row.ticket.received_at, row.ticket.number)))

    def by_class(self, month: Month) -> tuple[ClassRow, ...]:
        """Return the class table: four classes with their sub-classes, then the unclassed.

        What is in a class but in none of its sub-classes stands last among them under the
        class's own code, so that every class is the sum of its rows.
        """
        rows = _ClassCounts(self, month)
        table = []
        for top in CLASSES:
            codes = [code for code in SUBCLASSES if top_class(code) == top]
            if rows.knows(top):
                codes.append(top)
            table.append(sum_classes(top, [rows.row(code) for code in codes]))
        table.append(rows.row(UNCLASSED))
        return tuple(table)


class _ClassCounts:
    """The month counted by class code."""

    def __init__(self, book: ComplaintBook, month: Month) -> None:
        self._moves: defaultdict[str, Counter[Move]] = defaultdict(Counter)
        self._suggested: Counter[str] = Counter()
        for step in book.steps_of(month):
            ticket = step.ticket
            self._moves[ticket.class_code][step.move] += 1
            if step.move is Move.RECEIVED and ticket.class_suggested:
                self._suggested[ticket.class_code] += 1
        self._carried = Counter(s.ticket.class_code for s in book.open_at(month.start))
        self._overdue = Counter(
            s.ticket.class_code for s in book.open_at(month.end) if book.is_overdue(s, month)
        )
        self._answers: defaultdict[str, list[Step]] = defaultdict(list)
        for step in last_answers(book.steps_of(month)):
            self._answers[step.ticket.class_code].append(step)
        self._then = [_received_by_code(book, then) for then in (month.previous, month.last_year)]

    def knows(self, code: str) -> bool:
        """Tell whether anything stands under `code` in this month or those compared with it."""
        counts: list[Mapping[str, object]] = [self._moves, self._carried]
        counts += [then for then in self._then if then is not None]
        return any(code in count for count in counts)

    def row(self, code: str) -> ClassRow:
        """Return the row of one code."""
        previous, last_year = (None if then is None else then[code] for then in self._then)
        return ClassRow(
            code=code,
            balance=to_balance(self._carried[code], self._moves[code]),
            overdue=self._overdue[code],
            suggested=self._suggested[code],
            previous=previous,
            last_year=last_year,
            answers=to_answers(self._answers[code]),
        )


def _received_by_code(book: ComplaintBook, month: Month) -> Counter[str] | None:
    if not book.is_known(month):
        return None
    steps = book.steps_of(month)
    return Counter(step.ticket.class_code for step in steps if step.move is Move.RECEIVED)


def _spread_of(steps: Iterable[Step], move: Move) -> Spread:
    """Return how long a move took since the receipt."""
    return Spread.of([step.at - step.ticket.received_at for step in steps if step.move is move])


def _days(story: Story, last_day: date) -> int:
    return (last_day - story.ticket.received_at.date()).days


def _last_day(month: Month, as_of: datetime) -> date:
    return month.last_day if as_of == month.end else as_of.date()
