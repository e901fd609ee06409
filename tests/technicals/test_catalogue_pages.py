"""Entry codes, Fees list, Key dates and Entry rules, as a centre sees them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from centres.models import Membership
from core.tabular.reading import read_sheet
from core.tabular.writing import FORMS
from technicals.enums import SeriesKind
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    TechnicalsApprovalFactory,
    UnitFactory,
    exam_series,
    load_reference,
    registration_series,
    today,
)

CODES, FEES, DATES, RULES = (
    reverse(f"technicals:{name}") for name in ("entry-codes", "fees", "key-dates", "entry-rules")
)
QUERIES = {CODES: 11, FEES: 8, DATES: 8, RULES: 7}
"""What each page asks, however much it shows: the frame, and its own questions."""


@pytest.fixture
def page(officer, signed_in):
    """The words of a page as the officer of Northgate reads it."""
    client = signed_in(officer)

    def text(url, **parameters):
        response = client.get(url, parameters)
        assert response.status_code == 200
        return " ".join(re.sub(r"<[^>]+>", " ", response.text.partition("<main")[2].partition("</main")[0]).split())

    return text


def rows_of(content, form):
    """The rows of a downloaded file, its headings first."""
    return [[str(cell) for cell in row.cells] for row in read_sheet(content, f"file.{form}").rows]


def test_entry_codes_shows_codes_units_approval_and_what_awaits_confirmation(page, centre):
    QualificationFactory(code="05834", source="https://example.org (code only); size and GLH memory")
    UnitFactory(number=1, title="The business environment", mandatory_in="Diploma")
    TechnicalsApprovalFactory(centre=centre, until=None)

    words = page(CODES)

    assert "Business, Level 3, 2016 suite Approved Your centre is approved." in words
    assert "05834 Certificate OCR Level 3 Cambridge Technical Certificate in Business" in words
    assert "awaiting confirmation: size, GLH 180 Full award" in words
    assert "1 The business environment Mandatory in: Diploma Examined January and June 60 05834/01" in words


def test_entry_codes_says_that_the_centre_is_not_approved(page):
    QualificationFactory(code="05834", combination="Two units.", combination_source="https://example.org")

    words = page(CODES)

    assert "Your centre is not approved for these codes, and an entry under one is refused." in words
    assert "Rule of combination: Two units." in words
    assert "The units of these codes are not in the catalogue yet." in words


def test_entry_codes_keeps_the_search_in_its_field_and_its_downloads(officer, signed_in):
    QualificationFactory(code="05834")

    response = signed_in(officer).get(CODES, {"search": "05834", "shown": "all"})

    assert 'value="05834"' in response.text
    assert f"{reverse('technicals:entry-codes-file', args=['xlsx'])}?search=05834&amp;shown=all" in response.text


def test_entry_codes_says_what_to_do_where_nothing_is_found(page):
    QualificationFactory(code="05834")

    assert "No entry code or unit is as asked for." in page(CODES, search="philosophy")
    assert "Only codes that your centre is approved for were searched." in page(CODES, shown="approved")


def test_the_pages_of_an_empty_portal_say_so(page):
    assert "No entry code is set up yet." in page(CODES)
    assert "No series is set up yet" in page(DATES)
    assert page(FEES).count("on invoice") == 7


def test_a_search_is_shown_as_it_was_typed_and_not_as_markup(officer, signed_in):
    response = signed_in(officer).get(CODES, {"search": '"><script>x</script>'})

    assert "<script>x" not in response.text


def test_the_fees_list_tells_examples_apart(page):
    PriceFactory(amount=12345, is_sample=True)

    assert "Registration All £123.45" in page(FEES)
    assert "Example amount" in page(FEES)


def test_key_dates_tell_how_a_series_stands_and_which_dates_are_examples(page):
    exam_series(SeriesKind.JANUARY, is_sample=True)

    words = page(DATES)

    assert f"January {today().year + 1} Open now" in words
    assert "Example dates" in words


def test_entry_rules_has_each_law_with_its_code(page):
    words = page(RULES)

    assert "Identifiers" in words
    assert "CALENDAR-03 A day belongs to one set of registrations: two sets have no day in common." in words
    assert "STEP-01" not in words


def test_entry_rules_leaves_out_what_only_step_asks_of_a_candidate(page):
    words = page(RULES)

    assert "DOB-05 A date of birth lies in the past, whatever is entered for." in words
    assert "on the day of the first paper" not in words


@pytest.mark.parametrize("form", FORMS)
def test_entry_codes_are_downloaded_as_the_page_shows_them(form, officer, signed_in):
    QualificationFactory(code="05834")
    QualificationFactory(code="05838", subject="IT")
    UnitFactory(number=1)

    response = signed_in(officer).get(reverse("technicals:entry-codes-file", args=[form]), {"search": "05834"})

    [headings, row] = rows_of(response.content, form)
    assert headings[4] == "Entry code"
    assert (row[4], row[13]) == ("05834", "05834/01")
    assert response["Content-Disposition"] == f'attachment; filename="entry-codes-{today().isoformat()}.{form}"'


@pytest.mark.parametrize("form", FORMS)
def test_fees_and_dates_are_downloaded(form, officer, signed_in):
    PriceFactory(amount=12345, is_sample=True)
    registration_series()
    client = signed_in(officer)

    fees = client.get(reverse("technicals:fees-file", args=[form])).content
    dates = client.get(reverse("technicals:key-dates-file", args=[form])).content

    assert rows_of(fees, form)[1][:3] == ["Registration", "All", "£123.45"]
    assert rows_of(fees, form)[1][5] == "Example amount"
    assert rows_of(dates, form)[1][:2] == [str(registration_series()), "Open now"]


@pytest.mark.parametrize("name", ["entry-codes-file", "fees-file", "key-dates-file"])
def test_a_file_of_another_type_is_not_found(name, officer, signed_in):
    assert signed_in(officer).get(reverse(f"technicals:{name}", args=["pdf"])).status_code == 404


@pytest.mark.parametrize("url", QUERIES, ids=["codes", "fees", "dates", "rules"])
@pytest.mark.parametrize("count", [1, 3])
def test_a_page_asks_as_often_whatever_it_shows(url, count, officer, centre, signed_in, django_assert_num_queries):
    for number in range(1, count + 1):
        QualificationFactory(code=f"0583{number}", subject=f"Subject {number}")
        UnitFactory(number=number)
        TechnicalsApprovalFactory(centre=centre, subject=f"Subject {number}")
        PriceFactory(level=number, since=today() - timedelta(days=number))
        exam_series(SeriesKind.JUNE, today().year + number)
    client = signed_in(officer)
    client.get(url)

    with django_assert_num_queries(QUERIES[url]):
        client.get(url)


def test_the_whole_catalogue_is_shown_by_as_many_queries(officer, centre, signed_in, django_assert_num_queries):
    load_reference()
    client = signed_in(officer)
    client.get(CODES)

    with django_assert_num_queries(QUERIES[CODES]):
        client.get(CODES)


def test_approvals_of_another_centre_are_not_seen(officer_elsewhere, centre, signed_in):
    QualificationFactory(code="05834")
    TechnicalsApprovalFactory(centre=centre)

    response = signed_in(officer_elsewhere).get(CODES)

    assert "Your centre is not approved for these codes" in response.text
    assert Membership.objects.filter(user=officer_elsewhere).count() == 1
