"""Pictures: of every tab, in the size that was asked for, from a copy of the data."""

import hashlib
import os
import subprocess
import sys
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from propdesk.domain.persons import PersonDraft
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address
from propdesk.services import offices, residents, tickets, units
from propdesk.services.queries.staff import first_desk
from ui.registry import TABS
from ui.screenshots import NoPictureError, Stage
from ui.shot_looks import LOOKS
from ui.shots import SHOTS, TAB_SHOTS


@pytest.fixture
def data(tmp_path, now):
    """A small office on the disk, closed."""
    folder = tmp_path / "data"
    office = offices.open_office(folder, now=now)
    by = first_desk().id
    home = units.add_unit(Address("1", "2", "501"), community="云澜花园", by=by)
    residents.add_resident(home.id, PersonDraft("张伟丰"), by=by, now=now)
    draft = TicketDraft(Kind.COMPLAINT, "楼上漏水，天花板滴水", unit_id=home.id)
    tickets.register_ticket(draft, by=by, now=now)
    offices.close_office(office)
    return folder


def run(*words):
    return subprocess.run(
        [sys.executable, "-m", "ui.screenshots", *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )


def digests(folder):
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_tabs_are_pictured_from_a_copy(data, tmp_path):
    before = digests(data)
    out = tmp_path / "out"
    done = run("--data", data, "--out", out, "--tabs")
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(path.stem for path in out.iterdir()) == sorted(tab.key for tab in TABS)
    for path in out.iterdir():
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1366, 768)
    assert digests(data) == before


def test_a_look_in_english_at_150_percent_with_long_texts(data, tmp_path):
    out = tmp_path / "out"
    done = run("--data", data, "--out", out, "--tabs", "--looks", "en-long-150")
    assert (done.returncode, done.stderr) == (0, "")
    for path in out.iterdir():
        picture = QImage(str(path))
        assert (picture.width(), picture.height()) == (1920, 1080)


def test_a_folder_without_an_office_is_a_sentence(tmp_path):
    done = run("--data", tmp_path / "nowhere", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "nowhere" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_window_that_grows_is_no_picture(office_context, qtbot):
    tiny = replace(LOOKS[0], size=(400, 200))
    stage = Stage(office_context, tiny)
    try:
        with pytest.raises(NoPictureError, match="400 x 200"):
            stage.take(TAB_SHOTS[0])
    finally:
        stage.close()


def test_every_tab_and_look_has_its_own_name():
    assert {tab.key for tab in TABS} <= {shot.name for shot in SHOTS}
    assert len({shot.name for shot in SHOTS}) == len(SHOTS)
    assert len({look.suffix for look in LOOKS}) == len(LOOKS)
