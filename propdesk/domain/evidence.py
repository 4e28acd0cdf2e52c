"""An evidence pack for a lawyer: its sections, its manifest, and whether a folder still is it.

The manifest names every file with its SHA-256 (证据规定 93, 94; 电子签名法 5, 8). Whoever has the
pack can compare it years later, without this program: each line is one that `sha256sum` prints.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy

MANIFEST_JSON = "manifest.json"
MANIFEST_CSV = "manifest.csv"
EVIDENCE_PDF = "evidence.pdf"


class Section(StrEnum):
    """A part of the pack, in its order."""

    PARTIES = "parties"
    BILLS = "bills"
    PAYMENTS = "payments"
    LIMITATION = "limitation"
    LOG = "log"
    LETTERS = "letters"
    PROOFS = "proofs"
    PLANS = "plans"
    SERVICE = "service"
    RECORDS = "records"


SECTION_LABELS: Mapping[Section, LazyText] = {
    Section.PARTIES: _lazy("Parties and contract"),
    Section.BILLS: _lazy("Bills and how they came about"),
    Section.PAYMENTS: _lazy("Payments"),
    Section.LIMITATION: _lazy("Limitation of action"),
    Section.LOG: _lazy("Log of urging"),
    Section.LETTERS: _lazy("Letters as they were sent"),
    Section.PROOFS: _lazy("Proofs of delivery"),
    Section.PLANS: _lazy("Promises and instalment plans"),
    Section.SERVICE: _lazy("Service in the building"),
    Section.RECORDS: _lazy("How these records are kept"),
}


@dataclass(frozen=True, slots=True)
class PackFile:
    """A file of the pack: its place in the folder, its size in bytes, its hash, and what it is."""

    path: str
    bytes: int
    sha256: str
    what: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a pack is about, who made it when for whom, and all its files.

    `missing` are files that the records name and that could not be found whole (F34).
    """

    house: str
    open_fen: int
    made_at: str
    made_by: str
    purpose: str
    receiver: str
    program: str
    files: tuple[PackFile, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackCheck:
    """What became of the files of a pack since it was made; sound where all three are empty."""

    files: int
    changed: tuple[str, ...]
    missing: tuple[str, ...]
    added: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether every file is there as it was made, and no other."""
        return not (self.changed or self.missing or self.added)


def manifest_text(manifest: Manifest) -> str:
    """Return the manifest as it is written into the pack."""
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=1) + "\n"


_SHA256 = re.compile(r"[0-9a-f]{64}")


def read_manifest(text: str) -> Manifest:
    """Return the manifest of a pack; refuses what is none, and names that lead out of the folder.

    A pack comes back from elsewhere: nothing in it is trusted (F38).
    """
    try:
        found = json.loads(text)
        files = tuple(PackFile(**one) for one in found.pop("files"))
        missing = tuple(map(str, found.pop("missing")))
        manifest = Manifest(**found, files=files, missing=missing)
        if not all(map(_is_sound, files)):
            raise ValueError  # noqa: TRY301 - one refusal for whatever is no manifest
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise RuleError(
            "evidence-manifest",
            _("{file} is not the manifest of an evidence pack.").format(file=MANIFEST_JSON),
        ) from error
    return manifest


def _is_sound(file: PackFile) -> bool:
    place = PurePosixPath(file.path)
    is_inside = not place.is_absolute() and ".." not in place.parts and "\\" not in file.path
    return bool(file.path) and is_inside and bool(_SHA256.fullmatch(file.sha256))


def compare_pack(manifest: Manifest, found: Mapping[str, str]) -> PackCheck:
    """Compare a manifest with the files of a folder, given by path and hash.

    The manifest itself is not among them.
    """
    wanted = {file.path: file.sha256 for file in manifest.files}
    changed = [path for path, sha256 in wanted.items() if found.get(path, sha256) != sha256]
    return PackCheck(
        files=len(wanted),
        changed=tuple(sorted(changed)),
        missing=tuple(sorted(wanted.keys() - found.keys())),
        added=tuple(sorted(found.keys() - wanted.keys())),
    )
