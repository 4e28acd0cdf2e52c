"""What every command has at hand: the office, the time, who acts, and how to answer."""

import argparse
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from propdesk import clock
from propdesk.domain.cells import CellError
from propdesk.domain.cells import read_day as read_cell_day
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.staff import find_staff, first_desk

BAR = 30
# What lies outside is a slip of the finger, and no calendar reckons there.
_YEARS = range(1900, 3000)


Word = TypeVar("Word", bound=StrEnum)
Thing = TypeVar("Thing")


class Desk:
    """The command line's side of the desk; one for each command."""

    def __init__(self, folder: Path, *, as_json: bool, may_create: bool = True) -> None:
        self.folder = folder
        self.as_json = as_json
        self.may_create = may_create
        self.now = clock.now()
        self.today = self.now.date()

    @contextmanager
    def office(self, *, write: bool, create: bool = True) -> Iterator[OpenOffice]:
        """Open the data folder for a command; readers work beside an open window.

        A remembered folder that is gone is never made anew (decision 42).
        """
        office = offices.open_office(
            self.folder,
            now=self.now,
            write=write,
            create=create and self.may_create,
            on_progress=self.progress(_("Backup")),
        )
        if office.created:
            print(
                _("A new, empty office was made in {folder}.").format(folder=office.folder),
                file=sys.stderr,
            )
        if office.upgraded_after is not None:
            print(
                _("The data was brought up to date; the backup before that is {file}.").format(
                    file=office.backups / office.upgraded_after
                ),
                file=sys.stderr,
            )
        if office.second_problem:
            print(office.second_problem, file=sys.stderr)
        try:
            yield office
        finally:
            offices.close_office(office)

    def staff(self, name: str | None) -> Staff:
        """Return who acts: the named staff member, or the front desk where nobody is named."""
        return find_staff(name) if name else first_desk()

    def say(self, text: str) -> None:
        """Print a line for a person; with --json nothing but the value is printed."""
        if not self.as_json:
            print(text)

    def json(self, value: Any) -> None:
        """Print the one JSON value of a --json call."""
        if self.as_json:
            print(json.dumps(value, ensure_ascii=False))

    def tell_each(
        self,
        found: Sequence[Thing],
        line: Callable[[Thing], str],
        value: Callable[[Thing], Any],
        nothing: str,
    ) -> None:
        """Say each thing of a list in a line, or that there is `nothing`; its values as JSON."""
        for one in found:
            self.say(line(one))
        if not found:
            self.say(nothing)
        self.json([value(one) for one in found])

    def progress(self, label: str) -> Callable[[int, int], None]:
        """Return a callable (done, total) that draws a bar on a terminal and nothing elsewhere."""

        def draw(done: int, total: int) -> None:
            if not sys.stderr.isatty():
                return
            full = BAR * done // max(total, 1)
            bar = "#" * full + "." * (BAR - full)
            end = "\n" if done >= total else ""
            print(f"\r{label} [{bar}] {done}/{total}", end=end, file=sys.stderr, flush=True)

        return draw


def read_time(text: str) -> datetime:
    """Return a time given as `2026-11-21T09:30[:SS]`, or with a blank (decision 22)."""
    moment = _moment(text)
    if moment is None:
        raise RuleError(
            "time-unreadable",
            _("«{text}» is no time; write it like 2026-11-21T09:30.").format(text=text[:40]),
        )
    return clock.localise(moment) if moment.tzinfo is None else moment.astimezone()


def _moment(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text.strip().replace(" ", "T"))
    except ValueError:
        return None
    return moment if moment.year in _YEARS else None


def read_day(text: str) -> date:
    """Return a day given as `2026-11-21`, `2026/11/21` or `2026年11月21日`."""
    try:
        day = read_cell_day(text)
    except CellError:
        day = None
    if day is None or day.year not in _YEARS:
        raise RuleError(
            "day-unreadable",
            _("«{text}» is no day; write it like 2026-11-21.").format(text=text[:40]),
        )
    return day


def read_text(file: Path) -> str:
    """Return what stands in a text file in UTF-8, with or without a byte order mark."""
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RuleError(
            "text-unreadable", _("«{file}» cannot be read as a text in UTF-8.").format(file=file)
        ) from None


def add_json(parser: argparse.ArgumentParser) -> None:
    """Give a command its --json flag."""
    parser.add_argument("--json", action="store_true", help=_("print one JSON value"))


def add_by(parser: argparse.ArgumentParser) -> None:
    """Give a writing command its --by option."""
    parser.add_argument("--by", metavar="STAFF", help=_("who acts (name or code)"))


def choice(text: str, values: type[Word], what: str, *more: str) -> Word:
    """Return the member of an enumeration that a word names, or refuse with all words.

    `more` are words that mean something else to the command; they are named beside the members.
    """
    try:
        return values(text)
    except ValueError:
        raise RuleError(
            "word-unknown",
            _("«{text}» is no {what}; possible: {words}.").format(
                text=text[:40], what=what, words=", ".join([*values, *more])
            ),
        ) from None
