"""The page of Copy last series' entries."""

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from technicals.enums import SeriesKind
from technicals.models import EntryDraft
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import (
    QualificationFactory,
    SubmissionFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    UnitFactory,
    exam_series,
    today,
)
from tests.reports.pages import count_queries, words_of

pytestmark = pytest.mark.django_db

URL = "/technicals/copy/"
PAGE_QUERIES = 14
DAY = timedelta(days=1)


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def entered(centre):
    """Two candidates of a group, entered for two units each in the January of this year; June is open."""
    TechnicalsApprovalFactory(centre=centre)
    january, june = exam_series(year=today().year, opens_on=today() - 300 * DAY), exam_series(SeriesKind.JUNE)
    code, submission = QualificationFactory(code="05834"), SubmissionFactory(centre=centre)
    people = CandidateFactory.create_batch(2, centre=centre)
    for person in people:
        for number in (1, 2):
            UnitEntryFactory(
                candidate=person,
                centre=centre,
                series=january,
                qualification=code,
                unit=UnitFactory(number=number),
                submission=submission,
            )
    return {
        "group": str(GroupFactory(centre=centre, name="Year 13", members=people).key),
        "source": january.slug,
        "target": june.slug,
    }


def address(asked):
    return f"{URL}?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_it_is_shown_how_many_would_be_copied_before_anything_is_made(client, entered):
    page = client.get(address(entered))

    assert "4 unit entries of 2 candidates, as 1 web form." in words_of(page)
    assert "nobody is entered before that" in words_of(page)
    assert EntryDraft.objects.count() == 0


def test_the_one_web_form_opens_on_its_entry_options(client, entered):
    answer = client.post(address(entered))

    assert answer.url == reverse("technicals:form-options", args=[EntryDraft.objects.get().key])
    assert "Nobody is entered by it until you press Submit entries." in words_of(client.get(answer.url))


def test_of_several_web_forms_the_list_opens(client, entered, centre):
    january = exam_series(year=today().year)
    UnitEntryFactory(centre=centre, series=january, qualification__code="05835")

    answer = client.post(address(entered | {"group": ""}))

    assert (answer.url, EntryDraft.objects.count()) == (reverse("technicals:form"), 2)
    assert "2 web forms are made." in words_of(client.get(answer.url))


def test_a_group_can_be_chosen_beforehand(client, entered):
    page = client.get(f"{URL}?group={entered['group']}")

    assert f'<option value="{entered["group"]}" selected>Year 13</option>' in page.text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"source": "june-1999"}, "Your centre has no unit entry in that series. Choose another one."),
        ({"source": ""}, "Choose the series to copy from."),
        ({"target": "june-1999"}, "That series takes no entries now. Choose one from the list."),
        (
            {"group": "00000000-0000-0000-0000-000000000000"},
            "That candidate group is not there any more. Choose another one.",
        ),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_what_cannot_be_copied_is_said_and_what_was_chosen_stays(client, entered, asked, sentence, method):
    page = getattr(client, method)(address(entered | asked))

    assert sentence in words_of(page)
    assert EntryDraft.objects.count() == 0


def test_a_group_of_another_centre_is_not_there(client, entered, other_centre):
    theirs = GroupFactory(centre=other_centre)

    assert "That candidate group is not there any more." in words_of(
        client.get(address(entered | {"group": theirs.key}))
    )


def test_one_series_is_not_copied_to_itself(client, entered, centre):
    june = exam_series(SeriesKind.JUNE)
    UnitEntryFactory(centre=centre, series=june)

    page = client.get(address(entered | {"source": june.slug}))

    assert f"{june} is both copied from and copied to. Choose two different series." in words_of(page)
    assert "Make the web form" not in page.text


def test_where_everybody_is_entered_already_there_is_nothing_to_press(client, entered, centre):
    empty = GroupFactory(centre=centre, name="Evening")

    page = client.get(address(entered | {"group": empty.key}))

    assert "There is nothing to copy from" in words_of(page)
    assert "Make the web form" not in page.text


def test_without_unit_entries_or_an_open_series_the_page_says_so(client, centre):
    assert "Your centre has no unit entry yet, so there is nothing to copy." in words_of(client.get(URL))

    past = exam_series(year=today().year, opens_on=today() - 300 * DAY)
    UnitEntryFactory(centre=centre, series=past)

    assert "No series takes unit entries now. Key dates say when the next one opens." in words_of(client.get(URL))


def test_read_only_members_neither_see_nor_make_a_copy(signed_in, colleague, entered):
    reader = signed_in(colleague)

    assert [reader.get(URL).status_code, reader.post(address(entered)).status_code] == [403, 403]


def test_a_group_and_make_entries_lead_to_it(client, entered):
    group = client.get(reverse("candidates:group", args=[entered["group"]]))

    assert f'href="{URL}?group={entered["group"]}">' in group.text
    assert f'href="{URL}">Copy last series\' entries</a>' in unescape(client.get("/technicals/").text)


def test_the_number_of_queries_does_not_grow_with_the_candidates(client, entered, centre):
    client.get(address(entered))
    with_two = count_queries(client, address(entered))
    january = exam_series(year=today().year)
    for _ in range(5):
        UnitEntryFactory(centre=centre, series=january)

    assert [with_two, count_queries(client, address(entered | {"group": ""}))] == [PAGE_QUERIES, PAGE_QUERIES]


def test_at_first_two_different_series_are_chosen(client, entered, centre):
    UnitEntryFactory(centre=centre, series=exam_series(SeriesKind.JUNE))

    page = client.get(URL)

    assert page.context["form"].initial == {"group": "", "source": entered["source"], "target": entered["target"]}


def test_where_there_is_one_series_only_the_page_says_so(client, centre):
    series = exam_series(SeriesKind.JUNE)
    UnitEntryFactory(centre=centre, series=series)

    page = client.get(URL)

    assert f"All unit entries of your centre are for {series}, the one series that takes entries now" in words_of(page)
    assert "Show what is copied" not in words_of(page)
