"""What is particular to the form of each kind."""

import pytest

from requests_forms.enums import Kind, Status
from requests_forms.models import Request
from step_entries.models import Institution, StepEntry, StepSession
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.test_pages_in_words import words_of
from tests.requests_forms.writing_pages import (
    ARRANGED,
    CONSIDERED,
    DAY,
    GO_ON,
    close_registration,
    new_url,
    sit_papers,
    tag,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


# --- access arrangements ----------------------------------------------------------------------------------------------


def test_an_arrangement_is_for_one_paper_where_the_entry_has_two(client, entry):
    with_two = client.get(new_url(entry))
    StepEntry.objects.update(papers="step-2")
    with_one = client.get(new_url(entry))

    assert 'name="p_reader"' in with_two.text
    assert "p_reader" not in with_one.text


def test_after_their_deadline_modified_papers_cannot_be_ticked_and_the_others_can(client, entry, now):
    StepSession.objects.update(modified_papers_until=now - DAY)

    page = client.get(new_url(entry))

    assert " disabled" in tag(page, "a_braille")
    assert " disabled" not in tag(page, "a_reader")
    assert "The deadline was" in words_of(page)


def test_a_modified_paper_that_was_ticked_in_time_can_still_be_unticked(client, entry, now):
    client.post(new_url(entry), {"a_braille": "on", "go": "later"})
    StepSession.objects.update(modified_papers_until=now - DAY)

    page = client.post(url_of(Request.objects.get()), ARRANGED | {"a_braille": "on"} | GO_ON)

    assert "The deadline for modified papers was" in words_of(page)
    assert " disabled" not in tag(page, "a_braille")
    assert " disabled" in tag(page, "a_pdf")


def test_a_request_after_closing_says_before_sending_that_it_is_late(client, entry):
    close_registration()

    form = client.get(new_url(entry))
    check = client.post(new_url(entry), ARRANGED | GO_ON, follow=True)

    assert "Registration has closed, so this request is late." in words_of(form)
    assert "This request is looked at case by case." in words_of(check)


# --- amendments -------------------------------------------------------------------------------------------------------


def amendment(entry, **changes):
    """What the form posts where nothing is changed, but for these."""
    unchanged = {
        "first_name": "Ann",
        "last_name": "Smith",
        "auto_capitalise": "on",
        "date_of_birth": "04/03/2009",
        "gender": "female",
        "ucas_id": "123 456 7890",
        "papers": "step-2-and-3",
        "courses": [str(pk) for pk in entry.courses.values_list("pk", flat=True)],
        "reason": "A typing error",
    }
    return unchanged | changes | GO_ON


def test_an_amendment_shows_what_the_entry_is_now_and_offers_only_papers_that_are_entered(client, entry):
    close_registration()
    StepEntry.objects.update(papers="step-3")

    page = client.get(new_url(entry, Kind.ENTRY_AMENDMENT))

    assert "Last Name now Smith" in words_of(page)
    assert "Date of birth now 4 March 2009" in words_of(page)
    assert "Papers now STEP 3" in words_of(page)
    assert page.text.count('name="papers"') == 1


def test_an_amendment_keeps_what_differs_and_no_more(client, entry):
    close_registration()

    response = client.post(new_url(entry, Kind.ENTRY_AMENDMENT), amendment(entry, last_name="Smyth"), follow=True)

    assert Request.objects.get().answers == {"last_name": "Smyth", "reason": "A typing error"}
    assert "Now: Smith" in words_of(response)
    assert "Wanted: Smyth" in words_of(response)
    assert 'value="Smyth"' in client.get(url_of(Request.objects.get())).text


def test_an_amendment_that_changes_nothing_says_so(client, entry):
    close_registration()

    page = client.post(new_url(entry, Kind.ENTRY_AMENDMENT), amendment(entry))

    assert "Nothing differs from the entry." in words_of(page)


def test_an_unusual_age_is_asked_about_and_the_answer_kept(client, entry):
    close_registration()
    changes = {"date_of_birth": "04/03/1980"}

    page = client.post(new_url(entry, Kind.ENTRY_AMENDMENT), amendment(entry, **changes))
    answer = {"age_is_right": tag(page, "age_is_right").split('value="')[1].split('"')[0]}
    response = client.post(url_of(Request.objects.get()), amendment(entry, **changes, **answer))

    assert response.url == url_of(Request.objects.get(), "check")


# --- timetable variations ---------------------------------------------------------------------------------------------


def variation(entry, **changes):
    day = entry.session.papers.get(paper="step-2").starts_at + DAY
    return {
        "paper": "step-2",
        "reason": "travel",
        "explanation": "They fly.",
        "zone": "Asia/Dubai",
        "local_date": f"{day:%d/%m/%Y}",
        "local_time": "14:00",
        "supervision": "By us",
    } | changes


def test_check_shows_the_start_in_uk_time_that_was_worked_out(client, entry):
    page = client.post(new_url(entry, Kind.TIMETABLE_VARIATION), variation(entry) | GO_ON, follow=True)

    assert "14:00 in Dubai" in words_of(page)
    assert "Wanted start in UK time" in words_of(page)


def test_a_start_in_uk_time_is_told_once(client, entry):
    typed = variation(entry, zone="Europe/London")

    page = client.post(new_url(entry, Kind.TIMETABLE_VARIATION), typed | GO_ON, follow=True)

    assert "14:00 (" in words_of(page)
    assert "local time" not in words_of(page)


def test_starts_that_disagree_are_refused_at_the_uk_time(client, entry):
    typed = variation(entry, uk_time="01:00")

    page = client.post(new_url(entry, Kind.TIMETABLE_VARIATION), typed | {"uk_date": typed["local_date"]} | GO_ON)

    assert 'href="#id_uk_time">14:00 in Dubai is ' in page.text


def test_the_only_paper_of_an_entry_is_chosen_already(client, entry):
    StepEntry.objects.update(papers="step-3")

    assert " checked" in tag(client.get(new_url(entry, Kind.TIMETABLE_VARIATION)), "paper", "step-3")


# --- withdrawals ------------------------------------------------------------------------------------------------------


def test_a_medical_withdrawal_without_a_file_says_that_it_may_follow(client, entry):
    close_registration()
    url = new_url(entry, Kind.WITHDRAWAL)

    refused = client.post(url, {"reason": "medical"} | GO_ON)
    ahead = client.post(url, {"reason": "medical", "will_follow": "on"} | GO_ON, follow=True)

    assert "Add a file, or tick that the evidence will follow." in words_of(refused)
    assert "The evidence is to follow." in words_of(ahead)


# --- special consideration --------------------------------------------------------------------------------------------


def test_only_papers_in_their_window_can_be_chosen(client, entry):
    sit_papers(1, -5)

    page = client.get(new_url(entry, Kind.SPECIAL_CONSIDERATION))

    assert " checked" in tag(page, "paper", "step-2")
    assert " disabled" in tag(page, "paper", "step-3")
    assert "ask from that day on" in words_of(page)


def test_a_paper_that_was_chosen_stays_chosen_where_it_cannot_be_asked_for(client, entry):
    sit_papers(1, -5)

    page = client.post(new_url(entry, Kind.SPECIAL_CONSIDERATION), CONSIDERED | {"paper": "step-3"} | GO_ON)

    assert 'href="#id_paper_0">STEP 3 is sat on' in page.text
    assert " checked" in tag(page, "paper", "step-3")
    assert "disabled" not in tag(page, "paper", "step-3")


def test_who_can_be_told_is_said_before_sending(client, entry):
    sit_papers(1, -5)
    url = new_url(entry, Kind.SPECIAL_CONSIDERATION)

    nobody = client.get(url)
    Institution.objects.filter(courses__in=entry.courses.all()).update(
        name="Warwick", receives_special_consideration=True
    )
    somebody = client.get(url)
    check = client.post(url, CONSIDERED | GO_ON, follow=True)

    assert "Nobody can be told." in words_of(nobody)
    assert "Nobody" not in words_of(somebody)
    assert "Warwick, if it is accepted" in words_of(somebody)
    assert "Warwick, if it is accepted" in words_of(check)


def test_other_candidates_of_the_event_are_ticked_in_a_list_of_the_centre(client, entry, officer):
    sit_papers(1, -5)
    same = {"session": entry.session, "centre": entry.centre, "submitted_by": officer}
    both = StepEntryFactory(**same, last_name="Zhou")
    third = StepEntryFactory(**same, last_name="Abel", papers="step-3")
    elsewhere = StepEntryFactory(session=entry.session)

    page = client.get(new_url(entry, Kind.SPECIAL_CONSIDERATION))
    check = client.post(
        new_url(entry, Kind.SPECIAL_CONSIDERATION), CONSIDERED | {"others": [both.number]} | GO_ON, follow=True
    )

    assert f"Zhou, Ann ({both.number})" in page.text
    assert all(number not in page.text for number in (third.number, elsewhere.number))
    assert page.text.count('name="others"') == 1
    assert Request.objects.get().answers["others"] == [both.number]
    assert "one request for each of the 2 candidates" in words_of(check)


def test_another_candidate_who_cannot_be_named_is_refused_and_stays_in_sight(client, entry):
    sit_papers(1, -5)
    elsewhere = StepEntryFactory(session=entry.session)

    page = client.post(new_url(entry, Kind.SPECIAL_CONSIDERATION), CONSIDERED | {"others": [elsewhere.number]} | GO_ON)

    assert 'href="#id_others_0">' in page.text
    assert " checked" in tag(page, "others", elsewhere.number)
    assert elsewhere.last_name not in page.text


@pytest.mark.parametrize("count", [1, 12])
def test_the_form_asks_the_same_number_of_queries_for_any_number_of_candidates(
    client, entry, officer, count, django_assert_num_queries
):
    sit_papers(1, -5)
    StepEntryFactory.create_batch(count, session=entry.session, centre=entry.centre, submitted_by=officer)

    with django_assert_num_queries(19):
        client.get(new_url(entry, Kind.SPECIAL_CONSIDERATION))


# --- asked for already ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "is_told"), [(Status.IN_PROGRESS, True), (Status.DECLINED, False)])
def test_a_withdrawal_that_is_open_already_is_told_before_anything_is_typed(client, entry, status, is_told):
    close_registration()
    RequestFactory(entry=entry, kind=Kind.WITHDRAWAL, status=status)

    words = words_of(client.get(new_url(entry, Kind.WITHDRAWAL)))

    assert ("A second one cannot be sent." in words) is is_told


def test_a_second_withdrawal_is_refused_with_the_first_one_in_sight(client, entry):
    close_registration()
    first = RequestFactory(entry=entry, kind=Kind.WITHDRAWAL, status=Status.IN_PROGRESS)

    page = client.post(new_url(entry, Kind.WITHDRAWAL), {"reason": "other"} | GO_ON)

    assert f"The withdrawal of this entry was asked for already: {first.reference}." in words_of(page)
    assert url_of(first, "detail") in page.text
