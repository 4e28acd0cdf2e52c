"""What a move asks about people and money: who leaves, who comes, what is settled."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.moves import MOVE_RULES, MoveKind, Newcomer, Staying, usual_leavers
from propdesk.domain.persons import ROLE_LABELS, ResidentRole, split_phones
from propdesk.domain.settlements import (
    ITEMS,
    LONGEST_ITEM,
    MOST_LINES,
    SettlementLine,
    sum_settlement,
)
from propdesk.domain.shares import read_share
from propdesk.domain.texts import elide
from propdesk.i18n import _
from ui.theme import Space, Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.growing_lines import GrowingLines
from ui.widgets.proposals import Proposals

_ABREAST, _LONGEST = 3, 12  # people who leave: in a row, and of a name
_ROLE, _SHARE, _PHONE, _AMOUNT, _DAY = 118, 76, 132, 92, 104


def _line_problem(field: str, number: int, words: object) -> DraftError:
    sentence = _("Line {line}: {problem}").format(line=number, problem=words)
    return DraftError((Problem(field, sentence),))


class _Comer:
    """Name, role, share and phones of somebody who comes; `known` once he was chosen by name."""

    def __init__(self, theme: Theme, known: dict[str, int]) -> None:
        self._known = known
        self.name = LineField(theme, _("Name"), longest=60)
        roles = [Choice(role.value, str(ROLE_LABELS[role])) for role in ResidentRole]
        self.role = PickField(theme, _("Role"), roles)
        self.role.setFixedWidth(theme.px(_ROLE))
        self.share = LineField(theme, _("Share"), placeholder="1/2", width=_SHARE, longest=20)
        self.phones = LineField(theme, _("Phones"), width=_PHONE, longest=120)
        self.fields: tuple[QWidget, ...] = (self.name, self.role, self.share, self.phones)
        self.typed = (self.name, self.share, self.phones)
        self.name.setCompleter(Proposals(list(known), self.name))

    def newcomer(self) -> Newcomer:
        """Return who comes. Raises ValueError for a share that cannot be read."""
        words = self.name.words()
        person_id = self._known.get(words)
        return Newcomer(
            name="" if person_id else words,
            role=ResidentRole(self.role.value()),
            phones=split_phones(self.phones.words()) or tuple(filter(None, (self.phones.words(),))),
            person_id=person_id,
            share=read_share(self.share.words()),
        )


class NewcomerLines(GrowingLines[_Comer]):
    """Who comes. People of the house are proposed with their role, and are then those people."""

    shown_lines = 3

    def __init__(self, theme: Theme, present: Sequence[Staying]) -> None:
        self._known = {
            _("{name} ({role})").format(name=one.name, role=ROLE_LABELS[one.role]): one.person_id
            for one in present
        }
        self._role = ResidentRole.OTHER
        super().__init__(theme)

    def words_above(self) -> Sequence[str]:
        """Return the heads."""
        return _("Name"), _("Role"), _("Share"), _("Phones")

    def make_line(self) -> _Comer:
        """Return an empty line with the kind's usual role."""
        comer = _Comer(self._theme, self._known)
        comer.role.choose(self._role)
        return comer

    def show_kind(self, kind: MoveKind) -> None:
        """Let who comes have the role that this kind usually begins."""
        self._role = MOVE_RULES[kind].comes or ResidentRole.OTHER
        for comer in self.rows:
            comer.role.choose(self._role)

    def newcomers(self) -> tuple[Newcomer, ...]:
        """Return who comes. Raises DraftError for `coming`, the line named."""
        found = []
        for number, comer in enumerate(self.filled(), start=1):
            try:
                found.append(comer.newcomer())
            except ValueError as error:
                raise _line_problem("coming", number, error) from error
        return tuple(found)


class LeaverTicks(QWidget):
    """The people of the house; those who usually leave with a kind of move are ticked."""

    changed = Signal()

    def __init__(self, theme: Theme, present: Sequence[Staying]) -> None:
        super().__init__()
        self._present = present
        self._ticks: dict[int, CheckField] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.M)
        self._grid.setVerticalSpacing(0)
        for one in present:
            role = ROLE_LABELS[one.role]
            words = _("{name} ({role})").format(name=elide(one.name, _LONGEST), role=role)
            tick = CheckField(theme, words)
            tick.setParent(self)  # at once, or Tab would come to it last of all
            tick.setToolTip(one.name if len(one.name) > _LONGEST else "")
            tick.toggled.connect(self.changed)
            self._ticks[one.residency_id] = tick
        self._grid.setColumnStretch(_ABREAST, 1)

    def show_kind(self, kind: MoveKind) -> None:
        """Offer those who may leave with this kind, and tick those who usually do."""
        usual = usual_leavers(kind, self._present)
        offered = [one for one in self._present if one.role in MOVE_RULES[kind].may_leave]
        if offered:  # Tab would stay before a field whose proxy is hidden
            self.setFocusProxy(self._ticks[offered[0].residency_id])
        for place, one in enumerate(offered):
            self._grid.addWidget(self._ticks[one.residency_id], place // _ABREAST, place % _ABREAST)
        for one in self._present:
            tick = self._ticks[one.residency_id]
            tick.setVisible(one in offered)
            tick.setChecked(one.residency_id in usual)

    def chosen(self) -> tuple[int, ...]:
        """Return the stays that end."""
        return tuple(key for key, tick in self._ticks.items() if tick.isChecked())


class _Item:
    """The fields of an item of a settlement."""

    def __init__(self, theme: Theme) -> None:
        self.name = LineField(theme, _("Item"), longest=LONGEST_ITEM)
        self.until = LineField(theme, _("Up to"), placeholder="2026-11-30", width=_DAY, longest=20)
        self.due = LineField(theme, _("Amount due"), width=_AMOUNT, longest=20)
        self.paid = LineField(theme, _("Amount paid"), width=_AMOUNT, longest=20)
        self.deposit = LineField(theme, _("Deposit back"), width=_AMOUNT, longest=20)
        for amount in (self.due, self.paid, self.deposit):
            amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.typed = (self.name, self.until, self.due, self.paid, self.deposit)
        self.fields: tuple[QWidget, ...] = self.typed
        self.name.setCompleter(Proposals([str(item) for item in ITEMS], self.name))

    def show_line(self, line: SettlementLine) -> None:
        """Show a line that stands already."""
        self.name.show_words(line.item)
        self.until.show_words(str(line.until or ""))
        for field, fen in (
            (self.due, line.due_fen), (self.paid, line.paid_fen), (self.deposit, line.deposit_fen),
        ):  # fmt: skip
            field.show_words(money_words(fen) if fen else "")

    def line(self) -> SettlementLine:
        """Return the line. Raises RuleError or CellError for what cannot be read."""
        due, paid, deposit = (
            parse_money(field.words() or "0") for field in (self.due, self.paid, self.deposit)
        )
        return SettlementLine(self.name.words(), due, paid, deposit, read_day(self.until.words()))


class SettlementLines(GrowingLines[_Item]):
    """What is settled: items of the trade are proposed, any other may be typed."""

    shown_lines = 4
    most_lines = MOST_LINES

    def words_above(self) -> Sequence[str]:
        """Return the heads."""
        return _("Item"), _("Up to"), _("Amount due"), _("Amount paid"), _("Deposit back")

    def make_line(self) -> _Item:
        """Return an empty line."""
        return _Item(self._theme)

    def show_lines(self, lines: Sequence[SettlementLine]) -> None:
        """Show what stands already."""
        for line in lines:
            self.rows[-1].show_line(line)

    def refill(self, lines: Sequence[SettlementLine]) -> None:
        """Show these lines in the place of those that stand there."""
        for item in list(self.rows):
            item.show_line(SettlementLine(""))
        for place, line in enumerate(lines):
            self.rows[place].show_line(line)

    def lines(self) -> tuple[SettlementLine, ...]:
        """Return the items. Raises DraftError for `settlement`, the line named."""
        found = []
        for number, item in enumerate(self.filled(), start=1):
            try:
                found.append(item.line())
            except (RuleError, CellError) as error:
                raise _line_problem("settlement", number, error) from error
        return tuple(found)

    def balance_words(self) -> str:
        """Return the sums of what can be read, for the line below the grid."""
        readable = []
        for item in self.filled():
            try:
                readable.append(item.line())
            except (RuleError, CellError):
                continue
        if not readable:
            return ""
        sums = sum_settlement(readable)
        balance = sums.balance_fen
        words = _("Due {due} - paid {paid} - deposits {deposit} = {balance}")
        if balance < 0:
            words = _("Due {due} - paid {paid} - deposits {deposit}: {balance} to give back")
        elif balance > 0:
            words = _("Due {due} - paid {paid} - deposits {deposit}: {balance} to pay")
        return words.format(
            due=money_words(sums.due_fen),
            paid=money_words(sums.paid_fen),
            deposit=money_words(sums.deposit_fen),
            balance=money_words(abs(balance)),
        )
