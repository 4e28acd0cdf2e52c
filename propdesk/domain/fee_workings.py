"""How an amount came about, in words: what a bill stores of its working, line by line (R98)."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from propdesk.domain.fee_items import ROUNDING_LABELS, SHARE_LABELS, Rounding, ShareBy
from propdesk.domain.fee_tiers import TIER_BASE_LABELS, TierBase
from propdesk.domain.late_fees import late_words
from propdesk.domain.money import money_words, price_words, quantity_words
from propdesk.i18n import LazyText, _, _lazy, ngettext

_WHY: Mapping[str, LazyText] = {
    "exempt": _lazy("exempt"),
    "reduced": _lazy("reduced"),
    "vacant": _lazy("vacant"),
}


def area_words(area_dm2: int) -> str:
    """Return an area in m² with two decimals: `89.56`."""
    return f"{area_dm2 // 100:,}.{area_dm2 % 100:02d}"


def working_words(working: Mapping[str, Any]) -> list[str]:
    """Return the working of a bill (`ChargeLine.working`) as sentences; none where none is kept."""
    lines = []
    if working.get("developer"):
        lines.append(_("Before the handing over: the developer owes it (条例 41)."))
    if "meter" in working:
        lines.append(_meter(working["meter"]))
    if "tiers" in working:
        lines.append(_tiers(working["tiers"]))
    parts = working.get("parts", ())
    lines += [_part(part, working) for part in parts]
    lines += [_job(line) for line in working.get("lines", ())]
    if "share" in working:
        lines += _share(working["share"], working["amount_fen"])
    if "late" in working:
        lines += late_words(working["late"])
    if "rounding" in working:
        rounding = ROUNDING_LABELS[Rounding(working["rounding"])]
        lines.append(
            _("Sum {exact} yuan. {rounding}: {amount} yuan").format(
                exact=_yuan(working["exact_fen"]),
                rounding=rounding,
                amount=money_words(working["amount_fen"]),
            )
        )
    return lines


def _part(part: Mapping[str, Any], working: Mapping[str, Any]) -> str:
    price = _("{price} yuan").format(price=price_words(part["price_e4"]))
    if "area_dm2" in part:
        factors = [_square_metres(part["area_dm2"]), price]
    elif "meter" in working or part["quantity_milli"] != 1000:
        factors = [quantity_words(part["quantity_milli"]), price]
    else:
        factors = [price]
    if "days" in part:
        factors.append(_months(part["days"], part["of"]))
    if "factor" in part:
        factors.append(_("floor {percent} %").format(percent=part["factor"]))
    if "percent" in part:
        why = _WHY.get(part.get("why", ""), "")
        factors.append(f"{part['percent']} % ({why})" if why else f"{part['percent']} %")
    total = _("{amount} yuan").format(amount=_yuan(part["exact_fen"]))
    sum_ = f"{' × '.join(factors)} = {total}"
    if "step" in part:
        return _("Step {step}: {sum}").format(step=part["step"], sum=sum_)
    if part["from"] == part["until"] and "days" not in part:
        return f"{part['from']}: {sum_}"
    return _("{first} to {last}: {sum}").format(first=part["from"], last=part["until"], sum=sum_)


def _job(line: Mapping[str, Any]) -> str:
    """Return a line of paid work: labour or material (R97)."""
    return _("{name}: {quantity} {unit} × {price} yuan = {amount} yuan").format(
        name=line["name"],
        quantity=quantity_words(line["quantity_milli"]),
        unit=line["unit"],
        price=money_words(line["price_fen"]),
        amount=money_words(line["amount_fen"]),
    )


def _months(days: int, of: int) -> str:
    if of == 1:
        return ngettext("{count} month", "{count} months", days).format(count=days)
    return _("{days}/{of} month").format(days=days, of=of)


def _meter(meter: Mapping[str, Any]) -> str:
    words = [
        _("{first} to {last}").format(
            first=quantity_words(meter["first_milli"]), last=quantity_words(meter["last_milli"])
        )
    ]
    if meter["turned"]:
        words.append(
            ngettext(
                "through zero {count} time", "through zero {count} times", meter["turned"]
            ).format(count=meter["turned"])
        )
    if meter["multiplier_milli"] != 1000:
        words.append(_("times {factor}").format(factor=quantity_words(meter["multiplier_milli"])))
    if meter["is_estimated"]:
        words.append(_("estimated"))
    trued = meter.get("trued_milli", 0)
    if trued > 0:
        said = _("less {quantity} that an estimate charged already")
        words.append(said.format(quantity=quantity_words(trued)))
    elif trued < 0:
        said = _("{quantity} were estimated too much and come off the next reading")
        words.append(said.format(quantity=quantity_words(-trued)))
    return _("Meter {number}, {first} to {last}: {readings}; used {usage}").format(
        number=meter["number"] or "—",
        first=meter["from"],
        last=meter["until"],
        readings=", ".join(words),
        usage=quantity_words(meter["usage_milli"]),
    )


def _tiers(tiers: Mapping[str, Any]) -> str:
    limits = [quantity_words(limit) for limit in tiers["limits_milli"] if limit is not None]
    said = f"{TIER_BASE_LABELS[TierBase(tiers['base'])]}: {' / '.join(limits)}"
    times, of = tiers["scale"]
    if times != of:
        scale = str(times) if of == 1 else f"{times}/{of}"
        said = f"{said} × {scale}"
    if tiers["before_milli"]:
        said = _("{limits}, {before} used before").format(
            limits=said, before=quantity_words(tiers["before_milli"])
        )
    return said


def _share(share: Mapping[str, Any], amount_fen: int) -> list[str]:
    by = ShareBy(share["by"])
    said = _BASE_WORDS[by]
    words = _("{first} to {last}: {total} yuan, {by}: {base} of {whole} = {share} yuan").format(
        first=share["from"],
        last=share["until"],
        total=money_words(share["total_fen"]),
        by=SHARE_LABELS[by],
        base=said(share["base"]),
        whole=said(share["base_total"]),
        share=money_words(share["amount_fen"]),
    )
    if share["days"] == share["of"]:
        return [words]
    part = _("Of it {days} of {of} days: {amount} yuan").format(
        days=share["days"], of=share["of"], amount=money_words(amount_fen)
    )
    return [words, part]


def _square_metres(area_dm2: int) -> str:
    return _("{area} m²").format(area=area_words(area_dm2))


def base_words(by: ShareBy, base: int) -> str:
    """Return what a share is reckoned from as it is read: an area, households, a usage."""
    return _BASE_WORDS[by](base)


_BASE_WORDS: Mapping[ShareBy, Callable[[int], str]] = {
    ShareBy.AREA: _square_metres,
    ShareBy.HOUSEHOLDS: str,
    ShareBy.USAGE: quantity_words,
}


def _yuan(exact_fen: str) -> str:
    """Return exact fen in yuan with at least two decimals, idle zeros left out."""
    whole, _point, decimals = f"{Decimal(exact_fen) / 100:,f}".partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(2, '0')}"
