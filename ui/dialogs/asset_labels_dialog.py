"""How many labels of the first sheet are used already, before labels are printed."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.asset_labels import LABELS
from propdesk.domain.errors import DraftError, Problem
from propdesk.i18n import _, ngettext
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _FIELD = 480, 70


class LabelsDialog(SmallForm):
    """Enter shows the sheet; `stored` is how many labels of it are used."""

    def __init__(self, context: AppContext, parent: QWidget, count: int) -> None:
        super().__init__(context, parent, _("Print labels"), _("Show the sheet"), width=_WIDTH)
        words = ngettext("{count} label of 70 × 37 mm, A4 of 3 × 8.",
                         "{count} labels of 70 × 37 mm, A4 of 3 × 8.", count)  # fmt: skip
        self.body.insertWidget(1, Label(context.theme, words.format(count=count), ink=Ink.TEXT_2,
                                        wrap=True))  # fmt: skip
        self.used = LineField(context.theme, _("Used already"), width=_FIELD, longest=2)
        self.used.show_words("0")
        note = Label(context.theme, _("labels of the first sheet"), ink=Ink.TEXT_3)
        self.rows.add_row("used", _("Used already"), self.used, note=note)
        self.used.returnPressed.connect(self.keep)
        self.used.setFocus()
        self.used.selectAll()

    def act(self) -> int:
        """Return how many are used."""
        words = self.used.words()
        if not words.isdecimal() or int(words) >= LABELS:
            sentence = _("Write a number from 0 to {most}.").format(most=LABELS - 1)
            raise DraftError((Problem("used", sentence),))
        return int(words)
