"""Which folders may hold an office's data (F11, decision 44)."""

import sys
from pathlib import Path

import pytest

from propdesk import paths
from propdesk.domain.errors import RuleError
from propdesk.storage import places
from propdesk.storage.opening import open_office
from propdesk.storage.places import check_place, file_system_of

MOUNTS = """\
/dev/sda1 / ext4 rw,relatime 0 0
tmpfs /srv tmpfs rw 0 0
//nas/office /mnt/nas cifs rw 0 0
//nas/office /mnt/nas3 smb3 rw 0 0
nas:/x /mnt/nfs nfs4 rw 0 0
host /mnt/host 9p rw 0 0
me@there: /data/me/there fuse.sshfs rw 0 0
drive: /data/me/drive fuse.rclone rw 0 0
/dev/fuse /run/user/1000/doc fuse.portal rw 0 0
/dev/sdb1 /media/me/D\\040盘 ntfs3 rw 0 0
/dev/sdc1 /mnt/nas/local ext4 rw 0 0
short line
"""


@pytest.mark.parametrize(
    ("folder", "kind", "refused"),
    [
        ("/data/me/propdesk", "ext4", False),
        ("/srv/office", "tmpfs", False),
        ("/mnt/nas", "cifs", True),
        ("/mnt/nas/propdesk", "cifs", True),
        ("/mnt/nas/local/propdesk", "ext4", False),
        ("/mnt/nas2", "ext4", False),
        ("/mnt/nas3/a/b", "smb3", True),
        ("/mnt/nfs/a", "nfs4", True),
        ("/mnt/host", "9p", True),
        ("/data/me/there/x", "fuse.sshfs", True),
        ("/data/me/drive/x", "fuse.rclone", True),
        ("/run/user/1000/doc/x", "fuse.portal", False),
        ("/media/me/D 盘/数据", "ntfs3", False),
    ],
)
def test_file_systems(folder, kind, refused):
    assert file_system_of(Path(folder), MOUNTS) == kind
    assert (kind in places.NETWORK_FILE_SYSTEMS) is refused


def refused(folder: Path) -> str:
    """Return the code with which a folder is refused, or ''."""
    try:
        check_place(folder)
    except RuleError as error:
        return error.code
    return ""


def test_an_ordinary_folder_is_taken_even_before_it_exists(tmp_path):
    assert refused(tmp_path) == ""
    assert refused(tmp_path / "not" / "yet") == ""


@pytest.mark.parametrize("name", ["\\\\nas\\office", "//nas/office/propdesk"])
def test_shares_are_known_by_their_name(name):
    assert places._is_network(Path(name))


@pytest.mark.parametrize(
    "name",
    ["OneDrive", "OneDrive - 公司", "Dropbox", "坚果云", "我的坚果云", "Nextcloud", "百度网盘同步"],
)
def test_sync_folders_by_name(tmp_path, name):
    assert refused(tmp_path / name / "office") == "place-sync"
    assert refused(tmp_path / name) == "place-sync"


@pytest.mark.parametrize("marker", places.SYNC_MARKERS)
def test_sync_folders_by_what_the_client_leaves(tmp_path, marker):
    (tmp_path / "work" / marker).mkdir(parents=True)
    assert refused(tmp_path / "work" / "a" / "office") == "place-sync"
    assert refused(tmp_path / "elsewhere") == ""


def test_a_sync_folder_named_by_the_system(tmp_path, monkeypatch):
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "cloud"))
    assert refused(tmp_path / "cloud" / "office") == "place-sync"
    assert refused(tmp_path / "clouds") == ""


def test_a_link_into_a_sync_folder_is_seen_through(tmp_path):
    (tmp_path / "Dropbox" / "office").mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "Dropbox" / "office")
    assert refused(tmp_path / "link") == "place-sync"


def test_the_installed_programs_folder_is_refused(tmp_path, monkeypatch):
    program = tmp_path / "Program Files" / "propdesk"
    program.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(paths, "program_folder", lambda: program)
    assert refused(program / "data") == "place-program"
    assert refused(program) == "place-program"
    assert refused(tmp_path / "data") == ""


def test_a_network_mount_is_refused_before_anything_is_made(tmp_path, monkeypatch, now):
    monkeypatch.setattr(
        places, "file_system_of", lambda folder, _mounts: "cifs" if "nas" in str(folder) else "ext4"
    )
    with pytest.raises(RuleError) as refusal:
        open_office(tmp_path / "nas" / "office", now=now)
    assert refusal.value.code == "place-network"
    assert not (tmp_path / "nas").exists()
