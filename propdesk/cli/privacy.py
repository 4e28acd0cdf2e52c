"""`propdesk privacy catalogue|fields|details|reveal|access|exports` (law.md 1.7, 1.8)."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.access import ACT_LABELS, AccessAct, AccessLine
from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import (
    BASIS_LABELS,
    FIELDS,
    OPTIONAL_FIELDS,
    DataField,
    optional_field,
)
from propdesk.domain.person_details import Detail
from propdesk.domain.retention import BY_CODE, kept_words
from propdesk.domain.settings import OfficeSettings
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add `privacy` to the command line."""
    nouns = commands.add_parser("privacy", help=_("personal data: what is kept, who has looked"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    catalogue = verbs.add_parser("catalogue", help=_("every kind of data, why and how long"))
    catalogue.set_defaults(func=run_catalogue)
    fields = verbs.add_parser("fields", help=_("which optional fields the office keeps"))
    fields.add_argument("--on", action="append", default=[], metavar="CODE")
    fields.add_argument(
        "--off", action="append", default=[], metavar="CODE", help=_("their values are deleted")
    )
    fields.set_defaults(func=run_fields)
    details = verbs.add_parser("details", help=_("the optional details of a person"))
    details.add_argument("person", type=int, metavar="PERSON")
    details.add_argument(
        "--set", action="append", default=[], metavar="CODE=VALUE", help=_("no value deletes it")
    )
    details.set_defaults(func=run_details)
    reveal = verbs.add_parser("reveal", help=_("show in full; the look is noted"))
    reveal.add_argument("person", type=int, metavar="PERSON")
    reveal.add_argument("field", nargs="?", default="phone", metavar="phone|CODE")
    reveal.set_defaults(func=run_reveal)
    access = verbs.add_parser("access", help=_("who has looked at a house or a person"))
    access.add_argument("unit", nargs="?", metavar="UNIT")
    access.add_argument("--person", type=int, metavar="ID")
    access.add_argument("--by", metavar="STAFF", help=_("who has looked"))
    access.add_argument("--act", metavar="|".join(AccessAct))
    access.add_argument("--from", dest="from_on", metavar="DAY")
    access.add_argument("--to", dest="to_on", metavar="DAY")
    access.add_argument("--limit", type=int, default=200, metavar="N")
    access.set_defaults(func=run_access)
    exports = verbs.add_parser("exports", help=_("which files of personal data went out"))
    exports.set_defaults(func=run_exports)
    for one in (catalogue, fields, details, reveal, access, exports):
        add_json(one)
    for one in (fields, details, reveal):
        add_by(one)


def _field_json(field: DataField, settings: OfficeSettings) -> dict[str, Any]:
    row = BY_CODE[field.retention]
    return {
        "code": field.code,
        "label": str(field.label),
        "group": field.group.value,
        "purpose": str(field.purpose),
        "basis": field.basis.value,
        "source": str(field.source),
        "sensitive": field.is_sensitive,
        "optional": field.is_optional,
        "on": not field.is_optional or field.code in settings.kept_fields,
        "consent": field.scope or None,
        "retention": kept_words(row, settings.retention_months),
        "retention_source": str(row.source),
        "retention_verified": row.is_verified,
        "columns": list(field.columns),
    }


def run_catalogue(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - every command has both
    """List every kind of personal data."""
    from propdesk.services.settings import get_settings

    with desk.office(write=False):
        settings = get_settings()
    _say_fields(desk, FIELDS, settings)
    return 0


def _say_fields(desk: Desk, fields: Sequence[DataField], settings: OfficeSettings) -> None:
    lines = [_field_json(one, settings) for one in fields]
    for field, line in zip(fields, lines, strict=True):
        state = _("on") if line["on"] else _("off")
        words = f"{BASIS_LABELS[field.basis]}\t{line['retention']}\t{state}"
        desk.say(f"{field.code}\t{field.label}\t{words}")
    desk.json(lines)


def run_fields(args: argparse.Namespace, desk: Desk) -> int:
    """Switch optional fields on and off, and list them."""
    from propdesk.services.queries.person_details import count_details
    from propdesk.services.settings import get_settings, save_settings

    is_changing = bool(args.on or args.off)
    with desk.office(write=is_changing, create=not is_changing):
        settings = get_settings()
        if is_changing:
            off = {optional_field(code).code for code in args.off}
            count = count_details(off)
            kept = tuple(code for code in (*settings.kept_fields, *args.on) if code not in off)
            by = desk.staff(args.by).id
            settings = save_settings(replace(settings, kept_fields=kept), by=by)
            if count:
                desk.say(_("{count} values were deleted.").format(count=count))
    _say_fields(desk, tuple(OPTIONAL_FIELDS.values()), settings)
    return 0


def _detail_json(detail: Detail) -> dict[str, Any]:
    return {
        "code": detail.field.code,
        "label": str(detail.field.label),
        "shown": detail.shown or None,
        "basis": detail.field.basis.value,
        "consent": detail.consent_id,
        "set_at": detail.set_at.isoformat() if detail.set_at else None,
    }


def run_details(args: argparse.Namespace, desk: Desk) -> int:
    """Show the optional details of a person, masked where they must be, after storing some."""
    from propdesk.services.person_details import set_details
    from propdesk.services.queries.person_details import list_details

    values = dict(map(_pair, args.set))
    with desk.office(write=bool(values), create=False):
        if values:
            by = desk.staff(args.by).id
            details = set_details(args.person, values, by=by, now=desk.now)
        else:
            details = list_details(args.person)
    for one in details:
        desk.say(f"{one.field.code}\t{one.field.label}\t{one.shown or '—'}")
    desk.json([_detail_json(one) for one in details])
    return 0


def _pair(text: str) -> tuple[str, str]:
    code, is_there, value = text.partition("=")
    if not is_there:
        raise RuleError("detail-unreadable", _("Write a detail as CODE=VALUE."))
    return code.strip(), value


def run_reveal(args: argparse.Namespace, desk: Desk) -> int:
    """Show a person's phones or a detail in full; the look is noted."""
    from propdesk.services.revealing import PHONE, reveal_detail, reveal_phones

    with desk.office(write=True, create=False):
        by = desk.staff(args.by).id
        if args.field == PHONE:
            found = reveal_phones(args.person, by=by, now=desk.now)
        else:
            value = reveal_detail(args.person, args.field, by=by, now=desk.now)
            found = (value,) if value else ()
    for one in found:
        desk.say(one)
    desk.json({"person": args.person, "field": args.field, "values": list(found)})
    return 0


def _line_json(line: AccessLine) -> dict[str, Any]:
    return {
        "id": line.id,
        "at": line.at.isoformat(),
        "by": line.staff,
        "act": line.act.value,
        "house": line.house or None,
        "person_id": line.person_id,
        "person": line.person or None,
        "what": line.what or None,
        "purpose": line.purpose or None,
    }


def run_access(args: argparse.Namespace, desk: Desk) -> int:
    """List who has looked, the newest first."""
    from propdesk.services.queries.access import AccessFilter, list_access
    from propdesk.services.queries.units import find_unit

    with desk.office(write=False):
        wanted = AccessFilter(
            unit_id=find_unit(args.unit).id if args.unit else None,
            person_id=args.person,
            staff_id=desk.staff(args.by).id if args.by else None,
            act=choice(args.act, AccessAct, _("act")) if args.act else None,
            from_on=read_day(args.from_on) if args.from_on else None,
            to_on=read_day(args.to_on) if args.to_on else None,
        )
        found = list_access(wanted, limit=args.limit)
    for one in found:
        words = (one.house, one.person, one.what, one.purpose)
        line = f"{one.at:%Y-%m-%d %H:%M}\t{one.staff}\t{ACT_LABELS[one.act]}\t"
        desk.say(line + "\t".join(words).rstrip())
    desk.json([_line_json(one) for one in found])
    return 0


def run_exports(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - every command has both
    """List the files of personal data that went out, the newest first."""
    from propdesk.cli.exports import export_json
    from propdesk.services.queries.access import list_exports

    with desk.office(write=False):
        found = list_exports()
    for one in found:
        how = _("in full") if one.is_plain else _("masked")
        words = (one.by, one.file_name, str(one.rows), how, one.purpose, one.receiver)
        desk.say(f"{one.at:%Y-%m-%d %H:%M}\t" + "\t".join(words).rstrip())
    desk.json([export_json(one) for one in found])
    return 0
