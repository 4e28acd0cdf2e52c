"""`propdesk documents add|list|change|remove|export UNIT`: what lies in the file of a house."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json
from propdesk.cli.house_words import add_house, house, person_of
from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import (
    DocumentDraft,
    DocumentTopic,
    HouseDocument,
    document_topic,
)
from propdesk.i18n import _
from propdesk.services.queries.documents import list_documents


def add_parsers(commands: Any) -> None:
    """Add `documents` to the command line."""
    nouns = commands.add_parser("documents", help=_("documents in the files of houses"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    add = verbs.add_parser("add", help=_("give photos and PDF scans to a house"))
    show = verbs.add_parser("list", help=_("list the documents of a house"))
    change = verbs.add_parser("change", help=_("say what a document is about"))
    remove = verbs.add_parser("remove", help=_("take documents out; they stay in the books"))
    export = verbs.add_parser("export", help=_("write the documents into a folder"))
    for parser, function in (
        (add, run_add),
        (show, run_list),
        (change, run_change),
        (remove, run_remove),
        (export, run_export),
    ):
        add_house(parser)
        parser.set_defaults(func=function)
        add_json(parser)
    add.add_argument("files", type=Path, nargs="+", metavar="FILE")
    remove.add_argument("places", type=int, nargs="+", metavar="N", help=_("number in the list"))
    change.add_argument("place", type=int, metavar="N", help=_("number in the list"))
    for parser in (add, change):
        parser.add_argument("--topic", metavar="|".join(DocumentTopic))
        parser.add_argument("--person", metavar="NAME", help=_("whom of the house it is about"))
        parser.add_argument("--caption", help=_("what can be seen"))
    export.add_argument("--to", type=Path, required=True, metavar="DIR")
    export.add_argument("--purpose", default="", metavar="TEXT", help=_("what it is needed for"))
    for parser in (add, change, remove, export):
        add_by(parser)


def document_json(one: HouseDocument, place: int) -> dict[str, Any]:
    """Return a document as its JSON object."""
    return {
        "n": place,
        "topic": one.topic.value,
        "name": one.attachment.file.name,
        "caption": one.attachment.caption or None,
        "person": one.person or None,
        "sha256": one.attachment.file.sha256,
        "bytes": one.attachment.file.bytes,
        "added_at": one.attachment.added_at.isoformat(),
        "by": one.attachment.by,
    }


def run_add(args: argparse.Namespace, desk: Desk) -> int:
    """Take files in; those that cannot be taken are named, and the exit code is 1 then."""
    from propdesk.services.documents import add_documents

    with desk.office(write=True, create=False) as office:
        unit = house(args)
        added, refused = add_documents(
            office,
            unit.id,
            args.files,
            DocumentDraft(
                document_topic(args.topic or DocumentTopic.OTHER.value),
                person_of(unit, args.person, desk.today),
                args.caption or "",
            ),
            by=desk.staff(args.by).id,
            now=desk.now,
            on_progress=desk.progress(unit.short),
        )
        for one in added:
            desk.say(one.title)
        for bad in refused:
            desk.say(bad.text)
        desk.json(
            {
                "added": [document_json(one, place) for place, one in enumerate(added, 1)],
                "refused": [{"name": bad.name, "code": bad.code} for bad in refused],
            }
        )
    return 1 if refused else 0


def run_list(args: argparse.Namespace, desk: Desk) -> None:
    """List the documents of a house, the last one first."""
    with desk.office(write=False, create=False):
        documents = list_documents(house(args).id)
    for place, one in enumerate(documents, 1):
        day = f"{one.attachment.added_at:%Y-%m-%d}"
        words = (str(place), day, one.title, one.person, one.attachment.by)
        desk.say("  ".join(filter(None, words)))
    desk.json([document_json(one, place) for place, one in enumerate(documents, 1)])


def run_change(args: argparse.Namespace, desk: Desk) -> None:
    """Say what a document is about."""
    from propdesk.services.documents import change_document

    with desk.office(write=True, create=False):
        unit = house(args)
        one = _at(list_documents(unit.id), args.place)
        changed = change_document(
            one.id,
            DocumentDraft(
                document_topic(args.topic) if args.topic else one.topic,
                person_of(unit, args.person, desk.today, one.person_id),
                one.attachment.caption if args.caption is None else args.caption,
            ),
            by=desk.staff(args.by).id,
        )
    desk.say(changed.title)
    desk.json(document_json(changed, args.place))


def run_remove(args: argparse.Namespace, desk: Desk) -> None:
    """Take documents out of the file of a house."""
    from propdesk.services.documents import remove_document

    with desk.office(write=True, create=False):
        documents = list_documents(house(args).id)
        wanted = [_at(documents, place) for place in dict.fromkeys(args.places)]
        by = desk.staff(args.by).id
        for one in wanted:
            remove_document(one.id, by=by, now=desk.now)
            desk.say(_("{title} is taken out").format(title=one.title))
    desk.json([one.attachment.file.name for one in wanted])


def run_export(args: argparse.Namespace, desk: Desk) -> int:
    """Write the documents of a house into a folder; exit code 1 where one is missing."""
    from propdesk.services.documents import export_documents

    with desk.office(write=True, create=False) as office:
        files, missing = export_documents(
            office,
            house(args).id,
            args.to,
            by=desk.staff(args.by).id,
            now=desk.now,
            purpose=args.purpose,
        )
    for file in files:
        desk.say(str(file))
    for name in missing:
        desk.say(_("{name} is missing").format(name=name))
    desk.json({"files": [str(file) for file in files], "missing": list(missing)})
    return 1 if missing else 0


def _at(documents: tuple[HouseDocument, ...], place: int) -> HouseDocument:
    if 1 <= place <= len(documents):
        return documents[place - 1]
    raise RuleError(
        "document-unknown",
        _("There is no document {n} in the list; there are {count}.").format(
            n=place, count=len(documents)
        ),
    )
