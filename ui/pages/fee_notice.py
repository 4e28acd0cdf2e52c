"""The line on Today about fees: promises that are due, bills that come near limitation."""

from propdesk.i18n import _, ngettext
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.limitation import count_near_units
from propdesk.services.queries.payment_plans import list_due_parts
from ui.context import AppContext
from ui.theme import Tone
from ui.widgets.notices import Notice

_ICON = "banknote"


class FeeNotice(Notice):
    """How many promises are due and how many houses come near limitation; the way to them."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.WARN, _ICON)
        self._context = context
        self.followed.connect(lambda: context.navigation.page_wanted.emit("fees"))

    def refill(self) -> None:
        """Count what is due by today; who may not see fees sees nothing."""
        today, said = self._context.now().date(), []
        sees = may_see_fees(self._context.staff)
        # Not by the counts of the fees page: they sum every open bill, and this is the first page.
        if sees and (due := len(list_due_parts(today))):
            words = ngettext(
                "{count} promise to pay is due", "{count} promises to pay are due", due
            )
            said.append(words.format(count=due))
        if sees and (near := count_near_units(today)):
            words = ngettext(
                "{count} house near limitation", "{count} houses near limitation", near
            )
            said.append(words.format(count=near))
        self.show_notice(Tone.WARN, _ICON, _(", ").join(said))
