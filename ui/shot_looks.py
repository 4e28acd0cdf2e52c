"""What a picture is, and in which looks everything is pictured."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.screenshots import Stage

Act = Callable[["Stage"], object]


@dataclass(frozen=True, slots=True)
class Look:
    """How things are pictured: language, appearance, room and density of the screen, the office.

    `office` is `demo` (the given data), `empty` (a new one) or `long` (the given data with names
    of 40 characters and texts of 2,000).
    """

    suffix: str
    language: str = "zh_CN"
    mode: str = "light"
    size: tuple[int, int] = (1366, 768)
    scale: float = 1.0
    office: str = "demo"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: `act` brings the window there; `opens` then opens a dialog over it.

    A shot that needs tickets or houses is left out of the empty office.
    """

    name: str
    act: Act
    opens: Act | None = None
    needs_data: bool = False


# 1280 x 720 at 150 % is a screen of 1920 x 1080: the smallest room that there is.
_SMALL = (1280, 720)


LOOKS: tuple[Look, ...] = (
    Look("light"),
    Look("dark", mode="dark"),
    Look("empty", office="empty"),
    Look("empty-dark", mode="dark", office="empty"),
    Look("long", office="long"),
    Look("long-dark", mode="dark", office="long"),
    Look("light-150", size=_SMALL, scale=1.5),
    Look("dark-150", mode="dark", size=_SMALL, scale=1.5),
    Look("empty-150", office="empty", size=_SMALL, scale=1.5),
    Look("long-150", office="long", size=_SMALL, scale=1.5),
    Look("en", language="en"),
    Look("en-dark", language="en", mode="dark"),
    Look("en-empty", language="en", office="empty"),
    Look("en-150", language="en", size=_SMALL, scale=1.5),
    Look("en-long-150", language="en", office="long", size=_SMALL, scale=1.5),
)
