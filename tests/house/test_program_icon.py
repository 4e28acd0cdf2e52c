"""The program's icon: drawn for each size by itself, and still a picture at the smallest."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PIL import Image


@pytest.fixture(scope="module")
def icon(script: Callable[[str], ModuleType]) -> ModuleType:
    return script("program_icon")


def test_the_ico_holds_every_size_that_windows_asks_for(icon, tmp_path: Path) -> None:
    icon.write_ico(tmp_path / "图标.ico")
    with Image.open(tmp_path / "图标.ico") as made:
        sizes = {width for width, _ in made.info["sizes"]}
        assert {16, 20, 24, 32, 40, 48, 64, 256} <= sizes
        made.size = (16, 16)
        held = made.convert("RGBA")
    # Sixteen pixels drawn as such, not scaled down from more.
    assert held.tobytes() == icon.draw(16).convert("RGBA").tobytes()


def test_at_sixteen_pixels_the_windows_are_whole_pixels(icon) -> None:
    drawn = icon.draw(16).convert("RGB")
    wall, lit, dark = (drawn.getpixel(place) for place in ((5, 7), (7, 7), (4, 5)))
    assert min(wall) > 250
    assert lit[0] > 230 > 190 > lit[1] > 130 > lit[2]
    assert max(dark) < 150
