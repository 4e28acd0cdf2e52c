"""Lists that say which house owes how much: as files and papers they leave a line (law.md 1.7)."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.domain.house_papers import PAPER_LABELS, HousePaper
from propdesk.i18n import LazyText, _lazy


class OwedList(StrEnum):
    """What leaves the office, as the lines of access name it."""

    ARREARS = "arrears-list"
    AGEING = "ageing-table"
    LIMITATION = "limitation-list"
    STATEMENT = HousePaper.ACCOUNT_STATEMENT.value
    RUN_BILLS = "run-bills"
    COST_SHARES = "cost-shares"
    LETTERS = "fee-letters"
    DELIVERY = "delivery-list"
    EVIDENCE = "evidence"


OWED_LIST_LABELS: Mapping[OwedList, LazyText] = {
    OwedList.ARREARS: _lazy("Houses in arrears"),
    OwedList.AGEING: _lazy("Ageing of arrears"),
    OwedList.LIMITATION: _lazy("Claims near limitation"),
    OwedList.STATEMENT: PAPER_LABELS[HousePaper.ACCOUNT_STATEMENT],
    OwedList.RUN_BILLS: _lazy("Bills of a run"),
    OwedList.COST_SHARES: _lazy("Shares of a common cost"),
    OwedList.LETTERS: _lazy("Fee letters"),
    OwedList.DELIVERY: _lazy("Delivery list"),
    OwedList.EVIDENCE: _lazy("Evidence pack"),
}
