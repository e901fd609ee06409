"""The pairs that may be one person, and the page that makes one record of two."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from candidates.models import Candidate
from tests.candidates.pages import count_queries, errors_of, words_of
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import StepEntryFactory

pytestmark = pytest.mark.django_db

CLASHES = "/candidates/clashes/"
CLASHES_QUERIES = 10


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def pair(centre):
    """Zoë Fox, and Zoe Fox added later."""
    born = {"centre": centre, "last_name": "Fox", "date_of_birth": date(2009, 3, 4)}
    one = CandidateFactory(**born, first_name="Zoë", plain_first_name="Zoe", uci="689990980001D", gender="female")
    return one, CandidateFactory(**born, first_name="Zoe", uln="1234567899", gender="other")


@pytest.fixture
def merge_url(pair):
    return reverse("candidates:merge", args=[each.key for each in pair])


@pytest.fixture
def sent(pair):
    """What the page sends when everything is chosen."""
    one, other = pair
    seen = {"seen_one": one.fingerprint, "seen_other": other.fingerprint}
    return {"stays": "one", "first_name": "one", "gender": "other", "uci": "one", "uln": "other"} | seen


def test_pairs_are_listed_with_why_and_what_can_be_done(client, pair, merge_url):
    page = client.get(CLASHES)

    assert [(row.one, row.other) for row in page.context["page"]] == [pair]
    assert "Same name and date of birth" in words_of(page)
    assert merge_url in page.text


def test_a_read_only_colleague_sees_the_pairs_and_changes_nothing(signed_in, colleague, pair, merge_url):
    page = signed_in(colleague).get(CLASHES)

    assert len(page.context["page"].object_list) == 1
    assert merge_url not in page.text
    assert "None: read-only" in words_of(page)


def test_the_pairs_take_as_many_queries_for_one_as_for_three(client, centre):
    def add_pair():
        for _ in range(2):
            CandidateFactory(centre=centre, first_name="Ann", last_name="Fox")

    add_pair()
    one = count_queries(client, CLASHES)
    add_pair()

    assert (one, count_queries(client, CLASHES)) == (CLASHES_QUERIES, CLASHES_QUERIES)


def test_not_the_same_person_is_remembered(client, pair):
    response = client.post(reverse("candidates:differ", args=[each.key for each in pair]), follow=True)

    assert "Zoë Fox and Zoe Fox stay two records and are not listed as a pair again." in words_of(response)
    assert response.context["page"].paginator.count == 0
    assert "Other people of that name" in words_of(client.get(reverse("candidates:candidate", args=[pair[0].key])))


def test_both_records_stand_side_by_side_and_only_what_one_has_is_chosen_at_first(client, pair, merge_url):
    page = client.get(merge_url)

    form = page.context["form"]
    assert {name: form[name].value() for name in form.fields} == {
        "stays": "",
        "first_name": "",
        "gender": "",
        "uci": "one",
        "uln": "other",
    }
    assert page.context["differing"] == {"Forename", "Gender", "UCI", "ULN"}
    assert ("Gender", "Female", "Other / not stated") in page.context["rows"]


def test_the_older_record_stands_first_whichever_way_the_address_names_them(client, pair):
    one, other = pair

    page = client.get(reverse("candidates:merge", args=[other.key, one.key]))

    assert (page.context["one"], page.context["other"]) == (one, other)


def test_two_records_become_one(client, pair, merge_url, sent, centre):
    one, other = pair
    StepEntryFactory(centre=centre, candidate=other)

    response = client.post(merge_url, sent, follow=True)

    assert response.redirect_chain == [(reverse("candidates:candidate", args=[one.key]), 302)]
    assert "The two records are one now. Moved to it: STEP entries: 1." in words_of(response)
    kept = Candidate.objects.active().get()
    assert (kept, kept.first_name, kept.gender, kept.uci, kept.uln) == (
        one,
        "Zoë",
        "other",
        "689990980001D",
        "1234567899",
    )
    assert "Zoe Fox (STEP entries: 1) was merged into this record by Olivia Marsh" in words_of(response)


def test_nothing_is_merged_as_long_as_something_is_not_chosen(client, merge_url, sent):
    page = client.post(merge_url, {name: sent[name] for name in ("uci", "uln", "seen_one", "seen_other")})

    assert errors_of(page) == {
        "stays": ["Choose which of the two records stays."],
        "first_name": ["Forename: choose which of the two stays."],
        "gender": ["Gender: choose which of the two stays."],
    }
    assert Candidate.objects.active().count() == 2


def test_a_record_that_was_changed_meanwhile_is_shown_as_it_is_now(client, pair, merge_url, sent):
    Candidate.objects.filter(pk=pair[1].pk).update(middle_names="Eve")

    page = client.post(merge_url, sent)

    assert "was changed while your page was open" in words_of(page)
    assert ("Middle names", "", "Eve") in page.context["rows"]
    assert Candidate.objects.active().count() == 2


def test_records_that_cannot_become_one_say_why_and_offer_no_button(client, pair, merge_url, sent, centre, session):
    StepEntryFactory(centre=centre, session=session, candidate=pair[0])
    StepEntryFactory(centre=centre, session=session, candidate=pair[1], is_different_person=True)

    page = client.get(merge_url)
    refused = client.post(merge_url, sent)

    for each in (page, refused):
        assert f"Both candidates are entered for STEP, {session}:" in words_of(each)
        assert "Make one record of both" not in each.text
    assert Candidate.objects.active().count() == 2


def test_a_merged_record_leads_to_the_one_that_counts(client, pair, merge_url, sent):
    client.post(merge_url, sent)

    for response in (client.get(merge_url, follow=True), client.post(merge_url, sent, follow=True)):
        assert response.redirect_chain == [(reverse("candidates:candidate", args=[pair[0].key]), 302)]
        assert "The record of Zoe Fox was merged into this one." in words_of(response)


def test_a_record_and_itself_or_that_of_another_centre_are_no_pair(client, pair, other_centre):
    one = pair[0]
    theirs = CandidateFactory(centre=other_centre)

    addresses = [reverse("candidates:merge", args=[one.key, each.key]) for each in (one, theirs)]

    assert [client.get(address).status_code for address in addresses] == [404, 404]
    assert [client.post(address).status_code for address in addresses] == [404, 404]


def test_a_page_that_was_open_too_long_merges_nothing_and_keeps_what_was_chosen(officer, merge_url, sent):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    page = client.post(merge_url, sent, HTTP_REFERER=f"http://testserver{merge_url}")

    assert "Nothing is merged" in words_of(page)
    assert page.context["form"]["gender"].value() == "other"
    assert Candidate.objects.active().count() == 2
