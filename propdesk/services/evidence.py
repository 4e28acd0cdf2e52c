"""Make an evidence pack of a house for a lawyer, and compare one with its manifest (law.md 1.5).

One folder: a PDF with everything, the archived letters and scans as they are kept, tables, and a
manifest with the hash of every file. Giving it away is noted like every file that leaves the
office in full (PIPL 21, 23).
"""

import csv
import hashlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from propdesk import __version__
from propdesk.domain.access import AccessAct
from propdesk.domain.attachments import Attachment
from propdesk.domain.data_exports import DataExport, ExportOrder, Manner
from propdesk.domain.errors import RuleError
from propdesk.domain.evidence import (
    EVIDENCE_PDF,
    MANIFEST_CSV,
    MANIFEST_JSON,
    SECTION_LABELS,
    Manifest,
    PackCheck,
    PackFile,
    Section,
    compare_pack,
    manifest_text,
    read_manifest,
)
from propdesk.domain.fee_settings import FeeSettings
from propdesk.domain.money import in_capitals, money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right
from propdesk.i18n import _, speaking
from propdesk.reports.evidence import (
    CoverSheet,
    Pictures,
    Piece,
    SectionSheet,
    Words,
    render_cover,
    render_section,
)
from propdesk.reports.parts.binding import BoundPart, bind, count_pages, cut_pages
from propdesk.reports.parts.pictures import PaperPicture
from propdesk.services.parts.access import note_access
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.data_exports import run_folder_export
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.parts.settings import load_settings
from propdesk.services.queries.attachments import get_attachment, read_attachment
from propdesk.services.queries.evidence import Evidence, gather_evidence
from propdesk.services.queries.evidence_pages import (
    claimant_name,
    debtor_words,
    proof_names,
    section_pieces,
)
from propdesk.sheets.errors import not_written
from propdesk.sheets.writing import write_csv
from propdesk.storage import attachment_files
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class EvidenceOrder:
    """What somebody says before a pack leaves: what for and to whom, from which day on.

    Without a day it begins with the first period that is claimed; without a language the paper
    speaks the office's.
    """

    given: ExportOrder
    from_on: date | None = None
    language: PaperLanguage | None = None


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """A pack that was made: its folder, its manifest, the pages of its PDF, and its register line.

    `manifest_sha256` is what to write down: whoever has the pack can be held to it.
    """

    folder: Path
    manifest: Manifest
    pages: int
    export: DataExport

    @property
    def manifest_sha256(self) -> str:
        """The hash of the manifest, which holds those of all files."""
        return self.export.sha256


def export_evidence(
    office: OpenOffice,
    unit_id: int,
    folder: Path,
    wanted: EvidenceOrder,
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> EvidencePack:
    """Make the pack of a house in a new folder, whole or not at all.

    It names people in full; the order says what for and to whom, and who else agreed where it has
    many rows. Raises DraftError for an order that is not complete, RuleError for a house that owes
    nothing, for staff who may not, for a folder that is there already, and Cancelled.
    """
    given = wanted.given
    manner = Manner.PROVIDED if given.manner is Manner.OWN else given.manner
    order = replace(given, is_plain=True, manner=manner)
    folder = folder.absolute()
    made: list[tuple[Manifest, int]] = []
    gathered: list[Evidence] = []

    def count() -> int:
        gathered.append(gather_evidence(unit_id, now.date(), from_on=wanted.from_on))
        return gathered[0].count

    def write() -> Path:
        settings = load_settings()
        chosen = wanted.language or settings.paper_language
        staff = fee_actor(by, Right.DUN)
        maker = _Maker(
            office, gathered[0], order, settings, chosen, now, staff.name,
            Course(on_progress, cancelled),
        )  # fmt: skip
        with speaking(chosen.code), _whole(folder) as part:
            made.append(maker.make(part))
        what = f"evidence {gathered[0].unit.short}"
        note_access(AccessAct.EXPORTED, by, now, unit_id, what=what, purpose=order.purpose)
        return folder / MANIFEST_JSON

    export = run_folder_export(
        folder, "evidence", order, by=by, now=now, count=count, write=write,
        allowed=lambda: fee_actor(by, Right.DUN),
    )  # fmt: skip
    manifest, pages = made[0]
    return EvidencePack(folder, manifest, pages, export)


def verify_evidence(folder: Path) -> PackCheck:
    """Compare the files of a pack with its manifest; needs no office and changes nothing."""
    try:
        manifest = read_manifest((folder / MANIFEST_JSON).read_text("utf-8"))
        own = {MANIFEST_JSON, MANIFEST_CSV}
        found = {
            name: _sha256(file)
            for file in folder.rglob("*")
            if file.is_file() and (name := file.relative_to(folder).as_posix()) not in own
        }
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(
            "evidence-unreadable",
            _("«{folder}» cannot be read as an evidence pack; choose its folder.").format(
                folder=folder
            ),
        ) from error
    return compare_pack(manifest, found)


@contextmanager
def _whole(folder: Path) -> Iterator[Path]:
    """Let a folder be made beside its place and move it there; nothing half made stays."""
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        part.mkdir()
        yield part
        part.rename(folder)
    except OSError as error:
        raise not_written(folder, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


@dataclass(frozen=True, slots=True)
class _Scan:
    """A file that is bound in after its section: title, its place in the pack, its content.

    `size` in dots is that of a photographed page, which is drawn on a page of ours.
    """

    title: str
    path: str
    content: bytes | None
    size: tuple[int, int] | None = None


class _Maker:
    """A pack being made: section by section, then bound, then written down in its manifest."""

    def __init__(
        self,
        office: OpenOffice,
        evidence: Evidence,
        order: ExportOrder,
        settings: OfficeSettings,
        language: PaperLanguage,
        now: datetime,
        by: str,
        course: Course,
    ) -> None:
        self.office = office
        self.evidence = evidence
        self.order = order
        self.settings = settings
        self.fees: FeeSettings = load_fee_settings()
        self.language = language
        self.now = now
        self.by = by
        self.step = course.stage(0, Course.WHOLE)
        self.what: dict[str, str] = {}
        self.missing: list[str] = []

    @property
    def title(self) -> str:
        """What the pack is called in the language that is spoken while it is made."""
        return _("Evidence pack")

    def make(self, folder: Path) -> tuple[Manifest, int]:
        """Fill the folder; return its manifest and the pages of the whole."""
        steps = len(Section) + 3
        pieces = section_pieces(self.evidence, self.settings, self.fees)
        chapters: list[list[BoundPart]] = []
        for place, section in enumerate(Section, 1):
            self.step(place - 1, steps)
            label = str(SECTION_LABELS[section])
            scans = self._scans(section)
            said = list(pieces[section]())
            pictures = self._pictures() if section is Section.PROOFS else ()
            if pictures:
                said.append(Pictures(pictures))
            file = folder / f"{place:02d}-{section.value}.pdf"
            paper = SectionSheet(str(place), label, self.title, self.evidence.unit.short, said)
            render_section(paper, file, language=self.language)
            self.what[file.name] = label
            parts = [BoundPart(f"{place} {label}", file.read_bytes())]
            parts += [self._keep(folder, scan) for scan in scans]
            chapters.append(parts)
        self._keep_pictures(folder)
        self._write_tables(folder)
        self.step(steps - 2, steps)
        pages = self._bind(folder, chapters)
        self.step(steps - 1, steps)
        manifest = self._write_manifest(folder)
        self.step(steps, steps)
        return manifest, pages

    # -- scans and archived letters

    def _scans(self, section: Section) -> list[_Scan]:
        """Return the PDF files that follow a section."""
        if section is Section.PARTIES:
            return [
                scan
                for basis in self.evidence.bases
                for place, one in enumerate(basis.pages, 1)
                for scan in [self._scan("contract", f"{basis.id}-{place}", basis.name, one)]
            ]
        if section is Section.LETTERS:
            return list(self._letters())
        if section is Section.PROOFS:
            return [
                self._scan("proofs", number, f"{number} {words}", one)
                for number, words, _at, id_ in proof_names(self.evidence)
                if not (one := get_attachment(id_)).is_picture
            ]
        return []

    def _scan(self, folder: str, name: str, title: str, one: Attachment) -> _Scan:
        path = f"{folder}/{name}{one.file.suffix}"
        content = read_attachment(self.office, one.file)
        if content is None:
            self.missing.append(f"{path} {one.file.name}")
        size = (one.file.width or 1, one.file.height or 1) if one.is_picture else None
        return _Scan(title, path, content, size)

    def _letters(self) -> Iterator[_Scan]:
        """Yield the archived pages of each letter; of a batch those of this house alone."""
        for place, letter in enumerate(self.evidence.letters, 1):
            path = f"letters/L{place}.pdf"
            title = f"L{place} {letter.number}"
            stored = attachment_files.read(
                self.office.attachments, StoredName(letter.pdf_sha256 or "", ".pdf")
            )
            if stored is not None and letter.first_page is not None:
                stored = cut_pages(stored, letter.first_page, letter.pages or 1)
            if stored is None:
                self.missing.append(f"{path} {letter.number}")
            yield _Scan(title, path, stored)

    def _keep(self, folder: Path, scan: _Scan) -> BoundPart:
        """Write a scan into the folder; one that cannot be bound or found has a page of its own."""
        if scan.content is not None:
            file = folder / scan.path
            file.parent.mkdir(exist_ok=True)
            file.write_bytes(scan.content)
            self.what[scan.path] = scan.title
            if count_pages(scan.content):
                return BoundPart(scan.title, scan.content, depth=1)
        return BoundPart(scan.title, self._page_of(folder, scan), depth=1)

    def _page_of(self, folder: Path, scan: _Scan) -> bytes:
        """Return a page that shows a photographed sheet, or says why there is none."""
        words = _("This file is missing in the office's folder: {path}").format(path=scan.path)
        if scan.content is not None:
            words = _("This file stands in the folder: {path}").format(path=scan.path)
        said: list[Piece] = [Words(words)]
        if scan.size and scan.content is not None:
            said.append(Pictures([PaperPicture(1, scan.title, scan.content, *scan.size)]))
        page = folder / "page.pdf"
        paper = SectionSheet("", scan.title, self.title, self.evidence.unit.short, said)
        render_section(paper, page, language=self.language)
        content = page.read_bytes()
        page.unlink()
        return content

    def _pictures(self) -> list[PaperPicture]:
        """Return the photos that prove delivery; a missing one has no content (F34)."""
        found: list[PaperPicture] = []
        for number, words, at, id_ in proof_names(self.evidence):
            one = get_attachment(id_)
            if not one.is_picture:
                continue
            content = read_attachment(self.office, one.file)
            if content is None:
                self.missing.append(f"proofs/{number}.jpg {one.file.name}")
            caption = f"{number}  {words}  {at:%Y-%m-%d %H:%M}"
            size = (one.file.width or 1, one.file.height or 1)
            found.append(PaperPicture(len(found) + 1, caption, content, *size))
        return found

    def _keep_pictures(self, folder: Path) -> None:
        for number, words, _at, id_ in proof_names(self.evidence):
            one = get_attachment(id_)
            content = read_attachment(self.office, one.file) if one.is_picture else None
            if content is None:
                continue
            path = f"proofs/{number}{one.file.suffix}"
            (folder / "proofs").mkdir(exist_ok=True)
            (folder / path).write_bytes(content)
            self.what[path] = words

    # -- tables, the whole, the manifest

    def _write_tables(self, folder: Path) -> None:
        """Write bills and acts as tables, for the lawyer's own sums."""
        bills = (
            (bill.item, bill.from_on, bill.until_on, bill.due_on, money_words(bill.amount_fen),
             money_words(bill.settled_fen), money_words(bill.open_fen))
            for bill in self.evidence.bills
        )  # fmt: skip
        heads = [
            _("Item"), _("Period from"), _("Period until"), _("Due on"), _("Amount"),
            _("Paid so far"), _("Unpaid"),
        ]  # fmt: skip
        write_csv(folder / "bills.csv", heads, bills)
        self.what["bills.csv"] = str(SECTION_LABELS[Section.BILLS])

    def _bind(self, folder: Path, chapters: Sequence[Sequence[BoundPart]]) -> int:
        cover = folder / "00-cover.pdf"
        ahead = 0
        # The contents may need a page more than the cover knows of: it is drawn until they agree.
        while True:
            self._draw_cover(cover, self._contents(chapters, ahead))
            pages = count_pages(cover.read_bytes())
            if pages == ahead:
                break
            ahead = pages
        self.what[cover.name] = _("Cover and contents")
        first = BoundPart(self.title, cover.read_bytes())
        parts = [first, *(part for chapter in chapters for part in chapter)]
        words = _("{pack} {house}    page {page} of {pages}")
        self.what[EVIDENCE_PDF] = self.title
        return bind(
            parts,
            folder / EVIDENCE_PDF,
            title=f"{self.title} {self.evidence.unit.short}",
            stamp=lambda page, pages: words.format(
                pack=self.title, house=self.evidence.unit.short, page=page, pages=pages
            ),
        )

    @staticmethod
    def _contents(
        chapters: Sequence[Sequence[BoundPart]], ahead: int
    ) -> list[tuple[str, str, int]]:
        page = ahead + 1
        found = []
        for chapter in chapters:
            for part in chapter:
                number, _blank, title = part.title.partition(" ")
                name = ("", part.title) if part.depth else (number, title)
                found.append((*name, page))
                page += count_pages(part.content)
        return found

    def _draw_cover(self, target: Path, contents: list[tuple[str, str, int]]) -> None:
        evidence, order = self.evidence, self.order
        facts = [
            (_("Who claims"), claimant_name(self.settings, self.fees)),
            (_("Who owes"), debtor_words(evidence)),
            (_("Claimed"), _("{amount} yuan, {capitals}").format(
                amount=money_words(evidence.open_fen), capitals=in_capitals(evidence.open_fen))),
            (_("Bills"), str(len(evidence.bills))),
            (_("Period covered"), _("{first} to {last}").format(first=evidence.from_on,
                                                        last=evidence.today)),
            (_("First end of limitation"), self._first_end()),
            (_("Given to"), order.receiver),
            (_("What for"), order.purpose),
            (_("Made on"), f"{self.now:%Y-%m-%d %H:%M}  {self.by}"),
        ]  # fmt: skip
        note = _(
            "This pack names people and what they owe. It is given for the purpose above and for "
            "nothing else; keep it under lock, and return or destroy it afterwards (PIPL 21, 23)."
        )
        paper = CoverSheet(
            self.settings.office_name, self.settings.office_name_en, self.title,
            f"{evidence.unit.community} {evidence.unit.long}", facts, note, contents,
        )  # fmt: skip
        render_cover(paper, target, language=self.language)

    def _first_end(self) -> str:
        ends = [
            one.limitation.last_on
            for one in self.evidence.limitations.values()
            if one.limitation.last_on >= self.evidence.today
        ]
        return str(min(ends)) if ends else _("all have run out")

    def _write_manifest(self, folder: Path) -> Manifest:
        files = tuple(
            PackFile(path, (folder / path).stat().st_size, _sha256(folder / path), what)
            for path, what in sorted(self.what.items())
        )
        manifest = Manifest(
            house=self.evidence.unit.short,
            open_fen=self.evidence.open_fen,
            made_at=self.now.isoformat(timespec="seconds"),
            made_by=self.by,
            purpose=self.order.purpose,
            receiver=self.order.receiver,
            program=f"propdesk {__version__}",
            files=files,
            missing=tuple(dict.fromkeys(self.missing)),
        )
        with (folder / MANIFEST_CSV).open("w", encoding="utf-8-sig", newline="") as stream:
            table = csv.writer(stream)
            table.writerow([_("File"), _("Bytes"), "SHA-256", _("What it is")])
            table.writerows((one.path, one.bytes, one.sha256, one.what) for one in files)
        (folder / MANIFEST_JSON).write_text(manifest_text(manifest), "utf-8")
        return manifest
