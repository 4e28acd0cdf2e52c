"""A fresh office in a folder of its own, and rows written straight through the tables."""

import random
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

import pytest

from propdesk.services.parts.due_times import refresh
from propdesk.storage import database as db
from propdesk.storage.opening import OpenOffice, close_office, open_office
from propdesk.storage.search import index_ticket
from propdesk.storage.staff import DepartmentRecord, StaffRecord
from propdesk.storage.tickets import NumberSeriesRecord, TicketEventRecord, TicketRecord

NOW = datetime(2026, 11, 21, 10, 32)


@pytest.fixture(autouse=True)
def step_by_step(as_the_program: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the tables of each office here by the steps of the migrations."""
    as_the_program(monkeypatch, "migrate")


@pytest.fixture
def now() -> datetime:
    """The moment of every storage test."""
    return NOW


@pytest.fixture
def chance() -> random.Random:
    """Chance that is the same in every run."""
    return random.Random(20261121)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where the office's data will live; it does not exist yet."""
    return tmp_path / "物业 数据（一）" / "office"


@pytest.fixture
def office(folder: Path) -> Iterator[OpenOffice]:
    """An open, empty office."""
    opened = open_office(folder, now=NOW)
    yield opened
    close_office(opened)


@pytest.fixture
def add_tickets() -> Callable[[int], None]:
    """Write so many more complaints with their journal and numbers, one transaction each."""
    return write_tickets


def write_tickets(count: int, text: str = "电梯停运，无人处理") -> None:
    """Write complaints as the commands do: row, journal line, number, words and due times."""
    staff = StaffRecord.get_or_none()
    if staff is None:
        department = DepartmentRecord.create(code="front", name="客服部", position=1)
        staff = StaffRecord.create(
            code="qt", name="前台", department=department, role="front-desk", active=True
        )
    for _turn in range(count):
        with db.database.atomic("IMMEDIATE"):
            row = db.database.execute_sql(
                "INSERT INTO number_series (kind, month, last) VALUES ('complaint', '202611', 1) "
                "ON CONFLICT (kind, month) DO UPDATE SET last = last + 1 RETURNING last"
            ).fetchone()
            sequence = int(row[0])
            ticket = TicketRecord.create(
                number=f"TS-202611-{sequence:04d}",
                series_kind="complaint",
                series_month="202611",
                series_sequence=sequence,
                kind="complaint",
                class_code="facilities",
                status="received",
                place="小区东门",
                matter="电梯",
                text=text,
                channel="phone",
                urgency="p2",
                reporter_kind="resident",
                first_receiver=staff,
                received_at=NOW,
            )
            TicketEventRecord.create(
                ticket=ticket,
                at=NOW,
                utc_offset=480,
                entered_at=NOW,
                kind="registered",
                status="received",
                round=1,
                ticket_kind="complaint",
                reporter_kind="resident",
                staff=staff,
            )
            index_ticket(ticket.id, text)
            refresh((ticket.id,))


@pytest.fixture
def counted() -> Callable[[], int]:
    """Count the tickets of the open office."""

    def count() -> int:
        assert NumberSeriesRecord.select().count() <= 1
        return int(TicketRecord.select().count())

    return count


@pytest.fixture
def run_python(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Run a script in a process of its own, with this folder's `write_tickets` in reach."""

    def run(
        script: str, *arguments: object, timeout: float = 60
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command(script, *arguments),
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
        )

    return run


@pytest.fixture
def start_python() -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Start a script in a process of its own; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def start(script: str, *arguments: object) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            command(script, *arguments), stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stdin):
            if stream is not None:
                stream.close()


PREAMBLE = """
import sys, os, resource, signal
from datetime import datetime, timedelta
from pathlib import Path
sys.path.insert(0, {here!r})
from conftest import NOW, write_tickets
from propdesk.domain.errors import RuleError
from propdesk.storage import backups, database as db
from propdesk.storage.opening import close_office, open_office
from propdesk.storage.tickets import TicketRecord
folder = Path(sys.argv[1])
"""


def command(script: str, *arguments: object) -> list[str]:
    """Return the command line that runs a script after the common preamble."""
    text = PREAMBLE.format(here=str(Path(__file__).parent)) + textwrap.dedent(script)
    return [sys.executable, "-c", text, *map(str, arguments)]
