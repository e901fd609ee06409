"""Select candidates: searched, ticked, added one by one, by group, or new; and removed."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from candidates.models import Candidate
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.reports.pages import count_queries, words_of
from tests.technicals.form_pages import begun, page_of

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 13
DETAILS = {"first_name": "Ben", "last_name": "Late", "date_of_birth": "02/03/2009", "gender": "male"}


@pytest.fixture
def client(signed_in, officer, january):
    return signed_in(officer)


@pytest.fixture
def draft(january, officer):
    """A form with nobody on it."""
    return begun(officer, count=0)


@pytest.fixture
def ann(centre):
    return CandidateFactory(centre=centre, last_name="Okafor", uci="689990980001D")


@pytest.fixture
def address(draft):
    return page_of(draft, "candidates")


def names(draft):
    return [entry.candidate.last_name for entry in draft.entries.select_related("candidate")]


def test_the_page_has_the_words_of_the_guide(client, address, ann, centre):
    GroupFactory(centre=centre, members=[ann])

    page = client.get(address)

    assert "<h1>Select candidates</h1>" in page.text
    for words in (">Add selected candidates</button>", ">Next</button>", ">Add group</button>"):
        assert words in page.text
    windows = ["today", "in the last 7 days", "in the last month", "in the last 6 months", "in the last year"]
    offered = [label for _, label in page.context["filter_form"].fields["added"].choices]
    assert offered[:7] == [*windows, "in the last 2 years", "in the last five years"]
    assert 'value="year" selected' in page.text


@pytest.mark.parametrize("search", ["okafor", "Oka", "Ann Okaf", "689990980001D", "68999"])
def test_a_candidate_is_found_by_name_part_of_it_and_identifier(search, client, address, ann, centre):
    CandidateFactory(centre=centre, last_name="Brown", first_name="Zed")

    page = client.get(address, {"search": search})

    assert list(page.context["page"]) == [ann]


def test_a_search_is_of_the_centre_and_of_the_last_year_at_first(client, address, ann, centre, other_centre, now):
    CandidateFactory(centre=other_centre)
    CandidateFactory(centre=centre, last_name="Earlier", created_at=now - timedelta(days=500))

    assert list(client.get(address).context["page"]) == [ann]
    page = client.get(address, {"search": "Earlier"})
    assert "1 candidate added earlier is as you asked." in words_of(page)


def test_those_who_are_ticked_are_added_and_the_search_stays(client, draft, address, ann, centre):
    CandidateFactory(centre=centre, last_name="Brown")

    page = client.post(f"{address}?search=oka", {"act": "add", "candidates": [str(ann.key), "nonsense"]}, follow=True)

    assert page.redirect_chain == [(f"{address}?search=oka", 302)]
    assert names(draft) == ["Okafor"]
    said = words_of(page)
    assert "1 candidate added." in said
    assert "1 candidate on this form" in said
    assert "On the form Okafor, Ann" in said


def test_all_of_a_page_are_added_by_one_button(client, draft, address, ann, centre):
    others = CandidateFactory.create_batch(2, centre=centre)

    client.post(address, {"act": "all", "shown": [str(each.key) for each in (ann, others[0])]})

    assert sorted(names(draft)) == sorted(["Okafor", others[0].last_name])


def test_adding_nobody_says_what_to_do(client, draft, address, ann):
    page = client.post(address, {"act": "add"})

    assert "Add at least one candidate: tick who is to be entered" in words_of(page)
    assert names(draft) == []


def test_candidates_of_another_centre_are_not_added(client, draft, address, other_centre):
    theirs = CandidateFactory(centre=other_centre)

    client.post(address, {"act": "add", "candidates": str(theirs.key)})

    assert names(draft) == []


def test_a_whole_group_is_added_and_who_stood_there_is_counted(client, draft, address, ann, centre):
    ben = CandidateFactory(centre=centre, last_name="Brown")
    group = GroupFactory(centre=centre, name="12B", members=[ann, ben])
    client.post(address, {"act": "add", "candidates": str(ann.key)})

    page = client.post(address, {"act": "group", "whole_group": str(group.key)}, follow=True)

    assert names(draft) == ["Brown", "Okafor"]
    assert "1 candidate added. 1 candidate stood on the form already." in words_of(page)


def test_no_group_an_empty_one_and_one_of_another_centre_add_nobody(client, draft, address, ann, centre, other_centre):
    empty = GroupFactory(centre=centre, name="Empty")
    theirs = GroupFactory(centre=other_centre, members=[CandidateFactory(centre=other_centre)])
    told = {"": "Choose a candidate group first", str(empty.key): "has no members yet", str(theirs.key): "Choose a"}

    for key, words in told.items():
        assert words in words_of(client.post(address, {"act": "group", "whole_group": key}, follow=True))
    assert names(draft) == []


def test_a_candidate_is_removed_from_the_list(client, draft, address, ann):
    client.post(address, {"act": "add", "candidates": str(ann.key)})

    page = client.post(address, {"remove": str(draft.entries.get().pk)}, follow=True)

    assert "1 candidate removed from this form." in words_of(page)
    assert names(draft) == []
    assert Candidate.objects.filter(pk=ann.pk).exists()


def test_ticks_outlive_a_removal_and_a_group(client, draft, address, ann, centre):
    kaya, price = (CandidateFactory(centre=centre, last_name=name) for name in ("Kaya", "Price"))
    group = GroupFactory(centre=centre, members=[kaya])
    ticked = {"candidates": [str(ann.key)]}

    added = client.post(address, {"act": "group", "whole_group": str(group.key), **ticked})
    removed = client.post(address, {"remove": str(draft.entries.get().pk), **ticked})

    assert [f'id="candidate-{ann.key}" checked' in page.text for page in (added, removed)] == [True, True]
    assert [f'id="candidate-{price.key}" checked' in page.text for page in (added, removed)] == [False, False]
    assert "1 candidate added." in words_of(added)
    assert "1 candidate removed from this form." in words_of(removed)
    assert names(draft) == []


def test_every_button_of_the_page_sends_the_ticks(client, address, draft, ann, centre):
    GroupFactory(centre=centre, members=[ann])
    client.post(address, {"act": "add", "candidates": str(CandidateFactory(centre=centre).key)})

    page = client.get(address)

    assert re.findall(r'form="pick" [^>]*name="(\w+)"', page.text) == ["act", "act", "remove"]
    assert re.search(r'<select name="whole_group"[^>]* form="pick"', page.text)


def test_two_of_one_name_are_told_apart_where_one_is_removed(client, draft, address, centre):
    days = [date(2009, 2, 3), date(2009, 3, 2)]
    twins = [CandidateFactory(centre=centre, last_name="Kaya", date_of_birth=day) for day in days]
    client.post(address, {"act": "add", "candidates": [str(each.key) for each in twins]})
    draft.entries.update(option="full")

    pages = [client.get(page_of(draft, step)) for step in ("candidates", "summary")]

    for page in pages:
        told = re.findall(r">Remove<span[^>]*> Ann Kaya, born ([^<]+)<", page.text)
        assert sorted(told) == ["2 March 2009", "3 February 2009"]


def test_next_needs_somebody_and_takes_those_along_who_are_ticked(client, draft, address, ann):
    refused = client.post(address, {"act": "next"})
    led = client.post(address, {"act": "next", "candidates": str(ann.key)})

    assert "Add at least one candidate" in words_of(refused)
    assert led.url == page_of(draft, "options")
    assert names(draft) == ["Okafor"]


def test_too_many_are_refused_with_a_way_out(client, draft, address, ann, monkeypatch):
    monkeypatch.setattr("technicals.rules.form.MOST_CANDIDATES", 0)

    page = client.post(address, {"act": "add", "candidates": str(ann.key)})

    assert "Submit this form first, or use the spreadsheet." in words_of(page)
    assert f'id="candidate-{ann.key}" checked' in page.text


def test_the_page_asks_the_same_number_of_queries_for_three_and_for_thirty(client, officer, centre):
    few, many = begun(officer, count=3), begun(officer, count=30)
    GroupFactory(centre=centre)
    client.get(page_of(few, "candidates"))

    counted = [count_queries(client, page_of(draft, "candidates")) for draft in (few, many)]

    assert counted == [PAGE_QUERIES, PAGE_QUERIES]


# --- somebody new -----------------------------------------------------------------------------------------------------


def test_somebody_new_is_added_to_the_centre_and_to_the_form(client, draft):
    page = client.post(page_of(draft, "candidate-new"), DETAILS, follow=True)

    assert page.redirect_chain == [(page_of(draft, "candidates"), 302)]
    assert names(draft) == ["Late"]
    assert "Ben Late is added to your centre&#x27;s candidates and to this form." in page.text


def test_a_new_candidate_with_something_to_mend_keeps_what_was_typed(client, draft):
    page = client.post(page_of(draft, "candidate-new"), DETAILS | {"date_of_birth": "31/02/2009"})

    assert 'value="31/02/2009"' in page.text
    assert 'class="error-summary"' in page.text
    assert not Candidate.objects.exists()


def test_whom_the_centre_has_already_is_put_onto_the_form_instead(client, draft, ann):
    details = {"first_name": "Ann", "last_name": "Okafor", "date_of_birth": "04/03/2009", "gender": "female"}

    page = client.post(page_of(draft, "candidate-new"), details)

    assert "Your centre has this record already." in words_of(page)
    assert f'action="{page_of(draft, "candidates")}"' in page.text
    assert f'name="candidates" value="{ann.key}">Put onto the form' in page.text
    assert Candidate.objects.count() == 1


def test_the_form_leads_to_adding_somebody_new(client, draft, address):
    page = client.get(address)

    assert f'href="{page_of(draft, "candidate-new")}"' in page.text
    assert reverse("candidates:groups") in page.text


def test_somebody_new_whose_day_and_month_are_swapped_in_another_record_is_pointed_out(client, draft, centre):
    CandidateFactory(centre=centre, first_name="Ben", last_name="Late", date_of_birth=date(2009, 3, 2))

    page = client.post(page_of(draft, "candidate-new"), DETAILS | {"date_of_birth": "03/02/2009"}, follow=True)

    assert names(draft) == ["Late"]
    assert "Your centre has Ben Late, born 2 March 2009, already:" in words_of(page)
    assert "merge the two records under Candidates: this form then has the one that stays." in words_of(page)
