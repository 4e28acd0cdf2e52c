"""`propdesk import residents|complaints FILE` and `propdesk import undo N`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.errors import RuleError
from propdesk.domain.imported_complaints import COMPLAINT_FIELDS
from propdesk.domain.imported_residents import RESIDENT_FIELDS
from propdesk.domain.imports import (
    ColumnMapping,
    ImportField,
    ImportKind,
    ImportPreview,
    parse_mapping,
)
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.importing_complaints import import_complaints, preview_complaints
from propdesk.services.importing_residents import import_residents, preview_residents
from propdesk.services.imports import check_error_target, undo_import, write_error_rows

_LINES = 20
"""So many rows that need somebody are named on the screen; --errors and --json name all."""

_COUNTS: tuple[tuple[str, LazyText], ...] = (
    ("added", _lazy("Added")),
    ("changed", _lazy("of these, changes to houses known before")),
    ("unchanged", _lazy("Unchanged")),
    ("rejected", _lazy("Rejected")),
    ("needs_person", _lazy("Needs a person")),
    ("suggested", _lazy("Class suggested, to be confirmed")),
    ("duplicates", _lazy("Likely duplicates")),
    ("communities", _lazy("New communities")),
    ("buildings", _lazy("New buildings")),
    ("entrances", _lazy("New entrances")),
    ("units", _lazy("New houses")),
    ("persons", _lazy("New persons")),
    ("phones", _lazy("New phones")),
    ("plates", _lazy("New plates")),
)


def add_parsers(commands: Any) -> None:
    """Add `import` to the command line."""
    parser = commands.add_parser("import", help=_("take in residents or complaints from a file"))
    kinds = parser.add_subparsers(dest="what", required=True, metavar="residents|complaints|undo")
    for kind, text in (
        (ImportKind.RESIDENTS, _("houses and people from .xlsx, .xls or .csv")),
        (ImportKind.COMPLAINTS, _("complaints from .xlsx, .xls or .csv")),
    ):
        one = kinds.add_parser(kind.value, help=text)
        one.add_argument("file", type=Path, metavar="FILE")
        one.add_argument("--sheet", metavar="NAME", help=_("worksheet; the first filled one else"))
        one.add_argument(
            "--mapping", type=Path, metavar="FILE", help=_("JSON: field to column, where unusual")
        )
        one.add_argument("--dry-run", action="store_true", help=_("show only what would happen"))
        one.add_argument(
            "--errors", type=Path, metavar="FILE.xlsx", help=_("write rejected rows with reasons")
        )
        if kind is ImportKind.RESIDENTS:
            one.add_argument("--community", default="", metavar="NAME",
                             help=_("community of houses whose row names none"))  # fmt: skip
        add_by(one)
        add_json(one)
        one.set_defaults(func=run_import, kind=kind)
    undo = kinds.add_parser("undo", help=_("take an import back as a whole"))
    undo.add_argument("number", type=int, metavar="N")
    add_by(undo)
    add_json(undo)
    undo.set_defaults(func=run_undo)


def run_import(args: argparse.Namespace, desk: Desk) -> int:
    """Take a file in, or show what would happen."""
    kind: ImportKind = args.kind
    fields = COMPLAINT_FIELDS if kind is ImportKind.COMPLAINTS else RESIDENT_FIELDS
    mapping = _mapping(args.mapping, fields) if args.mapping else None
    import_id = None
    if args.errors:
        check_error_target(args.errors, args.file)
    with desk.office(write=not args.dry_run):
        given: dict[str, Any] = {
            "mapping": mapping,
            "sheet": args.sheet,
            "on_progress": desk.progress(args.file.name),
        }
        if kind is ImportKind.RESIDENTS:
            given["community"] = args.community
        if args.dry_run:
            preview = (
                preview_residents(args.file, **given)
                if kind is ImportKind.RESIDENTS
                else preview_complaints(args.file, now=desk.now, **given)
            )
        else:
            store = import_residents if kind is ImportKind.RESIDENTS else import_complaints
            result = store(args.file, by=desk.staff(args.by).id, now=desk.now, **given)
            preview, import_id = result.preview, result.import_id
    if args.errors:
        written = write_error_rows(preview, args.errors)
        desk.say(_("{count} rows were written to {file}.").format(count=written, file=args.errors))
    _say(desk, preview, import_id)
    desk.json(preview_json(preview, import_id))
    return 0


def _mapping(file: Path, fields: tuple[ImportField, ...]) -> ColumnMapping:
    try:
        return parse_mapping(file.read_text("utf-8-sig"), fields)
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            "mapping-unreadable", _("The mapping {file} cannot be read.").format(file=file)
        ) from error


def _say(desk: Desk, preview: ImportPreview, import_id: int | None) -> None:
    counts = preview.counts
    desk.say(_("{file}: {count} rows").format(file=preview.file_name, count=counts["rows"]))
    for name, label in _COUNTS:
        if counts.get(name):
            desk.say(f"  {label}: {counts[name]}")
    listed = [
        (row, row.reason or row.needs_person)
        for row in preview.rows
        if row.reason or row.needs_person
    ]
    for row, reason in listed[:_LINES]:
        desk.say(_("Line {line} ({what}): {reason}").format(
            line=row.line, what=row.what, reason=reason
        ))  # fmt: skip
    if len(listed) > _LINES:
        desk.say(_("... and {count} more; --errors writes all.").format(count=len(listed) - _LINES))
    if import_id is not None:
        desk.say(_("This is import {id}; `import undo {id}` takes it back.").format(id=import_id))


def preview_json(preview: ImportPreview, import_id: int | None) -> dict[str, Any]:
    """Return an import as its JSON object: the counts first, then the rows that need somebody."""
    return {
        **preview.counts,
        "import": import_id,
        "mapping": {name: list(columns) for name, columns in preview.mapping.items()},
        "unused_columns": list(preview.unused),
        "rejected_rows": [
            {"line": row.line, "what": row.what, "reason": row.reason} for row in preview.rejected
        ],
        "needs_person_rows": [
            {"line": row.line, "what": row.what, "reason": row.needs_person}
            for row in preview.needing_person
        ],
    }


def run_undo(args: argparse.Namespace, desk: Desk) -> int:
    """Take an import back."""
    with desk.office(write=True):
        undone = undo_import(args.number, by=desk.staff(args.by).id, now=desk.now)
    text = _(
        "Import {id} undone: {tickets} tickets void; removed: houses {units}, persons {persons}."
    )
    desk.say(
        text.format(
            id=undone.import_id,
            tickets=undone.tickets,
            units=undone.units,
            persons=undone.persons,
        )
    )
    if undone.left:
        desk.say(_("Left alone, because somebody used it since: {names}.").format(
            names=", ".join(undone.left[:_LINES])
        ))  # fmt: skip
    desk.json(
        {
            "import": undone.import_id,
            "tickets": undone.tickets,
            "units": undone.units,
            "persons": undone.persons,
            "left": list(undone.left),
        }
    )
    return 0
