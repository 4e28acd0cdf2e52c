"""Which folders may hold an office's data: a local disk, not a share, not a sync folder.

SQLite's write-ahead log needs shared memory of one machine, and a sync client renames and replaces
the open file: hours of work are then lost (F10, F11; decision 44).
"""

import os
import sys
from pathlib import Path

from propdesk import paths
from propdesk.domain.errors import RuleError
from propdesk.i18n import _

NETWORK_FILE_SYSTEMS = frozenset(
    {"cifs", "smb3", "smbfs", "nfs", "nfs3", "nfs4", "9p", "fuse.sshfs", "fuse.rclone"}
)

# A sync client leaves one of these at the top of what it keeps in step.
SYNC_MARKERS = (
    ".dropbox",
    ".dropbox.cache",
    ".sync",
    ".stfolder",
    ".nutstore",
    ".owncloudsync.log",
    ".nextcloudsync.log",
    ".seafile-data",
    ".849C9593-D756-4E56-8D6E-42412F2A707B",
    ".BaiduSyncDisk",
)
SYNC_NAMES = (
    "onedrive",
    "dropbox",
    "nutstore",
    "坚果云",
    "我的坚果云",
    "baidusyncdisk",
    "百度网盘同步",
    "icloud drive",
    "iclouddrive",
    "com~apple~clouddocs",
    "nextcloud",
    "owncloud",
    "google drive",
    "wpsdrive",
)

_DRIVE_REMOTE = 4


def file_system_of(folder: Path, mounts: str) -> str:
    """Return the file system type of a folder by the text of /proc/mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        mount = fields[1].replace("\\040", " ")
        inside = str(folder) == mount or str(folder).startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, fields[2]
    return kind


def _is_network(folder: Path) -> bool:
    if str(folder).startswith(("\\\\", "//")):
        return True
    if sys.platform == "win32":
        import ctypes

        root = folder.anchor or str(folder)
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == _DRIVE_REMOTE)
    mounts = Path("/proc/mounts")
    if mounts.exists():
        return file_system_of(folder, mounts.read_text("utf-8", "replace")) in NETWORK_FILE_SYSTEMS
    return False


def _sync_folder(folder: Path) -> Path | None:
    """Return the folder above (or at) `folder` that a sync client keeps in step."""
    named = {
        os.environ[key]
        for key in ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
        if key in os.environ
    }
    for parent in (folder, *folder.parents):
        name = parent.name.casefold()
        if name in SYNC_NAMES or name.startswith("onedrive - ") or str(parent) in named:
            return parent
        # A folder above that may not be read is not asked: whoever opens the office will be told.
        if any(os.path.exists(parent / marker) for marker in SYNC_MARKERS):  # noqa: PTH110
            return parent
    return None


def check_place(folder: Path) -> None:
    """Refuse a folder that cannot keep an office's data safe, and say why."""
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - the folder need not exist yet
    real = folder.resolve()
    program = paths.program_folder()
    if getattr(sys, "frozen", False) and (program == real or program in real.parents):
        raise RuleError(
            "place-program",
            _(
                "The data may not live in the program's own folder: it would be lost with the "
                "next installation. Choose another folder."
            ),
        )
    if _is_network(folder) or _is_network(real):
        raise RuleError(
            "place-network",
            _(
                "«{folder}» is a network drive. A shared drive damages the data when two PCs or a "
                "broken line meet; keep the data on this PC's own disk and only backups there."
            ).format(folder=folder),
        )
    sync = _sync_folder(folder) or _sync_folder(real)
    if sync is not None:
        raise RuleError(
            "place-sync",
            _(
                "«{folder}» is kept in step by a sync program, which replaces the open data file "
                "and loses work. Keep the data elsewhere; backups may go there."
            ).format(folder=sync),
        )
