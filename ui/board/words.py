"""What the board says of a house in words: to a screen reader, and under the mouse."""

from propdesk.domain.house_boards import BoardHouse
from propdesk.domain.units import state_label
from propdesk.i18n import _, ngettext


def house_facts(house: BoardHouse) -> list[str]:
    """Return state, people and what is open, a phrase each."""
    facts = [state_label(house.state, house.kind) or _("State not said")]
    people = ngettext("{count} person", "{count} people", house.people)
    facts.append(people.format(count=house.people) if house.people else _("Nobody lives here"))
    if house.tickets:
        words = ngettext("{count} open ticket", "{count} open tickets", house.tickets)
        facts.append(words.format(count=house.tickets))
    if house.complaints:
        words = ngettext("{count} complaint", "{count} complaints", house.complaints)
        facts.append(words.format(count=house.complaints))
    if house.overdue:
        facts.append(_("{count} overdue").format(count=house.overdue))
    if house.is_decorating:
        facts.append(_("Works under way"))
    if house.is_special:
        facts.append(_("Special customer"))
    return facts


def house_words(house: BoardHouse) -> str:
    """Return a house and its facts in one line."""
    words = house.short
    for fact in house_facts(house):
        words = _("{before}, {after}").format(before=words, after=fact)
    return words
