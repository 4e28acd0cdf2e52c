"""`propdesk notices write|list|void`: what residents are told at the door (R89)."""

import argparse
from dataclasses import replace
from datetime import datetime
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_time
from propdesk.domain.notices import NOTICE_LABELS, Notice, NoticeKind, fill_template
from propdesk.i18n import _
from propdesk.services.notices import void_notice, write_notice
from propdesk.services.queries.notices import find_notice, get_template, list_notices


def add_parsers(commands: Any) -> None:
    """Add `notices` to the command line."""
    nouns = commands.add_parser("notices", help=_("notices to residents"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    write = verbs.add_parser("write", help=_("write a notice; `print notice` prints it"))
    write.add_argument("--kind", required=True, metavar="|".join(NoticeKind))
    write.add_argument("--scope", default="", help=_("which houses it is for"))
    write.add_argument("--reason", default="", help=_("why"))
    write.add_argument("--from", dest="from_at", metavar="TIME", help=_("from when"))
    write.add_argument("--until", dest="until_at", metavar="TIME", help=_("until when"))
    write.add_argument("--title", help=_("instead of the usual title"))
    write.add_argument("--text", help=_("instead of the usual text"))
    write.add_argument("--addressee", help=_("instead of the usual addressee"))
    add_by(write)
    add_json(write)
    write.set_defaults(func=run_write)
    show = verbs.add_parser("list", help=_("list the last notices"))
    add_json(show)
    show.set_defaults(func=run_list)
    void = verbs.add_parser("void", help=_("void a notice; its number stays"))
    void.add_argument("number")
    add_by(void)
    add_json(void)
    void.set_defaults(func=run_void)


def notice_json(notice: Notice) -> dict[str, Any]:
    """Return a notice as its JSON object."""
    return {
        "number": notice.number,
        "kind": notice.kind.value,
        "title": notice.title,
        "addressee": notice.addressee or None,
        "text": notice.text,
        "scope": notice.scope or None,
        "from": notice.from_at.isoformat() if notice.from_at else None,
        "until": notice.until_at.isoformat() if notice.until_at else None,
        "dated_on": notice.dated_on.isoformat(),
        "by": notice.by,
        "voided_at": notice.voided_at.isoformat() if notice.voided_at else None,
    }


def _time(text: str | None) -> datetime | None:
    return read_time(text).replace(tzinfo=None) if text else None


def run_write(args: argparse.Namespace, desk: Desk) -> int:
    """Write a notice: the kind's text with what is known filled in, or the given words."""
    kind = choice(args.kind, NoticeKind, _("kind"))
    with desk.office(write=True):
        draft = fill_template(
            get_template(kind),
            kind,
            on=desk.now.date(),
            scope=args.scope,
            reason=args.reason,
            from_at=_time(args.from_at),
            until_at=_time(args.until_at),
        )
        draft = replace(
            draft,
            title=draft.title if args.title is None else args.title,
            text=draft.text if args.text is None else args.text,
            addressee=draft.addressee if args.addressee is None else args.addressee,
        )
        notice = write_notice(draft, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Notice {number} is written.").format(number=notice.number))
    desk.json(notice_json(notice))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:  # noqa: ARG001 - every command has both
    """List the last notices, the newest first."""
    with desk.office(write=False):
        found = list_notices()
    for one in found:
        state = _("voided") if one.voided_at else ""
        line = f"{one.number}\t{one.dated_on}\t{NOTICE_LABELS[one.kind]}\t{one.title}\t{one.scope}"
        desk.say(f"{line}\t{state}".rstrip())
    desk.json([notice_json(one) for one in found])
    return 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a notice."""
    with desk.office(write=True):
        notice = find_notice(args.number)
        notice = void_notice(notice.id, by=desk.staff(args.by).id, now=desk.now)
    desk.say(_("Notice {number} is void.").format(number=notice.number))
    desk.json(notice_json(notice))
    return 0
