"""What to look at before the month's report is signed: what balances, what is still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.complaint_figures import ComplaintFigures
from propdesk.domain.complaint_labels import QUALITY_LABELS, TERM_LABELS, quality_label
from propdesk.domain.complaint_rows import Balance
from propdesk.i18n import LazyText, _, _lazy, ngettext
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.labels import Label, LinkButton
from ui.widgets.panes import Icon

_MINUS = "−"

# The gaps that are always named, with what is said when there is none.
_ALWAYS: dict[str, LazyText] = {
    "unclassed": _lazy("Every complaint has a class"),
    "suggested": _lazy("Every class is confirmed"),
    "needs-person": _lazy("No complaint waits for a person's look"),
    "no-limit": _lazy("Every open complaint has a limit"),
}
# Where the tickets of a gap stand in the ticket list.
_GROUPS = {
    "unclassed": "to-class",
    "suggested": "to-class",
    "needs-person": "needs-person",
    "no-handler": "open",
    "no-limit": "open",
}


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: whether it is in order, and the tickets behind it (a group)."""

    is_fine: bool
    title: str
    detail: str = ""
    group: str = ""


def identity_words(balance: Balance) -> str:
    """Return the month's identity with its terms; those that are zero are left out."""
    parts = [f"{TERM_LABELS['carried_over']} {balance.carried_over}"]
    for sign, term in (
        ("+", "received"),
        ("+", "reopened"),
        ("+", "moved_in"),
        (_MINUS, "removed"),
        (_MINUS, "closed"),
    ):
        number = getattr(balance, term)
        if number or term in ("received", "closed"):
            parts.append(f"{sign} {TERM_LABELS[term]} {number}")
    parts.append(f"= {TERM_LABELS['open']} {balance.open}")
    return " ".join(parts)


def checks_of(figures: ComplaintFigures) -> tuple[Check, ...]:
    """Return what was looked at, gaps that need somebody first among the data's."""
    # A balance that does not add up is refused where it is built; here it is shown.
    made = [Check(True, _("The numbers balance"), identity_words(figures.balance))]
    if figures.balance.open:
        made.append(_overdue(figures))
    gaps, fine = [], []
    for row in figures.quality:
        if row.count:
            title = _("{label}: {count} of {base}").format(
                label=quality_label(row.code, figures.rules), count=row.count, base=row.base
            )
            detail = str(QUALITY_LABELS[row.code][1])
            gaps.append(Check(False, title, detail, _GROUPS.get(row.code, "")))
        elif row.code in _ALWAYS and row.base:
            fine.append(Check(True, str(_ALWAYS[row.code])))
    return (*made, *gaps, *fine)


def _overdue(figures: ComplaintFigures) -> Check:
    overdue = figures.summary.overdue
    if not overdue:
        return Check(True, _("None of the open ones is overdue"))
    title = ngettext("{count} is overdue", "{count} are overdue", overdue).format(count=overdue)
    return Check(False, title, _("A limit or the promised time has run out"), "overdue")


class _Row(QWidget):
    """A check: tick or warning, what it says, and the way to the tickets."""

    followed = Signal(str)

    def __init__(self, theme: Theme, check: Check) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        icon, ink = ("circle-check", Ink.OK) if check.is_fine else ("triangle-alert", Ink.WARN)
        top = Qt.AlignmentFlag.AlignTop
        mark = QVBoxLayout()
        mark.setContentsMargins(0, 2, 0, 0)
        mark.addWidget(Icon(theme, icon, ink=ink, size=15), 0, top)
        row.addLayout(mark)
        words = QVBoxLayout()
        words.setSpacing(1)
        title = Label(theme, check.title, wrap=True)
        state = _("in order") if check.is_fine else _("to look at")
        title.setAccessibleName(f"{state}: {check.title}")
        words.addWidget(title)
        if check.detail:
            words.addWidget(Label(theme, check.detail, ink=Ink.TEXT_3, size=Size.SMALL, wrap=True))
        words.addStretch(1)
        row.addLayout(words, 1)
        if check.group:
            view = _("View")
            link = LinkButton(theme, view)
            link.setAccessibleName(f"{view}: {check.title}")
            link.followed.connect(lambda: self.followed.emit(check.group))
            row.addWidget(link, 0, top)


class Checks(QWidget):
    """The checks below each other; `group_wanted` tells which tickets are to be seen."""

    group_wanted = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: tuple[Check, ...] = ()
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.M)

    def show_checks(self, checks: Sequence[Check]) -> None:
        """Show these checks."""
        if tuple(checks) == self._shown:
            return
        self._shown = tuple(checks)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [_Row(self._theme, check) for check in checks]
        for row in self._rows:
            row.followed.connect(self.group_wanted)
            self._column.addWidget(row)
            row.show()

    def checks(self) -> tuple[Check, ...]:
        """Return what is shown."""
        return self._shown
