"""Ways from one page to another: a page says where to go, the window goes there."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from propdesk.domain.tickets import Kind


@dataclass(frozen=True, slots=True)
class Intake:
    """What is known when a new ticket is begun: the house, who calls, and the kind."""

    kind: Kind | None = None
    unit_id: int | None = None
    person_id: int | None = None
    text: str = ""


class Navigation(QObject):
    """One signal for each thing that can be opened from anywhere. Handed to every page."""

    ticket_wanted = Signal(int)
    tickets_wanted = Signal(str)  # a group of the ticket list: "overdue", "to-reply" ...
    unit_wanted = Signal(int)
    account_wanted = Signal(int)  # the fees of a house
    fee_paper_wanted = Signal(object)  # a FeePaper: a receipt, fee letter, plan, run ...
    sheet_wanted = Signal(str)  # the number of an inspection sheet, to be entered
    intake_wanted = Signal(object)  # an Intake
    paper_wanted = Signal(object)  # a ScannedPaper: the work order that came back
    cluster_wanted = Signal(object)  # a ClusterFound that may become an incident
    contact_wanted = Signal(object)  # a ContactDraft: the talk that is to be noted
    contacts_wanted = Signal()  # the contacts that are to be cleared
    page_wanted = Signal(str)
    office_wanted = Signal(object)  # the folder of the office to open instead of this one
    errand_wanted = Signal(str)  # what a new office does first: "residents", "ticket" ...
    own_office_wanted = Signal()  # leave the demo for an office of one's own
    papers_wanted = Signal()  # the work orders that are out
    settings_wanted = Signal()
    backups_wanted = Signal()
