"""A price of a fee in words: what it counts per, what else it says, whether it holds."""

from collections.abc import Sequence
from datetime import date

from propdesk.domain.fee_items import SHARE_LABELS, FeeItem, Formula
from propdesk.domain.fee_tiers import TIER_BASE_LABELS, Tier
from propdesk.domain.money import price_words, quantity_words
from propdesk.domain.tariff_drafts import TariffDraft, annual_words, rate_words
from propdesk.domain.tariffs import FloorFactor, Tariff
from propdesk.i18n import LazyText, _, _lazy
from ui.tables.columns import Mark
from ui.theme import Tone

PER_WORDS: dict[Formula, LazyText] = {
    Formula.AREA: _lazy("yuan per m² and month"),
    Formula.FIXED: _lazy("yuan a month, each"),
    Formula.METER: _lazy("yuan for each unit used"),
    Formula.SHARED: _lazy("yuan; a shared cost brings its own sum"),
    Formula.ONE_OFF: _lazy("yuan, once"),
}


def state_mark(tariff: Tariff, today: date) -> Mark:
    """Return whether a price holds."""
    if tariff.voided_at is not None:
        return Mark(_("void"), Tone.NEUTRAL)
    if tariff.covers(today):
        return Mark(_("Holds today"), Tone.OK)
    if tariff.from_on > today:
        return Mark(_("Not begun yet"), Tone.INFO)
    return Mark(_("Has ended"), Tone.NEUTRAL)


def is_above_cap(one: Tariff | TariffDraft) -> bool:
    """Tell whether a price is above what the government allows (R96)."""
    return one.cap_e4 is not None and one.price_e4 > one.cap_e4


def steps_words(tiers: Sequence[Tier]) -> str:
    """Return steps as they are said: up to 180: 3.50, up to 260: 5.00, above: 8.00."""
    parts = []
    for tier in tiers:
        if tier.limit_milli is None:
            parts.append(_("above: {price}").format(price=price_words(tier.price_e4)))
        else:
            words = _("up to {limit}: {price}")
            limit = quantity_words(tier.limit_milli)
            parts.append(words.format(limit=limit, price=price_words(tier.price_e4)))
    return _(", ").join(parts)


def storeys_words(factors: Sequence[FloorFactor]) -> str:
    """Return what floors pay: floors 1-2: 0 %, from 3: 100 %."""
    parts = []
    for one in factors:
        if one.high is None:
            words = _("from floor {low}: {percent} %")
        elif one.high == one.low:
            words = _("floor {low}: {percent} %")
        else:
            words = _("floors {low}-{high}: {percent} %")
        parts.append(words.format(low=one.low, high=one.high, percent=one.percent))
    return _(", ").join(parts)


def tariff_words(tariff: Tariff, item: FeeItem) -> str:
    """Return all that a price says beside its figure, a line for each matter."""
    lines = [_basis(tariff)]
    if tariff.cap_e4 is not None:
        words = _("government cap {cap} ({source})")
        if is_above_cap(tariff):
            words = _("above the government cap {cap} ({source})")
        source = tariff.cap_source or "—"
        lines.append(words.format(cap=price_words(tariff.cap_e4), source=source))
    if tariff.tiers:
        lines.append(f"{TIER_BASE_LABELS[tariff.tier_base]}: {steps_words(tariff.tiers)}")
    if tariff.share_by is not None and item.formula is Formula.SHARED:
        lines.append(str(SHARE_LABELS[tariff.share_by]))
    if tariff.floor_factors:
        lines.append(storeys_words(tariff.floor_factors))
    if tariff.vacancy_percent is not None:
        words = _("a vacant house pays {percent} % after {months} months")
        months = tariff.vacancy_after_months
        lines.append(words.format(percent=tariff.vacancy_percent, months=months))
    if tariff.late_rate_e6:
        words = _("penalty {rate} a day ({annual} a year), {days} days of grace: {clause}")
        lines.append(
            words.format(
                rate=rate_words(tariff.late_rate_e6),
                annual=annual_words(tariff.late_rate_e6),
                days=tariff.late_grace_days,
                clause=tariff.late_clause,
            )
        )
    return _("; ").join(lines) + _entered(tariff)


def _basis(tariff: Tariff) -> str:
    if tariff.basis_id is None:
        return _("rests on no contract or approval yet")
    words = _("rests on {basis} {clause}")
    return words.format(basis=tariff.basis, clause=tariff.basis_note).rstrip()


def _entered(tariff: Tariff) -> str:
    said = [tariff.note] if tariff.note else []
    if tariff.entered_at is not None:
        words = _("entered {day} by {name}")
        said.append(words.format(day=tariff.entered_at.date(), name=tariff.staff))
    if tariff.voided_at is not None:
        said.append(_("void: {reason}").format(reason=tariff.void_reason))
    return "\n" + " · ".join(said) if said else ""
