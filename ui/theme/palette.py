"""The tokens as a QPalette and a short style sheet; Fusion draws the rest."""

from PySide6.QtGui import QPalette

from ui.theme.tokens import RADIUS_CONTROL, Colours, Tone

# `palette(...)` words follow the palette; only colours without a palette role are filled in.
_SHEET = """
QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
    background: palette(base); border: 1px solid palette(dark); border-radius: %(radius)dpx;
    padding: 0 8px; selection-background-color: palette(accent);
    selection-color: %(on_accent)s;
}
QPlainTextEdit { padding: 4px 5px; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid palette(link); padding: 0 7px;
}
QPlainTextEdit:focus { padding: 3px 4px; }
QLineEdit[bad="true"], QPlainTextEdit[bad="true"], QComboBox[bad="true"] {
    border-color: %(danger)s;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: palette(alternate-base); border-color: palette(mid);
}
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: palette(mid); border-radius: 3px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: palette(dark); }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QSplitter::handle { background: palette(shadow); }
QMenu { background: palette(base); border: 1px solid palette(mid); padding: 4px 0; }
QMenu::item { padding: 5px 24px 5px 16px; }
QMenu::item:selected { background: palette(highlight); color: palette(text); }
QMenu::item:disabled { color: palette(placeholder-text); }
QMenu::separator { height: 1px; background: palette(shadow); margin: 4px 0; }
"""


def make_palette(colours: Colours) -> QPalette:
    """Return the palette of one appearance, with its disabled colours."""
    role = QPalette.ColorRole
    palette = QPalette()
    for which, colour in {
        role.Window: colours.window,
        role.Base: colours.surface,
        role.Button: colours.surface,
        role.AlternateBase: colours.alt,
        role.ToolTipBase: colours.surface,
        role.Shadow: colours.line,
        role.Mid: colours.line_button,
        role.Dark: colours.line_field,
        role.Midlight: colours.hover,
        role.Light: colours.surface,
        role.Highlight: colours.selection,
        role.Accent: colours.accent,
        role.Link: colours.accent_text,
        role.LinkVisited: colours.accent_text,
        role.Text: colours.text,
        role.WindowText: colours.text,
        role.ButtonText: colours.text,
        role.ToolTipText: colours.text,
        role.HighlightedText: colours.text,
        role.BrightText: colours.on_accent,
        role.PlaceholderText: colours.text_3,
    }.items():
        palette.setColor(which, colour)
    for which in (role.Text, role.WindowText, role.ButtonText, role.HighlightedText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, colours.text_3)
    return palette


def make_style_sheet(colours: Colours) -> str:
    """Return the style sheet: what Fusion and the palette cannot say."""
    return _SHEET % {
        "radius": RADIUS_CONTROL,
        "on_accent": colours.on_accent.name(),
        "danger": colours.tones[Tone.DANGER].dot.name(),
    }
