"""The list of requests: search, filters, order and pages, and what its address is read as."""

import re
from datetime import timedelta

import pytest

from candidates.rules.identity import person_key
from requests_forms.codecs import RequestsAsked, read_requests_asked
from requests_forms.enums import Kind, Status
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory
from tests.reports.pages import count_queries, words_of

pytestmark = pytest.mark.django_db

LIST = "/requests/"
LIST_QUERIES = 11


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def ask(session, centre, officer, now):
    """Make a request for an entry of its own, or for the one given."""

    def ask(**fields):
        entry = fields.pop("entry", None) or StepEntryFactory(session=session, centre=centre)
        return RequestFactory(**{"entry": entry, "started_by": officer, "centre": centre} | fields)

    return ask


@pytest.fixture
def kinds(ask, session, centre):
    """One request of each sort that a filter tells apart, by a short name of its own."""
    zoe = StepEntryFactory(
        session=session,
        centre=centre,
        number="S00012",
        first_name="Zoë",
        last_name="Müller",
        plain_first_name="Zoe",
        plain_last_name="Muller",
        person_key=person_key("Zoë", "Müller"),
    )
    last_year = StepEntryFactory(session=SessionFactory(name="June 2026"), centre=centre)
    return {
        "new": ask(entry=zoe),
        "asked": ask(kind=Kind.WITHDRAWAL, status=Status.MORE_INFORMATION),
        "draft": ask(entry=zoe, kind=Kind.TIMETABLE_VARIATION, status=Status.DRAFT),
        "done": ask(entry=last_year, kind=Kind.WITHDRAWAL, status=Status.COMPLETED),
        "account": RequestFactory(entry=None, centre=centre, kind=Kind.ACCOUNT_CHANGE),
    }


def shown(page):
    return {case.reference for case in page.context["page"]}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, {"new", "asked", "account"}),
        ({"status": "open"}, {"new", "asked", "account"}),
        ({"status": "all"}, {"new", "asked", "draft", "done", "account"}),
        ({"status": "draft"}, {"draft"}),
        ({"status": "more-information"}, {"asked"}),
        ({"status": "declined"}, set()),
        ({"kind": "withdrawal"}, {"asked"}),
        ({"kind": "withdrawal", "status": "all"}, {"asked", "done"}),
        ({"session": "June 2026", "status": "all"}, {"done"}),
        ({"session": "June 2026"}, set()),
        ({"search": "s00012", "status": "all"}, {"new", "draft"}),
        ({"search": "muller"}, {"new"}),
        ({"search": "zoemuller"}, {"new"}),
        ({"search": "MÜLLER zoe"}, {"new"}),
        ({"search": "muller ann"}, set()),
        ({"search": "%"}, set()),
        ({"status": "nonsense", "kind": "nonsense", "sort": "nonsense", "page": "x"}, {"new", "asked", "account"}),
    ],
)
def test_the_list_is_filtered_as_asked(client, kinds, asked, found):
    assert shown(client.get(LIST, asked)) == {kinds[name].reference for name in found}


def test_a_request_is_found_by_its_reference(client, kinds):
    assert shown(client.get(LIST, {"search": kinds["asked"].reference.lower()})) == {kinds["asked"].reference}


def test_requests_of_another_centre_are_not_listed(signed_in, officer_elsewhere, kinds):
    page = signed_in(officer_elsewhere).get(LIST, {"status": "all"})

    assert shown(page) == set()
    assert "Your centre has made no request yet." in page.text
    assert "June 2026" not in page.text


def test_read_only_members_see_the_list_without_a_reason(signed_in, colleague, ask):
    case = ask(kind=Kind.WITHDRAWAL, answers={"reason": "medical", "detail": "Broke the left arm"})

    page = signed_in(colleague).get(LIST)

    assert shown(page) == {case.reference}
    assert [secret for secret in ("Medical", "Broke") if secret in page.text] == []


def test_a_line_tells_the_reference_the_kind_the_candidate_and_the_status(client, ask):
    case = ask(kind=Kind.SPECIAL_CONSIDERATION, paper="step-2", is_late=True)

    words = words_of(client.get(LIST))

    name = f"{case.entry.name}, {case.entry.number}"
    assert f"{case.reference} Special consideration, STEP 2 {name}" in words
    assert "Submitted Late" in words
    assert "1 request: Open. Shown: 1 to 1." in words


def test_a_list_without_a_request_says_how_one_is_made(client, session):
    words = words_of(client.get(LIST))

    assert "Your centre has made no request yet." in words
    assert "in the Action list of the candidate choose what to submit" in words


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("", ["RCCCCCCCC", "RAAAAAAAA", "RBBBBBBBB"]),
        ("reference", ["RAAAAAAAA", "RBBBBBBBB", "RCCCCCCCC"]),
        ("-reference", ["RCCCCCCCC", "RBBBBBBBB", "RAAAAAAAA"]),
        ("changed", ["RBBBBBBBB", "RAAAAAAAA", "RCCCCCCCC"]),
        ("kind", ["RCCCCCCCC", "RAAAAAAAA", "RBBBBBBBB"]),
    ],
)
def test_the_list_is_sorted_as_asked(client, ask, now, sort, expected):
    for days, reference in enumerate(["RCCCCCCCC", "RAAAAAAAA", "RBBBBBBBB"], start=1):
        ask(reference=reference, started_at=now - timedelta(days=days))

    assert [case.reference for case in client.get(LIST, {"sort": sort}).context["page"]] == expected


def test_pages_have_25_requests_and_keep_what_was_asked(client, ask):
    for _ in range(26):
        ask()

    first = client.get(LIST, {"kind": "access-arrangement", "sort": "reference"})

    [following] = re.findall(r'<a href="([^"]*)" rel="next">', first.text)
    second = client.get(LIST + following.replace("&amp;", "&"))
    assert (len(shown(first)), len(shown(second))) == (25, 1)
    assert "page 2 of 2" in second.text


def test_the_list_asks_the_same_number_of_queries_for_3_and_for_100_requests(client, ask):
    for _ in range(3):
        ask()
    client.get(LIST)  # the first page of a session notes the session as well
    with_three = count_queries(client, LIST)
    for _ in range(97):
        ask()

    assert (with_three, count_queries(client, LIST)) == (LIST_QUERIES, LIST_QUERIES)


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, RequestsAsked()),
        ({"search": ["  S1 \t x "], "page": ["3"]}, RequestsAsked(search="S1 x", page=3)),
        ({"kind": ["withdrawal", "x"], "status": ["all"]}, RequestsAsked(kind="withdrawal", status="all")),
        ({"kind": ["x"], "status": ["x"], "sort": ["--sent"], "page": ["0"]}, RequestsAsked()),
        ({"sort": ["-candidate"], "session": ["June 2027"]}, RequestsAsked(sort="-candidate", session="June 2027")),
    ],
)
def test_an_address_is_read_by_its_first_values_and_nonsense_is_left_out(parameters, asked):
    assert read_requests_asked(parameters) == asked


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (RequestsAsked(), "Open"),
        (RequestsAsked(status="all"), ""),
        (
            RequestsAsked(search="ann", kind="withdrawal", status="draft", session="June 2027"),
            "“ann”, Withdrawal, Not sent, STEP June 2027",
        ),
    ],
)
def test_what_was_asked_is_told_in_words(asked, words):
    assert asked.in_words == words
