"""How long records are kept, and by which law (law.md 1.8; PIPL 17, 19, 47).

A row whose number no law gives is marked as to be verified; the office may set the months of those
that have any, never below what the law asks for.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy, ngettext

MOST_MONTHS = 1200
# A request of a person about his data; the law says 及时, in time (PIPL 50): to be verified.
ANSWER_DAYS = 15
# So many days before a request is due it stands on Today: the office's own choice, no law's.
ANSWER_WARN_DAYS = 3


@dataclass(frozen=True, slots=True)
class Retention:
    """A row of the table: what is kept, until when, by which law; `rule` may hold `{span}`.

    `months` is the usual span, 0 where the rule has none to set, `least` what the law asks for.
    """

    code: str
    what: LazyText
    rule: LazyText
    source: LazyText
    is_verified: bool = True
    months: int = 0
    least: int = 0
    is_personal: bool = True


RETENTIONS: tuple[Retention, ...] = (
    Retention(
        "moved-out",
        _lazy("People of a house, their vehicles, keys and pets; arrears excepted"),
        _lazy("until {span} after a settled move-out"),
        _lazy("PIPL 19, 47"),
        is_verified=False,
        months=12,
        least=1,
    ),
    Retention(
        "tickets",
        _lazy("Tickets, complaints, follow-ups, contacts, letters, photos"),
        _lazy("{span} after closing, then without names"),
        _lazy("Civil Code 188: three years at least"),
        months=60,
        least=36,
    ),
    Retention(
        "house-papers",
        _lazy("Moves, gate passes, decoration files, meetings, questionnaires"),
        _lazy("{span} after their end"),
        _lazy("Civil Code 188, 945"),
        is_verified=False,
        months=60,
        least=36,
    ),
    Retention(
        "fees",
        _lazy("Bills, payments, demand letters and their delivery"),
        _lazy("until paid, then {span}; never while a limitation period or a suit runs"),
        _lazy("Civil Code 188, 195"),
        months=36,
        least=36,
    ),
    Retention(
        "consented",
        _lazy("What you agreed to"),
        _lazy("until withdrawn, at the latest with all other data"),
        _lazy("PIPL 15, 47"),
    ),
    Retention(
        "proofs",
        _lazy("Consents, requests, erasures, impact assessments, exports and what was passed on"),
        _lazy("{span} after their end"),
        _lazy("PIPL 56; Network Data Regulations 12"),
        months=36,
        least=36,
    ),
    Retention(
        "logs",
        _lazy("Who has looked, printed or exported"),
        _lazy("for {span}"),
        _lazy("Cybersecurity Law 23: six months at least"),
        months=36,
        least=6,
    ),
    Retention(
        "backups",
        _lazy("Backups"),
        _lazy("what was erased is gone from the backups within {span}"),
        _lazy("PIPL 47"),
        months=12,
    ),
    Retention(
        "staff",
        _lazy("Who works in the office"),
        _lazy("as long as a record names them"),
        _lazy("PIPL 13; Civil Code 942"),
        is_verified=False,
    ),
    Retention(
        "vouchers",
        _lazy("Accounting vouchers and books"),
        _lazy("30 years, other accounting papers 10 years; tax papers 10 years"),
        _lazy("Accounting Law 23; Tax Collection Rules 29"),
        is_verified=False,
    ),
    Retention(
        "invoices",
        _lazy("Invoice stubs"),
        _lazy("5 years"),
        _lazy("Invoice Measures 28"),
    ),
    Retention(
        "lifts",
        _lazy("Lift maintenance records"),
        _lazy("4 years at least"),
        _lazy("TSG T5002, 5(6)"),
        is_verified=False,
        is_personal=False,
    ),
    Retention(
        "fire",
        _lazy("Fire patrols and duty; tests and repairs"),
        _lazy("1 year at least; 5 years at least"),
        _lazy("GB 25201"),
        is_verified=False,
        is_personal=False,
    ),
    Retention(
        "water",
        _lazy("Cleaning of tanks and water tests"),
        _lazy("5 years"),
        _lazy("Local water rules (Beijing 71, Shanghai 47)"),
        is_verified=False,
        is_personal=False,
    ),
    Retention(
        "cameras",
        _lazy("Camera pictures (not kept in this program)"),
        _lazy("30 days at least, neither altered nor spread"),
        _lazy("Security Service Regulations 25"),
    ),
)
BY_CODE: Mapping[str, Retention] = {row.code: row for row in RETENTIONS}
# Backups are rotated by the program itself (decision 41): their months are no choice.
DEFAULT_MONTHS: Mapping[str, int] = {
    row.code: row.months for row in RETENTIONS if row.months and row.code != "backups"
}


def check_retention(months: Mapping[str, int]) -> None:
    """Refuse a span that is shorter than the law asks for, or none at all."""
    for code, wanted in months.items():
        row = BY_CODE[code]
        if not row.least <= wanted <= MOST_MONTHS:
            raise RuleError(
                "setting-retention",
                _("{what}: {least} to {most} months ({source}).").format(
                    what=row.what, least=row.least, most=MOST_MONTHS, source=row.source
                ),
            )


def span_words(months: int) -> str:
    """Return a span in years where it is whole ones: `5 years`, `18 months`."""
    if months % 12 or months == 12:
        return ngettext("{count} month", "{count} months", months).format(count=months)
    years = months // 12
    return ngettext("{count} year", "{count} years", years).format(count=years)


def kept_words(row: Retention, months: Mapping[str, int]) -> str:
    """Return how long something is kept in this office."""
    return str(row.rule).format(span=span_words(months.get(row.code, row.months)))
