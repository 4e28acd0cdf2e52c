"""Take the days of further years into the working calendar (R10), or change a single day."""

from datetime import date
from pathlib import Path

from propdesk.domain.calendar_days import (
    DAY_FIELDS,
    CalendarDay,
    DayKind,
    DayProblem,
    DaysFound,
    check_day,
    read_days,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import headings_of
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.due_times import refresh_all
from propdesk.services.parts.limits import shipped_days
from propdesk.services.parts.line_problems import name_lines
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.sheets.reading import read_table
from propdesk.storage.clocks import CalendarDayRecord


def import_calendar(path: Path, *, by: int) -> DaysFound:
    """Take in the days of a file, all or none; a day that is known gets what the file says.

    The due times of all open tickets are reckoned anew in the same transaction.
    """
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        table = read_table(path, wanted=headings_of(DAY_FIELDS))
        found = read_days(
            [(table.header_line, table.header), *((row.line, row.values) for row in table.rows)]
        )
        if found.problems or not found.days:
            raise _refused(path, found.problems)
        for day in found.days:
            CalendarDayRecord.insert(
                day=day.on, kind=day.kind.value, name=day.name
            ).on_conflict_replace().execute()
        refresh_all()
        return found


def save_day(on: date, kind: DayKind | None, name: str = "", *, by: int) -> None:
    """Make a day one off or a workday; None leaves it as the program, or the week, has it."""
    with writing():
        actor(by, Right.MANAGE_OFFICE)
        clean = clean_line(name)
        refuse(check_day(on, clean))
        CalendarDayRecord.delete().where(CalendarDayRecord.day == on).execute()
        day = None if kind is None else CalendarDay(on, kind, clean)
        if day is not None and day not in shipped_days():
            CalendarDayRecord.create(day=day.on, kind=day.kind.value, name=day.name)
        refresh_all()


def _refused(path: Path, problems: tuple[DayProblem, ...]) -> RuleError:
    if not problems:
        return RuleError(
            "calendar-empty",
            _("{file} names no day. Write one day a line: date, kind, name.").format(
                file=path.name
            ),
        )
    return RuleError(
        "calendar-not-understood",
        _("Nothing was imported from {file}. Correct these lines: {lines}").format(
            file=path.name, lines=name_lines(problems)
        ),
    )
