"""`propdesk check`, `backup DIR`, `verify FILE`, `restore FILE --to DIR`."""

import argparse
from pathlib import Path
from typing import Any

from propdesk.cli.desk import Desk, add_json
from propdesk.i18n import _


def add_parsers(commands: Any) -> None:
    """Add upkeep to the command line."""
    check = commands.add_parser("check", help=_("check the data file"))
    add_json(check)
    check.set_defaults(func=run_check)
    backup = commands.add_parser("backup", help=_("back the office up into a folder"))
    backup.add_argument("folder", type=Path, metavar="DIR")
    add_json(backup)
    backup.set_defaults(func=run_backup)
    verify = commands.add_parser("verify", help=_("read a backup and the photos that belong to it"))
    verify.add_argument("file", type=Path, metavar="FILE")
    add_json(verify)
    verify.set_defaults(func=run_verify)
    restore = commands.add_parser("restore", help=_("bring an office back from a backup"))
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--to", type=Path, required=True, metavar="DIR")
    add_json(restore)
    restore.set_defaults(func=run_restore)


def run_check(_args: argparse.Namespace, desk: Desk) -> int:
    """Check the data file, line by line; exit code 1 when something is wrong."""
    from propdesk.services.checking import check_office

    with desk.office(write=False, create=False) as office:
        result = check_office(office)
    for line in result.lines:
        desk.say(f"{'  ok' if line.ok else 'BAD '}  {line.text}")
    desk.json(
        {
            "ok": result.ok,
            "checks": [
                {"name": line.name, "ok": line.ok, "text": line.text} for line in result.lines
            ],
        }
    )
    return 0 if result.ok else 1


def run_backup(args: argparse.Namespace, desk: Desk) -> int:
    """Back the office up; allowed while the window is open."""
    from propdesk.services.backups import make_backup

    with desk.office(write=False, create=False) as office:
        made = make_backup(
            office, now=desk.now, to=args.folder, on_progress=desk.progress(_("Backup"))
        )
    desk.say(_("Backed up and verified: {file}").format(file=made.file))
    if made.files_problem:
        desk.say(made.files_problem)
    desk.json(
        {
            "file": str(made.file),
            "rows": dict(made.manifest.rows),
            "files_left": made.files_left,
            "files_problem": made.files_problem or None,
        }
    )
    return 0


def run_verify(args: argparse.Namespace, desk: Desk) -> int:
    """Read every byte of a backup and of its photos; exit code 1 where one of them is missing."""
    from propdesk.services.backups import find_files, verify_backup

    manifest = verify_backup(args.file)
    files = find_files(args.file)
    desk.say(_("{file} is whole.").format(file=args.file.name))
    for name in files.missing:
        desk.say(_("{file}: the file is missing").format(file=name))
    desk.json(
        {
            "rows": dict(manifest.rows),
            "created_at": manifest.created_at.isoformat(),
            "files": files.total,
            "missing": list(files.missing),
        }
    )
    return 1 if files.missing else 0


def run_restore(args: argparse.Namespace, desk: Desk) -> int:
    """Bring an office back into an absent or empty folder."""
    from propdesk.services.backups import again_words, restore

    restored = restore(args.file, args.to, on_progress=desk.progress(_("Restore")))
    desk.say(
        _("The office of {time} is back in {folder}. Open it with --data {folder}.").format(
            time=f"{restored.manifest.created_at:%Y-%m-%d %H:%M}", folder=args.to
        )
    )
    for name in restored.files.missing:
        desk.say(_("{file}: the file is missing").format(file=name))
    if restored.erase_again:
        desk.say(again_words(restored.erase_again))
    desk.json(
        {
            "folder": str(args.to),
            "erase_again": list(restored.erase_again),
            "rows": dict(restored.manifest.rows),
            "files": restored.files.total,
            "missing": list(restored.files.missing),
        }
    )
    return 0
