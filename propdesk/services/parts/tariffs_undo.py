"""Take an import of prices back: those on which no bill rests become void."""

from datetime import datetime

from propdesk.domain.imports import Undone
from propdesk.domain.money import price_words
from propdesk.i18n import _
from propdesk.services.parts.fee_tables import find_tariffs
from propdesk.services.parts.writing import local
from propdesk.storage.charging import TariffRecord
from propdesk.storage.database import rows


def void_imported_tariffs(import_id: int, by: int, now: datetime) -> Undone:
    """Void the prices of an import; what bills rest on is left and named.

    A price that one of them closed stays closed: whoever undoes lets it be open again.
    """
    left = []
    voided = 0
    for tariff in find_tariffs("WHERE t.import_id = ? AND t.voided_at IS NULL", import_id):
        if rows("SELECT 1 FROM bill WHERE tariff_id = ? AND voided_at IS NULL LIMIT 1", tariff.id):
            left.append(f"{price_words(tariff.price_e4)} {tariff.from_on}")
            continue
        voided += 1
        TariffRecord.update(
            voided_at=local(now),
            voided_staff=by,
            void_reason=_("import {id} undone").format(id=import_id),
        ).where(TariffRecord.id == tariff.id).execute()
    return Undone(import_id, values=voided, left=tuple(left))
