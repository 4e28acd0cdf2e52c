"""The line on Today about fees: promises that are due, bills that come near limitation."""

from propdesk.i18n import _, ngettext
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.limitation import count_near_units, near_days
from ui.context import AppContext
from ui.dialogs.payment_plans_due import due_groups, show_due
from ui.theme import Tone
from ui.widgets.notices import Notice

_ICON = "banknote"


class FeeNotice(Notice):
    """What is promised for today, this week and before, and what comes near limitation."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.WARN, _ICON)
        self._context = context
        self.followed.connect(lambda: show_due(context, self.window()))

    def refill(self) -> None:
        """Count what is due; who may not see fees sees nothing."""
        said: list[str] = []
        # Not by the counts of the fees page: they sum every open bill, and this is the first page.
        if may_see_fees(self._context.staff):
            said = [*self._promised(), *self._near()]
        self.show_notice(Tone.WARN, _ICON, _(", ").join(said))

    def _promised(self) -> list[str]:
        overdue, due, week = map(len, due_groups(self._context.now().date()).values())
        said = []
        if overdue:
            words = ngettext("{count} promise not kept", "{count} promises not kept", overdue)
            said.append(words.format(count=overdue))
        if due:
            words = ngettext(
                "{count} promise to pay is due", "{count} promises to pay are due", due
            )
            said.append(words.format(count=due))
        if week:
            words = ngettext(
                "{count} promise for this week", "{count} promises for this week", week
            )
            said.append(words.format(count=week))
        return said

    def _near(self) -> list[str]:
        today = self._context.now().date()
        soon, later = count_near_units(today)
        if not later:
            return []
        soon_days, later_days = near_days(today)
        said = [_near_words(soon, soon_days)] if soon else []
        if not soon:
            said.append(_near_words(later, later_days))
        elif later > soon:
            words = _("{count} within {days} days")
            said.append(words.format(count=later, days=later_days))
        return said


def _near_words(count: int, days: int) -> str:
    words = ngettext(
        "{count} house within {days} days of limitation",
        "{count} houses within {days} days of limitation",
        count,
    )
    return words.format(count=count, days=days)
