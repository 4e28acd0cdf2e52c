"""Let everything of one person become another's; the caller holds the transaction (F47)."""

from propdesk.domain.person_merges import MergedThing
from propdesk.domain.texts import clean_text
from propdesk.services.parts.details import drop_consented
from propdesk.services.parts.stays import share_of
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.charging import BillRecord, UnitFeeRecord
from propdesk.storage.contacts import ContactRecord
from propdesk.storage.database import OfficeTable, rows
from propdesk.storage.dunning import FeeLetterRecord
from propdesk.storage.houses import MoveRecord, PetRecord, UnitKeyRecord
from propdesk.storage.persons import PersonRecord, PhoneRecord, ResidencyRecord, VehicleRecord
from propdesk.storage.privacy import ConsentRecord, DataRequestRecord, PersonDetailRecord
from propdesk.storage.search import drop_keys
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.till import DepositRecord, PaymentRecord

# What only changes hands; stays, phones and details may meet their like and are looked at singly.
_MOVED: tuple[tuple[MergedThing, type[OfficeTable], str], ...] = (
    (MergedThing.VEHICLE, VehicleRecord, "person"),
    (MergedThing.KEY, UnitKeyRecord, "person"),
    (MergedThing.PET, PetRecord, "person"),
    (MergedThing.MOVE, MoveRecord, "person"),
    (MergedThing.TICKET, TicketRecord, "reporter"),
    (MergedThing.CONTACT, ContactRecord, "person"),
    (MergedThing.CONSENT, ConsentRecord, "person"),
    (MergedThing.REQUEST, DataRequestRecord, "person"),
    (MergedThing.FILE, AttachmentRecord, "person"),
    (MergedThing.BILL, BillRecord, "person"),
    (MergedThing.PAYMENT, PaymentRecord, "person"),
    (MergedThing.DEPOSIT, DepositRecord, "person"),
    (MergedThing.FEE_LETTER, FeeLetterRecord, "person"),
    (MergedThing.AGREED_PAYER, UnitFeeRecord, "payer"),
)
# Who agreed to pay instead goes along with the rest and is not counted again.
_PAYERS = (BillRecord, FeeLetterRecord)
_SINGLE: tuple[tuple[MergedThing, type[OfficeTable], str], ...] = (
    (MergedThing.STAY, ResidencyRecord, "person"),
    (MergedThing.PHONE, PhoneRecord, "person"),
    (MergedThing.DETAIL, PersonDetailRecord, "person"),
)


def count_things(person_id: int) -> dict[MergedThing, int]:
    """Return how much of each kind belongs to a person."""
    counts = {}
    for thing, table, field in (*_SINGLE, *_MOVED):
        counts[thing] = table.select().where(getattr(table, field) == person_id).count()
    return {thing: counts[thing] for thing in MergedThing}


def differing_details(stays_id: int, goes_id: int) -> tuple[str, ...]:
    """Return the optional details that both have and that say different things."""
    found = rows(
        "SELECT a.field FROM person_detail a JOIN person_detail b ON b.field = a.field "
        "WHERE a.person_id = ? AND b.person_id = ? AND a.value <> b.value ORDER BY a.field",
        stays_id,
        goes_id,
    )
    return tuple(row[0] for row in found)


def move_things(stays: PersonRecord, goes: PersonRecord) -> None:
    """Give everything of `goes` to `stays`; what both have in common is kept once."""
    for _thing, table, field in _MOVED:
        column = getattr(table, field)
        table.update({column: stays.id}).where(column == goes.id).execute()
    for payers in _PAYERS:
        column = payers.payer
        payers.update({column: stays.id}).where(column == goes.id).execute()
    _move_phones(stays.id, goes.id)
    _move_stays(stays.id, goes.id)
    _move_details(stays.id, goes.id)
    _join_consents(stays.id)
    _fill(stays, goes)


def _move_phones(stays_id: int, goes_id: int) -> None:
    known = {row.digits for row in PhoneRecord.select().where(PhoneRecord.person == stays_id)}
    for phone in PhoneRecord.select().where(PhoneRecord.person == goes_id):
        if phone.digits in known:
            drop_keys("phone", (phone.id,))
            phone.delete_instance()
        else:
            phone.person_id = stays_id
            phone.save()


def _move_stays(stays_id: int, goes_id: int) -> None:
    """Move the stays; two in one role at one time were one, from the first day to the last."""
    own = list(ResidencyRecord.select().where(ResidencyRecord.person == stays_id))
    for stay in ResidencyRecord.select().where(ResidencyRecord.person == goes_id):
        twin = next((one for one in own if _is_twin(one, stay)), None)
        if twin is None:
            stay.person_id = stays_id
            stay.save()
            continue
        twin.from_on = _earlier(twin, stay)
        twin.to_on = None if None in {twin.to_on, stay.to_on} else max(twin.to_on, stay.to_on)
        twin.relation = twin.relation or stay.relation
        if share_of(twin) is None:
            twin.share_part, twin.share_whole = stay.share_part, stay.share_whole
        twin.save()
        _rename_effects(stay.unit_id, stay.id, twin.id)
        stay.delete_instance()


def _rename_effects(unit_id: int, gone_id: int, stays_id: int) -> None:
    """Let moves that ended or began a stay name the one in which it now is."""
    for move in MoveRecord.select().where(MoveRecord.unit == unit_id):
        changed = {
            key: [stays_id if one == gone_id else one for one in value]
            for key, value in move.effects.items()
            if key in {"ended", "begun"} and gone_id in value
        }
        if changed:
            move.effects = move.effects | changed
            move.save()


def _is_twin(one: ResidencyRecord, other: ResidencyRecord) -> bool:
    return (
        (one.unit_id, one.role) == (other.unit_id, other.role)
        and (one.to_on is None or other.from_on is None or other.from_on <= one.to_on)
        and (other.to_on is None or one.from_on is None or one.from_on <= other.to_on)
    )


def _earlier(one: ResidencyRecord, other: ResidencyRecord) -> object:
    """Return the first day of two stays; a known one says more than none."""
    days = [day for day in (one.from_on, other.from_on) if day is not None]
    return min(days, default=None)


def _move_details(stays_id: int, goes_id: int) -> None:
    """Move the optional details; where both have one, that of who stays stands."""
    field = PersonDetailRecord.field
    known = PersonDetailRecord.select(field).where(PersonDetailRecord.person == stays_id)
    of_gone = PersonDetailRecord.person == goes_id
    PersonDetailRecord.delete().where(of_gone, field.in_(known)).execute()
    PersonDetailRecord.update(person=stays_id).where(of_gone).execute()


def _join_consents(person_id: int) -> None:
    """Let of several consents to one scope the latest hold, with what stood on the others.

    One withdrawal must stop all (PIPL 15): where one of the two was withdrawn after the other was
    given, nothing holds any more.
    """
    given: dict[str, list[ConsentRecord]] = {}
    of_person = ConsentRecord.person == person_id
    for one in ConsentRecord.select().where(of_person).order_by(ConsentRecord.given_on):
        given.setdefault(one.scope, []).append(one)
    for consents in given.values():
        held = [one for one in consents if one.withdrawn_on is None]
        if not held:
            continue
        *former, last = held
        for one in former:
            PersonDetailRecord.update(consent=last.id).where(
                PersonDetailRecord.consent == one.id
            ).execute()
            last.note = clean_text("\n".join(filter(None, (last.note, one.note))))
            one.delete_instance()
        ends = [one for one in consents if one.withdrawn_on and one.withdrawn_on > last.given_on]
        if ends:
            drop_consented(last.id)
            end = max(ends, key=lambda one: one.withdrawn_on)
            last.withdrawn_on, last.withdrawn_staff_id = end.withdrawn_on, end.withdrawn_staff_id
        last.save()


def _fill(stays: PersonRecord, goes: PersonRecord) -> None:
    """Take over what is said of one person only; both notes are kept."""
    stays.salutation = stays.salutation or goes.salutation
    stays.segment = stays.segment or goes.segment
    stays.died_on = stays.died_on or goes.died_on
    if goes.note and goes.note not in stays.note:
        stays.note = clean_text(f"{stays.note}\n{goes.note}")
    if goes.special and not stays.special:
        stays.special, stays.special_until = goes.special, goes.special_until
    stays.version += 1
    stays.save()
    goes.version += 1
