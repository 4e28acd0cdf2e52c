"""Kept files that are handed out: copies in a folder, all or none, nothing there overwritten."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.attachments import Attachment, export_names
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.disk import sync_file
from propdesk.storage.faults import explained
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that were handed out, and the names of those that are missing."""

    files: tuple[Path, ...]
    missing: tuple[str, ...]


def free_targets(folder: Path, number: str, files: Sequence[Attachment]) -> list[Path]:
    """Return where each file goes, named by what it belongs to; refuse what is there already."""
    targets = [folder / name for name in export_names(number, files)]
    for target in targets:
        if target.exists():
            raise RuleError(
                "file-exists",
                _(
                    "{file} is in {folder} already and is not overwritten. Choose another one."
                ).format(file=target.name, folder=folder),
            )
    return targets


def write_out(office: OpenOffice, files: Sequence[Attachment], targets: Sequence[Path]) -> Exported:
    """Write files as they were stored; a folder that is not there is made."""
    written: list[Path] = []
    missing: list[str] = []
    with explained():
        try:
            for one, target in zip(files, targets, strict=True):
                target.parent.mkdir(parents=True, exist_ok=True)
                stored = StoredName(one.file.sha256, one.file.suffix)
                content = attachment_files.read(office.attachments, stored)
                if content is None:
                    missing.append(one.title)
                    continue
                with target.open("xb") as stream:
                    written.append(target)
                    stream.write(content)
                sync_file(target)
        except BaseException:
            for file in written:
                file.unlink(missing_ok=True)
            raise
    return Exported(tuple(written), tuple(missing))
