"""Who may do what: every command that writes refuses the roles without its right (F54)."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from propdesk.domain.access import AccessAct
from propdesk.domain.arrears_cases import CaseDraft, CaseWish
from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.bill_runs import RunOrder, RunPreview
from propdesk.domain.bills import BillDraft
from propdesk.domain.calendar_days import DayKind
from propdesk.domain.check_items import InspectionKind
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.contacts import ContactDraft
from propdesk.domain.data_exports import ExportOrder
from propdesk.domain.data_requests import RequestKind, RequestResult
from propdesk.domain.decorations import DecorationDraft, PatrolDraft
from propdesk.domain.deposits import DepositReturn
from propdesk.domain.dunning import Result, Stage, Way
from propdesk.domain.dunning_acts import ActDraft
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_bases import BasisDraft
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import BasisKind, Formula, UnitFeeKind
from propdesk.domain.findings import FindingState, Recheck, RectificationDraft
from propdesk.domain.gate_passes import GatePassDraft
from propdesk.domain.hand_overs import HandOverDraft
from propdesk.domain.house_papers import DocumentDraft, DocumentTopic, HousePaper
from propdesk.domain.imports import ImportKind
from propdesk.domain.inspection_plans import PlanDraft as RoundPlan
from propdesk.domain.inspection_settings import InspectionSettings
from propdesk.domain.judgements import Judgement
from propdesk.domain.letters import LetterDraft
from propdesk.domain.meetings import MeetingDraft, MeetingKind
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.domain.months import Month
from propdesk.domain.moves import MoveDraft, MoveKind, SettleDraft
from propdesk.domain.notices import NoticeDraft, NoticeKind
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.paper_returns import PaperReturn
from propdesk.domain.payment_plans import Outcome, PlanDraft
from propdesk.domain.payments import PaymentDraft, RefundDraft
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.phrases import PhraseDraft, Step
from propdesk.domain.prices import AgreedBy, Agreement, ChargeKind, PriceDraft
from propdesk.domain.promises import PromiseDraft
from propdesk.domain.publications import PublicationDraft, PublicationKind
from propdesk.domain.segments import SegmentDraft
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.shared_costs import SharedCostDraft
from propdesk.domain.staff import RIGHTS, Right, Role
from propdesk.domain.surveys import Question, QuestionKind, SurveyDraft
from propdesk.domain.suspensions import Obstacle, SuspensionDraft
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, TicketDraft
from propdesk.domain.till import InvoiceState
from propdesk.domain.unit_changes import ChangeDraft, UnitField
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.unit_fees import UnitFeeDraft
from propdesk.domain.unit_keys import KeyDraft, KeyKind, KeyOutcome
from propdesk.domain.units import Address, UnitState
from propdesk.domain.vehicles import VehicleDraft
from propdesk.domain.vendors import ContractDraft, VendorDraft
from propdesk.domain.violations import StepDraft
from propdesk.services import (
    arrears,
    asset_files,
    assets,
    attachments,
    bill_runs,
    bills,
    charges,
    check_templates,
    contacts,
    data_requests,
    decoration_patrols,
    decorations,
    delivery_rounds,
    deposits,
    documents,
    dunning_acts,
    erasures,
    fee_bases,
    fee_items,
    fee_letters,
    fee_rules,
    fee_templates,
    findings,
    follow_ups,
    gate_passes,
    incidents,
    inspection_files,
    inspection_plans,
    inspection_sheets,
    late_fees,
    meetings,
    meter_readings,
    meters,
    moves,
    notices,
    papers,
    payment_plans,
    person_data,
    persons,
    pets,
    phrases,
    point_limits,
    prepaid,
    prices,
    printing_arrears,
    printing_assets,
    publications,
    rectification_files,
    rectifications,
    relations,
    residents,
    returns,
    revealing,
    rounds,
    segments,
    settings,
    shared_costs,
    staff,
    surveys,
    suspensions,
    tariffs,
    tickets,
    till,
    till_closes,
    unit_fees,
    unit_keys,
    units,
    vehicles,
    vendors,
    violations,
    waivers,
)
from propdesk.services.calendar import import_calendar, save_day
from propdesk.services.consents import give_consent, withdraw_consent
from propdesk.services.evidence import EvidenceOrder, export_evidence
from propdesk.services.exporting import export_tickets
from propdesk.services.exporting_bill_runs import export_run_preview
from propdesk.services.exporting_fees import note_fee_print
from propdesk.services.exporting_inspection_sheets import export_sheet
from propdesk.services.exporting_lists import export_list
from propdesk.services.exporting_readings import export_reading_list
from propdesk.services.exporting_residents import export_residents
from propdesk.services.fee_letter_copies import note_fee_letter_prints
from propdesk.services.hand_overs import write_hand_over
from propdesk.services.house_papers import note_house_paper
from propdesk.services.importing import import_file
from propdesk.services.imports import undo_import
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_settings import save_inspection_settings
from propdesk.services.judging import judge_ticket
from propdesk.services.letters import write_letter
from propdesk.services.limits import save_rules
from propdesk.services.person_details import set_details
from propdesk.services.printing_bills import print_bill
from propdesk.services.printing_boards import WantedBoard, print_house_board
from propdesk.services.printing_dunning_acts import (
    note_visit_print,
    print_delivery_register,
    print_visit_record,
)
from propdesk.services.printing_erasures import print_erasure
from propdesk.services.printing_fee_letters import print_fee_letters
from propdesk.services.printing_houses import print_house_file
from propdesk.services.printing_inspections import note_sheet_prints, print_sheets
from propdesk.services.printing_lists import SeenList, print_list
from propdesk.services.printing_moves import note_gate_pass_print, note_move_print
from propdesk.services.printing_person_data import print_person_data
from propdesk.services.printing_rectifications import print_rectification_notice
from propdesk.services.printing_registers import export_registry, print_registry
from propdesk.services.printing_registrations import print_registrations
from propdesk.services.printing_shifts import print_day_list, print_hand_over
from propdesk.services.problem_reports import report_problem
from propdesk.services.promises import promise_ticket
from propdesk.services.reporting import write_complaint_report
from propdesk.services.reporting_inspections import write_inspection_report
from propdesk.services.responsibility import hand_on_reply, note_manager_contact
from propdesk.services.sampling import set_sampling
from propdesk.services.ticket_things import name_asset_of_ticket
from propdesk.services.urging import report_up, urge_ticket
from propdesk.storage.database import rows
from propdesk.storage.opening import OpenOffice

DRAFT = TicketDraft(Kind.COMPLAINT, "楼道灯不亮", place="3栋大堂")
CONSENT = ConsentDraft("profile", ConsentWay.PAPER, date(2026, 11, 1))
FILE = Path("absent.xlsx")
IN_FULL = ExportOrder("核对", is_plain=True)
LETTER = LetterDraft("张先生", "来函收悉。", "我们道歉。", "已修好。")
MEETING = MeetingDraft(MeetingKind.OTHER, "周会", datetime(2026, 11, 20, 9, 0))
OFFICE = OpenOffice(Path("absent"), created=False, lock=None)
SURVEY = SurveyDraft("调查", (Question("a", QuestionKind.NEED, "安全"),), date(2026, 11, 1))
PRICE = PriceDraft(ChargeKind.LABOUR, "换锁", 5000)

ASSET = AssetDraft("客梯", AssetKind.LIFT)
VENDOR_CONTRACT = ContractDraft(AssetKind.LIFT, "维保", date(2026, 1, 1), date(2026, 12, 31))
RECTIFICATION = RectificationDraft("迅达维保", "异响", "修复", date(2027, 1, 1))
PLAN = RoundPlan("日检", InspectionKind.FIRE, "FREQ=DAILY", date(2026, 11, 1))
TEMPLATE = TemplateDraft("日检", InspectionKind.FIRE, ())

# The right of each command, and the command as `who` would give it at `now`.
NOVEMBER = RunOrder(date(2026, 11, 1), date(2026, 11, 30))
COMMANDS = {
    "add an inspection plan": (Right.PLAN_ROUNDS, lambda who, now: inspection_plans.add_plan(
        PLAN, by=who.id, now=now)),
    "adopt a shipped plan": (Right.PLAN_ROUNDS, lambda who, now: inspection_plans.adopt_plan(
        "decoration", starts_on=now.date(), by=who.id, now=now)),
    "set limits of a point": (Right.PLAN_ROUNDS, lambda who, now: point_limits.set_point_limits(
        1, 1, {}, by=who.id)),
    "change an inspection plan": (Right.PLAN_ROUNDS, lambda who, now: inspection_plans.change_plan(
        1, PLAN, version=1, by=who.id, now=now)),
    "end an inspection plan": (Right.PLAN_ROUNDS, lambda who, now: inspection_plans.end_plan(
        1, version=1, by=who.id, now=now)),
    "postpone a round": (Right.PLAN_ROUNDS, lambda who, now: rounds.postpone_round(
        1, now.date(), "停电", version=1, by=who.id, now=now)),
    "cancel a round": (Right.PLAN_ROUNDS, lambda who, now: rounds.cancel_round(
        1, "停电", version=1, by=who.id, now=now)),
    "make up a round": (Right.PLAN_ROUNDS, lambda who, now: rounds.make_up_round(
        1, now.date(), by=who.id, now=now)),
    "add a check template": (Right.PLAN_ROUNDS, lambda who, now: check_templates.add_template(
        TEMPLATE, by=who.id, now=now)),
    "adopt check templates": (Right.PLAN_ROUNDS, lambda who, now: check_templates.adopt_templates(
        ("six-s",), by=who.id, now=now)),
    "change a check template": (Right.PLAN_ROUNDS, lambda who, now: check_templates.change_template(
        1, TEMPLATE, version=1, by=who.id, now=now)),
    "end a check template": (Right.PLAN_ROUNDS, lambda who, now: check_templates.end_template(
        1, version=1, by=who.id, now=now)),
    "add an asset": (Right.PLAN_ROUNDS, lambda who, now: assets.add_asset(
        ASSET, by=who.id, now=now)),
    "change an asset": (Right.PLAN_ROUNDS, lambda who, now: assets.change_asset(
        1, ASSET, version=1, by=who.id, now=now)),
    "void an asset": (Right.PLAN_ROUNDS, lambda who, now: assets.void_asset(
        1, version=1, by=who.id, now=now)),
    "add files of an asset": (Right.PLAN_ROUNDS, lambda who, now: asset_files.add_asset_files(
        None, 1, (), by=who.id, now=now)),
    "take a file off an asset": (Right.PLAN_ROUNDS, lambda who, now: asset_files.remove_asset_file(
        1, by=who.id, now=now)),
    "add a vendor": (Right.PLAN_ROUNDS, lambda who, now: vendors.add_vendor(
        VendorDraft("电梯维保"), by=who.id)),
    "change a vendor": (Right.PLAN_ROUNDS, lambda who, now: vendors.change_vendor(
        1, VendorDraft("电梯维保"), version=1, by=who.id)),
    "end a vendor": (Right.PLAN_ROUNDS, lambda who, now: vendors.end_vendor(
        1, version=1, by=who.id, now=now)),
    "add a vendor contract": (Right.PLAN_ROUNDS, lambda who, now: vendors.add_contract(
        1, VENDOR_CONTRACT, by=who.id, now=now)),
    "change a vendor contract": (Right.PLAN_ROUNDS, lambda who, now: vendors.change_contract(
        1, VENDOR_CONTRACT, version=1, by=who.id)),
    "void a vendor contract": (Right.PLAN_ROUNDS, lambda who, now: vendors.void_contract(
        1, version=1, by=who.id, now=now)),
    "take a page off a contract": (Right.PLAN_ROUNDS, lambda who, now: vendors.remove_contract_file(
        1, by=who.id, now=now)),
    "name the thing of a ticket": (Right.TAKE_TICKETS, lambda who, now: name_asset_of_ticket(
        1, 1, by=who.id, now=now)),
    "print labels": (Right.DO_ROUNDS, lambda who, now: printing_assets.print_labels(
        Path("labels.pdf"), by=who.id, asset_ids=(1,))),
    "print statutory dates": (
        Right.DO_ROUNDS, lambda who, now: printing_assets.print_statutory_dates(
        Path("dates.txt"), by=who.id, now=now)),
    "add a point": (Right.PLAN_ROUNDS, lambda who, now: assets.add_point(
        PointDraft("泵房"), by=who.id)),
    "change a point": (Right.PLAN_ROUNDS, lambda who, now: assets.change_point(
        1, PointDraft("泵房"), version=1, by=who.id)),
    "end a point": (Right.PLAN_ROUNDS, lambda who, now: assets.end_point(
        1, version=1, by=who.id, now=now)),
    "ticket of a round's finding": (
        Right.TAKE_TICKETS, lambda who, now: findings.write_ticket_of_finding(
            1, by=who.id, now=now)),
    "close a finding": (Right.DO_ROUNDS, lambda who, now: findings.close_finding(
        1, FindingState.DROPPED, "误记", version=1, by=who.id, now=now)),
    "write a rectification": (Right.DISPATCH, lambda who, now: rectifications.write_rectification(
        RECTIFICATION, by=who.id, now=now)),
    "receive a rectification": (
        Right.DO_ROUNDS, lambda who, now: rectifications.receive_rectification(
            "ZG-2026-0001", "王工", now.date(), by=who.id, now=now)),
    "recheck a rectification": (
        Right.DO_ROUNDS, lambda who, now: rectifications.recheck_rectification(
            "ZG-2026-0001", Recheck.RECTIFIED, "好", version=1, by=who.id, now=now)),
    "attach to a rectification": (
        Right.DO_ROUNDS, lambda who, now: rectification_files.add_rectification_files(
            None, "ZG-2026-0001", (), by=who.id, now=now)),
    "take a photo off a rectification": (
        Right.DO_ROUNDS, lambda who, now: rectification_files.remove_rectification_file(
            1, by=who.id, now=now)),
    "void a rectification": (Right.DISPATCH, lambda who, now: rectifications.void_rectification(
        "ZG-2026-0001", "发错", version=1, by=who.id, now=now)),
    "make inspection sheets": (Right.DO_ROUNDS, lambda who, now: inspection_sheets.make_sheets(
        1, now.date(), by=who.id, now=now)),
    "make the sheets of a day": (Right.DO_ROUNDS, lambda who, now:
        inspection_sheets.make_sheets_of_day(now.date(), by=who.id, now=now)),
    "print inspection sheets": (Right.DO_ROUNDS, lambda who, now: print_sheets(
        ["XJ-202611-0001"], Path("sheet.pdf"), by=who, now=now)),
    "note inspection prints": (Right.DO_ROUNDS, lambda who, now: note_sheet_prints(
        ["XJ-202611-0001"], by=who.id, now=now)),
    "an inspection sheet as a workbook": (Right.DO_ROUNDS, lambda who, now: export_sheet(
        "XJ-202611-0001", Path("sheet.xlsx"), by=who.id, now=now)),
    "print a notice to rectify": (Right.DO_ROUNDS, lambda who, now: print_rectification_notice(
        "ZG-2026-0001", Path("notice.pdf"), by=who, now=now)),
    "void an inspection sheet": (Right.DO_ROUNDS, lambda who, now: inspection_sheets.void_sheet(
        "XJ-202611-0001", "卡纸", by=who.id, now=now)),
    "enter inspection results": (Right.DO_ROUNDS, lambda who, now: enter_results(
        "XJ-202611-0001", (), {}, by=who.id, now=now)),
    "attach to a round": (Right.DO_ROUNDS, lambda who, now: inspection_files.add_round_files(
        None, 1, (), by=who.id, now=now)),
    "take a photo off a round": (
        Right.DO_ROUNDS, lambda who, now: inspection_files.remove_round_file(
            1, by=who.id, now=now)),
    "set inspections": (Right.MANAGE_OFFICE, lambda who, now: save_inspection_settings(
        InspectionSettings(), by=who.id)),
    "make fee letters": (Right.DUN, lambda who, now: fee_letters.make_letters(
        Stage.REMINDER, by=who.id, now=now)),
    "approve fee letters": (Right.APPROVE_LETTERS, lambda who, now: fee_letters.approve_letters(
        [1], by=who.id, now=now)),
    "send fee letters": (Right.DUN, lambda who, now: fee_letters.send_letters(
        [1], by=who.id, now=now)),
    "withdraw a fee letter": (Right.DUN, lambda who, now: fee_letters.withdraw_letter(
        "1", "x", by=who.id, now=now)),
    "reword a fee letter": (Right.DUN, lambda who, now: fee_letters.reword_letter(
        "X", (), by=who.id)),
    "count prints of fee letters": (Right.DUN, lambda who, now: note_fee_letter_prints(
        [1], by=who.id)),
    "correct a fee letter": (Right.DUN, lambda who, now: fee_letters.correct_letter(
        "1", by=who.id, now=now)),
    "print fee letters": (Right.DUN, lambda who, now: print_fee_letters(
        OFFICE, [1], Path("a.pdf"), by=who.id, now=now)),
    "word fee letters": (Right.APPROVE_LETTERS, lambda who, now: fee_templates.restore_template(
        Stage.REMINDER, by=who.id, now=now)),
    "register": (Right.TAKE_TICKETS, lambda who, now: tickets.register_ticket(
        DRAFT, by=who.id, now=now)),
    "amend": (Right.TAKE_TICKETS, lambda who, now: tickets.amend_ticket(
        1, DRAFT, version=1, by=who.id, now=now)),
    "classify": (Right.TAKE_TICKETS, lambda who, now: tickets.confirm_class(
        1, "fees", by=who.id, now=now)),
    "dispatch": (Right.DISPATCH, lambda who, now: tickets.dispatch_ticket(
        1, department_id=1, by=who.id, now=now)),
    "arrive": (Right.DO_WORK, lambda who, now: tickets.arrive_ticket(1, by=who.id, now=now)),
    "suspend": (Right.DISPATCH, lambda who, now: tickets.suspend_ticket(
        1, "owner", text="等业主", by=who.id, now=now)),
    "resume": (Right.DO_WORK, lambda who, now: tickets.resume_ticket(1, by=who.id, now=now)),
    "complete": (Right.DO_WORK, lambda who, now: tickets.complete_ticket(
        1, text="完工", by=who.id, now=now)),
    "note": (Right.DO_WORK, lambda who, now: tickets.note_ticket(
        1, text="备注", by=who.id, now=now)),
    "reply": (Right.CLOSE, lambda who, now: tickets.reply_ticket(
        1, text="已答复", by=who.id, now=now)),
    "follow-up": (Right.CLOSE, lambda who, now: follow_ups.follow_up_ticket(
        1, Satisfaction.SATISFIED, by=who.id, now=now)),
    "end follow-up": (Right.CLOSE, lambda who, now: follow_ups.end_follow_up(
        1, reason="打不通", by=who.id, now=now)),
    "sampling": (Right.MANAGE_OFFICE, lambda who, now: set_sampling("repair", 40, by=who.id)),
    "mark a breach": (Right.TAKE_TICKETS, lambda who, now: violations.mark_violation(
        1, "fire", by=who.id, now=now)),
    "dissuade": (Right.DO_WORK, lambda who, now: violations.take_step(
        1, EventKind.DISSUADED, StepDraft("劝阻"), by=who.id, now=now)),
    "stop": (Right.DO_WORK, lambda who, now: violations.take_step(
        1, EventKind.STOPPED, StepDraft("制止"), by=who.id, now=now)),
    "report out": (Right.DISPATCH, lambda who, now: violations.take_step(
        1, EventKind.REPORTED_OUT, StepDraft("报告", authority="城管"), by=who.id, now=now)),
    "close": (Right.CLOSE, lambda who, now: tickets.close_ticket(1, by=who.id, now=now)),
    "reopen": (Right.CLOSE, lambda who, now: tickets.reopen_ticket(
        1, reason="又坏了", by=who.id, now=now)),
    "return paper": (Right.CLOSE, lambda who, now: returns.return_paper(
        1, 1, PaperReturn(work="完工"), by=who.id, now=now)),
    "paper lost": (Right.CLOSE, lambda who, now: papers.declare_lost(
        1, 1, reason="弄湿了", by=who.id, now=now)),
    "void": (Right.VOID, lambda who, now: tickets.void_ticket(
        1, reason="重复", by=who.id, now=now)),
    "promise": (Right.DISPATCH, lambda who, now: promise_ticket(
        1, PromiseDraft("缺配件", now + timedelta(days=1), "经理", now), by=who.id, now=now)),
    "urge": (Right.DISPATCH, lambda who, now: urge_ticket(1, whom="王", by=who.id, now=now)),
    "report up": (Right.DO_WORK, lambda who, now: report_up(
        1, "manager", to="经理", text="知悉", by=who.id, now=now)),
    "judge": (Right.TAKE_TICKETS, lambda who, now: judge_ticket(
        1, Judgement(cause="没人交接"), by=who.id, now=now)),
    "hand on the reply": (Right.DISPATCH, lambda who, now: hand_on_reply(
        1, 1, reason="休假", by=who.id, now=now)),
    "manager's contact": (Right.SPEAK_AS_MANAGER, lambda who, now: note_manager_contact(
        1, text="已致歉", by=who.id, now=now)),
    "merge": (Right.VOID, lambda who, now: relations.merge_ticket(1, 1, by=who.id, now=now)),
    "link": (Right.TAKE_TICKETS, lambda who, now: relations.link_tickets(
        1, 1, by=who.id, now=now)),
    "unlink": (Right.TAKE_TICKETS, lambda who, now: relations.unlink_tickets(
        1, 1, by=who.id, now=now)),
    "make incident": (Right.DISPATCH, lambda who, now: incidents.create_incident(
        [1], by=who.id, now=now)),
    "attach to incident": (Right.TAKE_TICKETS, lambda who, now: incidents.attach_tickets(
        1, [1], by=who.id, now=now)),
    "detach from incident": (Right.TAKE_TICKETS, lambda who, now: incidents.detach_ticket(
        1, by=who.id, now=now)),
    "tell callers": (Right.TAKE_TICKETS, lambda who, now: incidents.say_to_callers(
        1, "停电", by=who.id, now=now)),
    "set apart": (Right.TAKE_TICKETS, lambda who, now: incidents.set_apart([1], by=who.id)),
    "add unit": (Right.EDIT_RESIDENTS, lambda who, now: units.add_unit(
        Address("9", "1", "101"), community="云澜花园", by=who.id)),
    "change unit": (Right.EDIT_RESIDENTS, lambda who, now: units.change_unit(
        1, UnitFacts(), version=1, by=who.id, now=now)),
    "rename unit": (Right.EDIT_RESIDENTS, lambda who, now: units.rename_unit(
        1, Address("9", "1", "102"), by=who.id, now=now)),
    "change of a unit": (Right.EDIT_RESIDENTS, lambda who, now: units.enter_change(
        1, ChangeDraft(UnitField.STATE, "let"), by=who.id, now=now)),
    "states of units": (Right.EDIT_RESIDENTS, lambda who, now: units.set_states(
        [1], UnitState.LET, by=who.id, now=now)),
    "correct change": (Right.EDIT_RESIDENTS, lambda who, now: units.correct_change(
        1, ChangeDraft(UnitField.STATE, "let"), by=who.id, now=now)),
    "void change": (Right.EDIT_RESIDENTS, lambda who, now: units.void_change(
        1, by=who.id, now=now)),
    "add resident": (Right.EDIT_RESIDENTS, lambda who, now: residents.add_resident(
        1, PersonDraft("张三"), by=who.id, now=now)),
    "change resident": (Right.EDIT_RESIDENTS, lambda who, now: residents.change_resident(
        1, 1, PersonDraft("张三"), version=1, by=who.id, now=now)),
    "end residency": (Right.EDIT_RESIDENTS, lambda who, now: residents.end_residency(
        1, 1, to_on=date(2026, 11, 1), by=who.id, now=now)),
    "link person": (Right.EDIT_RESIDENTS, lambda who, now: persons.link_person(
        1, 1, persons.StayDraft(ResidentRole.OWNER), by=who.id, now=now)),
    "share house": (Right.EDIT_RESIDENTS, lambda who, now: persons.share_house(
        1, {}, by=who.id, now=now)),
    "merge persons": (Right.EDIT_RESIDENTS, lambda who, now: persons.merge_persons(
        1, 2, by=who.id, now=now)),
    "note death": (Right.EDIT_RESIDENTS, lambda who, now: persons.note_death(
        1, None, version=1, by=who.id, now=now)),
    "add vehicle": (Right.EDIT_RESIDENTS, lambda who, now: vehicles.add_vehicle(
        1, VehicleDraft("苏A12345"), by=who.id, now=now)),
    "change vehicle": (Right.EDIT_RESIDENTS, lambda who, now: vehicles.change_vehicle(
        1, VehicleDraft("苏A12345"), version=1, by=who.id, now=now)),
    "end vehicle": (Right.EDIT_RESIDENTS, lambda who, now: vehicles.end_vehicle(
        1, to_on=date(2026, 11, 1), version=1, by=who.id, now=now)),
    "add pet": (Right.EDIT_RESIDENTS, lambda who, now: pets.add_pet(
        1, PetDraft(PetKind.DOG), by=who.id, now=now)),
    "change pet": (Right.EDIT_RESIDENTS, lambda who, now: pets.change_pet(
        1, PetDraft(PetKind.DOG), version=1, by=who.id)),
    "end pet": (Right.EDIT_RESIDENTS, lambda who, now: pets.end_pet(
        1, to_on=date(2026, 11, 1), version=1, by=who.id)),
    "apply for decoration": (Right.EDIT_RESIDENTS, lambda who, now: decorations.apply_decoration(
        1, DecorationDraft("张三", "铺砖"), by=who.id, now=now)),
    "change decoration": (Right.EDIT_RESIDENTS, lambda who, now: decorations.change_decoration(
        1, DecorationDraft("张三", "铺砖"), version=1, by=who.id, now=now)),
    "permit decoration": (Right.EDIT_RESIDENTS, lambda who, now: decorations.permit_decoration(
        1, by=who.id, now=now)),
    "accept decoration": (Right.EDIT_RESIDENTS, lambda who, now: decorations.accept_decoration(
        1, by=who.id, now=now)),
    "cancel decoration": (Right.EDIT_RESIDENTS, lambda who, now: decorations.cancel_decoration(
        1, reason="不装了", by=who.id, now=now)),
    "return deposit": (Right.EDIT_RESIDENTS, lambda who, now: decorations.return_deposit(
        1, returned_fen=1, by=who.id, now=now)),
    "patrol decoration": (Right.DO_WORK, lambda who, now: decoration_patrols.note_patrol(
        1, PatrolDraft(), by=who.id, now=now)),
    "rectify finding": (Right.DO_WORK, lambda who, now: decoration_patrols.rectify_finding(
        1, by=who.id, now=now)),
    "ticket of a finding": (Right.TAKE_TICKETS, lambda who, now: decoration_patrols.make_ticket(
        1, by=who.id, now=now)),
    "import assets": (Right.PLAN_ROUNDS, lambda who, now: import_file(
        ImportKind.ASSETS, Path("gone.xlsx"), by=who.id, now=now)),
    "import residents": (Right.IMPORT, lambda who, now: import_file(
        ImportKind.RESIDENTS, FILE, by=who.id, now=now)),
    "import units": (Right.IMPORT, lambda who, now: import_file(
        ImportKind.UNITS, FILE, by=who.id, now=now)),
    "import vehicles": (Right.IMPORT, lambda who, now: import_file(
        ImportKind.VEHICLES, FILE, by=who.id, now=now)),
    "import complaints": (Right.IMPORT, lambda who, now: import_file(
        ImportKind.COMPLAINTS, FILE, by=who.id, now=now)),
    "undo import": (Right.IMPORT, lambda who, now: undo_import(1, by=who.id, now=now)),
    "log contact": (Right.TAKE_TICKETS, lambda who, now: contacts.log_contact(
        ContactDraft("说了话"), by=who.id, now=now)),
    "amend contact": (Right.TAKE_TICKETS, lambda who, now: contacts.amend_contact(
        1, ContactDraft("说了话"), version=1, by=who.id, now=now)),
    "clear contact": (Right.CLOSE, lambda who, now: contacts.clear_contact(
        1, result="办了", by=who.id, now=now)),
    "void contact": (Right.VOID, lambda who, now: contacts.void_contact(
        1, reason="重复", by=who.id, now=now)),
    "hand over": (Right.TAKE_TICKETS, lambda who, now: write_hand_over(
        HandOverDraft("早班"), by=who.id, now=now)),
    "record move": (Right.EDIT_RESIDENTS, lambda who, now: moves.record_move(
        1, MoveDraft(MoveKind.DELIVERY, now.date()), by=who.id, now=now)),
    "settle move": (Right.EDIT_RESIDENTS, lambda who, now: moves.settle_move(
        1, SettleDraft(), version=1, by=who.id, now=now)),
    "void move": (Right.EDIT_RESIDENTS, lambda who, now: moves.void_move(
        1, "录错", version=1, by=who.id, now=now)),
    "write gate pass": (Right.EDIT_RESIDENTS, lambda who, now: gate_passes.write_gate_pass(
        1, GatePassDraft("张伟丰", "沙发"), by=who.id, now=now)),
    "void gate pass": (Right.EDIT_RESIDENTS, lambda who, now: gate_passes.void_gate_pass(
        1, by=who.id, now=now)),
    "give key": (Right.EDIT_RESIDENTS, lambda who, now: unit_keys.give_key(
        1, KeyDraft(KeyKind.DOOR_CARD, 1, "张伟丰"), by=who.id, now=now)),
    "end key": (Right.EDIT_RESIDENTS, lambda who, now: unit_keys.end_key(
        1, KeyOutcome.LOST, version=1, by=who.id, now=now)),
    "note move print": (Right.TAKE_TICKETS, lambda who, now: note_move_print(
        1, by=who.id, now=now)),
    "note gate pass print": (Right.TAKE_TICKETS, lambda who, now: note_gate_pass_print(
        1, by=who.id, now=now)),
    "write notice": (Right.WRITE_NOTICES, lambda who, now: notices.write_notice(
        NoticeDraft(NoticeKind.OTHER, "通知", "正文"), by=who.id, now=now)),
    "void notice": (Right.WRITE_NOTICES, lambda who, now: notices.void_notice(
        1, by=who.id, now=now)),
    "print registry": (Right.REPORT, lambda who, now: print_registry(
        now.date(), now.date(), Path("absent") / "r.pdf", by=who, now=now)),
    "export registry": (Right.REPORT, lambda who, now: export_registry(
        now.date(), now.date(), Path("absent") / "r.csv", by=who.id)),
    "print day list": (Right.REPORT, lambda who, now: print_day_list(
        Path("absent") / "d.pdf", by=who, now=now)),
    "print house board": (Right.REPORT, lambda who, now: print_house_board(
        WantedBoard(), Path("absent") / "b.pdf", by=who, now=now)),
    "print registration": (Right.TAKE_TICKETS, lambda who, now: print_registrations(
        (), Path("absent") / "f.pdf", by=who, now=now)),
    "print house file": (Right.TAKE_TICKETS, lambda who, now: print_house_file(
        1, Path("absent") / "h.pdf", by=who, now=now)),
    "print house file in full": (Right.REVEAL, lambda who, now: print_house_file(
        1, Path("absent") / "h.pdf", by=who, now=now, plain=True, purpose="法院调取")),
    "note house paper": (Right.TAKE_TICKETS, lambda who, now: note_house_paper(
        (1,), HousePaper.HOUSE_FILE, by=who.id, now=now)),
    "print hand-over": (Right.REPORT, lambda who, now: print_hand_over(
        Path("absent") / "h.pdf", by=who, now=now)),
    "report": (Right.REPORT, lambda who, now: write_complaint_report(
        Month.of(now), Path("absent") / "report.json", by=who, now=now)),
    "report inspections": (Right.REPORT, lambda who, now: write_inspection_report(
        Month.of(now), Path("absent") / "report.json", by=who, now=now)),
    "export tickets": (Right.REPORT, lambda who, now: export_tickets(
        Path("absent") / "t.csv", ExportOrder(""), by=who.id, now=now)),
    "export residents": (Right.REPORT, lambda who, now: export_residents(
        Path("absent") / "r.csv", ExportOrder(""), by=who.id, now=now)),
    "export tickets in full": (Right.EXPORT_PLAIN, lambda who, now: export_tickets(
        Path("absent") / "t.csv", IN_FULL, by=who.id, now=now)),
    "export residents in full": (Right.EXPORT_PLAIN, lambda who, now: export_residents(
        Path("absent") / "r.csv", IN_FULL, by=who.id, now=now)),
    "give consent": (Right.EDIT_RESIDENTS, lambda who, now: give_consent(
        1, CONSENT, by=who.id, now=now)),
    "withdraw consent": (Right.EDIT_RESIDENTS, lambda who, now: withdraw_consent(
        1, on=now.date(), by=who.id, now=now)),
    "set details": (Right.EDIT_RESIDENTS, lambda who, now: set_details(
        1, {"occupation": ""}, by=who.id, now=now)),
    "reveal phones": (Right.REVEAL, lambda who, now: revealing.reveal_phones(
        1, by=who.id, now=now)),
    "reveal house": (Right.REVEAL, lambda who, now: revealing.reveal_house(
        1, by=who.id, now=now)),
    "reveal reporter": (Right.REVEAL, lambda who, now: revealing.reveal_reporter(
        1, by=who.id, now=now)),
    "reveal detail": (Right.REVEAL, lambda who, now: revealing.reveal_detail(
        1, "occupation", by=who.id, now=now)),
    "export list": (Right.REPORT, lambda who, now: export_list(
        Path("absent") / "l.csv", "", (), (), by=who.id)),
    "print list": (Right.REPORT, lambda who, now: print_list(
        SeenList("", "", ()), (), Path("absent") / "l.pdf", by=who, now=now)),
    "add staff": (Right.MANAGE_OFFICE, lambda who, now: staff.add_staff("新人", by=who.id)),
    "change staff": (Right.MANAGE_OFFICE, lambda who, now: staff.change_staff(who, by=who.id)),
    "calendar": (Right.MANAGE_OFFICE, lambda who, now: import_calendar(FILE, by=who.id)),
    "calendar day": (Right.MANAGE_OFFICE, lambda who, now: save_day(
        date(2026, 3, 2), DayKind.HOLIDAY, by=who.id)),
    "limits": (Right.MANAGE_OFFICE, lambda who, now: save_rules((), by=who.id)),
    "add price": (Right.MANAGE_OFFICE, lambda who, now: prices.add_price(
        PRICE, by=who.id, now=now)),
    "change price": (Right.MANAGE_OFFICE, lambda who, now: prices.change_price(
        1, PRICE, version=1, by=who.id, now=now)),
    "import prices": (Right.MANAGE_OFFICE, lambda who, now: prices.import_prices(
        FILE, by=who.id, now=now)),
    "agree price": (Right.DISPATCH, lambda who, now: charges.agree_price(
        1, Agreement(3000, "张三", AgreedBy.PHONE), by=who.id, now=now)),
    "charge": (Right.TAKE_TICKETS, lambda who, now: charges.charge_ticket(
        1, (), by=who.id, now=now)),
    "stage files": (Right.ATTACH, lambda who, now: attachments.stage_files(
        OFFICE, (), by=who.id)),
    "attach": (Right.ATTACH, lambda who, now: attachments.attach_files(
        OFFICE, 1, (), by=who.id, now=now)),
    "change attachment": (Right.ATTACH, lambda who, now: attachments.change_attachment(
        1, by=who.id, now=now, caption="", on_paper=False)),
    "remove attachment": (Right.ATTACH, lambda who, now: attachments.remove_attachment(
        1, by=who.id, now=now)),
    "export attachments": (Right.ATTACH, lambda who, now: attachments.export_attachments(
        OFFICE, 1, Path("absent"), by=who.id)),
    "add documents": (Right.EDIT_RESIDENTS, lambda who, now: documents.add_documents(
        OFFICE, 1, (), DocumentDraft(DocumentTopic.LEASE), by=who.id, now=now)),
    "change document": (Right.EDIT_RESIDENTS, lambda who, now: documents.change_document(
        1, DocumentDraft(DocumentTopic.LEASE), by=who.id)),
    "remove document": (Right.EDIT_RESIDENTS, lambda who, now: documents.remove_document(
        1, by=who.id, now=now)),
    "export documents": (Right.EXPORT_PLAIN, lambda who, now: documents.export_documents(
        OFFICE, 1, Path("absent"), by=who.id, now=now, purpose="索取")),
    "write letter": (Right.CLOSE, lambda who, now: write_letter(
        1, LETTER, by=who.id, now=now)),
    "report problem": (Right.DISPATCH, lambda who, now: report_problem(
        1, department_id=1, text="外墙掉砖", by=who.id, now=now)),
    "save phrase": (Right.MANAGE_OFFICE, lambda who, now: phrases.save_phrase(
        PhraseDraft(Step.THANK, "谢谢"), by=who.id)),
    "hide phrase": (Right.MANAGE_OFFICE, lambda who, now: phrases.hide_phrase(
        "thank.patience", by=who.id)),
    "reset phrase": (Right.MANAGE_OFFICE, lambda who, now: phrases.reset_phrase(
        "thank.patience", by=who.id)),
    "read person data": (Right.REVEAL, lambda who, now: person_data.read_person_data(
        99, by=who.id, now=now)),
    "note person data": (Right.REVEAL, lambda who, now: person_data.note_person_data(
        99, AccessAct.PRINTED, by=who.id, now=now)),
    "print person data": (Right.REVEAL, lambda who, now: (
        print_person_data(Path("p.pdf"), 99, by=who, now=now))),
    "print erasure": (Right.ERASE, lambda who, now: print_erasure(
        OFFICE, Path("p.pdf"), 99, by=who, now=now)),
    "erase person": (Right.ERASE, lambda who, now: erasures.erase_person(
        OFFICE, 1, "期满", by=who.id, now=now)),
    "seal person": (Right.ERASE, lambda who, now: erasures.seal_person(
        1, "未满三年", by=who.id, now=now)),
    "unseal person": (Right.ERASE, lambda who, now: erasures.unseal_person(
        1, "法院调取", by=who.id, now=now)),
    "receive request": (Right.TAKE_TICKETS, lambda who, now: data_requests.receive_request(
        1, RequestKind.COPY, by=who.id, now=now)),
    "answer request": (Right.EDIT_RESIDENTS, lambda who, now: data_requests.answer_request(
        1, RequestResult.DONE, by=who.id, now=now)),
    "write survey": (Right.WRITE_NOTICES, lambda who, now: surveys.write_survey(
        SURVEY, by=who.id, now=now)),
    "change survey": (Right.WRITE_NOTICES, lambda who, now: surveys.change_survey(
        1, SURVEY, version=1, by=who.id)),
    "take in sheet": (Right.TAKE_TICKETS, lambda who, now: surveys.add_sheet(
        1, (5,), by=who.id, now=now)),
    "change sheet": (Right.TAKE_TICKETS, lambda who, now: surveys.change_sheet(
        1, (5,), by=who.id)),
    "close survey": (Right.WRITE_NOTICES, lambda who, now: surveys.close_survey(
        1, by=who.id, now=now)),
    "reopen survey": (Right.WRITE_NOTICES, lambda who, now: surveys.reopen_survey(
        1, by=who.id)),
    "write meeting": (Right.WRITE_NOTICES, lambda who, now: meetings.write_meeting(
        MEETING, by=who.id, now=now)),
    "change meeting": (Right.WRITE_NOTICES, lambda who, now: meetings.change_meeting(
        1, MEETING, version=1, by=who.id)),
    "void meeting": (Right.WRITE_NOTICES, lambda who, now: meetings.void_meeting(
        1, by=who.id, now=now)),
    "finish decision": (Right.WRITE_NOTICES, lambda who, now: meetings.finish_action(
        1, "已装", on=now.date(), by=who.id, now=now)),
    "save segment": (Right.MANAGE_OFFICE, lambda who, now: segments.save_segment(
        SegmentDraft("急性子", "先给时间"), by=who.id)),
    "hide segment": (Right.MANAGE_OFFICE, lambda who, now: segments.hide_segment(
        "picky", by=who.id)),
    "reset segment": (Right.MANAGE_OFFICE, lambda who, now: segments.reset_segment(
        "picky", by=who.id)),
    "put into segment": (Right.EDIT_RESIDENTS, lambda who, now: segments.put_into_segment(
        1, "picky", by=who.id)),
    "preview run": (Right.CHARGE, lambda who, now: bill_runs.preview_run(
        NOVEMBER, by=who.id, now=now)),
    "post run": (Right.CHARGE, lambda who, now: bill_runs.post_run(
        NOVEMBER, by=who.id, now=now)),
    "undo run": (Right.CHARGE, lambda who, now: bill_runs.undo_run(
        1, "有误", by=who.id, now=now)),
    "add bill": (Right.CHARGE, lambda who, now: bills.add_bill(
        1, "card", BillDraft(100, "补卡"), by=who.id, now=now)),
    "void bill": (Right.CHARGE, lambda who, now: bills.void_bill(
        1, "有误", by=who.id, now=now)),
    "change case": (Right.DUN, lambda who, now: arrears.change_case(
        1, CaseDraft(), version=0, by=who.id, now=now)),
    "change cases": (Right.DUN, lambda who, now: arrears.change_cases(
        (1,), CaseWish(), by=who.id, now=now)),
    "note arrears": (Right.DUN, lambda who, now: arrears.note_arrears(
        1, "备注", by=who.id, now=now)),
    "record plan": (Right.DUN, lambda who, now: payment_plans.record_plan(
        1, PlanDraft((), 0), by=who.id, now=now)),
    "add plan files": (Right.DUN, lambda who, now: payment_plans.add_plan_files(
        OFFICE, 1, [], by=who.id, now=now)),
    "end plan": (Right.DUN, lambda who, now: payment_plans.end_plan(
        1, Outcome.WITHDRAWN, "撤回", version=1, by=who.id, now=now)),
    "charge late fees": (Right.CHARGE, lambda who, now: late_fees.charge_late_fees(
        1, by=who.id, now=now)),
    "waive": (Right.WAIVE, lambda who, now: waivers.waive_bill(
        1, None, "困难", by=who.id, now=now)),
    "take waiver back": (Right.WAIVE, lambda who, now: waivers.take_back_waiver(
        1, "误", by=who.id, now=now)),
    "note fee print": (Right.SEE_FEES, lambda who, now: note_fee_print(
        OwedList.AGEING, by=who.id, now=now)),
    "print ageing": (Right.SEE_FEES, lambda who, now: printing_arrears.print_ageing(
        FILE, by=who, now=now)),
    "print limitation": (Right.SEE_FEES, lambda who, now: printing_arrears.print_limitation(
        FILE, by=who, now=now)),
    "print collection": (Right.SEE_FEES, lambda who, now: printing_arrears.print_collection(
        date(2026, 1, 1), date(2026, 12, 31), FILE, by=who, now=now)),
    "print agreement": (Right.DUN, lambda who, now: printing_arrears.print_agreement(
        1, FILE, by=who, now=now)),
    "bill ticket": (Right.CHARGE, lambda who, now: bills.bill_ticket(
        1, by=who.id, now=now)),
    "enter shared cost": (Right.CHARGE, lambda who, now: shared_costs.enter_shared_cost(
        "share", SharedCostDraft(NOVEMBER.from_on, NOVEMBER.until_on, 100), by=who.id, now=now)),
    "void shared cost": (Right.CHARGE, lambda who, now: shared_costs.void_shared_cost(
        1, by=who.id, now=now)),
    "import bills": (Right.IMPORT, lambda who, now: import_file(
        ImportKind.BILLS, Path("欠费.xlsx"), by=who.id, now=now)),
    "settings": (Right.MANAGE_OFFICE, lambda who, now: settings.save_settings(
        OfficeSettings(), by=who.id)),
    "add-fee-item": (Right.SET_PRICES, lambda who, now: fee_items.add_item(
        ItemDraft("rights", "权限", Formula.AREA), by=who.id)),
    "change-fee-item": (Right.SET_PRICES, lambda who, now: fee_items.change_item(
        1, ItemDraft("rights", "权限", Formula.AREA), version=1, by=who.id)),
    "propose-fee-items": (Right.SET_PRICES, lambda who, now: fee_items.propose_items(
        by=who.id, now=now)),
    "add-fee-basis": (Right.SET_PRICES, lambda who, now: fee_bases.add_basis(
        BasisDraft(BasisKind.CONTRACT, "合同"), by=who.id)),
    "change-fee-basis": (Right.SET_PRICES, lambda who, now: fee_bases.change_basis(
        1, BasisDraft(BasisKind.CONTRACT, "合同"), version=1, by=who.id)),
    "add-fee-basis-files": (Right.SET_PRICES, lambda who, now: fee_bases.add_basis_files(
        OFFICE, 1, (), by=who.id, now=now)),
    "remove-fee-basis-file": (Right.SET_PRICES, lambda who, now: fee_bases.remove_basis_file(
        1, by=who.id, now=now)),
    "add-tariff": (Right.SET_PRICES, lambda who, now: tariffs.add_tariff(
        TariffDraft(1, 18_000, date(2026, 1, 1)), by=who.id, now=now)),
    "end-tariff": (Right.SET_PRICES, lambda who, now: tariffs.end_tariff(
        1, date(2026, 12, 31), by=who.id)),
    "void-tariff": (Right.SET_PRICES, lambda who, now: tariffs.void_tariff(
        1, "录错", by=who.id, now=now)),
    "import-tariffs": (Right.SET_PRICES, lambda who, now: import_file(
        ImportKind.TARIFFS, FILE, by=who.id, now=now)),
    "charge-unit-fee": (Right.CHARGE, lambda who, now: unit_fees.add_unit_fee(
        1, UnitFeeDraft(1, UnitFeeKind.CHARGED, date(2026, 1, 1)), by=who.id, now=now)),
    "exempt-unit-fee": (Right.SET_PRICES, lambda who, now: unit_fees.add_unit_fee(
        1, UnitFeeDraft(1, UnitFeeKind.EXEMPT, date(2026, 1, 1)), by=who.id, now=now)),
    "end-unit-fee": (Right.CHARGE, lambda who, now: unit_fees.end_unit_fee(
        1, date(2026, 1, 1), by=who.id)),
    "void-unit-fee": (Right.CHARGE, lambda who, now: unit_fees.void_unit_fee(
        1, by=who.id, now=now)),
    "set-fee-rule": (Right.MANAGE_OFFICE, lambda who, now: fee_rules.set_rule(
        "reasonable-days", "20", by=who.id, now=now)),
    "reset-fee-rule": (Right.MANAGE_OFFICE, lambda who, now: fee_rules.reset_rule(
        "reasonable-days", by=who.id, now=now)),
    "set-fee-place": (Right.MANAGE_OFFICE, lambda who, now: fee_rules.set_place("", by=who.id)),
    "take payment": (Right.TAKE_MONEY, lambda who, now: till.take_payment(
        PaymentDraft(1), by=who.id, now=now)),
    "void receipt": (Right.TAKE_MONEY, lambda who, now: till.void_payment(
        1, "收错", version=1, by=who.id, now=now)),
    "refund": (Right.TAKE_MONEY, lambda who, now: till.refund_payment(
        1, RefundDraft("多收"), by=who.id, now=now)),
    "count receipt print": (Right.SEE_FEES, lambda who, now: till.note_print(1, by=who.id)),
    "note invoice": (Right.TAKE_MONEY, lambda who, now: till.note_invoice(
        1, "12345678", now.date(), InvoiceState.ISSUED, by=who.id, now=now)),
    "use prepaid": (Right.TAKE_MONEY, lambda who, now: prepaid.use_prepaid(
        1, by=who.id, now=now)),
    "undo prepaid use": (Right.TAKE_MONEY, lambda who, now: prepaid.undo_prepaid_use(
        1, (), "改错", by=who.id, now=now)),
    "refund prepaid": (Right.TAKE_MONEY, lambda who, now: prepaid.refund_prepaid(
        1, 100, RefundDraft("搬走"), payee="张先生", by=who.id, now=now)),
    "return deposit of the till": (Right.TAKE_MONEY, lambda who, now: deposits.return_deposit(
        1, DepositReturn(100), version=1, by=who.id, now=now)),
    "change deposit": (Right.TAKE_MONEY, lambda who, now: deposits.change_deposit(
        1, back_due_on=None, note="", version=1, by=who.id)),
    "close till": (Right.TAKE_MONEY, lambda who, now: till_closes.close_till(
        1, 0, by=who.id, now=now)),
    "import payments": (Right.TAKE_MONEY, lambda who, now: import_file(
        ImportKind.PAYMENTS, Path("absent.csv"), by=who.id, now=now)),
    "import readings": (Right.IMPORT, lambda who, now: import_file(
        ImportKind.READINGS, FILE, by=who.id, now=now)),
    "put in a meter": (Right.CHARGE, lambda who, now: meters.add_meter(
        MeterDraft(MeterKind.WATER, date(2026, 1, 1)), unit_id=1, by=who.id, now=now)),
    "change a meter": (Right.CHARGE, lambda who, now: meters.change_meter(
        1, MeterDraft(MeterKind.WATER, date(2026, 1, 1)), version=1, by=who.id, now=now)),
    "exchange a meter": (Right.CHARGE, lambda who, now: meters.exchange_meter(
        1, MeterDraft(MeterKind.WATER, date(2026, 1, 1)), last_milli=0, version=1, by=who.id,
        now=now)),
    "take out a meter": (Right.CHARGE, lambda who, now: meters.remove_meter(
        1, last_milli=0, on_day=date(2026, 1, 2), version=1, by=who.id, now=now)),
    "enter readings": (Right.CHARGE, lambda who, now: meter_readings.enter_readings(
        [], by=who.id, now=now)),
    "void a reading": (Right.CHARGE, lambda who, now: meter_readings.void_reading(
        1, reason="抄错", by=who.id, now=now)),
    "remove a photo of a reading": (
        Right.CHARGE, lambda who, now: meter_readings.remove_reading_photo(
            1, by=who.id, now=now)),
    "note an act of urging": (Right.DUN, lambda who, now: dunning_acts.note_act(
        1, ActDraft(Stage.REMINDER, Way.MAILBOX, Result.LEFT, datetime(2026, 11, 20, 9)),
        by=who.id, now=now)),
    "void an act of urging": (Right.DUN, lambda who, now: dunning_acts.void_act(
        1, "录错", by=who.id, now=now)),
    "prove an act of urging": (Right.DUN, lambda who, now: dunning_acts.add_proof(
        OFFICE, 1, [], by=who.id, now=now)),
    "delivery register": (Right.DUN, lambda who, now: print_delivery_register(
        date(2026, 11, 1), date(2026, 11, 2), Path("delivered.pdf"), by=who, now=now)),
    "record of a visit": (Right.DUN, lambda who, now: print_visit_record(
        [], Path("visit.pdf"), by=who, now=now)),
    "note the record of a visit": (Right.DUN, lambda who, now: note_visit_print(
        [], by=who.id, now=now)),
    "make proofs of an act ready": (Right.DUN, lambda who, now: dunning_acts.stage_proofs(
        OFFICE, (), by=who.id)),
    "note a round of letters": (Right.DUN, lambda who, now: delivery_rounds.note_round(
        OFFICE, (), by=who.id, now=now)),
    "note a suspension": (Right.DUN, lambda who, now: suspensions.note_suspension(
        1, SuspensionDraft(Obstacle.OTHER, now.date(), None, "x"), by=who.id, now=now)),
    "end a suspension": (Right.DUN, lambda who, now: suspensions.end_suspension(
        1, now.date(), by=who.id, now=now)),
    "void a suspension": (Right.DUN, lambda who, now: suspensions.void_suspension(
        1, "错", by=who.id, now=now)),
    "evidence pack": (Right.EXPORT_PLAIN, lambda who, now: export_evidence(
        OFFICE, 1, Path("evidence"), EvidenceOrder(ExportOrder("起诉", receiver="律师")),
        by=who.id, now=now)),
    "publish fees": (Right.APPROVE_LETTERS, lambda who, now: publications.write_publication(
        OFFICE, PublicationDraft(PublicationKind.ACCOUNTS, date(2026, 1, 1), date(2026, 3, 31)),
        by=who.id, now=now)),
    "post a publication": (Right.DUN, lambda who, now: publications.post_publication(
        "GS-2026-001", date(2026, 11, 1), "公告栏", by=who.id, now=now)),
    "take a publication down": (
        Right.DUN, lambda who, now: publications.take_publication_down(
            "GS-2026-001", date(2026, 11, 1), by=who.id, now=now)),
    "photo of a publication": (Right.DUN, lambda who, now: publications.add_publication_photos(
        OFFICE, "GS-2026-001", [], by=who.id, now=now)),
    "void a publication": (
        Right.APPROVE_LETTERS, lambda who, now: publications.void_publication(
            "GS-2026-001", by=who.id, now=now)),
    "print a publication": (Right.SEE_FEES, lambda who, now: publications.print_publication(
        OFFICE, "GS-2026-001", Path("published.pdf"), by=who.id)),
    "write a previewed run": (Right.CHARGE, lambda who, now: export_run_preview(
        RunPreview(NOVEMBER, (), 0, (), (), (), (), (), 0), Path("run.xlsx"), by=who.id)),
    "print a bill": (Right.SEE_FEES, lambda who, now: print_bill(
        1, Path("bill.pdf"), by=who, now=now)),
    "list of meters to fill in": (Right.SEE_FEES, lambda who, now: export_reading_list(
        None, Path("readings.xlsx"), by=who.id, now=now)),
}  # fmt: skip


@pytest.fixture
def of_role(world, tmp_path, monkeypatch):
    """One staff member of each role; what a command writes goes into the test's own folder."""
    monkeypatch.chdir(tmp_path)
    desk = world.desk
    others = {role: staff.add_staff(role.value, by=desk.id, role=role) for role in Role}
    return {**others, Role.FRONT_DESK: desk}


def refusal_of(act, who, now) -> str:
    """The code with which a command is refused, '' where it is done."""
    try:
        act(who, now)
    except RuleError as refusal:
        return refusal.code
    return ""


@pytest.mark.parametrize("command", COMMANDS)
def test_a_role_without_the_right_is_refused_and_nothing_is_written(world, of_role, command):
    """In one office: those who may not first, as they leave it as it was."""
    tickets.register_ticket(DRAFT, by=world.desk.id, now=world.now)
    right, act = COMMANDS[command]
    before = rows("SELECT count(*), max(sequence) FROM ticket_event")
    for role in Role:
        if right not in RIGHTS[role]:
            assert refusal_of(act, of_role[role], world.now) == "not-allowed", role
    assert rows("SELECT count(*), max(sequence) FROM ticket_event") == before
    for role in Role:
        if right in RIGHTS[role]:
            assert refusal_of(act, of_role[role], world.now) != "not-allowed", role


def test_who_has_left_may_do_nothing(world, of_role):
    gone = staff.change_staff(replace(of_role[Role.MANAGER], active=False), by=world.desk.id)
    for command, (_right, act) in COMMANDS.items():
        if command in ("report", "report inspections"):
            continue
        assert refusal_of(act, gone, world.now) == "staff-unknown"
