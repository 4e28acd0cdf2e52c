"""Work over the first start's window: its bar, its end, and nothing left running behind it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.background import Background, Job
from ui.dialogs.work_dialog import WorkDialog
from ui.theme import Theme


def work_through(theme: Theme, parent: QWidget, title: str, sentence: str, job: Job) -> Any:
    """Do a job behind a bar and return its result.

    Raises what the job raised, Cancelled when it was stopped; by then it has taken back what it
    had made, so that it may be begun anew.
    """
    background = Background()
    try:
        return WorkDialog(theme, parent, title, sentence).work(partial(background.run, job))
    finally:
        background.stop()
