"""A new price of an item, proposed from the present one: figure, days, place, ground, cap (R96).

What is rare (steps, floors, vacancy, the clause of a penalty) stands in parts of its own.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_bases import FeeBasis
from propdesk.domain.fee_items import SHARE_LABELS, FeeItem, Formula, ShareBy
from propdesk.domain.fee_periods import first_day, month_number
from propdesk.domain.fee_tiers import TIER_BASE_LABELS, TierBase
from propdesk.domain.money import parse_price, price_words
from propdesk.domain.tariff_drafts import TariffDraft, annual_words, parse_rate, rate_words
from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from propdesk.services.queries.fee_bases import list_bases
from propdesk.services.queries.tariffs import list_doubts
from propdesk.services.tariffs import add_tariff
from ui.context import AppContext
from ui.dialogs.fee_basis_dialog import FeeBasisDialog
from ui.dialogs.small_form import SmallForm
from ui.dialogs.tariff_lines import FloorLines, TierLines
from ui.dialogs.tariff_places import place_choices, place_ids, place_key
from ui.dialogs.tariff_words import PER_WORDS, is_above_cap
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink, Size
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice, Segments
from ui.widgets.fields import CheckField, LineField, PickField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _SHORT = 720, 120
_NO_BASIS, _AS_COST = "", ""
_PRICE, _STEPS, _LATE = "price", "steps", "late"
_OF_ROW = {"until": "from", "basis_note": "basis", "cap_source": "cap"}
_T = TypeVar("_T")


class TariffDialog(SmallForm):
    """Three parts of rows; `stored` tells what became of it. Above the cap it asks first."""

    def __init__(
        self, context: AppContext, parent: QWidget, item: FeeItem, before: Tariff | None
    ) -> None:
        title = _("New price: {item}").format(item=item.name)
        super().__init__(context, parent, title, _("Save the price"), width=_WIDTH)
        self._item = item
        self._before = before
        self._bases: tuple[FeeBasis, ...] = ()
        self._steps, self._late = FormRows(context.theme), FormRows(context.theme)
        self._parts = {_PRICE: self.rows, _STEPS: self._steps, _LATE: self._late}
        self._stack_parts()
        self._add_price_rows()
        self._add_steps_rows()
        self._add_late_rows()
        self._doubts = Label(context.theme, ink=Ink.WARN, size=Size.SMALL, wrap=True)
        self._doubts.setMinimumHeight(2 * context.theme.line(Size.SMALL))
        self.body.addWidget(self._doubts)
        self._fill()
        self._watch()
        self._show_doubts()
        self.price.setFocus()
        self.price.selectAll()

    # -- building

    def _stack_parts(self) -> None:
        """Put the parts behind each other; the first is all that most prices need."""
        words = {
            _PRICE: _("Price and ground"),
            _STEPS: _("Steps, floors, vacancy"),
            _LATE: _("Late-payment penalty"),
        }
        self._tabs = Segments(
            self.context.theme,
            _("Parts of the price"),
            [Choice(key, word) for key, word in words.items()],
        )
        self._stack = QStackedWidget()
        for part in self._parts.values():
            page = QWidget()
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(part)
            column.addStretch(1)
            self._stack.addWidget(page)
        self.body.addWidget(self._tabs)
        self.body.addWidget(self._stack)
        self._tabs.choose(_PRICE)
        self._tabs.chosen_changed.connect(self.show_part)

    def show_part(self, key: str) -> None:
        """Bring a part to the front."""
        self._tabs.choose(key)
        self._stack.setCurrentIndex(list(self._parts).index(key))

    def _add_price_rows(self) -> None:
        theme, add = self.context.theme, self.rows.add_row
        self.price = LineField(theme, _("Price"), width=_SHORT, longest=16)
        self.from_on = day_field(self.context, _("Holds from"))
        self.until_on = day_field(self.context, _("Holds until"))
        self.place = PickField(theme, _("For"), place_choices())
        self.basis = PickField(theme, _("Rests on"))
        self.clause = LineField(theme, _("Clause"), placeholder=_("clause, e.g. article 8"))
        self.cap = LineField(theme, _("Government cap"), width=_SHORT, longest=16)
        self.cap_source = LineField(
            theme, _("Source of the cap"), placeholder=_("which paper sets the cap")
        )
        self.note = LineField(theme, _("Note"))
        self.closes = CheckField(theme, _("The open price before it ends the day before"))
        new = Button(theme, _("New"), icon="plus", name=_("New contract or approval"))
        new.clicked.connect(self._on_new_basis)
        per = Label(theme, str(PER_WORDS[self._item.formula]), ink=Ink.TEXT_3)
        to = Label(theme, _("to"), ink=Ink.TEXT_3)
        open_ = Label(theme, _("empty: it has no end"), ink=Ink.TEXT_3)
        add("price", _("Price"), self.price, note=per)
        add("from", _("Days in force"), self.from_on, to, self.until_on, note=open_)
        add("closes", "", self.closes)
        add("place", _("For"), self.place)
        add("basis", _("Rests on"), self.basis, new, self.clause)
        add("cap", _("Government cap"), self.cap, self.cap_source)
        add("note", _("Note"), self.note)

    def _add_steps_rows(self) -> None:
        theme, add = self.context.theme, self._steps.add_row
        self.tiers, self.floors = TierLines(theme), FloorLines(theme)
        self.tier_base = PickField(
            theme,
            _("Limits per"),
            [Choice(one.value, str(word)) for one, word in TIER_BASE_LABELS.items()],
        )
        self.share_by = PickField(
            theme,
            _("Shared"),
            [
                Choice(_AS_COST, _("as the cost itself says")),
                *(Choice(one.value, str(word)) for one, word in SHARE_LABELS.items()),
            ],
        )
        self.vacancy = LineField(theme, _("A vacant house pays"), width=60, longest=4)
        self.vacancy_after = LineField(theme, _("after months"), width=60, longest=4)
        percent = Label(theme, _("% after"), ink=Ink.TEXT_3)
        months = Label(theme, _("months; empty: in full"), ink=Ink.TEXT_3)
        add("tiers", _("Steps"), self.tiers)
        add("tier_base", "", self.tier_base)
        add("share", _("Shared"), self.share_by)
        add("floors", _("Floors"), self.floors)
        add("vacancy", _("Vacant house"), self.vacancy, percent, self.vacancy_after, note=months)
        for key in ("tiers", "tier_base"):
            self._steps.show_row(key, is_shown=self._item.formula is Formula.METER)
        self._steps.show_row("share", is_shown=self._item.formula is Formula.SHARED)

    def _add_late_rows(self) -> None:
        theme, add = self.context.theme, self._late.add_row
        self.rate = LineField(
            theme, _("Rate a day"), placeholder=_("none"), width=_SHORT, longest=20
        )
        self._annual = Label(theme, ink=Ink.TEXT_3)
        self.grace = LineField(theme, _("Days of grace"), width=60, longest=4)
        self.late_cap = LineField(theme, _("At most, percent of the debt"), width=60, longest=4)
        self.late_clause = TextField(theme, _("Words of the contract"), lines=4)
        days = Label(theme, _("days after the due day"), ink=Ink.TEXT_3)
        most = Label(theme, _("% of the debt; empty: no limit"), ink=Ink.TEXT_3)
        add("late", _("Rate a day"), self.rate, note=self._annual)
        add("grace", _("Begins"), self.grace, note=days)
        add("late_cap", _("At most"), self.late_cap, note=most)
        add("late_clause", _("Contract says"), self.late_clause)

    # -- filling

    def _fill(self) -> None:
        """Propose the next price: all that the present one says, from the coming month on."""
        self._show_bases()
        this_month = month_number(self.context.now().date())
        before = self._before
        self.grace.show_words("0")
        self.vacancy_after.show_words("0")
        self.closes.setChecked(True)
        if before is None:
            self.from_on.show_words(str(first_day(this_month)))
            self.rows.show_row("closes", is_shown=False)
            return
        self.price.show_words(price_words(before.price_e4))
        last = month_number(before.until_on or before.from_on)
        self.from_on.show_words(str(first_day(max(this_month, last) + 1)))
        self.place.choose(place_key(before))
        self.basis.choose(str(before.basis_id or _NO_BASIS))
        self.clause.show_words(before.basis_note)
        if before.cap_e4 is not None:
            self.cap.show_words(price_words(before.cap_e4))
        self.cap_source.show_words(before.cap_source)
        self.tiers.show_tiers(before.tiers)
        self.tier_base.choose(before.tier_base.value)
        self.share_by.choose(before.share_by.value if before.share_by else _AS_COST)
        self.floors.show_floors(before.floor_factors)
        if before.vacancy_percent is not None:
            self.vacancy.show_words(str(before.vacancy_percent))
        self.vacancy_after.show_words(str(before.vacancy_after_months))
        if before.late_rate_e6:
            self.rate.show_words(rate_words(before.late_rate_e6))
        self.grace.show_words(str(before.late_grace_days))
        if before.late_cap_percent is not None:
            self.late_cap.show_words(str(before.late_cap_percent))
        self.late_clause.show_words(before.late_clause)

    def _show_bases(self) -> None:
        self._bases = list_bases()
        self.basis.set_choices(
            [
                Choice(_NO_BASIS, _("no contract or approval yet")),
                *(Choice(str(one.id), one.label) for one in self._bases),
            ]
        )

    def _on_new_basis(self) -> None:
        """Enter a contract without leaving the price."""
        dialog = FeeBasisDialog(self.context, self, None)
        dialog.ask()
        if dialog.stored is not None:
            self._show_bases()
            self.basis.choose(str(dialog.stored.id))
            self._on_basis()
        self.clause.setFocus()

    def _on_basis(self) -> None:
        """Take over the words of the contract that was chosen, where none were typed."""
        basis = next((one for one in self._bases if str(one.id) == self.basis.value()), None)
        if basis is not None and not self.late_clause.words():
            self.late_clause.show_words(basis.late_clause)
        self._show_doubts()

    # -- doubts

    def _watch(self) -> None:
        typed = (
            self.price,
            self.from_on,
            self.cap,
            self.cap_source,
            self.vacancy,
            self.vacancy_after,
            self.rate,
        )
        for field in typed:
            field.textChanged.connect(self._show_doubts)
        self.basis.picked.connect(lambda _key: self._on_basis())

    def _show_doubts(self) -> None:
        """Say while it is typed what is doubtful; what cannot be read yet is said at saving."""
        words = ""
        try:
            draft = self._draft()
        except RuleError:
            draft = None
        if draft is not None:
            words = "\n".join(list_doubts(draft, self._item))
            annual = annual_words(draft.late_rate_e6) if draft.late_rate_e6 else ""
            self._annual.show_text(
                _("{annual} a year").format(annual=annual)
                if annual
                else _("for example 0.5‰ or 0.05%; only what the contract says")
            )
        self._doubts.show_text(words)

    # -- storing

    def _draft(self) -> TariffDraft:
        """Return what was typed. Raises DraftError with all that cannot be read."""
        problems: list[Problem] = []

        def read(key: str, act: Callable[[], _T], otherwise: _T) -> _T:
            try:
                return act()
            except DraftError as refusal:
                problems.extend(refusal.problems)
            except RuleError as refusal:
                problems.append(Problem(key, str(refusal)))
            return otherwise

        today = self.context.now().date()
        from_on = read("from", lambda: read_day_of(self.from_on, "from", today), None)
        if from_on is None and not problems:
            problems.append(Problem("from", _("Say from which day the price holds.")))
        community_id, building_id = place_ids(self.place.value())
        draft = TariffDraft(
            fee_item_id=self._item.id,
            price_e4=read("price", lambda: self._price(self.price), 0),
            from_on=from_on or today,
            until_on=read("from", lambda: read_day_of(self.until_on, "from", today), None),
            community_id=community_id,
            building_id=building_id,
            tiers=read("tiers", self.tiers.tiers, ()),
            tier_base=TierBase(self.tier_base.value()),
            share_by=ShareBy(self.share_by.value()) if self.share_by.value() else None,
            floor_factors=read("floors", self.floors.floors, ()),
            vacancy_percent=read("vacancy", lambda: _number(self.vacancy, "vacancy"), None),
            vacancy_after_months=read(
                "vacancy", lambda: _number(self.vacancy_after, "vacancy") or 0, 0
            ),
            basis_id=int(self.basis.value()) if self.basis.value() else None,
            basis_note=self.clause.words(),
            cap_e4=read(
                "cap", lambda: parse_price(self.cap.words()) if self.cap.words() else None, None
            ),
            cap_source=self.cap_source.words(),
            late_rate_e6=read("late", lambda: parse_rate(self.rate.words()), 0),
            late_clause=self.late_clause.words(),
            late_grace_days=read("grace", lambda: _number(self.grace, "grace") or 0, 0),
            late_cap_percent=read("late_cap", lambda: _number(self.late_cap, "late_cap"), None),
            note=self.note.words(),
            closes_open=self.closes.isChecked(),
        )
        if problems:
            raise DraftError(tuple(problems))
        return draft

    def _price(self, field: LineField) -> int:
        """Return the price; steps and shared costs bring their own figures."""
        brings = self._item.formula is Formula.SHARED or bool(self.tiers.filled())
        return 0 if brings and not field.words() else parse_price(field.words())

    def keep(self) -> None:
        """Store the price; the part with the first problem comes to the front."""
        self._show_problems(())
        context = self.context
        try:
            draft = self._draft()
            if is_above_cap(draft) and not self._confirm_cap(draft):
                return
            self.stored = add_tariff(draft, by=context.staff.id, now=context.now())
        except DraftError as refusal:
            self._show_problems(refusal.problems)
        except RuleError as refusal:
            field = {"tariff-overlap": "from", "basis-unknown": "basis"}.get(refusal.code, "")
            self._show_problems((Problem(field, str(refusal)),))
        else:
            self.choose("kept")

    def _confirm_cap(self, draft: TariffDraft) -> bool:
        """Ask before a price above the government's cap is stored (R96)."""
        return self.context.messages.confirm(
            self,
            _("Above the government's cap?"),
            list_doubts(draft, self._item)[0],
            act=_("Store it all the same"),
            keep=_("Change it"),
        )

    def _show_problems(self, problems: Sequence[Problem]) -> None:
        for key, part in reversed(self._parts.items()):
            mine = [
                Problem(_OF_ROW.get(one.field, one.field), one.text)
                for one in problems
                if _part_of(one.field) == key
            ]
            if mine:
                self.show_part(key)
            part.show_problems(mine)
        self.fit()


def _part_of(field: str) -> str:
    if field in {"tiers", "floors", "vacancy"}:
        return _STEPS
    return _LATE if field in {"late", "grace", "late_cap", "late_clause"} else _PRICE


def _number(field: LineField, key: str) -> int | None:
    words = field.words().removesuffix("%")
    if not words:
        return None
    if not words.isascii() or not words.isdecimal():
        raise DraftError((Problem(key, _("Write a whole number.")),))
    return int(words)
