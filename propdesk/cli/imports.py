"""`propdesk import KIND FILE`, `import undo N`, `import history`, `import template KIND`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.domain.errors import RuleError
from propdesk.domain.import_kinds import FIELDS, KIND_LABELS, PLACED_KINDS, TEMPLATE_KINDS
from propdesk.domain.imports import (
    ChangeMark,
    ColumnMapping,
    ImportField,
    ImportKind,
    ImportPreview,
    parse_mapping,
)
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.import_templates import write_template
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import (
    check_error_target,
    list_imports,
    undo_import,
    write_error_rows,
)

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
    ("readings", _lazy("New readings")),
    ("vendors", _lazy("New companies")),
)


def add_parsers(commands: Any) -> None:
    """Add `import` to the command line."""
    parser = commands.add_parser(
        "import", help=_("take in houses, people, fees, equipment or complaints")
    )
    kinds = parser.add_subparsers(
        dest="what",
        required=True,
        metavar="units|residents|vehicles|tariffs|bills|payments|readings|assets|complaints|"
        "undo|history|template",
    )
    for kind, text in (
        (ImportKind.UNITS, _("houses from .xlsx, .xls or .csv")),
        (ImportKind.RESIDENTS, _("houses and people from .xlsx, .xls or .csv")),
        (ImportKind.VEHICLES, _("vehicles from .xlsx, .xls or .csv")),
        (ImportKind.BILLS, _("what houses owed before, from .xlsx, .xls or .csv")),
        (ImportKind.TARIFFS, _("prices of fees from .xlsx, .xls or .csv")),
        (ImportKind.COMPLAINTS, _("complaints from .xlsx, .xls or .csv")),
        (ImportKind.PAYMENTS, _("payments from a statement of bank, WeChat or Alipay")),
        (ImportKind.READINGS, _("meter readings from .xlsx, .xls or .csv")),
        (ImportKind.ASSETS, _("the ledger of equipment from .xlsx, .xls or .csv")),
    ):
        _add_kind(kinds, kind, text)
    undo = kinds.add_parser("undo", help=_("take an import back as a whole"))
    undo.add_argument("number", type=int, metavar="N")
    add_by(undo)
    undo.set_defaults(func=run_undo)
    history = kinds.add_parser("history", help=_("what was imported before, and by whom"))
    history.set_defaults(func=run_history)
    template = kinds.add_parser("template", help=_("write a workbook to fill in"))
    template.add_argument("kind", choices=[kind.value for kind in TEMPLATE_KINDS])
    template.add_argument("-o", "--output", type=Path, required=True, metavar="FILE.xlsx")
    template.set_defaults(func=run_template)
    for one in (undo, history, template):
        add_json(one)


def _add_kind(kinds: Any, kind: ImportKind, text: str) -> None:
    one = kinds.add_parser(kind.value, help=text)
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument(
        "--sheet", metavar="NAME", help=_("worksheet; else the first one with known columns")
    )
    one.add_argument(
        "--mapping", type=Path, metavar="FILE", help=_("JSON: field to column, where unusual")
    )
    one.add_argument("--dry-run", action="store_true", help=_("show only what would happen"))
    one.add_argument(
        "--errors", type=Path, metavar="FILE.xlsx", help=_("write rejected rows with reasons")
    )
    one.add_argument("--hidden", action="store_true", help=_("take hidden rows too"))
    if kind in PLACED_KINDS:
        one.add_argument("--community", metavar="NAME",
                         help=_("community of houses whose row names none"))  # fmt: skip
    add_by(one)
    add_json(one)
    one.set_defaults(func=run_import, kind=kind, community="")


def run_import(args: argparse.Namespace, desk: Desk) -> int:
    """Take a file in, or show what would happen."""
    kind: ImportKind = args.kind
    mapping = _mapping(args.mapping, FIELDS[kind]) if args.mapping else None
    import_id = None
    if args.errors:
        check_error_target(args.errors, args.file)
    with desk.office(write=not args.dry_run):
        given: dict[str, Any] = {
            "mapping": mapping,
            "sheet": args.sheet,
            "community": args.community,
            "take_hidden": args.hidden,
            "now": desk.now,
            "on_progress": desk.progress(args.file.name),
        }
        if args.dry_run:
            preview = preview_import(kind, args.file, **given)
        else:
            result = import_file(kind, args.file, by=desk.staff(args.by).id, **given)
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
    for sentence in preview.told:
        desk.say(sentence)
    desk.say(_("{file}: {count} rows").format(file=preview.file_name, count=counts["rows"]))
    others = [name for name in preview.sheet_names if name != preview.sheet_name]
    if others:
        text = _("Read was the sheet {sheet}; --sheet names another one: {others}.")
        desk.say(text.format(sheet=preview.sheet_name, others=", ".join(others)))
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
        "sheet": preview.sheet_name,
        "sheets": list(preview.sheet_names),
        "told": list(preview.told),
        "unused_columns": list(preview.unused),
        "hidden_columns": list(preview.hidden_columns),
        "columns_not_kept": list(preview.not_taken),
        "left_out": [{"line": one.line, "why": one.why} for one in preview.left_out],
        # What is new is counted; what a row fills or says otherwise stands here, one by one.
        "changes": [
            {"line": row.line, **change._asdict()}
            for row in preview.rows
            for change in row.changes
            if change.mark is not ChangeMark.NEW
        ],
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
        "Import {id} undone: {tickets} tickets void; removed: houses {units}, persons {persons}, "
        "vehicles {vehicles}; values taken back: {values}."
    )
    desk.say(
        text.format(
            id=undone.import_id,
            tickets=undone.tickets,
            units=undone.units,
            persons=undone.persons,
            vehicles=undone.vehicles,
            values=undone.values,
        )
    )
    if undone.receipts:
        desk.say(_("Receipts voided: {count}.").format(count=undone.receipts))
    if undone.readings:
        desk.say(_("Readings voided: {count}.").format(count=undone.readings))
    if undone.bills:
        desk.say(_("{count} bills are void.").format(count=undone.bills))
    if undone.assets:
        desk.say(_("{count} things were removed.").format(count=undone.assets))
    if undone.left:
        desk.say(_("Left alone, because somebody used it since: {names}.").format(
            names=", ".join(undone.left[:_LINES])
        ))  # fmt: skip
    desk.json(
        {
            "import": undone.import_id,
            "tickets": undone.tickets,
            "bills": undone.bills,
            "units": undone.units,
            "persons": undone.persons,
            "vehicles": undone.vehicles,
            "receipts": undone.receipts,
            "readings": undone.readings,
            "assets": undone.assets,
            "values": undone.values,
            "left": list(undone.left),
        }
    )
    return 0


def run_history(_args: argparse.Namespace, desk: Desk) -> int:
    """List the imports, newest first."""
    with desk.office(write=False):
        lines = list_imports()
    for line in lines:
        state = ""
        if line.undone_at is not None:
            text = _("undone {time} by {name}")
            state = text.format(time=f"{line.undone_at:%Y-%m-%d %H:%M}", name=line.undone_by or "?")
        text = _(
            "{id}: {time} {kind} {file}, {by}: {added} new, {unchanged} known, {rejected} rejected"
        )
        said = text.format(
            id=line.id,
            time=f"{line.at:%Y-%m-%d %H:%M}",
            kind=KIND_LABELS[line.kind],
            file=line.file_name,
            by=line.by,
            added=line.added,
            unchanged=line.unchanged,
            rejected=line.rejected,
        )
        desk.say(f"{said}; {state}" if state else said)
    if not lines:
        desk.say(_("Nothing was imported so far."))
    desk.json(
        [
            {
                "import": line.id,
                "kind": line.kind.value,
                "file": line.file_name,
                "at": line.at.isoformat(),
                "by": line.by,
                "rows": line.rows,
                "added": line.added,
                "unchanged": line.unchanged,
                "rejected": line.rejected,
                "undone_at": line.undone_at.isoformat() if line.undone_at else None,
                "undone_by": line.undone_by or None,
            }
            for line in lines
        ]
    )
    return 0


def run_template(args: argparse.Namespace, desk: Desk) -> int:
    """Write a workbook to fill in."""
    with desk.office(write=False):
        columns = write_template(ImportKind(args.kind), args.output)
    desk.say(_("{file} was written; fill in its first sheet.").format(file=args.output))
    desk.json({"file": str(args.output), "columns": list(columns)})
    return 0
