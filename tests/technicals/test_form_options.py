"""Select entry options: a full award or units, applied to those who are ticked."""

import pytest

from technicals.models import Unit
from technicals.queries import form as queries
from technicals.services.drafts import apply_option
from tests.factories.technicals import TechnicalsApprovalFactory
from tests.reports.pages import count_queries, words_of
from tests.technicals.conftest import MOVE_DOWN, TOP_UP
from tests.technicals.form_pages import begun, ids, page_of

pytestmark = pytest.mark.django_db
PAGE_QUERIES = 13
OF_2012 = "05347"


@pytest.fixture
def client(signed_in, officer, january):
    return signed_in(officer)


def options(draft):
    return [(entry.option, entry.units) for entry in draft.entries.all()]


def ticked(page):
    return [is_ticked for _, is_ticked, _ in page.context["rows"]]


def test_the_page_has_the_words_of_the_guide(client, officer):
    page = client.get(page_of(begun(officer), "options"))

    assert "<h1>Select entry options</h1>" in page.text
    for words in (">Full award entry</label>", ">Unit entry</label>", ">Apply to selected</button>", ">Next</button>"):
        assert words in page.text
    assert "Full award entry will allow you to make top-up entries." in words_of(page)


def test_an_option_is_applied_to_those_ticked_and_shown_in_words(client, officer):
    draft = begun(officer, count=3)
    address, (first, second, _) = page_of(draft, "options"), ids(draft)

    client.post(address, {"option": "full", "entries": [first], "act": "apply"})
    page = client.post(
        address, {"option": "units", "units": ["1", "2"], "entries": [second], "act": "apply"}, follow=True
    )

    assert options(draft) == [("full", []), ("units", [1, 2]), ("", [])]
    said = words_of(page)
    assert "Unit entry: units 1 and 2 applied to 1 candidate." in said
    assert "3 candidates, 1 without an option yet" in said
    assert [words for _, _, words in page.context["rows"]] == ["Full award entry", "Unit entry: units 1 and 2", ""]
    assert ticked(page) == [False] * 3


@pytest.mark.parametrize(
    ("tick", "expected"), [("all", [True, True]), ("open", [False, True]), ("none", [False, False])]
)
def test_ticking_many_at_once_keeps_what_was_chosen(tick, expected, client, officer, now):
    draft = begun(officer)
    first, second = ids(draft)
    apply_option(draft=draft, entries=[first], option="full", at=now)

    page = client.post(page_of(draft, "options"), {"option": "units", "units": "2", "entries": second, "tick": tick})

    assert ticked(page) == expected
    assert 'value="units" id="option-units" checked' in page.text
    assert 'id="units-2" checked' in page.text
    assert options(draft) == [("full", []), ("", [])]


def test_what_is_refused_keeps_every_tick_and_leads_to_its_place(client, officer):
    draft = begun(officer)
    typed = {"option": "units", "units": ["1", "2", "3", "9"], "entries": ids(draft)[:1], "act": "apply"}

    page = client.post(page_of(draft, "options"), typed)

    assert "You ticked 4 units. The web form takes up to 3 at once: untick 1" in words_of(page)
    assert 'href="#units"' in page.text
    assert 'id="units"' in page.text
    assert ticked(page) == [True, False]
    assert page.context["answers"].units == [1, 2, 3, 9]
    assert options(draft) == [("", []), ("", [])]


@pytest.mark.parametrize("typed", [{"units": "x"}, {"entries": "0x1"}, {"entries": "9" * 40}, {"option": "x" * 900}])
def test_nonsense_is_refused_and_breaks_nothing(typed, client, officer):
    draft = begun(officer)

    assert client.post(page_of(draft, "options"), typed | {"act": "apply"}).status_code == 200
    assert options(draft) == [("", []), ("", [])]


def test_lines_of_another_form_are_left_alone(client, officer):
    draft, other = begun(officer), begun(officer)

    page = client.post(page_of(draft, "options"), {"option": "full", "entries": ids(other), "act": "apply"})

    assert "Tick the candidates for whom the option is meant" in words_of(page)
    assert options(other) == [("", []), ("", [])]


def test_next_names_who_has_no_option_and_leads_on_when_all_have_one(client, officer, now):
    draft = begun(officer)
    address, second = page_of(draft, "options"), draft.entries.last()
    apply_option(draft=draft, entries=ids(draft)[:1], option="full", at=now)

    page = client.post(address, {"act": "next"})
    assert f"No entry option yet: {second.candidate}." in words_of(page)
    apply_option(draft=draft, entries=[second.pk], option="full", at=now)

    assert client.post(address, {"act": "next"}).url == page_of(draft, "summary")


def test_next_does_not_pass_over_ticks_that_nothing_was_applied_to(client, officer):
    draft = begun(officer, option="full")

    page = client.post(
        page_of(draft, "options"), {"act": "next", "option": "units", "units": "1", "entries": ids(draft)}
    )

    assert "2 candidates are ticked, and nothing was applied since." in words_of(page)
    assert ticked(page) == [True, True]


def test_only_examined_units_that_can_be_sat_in_the_series_are_offered(client, officer, january):
    draft = begun(officer)
    Unit.objects.filter(subject="Business", number=2, level=3, suite="2016").update(in_january=False)

    page = client.get(page_of(draft, "options"))

    numbers = [unit.number for unit in page.context["units"]]
    expected = Unit.objects.filter(subject="Business", level=3, suite="2016", assessment="examined", in_january=True)
    assert numbers == list(expected.order_by("number").values_list("number", flat=True))
    assert 2 not in numbers


def test_where_no_series_is_open_the_page_says_why_no_unit_is_offered(client, officer):
    draft = begun(officer)
    draft.series = None
    draft.save()

    page = client.get(page_of(draft, "options"))

    assert "No series takes entries for examined units now." in words_of(page)
    assert page.context["units"] == []


def test_in_the_2012_suite_every_unit_is_offered(client, officer, centre):
    TechnicalsApprovalFactory(centre=centre, subject="IT", suite="2012")
    draft = begun(officer, code=OF_2012)

    page = client.get(page_of(draft, "options"))

    count = Unit.objects.filter(subject="IT", level=3, suite="2012").count()
    assert len(page.context["units"]) == count
    assert "full awards or units of a subject and level, never both" in words_of(page)


def test_under_a_top_up_code_there_is_only_the_top_up_and_it_is_chosen(client, officer):
    page = client.get(page_of(begun(officer, code=TOP_UP), "options"))

    assert 'value="full" id="option" checked' in page.text
    assert ">Top-up entry</label>" in page.text
    assert ": Top-up from 05834 to 05835." in words_of(page)
    assert ">Unit entry</label>" not in page.text
    assert "I declare" not in page.text


def test_a_moving_down_is_declared_for_all_who_are_ticked(client, officer):
    draft = begun(officer, code=MOVE_DOWN)
    address, typed = page_of(draft, "options"), {"option": "full", "entries": ids(draft), "act": "apply"}

    page = client.get(address)
    said = words_of(page)
    assert "I declare that every candidate ticked below has achieved the units that the Certificate needs, in a" in said
    assert "There is no refund." in said
    assert "that is no moving down: OCR corrects it." in said
    assert 'href="#is_declared"' in client.post(address, typed).text
    client.post(address, typed | {"is_declared": "yes"})

    assert [entry.declared[:5] for entry in draft.entries.all()] == [MOVE_DOWN] * 2


def test_a_long_form_is_paged_and_ticks_count_for_a_page(client, officer, monkeypatch):
    monkeypatch.setattr(queries, "ENTRIES_ON_A_PAGE", 2)
    draft = begun(officer, count=3)
    second = f"{page_of(draft, 'options')}?page=2"

    page = client.post(second, {"option": "full", "tick": "all"})
    assert (ticked(page), "Shown: 3 to 3; ticks count for this page." in words_of(page)) == ([True], True)
    led = client.post(second, {"option": "full", "entries": ids(draft)[2], "act": "apply"})

    assert led.url == second
    assert [option for option, _ in options(draft)] == ["", "", "full"]


def test_the_page_asks_the_same_number_of_queries_for_three_and_for_thirty(client, officer):
    few, many = begun(officer, count=3), begun(officer, count=30)
    client.get(page_of(few, "options"))

    counted = [count_queries(client, page_of(draft, "options")) for draft in (few, many)]

    assert counted == [PAGE_QUERIES, PAGE_QUERIES]
