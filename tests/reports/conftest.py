"""Fixtures of the paper tests: reading a PDF back, drawing on a sheet in a temporary folder."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from propdesk.domain.clock_journal import ClockFacts
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.complaint_facts import ComplaintRecords
from propdesk.domain.tickets import Event, Kind, Urgency
from propdesk.reports.parts.sheet import A4, PageSize, Sheet


@pytest.fixture
def draw(tmp_path):
    """Return a context that draws on a sheet and leaves `paper.pdf`."""

    @contextmanager
    def drawing(size: PageSize = A4) -> Iterator[Sheet]:
        with Sheet(tmp_path / "paper.pdf", size, title="Test") as sheet:
            yield sheet

    return drawing


@pytest.fixture
def with_clocks() -> Callable[..., ComplaintRecords]:
    """Return a function that gives complaints the limits of the program, from their journal."""

    def add(
        records: ComplaintRecords, *, imported: bool = False, visits: bool = False
    ) -> ComplaintRecords:
        journals: dict[int, list[Event]] = {ticket.id: [] for ticket in records.tickets}
        for one in records.journal:
            journals[one.ticket_id].append(
                Event(one.sequence, one.at, one.entered_at, one.kind, one.status, one.round, one.by,
                      one.text, {"department": one.department})
            )  # fmt: skip
        facts = {
            ticket.id: ClockFacts(
                number=ticket.number,
                kind=Kind.COMPLAINT,
                class_code=ticket.class_code,
                urgency=Urgency.P2,
                channel=ticket.channel,
                received_at=ticket.received_at,
                events=journals[ticket.id],
                visit_wanted=visits,
                imported=imported,
                promised_at=ticket.promised_at,
            )
            for ticket in records.tickets
        }
        return replace(records, clock_facts=facts, limits=DEFAULT_RULES)

    return add


@pytest.fixture
def texts() -> Callable[[Path], list[str]]:
    """Return a reader that gives the text of each page of a PDF."""

    def read(path: Path) -> list[str]:
        return [page.extract_text() for page in pypdf.PdfReader(path).pages]

    return read


@pytest.fixture
def fonts() -> Callable[[Path], dict[str, bool]]:
    """Return a reader that gives the fonts of a PDF, and whether each is embedded."""

    def read(path: Path) -> dict[str, bool]:
        found = {}
        for page in pypdf.PdfReader(path).pages:
            for font in page["/Resources"]["/Font"].values():
                described = font.get_object()
                descriptor = described.get("/FontDescriptor")
                embedded = descriptor is not None and "/FontFile2" in descriptor.get_object()
                found[described["/BaseFont"].split("+")[-1]] = embedded
        return found

    return read


@pytest.fixture
def scan(tmp_path) -> Callable[..., set[str]]:
    """Return a scanner that decodes the codes of a page, the first at 200 dpi, in one bit."""
    for tool in ("pdftoppm", "zbarimg"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed, so the codes cannot be read back")

    def read(path: Path, page: int = 1, dpi: int = 200) -> set[str]:
        stem = tmp_path / "scan"
        subprocess.run(
            ["pdftoppm", "-r", f"{dpi}", "-mono", "-f", f"{page}", "-singlefile", path, stem],
            check=True,
            capture_output=True,
        )
        done = subprocess.run(
            ["zbarimg", "-q", f"{stem}.pbm"], check=False, capture_output=True, text=True
        )
        return set(done.stdout.split())

    return read
