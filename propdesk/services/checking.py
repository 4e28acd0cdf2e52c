"""Check an office's data: the engine's own checks, and what must hold between the tables.

Each check is one line for `propdesk check` and the window: what was checked, or what is wrong with
the first few cases named. Nothing is changed and nothing is mended.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial

from propdesk import paths, program_files
from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import OPEN, Kind, Status
from propdesk.i18n import LazyText, _, _lazy, ngettext
from propdesk.services.parts.due_times import list_due_times
from propdesk.services.parts.held_values import differing
from propdesk.services.parts.unit_changes import rows_as_of
from propdesk.services.queries.inspection_checks import INSPECTION_CHECKS
from propdesk.services.queries.ledger_checks import LEDGER_CHECKS
from propdesk.storage import backup_attachments
from propdesk.storage.database import rows
from propdesk.storage.faults import explained
from propdesk.storage.opening import OpenOffice

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One check: its stable name, whether it holds, and a sentence to read."""

    name: str
    ok: bool
    text: str


@dataclass(frozen=True, slots=True)
class CheckResult:
    """All checks of an office."""

    lines: tuple[CheckLine, ...]

    @property
    def ok(self) -> bool:
        """Whether every check holds."""
        return all(line.ok for line in self.lines)


def check_office(office: OpenOffice) -> CheckResult:
    """Check the open office's data file, its photos and scans, and return a line for each check.

    Every photo is read, which takes a while in an old office. The frozen program's own files have
    a line too.
    """
    checks = (*_CHECKS, _PROGRAM) if program_files.is_frozen() else _CHECKS
    lines = [_line(*check) for check in checks]
    lines.append(_line("attachments", _FILES_WHOLE, partial(_damaged_files, office)))
    return CheckResult((*lines, _strays(office)))


def _damaged_files(office: OpenOffice) -> list[str]:
    """Find photos and scans that are missing or no longer what was stored (F34)."""
    wanted = backup_attachments.wanted_by(office.data_file, is_live=True)
    return list(backup_attachments.look_through((office.attachments,), wanted).missing)


def _strays(office: OpenOffice) -> CheckLine:
    """Count what a crash left among the photos; it harms nobody, so the check holds all the same.

    Half-typed forms name theirs.
    """
    try:
        with explained():
            wanted = backup_attachments.wanted_by(office.data_file, is_live=True)
            drafts = " ".join(_first("SELECT fields FROM draft"))
            count = backup_attachments.strays(office.attachments, wanted, drafts)
    except RuleError as error:
        return CheckLine("strays", ok=False, text=f"{_NO_STRAYS}: {error}")
    text = str(_NO_STRAYS)
    if count:
        text = ngettext(
            "{count} file among the photos belongs to no ticket: a crash left it, it harms nobody",
            "{count} files among the photos belong to no ticket: a crash left them, they harm "
            "nobody",
            count,
        ).format(count=count)
    return CheckLine("strays", ok=True, text=text)


def _line(name: str, label: LazyText, wrong: Callable[[], list[str]]) -> CheckLine:
    try:
        with explained():
            found = wrong()
    except RuleError as error:
        return CheckLine(name, ok=False, text=f"{label}: {error}")
    if not found:
        return CheckLine(name, ok=True, text=str(label))
    shown = ", ".join(found[:_SHOWN])
    if len(found) > _SHOWN:
        shown = _("{shown} and {count} more").format(shown=shown, count=len(found) - _SHOWN)
    return CheckLine(
        name, ok=False, text=_("{check}: wrong at {cases}").format(check=label, cases=shown)
    )


def _first(sql: str, *values: object) -> list[str]:
    """Return the first column of a SELECT that finds what is wrong."""
    return [str(row[0]) for row in rows(sql, *values)]


def _structure() -> list[str]:
    return [text for text in _first("PRAGMA integrity_check(20)") if text != "ok"]


def _references() -> list[str]:
    return [f"{table} {row}" for table, row, *_more in rows("PRAGMA foreign_key_check")]


def _journal_complete() -> list[str]:
    """Find gaps in the journal's sequence, and a tail that was cut off."""
    count, highest = rows("SELECT count(*), coalesce(max(sequence), 0) FROM ticket_event")[0]
    given = rows("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'ticket_event'")
    if count == highest == given[0][0]:
        return []
    return [f"{count}/{max(highest, given[0][0])}"]


def _registered() -> list[str]:
    """Every ticket begins with the one line that registered it."""
    return _first(
        "SELECT number FROM ticket AS t WHERE "
        "(SELECT count(*) FROM ticket_event WHERE ticket_id = t.id AND kind = 'registered') <> 1 "
        "OR (SELECT kind FROM ticket_event WHERE ticket_id = t.id ORDER BY sequence LIMIT 1) "
        "<> 'registered'"
    )


def _present_state() -> list[str]:
    """Status and round of a ticket are those of its last journal line."""
    return _first(
        "SELECT number FROM ticket AS t JOIN ticket_event AS e ON e.sequence = "
        "(SELECT max(sequence) FROM ticket_event WHERE ticket_id = t.id) "
        "WHERE e.status <> t.status OR e.round <> t.round OR e.ticket_kind <> t.kind"
    )


def _open_flags() -> list[str]:
    marks = ", ".join("?" for _status in OPEN)
    return _first(
        f"SELECT number FROM ticket WHERE is_open <> (status IN ({marks}))",  # noqa: S608 - marks
        *(status.value for status in OPEN),
    )


def _closing_times() -> list[str]:
    return _first(
        "SELECT number FROM ticket WHERE (closed_at IS NOT NULL) <> (status = ?) "
        "OR closed_at < received_at",
        Status.CLOSED.value,
    )


def _numbers() -> list[str]:
    """Every series of tickets runs from 1 to its last number, each given once."""
    return _first(
        "SELECT s.kind || ' ' || s.month FROM "
        "(SELECT kind, month FROM number_series WHERE kind IN (SELECT value FROM json_each(?)) "
        "UNION SELECT series_kind, series_month FROM ticket) AS s "
        "LEFT JOIN number_series AS n ON n.kind = s.kind AND n.month = s.month "
        "LEFT JOIN (SELECT series_kind, series_month, count(*) AS many, "
        "max(series_sequence) AS highest, min(series_sequence) AS lowest "
        "FROM ticket GROUP BY 1, 2) AS t ON t.series_kind = s.kind AND t.series_month = s.month "
        "WHERE n.last IS NULL OR t.many IS NULL OR t.many <> n.last OR t.highest <> n.last "
        "OR t.lowest <> 1",
        json.dumps(list(Kind)),
    )


def _search() -> list[str]:
    """Every ticket is in the full-text index, and nothing else is."""
    return _first(
        "SELECT number FROM ticket WHERE id NOT IN (SELECT id FROM ticket_words_docsize) "
        "UNION ALL SELECT '#' || id FROM ticket_words_docsize WHERE id NOT IN "
        "(SELECT id FROM ticket)"
    )


def _upgrades() -> list[str]:
    """Find remembered upgrades that do not follow one another or end at the data's version."""
    return _first(
        "SELECT from_version || '-' || to_version FROM (SELECT from_version, to_version, "
        "lead(from_version, 1, (SELECT user_version FROM pragma_user_version)) "
        "OVER (ORDER BY id) AS next FROM upgrade) WHERE to_version <> next"
    )


def _due_times() -> list[str]:
    """Find tickets whose stored due times are not those that their journal says."""
    stored = {
        row[0]: row[1:]
        for row in rows(
            "SELECT id, next_clock, next_due_at, warns_at, number FROM ticket WHERE is_open = 1"
        )
    }
    return [
        stored[ticket_id][3]
        for ticket_id, due in list_due_times(list(stored))
        if stored[ticket_id][:3] != due
    ]


def _house_values() -> list[str]:
    """Find houses whose row is not what their history says of the day up to which it was kept.

    Each history begins with one line that says what was before; the number is the last one given.
    """
    found = _first(
        "SELECT DISTINCT u.short FROM unit_change h JOIN unit u ON u.id = h.unit_id "
        "WHERE h.voided_at IS NULL GROUP BY h.unit_id, h.field HAVING sum(h.from_on IS NULL) <> 1"
    )
    found += _first(
        "SELECT u.short FROM unit_change h JOIN unit u ON u.id = h.unit_id "
        "WHERE h.value <> u.short AND h.id = (SELECT max(n.id) FROM unit_change n "
        "WHERE n.unit_id = h.unit_id AND n.field = 'number')"
    )
    as_of = rows_as_of()
    found += [short for *_rest, short in differing(as_of or date.max)]
    return list(dict.fromkeys(found))


_CHECKS: tuple[tuple[str, LazyText, Callable[[], list[str]]], ...] = (
    ("structure", _lazy("The data file's structure is sound"), _structure),
    ("references", _lazy("Every row points to rows that exist"), _references),
    ("journal", _lazy("The journal is complete"), _journal_complete),
    ("registered", _lazy("Every ticket begins with its registration"), _registered),
    ("status", _lazy("Every ticket stands where its journal ends"), _present_state),
    ("open", _lazy("Open and ended tickets are told apart"), _open_flags),
    ("closing", _lazy("Closed tickets, and only those, have a closing time"), _closing_times),
    ("clocks", _lazy("What is due next follows from the journal"), _due_times),
    ("numbers", _lazy("The numbers have no gap and no double"), _numbers),
    ("search", _lazy("Every ticket can be found by its words"), _search),
    ("houses", _lazy("Each house is what its history says"), _house_values),
    ("upgrades", _lazy("The data remembers each of its upgrades"), _upgrades),
    *LEDGER_CHECKS,
    *INSPECTION_CHECKS,
)

_FILES_WHOLE = _lazy("Every photo and file is there as it was stored")
_NO_STRAYS = _lazy("Every file among the photos belongs to a ticket")

_PROGRAM = (
    "program",
    _lazy("The program's files are as they were built; if not, install it again"),
    lambda: list(program_files.damaged_files(paths.program_folder(), thoroughly=True)),
)
