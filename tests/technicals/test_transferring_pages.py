"""What staff do with entries in the administration: withdrawals, absences, credits, transfers."""

import re

import pytest
from django.urls import reverse

from core.history import history_of
from entries_portal.front_page import figures_of_withdrawals
from technicals.enums import EntryState, FeeReason, WithdrawalReason
from technicals.models import FeeLine, Registration, Transfer
from technicals.services.withdrawing import withdraw_registration
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, TechnicalsApprovalFactory, UnitEntryFactory
from tests.reports.pages import count_queries, words_of
from tests.technicals.admin_pages import list_of
from tests.technicals.submissions import charge

pytestmark = pytest.mark.django_db

WITHDRAWALS = "/admin/technicals/registration/withdrawals/"
WITHDRAWALS_QUERIES = 6


@pytest.fixture
def desk(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def pending(centre, officer, now):
    """Makes a registration whose withdrawal is pending, with what it cost."""

    def make(reason=WithdrawalReason.MISTAKE, **fields):
        registration = RegistrationFactory(centre=centre, **fields)
        charge(registration, 5000)
        return withdraw_registration(registration=registration, reason=reason, by=officer, at=now)

    return make


def states():
    return list(Registration.objects.order_by("pk").values_list("state", flat=True))


def test_the_page_of_withdrawals_says_who_why_and_whether_the_fee_can_be_credited(desk, pending):
    registration = pending()

    words = words_of(desk.get(WITHDRAWALS))

    assert str(registration.candidate) in words
    assert "Entered by mistake 0: its fee can be credited Registration: £50.00" in words


def test_several_are_processed_at_once_with_the_credit(desk, pending):
    ticked = [pending().pk, pending().pk]
    pending()

    page = desk.post(WITHDRAWALS, {"one": ticked, "is_credited": "on", "act": "process"}, follow=True)

    assert "2 entries processed." in words_of(page)
    assert states() == ["withdrawn", "withdrawn", "withdrawing"]
    assert FeeLine.objects.filter(reason=FeeReason.CORRECTION).count() == 2


def test_one_that_cannot_be_credited_is_told_and_stays_ticked(desk, pending):
    right, wrong = pending(), pending(WithdrawalReason.LEFT)

    page = desk.post(WITHDRAWALS, {"one": [right.pk, wrong.pk], "is_credited": "on", "act": "process"})

    words = words_of(page)
    assert "1 entry processed." in words
    assert "The centre does not say that this registration was a mistake" in words
    assert re.findall(r'value="(\d+)"[^>]*checked', page.text) == [str(wrong.pk)]
    assert states() == ["withdrawn", "withdrawing"]


def test_they_are_refused_with_a_reason_only(desk, pending):
    one = {"one": [pending().pk], "act": "refuse"}

    told = words_of(desk.post(WITHDRAWALS, one))
    desk.post(WITHDRAWALS, one | {"note": "Units are claimed."})

    assert "Type why the withdrawal is refused: the centre reads it." in told
    assert states() == ["live"]


def test_without_a_tick_nothing_is_processed(desk, pending):
    pending()

    assert "Tick at least one withdrawal." in words_of(desk.post(WITHDRAWALS, {"act": "process"}))
    assert states() == ["withdrawing"]


def test_the_action_of_the_list_leads_to_those_that_are_pending(desk, pending, centre):
    registration, other = pending(), RegistrationFactory(centre=centre)
    chosen = {"action": "look_at_withdrawals", "_selected_action": [registration.pk, other.pk]}

    led = desk.post(list_of("registration"), chosen)
    none = desk.post(list_of("registration"), chosen | {"_selected_action": [other.pk]}, follow=True)

    assert led.url == f"{WITHDRAWALS}?one={registration.pk}"
    assert "No withdrawal of these registrations is pending." in words_of(none)


def test_the_front_page_counts_them_and_leads_to_them(desk, pending):
    pending(), pending()

    assert [(each.count, each.url) for each in figures_of_withdrawals()] == [(2, WITHDRAWALS)]
    assert "Withdrawals of registrations" in words_of(desk.get("/admin/"))


def test_nothing_is_processed_where_no_button_says_so(desk, pending):
    registration = pending()

    page = desk.post(WITHDRAWALS, {"one": [registration.pk], "act": "proc\x00ess"})

    assert "Press Process or Refuse." in words_of(page)
    assert states() == [EntryState.WITHDRAWING]


@pytest.mark.parametrize("typed", ["search", "number"])
def test_the_search_for_a_candidate_finds_nobody_by_what_nobody_can_see(desk, typed):
    page = desk.get("/admin/technicals/transfer/choose/", {typed: "\x00\u202e", "page": "x"})

    assert page.status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_withdrawals(desk, pending):
    pending()
    desk.get(WITHDRAWALS)
    with_one = count_queries(desk, WITHDRAWALS)
    pending(), pending()

    assert (with_one, count_queries(desk, WITHDRAWALS)) == (WITHDRAWALS_QUERIES, WITHDRAWALS_QUERIES)


def test_absent_01_staff_mark_as_absent_what_stands(desk, centre):
    live, withdrawn = UnitEntryFactory(centre=centre), UnitEntryFactory(centre=centre, state=EntryState.WITHDRAWN)
    chosen = {"action": "mark_them_absent", "_selected_action": [live.pk, withdrawn.pk]}

    words = words_of(desk.post(list_of("unitentry"), chosen, follow=True))

    assert "1 entry marked as absent." in words
    assert "The unit entry is at “withdrawn”, so nobody is marked absent." in words
    live.refresh_from_db()
    assert live.state == EntryState.ABSENT


def test_absent_02_an_absence_is_taken_back_unless_the_unit_is_entered_again(desk, centre):
    absent, twice = (UnitEntryFactory(centre=centre, state=EntryState.ABSENT) for _ in range(2))
    UnitEntryFactory(centre=centre, candidate=twice.candidate)
    live = UnitEntryFactory(centre=centre)
    chosen = {"action": "take_absences_back", "_selected_action": [absent.pk, twice.pk, live.pk]}

    words = words_of(desk.post(list_of("unitentry"), chosen, follow=True))

    assert "1 entry entered again." in words
    assert "The candidate is entered for this unit and series again." in words
    assert "The unit entry is at “entered”, not at “absent”." in words
    absent.refresh_from_db()
    assert absent.state == EntryState.LIVE


@pytest.fixture
def line(centre):
    return charge(RegistrationFactory(centre=centre), 5000, order_number="PO 17")


def credit_page(line):
    return reverse("admin:technicals_feeline_credit", args=[line.pk])


def test_credit_01_a_charge_is_credited_once_by_decision(desk, line):
    desk.post(credit_page(line), {"note": "Goodwill"})
    again = words_of(desk.post(credit_page(line), {"note": "Goodwill"}))

    credit = FeeLine.objects.get(credits=line)
    assert (credit.amount, credit.reason, credit.order_number) == (-5000, FeeReason.DECISION, "PO 17")
    assert history_of(line)[0].changes == {"credited": [None, "decision"], "note": [None, "Goodwill"]}
    assert "This charge is credited already." in again


def test_credit_02_a_credit_is_not_credited(desk, line):
    credit = charge(line.registration, -5000, credits=line, reason=FeeReason.REFUND)

    assert "This line is a credit" in words_of(desk.post(credit_page(credit), {"note": "Goodwill"}))


def test_credit_03_a_decision_has_a_reason(desk, line):
    assert "Type why the charge is credited" in words_of(desk.post(credit_page(line), {"note": ""}))
    assert "Use at most 300." in words_of(desk.post(credit_page(line), {"note": "x" * 301}))
    assert FeeLine.objects.count() == 1


def test_the_action_on_fee_lines_takes_one_at_a_time(desk, line, centre):
    other = charge(RegistrationFactory(centre=centre), 900)
    chosen = {"action": "credit_it", "_selected_action": [line.pk]}

    one = desk.post(list_of("feeline"), chosen)
    two = desk.post(list_of("feeline"), chosen | {"_selected_action": [line.pk, other.pk]}, follow=True)

    assert one.url == credit_page(line)
    assert "Choose one line" in words_of(two)


@pytest.fixture
def moved(centre, other_centre):
    """A candidate who has something that stands, and another who has not."""
    TechnicalsApprovalFactory(centre=other_centre)
    candidate = CandidateFactory(centre=centre, last_name="Mover", ocr_number="12345678")
    RegistrationFactory(centre=centre, candidate=candidate)
    CandidateFactory(centre=centre, last_name="Movery")
    return candidate


def test_a_candidate_is_found_by_centre_number_name_or_identifier(desk, moved):
    choose = reverse("admin:technicals_transfer_choose")

    def found(**asked):
        return list(desk.get(choose, asked).context["found"])

    searches = [{"number": "61111"}, {"search": "mover"}, {"search": "12345678"}, {"number": "61111", "search": "Mov"}]
    assert [found(**asked) for asked in searches] == [[moved]] * 4
    assert found(number="62222") == found() == []


def test_staff_see_what_is_transferred_and_transfer_it(desk, moved):
    new = reverse("admin:technicals_transfer_new", args=[moved.key])

    shown = words_of(desk.get(new))
    refused = words_of(desk.post(new, {"number": "99999", "note": "Family moved"}))
    done = words_of(desk.post(new, {"number": "62222", "note": "Family moved"}, follow=True))

    assert "05834 OCR Level 3 Cambridge Technical Certificate in Business, Registrations" in shown
    assert "Centre 99999 does not exist. Check the centre number." in refused
    assert "is transferred to 62222 Southfield College. Both centres are told." in done
    assert Transfer.objects.get().note == "Family moved"
