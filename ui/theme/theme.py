"""The theme of the running program: colours, fonts, sizes and icons in one object.

It is made once in `ui/app.py` and handed to whatever draws; nothing looks it up globally.
"""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication

from propdesk import paths
from ui.theme.icons import Icons
from ui.theme.palette import make_palette, make_style_sheet
from ui.theme.tokens import (
    DARK,
    LIGHT,
    NORMAL_TEXT_SIZE,
    SCALE,
    TEXT_SIZES,
    Colours,
    Ink,
    Size,
    Tone,
    ToneColours,
)

_FAMILY = "Noto Sans SC"
_FONT_FILES = ("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf")
_DESIGN_LINE = 19  # height in pixels of a body line in the design, at 9.75 pt


class Mode(StrEnum):
    """Which appearance the user asked for."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """Colours, fonts and sizes as they are now; `changed` is emitted after each change."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.icons = Icons(paths.resources() / "icons")
        self.colours: Colours = LIGHT
        self.mode = Mode.SYSTEM
        self.text_size = NORMAL_TEXT_SIZE
        self._app: QApplication | None = None
        self._fonts: dict[tuple[Size, bool], QFont] = {}
        self._metrics: dict[tuple[Size, bool], QFontMetrics] = {}

    def apply(
        self, app: QApplication, mode: Mode | str = Mode.SYSTEM, text_size: float | None = None
    ) -> None:
        """Dress the program; may be called again at any time to switch.

        `text_size` is the body size in points (9.75, or 11 to 14); None keeps the present one.
        """
        if self._app is None:
            self._app = app
            app.setStyle("Fusion")
            for name in _FONT_FILES:
                QFontDatabase.addApplicationFont(str(paths.resources() / "fonts" / name))
            QGuiApplication.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.mode = Mode(mode)
        if text_size is not None:
            self.text_size = min(max(text_size, TEXT_SIZES[0]), TEXT_SIZES[-1])
        hints = QGuiApplication.styleHints()
        hints.setColorScheme(
            {
                Mode.SYSTEM: Qt.ColorScheme.Unknown,
                Mode.LIGHT: Qt.ColorScheme.Light,
                Mode.DARK: Qt.ColorScheme.Dark,
            }[self.mode]
        )
        self._dress(app)

    def switch(self, *, mode: Mode | str | None = None, text_size: float | None = None) -> None:
        """Change the appearance while the program runs; None keeps what it is."""
        if self._app is not None:
            self.apply(self._app, self.mode if mode is None else mode, text_size)

    def _dress(self, app: QApplication) -> None:
        wants_dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        # Some platforms ignore the wish given to them, so ours decides unless we follow theirs.
        is_dark = wants_dark if self.mode is Mode.SYSTEM else self.mode is Mode.DARK
        self.colours = DARK if is_dark else LIGHT
        self._fonts.clear()
        self._metrics.clear()
        app.setFont(self.font())
        app.setPalette(make_palette(self.colours))
        # Styled fields take a new font only with a new sheet, so the size stands in it.
        sheet = f"{make_style_sheet(self.colours)}\n/* {self.text_size} pt */"
        is_new = app.styleSheet() != sheet
        if is_new:
            app.setStyleSheet(sheet)
        self.changed.emit()
        if is_new:
            # Sizes follow from the font, and layouts keep them until they are told.
            for widget in app.allWidgets():
                widget.updateGeometry()

    def _on_system_changed(self) -> None:
        if self.mode is Mode.SYSTEM and self._app is not None:
            self._dress(self._app)

    def ink(self, ink: Ink) -> QColor:
        """Return the colour of a text."""
        return self.colours.ink(ink)

    def tone(self, tone: Tone) -> ToneColours:
        """Return ground, text and dot of a tone."""
        return self.colours.tones[tone]

    def font(self, size: Size = Size.BODY, *, bold: bool = False) -> QFont:
        """Return one of the three text sizes, regular or bold."""
        if (size, bold) not in self._fonts:
            font = QFont(_FAMILY)
            font.setPointSizeF(self.text_size * SCALE[size])
            font.setBold(bold)
            self._fonts[size, bold] = font
        return self._fonts[size, bold]

    def metrics(self, size: Size = Size.BODY, *, bold: bool = False) -> QFontMetrics:
        """Return the measures of a text size."""
        if (size, bold) not in self._metrics:
            self._metrics[size, bold] = QFontMetrics(self.font(size, bold=bold))
        return self._metrics[size, bold]

    def line(self, size: Size = Size.BODY) -> int:
        """Return the height of one line of text in logical pixels."""
        return self.metrics(size).height()

    def px(self, design: float) -> int:
        """Scale a width or height of the design (drawn at 9.75 pt) to the present text size."""
        return round(design * self.line() / _DESIGN_LINE)

    def row_height(self) -> int:
        """Return the height of a table row."""
        return self.line() + 13

    def control_height(self) -> int:
        """Return the height of fields and buttons."""
        return self.line() + 11

    def chip_height(self) -> int:
        """Return the height of a chip."""
        return self.line() + 9

    def badge_height(self) -> int:
        """Return the height of a badge."""
        return self.line(Size.SMALL) + 3
