"""The design tokens: every colour, distance and text size of the program stands here once.

The contrasts that the design asks for are recounted by `tests/ui/theme/test_tokens.py`.
"""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum

from PySide6.QtGui import QColor


class Tone(StrEnum):
    """What a badge, dot or banner says by its colour; the word beside it says it too."""

    OK = "ok"
    INFO = "info"
    WARN = "warn"
    DANGER = "danger"
    NEUTRAL = "neutral"


class Ink(StrEnum):
    """The colours a text may have. The tones' names are inks as well."""

    TEXT = "text"
    TEXT_2 = "text_2"
    TEXT_3 = "text_3"
    ACCENT = "accent_text"
    ON_ACCENT = "on_accent"
    OK = "ok"
    INFO = "info"
    WARN = "warn"
    DANGER = "danger"


class Size(StrEnum):
    """The three text sizes, as parts of the body size."""

    SMALL = "small"
    BODY = "body"
    TITLE = "title"


class Space(IntEnum):
    """Distances between things, in logical pixels."""

    XS = 4
    S = 8
    M = 12
    L = 16
    XL = 20
    XXL = 24


RADIUS_CONTROL = 4
RADIUS_CARD = 8

# The design was drawn at 9.75 pt; 11 to 14 pt are for eyes that want more.
TEXT_SIZES = (9.75, 11.0, 12.0, 13.0, 14.0)
NORMAL_TEXT_SIZE = TEXT_SIZES[0]
SCALE = {Size.SMALL: 12 / 13, Size.BODY: 1.0, Size.TITLE: 17 / 13}


@dataclass(frozen=True, slots=True)
class ToneColours:
    """One tone: a soft ground, the text that may stand on it (or on a surface), and its dot."""

    ground: QColor
    text: QColor
    dot: QColor


@dataclass(frozen=True, slots=True)
class Colours:
    """All colours of one appearance, light or dark."""

    is_dark: bool
    window: QColor
    surface: QColor
    alt: QColor
    sunken: QColor
    line: QColor
    line_button: QColor
    line_field: QColor
    hover: QColor
    selection: QColor
    text: QColor
    text_2: QColor
    text_3: QColor
    accent: QColor
    accent_hover: QColor
    on_accent: QColor
    accent_text: QColor
    accent_soft: QColor
    danger_fill: QColor
    toast_link: QColor
    plot: QColor
    plot_quiet: QColor
    plot_warn: QColor
    board_own: QColor
    board_rent: QColor
    board_decorating: QColor
    tones: dict[Tone, ToneColours] = field(default_factory=dict)

    def ink(self, ink: Ink) -> QColor:
        """Return the colour of a text."""
        colour = getattr(self, ink.value, None)
        return colour if isinstance(colour, QColor) else self.tones[Tone(ink.value)].text


def _colours(*, is_dark: bool, words: str, tones: dict[Tone, str]) -> Colours:
    named = dict(pair.split() for pair in words.strip().splitlines())
    return Colours(
        is_dark=is_dark,
        tones={tone: ToneColours(*map(QColor, three.split())) for tone, three in tones.items()},
        **{name: QColor(value) for name, value in named.items()},
    )


LIGHT = _colours(
    is_dark=False,
    words="""
        window #F3F5F6
        surface #FFFFFF
        alt #F8FAFA
        sunken #EBEFF1
        line #E1E6E9
        line_button #C4CDD3
        line_field #7A8892
        hover #EFF4F6
        selection #DFEEF2
        text #1A262D
        text_2 #475661
        text_3 #59676F
        accent #0C6A7F
        accent_hover #095668
        on_accent #FFFFFF
        accent_text #0A5B6E
        accent_soft #E0EFF3
        danger_fill #B3372D
        toast_link #8ED3E2
        plot #2B8498
        plot_quiet #5B9BAA
        plot_warn #BA7F25
        board_own #EEF3F4
        board_rent #E3ECF8
        board_decorating #FAECD2
    """,
    tones={
        Tone.OK: "#E4F2EA #1C6843 #2E8B5D",
        Tone.INFO: "#E5EEF9 #22578F #3B78B8",
        Tone.WARN: "#FBF0DB #825000 #B16E08",
        Tone.DANGER: "#FBE8E5 #AE2A21 #CF4338",
        Tone.NEUTRAL: "#ECEFF1 #475661 #74828C",
    },
)

DARK = _colours(
    is_dark=True,
    words="""
        window #14181B
        surface #1B2024
        alt #1F2529
        sunken #252C31
        line #2E363C
        line_button #455059
        line_field #6F7E88
        hover #242B30
        selection #1F3C46
        text #E3E8EB
        text_2 #B0BBC3
        text_3 #9AA7B0
        accent #1B7388
        accent_hover #1F7C92
        on_accent #FFFFFF
        accent_text #7CCBDC
        accent_soft #1C3840
        danger_fill #A93A31
        toast_link #0A5B6E
        plot #3F8FA2
        plot_quiet #3A7585
        plot_warn #B07F2C
        board_own #262E33
        board_rent #22303F
        board_decorating #39311F
    """,
    tones={
        Tone.OK: "#1C3629 #86D2A8 #4FAF7E",
        Tone.INFO: "#1E314A #94C0F0 #5E9BDD",
        Tone.WARN: "#3A2F18 #E5BC69 #D69A36",
        Tone.DANGER: "#442422 #FFA299 #E5695E",
        Tone.NEUTRAL: "#2B3338 #B4BFC6 #7C8A94",
    },
)
