"""A real office in a real file, with two houses, their people and three staff members."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

import pytest

from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.staff import Role, Staff
from propdesk.domain.units import Address
from propdesk.services import offices, residents, staff, units
from propdesk.services.queries.staff import find_department, first_desk
from propdesk.services.queries.units import Unit
from propdesk.storage.opening import OpenOffice

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@dataclass(frozen=True)
class World:
    """The office of the tests: who works there and who lives there."""

    office: OpenOffice
    now: datetime
    desk: Staff
    worker: Staff
    cashier: Staff
    engineering: int
    home: Unit
    villa: Unit


@pytest.fixture
def now():
    return NOW


@pytest.fixture
def office(tmp_path, now) -> Iterator[OpenOffice]:
    opened = offices.open_office(tmp_path / "office", now=now)
    yield opened
    offices.close_office(opened)


@pytest.fixture
def world(office, now) -> World:
    desk = first_desk()
    engineering = find_department("工程部").id
    worker = staff.add_staff("王建国", by=desk.id, department_id=engineering)
    cashier = staff.add_staff("赵敏", by=desk.id, role=Role.CASHIER)
    home = units.add_unit(Address("3", "2", "501"), community="云澜花园", by=desk.id)
    villa = units.add_unit(Address("12", "", "12"), community="云澜花园", by=desk.id)
    owner = PersonDraft("张伟丰", ResidentRole.OWNER, "张先生", ("13800001234",))
    residents.add_resident(home.id, owner, by=desk.id, now=now)
    return World(office, now, desk, worker, cashier, engineering, home, villa)


@pytest.fixture
def act(world):
    """The desk acts, a minute later each time."""
    minutes = iter(range(1, 1000))

    def how(by=None):
        return {"by": (by or world.desk).id, "now": world.now + timedelta(minutes=next(minutes))}

    return how
