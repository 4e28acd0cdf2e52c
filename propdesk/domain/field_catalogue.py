"""Every piece of personal data that the program keeps: what for, on which ground, how long.

The one list from which the notice of data (PIPL 17), the form of a person's details, the exports
and the erasures are made; a house test finds each column of the data file here. What is optional
(R80) is switched on by the office; what stands on a consent is stored with that consent only, and
what is sensitive needs one of its own (PIPL 28, 29).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy


class Basis(StrEnum):
    """On which ground something is kept (PIPL 13)."""

    CONTRACT = "contract"
    LAW = "law"
    CONSENT = "consent"


BASIS_LABELS: Mapping[Basis, LazyText] = {
    Basis.CONTRACT: _lazy("Needed for the contract"),
    Basis.LAW: _lazy("By law"),
    Basis.CONSENT: _lazy("With consent"),
}


class Group(StrEnum):
    """Where a field belongs in the notice."""

    PEOPLE = "people"
    HOUSE = "house"
    SERVICE = "service"
    PROFILE = "profile"
    SENSITIVE = "sensitive"
    PROOF = "proof"
    STAFF = "staff"


GROUP_LABELS: Mapping[Group, LazyText] = {
    Group.PEOPLE: _lazy("People of the house"),
    Group.HOUSE: _lazy("The house"),
    Group.SERVICE: _lazy("Service"),
    Group.PROFILE: _lazy("Optional details"),
    Group.SENSITIVE: _lazy("Sensitive details"),
    Group.PROOF: _lazy("Records that the law asks for"),
    Group.STAFF: _lazy("Staff of the office"),
}


class Shape(StrEnum):
    """What may be typed into an optional field."""

    LINE = "line"
    CHOICE = "choice"
    YEAR = "year"
    IDENTITY = "identity"
    BANK_ACCOUNT = "bank-account"
    EMAIL = "email"


@dataclass(frozen=True, slots=True)
class DataField:
    """A kind of personal data: stored code, label, purpose, ground, retention, where it stands.

    `columns` are `table.column` of the data file. An optional field is kept only where the office
    switched it on; its values stand in `person_detail` under its code.
    """

    code: str
    label: LazyText
    group: Group
    purpose: LazyText
    source: LazyText
    basis: Basis = Basis.CONTRACT
    retention: str = "moved-out"
    columns: tuple[str, ...] = ()
    is_sensitive: bool = False
    is_optional: bool = False
    shape: Shape = Shape.LINE
    choices: Mapping[str, LazyText] = field(default_factory=dict)

    @property
    def scope(self) -> str:
        """Return the scope of the consent that it needs, empty where it needs none."""
        if self.basis is not Basis.CONSENT:
            return ""
        return self.code if self.is_sensitive else PROFILE_SCOPE


PROFILE_SCOPE = "profile"

_CONTRACT = _lazy("PIPL 13(2)")
_CARE = _lazy("To serve you with care; never printed, never passed on")
_SEPARATE = _lazy("PIPL 28, 29: separate consent")
_FREE = _lazy("PIPL 13(1): consent")


def _columns(table: str, names: str) -> tuple[str, ...]:
    return tuple(f"{table}.{name}" for name in names.split())


_KEPT = (
    DataField(
        "name", _lazy("Name"), Group.PEOPLE, _lazy("To know whom we serve"), _CONTRACT,
        columns=("person.name", "desk_key.key"),
    ),
    DataField(
        "phone", _lazy("Phone"), Group.PEOPLE, _lazy("To reach you about the house"), _CONTRACT,
        columns=("phone.phone", "phone.digits"),
    ),
    DataField(
        "salutation", _lazy("Salutation"), Group.PEOPLE, _lazy("To address you rightly"),
        _CONTRACT, columns=("person.salutation",),
    ),
    DataField(
        "role", _lazy("Role in the house, from when to when"), Group.PEOPLE,
        _lazy("To know who owns, rents and lives there"), _lazy("Civil Code 937, 945"),
        columns=("residency.role", "residency.from_on", "residency.to_on", "person.kind"),
    ),
    DataField(
        "relation", _lazy("Relation to the owner"), Group.PEOPLE,
        _lazy("To know who may act for the house"), _CONTRACT, columns=("residency.relation",),
    ),
    DataField(
        "share", _lazy("Share of ownership"), Group.PEOPLE,
        _lazy("Votes and shared costs"), _lazy("Civil Code 278, 283"), Basis.LAW,
        columns=("residency.share_part", "residency.share_whole"),
    ),
    DataField(
        "emergency", _lazy("Emergency contact"), Group.PEOPLE,
        _lazy("To save life and property when nobody is at home"), _lazy("PIPL 13(4)"), Basis.LAW,
        columns=("residency.role",),
    ),
    DataField(
        "died-on", _lazy("Day of death"), Group.PEOPLE, _lazy("To go on with the heirs"),
        _lazy("PIPL 49; Civil Code 1121"), Basis.LAW, columns=("person.died_on",),
    ),
    DataField(
        "minors", _lazy("Number of children under 14"), Group.PEOPLE,
        _lazy("Safety of children; a number only, no names"), _lazy("PIPL 28, 31"), Basis.LAW,
        columns=("unit.minors",),
    ),
    DataField(
        "care", _lazy("Special care, its reason, how to speak with you"), Group.PEOPLE, _CARE,
        _CONTRACT,
        columns=("person.special", "person.special_until", "person.segment", "person.note"),
    ),
    DataField(
        "house", _lazy("House, state, usage, contract"), Group.HOUSE,
        _lazy("To manage and bill the house"), _lazy("Civil Code 937, 945"),
        columns=(
            *_columns("unit", "kind number short note state usage layout contract delivered_on"),
            *_columns("unit_change", "value note"),
        ),
    ),
    DataField(
        "vehicle", _lazy("Vehicles and parking spaces"), Group.HOUSE,
        _lazy("Entry, parking, and to reach the driver"), _CONTRACT,
        columns=_columns("vehicle", "plate kind description note from_on to_on"),
    ),
    DataField(
        "key", _lazy("Keys and cards"), Group.HOUSE, _lazy("To know who can enter"), _CONTRACT,
        columns=_columns("unit_key", "holder kind label outcome note"),
    ),
    DataField(
        "pet", _lazy("Pets, licence, vaccination"), Group.HOUSE,
        _lazy("Safety and health in the estate"), _lazy("Animal Epidemic Prevention Law 30"),
        Basis.LAW,
        columns=_columns("pet", "kind name breed licence vaccinated_until note"),
    ),
    DataField(
        "move", _lazy("Moving in and out, transfer, lease"), Group.HOUSE,
        _lazy("Settlement, and who answers for the house from when"), _lazy("Civil Code 945"),
        Basis.LAW, "house-papers",
        _columns(
            "move",
            "number kind reason reason_text name handled_by meters settlement new_address "
            "new_phone note open_reason effects void_reason",
        ),
    ),
    DataField(
        "gate-pass", _lazy("Gate passes"), Group.HOUSE, _lazy("To protect what is yours"),
        _CONTRACT, retention="house-papers",
        columns=_columns(
            "gate_pass", "number carrier carrier_phone items plate hours confirmed_by"
        ),
    ),
    DataField(
        "decoration", _lazy("Decoration file and patrols"), Group.HOUSE,
        _lazy("Safety of the building"), _lazy("Civil Code 942, 945"), Basis.LAW, "house-papers",
        (
            *_columns(
                "decoration",
                "number applicant company foreman phone scope structure_consent told "
                "deposit_note deduction_reason outcome note",
            ),
            *_columns("decoration_patrol", "patrolled_by result finding kind"),
        ),
    ),
    DataField(
        "inspection", _lazy("Inspections of the house, rectification notices"), Group.HOUSE,
        _lazy("Safety of the building"), _lazy("Civil Code 942, 945"), Basis.LAW, "house-papers",
        (
            *_columns("finding", "text note"),
            *_columns("inspection_result", "words note photos"),
            *_columns(
                "rectification",
                "addressee place problem basis demand receiver recheck_note void_reason",
            ),
        ),
    ),
    DataField(
        "bills", _lazy("Fees of the house, meters and readings"), Group.HOUSE,
        _lazy("To charge what was agreed, and to explain each amount"),
        _lazy("Civil Code 937, 944"),
        retention="fees",
        columns=(
            *_columns("unit_fee", "reason evidence"),
            *_columns("meter", "number place note"),
            *_columns("meter_reading", "note void_reason"),
            *_columns("bill", "external working note void_reason"),
        ),
    ),
    DataField(
        "payments", _lazy("Receipts, deposits, prepaid amounts"), Group.HOUSE,
        _lazy("To prove what was paid and what is yours"), _lazy("Accounting Law 23"), Basis.LAW,
        "vouchers",
        (
            *_columns("payment", "payer note external invoice_number void_reason"),
            *_columns("payment_means", "reference"),
            *_columns("deposit", "label note"),
            *_columns("ledger_line", "reason"),
        ),
    ),
    DataField(
        "dunning", _lazy("Arrears, promises, letters and their delivery"), Group.HOUSE,
        _lazy("To claim in time what is owed, and to prove it"), _lazy("Civil Code 188, 195, 944"),
        retention="fees",
        columns=(
            *_columns("arrears_case", "reason reason_text held_reason legal_state"),
            *_columns("arrears_note", "text"),
            *_columns("payment_plan", "number promised_by relation note"),
            *_columns("fee_letter", "number content note"),
            *_columns(
                "dunning_act",
                "done_by witness receiver relation address express_number note override_reason "
                "void_reason",
            ),
            *_columns("limitation_suspension", "note void_reason"),
        ),
    ),
    DataField(
        "ticket", _lazy("Tickets, complaints, follow-ups"), Group.SERVICE,
        _lazy("To do what you ask for, and to answer you"), _lazy("Civil Code 285, 942"),
        retention="tickets",
        columns=(
            *_columns(
                "ticket",
                "place spot matter text wish reporter_name reporter_phone appointment cause "
                "prevention wish_basis price_agreed_by tell_callers external_number text_hash "
                "needs_person",
            ),
            *_columns("ticket_event", "text detail"),
            "paper.lost_reason",
        ),
    ),
    DataField(
        "contact", _lazy("Talks, visits and letters"), Group.SERVICE,
        _lazy("To know what was said and promised"), _lazy("Civil Code 285"),
        retention="tickets",
        columns=(
            *_columns("contact", "name phone reason text wish opinion result void_reason"),
            *_columns("contact_change", "before"),
            *_columns("letter", "addressee care apology measures deadline thanks contact"),
            *_columns("hand_over", "items matters"),
        ),
    ),
    DataField(
        "photo", _lazy("Photos and scans"), Group.SERVICE,
        _lazy("To show what was found and signed"), _CONTRACT, retention="tickets",
        columns=_columns("attachment", "name caption sha256"),
    ),
    DataField(
        "opinion", _lazy("Questionnaires and meetings"), Group.SERVICE,
        _lazy("To improve the service"), _lazy("Civil Code 943"), retention="house-papers",
        columns=(
            *_columns("survey_sheet", "answers remark"),
            *_columns("meeting", "place host recorder attendees sections"),
            *_columns("meeting_action", "text responsible result"),
        ),
    ),
    DataField(
        "consent", _lazy("Consents and requests about your data"), Group.PROOF,
        _lazy("To prove that we did as you wished"), _lazy("PIPL 14, 15, 50, 69"), Basis.LAW,
        "proofs",
        (
            *_columns("consent", "scope way given_by note"),
            *_columns("data_request", "kind text result reason"),
            *_columns("erasure", "kind reason counts"),
        ),
    ),
    DataField(
        "export", _lazy("What was exported and passed on"), Group.PROOF,
        _lazy("To know where your data went"), _lazy("Network Data Regulations 12"), Basis.LAW,
        "proofs",
        (
            *_columns("data_export", "what purpose manner receiver file_name sha256"),
            *_columns("import", "file_name sha256"),
            *_columns("import_change", "field before after"),
        ),
    ),
    DataField(
        "access", _lazy("Who has looked"), Group.PROOF, _lazy("To protect your data"),
        _lazy("PIPL 51; Cybersecurity Law 23"), Basis.LAW, "logs",
        _columns("access_line", "act what purpose"),
    ),
    DataField(
        "staff", _lazy("Staff: name, code, role"), Group.STAFF,
        _lazy("To know who did what"), _lazy("PIPL 13(2)"), retention="staff",
        columns=(*_columns("staff", "code name role"), *_columns("draft", "form fields")),
    ),
)  # fmt: skip


def _optional(
    code: str,
    label: LazyText,
    purpose: LazyText,
    *,
    shape: Shape = Shape.LINE,
    choices: Mapping[str, LazyText] | None = None,
    is_sensitive: bool = False,
) -> DataField:
    return DataField(
        code,
        label,
        Group.SENSITIVE if is_sensitive else Group.PROFILE,
        purpose,
        _SEPARATE if is_sensitive else _FREE,
        Basis.CONSENT,
        "consented",
        ("person_detail.field", "person_detail.value"),
        is_sensitive=is_sensitive,
        is_optional=True,
        shape=shape,
        choices=choices or {},
    )


_GENDERS = {"female": _lazy("Female"), "male": _lazy("Male")}
_SCHOOLS = {
    "primary": _lazy("Primary school"),
    "middle": _lazy("Middle school"),
    "college": _lazy("College"),
    "university": _lazy("University"),
    "postgraduate": _lazy("Postgraduate"),
}
_HELP = _lazy("To help in an emergency and in daily life")

_OPTIONAL = (
    _optional("gender", _lazy("Gender"), _CARE, shape=Shape.CHOICE, choices=_GENDERS),
    _optional("birth-year", _lazy("Year of birth"), _CARE, shape=Shape.YEAR),
    _optional("occupation", _lazy("Occupation"), _CARE),
    _optional("employer", _lazy("Employer"), _CARE),
    _optional("education", _lazy("Education"), _CARE, shape=Shape.CHOICE, choices=_SCHOOLS),
    _optional("personality", _lazy("Personality"), _CARE),
    _optional(
        "email", _lazy("E-mail"), _lazy("To send notices where you ask for it"), shape=Shape.EMAIL
    ),
    _optional(
        "identity-number",
        _lazy("Identity number"),
        _lazy("To make sure who you are, for contracts and in court"),
        shape=Shape.IDENTITY,
        is_sensitive=True,
    ),
    _optional(
        "bank-account",
        _lazy("Bank account"),
        _lazy("To pay deposits back"),
        shape=Shape.BANK_ACCOUNT,
        is_sensitive=True,
    ),
    _optional("needs-old-age", _lazy("Needs of old age"), _HELP, is_sensitive=True),
    _optional("needs-disability", _lazy("Needs of a disability"), _HELP, is_sensitive=True),
    _optional("needs-medical", _lazy("Medical needs"), _HELP, is_sensitive=True),
)

FIELDS: tuple[DataField, ...] = (*_KEPT, *_OPTIONAL)
OPTIONAL_FIELDS: Mapping[str, DataField] = {one.code: one for one in _OPTIONAL}


def optional_field(code: str) -> DataField:
    """Return an optional field of the catalogue, or refuse a code that names none."""
    found = OPTIONAL_FIELDS.get(code)
    if found is None:
        raise RuleError(
            "field-unknown",
            _("There is no field «{code}»; possible: {codes}.").format(
                code=code[:40], codes=", ".join(OPTIONAL_FIELDS)
            ),
        )
    return found


def check_switched_on(codes: Iterable[str]) -> tuple[str, ...]:
    """Return the optional fields that an office keeps, in the catalogue's order."""
    wanted = {optional_field(code).code for code in codes}
    return tuple(code for code in OPTIONAL_FIELDS if code in wanted)


def fields_in_use(switched_on: Iterable[str]) -> tuple[DataField, ...]:
    """Return what this office keeps: everything that is not optional, and what it switched on."""
    wanted = frozenset(switched_on)
    return tuple(one for one in FIELDS if not one.is_optional or one.code in wanted)
