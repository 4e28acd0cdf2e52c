"""Let personal data out of the office: allowed, written and noted as one thing (law.md 1.7)."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from propdesk.domain.access import AccessAct
from propdesk.domain.data_exports import DataExport, ExportOrder, check_order
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import LONGEST_LINE, clean_line, elide
from propdesk.i18n import _
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.targets import check_target
from propdesk.services.parts.writing import local, writing
from propdesk.storage.privacy import DataExportRecord


def run_export(
    target: Path,
    what: str,
    order: ExportOrder,
    endings: tuple[str, ...],
    *,
    by: int,
    now: datetime,
    count: Callable[[], int],
    write: Callable[[int], None],
) -> DataExport:
    """Count the rows, `write` that many into `target`, and note the export.

    Masked lists need the right to take lists out, those in full the right to that, too; many rows
    in full, or of what houses owe, need a second staff member who has it. Without its line in the
    register there is no file: it goes away again.
    """
    order = replace(order, purpose=clean_line(order.purpose), receiver=clean_line(order.receiver))
    is_written = False
    try:
        with writing():
            staff = actor(by, Right.REPORT)
            if order.is_plain:
                actor(by, Right.EXPORT_PLAIN)
            check_target(target, *endings)
            total = count()
            check_order(order, total, load_settings("second_approver_rows").second_approver_rows)
            second = _second(order, by)
            write(total)
            is_written = True
            return _noted(target, what, order, by=(staff.id, staff.name), second=second, now=now,
                          rows=total)  # fmt: skip
    except BaseException:
        if is_written:
            target.unlink(missing_ok=True)
        raise


def run_folder_export(
    folder: Path,
    what: str,
    order: ExportOrder,
    *,
    by: int,
    now: datetime,
    count: Callable[[], int],
    write: Callable[[], Path],
    allowed: Callable[[], object],
) -> DataExport:
    """Count the rows, let `write` make a whole folder, and note the export of it.

    What leaves is in full: it needs the right to that, and a second staff member for many rows.
    `write` returns the file whose hash stands for the folder, its manifest. Without its line in the
    register there is no folder: it goes away again. `allowed` refuses who may not for another
    reason.
    """
    order = replace(order, purpose=clean_line(order.purpose), receiver=clean_line(order.receiver))
    is_written = False
    try:
        with writing():
            staff = actor(by, Right.EXPORT_PLAIN)
            allowed()
            _check_new_folder(folder)
            total = count()
            check_order(order, total, load_settings("second_approver_rows").second_approver_rows)
            second = _second(order, by)
            manifest = write()
            is_written = True
            return _noted(manifest, what, order, by=(staff.id, staff.name), second=second, now=now,
                          rows=total, name=folder.name)  # fmt: skip
    except BaseException:
        if is_written:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _check_new_folder(folder: Path) -> None:
    """Refuse a folder that is there already, and one whose place is not."""
    if not folder.parent.is_dir():
        raise RuleError(
            "folder-not-found",
            _("There is no folder «{folder}». Make it, or choose another one.").format(
                folder=folder.parent
            ),
        )
    if folder.exists():
        raise RuleError(
            "folder-exists",
            _("«{folder}» is there already and is not overwritten. Choose a new name.").format(
                folder=folder
            ),
        )


def _second(order: ExportOrder, by: int) -> tuple[int | None, str]:
    """Return id and name of the one who agreed, or refuse one who is the same or may not."""
    if not order.may_need_second or order.second_staff_id is None:
        return None, ""
    if order.second_staff_id == by:
        raise RuleError(
            "export-same-staff", _("The second staff member must be another one than the first.")
        )
    second = actor(order.second_staff_id, Right.EXPORT_PLAIN)
    return second.id, second.name


def _noted(
    target: Path,
    what: str,
    order: ExportOrder,
    *,
    by: tuple[int, str],
    second: tuple[int | None, str],
    now: datetime,
    rows: int,
    name: str = "",
) -> DataExport:
    with target.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    purpose = order.purpose or _("Masked, for own use")
    name = elide(clean_line(name or target.name), LONGEST_LINE)
    record = DataExportRecord.create(
        at=local(now),
        staff=by[0],
        second_staff=second[0],
        what=what,
        is_plain=order.is_plain,
        purpose=purpose,
        manner=order.manner.value,
        receiver=order.receiver,
        rows=rows,
        file_name=name,
        sha256=sha256,
    )
    named = f"{what} {record.id}"
    note_access(AccessAct.EXPORTED, by[0], now, order.unit_id, what=named, purpose=purpose)
    return DataExport(
        id=record.id,
        at=record.at,
        by=by[1],
        second=second[1],
        what=what,
        is_plain=order.is_plain,
        purpose=purpose,
        manner=order.manner,
        receiver=record.receiver,
        rows=rows,
        file_name=name,
        sha256=sha256,
    )
