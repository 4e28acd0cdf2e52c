"""Draw the program's icon for those who want no SVG: an .ico for Windows, PNGs for a desktop.

    python packaging/program_icon.py DIR

`resources/icons/propdesk.svg` is the only source; nothing drawn here is kept in the repository.
"""

import argparse
import io
import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent.parent / "resources/icons/propdesk.svg"
# What Windows asks for at 100 to 200 %, and the desktops of Linux.
SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)


def draw(size: int) -> Image.Image:
    """Return the icon, `size` pixels wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(SOURCE)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return Image.open(io.BytesIO(buffer.data().data()))


def write_ico(target: Path) -> None:
    """Write one .ico that holds every size, each drawn by itself and none scaled down."""
    drawn = [draw(size) for size in reversed(SIZES)]
    target.parent.mkdir(parents=True, exist_ok=True)
    drawn[0].save(target, sizes=[image.size for image in drawn], append_images=drawn[1:])


def main() -> int:
    """Write propdesk.ico and propdesk-SIZE.png into a folder."""
    parser = argparse.ArgumentParser(description="draw the program's icon")
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    write_ico(folder / "propdesk.ico")
    for size in SIZES:
        draw(size).save(folder / f"propdesk-{size}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
