from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Ink, Mode, Size
from ui.theme.tokens import DARK, LIGHT, TEXT_SIZES
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, Surface


def test_modes_dress_the_program(theme, qapp):
    assert qapp.palette().color(QPalette.ColorRole.Base) == LIGHT.surface
    theme.apply(qapp, Mode.DARK)
    assert theme.colours is DARK
    assert qapp.palette().color(QPalette.ColorRole.Base) == DARK.surface


def test_fonts_are_the_bundled_one_at_the_sizes_of_the_design(theme):
    assert theme.font().family() == "Noto Sans SC"
    assert theme.metrics().height() == 19
    assert theme.metrics(Size.SMALL).height() == 17
    assert theme.metrics(Size.TITLE).height() == 25
    assert (theme.row_height(), theme.control_height(), theme.badge_height()) == (32, 30, 20)


def test_text_size_scales_everything_and_stays_in_its_bounds(theme, qapp):
    theme.apply(qapp, Mode.LIGHT, 14)
    assert theme.metrics().height() > 25
    assert theme.row_height() == theme.metrics().height() + 13
    assert theme.px(100) > 130
    theme.apply(qapp, Mode.LIGHT, 99)
    assert theme.text_size == TEXT_SIZES[-1]


def test_switching_while_running_repaints_labels_and_panes(theme, qapp, showing):
    pane = Surface(theme)
    column = QVBoxLayout(pane)
    label = Label(theme, "处理中", ink=Ink.WARN)
    column.addWidget(label)
    showing(pane, 200, 80)
    before = label.font().pointSizeF()
    theme.apply(qapp, Mode.DARK, 12)
    assert label.palette().color(QPalette.ColorRole.WindowText) == DARK.ink(Ink.WARN)
    assert label.font().pointSizeF() > before
    assert QColor(pane.grab().toImage().pixel(1, 1)) == DARK.surface


def test_buttons_take_the_new_colours(theme, qapp, showing):
    window = QWidget()
    column = QVBoxLayout(window)
    button = Button(theme, "完工", kind=Kind.PRIMARY)
    other = Button(theme, "先聚焦")
    column.addWidget(other)
    column.addWidget(button)
    showing(window, 200, 80)
    theme.apply(qapp, Mode.DARK)
    image = button.grab().toImage()
    assert QColor(image.pixel(6, image.height() // 2)) == DARK.accent


def test_icons_are_coloured_and_sharp(theme):
    red = QColor("#ff0000")
    icon = theme.icons.pixmap("check", red, 16, 2.0)
    image = icon.toImage()
    assert (image.width(), icon.deviceIndependentSize().width()) == (32, 16)
    inks = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}
    assert theme.icons.pixmap("check", red, 16, 2.0).cacheKey() == icon.cacheKey()


def test_the_program_has_an_icon(theme):
    assert not theme.icons.program_icon().pixmap(32, 32).isNull()
