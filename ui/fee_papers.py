"""Papers about fees from anywhere: what the desk search shows of one, and how it is opened."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from propdesk.domain.fee_papers import FEE_PAPER_LABELS, FeePaper, FeePaperKind
from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.queries.payments import get_payment
from ui.context import AppContext
from ui.theme import Ink, Size, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.facts import Fact, Facts
from ui.widgets.labels import Label
from ui.widgets.panes import ActionBar, DetailPane


class FeePaperPane(DetailPane):
    """A receipt, fee letter, plan, run or publication that was found; Enter opens it."""

    open_wanted = Signal()
    account_wanted = Signal()
    house_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        opening = Button(theme, _("Open"), kind=Kind.PRIMARY, icon="file-text", hint="Enter")
        self._to_account = Button(theme, _("Open the account"), icon="banknote", hint="F5")
        self._to_house = Button(theme, _("House file"), icon="house", hint="F4")
        super().__init__(theme, ActionBar(theme, (opening, self._to_account, self._to_house)))
        opening.clicked.connect(self.open_wanted)
        self._to_account.clicked.connect(self.account_wanted)
        self._to_house.clicked.connect(self.house_wanted)
        self._kind = Label(theme, ink=Ink.TEXT_3)
        self._number = Label(theme, size=Size.TITLE, bold=True, wrap=True, selectable=True)
        self._facts = Facts(theme)
        for widget in (self._kind, self._number, self._facts):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    def show_paper(self, paper: FeePaper, words: str) -> None:
        """Show what tells whether it is the right one; `words` as the reader may see them."""
        self._kind.show_text(str(FEE_PAPER_LABELS[paper.kind]))
        self._number.show_text(paper.number)
        is_of_house = paper.unit_id is not None
        self._to_account.setVisible(is_of_house)
        self._to_house.setVisible(is_of_house)
        amount = "" if paper.amount_fen is None else money_words(paper.amount_fen)
        facts = (
            Fact(_("House"), paper.where),
            Fact(_("Concerning"), words),
            Fact(_("Day"), str(paper.on_day)),
            Fact(_("Amount (yuan)"), amount),
        )
        self._facts.show_facts([fact for fact in facts if fact.value])
        self.scroll_to_top()


def open_fee_paper(context: AppContext, page: QWidget, paper: FeePaper) -> None:
    """Open a paper over the page of fees; a promise stands in the account that is shown."""
    if paper.kind is FeePaperKind.RECEIPT:
        from ui.receipt_printing import show_receipt

        show_receipt(context, page, get_payment(paper.id))
    elif paper.kind is FeePaperKind.LETTER:
        from ui.letter_printing import show_letter

        show_letter(context, page, paper.id, context.changes.fees_changed.emit)
    elif paper.kind is FeePaperKind.RUN:
        from ui.bill_acts import show_runs

        show_runs(context, page)
