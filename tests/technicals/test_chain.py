"""The page of a candidate's Cambridge Technicals entries: what followed what, what it cost, and what can be done."""

from datetime import date

import pytest
from django.urls import reverse

from technicals.enums import EntryKind, EntryState, FeeReason, WithdrawalReason
from technicals.services.completing import change_completion
from technicals.services.transferring import transfer
from technicals.services.withdrawing import withdraw_registration, withdraw_unit
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
)
from tests.reports.pages import count_queries, words_of
from tests.technicals.submissions import charge

pytestmark = pytest.mark.django_db

PAGE_QUERIES = 15


@pytest.fixture
def candidate(centre):
    return CandidateFactory(centre=centre)


@pytest.fixture
def page(signed_in, officer, candidate):
    """What the officer reads on the page of a candidate's entries, in words."""
    client = signed_in(officer)
    return lambda of=candidate: words_of(client.get(reverse("technicals:candidate", args=[of.key])))


@pytest.fixture
def chain(centre, candidate):
    """A registration, its top-up, and the moving down from that."""
    mine = {"centre": centre, "candidate": candidate}
    up = QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835")
    down = QualificationFactory(code="05992", entry_kind=EntryKind.MOVING_DOWN, from_code="05835", to_code="05834")
    first = RegistrationFactory(**mine, state=EntryState.TOPPED_UP)
    second = RegistrationFactory(**mine, qualification=up, follows=first, state=EntryState.MOVED_DOWN)
    third = RegistrationFactory(**mine, qualification=down, follows=second, is_declared=True)
    return first, second, third


def test_registrations_stand_in_the_order_in_which_they_follow_each_other(page, chain):
    words = page()

    assert "Business, Level 3, 2016 suite" in words
    told = ["Topped up Followed by 05991.", "Tops up 05834.Followed by 05992.", "Moves down from 05991."]
    places = [words.index(each) for each in told]
    assert places == sorted(places)


def test_the_declaration_of_a_moving_down_is_told_with_its_day(page, chain, now):
    assert f"Your centre declared on {now.day} {now:%B %Y} that the units of the smaller size are achieved." in page()


def test_a_registration_that_follows_none_has_a_chain_of_its_own(page, chain, centre, candidate, signed_in, officer):
    RegistrationFactory(centre=centre, candidate=candidate, qualification__code="05885", qualification__subject="IT")

    response = signed_in(officer).get(reverse("technicals:candidate", args=[candidate.key]))

    assert [len(each.lines) for each in response.context["entries"].chains] == [1, 3]


def test_fees_are_told_line_by_line_with_credits_and_order_numbers(page, centre, candidate):
    entry = RegistrationFactory(centre=centre, candidate=candidate)
    line = charge(entry, 5000, order_number="PO 17")
    charge(entry, -5000, credits=line, reason=FeeReason.DECISION)

    words = page()

    assert "Registration: £50.00, order number PO 17 Credited: £50.00, credited by OCR" in words


def test_the_first_entry_for_a_unit_says_that_it_is_included(page, centre, candidate):
    UnitEntryFactory(centre=centre, candidate=candidate)

    assert "Attempt 1. Included" in page()


def test_what_can_be_done_now_is_offered_and_what_cannot_says_why(page, centre, candidate):
    RegistrationFactory(centre=centre, candidate=candidate)
    entry = UnitEntryFactory(centre=centre, candidate=candidate)

    words = page()

    assert f"The candidate is entered for unit 1 in {entry.series}, and results are not out." in words
    assert f"Withdraw entry for unit 1 in {entry.series} Free until" in words


def test_a_pending_withdrawal_can_be_undone_on_the_page(page, centre, candidate, officer, now):
    registration = RegistrationFactory(centre=centre, candidate=candidate)
    withdraw_registration(registration=registration, reason=WithdrawalReason.LEFT, by=officer, at=now)

    words = page()

    assert "Withdrawal pending Withdrawal asked for on" in words
    assert "Undo withdrawal of 05834" in words


def test_the_history_names_who_did_what(page, centre, candidate, officer, now):
    registration = RegistrationFactory(centre=centre, candidate=candidate, completion_date=date(2028, 8, 31))
    year = now.year + 2
    change_completion(registration=registration, typed=f"31 July {year}", by=officer, at=now)
    entry = UnitEntryFactory(centre=centre, candidate=candidate)
    withdraw_unit(entry=entry, reason="left", note="Moved away", by=officer, at=now)

    words = page()

    changed = f"05834: estimated completion changed by Olivia Marsh: 31 August 2028 became 31 July {year}"
    assert changed in words
    assert f"Unit 1 in {entry.series}: withdrawn by Olivia Marsh. Note: Moved away" in words


def test_both_centres_see_where_the_candidate_came_from_or_went(
    page, candidate, centre, other_centre, signed_in, officer_elsewhere, staff, now
):
    TechnicalsApprovalFactory(centre=other_centre)
    RegistrationFactory(centre=centre, candidate=candidate)
    UnitEntryFactory(centre=centre, candidate=candidate)
    made = transfer(candidate=candidate, number=other_centre.number, note="secret", by=staff, at=now)

    there = words_of(signed_in(officer_elsewhere).get(reverse("technicals:candidate", args=[made.target.key])))

    assert "Transferred from Northgate School (61111) on" in there
    here = page()
    assert here.count("Transferred to Southfield College (62222).") == 2
    assert "Withdraw registration" not in here
    assert "secret" not in here + there


def test_a_read_only_member_sees_everything_and_changes_nothing(signed_in, colleague, centre, candidate):
    RegistrationFactory(centre=centre, candidate=candidate)

    text = signed_in(colleague).get(reverse("technicals:candidate", args=[candidate.key])).text

    assert "05834 Certificate" in text
    assert reverse("technicals:registration-withdraw", args=[candidate.key, "05834"]) not in text
    assert reverse("technicals:registration-completion", args=[candidate.key, "05834"]) not in text


def test_a_candidate_without_entries_is_said_to_have_none(page):
    assert "Nothing is entered for this candidate yet." in page()


def test_a_record_that_was_merged_leads_to_the_one_that_counts(signed_in, officer, candidate, centre):
    gone = CandidateFactory(centre=centre, merged_into=candidate)

    response = signed_in(officer).get(reverse("technicals:candidate", args=[gone.key]))

    assert response.url == reverse("technicals:candidate", args=[candidate.key])


def test_the_page_of_the_record_leads_to_the_page_of_its_entries(signed_in, officer, candidate, centre):
    RegistrationFactory(centre=centre, candidate=candidate)

    text = signed_in(officer).get(reverse("candidates:candidate", args=[candidate.key])).text

    assert f'href="{reverse("technicals:candidate", args=[candidate.key])}"' in text


def test_the_number_of_queries_does_not_grow_with_the_entries(signed_in, officer, centre, candidate):
    client, page = signed_in(officer), reverse("technicals:candidate", args=[candidate.key])

    def add(code, unit):
        before = RegistrationFactory(centre=centre, candidate=candidate, qualification__code=code)
        after = RegistrationFactory(
            centre=centre, candidate=candidate, qualification__code=f"1{code[1:]}", follows=before
        )
        charge(after, 5000)
        charge(UnitEntryFactory(centre=centre, candidate=candidate, unit__number=unit), 2500)

    add("05834", 1)
    client.get(page)  # what is kept between requests
    with_one = count_queries(client, page)
    add("05835", 2)
    add("05836", 3)

    assert (with_one, count_queries(client, page)) == (PAGE_QUERIES, PAGE_QUERIES)
