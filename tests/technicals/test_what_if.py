"""What would it cost? Answers before anything is entered."""

import re
from html import unescape

import pytest
from django.urls import reverse

from technicals.enums import EntryKind, PriceKind, SeriesKind, Suite
from technicals.models import Registration, UnitEntry
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    TechnicalsApprovalFactory,
    exam_series,
    today,
)
from tests.reports.pages import count_queries, words_of

pytestmark = pytest.mark.django_db

URL = "/technicals/what-would-it-cost/"
PAGE_QUERIES, ANSWER_QUERIES = 10, 12
ANSWER = "Fees"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def prices(centre):
    """Business of the 2016 suite, a top-up of it, Business of the 2012 suite, and prices that are no examples."""
    TechnicalsApprovalFactory(centre=centre)
    QualificationFactory(code="05834")
    QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835")
    QualificationFactory(code="05250", suite=Suite.OF_2012)
    amounts = {PriceKind.REGISTRATION: 5000, PriceKind.RESIT: 2500, PriceKind.LATE: 1200, PriceKind.UNIT: 900}
    for kind, amount in amounts.items():
        PriceFactory(kind=kind, amount=amount)
    return exam_series()


def answer(client, **asked):
    page = client.get(URL, {"series": "", **asked})
    return page.context.get("preview"), page


@pytest.mark.parametrize(
    ("asked", "lines", "total"),
    [
        ({"code": "05834", "full": 3}, [("Registration", "3", "£50.00", "£150.00")], "£150.00"),
        (
            {"code": "05834", "full": 2, "first": 4, "resits": 1},
            [
                ("Registration", "2", "£50.00", "£100.00"),
                ("Unit resit", "1", "£25.00", "£25.00"),
                ("Unit, first entry", "4", "included", "included"),
            ],
            "£125.00",
        ),
        (
            {"code": "05834", "first": 4, "resits": 1, "series": "LATE"},
            [("Late entry", "5", "£12.00", "£60.00"), ("Unit resit", "1", "£25.00", "£25.00")],
            "£85.00",
        ),
        (
            {"code": "05250", "first": 2, "resits": 1, "series": "LATE"},
            [("Unit entry, 2012 suite", "3", "£9.00", "£27.00")],
            "£27.00",
        ),
        ({"code": "05991", "full": 2}, [("Top-up", "2", "on invoice", "on invoice")], "2 lines on invoice"),
    ],
)
def test_the_answer_is_by_the_rules_by_which_entries_are_charged(client, prices, asked, lines, total):
    late = {"series": f"{prices.slug}-late"} if asked.get("series") else {}

    preview, page = answer(client, **{**asked, **late})

    assert (list(preview.lines), preview.total) == (lines, total)
    assert total in words_of(page)


def test_nothing_is_entered_and_the_page_says_so(client, prices):
    _, page = answer(client, code="05834", full=3, first=1)

    assert "Nothing is entered, and nothing is kept." in words_of(page)
    assert (Registration.objects.count(), UnitEntry.objects.count()) == (0, 0)


def test_examples_and_what_is_on_invoice_are_told(client, prices):
    PriceFactory(kind=PriceKind.REGISTRATION, code="05834", amount=4200, is_sample=True)

    _, with_example = answer(client, code="05834", full=1)
    _, on_invoice = answer(client, code="05991", full=1)

    assert "Amounts are examples, not the board's prices." in unescape(words_of(with_example))
    assert "What is on invoice has no price in the portal yet; it is not free." in words_of(on_invoice)


def test_units_under_a_top_up_code_are_refused_as_at_entering(client, prices):
    preview, page = answer(client, code="05991", first=1)

    assert preview is None
    assert "This is a top-up code: units are entered under the full award's own code." in unescape(words_of(page))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"code": ""}, "Choose an entry code."),
        ({"code": "99999"}, "That entry code is not in use. Choose one from the list."),
        ({"code": "05834", "full": "many"}, "Candidates for the full award: give a whole number, such as 12."),
        ({"code": "05834", "first": "-1"}, "Unit entries, first: give 0 or more."),
        ({"code": "05834", "resits": "10001"}, "Unit entries, resits: give 10,000 or fewer."),
        ({"code": "05834", "series": "june-1999"}, "That series takes no entries. Choose one from the list."),
        ({"code": "05834"}, "Give how many candidates or unit entries you think of."),
    ],
)
def test_what_cannot_be_answered_says_what_to_do_and_keeps_what_was_typed(client, prices, asked, sentence):
    preview, page = answer(client, **{"full": "", **asked})

    assert preview is None
    assert sentence in words_of(page)
    for value in filter(None, asked.values()):
        assert value in ("99999", "june-1999") or re.search(rf'value="{value}"', page.text)


def test_a_series_is_offered_in_time_and_late_as_far_as_it_still_can_be(client, prices):
    exam_series(
        SeriesKind.JUNE,
        opens_on=today(),
        entry_deadline=today(),
        late_until=None,
        refund_until=None,
        no_change_from=None,
        results_on=None,
    )
    prices.entry_deadline = today().replace(year=today().year - 1)
    prices.opens_on = prices.entry_deadline
    prices.save()

    offered = [value for value, _ in client.get(URL).context["form"].fields["series"].choices]

    assert offered == [f"{prices.slug}-late", f"june-{today().year + 1}", ""]


def test_the_codes_that_the_centre_is_approved_for_stand_first(client, prices):
    QualificationFactory(code="05100", subject="Sport")

    choices = client.get(URL).context["form"].fields["code"].choices

    assert [(name, [code for code, _ in codes]) for name, codes in choices[1:]] == [
        ("Approved for your centre", ["05834", "05991"]),
        ("Other codes", ["05100", "05250"]),
    ]


def test_fees_list_and_make_entries_lead_to_it(client, prices):
    link = f'href="{reverse("technicals:what-if")}">What would it cost?</a>'

    assert [link in client.get(page).text for page in ("/technicals/", "/technicals/fees/")] == [True, True]


def test_the_number_of_queries_does_not_grow_with_codes_and_prices(client, prices):
    asked = f"{URL}?code=05834&full=3&series="
    client.get(URL)
    with_few = count_queries(client, URL), count_queries(client, asked)
    QualificationFactory.create_batch(3, subject="Sport")
    PriceFactory.create_batch(3, kind=PriceKind.RESIT, code="05834")

    assert [with_few, (count_queries(client, URL), count_queries(client, asked))] == [
        (PAGE_QUERIES, ANSWER_QUERIES)
    ] * 2
