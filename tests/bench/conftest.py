"""Offices for the benches, built once and kept under build/bench: 1,000 and 1,000,000 tickets."""

import importlib.util
import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from propdesk.services import offices
from propdesk.services.parts import search_keys
from propdesk.sheets.writing import SheetOut, write_workbook
from propdesk.storage.database import database, stored_time
from propdesk.storage.migrations import runner

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
KEPT = Path(__file__).parents[2] / "build" / "bench"
UNITS = 5_000
PERSONS = 25_000
STATES = ("owner-occupied",) * 6 + ("let", "let", "vacant", "decorating", "unsold")
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉梅鑫波斌宇浩凯健俊帆雪慧"
MATTERS = (
    "卫生间漏水",
    "电梯异响",
    "楼道灯不亮",
    "楼上噪音",
    "垃圾清运不及时",
    "停车位被占",
    "公摊电费疑问",
)


@pytest.fixture
def now():
    return NOW


def _seconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@pytest.fixture
def timed() -> Callable[..., float]:
    """Return the median seconds of a piece of work, done so many times."""
    return lambda work, times: statistics.median(_seconds(work) for _ in range(times))


@pytest.fixture
def together() -> Callable[..., tuple[float, float]]:
    """Return the median seconds of ours and of the floor, taken in turn in this run."""

    def run(ours, floor, times):
        pairs = [(_seconds(ours), _seconds(floor)) for _ in range(times)]
        mine, least = zip(*pairs, strict=True)
        return statistics.median(mine), statistics.median(least)

    return run


@pytest.fixture
def floors():
    """The module of floors; tests are no package, so it is loaded by its path."""
    spec = importlib.util.spec_from_file_location("floors", Path(__file__).with_name("floors.py"))
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def told():
    """Print the table of ratios at the end of the run."""
    lines: list[tuple[str, float, float, float]] = []
    yield lambda name, ours, floor, most: lines.append((name, ours, floor, most))
    print("\n\n| bench | ours ms | floor ms | ratio | wanted |\n|---|---|---|---|---|")
    for name, ours, floor, most in lines:
        print(f"| {name} | {ours * 1e3:.2f} | {floor * 1e3:.2f} | {ours / floor:.2f} | ≤ {most} |")


def build_office(folder: Path, tickets: int) -> None:
    """Make an office of 25,000 people and this many tickets, straight into the tables."""
    chance = random.Random(1)
    office = offices.open_office(folder, now=NOW)
    try:
        with database.atomic():
            _people(chance)
            _tickets(chance, tickets)
    finally:
        offices.close_office(office)


def _people(chance: random.Random) -> None:
    """Make 5,000 houses in 50 buildings, five people in each (sizes.md: the largest office)."""
    database.execute_sql("INSERT INTO community (id, name) VALUES (1, '云澜花园')")
    buildings = range(1, 51)
    _insert("building", "id, community_id, name", [(n, 1, str(n)) for n in buildings])
    _insert("entrance", "id, building_id, name", [(n, n, "1") for n in buildings])
    units, persons, phones, lives, plates, keys = [], [], [], [], [], []
    for unit in range(1, UNITS + 1):
        building, place = (unit - 1) % 50 + 1, (unit - 1) // 50
        floor, door = place // 4 + 1, f"{place // 4 + 1}{place % 4 + 1:02d}"
        short = f"{building}-1-{door}"
        state = chance.choice(STATES)
        units.append((unit, building, "home", door, floor, short, 8900, "", state, 1))
        keys += [(k, "unit", unit) for k in search_keys.unit_keys(short, door)]
        plate = f"苏A{chance.randrange(10**5):05d}"
        plates.append((unit, unit, plate))
        keys += [(k, "plate", unit) for k in search_keys.plate_keys(plate)]
    for number in range(1, PERSONS + 1):
        unit = (number - 1) % UNITS + 1
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        digits = f"13{chance.randrange(10**9):09d}"
        persons.append((number, name, "", "", 1))
        phones.append((number, number, digits, digits))
        role = "owner" if number <= UNITS else "family"
        lives.append((number, unit, number, role, "2020-01-01"))
        keys += [(k, "person", number) for k in search_keys.person_keys(name, "")]
        keys += [(k, "phone", number) for k in search_keys.phone_keys(digits)]
    _insert(
        "unit", "id, entrance_id, kind, number, floor, short, area_dm2, note, state, version", units
    )
    _insert("person", "id, name, salutation, note, version", persons)
    _insert("phone", "id, person_id, phone, digits", phones)
    _insert("residency", "id, unit_id, person_id, role, from_on", lives)
    _insert("vehicle", "id, unit_id, plate", plates)
    _insert("desk_key", "key, kind, target", sorted(set(keys)))


def _insert(table: str, columns: str, values: list[tuple[object, ...]]) -> None:
    marks = ", ".join("?" * (columns.count(",") + 1))
    database.cursor().executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", values)


TICKET_COLUMNS = (
    "id, number, series_kind, series_month, series_sequence, kind, class_code, class_suggested, "
    "status, is_open, round, dispatches, unit_id, place, spot, common_part, matter, text, wish, "
    "channel, urgency, reporter_name, reporter_phone, reporter_kind, first_receiver_id, "
    "handler_id, appointment, received_at, closed_at, needs_person, version"
)


def _tickets(chance: random.Random, count: int) -> None:
    marks = ", ".join("?" * (TICKET_COLUMNS.count(",") + 1))
    insert = f"INSERT INTO ticket ({TICKET_COLUMNS}) VALUES ({marks})"
    first = NOW.replace(tzinfo=None) - timedelta(days=3650)
    step = timedelta(days=3650) / count
    batch, words = [], []
    for number in range(1, count + 1):
        received = first + step * number
        is_open = number > count - 200
        matter = chance.choice(MATTERS)
        batch.append((
            number, f"BX-{received:%Y%m}-{number:07d}", "repair", f"{received:%Y%m}", number,
            "repair", "unclassed", 0, "received" if is_open else "closed", int(is_open), 1, 1,
            chance.randrange(1, UNITS + 1), "", "", 0, matter, matter + "，请尽快处理", "",
            "phone",
            "p2", "张先生", "", "resident", 1, 1, "", stored_time(received),
            None if is_open else stored_time(received + timedelta(hours=5)), "", 1,
        ))  # fmt: skip
        words.append((number, " ".join(matter)))
        if len(batch) == 20_000 or number == count:
            database.cursor().executemany(insert, batch)
            database.cursor().executemany(
                "INSERT INTO ticket_words (rowid, words) VALUES (?, ?)", words
            )
            batch, words = [], []


@pytest.fixture(scope="session")
def kept_office() -> Callable[[int], Path]:
    """Return the folder of an office with so many tickets, made now or in an earlier run."""

    def find(tickets: int) -> Path:
        # Made anew with each data version.
        folder = KEPT / f"office-{tickets}-data-{runner.VERSION}"
        if not (folder / "done").exists():
            import shutil

            shutil.rmtree(folder, ignore_errors=True)
            build_office(folder, tickets)
            (folder / "done").touch()
        return folder

    return find


@pytest.fixture
def complaints_file(tmp_path: Path) -> Path:
    """Return the real complaints where they are, else 1,456 made-up ones."""
    named = os.environ.get("PROPDESK_REAL_COMPLAINTS")
    real = Path(named) if named else Path(__file__).parents[3] / "shared/data/complaints.xlsx"
    if real.exists():
        return real
    rows = [
        (n, f"A{n:08d}", f"{n % 40} 栋电梯第 {n} 次异响", f"2019/{n % 12 + 1}/{n % 28 + 1} 9:05:11",
         f"电梯第 {n} 次异响，停在楼层之间，请尽快检修。" * 12)
        for n in range(1, 1457)
    ]  # fmt: skip
    file = tmp_path / "complaints.xlsx"
    header = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
    write_workbook(file, [SheetOut("投诉", header, rows)])
    return file


@pytest.fixture
def residents_file(tmp_path: Path) -> Path:
    """Return 25,000 residents as another program writes them (with the sheet's size stated)."""
    import openpyxl

    chance = random.Random(2)
    book = openpyxl.Workbook(write_only=False)
    sheet = book.active
    sheet.append(("房号", "业主姓名", "联系电话", "面积"))
    for n in range(PERSONS):
        door = f"{n // 1000 + 1}{n // 100 % 10 + 1:02d}"
        name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=2))
        short = f"{n % 50 + 1}-{n // 50 % 2 + 1}-{door}"
        sheet.append((short, name, f"13{chance.randrange(10**9):09d}", 89.5))
    file = tmp_path / "residents.xlsx"
    book.save(file)
    return file
