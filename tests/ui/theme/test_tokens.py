"""The contrasts that the design promises, counted again from the tokens (WCAG 2)."""

import itertools

import pytest

from ui.theme import Colours, Ink, Tone
from ui.theme.tokens import DARK, LIGHT


def _luminance(colour):
    parts = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


GROUNDS = ("surface", "window", "alt", "selection")
BOTH = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def test_a_known_contrast():
    assert contrast(LIGHT.text, LIGHT.surface) == pytest.approx(15.5, abs=0.1)
    assert contrast(DARK.text, DARK.surface) == pytest.approx(13.3, abs=0.1)


@BOTH
def test_texts_can_be_read(colours: Colours):
    inks = (Ink.TEXT, Ink.TEXT_2, Ink.TEXT_3, Ink.ACCENT)
    for ink, ground in itertools.product(inks, GROUNDS):
        assert contrast(colours.ink(ink), getattr(colours, ground)) >= 4.5, (ink, ground)


@BOTH
def test_filled_grounds_can_be_read(colours: Colours):
    for ground in (colours.accent, colours.accent_hover, colours.danger_fill):
        assert contrast(colours.on_accent, ground) >= 4.5
    assert contrast(colours.surface, colours.text) >= 4.5
    assert contrast(colours.toast_link, colours.text) >= 4.5
    assert contrast(colours.accent_text, colours.accent_soft) >= 4.5


@BOTH
@pytest.mark.parametrize("tone", list(Tone))
def test_tones_can_be_read_and_seen(colours: Colours, tone):
    three = colours.tones[tone]
    assert contrast(three.text, three.ground) >= 4.5
    assert contrast(three.text, colours.surface) >= 4.5
    assert contrast(three.dot, colours.surface) >= 3
    assert contrast(three.dot, colours.selection) >= 3


@BOTH
def test_edges_of_fields_can_be_seen(colours: Colours):
    assert contrast(colours.line_field, colours.surface) >= 3
    assert contrast(colours.accent_text, colours.surface) >= 3
