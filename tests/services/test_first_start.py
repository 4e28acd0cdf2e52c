"""An office that is made for good or not at all, the guide's mark in it, and second places."""

import os
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from propdesk.domain.demo import DEMO_DAY
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.first_start import Step
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.texts import LONGEST_LINE
from propdesk.domain.units import Address
from propdesk.services import backups, first_start, offices, residents, settings, units
from propdesk.services.demo import make_demo
from propdesk.services.parts.settings import put
from propdesk.services.parts.writing import writing
from propdesk.services.queries.office import GUIDE_KEY, guide_step
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.units import list_communities

NAME = OfficeSettings(office_name="云澜花园物业服务中心", phone="0571-88001234")


@pytest.fixture
def made(tmp_path, now):
    office = offices.make_office(tmp_path / "new", NAME, now=now, is_guided=True)
    yield office
    offices.close_office(office)


def code_of(act, *args, **kept):
    with pytest.raises(RuleError) as refusal:
        act(*args, **kept)
    return refusal.value.code


# -- making an office


def test_a_guided_office_has_its_name_and_stands_at_the_second_step(made):
    assert settings.get_settings().office_name == NAME.office_name
    assert settings.get_settings().phone == NAME.phone
    assert guide_step() is Step.COMMUNITY


def test_an_office_made_elsewhere_is_not_guided(office):
    assert guide_step() is None


def test_a_demo_is_not_guided(office):
    make_demo(
        office, households=5, months=1, seed=1, today=DEMO_DAY, on_progress=lambda _d, _t: None
    )
    assert guide_step() is None


@pytest.mark.parametrize("name", ["", "  ", "\u200b\u200d", "长" * (LONGEST_LINE + 1)])
def test_an_office_that_cannot_be_called_so_is_not_made(tmp_path, now, name):
    folder = tmp_path / "new"
    wanted = replace(NAME, office_name=name)
    assert code_of(offices.make_office, folder, wanted, now=now).startswith("setting-")
    assert not folder.exists()


def test_an_office_is_not_made_over_another(made, now):
    before = made.data_file.read_bytes()
    assert code_of(offices.make_office, made.folder, NAME, now=now) == "office-exists"
    assert made.data_file.read_bytes() == before


def test_what_is_left_of_an_office_is_none_to_make_one_over(tmp_path, now):
    (tmp_path / "lost" / "backups").mkdir(parents=True)
    assert code_of(offices.make_office, tmp_path / "lost", NAME, now=now) == "office-exists"


@pytest.mark.parametrize("place", ["Dropbox/data", "file/below"])
def test_a_place_that_cannot_be_is_left_as_it_is(tmp_path, now, place):
    (tmp_path / "file").touch()
    assert code_of(offices.make_office, tmp_path / place, NAME, now=now).startswith("place-")
    assert sorted(path.name for path in tmp_path.iterdir() if path.name != "home") == ["file"]


FULL = """
import resource, sys
from datetime import datetime
from pathlib import Path
from propdesk.domain.errors import RuleError
from propdesk.domain.settings import OfficeSettings
from propdesk.services import offices

resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
try:
    offices.make_office(Path(sys.argv[1]), OfficeSettings(), now=datetime.now())
except RuleError as refusal:
    print(refusal.code)
"""


@pytest.mark.parametrize("room", [0, 4096, 40_000, 120_000])
def test_a_full_disk_leaves_nothing_and_the_next_try_works(tmp_path, now, room):
    folder = tmp_path / "new"
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(folder), str(room)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert done.stdout.strip() in {"disk-full", "disk-error"}, done.stderr
    assert not folder.exists()
    offices.close_office(offices.make_office(folder, NAME, now=now))
    assert offices.look_at(folder).name == NAME.office_name


# -- the guide's mark


def test_the_guide_goes_from_step_to_step_and_ends(world):
    for step in Step:
        first_start.go_to_step(step, by=world.desk.id)
        assert guide_step() is step
    first_start.go_to_step(None, by=world.desk.id)
    assert guide_step() is None


def test_who_may_not_manage_the_office_does_not_set_it_up(world):
    for act, args in (
        (first_start.go_to_step, (Step.STAFF,)),
        (units.add_community, ("云澜二期",)),
        (units.rename_community, ("云澜花园", "云澜")),
    ):
        assert code_of(act, *args, by=world.worker.id) == "not-allowed"
    assert guide_step() is None
    assert list_communities() == ("云澜花园",)


def test_a_step_that_this_program_does_not_know_is_none(office):
    with writing():
        put(GUIDE_KEY, "payments")
    assert guide_step() is None


# -- communities


def test_a_community_without_houses_is_found_by_its_first_house(office, now):
    by = first_desk().id
    assert units.add_community("  云澜花园 ", by=by) == "云澜花园"
    home = units.add_unit(Address("3", "2", "501"), community="云澜花园", by=by)
    assert home.community == "云澜花园"
    assert list_communities() == ("云澜花园",)


@pytest.mark.parametrize("twin", ["云澜花园", " 云澜花园\u200b", "Ａ区"])
def test_a_community_comes_once(world, twin):
    units.add_community("A区", by=world.desk.id)
    assert code_of(units.add_community, twin, by=world.desk.id) == "community-exists"
    assert code_of(units.rename_community, "A区", "云澜花园", by=world.desk.id) == (
        "community-exists"
    )


def test_a_community_keeps_its_houses_under_another_name(world):
    assert units.rename_community("云澜花园", "云澜一期", by=world.desk.id) == "云澜一期"
    assert residents.get_unit(world.home.id).community == "云澜一期"
    # A change of its own spelling is none of another's.
    units.rename_community("云澜一期", "云澜 1 期", by=world.desk.id)
    assert list_communities() == ("云澜 1 期",)


def test_a_community_needs_a_name_and_must_be_there(world):
    with pytest.raises(DraftError):
        units.add_community(" \u200b", by=world.desk.id)
    with pytest.raises(DraftError):
        units.add_community("长" * (LONGEST_LINE + 1), by=world.desk.id)
    assert code_of(units.rename_community, "没有", "有", by=world.desk.id) == ("community-unknown")


# -- second places


def test_a_second_place_is_made_where_its_disk_is(office, tmp_path):
    assert backups.check_second_place(tmp_path / "stick", office) is True  # the data's own disk
    assert (tmp_path / "stick").is_dir()
    assert list((tmp_path / "stick").iterdir()) == []


@pytest.mark.parametrize("place", ["gone/stick", "office", "office/backups", "relative"])
def test_a_second_place_that_saves_nothing_is_refused(office, tmp_path, place):
    folder = tmp_path / place
    if place == "relative":
        folder = Path("stick")
    code = code_of(backups.check_second_place, folder, office)
    assert code in {"backup-folder-missing", "backup-folder-own"}
    assert not (tmp_path / "gone").exists()


def test_a_second_place_that_is_a_file_or_full_is_refused(office, tmp_path):
    (tmp_path / "file").touch()
    assert code_of(backups.check_second_place, tmp_path / "file", office) == "backup-not-written"


def test_backups_are_found_on_a_stick_newest_first(office, tmp_path, now):
    stick = tmp_path / "stick"
    older = backups.make_backup(office, now=now, to=stick).file
    newer = backups.make_backup(office, now=now + timedelta(hours=1), to=stick / "propdesk").file
    (stick / "20990101-000000-deadbeef.pdbak").write_bytes(b"broken")
    found = backups.find_backups([tmp_path / "not there", stick], 5)
    assert [one.path for one in found] == [newer, older]
    assert backups.find_backups([stick], 1)[0].path == newer


# -- offices on this PC


def test_offices_are_found_with_what_they_hold(tmp_path, now, made):
    offices.close_office(made)
    (tmp_path / "empty").mkdir()
    found = offices.find_offices([tmp_path / "empty", made.folder, tmp_path / "none"])
    assert [(one.folder, one.name, one.units, one.tickets) for one in found] == [
        (made.folder, NAME.office_name, 0, 0)
    ]
