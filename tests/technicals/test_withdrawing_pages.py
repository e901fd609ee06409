"""The pages on which a centre withdraws entries and changes completion dates."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services.sessions import keep_post
from core.refusals import Refused
from technicals.enums import EntryState
from technicals.models import FeeLine
from technicals.rules.completing import (
    completion_is_of_a_live_registration,
    completion_is_within_reach,
    read_completion,
)
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, UnitEntryFactory, exam_series, today
from tests.reports.pages import words_of
from tests.technicals.submissions import charge

DAY = timedelta(days=1)
OVER = {"entry_deadline": today() - 2 * DAY, "late_until": None, "refund_until": today() - DAY}


@pytest.fixture
def candidate(centre):
    return CandidateFactory(centre=centre, first_name="Ann", last_name="Smith")


@pytest.fixture
def registration(centre, candidate):
    return RegistrationFactory(centre=centre, candidate=candidate)


@pytest.fixture
def browser(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def entry_of(centre, candidate):
    """Makes a live unit entry in a series with these days."""
    return lambda **days: UnitEntryFactory(centre=centre, candidate=candidate, series=exam_series(**days))


def address(entry):
    number, slug = getattr(entry, "unit", None) and entry.unit.number, entry.series.slug
    if number:
        return reverse("technicals:unit-withdraw", args=[entry.candidate.key, "05834", number, slug])
    return reverse("technicals:registration-withdraw", args=[entry.candidate.key, "05834"])


def state_of(entry):
    entry.refresh_from_db()
    return entry.state


def test_the_page_says_that_it_is_free_until_when_and_what_is_credited(browser, entry_of):
    entry = entry_of()
    charge(entry, 2500)

    words = words_of(browser.get(address(entry)))

    assert (
        "Withdrawn today, the entry is free. What it cost is credited: Registration £25.00. That is so until" in words
    )
    assert "This can be undone until" in words


def test_confirmed_it_is_withdrawn_and_said_so(browser, entry_of):
    entry = entry_of()
    charge(entry, 2500)

    words = words_of(browser.post(address(entry), {"refund": "yes"}, follow=True))

    assert f"The entry for unit 1 in {entry.series} is withdrawn, and what it cost is credited." in words
    assert state_of(entry) == EntryState.WITHDRAWN
    assert FeeLine.objects.count() == 2


def test_a_second_click_is_no_error_and_credits_nothing_more(browser, entry_of):
    entry = entry_of()
    charge(entry, 2500)
    browser.post(address(entry), {"refund": "yes"})

    response = browser.post(address(entry), {"refund": "yes"}, follow=True)

    assert f"The entry for unit 1 in {entry.series} is at “withdrawn”." in words_of(response)
    assert FeeLine.objects.count() == 2


def test_after_the_last_day_the_page_says_what_each_reason_means_before_the_button(browser, entry_of):
    words = words_of(browser.get(address(entry_of(**OVER))))

    assert "Nothing is credited. The last day for a refund was" in words
    assert "For medical reasons or bereavement the entry is withdrawn" in words
    assert "For any other reason the candidate is marked absent" in words


def test_a_late_withdrawal_without_a_reason_keeps_what_was_typed(browser, entry_of):
    entry = entry_of(**OVER)

    response = browser.post(address(entry), {"refund": "no", "note": "Moved away"})

    assert "Choose why the entry is withdrawn" in words_of(response)
    assert "Moved away</textarea>" in response.text
    assert state_of(entry) == EntryState.LIVE


def test_a_late_withdrawal_says_that_the_candidate_is_absent(browser, entry_of):
    entry = entry_of(**OVER)

    words = words_of(browser.post(address(entry), {"refund": "no", "reason": "left"}, follow=True))

    assert "the candidate is marked absent, and nothing is credited." in words
    assert state_of(entry) == EntryState.ABSENT


def test_a_page_that_promised_a_refund_does_not_withdraw_without_one(browser, entry_of):
    entry = entry_of(**OVER)

    response = browser.post(address(entry), {"refund": "yes", "reason": "left"})

    assert "the last day for a refund is over. Nothing was withdrawn" in words_of(response)
    assert 'name="refund" value="no"' in response.text
    assert state_of(entry) == EntryState.LIVE


def test_when_nothing_can_be_changed_the_page_says_whom_to_tell_and_has_no_button(browser, entry_of):
    entry = entry_of(**OVER, no_change_from=today())

    response = browser.get(address(entry))
    browser.post(address(entry), {"refund": "no", "reason": "left"})

    assert "Quote your centre number, the entry code, the unit and the series." in words_of(response)
    assert "Confirm Withdraw" not in response.text
    assert state_of(entry) == EntryState.LIVE


def test_a_registration_is_withdrawn_undone_and_asked_for_again(browser, registration):
    page = address(registration)
    first = words_of(browser.post(page, {"reason": "mistake", "note": "05835 was meant"}, follow=True))
    again = words_of(browser.post(page, {"reason": "left"}, follow=True))
    undo = reverse("technicals:registration-undo", args=[registration.candidate.key, "05834"])
    undone = words_of(browser.post(undo, follow=True))
    twice = words_of(browser.post(undo, follow=True))

    assert "The withdrawal of 05834 is pending. OCR processes it; until then you can undo it here." in first
    assert "The withdrawal of 05834 is pending." in again
    assert "The withdrawal of 05834 is undone: the registration stands as before." in undone
    assert "No withdrawal is pending" in twice
    assert state_of(registration) == EntryState.LIVE


def test_an_undo_from_a_page_that_is_too_old_is_asked_for_again(officer, registration):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    strict.force_login(officer)
    undo = reverse("technicals:registration-undo", args=[registration.candidate.key, "05834"])

    assert "Press Undo withdrawal again." in words_of(strict.post(undo, follow=True))


def test_a_unit_in_the_way_is_named_with_the_page_on_which_it_is_withdrawn(browser, registration, entry_of):
    entry = entry_of()

    response = browser.get(address(registration))

    assert f'href="{address(entry)}"' in response.text
    assert "Confirm Withdraw" not in response.text


def test_an_entry_that_there_is_not_is_not_found(browser, registration, entry_of):
    entry = entry_of()
    key = registration.candidate.key

    wrong = [
        ("registration-withdraw", [key, "05999"]),
        ("unit-withdraw", [key, "05834", 2, entry.series.slug]),
        ("unit-withdraw", [key, "05834", 1, "january-1999"]),
        ("unit-withdraw", [key, "05999", 1, entry.series.slug]),
    ]

    assert [browser.get(reverse(f"technicals:{name}", args=args)).status_code for name, args in wrong] == [404] * 4


def test_what_was_typed_outlives_a_page_that_is_too_old(officer, registration):
    strict = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    strict.force_login(officer)

    response = strict.post(address(registration), {"reason": "other", "note": "Course closed"})

    assert "Nothing was changed yet: check what is below and press Confirm Withdraw." in words_of(response)
    assert "Course closed</textarea>" in response.text


def test_what_was_typed_outlives_the_end_of_a_session(browser, officer, registration, now):
    keep_post(user=officer, path=address(registration), fields={"note": ["Course closed"]}, at=now)

    assert "Course closed</textarea>" in browser.get(address(registration)).text


@pytest.fixture
def completion(registration):
    return reverse("technicals:registration-completion", args=[registration.candidate.key, "05834"])


def test_the_completion_date_is_changed_with_the_name_of_a_month(browser, registration, completion):
    year = today().year + 1

    words = words_of(browser.post(completion, {"completion_date": f"31 july {year}"}, follow=True))

    assert f"The estimated completion of 05834 is 31 July {year}." in words
    registration.refresh_from_db()
    assert registration.completion_date.isoformat() == f"{year}-07-31"


def test_a_date_that_cannot_be_read_is_kept_and_told(browser, registration, completion):
    response = browser.post(completion, {"completion_date": "next summer"})

    assert "Enter the estimated completion as DD/MM/YYYY" in words_of(response)
    assert 'value="next summer"' in response.text


def test_completion_01_a_day_is_read_and_anything_else_is_not():
    assert read_completion("31/08/2028").isoformat() == "2028-08-31"
    with pytest.raises(Refused) as refused:
        read_completion("31/02/2028")
    assert [(each.code, each.field) for each in refused.value.refusals] == [("COMPLETION-01", "completion_date")]


def test_completion_02_it_lies_in_this_academic_year_or_the_eight_that_begin_with_it():
    at = date(2026, 11, 22)
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2034, 8, 31), date(2034, 9, 1)]
    assert [bool(completion_is_within_reach(day, at)) for day in days] == [True, False, False, True]


def test_completion_03_only_a_registration_that_stands_is_changed():
    assert completion_is_of_a_live_registration(EntryState.WITHDRAWING).code == "COMPLETION-03"
    assert completion_is_of_a_live_registration(EntryState.LIVE) is None
