"""`propdesk contacts log|list|clear|amend|void|reasons`: every talk, ticket or not (R52, R82)."""

import argparse
from dataclasses import replace
from datetime import date
from typing import Any

from propdesk.cli.desk import Desk, add_by, add_json, choice, read_day, read_time
from propdesk.domain.contacts import (
    STAGE_LABELS,
    WAY_LABELS,
    Contact,
    ContactDraft,
    ContactType,
    Counterparty,
    Stage,
    Way,
    read_reasons,
    reason_label,
)
from propdesk.domain.texts import elide
from propdesk.i18n import _
from propdesk.services import contacts
from propdesk.services.queries.contacts import (
    ContactFilter,
    contact_about,
    contact_with,
    list_contacts,
    list_reasons,
    propose_reason,
)
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.staff import find_department
from propdesk.services.queries.tickets import PageKey, find_ticket
from propdesk.services.queries.units import find_unit


def add_parsers(commands: Any) -> None:
    """Add `contacts` to the command line."""
    nouns = commands.add_parser("contacts", help=_("talks with residents and others"))
    verbs = nouns.add_subparsers(dest="verb", required=True, metavar="VERB")
    _add_log(verbs)
    show = verbs.add_parser("list", help=_("list contacts, the newest first"))
    show.add_argument("--open", action="store_true", help=_("only what is still to be cleared"))
    show.add_argument("--unit", metavar="3-2-501")
    show.add_argument("--community", default="", help=_("where several have this house"))
    show.add_argument("--ticket", metavar="NUMBER")
    show.add_argument("--from", dest="from_on", metavar="DAY", help=_("the first day"))
    show.add_argument("--to", dest="to_on", metavar="DAY", help=_("the last day"))
    add_json(show)
    show.set_defaults(func=run_list)
    clear = verbs.add_parser("clear", help=_("what was to be done about it is done"))
    clear.add_argument("id", type=int)
    clear.add_argument("--result", default="", help=_("what came of it"))
    clear.add_argument("--at", metavar="TIME", help=_("when it was done"))
    void = verbs.add_parser("void", help=_("void a contact; its line stays"))
    void.add_argument("id", type=int)
    void.add_argument("--reason", default="", help=_("why it is voided"))
    for parser, run in ((clear, run_clear), (void, run_void)):
        add_by(parser)
        add_json(parser)
        parser.set_defaults(func=run)
    why = verbs.add_parser("reasons", help=_("show or set the list of reasons"))
    why.add_argument("--set", nargs="+", metavar="REASON", help=_("the whole list, in order"))
    add_by(why)
    add_json(why)
    why.set_defaults(func=run_reasons)


def _add_log(verbs: Any) -> None:
    log = verbs.add_parser("log", help=_("note a talk"))
    log.add_argument("--text", required=True, help=_("what was said in the talk"))
    log.add_argument("--unit", metavar="3-2-501")
    log.add_argument("--community", default="", help=_("where several have this house"))
    log.add_argument("--ticket", metavar="NUMBER", help=_("the ticket that it is about"))
    log.add_argument("--name", metavar="NAME", help=_("who it was"))
    log.add_argument("--phone", metavar="N")
    log.add_argument("--with", dest="counterparty", metavar="|".join(Counterparty))
    log.add_argument("--way", metavar="|".join(Way))
    log.add_argument("--stage", metavar="|".join(Stage))
    log.add_argument("--type", metavar="|".join(ContactType))
    log.add_argument("--reason", metavar="REASON", help=_("proposed from the text"))
    log.add_argument("--wish", default="", help=_("what the caller wants"))
    log.add_argument("--opinion", default="", help=_("what is to be done"))
    log.add_argument("--department", metavar="D", help=_("who is to do it"))
    log.add_argument("--due", metavar="DAY", help=_("until which day"))
    log.add_argument("--result", default="", help=_("what came of it"))
    log.add_argument("--at", metavar="TIME", help=_("when it was"))
    add_by(log)
    add_json(log)
    log.set_defaults(func=run_log)


def contact_json(contact: Contact) -> dict[str, Any]:
    """Return a contact as its JSON object."""
    return {
        "id": contact.id,
        "at": contact.at.isoformat(),
        "by": contact.by,
        "unit": contact.where or None,
        "name": contact.name or None,
        "phone": contact.phone or None,
        "with": contact.counterparty.value,
        "way": contact.way.value,
        "stage": contact.stage.value,
        "type": contact.type.value,
        "reason": contact.reason or None,
        "text": contact.text,
        "wish": contact.wish or None,
        "opinion": contact.opinion or None,
        "department": contact.department or None,
        "due_on": contact.due_on.isoformat() if contact.due_on else None,
        "result": contact.result or None,
        "open": contact.is_open,
        "cleared_at": contact.cleared_at.isoformat() if contact.cleared_at else None,
        "cleared_by": contact.cleared_by or None,
        "ticket": contact.ticket or None,
        "voided_at": contact.voided_at.isoformat() if contact.voided_at else None,
        "void_reason": contact.void_reason or None,
    }


def _started(args: argparse.Namespace, today: date) -> ContactDraft:
    """Return what is known before anything is said: the ticket's reporter, the house's caller."""
    if args.ticket:
        return contact_about(find_ticket(args.ticket))
    if not args.unit:
        return ContactDraft(text="", counterparty=Counterparty.OTHER)
    unit = find_unit(args.unit, args.community)
    people = [one for one in list_residents(unit.id, today) if one.present]
    named = [one for one in people if one.name == args.name] if args.name else people
    return contact_with(unit, next(iter(named), None))


def run_log(args: argparse.Namespace, desk: Desk) -> int:
    """Note a talk; what is not said is proposed."""
    with desk.office(write=True):
        known = _started(args, desk.today)
        reasons = list_reasons()
        reason = (
            read_reasons([args.reason])[0] if args.reason else propose_reason(args.text, reasons)
        )
        draft = replace(
            known,
            text=args.text,
            name=known.name if args.name is None else args.name,
            phone=known.phone if args.phone is None else args.phone,
            counterparty=choice(
                args.counterparty or known.counterparty, Counterparty, _("counterparty")
            ),
            way=choice(args.way or known.way, Way, _("way")),
            stage=choice(args.stage or known.stage, Stage, _("stage")),
            type=choice(args.type or known.type, ContactType, _("type of contact")),
            reason=reason,
            wish=args.wish,
            opinion=args.opinion,
            department_id=find_department(args.department).id if args.department else None,
            due_on=read_day(args.due) if args.due else None,
            result=args.result,
        )
        contact = contacts.log_contact(
            draft,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    desk.say(_("Contact {id} is noted.").format(id=contact.id))
    desk.json(contact_json(contact))
    return 0


def run_list(args: argparse.Namespace, desk: Desk) -> int:
    """List contacts, the newest first."""
    found: list[Contact] = []
    after: PageKey | None = None
    with desk.office(write=False):
        wanted = ContactFilter(
            open_only=args.open,
            unit_id=find_unit(args.unit, args.community).id if args.unit else None,
            ticket_id=find_ticket(args.ticket).id if args.ticket else None,
            from_on=read_day(args.from_on) if args.from_on else None,
            to_on=read_day(args.to_on) if args.to_on else None,
            with_voided=not args.open,
        )
        while True:
            page = list_contacts(wanted, after=after, limit=1000)
            found += page.rows
            after = page.after
            if after is None:
                break
    for one in found:
        state = _("to clear") if one.is_open else _("voided") if one.voided_at else ""
        desk.say(
            f"{one.id}\t{one.at:%Y-%m-%d %H:%M}\t{one.where}\t{one.name}\t{WAY_LABELS[one.way]}"
            f"\t{STAGE_LABELS[one.stage]}\t{reason_label(one.reason)}\t{elide(one.text, 60)}"
            f"\t{state}".rstrip()
        )
    desk.json([contact_json(one) for one in found])
    return 0


def run_clear(args: argparse.Namespace, desk: Desk) -> int:
    """Note that what was to be done about a contact is done."""
    with desk.office(write=True):
        contact = contacts.clear_contact(
            args.id,
            result=args.result,
            by=desk.staff(args.by).id,
            now=desk.now,
            at=read_time(args.at) if args.at else None,
        )
    desk.say(_("Contact {id} is cleared.").format(id=contact.id))
    desk.json(contact_json(contact))
    return 0


def run_void(args: argparse.Namespace, desk: Desk) -> int:
    """Void a contact; its line stays."""
    with desk.office(write=True):
        contact = contacts.void_contact(
            args.id, reason=args.reason, by=desk.staff(args.by).id, now=desk.now
        )
    desk.say(_("Contact {id} is voided.").format(id=contact.id))
    desk.json(contact_json(contact))
    return 0


def run_reasons(args: argparse.Namespace, desk: Desk) -> int:
    """Show the reasons that may be chosen, or set the whole list."""
    from propdesk.services.settings import get_settings, save_settings

    with desk.office(write=bool(args.set)):
        if args.set:
            settings = replace(get_settings(), contact_reasons=read_reasons(args.set))
            save_settings(settings, by=desk.staff(args.by).id)
        reasons = list_reasons()
    for code in reasons:
        desk.say(reason_label(code))
    desk.json([{"code": code, "word": reason_label(code)} for code in reasons])
    return 0
