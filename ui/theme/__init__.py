"""How the program looks: tokens, palette, fonts and icons, handed to every page as one object."""

from ui.theme.theme import Mode, Theme
from ui.theme.tokens import Colours, Ink, Size, Space, Tone, ToneColours

__all__ = ["Colours", "Ink", "Mode", "Size", "Space", "Theme", "Tone", "ToneColours"]
