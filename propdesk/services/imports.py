"""Imports afterwards: the list of them, the rows that came back, and undoing one as a whole.

Undoing (decision 10) voids the tickets that an import made, with a journal line each; their numbers
stay. Houses, people and vehicles that nothing has used since are removed, and what the import gave
to records that stood before is taken back. What somebody has worked on since is left and named.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.cells import Cell
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import ImportKind, ImportPreview, RowOutcome, Undone
from propdesk.domain.staff import Right
from propdesk.domain.tickets import EventKind, Status, next_status
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.assets_undo import undo_assets
from propdesk.services.parts.bulk import Course, write_many
from propdesk.services.parts.import_frame import import_actor
from propdesk.services.parts.opening_bills import undo_opening_bills
from propdesk.services.parts.payment_undo import payments_undoer, undo_payments
from propdesk.services.parts.readings_undo import void_imported_readings
from propdesk.services.parts.register_undo import undo_register
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.tariffs_undo import void_imported_tariffs
from propdesk.services.parts.writing import local, offset_minutes, writing
from propdesk.sheets.writing import SheetOut, write_workbook
from propdesk.storage.database import rows, stored_time
from propdesk.storage.office import ImportRecord


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in the list of them."""

    id: int
    kind: ImportKind
    file_name: str
    at: datetime
    by: str
    rows: int
    added: int
    unchanged: int
    rejected: int
    undone_at: datetime | None
    undone_by: str = ""


def list_imports(limit: int = 100) -> tuple[ImportLine, ...]:
    """Return the imports, newest first."""
    found = rows(
        "SELECT i.id, i.kind, i.file_name, i.at, s.name, i.rows, i.added, i.unchanged, i.rejected, "
        "i.undone_at, u.name FROM import i JOIN staff s ON s.id = i.staff_id "
        "LEFT JOIN staff u ON u.id = i.undone_staff_id ORDER BY i.id DESC LIMIT ?",
        limit,
    )
    return tuple(
        ImportLine(
            id=row[0],
            kind=ImportKind(row[1]),
            file_name=row[2],
            at=datetime.fromisoformat(row[3]),
            by=row[4],
            rows=row[5],
            added=row[6],
            unchanged=row[7],
            rejected=row[8],
            undone_at=datetime.fromisoformat(row[9]) if row[9] else None,
            undone_by=row[10] or "",
        )
        for row in found
    )


def check_error_target(target: Path, source: Path) -> None:
    """Refuse a file for the rejected rows before anything is imported.

    It is an .xlsx in a folder that is there, and never the workbook that is read.
    """
    check_target(target, ".xlsx")
    if target.exists() and source.exists() and target.samefile(source):
        raise RuleError(
            "file-is-source",
            _("«{name}» is the file that is imported; name another one for its rows.").format(
                name=target.name
            ),
        )


def write_error_rows(preview: ImportPreview, target: Path) -> int:
    """Write the rows that were rejected, as they stood, with the reason in the last column.

    Rows that were taken but need a person stand on a second sheet. Corrected, the file can be
    imported as it is. Returns how many rows were written.
    """
    sheets = [
        _sheet(_("Rejected"), preview.header, [(row, row.reason) for row in preview.rejected]),
        _sheet(
            _("Needs a person"),
            preview.header,
            [(row, row.needs_person) for row in preview.needing_person],
        ),
    ]
    filled = [sheet for sheet in sheets if sheet.rows]
    write_workbook(target, filled or sheets[:1])
    return len(preview.rejected) + len(preview.needing_person)


def _sheet(name: str, header: Sequence[str], said: Sequence[tuple[RowOutcome, str]]) -> SheetOut:
    cells: list[tuple[Cell, ...]] = [(*row.values, reason) for row, reason in said]
    return SheetOut(name, (*header, _("Reason")), cells)


def check_may_import(staff_id: int, kind: ImportKind) -> None:
    """Refuse who may not take in such a workbook, before anybody chooses a file."""
    import_actor(kind, staff_id)


_LARGEST_ID = 2**63 - 1


def undo_import(import_id: int, *, by: int, now: datetime) -> Undone:
    """Undo an import as a whole; what was used since is left and named.

    Raises RuleError when there is no such import or it is undone already.
    """
    with writing():
        known = 0 < import_id <= _LARGEST_ID
        record = ImportRecord.get_or_none(ImportRecord.id == import_id) if known else None
        if record is not None and record.kind == ImportKind.PAYMENTS.value:
            staff = payments_undoer(record, by, now)
        else:
            staff = actor(by, Right.IMPORT)
        if record is None:
            raise RuleError("import-unknown", _("There is no import {id}.").format(id=import_id))
        if record.undone_at is not None:
            raise RuleError(
                "import-undone",
                _("Import {id} was undone already on {time}.").format(
                    id=import_id, time=record.undone_at.strftime("%Y-%m-%d %H:%M")
                ),
            )
        if record.kind == ImportKind.COMPLAINTS.value:
            undone = _void_tickets(import_id, staff.id, now)
        elif record.kind == ImportKind.TARIFFS.value:
            undone = void_imported_tariffs(import_id, staff.id, now)
        elif record.kind == ImportKind.BILLS.value:
            undone = undo_opening_bills(import_id, staff_id=staff.id, now=now)
        elif record.kind == ImportKind.READINGS.value:
            undone = void_imported_readings(import_id, staff.id, now)
        elif record.kind == ImportKind.ASSETS.value:
            undone = undo_assets(import_id)
        elif record.kind == ImportKind.PAYMENTS.value:
            undone = undo_payments(import_id, staff_id=staff.id, now=now)
        else:
            undone = undo_register(import_id)
        record.undone_at, record.undone_staff_id = local(now), staff.id
        record.save()
        return undone


def _void_tickets(import_id: int, by: int, now: datetime) -> Undone:
    """Void the tickets on which nothing was done since; their external numbers become free."""
    found = rows(
        "SELECT t.id, t.number, t.external_number, t.kind, t.reporter_kind, t.round, "
        "(SELECT count(*) FROM ticket_event v WHERE v.ticket_id = t.id) FROM ticket t "
        "WHERE t.import_id = ? ORDER BY t.id",
        import_id,
    )
    untouched = [row for row in found if row[6] == 1]
    status = next_status(Status.RECEIVED, EventKind.VOIDED).value
    course = Course(None, None)
    at, reason = stored_time(now), _("import {id} undone").format(id=import_id)
    write_many(
        "UPDATE ticket SET status = ?, is_open = 0, external_number = NULL, text_hash = NULL, "
        "version = version + 1 WHERE id = ?",
        [(status, row[0]) for row in untouched],
        course,
    )
    write_many(
        "INSERT INTO ticket_event (ticket_id, at, utc_offset, entered_at, kind, status, round, "
        "ticket_kind, reporter_kind, staff_id, text, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, json_object('external_number', ?))",
        [
            (row[0], at, offset_minutes(now), at, EventKind.VOIDED.value, status, row[5], row[3],
             row[4], by, reason, row[2] or "")
            for row in untouched
        ],
        course,
    )  # fmt: skip
    left = tuple(row[1] for row in found if row[6] > 1)
    return Undone(import_id, tickets=len(untouched), left=left)
