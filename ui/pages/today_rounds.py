"""Today's rounds: a line for each sheet that waits, and one notice of what was missed or is due."""

from datetime import datetime

from propdesk.i18n import _, ngettext
from propdesk.services.queries.inspections_today import (
    RoundLine,
    count_waiting,
    get_waiting_rounds,
)
from ui.context import AppContext
from ui.finding_acts import show_notices
from ui.pages.ticket_words import clauses
from ui.theme import Tone
from ui.widgets.notices import Notice
from ui.widgets.worklist import WorkItem, WorkList

_ICON = "list-checks"
_PAGE = "inspections"


class RoundsOfToday(WorkList):
    """What is to be walked or entered; a line opens its sheet, else the page of inspections."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, _ICON, _("Rounds of today"))
        self._context = context
        self.opened.connect(self._on_opened)
        self.all_wanted.connect(lambda: context.navigation.page_wanted.emit(_PAGE))

    def refill(self) -> None:
        """Show what waits; an office without rounds has no such list."""
        now = self._context.now()
        waiting = get_waiting_rounds(now)
        items = [_item(place, one, now) for place, one in enumerate(waiting.lines)]
        self.show_items(items, waiting.total)
        self.setVisible(bool(items))

    def _on_opened(self, key: str) -> None:
        _place, _blank, sheet = key.partition(" ")
        if sheet:
            self._context.navigation.sheet_wanted.emit(sheet)
        else:
            self._context.navigation.page_wanted.emit(_PAGE)


class RoundsNotice(Notice):
    """Rounds that were missed, notices whose deadline has come; one line, or none."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme, Tone.WARN, _ICON)
        self._context = context
        self._has_rechecks = False
        self.followed.connect(self._on_followed)

    def refill(self) -> None:
        """Count what waits."""
        waiting = count_waiting(self._context.now())
        self._has_rechecks = waiting.rechecks > 0
        words = clauses(
            ngettext("{count} round missed", "{count} rounds missed", waiting.missed).format(
                count=waiting.missed
            )
            if waiting.missed
            else "",
            ngettext(
                "{count} notice to rectify to look at again",
                "{count} notices to rectify to look at again",
                waiting.rechecks,
            ).format(count=waiting.rechecks)
            if waiting.rechecks
            else "",
        )
        self.show_notice(Tone.DANGER if waiting.rechecks_late else Tone.WARN, _ICON, words)

    def _on_followed(self) -> None:
        if self._has_rechecks:
            show_notices(self._context, self.window())
            self.refill()
        else:
            self._context.navigation.page_wanted.emit(_PAGE)


def _item(place: int, one: RoundLine, now: datetime) -> WorkItem:
    """Return a line; a plan whose sheet is not made yet has a key of its own, too."""
    count = ""
    if one.rounds > 1:
        count = ngettext("{count} round", "{count} rounds", one.rounds).format(count=one.rounds)
    detail = clauses(one.sheet or _("no sheet made yet"), one.walker, count)
    if one.is_out:
        return _line(place, one, detail, _("not entered"), Tone.WARN)
    if one.missed:
        return _line(place, one, detail, _("missed"), Tone.DANGER)
    due = f"{one.due_at:%H:%M}" if one.due_at.date() == now.date() else f"{one.due_at:%m-%d %H:%M}"
    return _line(place, one, detail, due, None)


def _line(place: int, one: RoundLine, detail: str, due: str, tone: Tone | None) -> WorkItem:
    return WorkItem(f"{place} {one.sheet}", one.plan, detail, due, tone)
