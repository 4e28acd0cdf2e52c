"""`propdesk fees evidence --unit 3-2-501 -o DIR`, `propdesk fees evidence --verify DIR`."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day
from propdesk.cli.printed import add_paper_language, paper_language
from propdesk.domain.data_exports import ExportOrder, Manner
from propdesk.domain.errors import RuleError
from propdesk.i18n import _


def add_fees_parsers(verbs: Any) -> None:
    """Add `evidence` to `fees`."""
    pack = verbs.add_parser("evidence", help=_("an evidence pack of a house for a lawyer"))
    which = pack.add_mutually_exclusive_group(required=True)
    which.add_argument("--unit", metavar="3-2-501")
    which.add_argument(
        "--verify", type=Path, metavar="DIR", help=_("compare a pack with its manifest")
    )
    pack.add_argument("--community", default="", help=_("where several have this house"))
    pack.add_argument("-o", "--output", type=Path, metavar="DIR", help=_("a new folder"))
    pack.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    pack.add_argument("--purpose", default="", metavar="TEXT", help=_("what it is needed for"))
    pack.add_argument(
        "--receiver",
        default="",
        metavar="NAME",
        help=_("who gets it: the lawyer, the court; without it whoever makes it"),
    )
    pack.add_argument("--manner", default=Manner.PROVIDED.value, metavar="|".join(Manner))
    pack.add_argument("--second", metavar="STAFF", help=_("who else agreed (many rows in full)"))
    add_paper_language(pack)
    add_by(pack)
    add_json(pack)
    pack.set_defaults(func=run_evidence)


def run_evidence(args: argparse.Namespace, desk: Desk) -> int:
    """Make a pack, or compare one."""
    if args.verify:
        return _verify(args, desk)
    if args.output is None:
        raise RuleError("evidence-folder", _("Name the new folder of the pack with -o."))
    from propdesk.services.evidence import EvidenceOrder, export_evidence
    from propdesk.services.queries.units import find_unit

    with desk.office(write=True, create=False) as office:
        by = desk.staff(args.by)
        order = ExportOrder(
            purpose=args.purpose or _("Claim of unpaid property fees"),
            is_plain=True,
            manner=choice(args.manner, Manner, _("manner")),
            # Without another name whoever makes the pack has it; the register keeps that.
            receiver=args.receiver.strip() or by.name,
            second_staff_id=desk.staff(args.second).id if args.second else None,
        )
        from_on = read_day(args.from_on) if args.from_on else None
        pack = export_evidence(
            office,
            find_unit(args.unit, args.community).id,
            args.output,
            EvidenceOrder(order, from_on, paper_language(args)),
            by=by.id,
            now=desk.now,
            on_progress=desk.progress(args.output.name),
        )
    desk.say(
        _("{folder}: {files} files, {pages} pages; SHA-256 of the manifest {sha256}").format(
            folder=pack.folder,
            files=len(pack.manifest.files),
            pages=pack.pages,
            sha256=pack.manifest_sha256,
        )
    )
    for one in pack.manifest.missing:
        desk.say(_("Missing: {file}").format(file=one))
    desk.json(
        {
            "folder": str(pack.folder),
            "pages": pack.pages,
            "open_fen": pack.manifest.open_fen,
            "manifest_sha256": pack.manifest_sha256,
            "files": [asdict(one) for one in pack.manifest.files],
            "missing": list(pack.manifest.missing),
        }
    )
    return 0


def _verify(args: argparse.Namespace, desk: Desk) -> int:
    from propdesk.services.evidence import verify_evidence

    check = verify_evidence(args.verify)
    for words, files in (
        (_("Changed: {file}"), check.changed),
        (_("Missing: {file}"), check.missing),
        (_("Not of the pack: {file}"), check.added),
    ):
        for file in files:
            desk.say(words.format(file=file))
    if check.is_sound:
        desk.say(_("All {count} files are as they were made.").format(count=check.files))
    desk.json({**asdict(check), "sound": check.is_sound})
    return 0 if check.is_sound else 1
