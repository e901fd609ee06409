"""The list of candidates, and the pages of one record."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import KeptPost
from candidates.models import Candidate
from core.history import record
from tests.candidates.pages import TYPED, count_queries, errors_of, names_on, words_of
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import RegistrationFactory, UnitEntryFactory

pytestmark = pytest.mark.django_db

LIST, NEW = "/candidates/", "/candidates/new/"
LIST_QUERIES = 9
DETAIL_QUERIES = 19


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def zoe(centre):
    return CandidateFactory(
        centre=centre,
        first_name="Zoë",
        plain_first_name="Zoe",
        last_name="Fox",
        uci="689990980001D",
        ucas_id="1234567890",
    )


def url(name, candidate):
    return reverse(f"candidates:{name}", args=[candidate.key])


# --- the list ---------------------------------------------------------------------------------------------------------


def test_the_list_shows_the_candidates_of_the_last_year_by_name(client, centre, now, zoe):
    CandidateFactory(centre=centre, first_name="Ann", last_name="Bell")
    CandidateFactory(centre=centre, first_name="Old", last_name="Fox", created_at=now - timedelta(days=400))

    page = client.get(LIST)

    assert names_on(page) == ["Ann", "Zoë"]
    assert "2 candidates, added in the last year. Shown: 1 to 2." in words_of(page)


def test_a_search_that_finds_nobody_says_where_somebody_is(client, centre, now):
    CandidateFactory(centre=centre, first_name="Old", last_name="Fox", created_at=now - timedelta(days=400))

    page = client.get(LIST, {"search": "fox"})

    assert "0 candidates with “fox”, added in the last year." in words_of(page)
    assert "1 candidate added earlier is as you asked." in words_of(page)
    assert "?search=fox&amp;added=any" in page.text


def test_an_empty_list_says_how_candidates_are_added(client):
    assert "Your centre has no candidates yet." in words_of(client.get(LIST))


def test_an_empty_group_leads_to_the_group(client, centre):
    group = GroupFactory(centre=centre)

    page = client.get(LIST, {"group": str(group.key), "added": "any"})

    assert "The group has no members." in words_of(page)
    assert reverse("candidates:group", args=[group.key]) in page.text


def test_a_number_of_another_year_is_shown_with_its_year(client, centre):
    CandidateFactory(centre=centre, candidate_number="0007", numbered_in=2001)

    assert "0007 in 2001/02" in words_of(client.get(LIST))


def test_the_list_is_paged_and_keeps_what_was_asked(client, centre):
    for _ in range(26):
        CandidateFactory(centre=centre)

    page = client.get(LIST, {"search": "smith", "sort": "-added"})

    assert len(names_on(page)) == 25
    assert "?search=smith&amp;sort=-added&amp;page=2" in page.text
    assert len(names_on(client.get(LIST, {"page": "2"}))) == 1


def test_the_list_takes_as_many_queries_for_one_candidate_as_for_three(client, centre):
    group = GroupFactory(centre=centre, members=[CandidateFactory(centre=centre)])
    one = count_queries(client, LIST)
    group.candidates.add(CandidateFactory(centre=centre), CandidateFactory(centre=centre))

    assert (one, count_queries(client, LIST)) == (LIST_QUERIES, LIST_QUERIES)


def test_a_read_only_colleague_is_offered_nothing_to_change(signed_in, colleague, zoe):
    client = signed_in(colleague)

    assert NEW not in client.get(LIST).text
    assert url("candidate-edit", zoe) not in client.get(url("candidate", zoe)).text


# --- a new one --------------------------------------------------------------------------------------------------------


def test_a_new_candidate_is_added(client, centre):
    response = client.post(NEW, TYPED, follow=True)

    candidate = Candidate.objects.get()
    assert response.redirect_chain == [(url("candidate", candidate), 302)]
    assert (candidate.centre, str(candidate), candidate.uci) == (centre, "Zoë Fox", "689990980001D")
    assert (candidate.date_of_birth, candidate.candidate_number) == (date(2009, 3, 4), "0042")
    assert candidate.ucas_id == "1234567890"
    assert "Zoë Fox is added." in words_of(response)


def test_an_unusual_age_is_told_and_taken(client):
    page = client.post(NEW, TYPED | {"date_of_birth": "04/03/1930"}, follow=True)

    assert "Check the date of birth 4 March 1930: the candidate is" in words_of(page)
    assert Candidate.objects.count() == 1


def test_everything_that_is_wrong_stands_at_its_field_and_what_was_typed_stays(client):
    page = client.post(NEW, TYPED | {"last_name": "", "uci": "689990980001X", "ucas_id": "12", "uln": "9999999999"})

    assert set(errors_of(page)) == {"last_name", "uci", "ucas_id", "uln"}
    assert 'value="689990980001X"' in page.text
    assert (page.status_code, Candidate.objects.count()) == (200, 0)


def test_those_whom_the_centre_has_are_shown_before_another_is_made(client, zoe):
    page = client.post(NEW, TYPED | {"uci": "", "uln": ""})

    assert "Your centre has this record already:" in words_of(page)
    assert url("candidate", zoe) in page.text
    assert f'name="is_different_person" value="{zoe.key}"' in page.text.replace('type="checkbox" ', "")
    assert Candidate.objects.count() == 1


def test_a_different_person_is_added_and_the_pair_is_not_listed(client, zoe):
    client.post(NEW, TYPED | {"uci": "", "ucas_id": "", "is_different_person": str(zoe.key)})

    assert Candidate.objects.count() == 2
    assert "No two records of your centre" in words_of(client.get("/candidates/clashes/"))


def test_an_identifier_that_somebody_has_is_refused_with_the_way_to_them(client, zoe):
    page = client.post(NEW, TYPED | {"first_name": "Liam", "is_different_person": "yes"})

    assert errors_of(page) == {"uci": ["UCI 689990980001D is that of Zoë Fox. Use that record, or correct the UCI."]}
    assert url("candidate", zoe) in page.text
    assert 'name="is_different_person"' not in page.text


def test_text_that_no_database_holds_is_refused(client):
    page = client.post(NEW, TYPED | {"first_name": "Zo\x00e"})

    assert set(errors_of(page)) == {"first_name"}


def test_a_page_that_was_open_too_long_keeps_what_was_typed(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    page = client.post(NEW, TYPED, HTTP_REFERER="http://testserver/candidates/new/")

    assert 'value="Zoë"' in page.text
    assert "This page was open for a long time. What you typed is below and not saved yet" in words_of(page)
    assert Candidate.objects.count() == 0


def test_what_was_sent_after_the_session_had_ended_is_offered_again(client, officer, now):
    KeptPost.objects.create(user=officer, path=NEW, fields={"first_name": ["Zoë"]}, kept_at=now)

    page = client.get(NEW)

    assert 'value="Zoë"' in page.text
    assert "You had been signed out." in words_of(page)
    client.post(NEW, TYPED)
    assert KeptPost.objects.count() == 0


# --- the record -------------------------------------------------------------------------------------------------------


def test_a_record_shows_its_details_groups_and_history(client, zoe, centre):
    GroupFactory(centre=centre, name="Year 12 IT", members=[zoe])
    client.post(url("candidate-edit", zoe), TYPED | {"seen": zoe.fingerprint, "middle_names": "Ann"})

    page = words_of(client.get(url("candidate", zoe)))

    for told in ("Zoë (plain form: Zoe)", "4 March 2009", "123 456 7890", "Year 12 IT", "corrected by Olivia Marsh",
                 "Middle names: empty became Ann", "OCR number: empty became 12345678"):  # fmt: skip
        assert told in page


def test_staff_are_not_named_in_a_history(client, zoe, staff, now):
    record(by=staff, at=now, action="candidate.corrected", subjects=[zoe])
    record(by=None, at=now, action="candidate.registered", subjects=[zoe])
    record(by=None, at=now, action="candidate.unheard-of", subjects=[zoe])

    page = words_of(client.get(url("candidate", zoe)))

    assert "corrected by the board&#x27;s staff" in page
    assert "added by the portal" in page
    assert "unheard" not in page


def test_a_record_leads_to_those_that_may_be_the_same_person(client, zoe, centre):
    other = CandidateFactory(centre=centre, first_name="Zoe", last_name="Fox")

    page = client.get(url("candidate", zoe))

    assert "Another record may be of this person: Zoe Fox. Same name and date of birth." in words_of(page)
    assert reverse("candidates:merge", args=[zoe.key, other.key]) in page.text


def test_a_merged_record_leads_to_the_one_that_counts(client, zoe, centre):
    gone = CandidateFactory(centre=centre, merged_into=zoe)

    page = client.get(url("candidate", gone))
    edit = client.get(url("candidate-edit", gone), follow=True)

    assert "This record was merged into that of Zoë Fox." in words_of(page)
    assert "Edit candidate" not in words_of(page)
    assert edit.redirect_chain == [(url("candidate", zoe), 302)]


def test_a_record_takes_as_many_queries_with_one_of_everything_as_with_three(client, zoe, centre, officer, now):
    def add_one():
        CandidateFactory(centre=centre, first_name="Zoe", last_name="Fox")
        GroupFactory(centre=centre, members=[zoe])

    add_one()
    one = count_queries(client, url("candidate", zoe))
    add_one(), add_one()

    assert (one, count_queries(client, url("candidate", zoe))) == (DETAIL_QUERIES, DETAIL_QUERIES)


def test_the_page_of_a_candidate_lists_entries_of_every_kind(signed_in, officer, centre, entry):
    candidate = entry.candidate
    registration = RegistrationFactory(centre=centre, candidate=candidate)
    unit_entry = UnitEntryFactory(centre=centre, candidate=candidate)

    page = signed_in(officer).get(url("candidate", candidate)).content.decode()

    for number in (entry.number, registration.submission.number, unit_entry.submission.number):
        assert number in page
