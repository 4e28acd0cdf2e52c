"""Urging (催缴): what was done, rounds, proofs, papers; the fees page offers it under More."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.delivery_rounds import Carrier
from propdesk.domain.dunning_acts import DunningAct
from propdesk.i18n import _, ngettext
from propdesk.services.queries.dunning_acts import check_may_urge
from propdesk.services.queries.fee_access import check_sees_fees
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.keyboard import add_entry, lettered

Tell = Callable[[str], None]


def add_urging_acts(
    menu: QMenu,
    context: AppContext,
    page: QWidget,
    unit: Unit | None,
    chosen: Sequence[int],
    tell: Tell,
) -> QMenu:
    """Add the submenu of urging and return it, so that letters may stand in it too.

    `unit` is the house that is shown, `chosen` are the houses that are marked; `tell` says on the
    page what was done.
    """
    below = menu.addMenu(lettered(_("Urging"), "U"))
    if unit is not None:
        act = partial(_note_and_tell, context, page, unit.id, tell)
        add_entry(below, _("Note an act: {house}").format(house=unit.short), "A", act)
        words = _("Acts and proofs: {house}").format(house=unit.short)
        add_entry(below, words, "L", partial(show_acts, context, page, unit))
        words = _("Suspension of limitation: {house}").format(house=unit.short)
        add_entry(below, words, "S", partial(show_suspensions, context, page, unit))
        below.addSeparator()
    hand = partial(enter_round, context, page, tell, Carrier.HAND)
    add_entry(below, _("Delivery round"), "R", hand)
    post = partial(enter_round, context, page, tell, Carrier.POST)
    add_entry(below, _("EMS receipts"), "P", post)
    houses = list(chosen) or ([unit.id] if unit else [])
    words = ngettext(
        "Visit record for {count} house", "Visit records for {count} houses", len(houses)
    )
    visits = partial(show_visits, context, page, houses)
    add_entry(below, words.format(count=len(houses)) if houses else _("Visit record"), "V", visits)
    add_entry(below, _("Delivery register"), "D", partial(show_register, context, page))
    below.addSeparator()
    if houses:
        words = ngettext(
            "Evidence pack of {count} house", "Evidence packs of {count} houses", len(houses)
        )
        packs = partial(make_packs, context, page, houses)
        add_entry(below, words.format(count=len(houses)), "E", packs)
    add_entry(below, _("Check an evidence pack"), "K", partial(check_pack, context, page))
    below.addSeparator()
    add_entry(below, _("Publications"), "N", partial(show_publications, context, page))
    return below


def note_act(
    context: AppContext, parent: QWidget, unit_id: int, *, letter_id: int | None = None
) -> DunningAct | None:
    """Have an act of urging noted for a house; `letter_id` is the letter that it delivered."""
    from ui.dialogs.dunning_act_dialog import DunningActDialog

    if not may_urge(context, parent):
        return None
    dialog = DunningActDialog(context, parent, unit_id, letter_id)
    dialog.ask()
    act: DunningAct | None = dialog.stored
    if act is not None:
        context.changes.fees_changed.emit()
    return act


def _note_and_tell(context: AppContext, page: QWidget, unit_id: int, tell: Tell) -> None:
    act = note_act(context, page, unit_id)
    if act is not None:
        tell(_("The act is noted"))


def show_acts(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Show the acts of a house with what proves them."""
    from ui.dialogs.dunning_acts_dialog import DunningActsDialog

    if _sees(context, page):
        DunningActsDialog(context, page, unit).ask()


def show_suspensions(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Show what suspends the limitation of a house's bills."""
    from ui.dialogs.suspension_dialog import SuspensionsDialog

    if _sees(context, page):
        SuspensionsDialog(context, page, unit).ask()


def enter_round(context: AppContext, page: QWidget, tell: Tell, carrier: Carrier) -> None:
    """Enter what came of the letters of a round, or of the receipts of the post."""
    from ui.dialogs.delivery_round_dialog import DeliveryRoundDialog

    if not may_urge(context, page):
        return
    dialog = DeliveryRoundDialog(context, page, carrier)
    dialog.ask()
    if dialog.stored_words:
        context.changes.fees_changed.emit()
        tell(dialog.stored_words)


def show_visits(context: AppContext, page: QWidget, unit_ids: Sequence[int]) -> None:
    """Show the records that go along to these doors; a blank one for none."""
    from ui.urging_papers import show_visit_record

    if may_urge(context, page):
        show_visit_record(context, page, unit_ids)


def show_register(context: AppContext, page: QWidget) -> None:
    """Show the delivery register of a period."""
    from ui.urging_papers import show_register as show

    if may_urge(context, page):
        show(context, page)


def make_packs(context: AppContext, page: QWidget, unit_ids: Sequence[int]) -> None:
    """Make the evidence packs of houses."""
    from ui.dialogs.evidence_dialog import make_packs as make

    if may_urge(context, page):
        make(context, page, unit_ids)


def check_pack(context: AppContext, page: QWidget) -> None:
    """Compare a pack with its manifest."""
    from ui.dialogs.evidence_dialog import check_pack as check

    check(context, page)


def show_publications(context: AppContext, page: QWidget) -> None:
    """Show what was published of fees, and what is due."""
    from ui.dialogs.publications_dialog import PublicationsDialog

    if _sees(context, page):
        PublicationsDialog(context, page).ask()


def may_urge(context: AppContext, parent: QWidget) -> bool:
    """Tell whether who sits here may urge; the sentence is shown where not."""
    title = _("This was not done")
    return context.attempt(parent, title, lambda: check_may_urge(context.staff.id))


def _sees(context: AppContext, parent: QWidget) -> bool:
    title = _("This was not done")
    return context.attempt(parent, title, lambda: check_sees_fees(context.staff.id))
