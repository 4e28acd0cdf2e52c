"""The days of houses in the settings, by keyboard: decorations and vaccinations (R101)."""

import pytest
from PySide6.QtWidgets import QWidget

from propdesk.services.parts.settings import load_settings
from ui.dialogs.settings_dialog import SettingsDialog


@pytest.mark.parametrize(
    ("name", "row", "setting", "wrong", "right"),
    [
        ("巡查间隔天数", "works", "decoration_patrol_days", "0", "3"),
        ("押金退还天数", "works", "decoration_deposit_days", "999", "60"),
        ("疫苗到期前天数", "vaccination", "vaccination_days", "很久", "14"),
    ],
)
def test_r101_days_are_typed_and_wrong_ones_told_at_their_row(
    office_context, showing, press, type_words, in_dialog, go_to, name, row, setting, wrong, right
):
    parent = showing(QWidget(), 1366, 768)
    told = []

    def change(dialog):
        go_to(name)
        press("Ctrl+A")
        type_words(wrong)
        press("Ctrl+S")
        told.append(dialog._office.problem(row))
        go_to(name)
        press("Ctrl+A")
        type_words(right)
        press("Ctrl+S")

    in_dialog(SettingsDialog, change)
    SettingsDialog(office_context, parent).ask()
    assert told[0]
    assert getattr(load_settings(), setting) == int(right)
