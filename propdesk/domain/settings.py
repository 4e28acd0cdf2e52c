"""What an office may set, with the trade's values as defaults; stored in its data file."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace

from propdesk.domain.archive import ARCHIVE_LETTERS
from propdesk.domain.contacts import FIRST_REASONS, check_reasons
from propdesk.domain.data_exports import SECOND_APPROVER_ROWS, check_second_approver
from propdesk.domain.decorations import DEPOSIT_DAYS, PATROL_DAYS, check_decoration_days
from propdesk.domain.errors import RuleError
from propdesk.domain.field_catalogue import check_switched_on
from propdesk.domain.letters import check_letter_pattern
from propdesk.domain.numbers import DEFAULT_LETTERS, DEFAULT_PATTERN, check_pattern
from propdesk.domain.paper_trail import OUT_DAYS, check_out_days
from propdesk.domain.papers import PaperLanguage, PaperSize
from propdesk.domain.pets import VACCINATION_DAYS, check_vaccination_days
from propdesk.domain.retention import DEFAULT_MONTHS, check_retention
from propdesk.domain.sampling import DEFAULT_PERCENTS, FOLLOW_UP_DAYS, check_days, check_percents
from propdesk.domain.scores import DEFAULT_WEIGHTS, check_weights
from propdesk.domain.staff import Role, check_roles
from propdesk.domain.texts import LONGEST_LINE, clean_line
from propdesk.domain.tickets import Kind
from propdesk.domain.violations import REPORT_HOURS, check_hours
from propdesk.domain.work_calendar import USUAL_WEEK, Hours, check_week
from propdesk.i18n import _

MOST_COPIES = 4


@dataclass(frozen=True, slots=True)
class OfficeSettings:
    """The office's own choices.

    `copy_names` are the names of a work order's copies, 1 to 4 (存根 财务 客户); the copy called
    `worker_copy` carries the full phone while the order is open (decision 29). `repeat_days` is the
    span of a repeat complaint (R43); `cluster_tickets` of one class in one building within
    `cluster_hours` look like one incident; `week` the office hours of Monday to Sunday (R10),
    `contact_reasons` why people get in touch (R52): the program's codes or the office's own words,
    `follow_up_percents` those of the sampling's rows (decision 28), `score_weights` those of the
    five scores (R66). A breach of rules is reported within `violation_hours` (Civil Code 942).
    `letter_pattern` numbers the reply letters (文号, R46); empty is the program's. A work order is
    reminded of when it is out for more than `papers_out_days`; 0 does not keep track of them.
    A decoration is looked at every `decoration_patrol_days`, its deposit goes back
    `decoration_deposit_days` after the acceptance; a vaccination is reminded of
    `vaccination_days` before it ends.
    `kept_fields` are the optional fields of the catalogue that are switched on (R80); the roles
    `masked_names_for` see names masked as well as phones; more than `second_approver_rows` rows in
    full leave the office with two staff members only; `retention_months` go by row of law.md 1.8.
    """

    office_name: str = "物业服务中心"
    office_name_en: str = "Property Service Centre"
    company: str = ""
    phone: str = ""
    paper_language: PaperLanguage = PaperLanguage.ZH
    work_order_paper: PaperSize = PaperSize.A5
    copy_names: tuple[str, ...] = ("存根联", "维修联", "客户联")
    worker_copy: str = "维修联"
    number_pattern: str = DEFAULT_PATTERN
    number_letters: Mapping[Kind, str] = field(default_factory=lambda: dict(DEFAULT_LETTERS))
    repeat_days: int = 30
    cluster_tickets: int = 3
    cluster_hours: int = 24
    second_backup_folder: str = ""
    week: tuple[Hours, ...] = USUAL_WEEK
    work_order_note: str = "收费项目以公示价目表为准"
    contact_reasons: tuple[str, ...] = FIRST_REASONS
    follow_up_percents: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_PERCENTS))
    follow_up_days: int = FOLLOW_UP_DAYS
    score_weights: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_WEIGHTS))
    violation_hours: int = REPORT_HOURS
    archive_letters: str = ARCHIVE_LETTERS
    papers_out_days: int = OUT_DAYS
    letter_pattern: str = ""
    decoration_patrol_days: int = PATROL_DAYS
    decoration_deposit_days: int = DEPOSIT_DAYS
    vaccination_days: int = VACCINATION_DAYS
    kept_fields: tuple[str, ...] = ()
    masked_names_for: tuple[str, ...] = (Role.WORKER.value,)
    second_approver_rows: int = SECOND_APPROVER_ROWS
    retention_months: Mapping[str, int] = field(default_factory=lambda: dict(DEFAULT_MONTHS))

    def called(self, language: PaperLanguage) -> str:
        """Return the office's name in the language of a paper."""
        return (language is PaperLanguage.EN and self.office_name_en) or self.office_name


def check_copies(count: int) -> None:
    """Refuse a number of copies that a work order cannot have."""
    if not 1 <= count <= MOST_COPIES:
        raise RuleError(
            "setting-copies",
            _("A work order has one to {most} named copies.").format(most=MOST_COPIES),
        )


def check_settings(settings: OfficeSettings) -> OfficeSettings:
    """Return the settings cleaned, or refuse with the one thing to change."""
    name = clean_line(settings.office_name)
    if not name:
        raise RuleError("setting-empty", _("The office needs a name; it stands on every paper."))
    copies = tuple(clean_line(name) for name in settings.copy_names if name.strip())
    check_copies(len(copies))
    check_pattern(settings.number_pattern)
    check_week(settings.week)
    check_reasons(settings.contact_reasons)
    letters = {kind: settings.number_letters[kind].strip().upper() for kind in Kind}
    if len(set(letters.values())) < len(Kind) or not all(
        _is_letters(text) for text in letters.values()
    ):
        raise RuleError(
            "setting-letters",
            _("Each kind of ticket needs one to four Latin letters of its own."),
        )
    check_out_days(settings.papers_out_days)
    if not 1 <= settings.repeat_days <= 365:
        raise RuleError("setting-days", _("The span must be 1 to 365 days."))
    if not 2 <= settings.cluster_tickets <= 100 or not 1 <= settings.cluster_hours <= 168:
        raise RuleError(
            "setting-cluster",
            _("An incident is 2 to 100 tickets within 1 to 168 hours."),
        )
    archive = settings.archive_letters.strip().upper()
    if not _is_letters(archive):
        raise RuleError(
            "setting-archive", _("The archive number begins with one to four Latin letters.")
        )
    check_percents(settings.follow_up_percents)
    check_days(settings.follow_up_days)
    check_weights(settings.score_weights)
    check_hours(settings.violation_hours)
    check_decoration_days(settings.decoration_patrol_days, settings.decoration_deposit_days)
    check_vaccination_days(settings.vaccination_days)
    check_second_approver(settings.second_approver_rows)
    check_retention(settings.retention_months)
    longest = max(
        len(value) for f in fields(settings) if isinstance(value := getattr(settings, f.name), str)
    )
    if longest > LONGEST_LINE:
        raise RuleError(
            "setting-long", _("At most {longest} characters fit here.").format(longest=LONGEST_LINE)
        )
    return replace(
        settings,
        office_name=name,
        copy_names=copies,
        number_letters=letters,
        archive_letters=archive,
        kept_fields=check_switched_on(settings.kept_fields),
        masked_names_for=check_roles(settings.masked_names_for),
        letter_pattern=check_letter_pattern(settings.letter_pattern),
    )


def _is_letters(text: str) -> bool:
    return text.isascii() and text.isalpha() and len(text) <= 4
