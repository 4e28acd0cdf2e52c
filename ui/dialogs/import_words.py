"""What the import dialog says of each kind of workbook."""

from collections.abc import Mapping

from propdesk.domain.imports import ImportKind, Undone
from propdesk.i18n import LazyText, _, _lazy

TITLES: Mapping[ImportKind, LazyText] = {
    ImportKind.COMPLAINTS: _lazy("Import complaints"),
    ImportKind.RESIDENTS: _lazy("Import residents"),
    ImportKind.UNITS: _lazy("Import houses"),
    ImportKind.VEHICLES: _lazy("Import vehicles"),
    ImportKind.BILLS: _lazy("Import earlier arrears"),
    ImportKind.PAYMENTS: _lazy("Import payments of a statement"),
    ImportKind.READINGS: _lazy("Import meter readings"),
    ImportKind.TARIFFS: _lazy("Import prices of fees"),
    ImportKind.ASSETS: _lazy("Import the ledger of equipment"),
}

NEEDED: Mapping[ImportKind, LazyText] = {
    ImportKind.COMPLAINTS: _lazy(
        "The workbook needs a column with the text or the subject, and one with the time. "
        "You will see what comes of each row before anything is stored."
    ),
    ImportKind.RESIDENTS: _lazy(
        "The workbook needs the house and the owner's name; phones, area, plates and notes are "
        "taken where they are. You will see what comes of each row before anything is stored."
    ),
    ImportKind.UNITS: _lazy(
        "The workbook needs the house; kind, area, state and the rest are taken where they are. "
        "You will see what comes of each row before anything is stored."
    ),
    ImportKind.VEHICLES: _lazy(
        "The workbook needs the plate and the house, which must be in the register already. "
        "You will see what comes of each row before anything is stored."
    ),
    ImportKind.BILLS: _lazy(
        "The workbook needs the house, the fee item and the amount; the period, the due day and "
        "what was paid are taken where they are. You will see what comes of each row before "
        "anything is stored."
    ),
    ImportKind.PAYMENTS: _lazy(
        "The statement of the bank, of WeChat or of Alipay as it was downloaded: it needs time and "
        "amount, and the house in a column or in the remark. Each payment gets its receipt; the "
        "same statement twice adds nothing."
    ),
    ImportKind.READINGS: _lazy(
        "The workbook needs the figure, the day and the meter, by its number or by the house. "
        "You will see what comes of each row before anything is stored."
    ),
    ImportKind.TARIFFS: _lazy(
        "The workbook needs the fee item, the price and the first day. "
        "You will see what comes of each row before anything is stored."
    ),
    ImportKind.ASSETS: _lazy(
        "The workbook needs the name of each thing; its building must be in the register. "
        "You will see what comes of each row before anything is stored."
    ),
}

_REGISTER_UNDO = _lazy("Houses and people that nothing has used since are removed.")
UNDO: Mapping[ImportKind, LazyText] = {
    ImportKind.COMPLAINTS: _lazy(
        "Its tickets are voided; their numbers stay. What was worked on since is kept."
    ),
    ImportKind.RESIDENTS: _REGISTER_UNDO,
    ImportKind.UNITS: _REGISTER_UNDO,
    ImportKind.VEHICLES: _REGISTER_UNDO,
    ImportKind.BILLS: _lazy("Its bills are voided; one that was paid since is kept."),
    ImportKind.PAYMENTS: _lazy(
        "Its receipts are voided; their numbers stay. What was closed or refunded since is kept."
    ),
    ImportKind.READINGS: _lazy("Its readings are voided; one that a bill rests on is kept."),
    ImportKind.TARIFFS: _lazy("Its prices are voided; one that a bill rests on is kept."),
    ImportKind.ASSETS: _lazy(
        "Its things and companies are removed; what points, plans or tickets name is kept."
    ),
}

_MOST_NAMED = 20


def undone_words(kind: ImportKind, undone: Undone) -> str:
    """Return what undoing an import did, and what of it was kept."""
    said = _taken_back(kind, undone)
    if undone.left:
        names = _(", ").join(undone.left[:_MOST_NAMED])
        said.append(_("Kept, as somebody used them: {names}.").format(names=names))
    return " ".join(said)


# What a kind's rows became, and how many of these were taken back.
_TAKEN_BACK: Mapping[ImportKind, tuple[LazyText, str]] = {
    ImportKind.COMPLAINTS: (_lazy("{count} tickets were voided."), "tickets"),
    ImportKind.BILLS: (_lazy("{count} bills are void."), "bills"),
    ImportKind.PAYMENTS: (_lazy("Receipts voided: {count}."), "receipts"),
    ImportKind.READINGS: (_lazy("Readings voided: {count}."), "readings"),
    ImportKind.TARIFFS: (_lazy("Prices voided: {count}."), "values"),
    ImportKind.ASSETS: (_lazy("{count} things were removed."), "assets"),
}


def _taken_back(kind: ImportKind, undone: Undone) -> list[str]:
    if kind in _TAKEN_BACK:
        words, what = _TAKEN_BACK[kind]
        return [str(words).format(count=getattr(undone, what))]
    said = [
        _("{units} houses and {persons} people were removed.").format(
            units=undone.units, persons=undone.persons
        )
    ]
    if undone.vehicles:
        said.append(_("{count} vehicles were removed.").format(count=undone.vehicles))
    if undone.values:
        said.append(_("{count} values are as they were before.").format(count=undone.values))
    return said
