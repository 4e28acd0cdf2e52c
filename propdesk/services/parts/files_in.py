"""Files taken in: told by content, pictures drawn anew, stored under their hash (F34, F45-F49).

Tickets and houses share this way: a file is made ready and stored first, then a row names it. What
is staged and never named goes away again, or lies there harmless after a crash; `check` counts it.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from propdesk import pictures
from propdesk.domain.attachments import (
    HEAD,
    PICTURES,
    FileKind,
    StagedFile,
    check_count,
    check_pdf,
    check_size,
    kind_of,
    kind_refused,
    shown_name,
)
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.parts.writing import writing
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.faults import explained
from propdesk.storage.office import DraftRecord
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class PastedFile:
    """A picture that comes from no file: the clipboard's."""

    name: str
    content: bytes


Source = Path | PastedFile


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was not taken in, and the sentence that says why."""

    name: str
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Staged:
    """Files that lie ready to be attached, and those that were refused."""

    files: tuple[StagedFile, ...]
    refused: tuple[Refused, ...] = ()


def quiet(_done: int, _total: int) -> None:
    """Show nobody the progress."""


def stage(
    office: OpenOffice, sources: Sequence[Source], on_progress: Callable[[int, int], None]
) -> Staged:
    """Make files ready: told by content, pictures drawn anew, each stored under its hash.

    One that cannot be taken does not stop the others. Raises RuleError where the disk is full, and
    whatever `on_progress` raises for the button; either way nothing of this call stays behind.
    """
    check_count(0, len(sources))
    files: list[StagedFile] = []
    refused: list[Refused] = []
    made: list[StagedFile] = []
    try:
        for done, source in enumerate(sources):
            on_progress(done, len(sources))
            try:
                content, file = _made_ready(source)
            except RuleError as refusal:
                name = shown_name(source.name)
                refused.append(Refused(name, refusal.code, str(refusal)))
                continue
            with explained():
                stored = attachment_files.keep(office.attachments, content, file.suffix)
            file = StagedFile(stored.sha256, *_rest(file))
            made.append(file)
            if file.sha256 not in {one.sha256 for one in files}:
                files.append(file)
        on_progress(len(sources), len(sources))
    except BaseException:
        # What stopped the work stands above; a disk that fails here too leaves a harmless file.
        with suppress(RuleError):
            discard(office, made)
        raise
    return Staged(tuple(files), tuple(refused))


def _rest(file: StagedFile) -> tuple[str, str, int, int | None, int | None]:
    return file.suffix, file.name, file.bytes, file.width, file.height


def _made_ready(source: Source) -> tuple[bytes, StagedFile]:
    """Return what is stored of a file; its hash is not known yet."""
    name = shown_name(source.name)
    try:
        if isinstance(source, PastedFile):
            return _taken(io.BytesIO(source.content), len(source.content), name)
        if not source.is_file():
            raise RuleError(
                "attachment-unreadable",
                _("{file} is no file, or is gone. Choose the photos themselves.").format(file=name),
            )
        with source.open("rb") as stream:
            return _taken(stream, source.stat().st_size, name)
    except OSError as error:
        raise RuleError(
            "attachment-unreadable",
            _("{file} cannot be read. Copy it to this computer first, then add it.").format(
                file=name
            ),
        ) from error


def _taken(stream: BinaryIO, size: int, name: str) -> tuple[bytes, StagedFile]:
    head = stream.read(HEAD)
    kind = kind_of(head)
    check_size(kind, size, name)
    stream.seek(0)
    if kind is FileKind.PDF:
        content = stream.read()
        check_pdf(content, name)
        return content, StagedFile("", ".pdf", name, len(content))
    if kind not in PICTURES:
        raise kind_refused(kind, name)
    redrawn = pictures.redraw(stream, kind, name)
    size = len(redrawn.content)
    return redrawn.content, StagedFile("", ".jpg", name, size, redrawn.width, redrawn.height)


def file_row(
    office: OpenOffice,
    file: StagedFile,
    *,
    staff_id: int,
    at: datetime,
    caption: str,
    **of_what: Any,
) -> int:
    """Write the row that names a staged file, of a ticket or a house; return its id."""
    # Another job may have discarded it meanwhile: a row never points at what is not there.
    if not StoredName(file.sha256, file.suffix).below(office.attachments).is_file():
        raise RuleError(
            "attachment-missing",
            _("{file} is not there any more. Add it once more.").format(file=file.name),
        )
    row = AttachmentRecord.create(
        sha256=file.sha256,
        suffix=file.suffix,
        name=file.name,
        caption=caption,
        bytes=file.bytes,
        width=file.width,
        height=file.height,
        added_at=at,
        staff=staff_id,
        **of_what,
    )
    return int(row.id)


def discard(office: OpenOffice, files: Iterable[StagedFile]) -> None:
    """Remove staged files that no record and no half-typed form names."""
    with writing():
        for file in files:
            named = AttachmentRecord.select().where(AttachmentRecord.sha256 == file.sha256)
            if named.exists() or _is_in_draft(file.sha256):
                continue
            attachment_files.discard(office.attachments, StoredName(file.sha256, file.suffix))


def _is_in_draft(sha256: str) -> bool:
    return any(sha256 in str(draft.fields) for draft in DraftRecord.select())
