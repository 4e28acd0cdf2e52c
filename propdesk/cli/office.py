"""`propdesk office create|show|set|use`: an office of one's own, as the first start makes it."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.cli.staff import staff_json
from propdesk.domain.errors import RuleError
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Role
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.offices import OpenOffice


def add_parsers(commands: Any) -> None:
    """Add `office` to the command line."""
    office = commands.add_parser("office", help=_("an office of your own: make, show, change it"))
    verbs = office.add_subparsers(dest="verb", required=True, metavar="create|show|set|use")
    create = verbs.add_parser("create", help=_("make a new office in the data folder"))
    create.add_argument("--name", required=True)
    create.add_argument("--desk", metavar="NAME", default="", help=_("who sits at the front desk"))
    create.add_argument(
        "--staff",
        metavar="NAME[:DEPARTMENT[:ROLE]]",
        action="append",
        default=[],
        help=_("who works there; may be repeated"),
    )
    _add_choices(create)
    create.set_defaults(func=run_create)
    show = verbs.add_parser("show", help=_("name, communities, staff and second backup folder"))
    add_json(show)
    show.set_defaults(func=run_show)
    change = verbs.add_parser("set", help=_("change what the office is called and keeps where"))
    change.add_argument("--name")
    _add_choices(change)
    add_by(change)
    change.set_defaults(func=run_set)
    use = verbs.add_parser("use", help=_("open an office that is on this PC from now on"))
    use.add_argument("folder", type=Path, metavar="DIR")
    add_json(use)
    use.set_defaults(func=run_use)


def _add_choices(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--phone")
    parser.add_argument("--company")
    parser.add_argument(
        "--community", action="append", default=[], help=_("a community to add; may be repeated")
    )
    parser.add_argument(
        "--second-backup", metavar="DIR", help=_("where each backup is copied to; empty = nowhere")
    )
    add_json(parser)


def run_create(args: argparse.Namespace, desk: Desk) -> int:
    """Make the office with all that is named, or nothing."""
    if not desk.may_create:
        raise RuleError(
            "office-missing",
            _("There is no office in «{folder}».").format(folder=desk.folder),
        )
    settings = _taken(args, OfficeSettings())
    office = offices.make_office(desk.folder, settings, now=desk.now)
    with offices.unmade_if_failed(office):
        by = desk.staff(None).id
        _keep_choices(args, office, by)
        _add_staff(args, by)
        made = _office_json(office)
    offices.close_office(office)
    desk.say(_("The office «{name}» was made in {folder}.").format(**made))
    desk.json(made)
    return 0


def run_show(_args: argparse.Namespace, desk: Desk) -> int:
    """Say what the office is called, where it is and who works there."""
    with desk.office(write=False, create=False) as office:
        shown = _office_json(office)
    names = _(", ").join(member["name"] for member in shown["staff"])
    for label, words in (
        (_("Office"), shown["name"]),
        (_("Phone"), shown["phone"]),
        (_("Communities"), _(", ").join(shown["communities"])),
        (_("Staff"), names),
        (_("Second backup"), shown["second_backup"]),
        (_("Data folder"), shown["folder"]),
    ):
        desk.say(f"{label}\t{words or '—'}")
    desk.json(shown)
    return 0


def run_set(args: argparse.Namespace, desk: Desk) -> int:
    """Change the office's name, phone, company or second backup folder; add communities."""
    from propdesk.services.settings import get_settings, save_settings

    with desk.office(write=True, create=False) as office:
        by = desk.staff(args.by).id
        save_settings(_taken(args, get_settings()), by=by)
        _keep_choices(args, office, by)
        shown = _office_json(office)
    desk.say(_("Saved."))
    desk.json(shown)
    return 0


def run_use(args: argparse.Namespace, desk: Desk) -> int:
    """Look whether an office is in a folder, and open it from now on."""
    found = offices.look_at(args.folder)
    offices.remember_office(found.folder.absolute())
    desk.say(
        _("«{name}» in {folder} is opened from now on.").format(
            name=found.name, folder=found.folder
        )
    )
    desk.json(
        {
            "folder": str(found.folder),
            "name": found.name,
            "units": found.units,
            "tickets": found.tickets,
        }
    )
    return 0


def _taken(args: argparse.Namespace, settings: OfficeSettings) -> OfficeSettings:
    """Return the settings with what was named."""
    named = {"office_name": args.name, "phone": args.phone, "company": args.company}
    return replace(settings, **{key: text for key, text in named.items() if text is not None})


def _keep_choices(args: argparse.Namespace, office: OpenOffice, by: int) -> None:
    """Add the communities and set the second backup folder, once it proved to be one."""
    from propdesk.services.backups import check_second_place
    from propdesk.services.settings import get_settings, save_settings
    from propdesk.services.units import add_community

    for name in args.community:
        add_community(name, by=by)
    if args.second_backup is not None:
        if args.second_backup:
            check_second_place(Path(args.second_backup), office)
        save_settings(replace(get_settings(), second_backup_folder=args.second_backup), by=by)


def _add_staff(args: argparse.Namespace, by: int) -> None:
    from propdesk.services.queries.staff import find_department, first_desk
    from propdesk.services.staff import add_staff, change_staff

    if args.desk:
        change_staff(replace(first_desk(), name=args.desk), by=by)
    for text in args.staff:
        name, _colon, rest = text.partition(":")
        department, _colon, role = rest.partition(":")
        add_staff(
            name,
            by=by,
            department_id=find_department(department).id if department else None,
            role=choice(role or Role.WORKER.value, Role, _("role")),
        )


def _office_json(office: OpenOffice) -> dict[str, Any]:
    from propdesk.services.queries.staff import list_staff
    from propdesk.services.queries.units import list_communities
    from propdesk.services.settings import get_settings

    settings = get_settings()
    return {
        "folder": str(office.folder),
        "name": settings.office_name,
        "phone": settings.phone or None,
        "communities": list(list_communities()),
        "staff": [staff_json(member) for member in list_staff()],
        "second_backup": settings.second_backup_folder or None,
    }
