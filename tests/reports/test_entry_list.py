"""Current entries: search, filters, order and pages."""

import re
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils.html import escape

from candidates.rules.identity import person_key
from candidates.rules.names import plain_form
from step_entries.enums import Combination, EntryStatus
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.reports.pages import count_queries, rows, words_of

pytestmark = pytest.mark.django_db

LIST = "/entries/"
LIST_QUERIES = 9


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def enter(session, centre):
    """Make an entry of a name, with the plain forms that the portal derives unless they are given."""

    def entry(first_name, last_name, **fields):
        names = {"first_name": first_name, "last_name": last_name, "person_key": person_key(first_name, last_name)}
        plain = {"plain_first_name": plain_form(first_name), "plain_last_name": plain_form(last_name)}
        return StepEntryFactory(session=session, centre=centre, **(names | plain | fields))

    return entry


@pytest.fixture
def four(enter):
    """Four candidates with names that are hard to find, by a short name of their own."""
    return {
        "zoe": enter("Zoë", "Müller-Søby", number="S00012"),
        "sean": enter("Seán", "O\u2019Brien", number="S00120"),
        "van": enter("Anna", "van der Merwe", number="S01200"),
        "edited": enter("Jörg", "Müller", plain_last_name="Mueller", number="S12000"),
    }


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("zo", {"zoe"}),  # the start of a first name
        ("mull", {"zoe", "edited"}),  # the start of a last name
        ("S0001", {"zoe"}),  # the start of a number
        ("s01200", {"van"}),
        ("0012", {"zoe", "sean"}),  # anywhere in a number
        ("ller", {"zoe", "edited"}),  # anywhere in a name
        ("MÜLLER", {"zoe", "edited"}),
        ("muller", {"zoe", "edited"}),
        ("mueller", {"edited"}),  # the plain form as the officer typed it
        ("JÖRG mueller", {"edited"}),
        ("muller-soby", {"zoe"}),
        ("müller søby", {"zoe"}),
        ("obrien", {"sean"}),
        ("o'brien", {"sean"}),
        ("O\u2019Br", {"sean"}),
        ("SEÁN", {"sean"}),
        ("sean o'brien", {"sean"}),
        ("O'Brien Sean", {"sean"}),
        ("Sean Müller", set()),  # every word has to be there
        ("van der merwe", {"van"}),
        ("vandermerwe", {"van"}),
        ("anna s01", {"van"}),
        ("zoe\u0308", {"zoe"}),
        ("%", set()),
        ("_", set()),
        ("*", set()),
        ("\\", set()),
        ("m%ller", set()),
        ("M*", set()),
        ("m_ller", set()),
        ("S_____", set()),
        ("' OR 1=1 --", set()),
        ("", {"zoe", "sean", "van", "edited"}),
        ("   ", {"zoe", "sean", "van", "edited"}),
    ],
)
def test_a_search_finds_candidates_by_any_part_of_name_and_number(client, four, search, found):
    page = client.get(LIST, {"search": search})

    assert set(rows(page)) == {four[name].number for name in found}


@pytest.mark.parametrize("char", ["%", "_", "\\", "*"])
def test_a_wildcard_finds_the_entry_that_has_it_and_no_other(client, enter, char):
    enter("Ann", "Smith")
    odd = enter(f"A{char}n", "Lee")

    assert rows(client.get(LIST, {"search": char})) == [odd.number]


def test_what_was_searched_for_is_told_and_stays_in_the_box(client, enter):
    enter("Ann", "Smith")

    page = client.get(LIST, {"search": "%"})

    assert "No candidates have “%” in their first name, last name or entry number." in words_of(page)
    assert 'name="search" value="%"' in page.text
    assert "Show all current entries" in words_of(page)


@pytest.mark.parametrize("typed", ["<script>alert(1)</script>", '"><b>'])
def test_what_was_typed_is_shown_as_text(client, enter, typed):
    enter("Ann", "Smith")

    page = client.get(LIST, {"search": typed})

    assert typed not in page.text
    assert page.text.count(escape(typed)) == 2  # in the box and in the sentence


def test_a_search_without_a_result_names_drafts_and_withdrawn_entries(client, enter, session, centre):
    DraftFactory(session=session, centre=centre, candidate={"first_name": "Zoë", "last_name": "Quill"})
    DraftFactory(session=session, centre=centre, candidate={"first_name": "Bob", "last_name": "Quill"})
    enter("Zoë", "Quill", status=EntryStatus.WITHDRAWN, withdrawn_at=session.opens_at)
    enter("Zoë", "Quill", papers=Combination.STEP_2)

    page = client.get(LIST, {"search": "zoe quill", "papers": "step-3"})

    assert "1 draft with that name is not entered: Zoë Quill" in words_of(page)
    assert "Bob Quill" not in page.text
    assert "1 current entry has it outside these filters." in words_of(page)
    assert "1 withdrawn entry has it." in words_of(page)
    assert f'href="{LIST}?status=withdrawn&amp;search=zoe%20quill"' in page.text


def test_a_search_without_a_result_names_nothing_of_another_centre(client, session, other_centre):
    DraftFactory(session=session, centre=other_centre, candidate={"first_name": "Zoë", "last_name": "Quill"})
    StepEntryFactory(session=session, centre=other_centre, first_name="Zoë", last_name="Quill")

    page = client.get(LIST, {"search": "quill"})

    assert rows(page) == []
    assert "draft with" not in page.text
    assert "has it" not in page.text


# --- filters ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def kinds(enter, now):
    """One entry of each kind that a filter tells apart."""
    withdrawn = {"status": EntryStatus.WITHDRAWN, "withdrawn_at": now}
    confirmed = {"status": EntryStatus.CONFIRMED, "confirmed_at": now}
    return {
        "new": enter("Ann", "New", papers=Combination.STEP_2, ucas_id="0123456789"),
        "late": enter("Ann", "Late", papers=Combination.STEP_3, created_at=now - timedelta(hours=49)),
        "confirmed": enter("Ann", "Confirmed", papers=Combination.BOTH, **confirmed),
        "withdrawn": enter("Ann", "Withdrawn", papers=Combination.STEP_2, **withdrawn),
    }


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"new", "late", "confirmed"}),
        ({"status": "current"}, {"new", "late", "confirmed"}),
        ({"status": "not-yet-confirmed"}, {"new", "late"}),
        ({"status": "overdue"}, {"late"}),
        ({"status": "confirmed"}, {"confirmed"}),
        ({"status": "withdrawn"}, {"withdrawn"}),
        ({"papers": "step-2"}, {"new"}),
        ({"papers": "step-2-and-3"}, {"confirmed"}),
        ({"papers": "step-2", "status": "withdrawn"}, {"withdrawn"}),
        ({"ucas_id": "missing"}, {"late", "confirmed"}),
        ({"ucas_id": "missing", "status": "not-yet-confirmed", "search": "ann late"}, {"late"}),
        ({"search": "withdrawn"}, set()),
        ({"status": "nonsense", "papers": "nonsense", "ucas_id": "nonsense"}, {"new", "late", "confirmed"}),
    ],
)
def test_the_list_is_filtered_as_asked(client, kinds, asked, found):
    assert set(rows(client.get(LIST, asked))) == {kinds[name].number for name in found}


def test_withdrawn_entries_stand_apart_under_their_own_heading(client, kinds):
    page = client.get(LIST, {"status": "withdrawn"})

    assert "<h1>Withdrawn entries</h1>" in page.text
    assert "1 entry found: WITHDRAWN." in words_of(page)
    assert "Withdrawn entries are not in Current entries and not in the report." in words_of(page)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({}, "3 entries, 2 not yet confirmed. Shown: 1 to 3."),
        ({"search": "late"}, "1 entry found: “late”. Shown: 1 to 1."),
        ({"ucas_id": "missing", "status": "confirmed"}, "1 entry found: CONFIRMED, without a UCAS ID."),
    ],
)
def test_the_count_is_told_in_words(client, kinds, asked, words):
    assert words in words_of(client.get(LIST, asked))


def test_the_first_of_several_values_counts(client, kinds):
    page = client.get(f"{LIST}?status=confirmed&status=withdrawn&search=ann&search=nobody")

    assert rows(page) == [kinds["confirmed"].number]


@pytest.mark.parametrize(
    "query",
    [
        "page=0",
        "page=-1",
        "page=x",
        "page=99999999999999999999999",
        "page=1&page=2",
        "size=0",
        "size=-25",
        "size=1000000",
        "sort=",
        "sort=-",
        "sort=password",
        "sort=number&sort=-number",
        "search=%00",
        "search=%00ann",
        "search=%FF%FE",
        "search=" + "a%20" * 400,
        "search=" + quote("\U0001f600 \u202e \ud7ff"),
        "status[]=confirmed",
        "status=%00&papers=%00&ucas_id=%00",
        "=&&;;",
    ],
)
@pytest.mark.parametrize("url", ["/", LIST, "/report/", "/report/entries.csv"])
def test_no_address_ends_in_an_error(client, kinds, url, query):
    assert client.get(f"{url}?{query}").status_code == 200


# --- order and pages --------------------------------------------------------------------------------------------------


def test_pages_keep_search_filters_order_and_size(client, session, centre):
    StepEntryFactory.create_batch(60, session=session, centre=centre)

    page = client.get(LIST, {"search": "ann", "ucas_id": "missing", "sort": "number", "size": "50"})

    [second] = re.findall(r'<a href="([^"]*)" rel="next">', page.text)
    next_page = client.get(LIST + second.replace("&amp;", "&"))
    assert (len(rows(page)), len(rows(next_page))) == (50, 10)
    assert rows(page) + rows(next_page) == sorted(rows(page) + rows(next_page))
    assert 'name="search" value="ann"' in next_page.text
    assert '<input type="hidden" name="sort" value="number">' in next_page.text


@pytest.mark.parametrize(("size", "on_a_page"), [("25", 25), ("50", 50), ("100", 100), ("7", 25)])
def test_a_page_has_as_many_entries_as_asked(client, session, centre, size, on_a_page):
    StepEntryFactory.create_batch(101, session=session, centre=centre)

    assert len(rows(client.get(LIST, {"size": size}))) == on_a_page


def test_a_page_past_the_end_is_the_last_one(client, session, centre):
    StepEntryFactory.create_batch(26, session=session, centre=centre)

    page = client.get(LIST, {"page": "500"})

    assert len(rows(page)) == 1
    assert "26 entries, 26 not yet confirmed. Shown: 26 to 26." in words_of(page)


def test_the_list_of_the_overview_takes_the_same_questions(client, kinds):
    assert rows(client.get("/", {"search": "late"})) == [kinds["late"].number]


def test_read_only_members_search_as_well(signed_in, colleague, kinds):
    assert rows(signed_in(colleague).get(LIST, {"search": "late"})) == [kinds["late"].number]


def test_an_empty_list_says_where_to_begin_and_has_no_search_box(client, session):
    page = client.get(LIST)

    assert "No candidate of your centre is entered" in page.text
    assert 'name="search"' not in page.text


@pytest.mark.parametrize("query", ["", "?search=ann", "?search=ann+smith&status=not-yet-confirmed&papers=step-2-and-3"])
def test_a_search_asks_at_most_9_queries_among_1000_entries(client, session, centre, officer, query):
    StepEntryFactory.create_batch(3, session=session, centre=centre, submitted_by=officer)
    client.get(LIST)  # the first page of a session notes the session as well
    with_three = count_queries(client, LIST + query)
    StepEntryFactory.create_batch(997, session=session, centre=centre, submitted_by=officer)

    assert (with_three, count_queries(client, LIST + query)) == (LIST_QUERIES, LIST_QUERIES)


def test_a_search_without_a_result_asks_two_queries_more(client, enter):
    client.get(LIST)
    enter("Ann", "Smith")

    assert count_queries(client, f"{LIST}?search=nobody") == LIST_QUERIES + 2


def test_the_form_leads_to_the_list(client, session, centre):
    StepEntryFactory(session=session, centre=centre)

    assert f'method="get" action="{reverse("reports:entries")}"' in client.get("/").text


def test_the_lists_belong_to_the_tab_entries_overview(client, session):
    for address in (reverse("reports:overview"), reverse("reports:entries"), reverse("reports:report")):
        assert '<a href="/" aria-current="page">Entries Overview</a>' in client.get(address).text
    assert '<a href="/" >Entries Overview</a>' in client.get(reverse("accounts:my-details")).text
