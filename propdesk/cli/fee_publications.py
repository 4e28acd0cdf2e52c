"""`propdesk fees publish|publications|publish-posted|publish-down` (Civil Code 943)."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.domain.publications import (
    ARREARS_WARNING,
    PUBLICATION_LABELS,
    Publication,
    PublicationDraft,
    PublicationKind,
)
from propdesk.i18n import _


def add_fees_parsers(verbs: Any) -> None:
    """Add the verbs of publications to `fees`."""
    publish = verbs.add_parser("publish", help=_("write a publication of fees or accounts"))
    publish.add_argument("kind", metavar="|".join(PublicationKind))
    publish.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    publish.add_argument("--to", dest="to_on", metavar="DAY", help=_("the last day"))
    publish.add_argument("--months", action="store_true", help=_("arrears: say how many months"))
    publish.add_argument("--amounts", action="store_true", help=_("arrears: say how much"))
    publish.add_argument(
        "--confirm", action="store_true", help=_("arrears: the manager has read the warning")
    )
    add_by(publish)
    add_json(publish)
    publish.set_defaults(func=run_publish)
    found = verbs.add_parser("publications", help=_("list publications, and which are due"))
    add_json(found)
    found.set_defaults(func=run_list)
    posted = verbs.add_parser("publish-posted", help=_("note where a publication hangs"))
    posted.add_argument("number")
    posted.add_argument("--on", metavar="DAY")
    posted.add_argument("--place", required=True)
    posted.add_argument("--photo", action="append", default=[], type=Path, metavar="FILE")
    add_by(posted)
    add_json(posted)
    posted.set_defaults(func=run_posted)
    down = verbs.add_parser("publish-down", help=_("note that a publication was taken down"))
    down.add_argument("number")
    down.add_argument("--on", metavar="DAY")
    add_by(down)
    add_json(down)
    down.set_defaults(func=run_down)


def publication_json(publication: Publication) -> dict[str, Any]:
    """Return a publication as its JSON object."""
    return {
        "number": publication.number,
        "kind": publication.kind.value,
        "title": publication.title,
        "from": publication.from_on.isoformat() if publication.from_on else None,
        "until": publication.until_on.isoformat() if publication.until_on else None,
        "rows": [list(row) for row in publication.content.rows],
        "total": list(publication.content.total),
        "place": publication.place or None,
        "posted_on": publication.posted_on.isoformat() if publication.posted_on else None,
        "taken_down_on": (
            publication.taken_down_on.isoformat() if publication.taken_down_on else None
        ),
        "photos": publication.photos,
        "pdf_sha256": publication.pdf_sha256,
        "voided": publication.voided_at.isoformat() if publication.voided_at else None,
    }


def run_publish(args: argparse.Namespace, desk: Desk) -> int:
    """Write a publication and archive its paper."""
    from propdesk.services.publications import write_publication

    kind = choice(args.kind, PublicationKind, _("kind"))
    until = read_day(args.to_on) if args.to_on else desk.today
    draft = PublicationDraft(
        kind,
        read_day(args.from_on) if args.from_on else until,
        until,
        with_months=args.months,
        with_amounts=args.amounts,
        is_confirmed=args.confirm,
    )
    if kind is PublicationKind.ARREARS:
        desk.say(str(ARREARS_WARNING))
    with desk.office(write=True, create=False) as office:
        made = write_publication(office, draft, by=desk.staff(args.by).id, now=desk.now)
    return _tell(desk, made)


def run_list(_args: argparse.Namespace, desk: Desk) -> int:
    """List publications and what is due."""
    from propdesk.services.queries.publications import list_due_publications, list_publications

    with desk.office(write=False):
        found = list_publications()
        due = list_due_publications(desk.today)
    for one in found:
        desk.say(_line(one))
    for wanted in due:
        desk.say(
            _("Due since {day}: {kind}, {first} to {last} ({source})").format(
                day=wanted.due_on,
                kind=PUBLICATION_LABELS[wanted.kind],
                first=wanted.from_on,
                last=wanted.until_on,
                source=wanted.source,
            )
        )
    desk.json(
        {
            "publications": [publication_json(one) for one in found],
            "due": [
                {
                    "kind": one.kind.value,
                    "from": one.from_on.isoformat(),
                    "until": one.until_on.isoformat(),
                    "due": one.due_on.isoformat(),
                    "source": one.source,
                }
                for one in due
            ],
        }
    )
    return 0


def run_posted(args: argparse.Namespace, desk: Desk) -> int:
    """Note where and since when a publication hangs, with its photos."""
    from propdesk.services.publications import add_publication_photos, post_publication
    from propdesk.services.queries.publications import find_publication

    day = read_day(args.on) if args.on else desk.today
    with desk.office(write=True, create=False) as office:
        by = desk.staff(args.by).id
        posted = post_publication(args.number, day, args.place, by=by, now=desk.now)
        if args.photo:
            _kept, refused = add_publication_photos(
                office, posted.number, args.photo, by=by, now=desk.now
            )
            for one in refused:
                desk.say(one.text)
            posted = find_publication(posted.number)
    return _tell(desk, posted)


def run_down(args: argparse.Namespace, desk: Desk) -> int:
    """Note that a publication was taken down."""
    from propdesk.services.publications import take_publication_down

    day = read_day(args.on) if args.on else desk.today
    with desk.office(write=True, create=False):
        by = desk.staff(args.by).id
        down = take_publication_down(args.number, day, by=by, now=desk.now)
    return _tell(desk, down)


def _tell(desk: Desk, publication: Publication) -> int:
    desk.say(_line(publication))
    desk.json(publication_json(publication))
    return 0


def _line(one: Publication) -> str:
    state = _("written")
    if one.voided_at:
        state = _("voided")
    elif one.taken_down_on:
        state = _("taken down {day}").format(day=one.taken_down_on)
    elif one.posted_on:
        state = _("posted {day}").format(day=one.posted_on)
    return f"{one.number}\t{one.title}\t{one.from_on}\t{one.until_on}\t{state}\t{one.place}"
