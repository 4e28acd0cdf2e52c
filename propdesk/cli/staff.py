"""`propdesk staff add|list`."""

import argparse
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice
from propdesk.domain.staff import ROLE_LABELS, Role, Staff
from propdesk.i18n import _
from propdesk.services.queries.staff import find_department, list_staff
from propdesk.services.staff import add_staff


def add_parsers(commands: Any) -> None:
    """Add `staff` to the command line."""
    staff = commands.add_parser("staff", help=_("who works in the office"))
    verbs = staff.add_subparsers(dest="verb", required=True, metavar="add|list")
    add = verbs.add_parser("add", help=_("add a staff member"))
    add.add_argument("name")
    add.add_argument("--department", metavar="D")
    add.add_argument("--role", default=Role.WORKER.value, metavar="|".join(Role))
    add.add_argument("--code", default="", help=_("short code; the next number by default"))
    add_by(add)
    add_json(add)
    add.set_defaults(func=run_add)
    show = verbs.add_parser("list", help=_("list the staff"))
    add_json(show)
    show.set_defaults(func=run_list)


def staff_json(staff: Staff) -> dict[str, Any]:
    """Return a staff member as its JSON object."""
    return {
        "code": staff.code,
        "name": staff.name,
        "department": staff.department or None,
        "role": staff.role.value,
    }


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Add a staff member."""
    with desk.office(write=True):
        department = find_department(args.department) if args.department else None
        staff = add_staff(
            args.name,
            by=desk.staff(args.by).id,
            department_id=department.id if department else None,
            role=choice(args.role, Role, _("role")),
            code=args.code,
        )
    desk.say(_("{name} was added with code {code}.").format(name=staff.name, code=staff.code))
    desk.json(staff_json(staff))
    return 0


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """List the staff."""
    with desk.office(write=False):
        staff = list_staff()
    for member in staff:
        desk.say(f"{member.code}\t{member.name}\t{member.department}\t{ROLE_LABELS[member.role]}")
    desk.json([staff_json(member) for member in staff])
    return 0
