"""Today's quiet words on houses: works to look at, vaccinations that end; not there without."""

from propdesk.i18n import _, ngettext
from propdesk.services.queries.decorations import DecorationGroup, count_due
from propdesk.services.queries.pets import count_vaccinations
from ui.context import AppContext
from ui.dialogs.decorations_dialog import DecorationsDialog
from ui.dialogs.vaccinations_dialog import VaccinationsDialog
from ui.theme import Tone
from ui.widgets.notices import Notice

_ICON, _PET_ICON = "house", "calendar-plus"


class DecorationNotice(Notice):
    """How many decorations want somebody today, and the way to them."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.INFO, _ICON)
        self._context = context
        self.followed.connect(self._on_followed)

    def refill(self) -> None:
        """Count what is due."""
        due = count_due(today=self._context.now().date())
        parts = (
            ngettext("{count} decoration to look at", "{count} decorations to look at",
                     due.patrols).format(count=due.patrols) if due.patrols else "",
            ngettext("{count} past its last day", "{count} past their last day",
                     due.overdue).format(count=due.overdue) if due.overdue else "",
            ngettext("{count} not put right in time", "{count} not put right in time",
                     due.rectifying).format(count=due.rectifying) if due.rectifying else "",
            ngettext("{count} deposit to give back", "{count} deposits to give back",
                     due.deposits).format(count=due.deposits) if due.deposits else "",
        )  # fmt: skip
        words = _(", ").join(filter(None, parts))
        tone = Tone.WARN if due.overdue or due.rectifying else Tone.INFO
        self.show_notice(tone, _ICON, words)

    def _on_followed(self) -> None:
        DecorationsDialog(self._context, self.window(), DecorationGroup.DUE).ask()
        self.refill()


class VaccinationNotice(Notice):
    """How many vaccinations end, and the way to them."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.INFO, _PET_ICON)
        self._context = context
        self.followed.connect(lambda: VaccinationsDialog(context, self.window()).ask())

    def refill(self) -> None:
        """Count what is due."""
        count = count_vaccinations(today=self._context.now().date())
        words = ngettext(
            "{count} pet's vaccination ends", "{count} pets' vaccinations end", count
        ).format(count=count)
        self.show_notice(Tone.INFO, _PET_ICON, words if count else "")
