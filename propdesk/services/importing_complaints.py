"""Take in a workbook of complaints: preview first, then all of it in one transaction or nothing.

Sources: decision 20, F35-F37. The same file twice adds nothing: a row is known by its external
number, or by text, time and reporter where it has none.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from propdesk.domain.cells import CellError, cell_line
from propdesk.domain.classes import UNCLASSED
from propdesk.domain.imported_complaints import ImportedComplaint, read_complaint
from propdesk.domain.imports import Columns, ImportPreview, Outcome, RowOutcome
from propdesk.domain.numbers import ticket_number
from propdesk.domain.suggestions import suggest_class
from propdesk.domain.texts import elide, half_width, search_words
from propdesk.domain.tickets import (
    Channel,
    EventKind,
    Kind,
    ReporterKind,
    Status,
    TicketDraft,
    proposed_urgency,
)
from propdesk.domain.units import parse_address
from propdesk.i18n import _
from propdesk.services.parts.bulk import Report, insert_rows, next_id
from propdesk.services.parts.class_words import class_words
from propdesk.services.parts.import_frame import Frame, Writing
from propdesk.services.parts.import_runs import Source, make_preview
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local, offset_minutes
from propdesk.sheets.tables import Row
from propdesk.storage.database import rows, stored_time

_SHOWN = 40


@dataclass(frozen=True, slots=True)
class _Taken:
    """A complaint to store, with what was found out about it; `row` is its place in the plan.

    `plain` is its text in half width, as suggestion and search read it: made once.
    """

    row: int
    complaint: ImportedComplaint
    plain: str
    class_code: str
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class _Plan:
    """What an import will do: the outcome of each row, and the complaints in order of time."""

    preview: ImportPreview
    taken: tuple[_Taken, ...]
    originals: dict[int, int]
    """Row of a likely duplicate -> id of the ticket of the same text that stands already, or
    minus (row + 1) where that is a row of this file."""


class _Known:
    """What stands in the register already, and what earlier rows of this file have added."""

    def __init__(self) -> None:
        self.numbers: dict[str, tuple[str, str]] = {
            row[0]: (row[1] or "", row[2])
            for row in rows(
                "SELECT external_number, text_hash, number FROM ticket "
                "WHERE external_number IS NOT NULL"
            )
        }
        self.own_numbers = {row[0] for row in rows("SELECT number FROM ticket")}
        self.texts: dict[str, tuple[int, str]] = {}
        self.unnumbered: set[tuple[str, str, str]] = set()
        for text_hash, ticket_id, number, external, received_at, reporter in rows(
            "SELECT text_hash, id, number, external_number, received_at, reporter_name FROM ticket "
            "WHERE text_hash IS NOT NULL ORDER BY received_at, id"
        ):
            self.texts.setdefault(text_hash, (ticket_id, number))
            if external is None:
                self.unnumbered.add((text_hash, received_at, reporter))
        self.units: defaultdict[str, list[int]] = defaultdict(list)
        for short, unit_id in rows("SELECT short, id FROM unit"):
            self.units[short].append(unit_id)

    def outcome(self, complaint: ImportedComplaint) -> tuple[Outcome, str]:
        """Tell whether a complaint is new; a known number with another text is refused."""
        number = complaint.external_number
        if number in self.own_numbers:
            return Outcome.UNCHANGED, ""
        if number in self.numbers:
            text_hash, where = self.numbers[number]
            if text_hash == complaint.text_hash:
                return Outcome.UNCHANGED, ""
            return Outcome.REJECTED, _(
                "The number {number} stands already with another text ({where})."
            ).format(number=number, where=where)
        if not number and self._mark(complaint) in self.unnumbered:
            return Outcome.UNCHANGED, ""
        return Outcome.ADDED, ""

    def add(self, complaint: ImportedComplaint, line: int) -> None:
        """Note a complaint that will be stored."""
        if complaint.external_number:
            where = _("line {line}").format(line=line)
            self.numbers[complaint.external_number] = complaint.text_hash, where
        else:
            self.unnumbered.add(self._mark(complaint))

    @staticmethod
    def _mark(complaint: ImportedComplaint) -> tuple[str, str, str]:
        return complaint.text_hash, stored_time(complaint.received_at), complaint.reporter

    def unit(self, text: str) -> tuple[int | None, str]:
        """Return the house that a cell names, or what a person has to say about it."""
        if not text:
            return None, ""
        address = parse_address(text)
        found = self.units.get(address.short, []) if address else []
        if len(found) == 1:
            return found[0], ""
        if found:
            return None, _("The house {house} is in several communities.").format(house=text[:40])
        return None, _("The house «{house}» is not in the register.").format(house=text[:40])


def _plan(source: Source, _home: str, now: datetime, step: Report) -> tuple[ImportPreview, _Plan]:
    known, columns, words = _Known(), source.columns, class_words()
    outcomes: list[RowOutcome] = []
    taken: list[_Taken] = []
    total = len(source.table.rows)
    for index, row in enumerate(source.table.rows):
        if index % 100 == 0:
            step(index, total)
        try:
            complaint = read_complaint(columns, row.values, local(now))
        except CellError as error:
            outcomes.append(_rejected(columns, row, str(error)))
            continue
        outcome, reason = known.outcome(complaint)
        what = complaint.external_number or elide(complaint.matter, _SHOWN)
        if outcome is not Outcome.ADDED:
            outcomes.append(RowOutcome(row.line, outcome, what, row.values, reason))
            continue
        known.add(complaint, row.line)
        plain = half_width(complaint.text)
        suggestion = suggest_class(words, complaint.matter, plain)
        class_code = suggestion.class_code if suggestion else UNCLASSED
        unit_id, doubt = known.unit(complaint.unit)
        taken.append(_Taken(index, complaint, plain, class_code, unit_id))
        outcomes.append(
            RowOutcome(
                row.line,
                outcome,
                what,
                row.values,
                needs_person=f"{complaint.needs_person} {doubt}".strip(),
                suggested=suggestion.class_code if suggestion else "",
            )
        )
    step(total, total)
    # Numbers follow the time of receipt; rows of the same second keep the order of the file.
    taken.sort(key=lambda one: one.complaint.received_at)
    originals = _mark_duplicates(taken, outcomes, known)
    suggested = sum(bool(row.suggested) for row in outcomes)
    made = {"suggested": suggested, "duplicates": len(originals)}
    preview = make_preview(source, outcomes, made)
    return preview, _Plan(preview, tuple(taken), originals)


def _rejected(columns: Columns, row: Row, reason: str) -> RowOutcome:
    """Return the outcome of a row that cannot be stored, named by what can be read of it."""
    said = (cell_line(columns.cell(row.values, name)) for name in ("external_number", "matter"))
    what = elide(next(filter(None, said), ""), _SHOWN)
    return RowOutcome(row.line, Outcome.REJECTED, what, row.values, reason)


def _mark_duplicates(
    taken: list[_Taken], outcomes: list[RowOutcome], known: _Known
) -> dict[int, int]:
    """Flag the complaints whose text stands already, in the register or earlier in the file."""
    originals: dict[int, int] = {}
    first: dict[str, int] = {}
    for one in taken:
        text_hash = one.complaint.text_hash
        if text_hash in known.texts:
            originals[one.row], where = known.texts[text_hash]
        elif text_hash in first:
            originals[one.row] = -first[text_hash] - 1
            where = _("line {line}").format(line=outcomes[first[text_hash]].line)
        else:
            first[text_hash] = one.row
            continue
        outcomes[one.row] = replace(outcomes[one.row], duplicate_of=where)
    return originals


_TICKET = (
    "id", "number", "series_kind", "series_month", "series_sequence", "kind", "class_code",
    "class_suggested", "status", "is_open", "round", "dispatches", "unit_id", "place", "spot",
    "common_part", "matter", "text", "wish", "channel", "urgency", "reporter_name",
    "reporter_phone", "reporter_kind", "first_receiver_id", "handler_id", "appointment",
    "received_at", "external_number", "text_hash", "duplicate_of_id", "needs_person", "import_id",
    "version",
)  # fmt: skip
_EVENT = (
    "ticket_id", "at", "utc_offset", "entered_at", "kind", "status", "round", "ticket_kind",
    "reporter_kind", "staff_id", "text", "detail",
)  # fmt: skip


def _store(plan: _Plan, to: Writing) -> None:
    """Write tickets, journal and search index; the caller holds the transaction."""
    first_id = next_id("ticket")
    ids = {one.row: first_id + place for place, one in enumerate(plan.taken)}
    offset, entered_at = offset_minutes(to.now), stored_time(to.now)
    detail = json.dumps({"import": str(to.import_id), "channel": Channel.ONLINE.value})
    insert_rows("ticket", _TICKET, _ticket_rows(plan, ids, to.import_id, to.by), to.course)
    to.step(2, 4)
    insert_rows(
        "ticket_event",
        _EVENT,
        (
            (ids[one.row], stored_time(one.complaint.received_at), offset, entered_at,
             EventKind.REGISTERED.value, Status.RECEIVED.value, 1, Kind.COMPLAINT.value,
             ReporterKind.RESIDENT.value, to.by, "", detail)
            for one in plan.taken
        ),
        to.course,
    )  # fmt: skip
    to.step(3, 4)
    insert_rows(
        "ticket_words",
        ("rowid", "words"),
        (
            (
                ids[one.row],
                # The place often repeats the matter: said once it is found as well.
                " ".join(
                    map(search_words, dict.fromkeys((c.matter, one.plain, c.place, c.reporter)))
                ),
            )
            for one in plan.taken
            for c in (one.complaint,)
        ),
        to.course,
    )


def _ticket_rows(
    plan: _Plan, ids: dict[int, int], import_id: int, by: int
) -> Iterator[tuple[Any, ...]]:
    settings, kind = load_settings(), Kind.COMPLAINT
    per_month: defaultdict[str, int] = defaultdict(int)
    for one in plan.taken:
        per_month[one.complaint.received_at.strftime("%Y%m")] += 1
    numbers = {month: iter(take_numbers(kind, month, n)) for month, n in per_month.items()}
    for one in plan.taken:
        complaint = one.complaint
        month = complaint.received_at.strftime("%Y%m")
        sequence = next(numbers[month])
        original = plan.originals.get(one.row)
        if original is not None and original < 0:
            original = ids[-original - 1]
        urgency = proposed_urgency(TicketDraft(kind, complaint.text, class_code=one.class_code))
        yield (
            ids[one.row],
            ticket_number(
                settings.number_pattern, settings.number_letters[kind],
                complaint.received_at, sequence,
            ),
            kind.value, month, sequence, kind.value, one.class_code,
            int(one.class_code != UNCLASSED), Status.RECEIVED.value, 1, 1, 0, one.unit_id,
            complaint.place, "", 0, complaint.matter, complaint.text, "", Channel.ONLINE.value,
            urgency.value, complaint.reporter, complaint.phone, ReporterKind.RESIDENT.value,
            by, by, "", stored_time(complaint.received_at), complaint.external_number or None,
            complaint.text_hash, original, plan.preview.rows[one.row].needs_person, import_id, 1,
        )  # fmt: skip


COMPLAINTS = Frame(_plan, _store)
"""Each complaint becomes a ticket of the month of its time, numbered in order of time, with one
journal line; a class is suggested, never set.
"""
