"""Which other disks are plugged in: where a backup may come from, or a second copy go."""

import sys
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, QStorageInfo

# Where systems that are not Windows put what is plugged in.
_PLUGGED = ("/media", "/run/media", "/mnt", "/Volumes")


@dataclass(frozen=True, slots=True)
class Drive:
    """A disk or stick: its top folder, how it is called, and its free room in bytes."""

    root: Path
    name: str
    free: int


def attached_drives() -> tuple[Drive, ...]:
    """Return the writable disks beside the one with the user's home; may take a moment."""
    home = QStorageInfo(QDir.homePath()).rootPath()
    found = []
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        is_plugged = sys.platform == "win32" or root.startswith(_PLUGGED)
        if not volume.isReady() or volume.isReadOnly() or root == home or not is_plugged:
            continue
        place = QDir.toNativeSeparators(root)
        name = f"{volume.name()} ({place})" if volume.name() else place
        found.append(Drive(Path(root), name, volume.bytesAvailable()))
    return tuple(found)


def usual_folders() -> tuple[Path, ...]:
    """Return where people put a file that they brought along: desktop, downloads, documents."""
    places = QStandardPaths.StandardLocation
    return tuple(
        Path(QStandardPaths.writableLocation(place))
        for place in (
            places.DesktopLocation,
            places.DownloadLocation,
            places.DocumentsLocation,
        )
    )


def room_words(size: int) -> str:
    """Return a disk's free room in GB."""
    return f"{size / 1e9:.0f} GB" if size >= 1e10 else f"{size / 1e9:.1f} GB"
