"""What the tests of dialogs share: a page of the small window below them."""

import pytest
from PySide6.QtWidgets import QWidget


@pytest.fixture
def page(house, showing):
    """An empty page in the office with one house."""
    return showing(QWidget(), 1366, 768)


@pytest.fixture
def show(over, page):
    """Show a dialog over the page, with the keyboard in it: `show(TillDialog, house.home.id)`."""
    return over(page)
