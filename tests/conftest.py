"""What every test stands on: its own home folder, no screen, a quiet log, fair random examples."""

import json
import logging
import os
import types
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from sqlcipher3 import dbapi2

from propdesk import i18n

FROZEN = Path(__file__).parent / "data"

# Before any test module imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

settings.register_profile("propdesk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") else "propdesk")


def pytest_configure(config: pytest.Config) -> None:
    """Name the markers that the fixtures below read."""
    config.addinivalue_line("markers", "expects_log: this test logs a warning or an error")
    config.addinivalue_line("markers", "oldest_and_newest: of the frozen offices these two")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what asks for a frozen office on each of them, the oldest first.

    What depends on the program and not on what the data holds takes the oldest and the newest.
    """
    marks = list(metafunc.definition.iter_markers())
    named = any("frozen" in mark.args[0] for mark in marks if mark.name == "parametrize")
    if "frozen" in metafunc.fixturenames and not named:
        few = any(mark.name == "oldest_and_newest" for mark in marks)
        programs = list(FROZEN_OFFICES)
        wanted = [programs[0], programs[-1]] if few else programs
        metafunc.parametrize("frozen", wanted, indirect=True)


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give the test a home folder of its own and the language that the program starts with."""
    home = tmp_path / "home"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))
    for name in ("APPDATA", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(home / "AppData"))
    monkeypatch.delenv("PROPDESK_DATA", raising=False)
    before = i18n.language()
    yield home
    i18n.set_language(before)


@pytest.fixture(scope="session", autouse=True)
def as_the_program() -> Iterator[Callable[..., None]]:
    """Make the tables of new offices once, and wait for no disk: in tests no power fails.

    The first office of the run is made by the steps of the migrations, the further ones start from
    a copy of its empty tables. For the tests of just that: `as_the_program(monkeypatch)` puts back
    what stands in the program, or what is named of it.
    """
    from propdesk.storage import database as db
    from propdesk.storage.migrations import runner

    steps, program, migrate = runner.STEPS, runner.__version__, runner.migrate
    # The demo of a first start is made in the background.
    tables = dbapi2.connect(":memory:", check_same_thread=False)

    def migrate_or_copy(
        present: int, now: datetime, before: Callable[[], str] | None = None
    ) -> str | None:
        if present or runner.STEPS is not steps or runner.__version__ != program:
            return migrate(present, now, before)
        if tables.execute("PRAGMA user_version").fetchone() == (0,):
            migrate(0, now)
            db.database.connection().backup(tables)
        else:
            tables.backup(db.database.connection())
            db.database.execute_sql("UPDATE upgrade SET at = ?", (db.stored_time(now),))
        return None

    # Before the first write, which changing the journal is.
    others = (each for each in db.PRAGMAS if each[0] != "synchronous")
    replaced = (
        (runner, "migrate", migrate_or_copy),
        (db, "PRAGMAS", (("synchronous", "off"), *others)),
        (os, "fsync", lambda _file: None),
    )
    real = tuple((owner, name, getattr(owner, name)) for owner, name, _ours in replaced)

    def put_back(patch: pytest.MonkeyPatch, *names: str) -> None:
        for owner, name, theirs in real:
            if not names or name in names:
                patch.setattr(owner, name, theirs)

    with pytest.MonkeyPatch.context() as patch:
        for owner, name, ours in replaced:
            patch.setattr(owner, name, ours)
        yield put_back
    tables.close()


class _LoudRecords(logging.Handler):
    """Keeps every record at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(f"{record.name} {record.levelname}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def quiet_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning or worse, and one that promises to and does not."""
    handler = _LoudRecords()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    expected = request.node.get_closest_marker("expects_log") is not None
    if expected != bool(handler.texts):
        pytest.fail("\n".join(handler.texts) or "no warning was logged", pytrace=False)


@dataclass(frozen=True)
class Frozen:
    """An office as a released program left it: data version, tickets, upgrades, photos."""

    program: str
    version: int
    tickets: int
    upgrades: int
    houses: int = 40
    photos: int = 0
    has_complaints_waiting: bool = True


FROZEN_OFFICES = {
    one.program: one
    for one in (
        Frozen("0.1.0", 1, 50, 0),
        Frozen("0.2.0", 3, 53, 1),
        Frozen("0.3.0", 4, 51, 1, photos=2),
        Frozen("0.4.0", 5, 45, 1, houses=49, photos=2, has_complaints_waiting=False),
        Frozen("0.5.0", 7, 45, 1, houses=49, photos=2, has_complaints_waiting=False),
    )
}


@pytest.fixture
def frozen(request: pytest.FixtureRequest) -> Frozen:
    """Give what is known of a frozen office (tests/data/README.md)."""
    return FROZEN_OFFICES[request.param]


@pytest.fixture
def old_office(tmp_path: Path, frozen: Frozen) -> Path:
    """Give the data folder of an office that an older program made and left."""
    folder = tmp_path / "旧 数据"
    with zipfile.ZipFile(FROZEN / f"office-{frozen.program}.zip") as office:
        office.extractall(folder)
    return folder


@pytest.fixture
def second_place(old_office: Path, tmp_path: Path) -> Path:
    """Give the second place for backups that the old office's settings name; it is not there."""
    place = tmp_path / "移动 硬盘"
    with closing(dbapi2.connect(str(old_office / "office.db"))) as data, data:
        words = ("office.second_backup_folder", json.dumps(str(place)))
        data.execute("INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)", words)
    return place


@pytest.fixture
def old_backup(frozen: Frozen) -> Path:
    """Give the backup of that office, made by the same program; it is read in place."""
    return FROZEN / f"office-{frozen.program}.pdbak"


@pytest.fixture
def future() -> Callable[..., AbstractContextManager[None]]:
    """Be program 9.9.0 for a while, with further migrations: `with future(["ALTER ..."], ...)`."""
    from propdesk.storage import backups, snapshots
    from propdesk.storage.migrations import runner

    def step(statements: Iterable[str]) -> types.ModuleType:
        module = types.ModuleType("m0999_future")

        def upgrade(migrator: Any) -> None:
            for statement in statements:
                migrator.database.execute_sql(statement)

        module.upgrade = upgrade
        return module

    @contextmanager
    def be_the_future(*steps: Iterable[str]) -> Iterator[None]:
        steps = steps or (["ALTER TABLE ticket ADD COLUMN colour TEXT"],)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(runner, "STEPS", (*runner.STEPS, *map(step, steps)))
            patch.setattr(runner, "VERSION", len(runner.STEPS))
            patch.setattr(runner, "__version__", "9.9.0")
            patch.setattr(backups, "__version__", "9.9.0")
            try:
                yield
            finally:
                snapshots.our_schema.cache_clear()

    return be_the_future
