"""Spreadsheet validation as a place to work: which rows are shown, the way to any row, and the next error."""

import pytest

from core.tabular.reading import read_sheet
from tests.factories.uploads import candidate_row
from tests.uploads.conftest import address, words
from uploads.enums import RowState
from uploads.models import UploadRow

pytestmark = pytest.mark.django_db


def mend(client, **asked):
    return client.get(address("mend"), asked)


@pytest.fixture
def mixed(send, session, client):
    """Rows 2 and 5 have something to mend, row 3 is ready, row 4 is set aside."""
    send([candidate_row(0, ucas_id="1"), candidate_row(1), candidate_row(2), candidate_row(3, gender="")])
    client.post(address("mend"), {"aside": "4"})


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({}, [2, 5]),
        ({"rows": "to-mend"}, [2, 5]),
        ({"rows": "ready"}, [3]),
        ({"rows": "aside"}, [4]),
        ({"rows": "all"}, [2, 3, 4, 5]),
        ({"rows": "whatever"}, [2, 5]),
    ],
)
def test_the_rows_that_are_asked_for_are_shown(mixed, client, asked, shown):
    page = mend(client, **asked).text

    assert [number for number in range(2, 6) if f'id="row-{number}"' in page] == shown


def test_all_rows_that_are_set_aside_are_brought_back_from_their_own_page(mixed, client):
    assert "Bring all" not in words(mend(client, rows="aside"))
    client.post(address("mend"), {"aside": "3"})
    assert "Bring all 2 rows back" in words(mend(client, rows="aside"))

    client.post(address("mend") + "?rows=aside", {"back-all": "yes"})

    assert UploadRow.objects.filter(state=RowState.SET_ASIDE).count() == 0


def test_the_choice_of_rows_says_how_many_there_are(mixed, client):
    page = words(mend(client, rows="ready"))

    for choice in ("To mend (2)", "Ready (1)", "Set aside (1)", "All rows (4)"):
        assert choice in page
    assert 'aria-current="page">Ready (1)</a>' in page


def test_a_row_that_is_ready_can_be_set_aside_and_one_brought_back(mixed, client):
    assert 'name="aside" value="3"' in mend(client, rows="ready").text
    assert 'name="back" value="4"' in mend(client, rows="all").text


def test_an_entered_row_is_shown_with_its_number(mixed, client):
    seen = client.get(address("check")).context["judgement"].fingerprint
    client.post(address("check"), {"seen": seen})

    page = mend(client, rows="all")

    assert "Row 3: Ann Smithb" in words(page)
    assert "S00001" in page.text
    assert 'name="aside" value="3"' not in page.text


def test_after_saving_the_same_choice_of_rows_is_shown(mixed, client):
    where = f"{address('mend')}?rows=all&page=1"

    assert client.post(where, {"was-cell-2-ucas_id": "1", "cell-2-ucas_id": "12"}).url == where


def test_each_row_leads_to_the_next_error(mixed, client):
    page = mend(client, rows="all").text

    assert page.count('<a href="#cell-5-gender">Next error') == page.count("Next error") == 2


@pytest.mark.parametrize(
    ("row", "leads_to", "says"),
    [
        ("2", ("row", None, 2), ""),
        (" 3 ", ("row", None, 3), ""),
        ("4", ("mend",), "Row 4 is set aside. Bring it back to change it."),
        ("99", ("mend",), "The file has no row “99”."),
        ("abc", ("mend",), "The file has no row “abc”."),
        ("9" * 30, ("mend",), "The file has no row"),
        ("", ("mend",), "The file has no row “”."),
    ],
)
def test_any_row_is_reached_by_its_number(mixed, client, row, leads_to, says):
    page = client.get(address("mend"), {"row": row}, follow=True)

    assert page.redirect_chain[-1][0] == address(*leads_to)
    assert says in words(page)


def test_of_many_rows_set_aside_the_first_ten_are_named(send, session, client):
    send([candidate_row(0, ucas_id="1"), *(candidate_row(number) for number in range(1, 13))])
    client.post(address("mend"), {"aside": [str(number) for number in range(3, 15)]})

    page = mend(client)

    assert page.text.count('name="back"') == 10
    assert "All 12 rows that are set aside" in words(page)
    assert mend(client, rows="aside").text.count('name="back"') == 12


@pytest.mark.parametrize("count", [3, 300])
def test_the_first_page_of_any_file_asks_the_same_queries(send, session, client, count, django_assert_num_queries):
    send([candidate_row(number, ucas_id="1") for number in range(count)])

    with django_assert_num_queries(19):
        page = mend(client)

    assert page.text.count('class="mend-row"') == min(count, 25)


def test_saving_judges_once_more_only_where_an_answer_is_meant_for_all(send, session, client, monkeypatch):
    from uploads import services

    send([candidate_row(number, courses="Oxbridge") for number in range(3)])
    judged = []
    real = services.judge
    monkeypatch.setattr(services, "judge", lambda **given: judged.append(1) or real(**given))
    typed = {"was-cell-2-courses": "Oxbridge", "cell-2-courses": "Oxbridg"}

    client.post(address("mend"), typed)
    once = len(judged)
    client.post(address("mend"), typed | {"alike-cell-3-courses": "yes"})

    assert (once, len(judged) - once) == (1, 2)


def test_the_list_of_what_is_left_has_a_column_of_errors(mixed, client):
    left = read_sheet(client.get(address("rows", None, "left", "xlsx")).content, "left.xlsx").rows

    assert [row.cells[-1].split(".")[0] for row in left] == [
        "Errors",
        "UCAS ID must be 10 digits, for example 123 456 7890",
        "",
        "Set aside",
        "Select a gender",
    ]


def states():
    return dict(UploadRow.objects.order_by("number").values_list("number", "state"))


def test_all_rows_to_mend_are_set_aside_at_once_and_all_are_brought_back(mixed, client):
    page = words(mend(client))

    client.post(address("mend"), {"aside-all": "yes"})

    assert "Set all 2 rows aside that have something to mend" in page
    assert states() == {2: "set-aside", 3: "open", 4: "set-aside", 5: "set-aside"}
    client.post(address("mend"), {"back-all": "yes"})
    assert set(states().values()) == {"open"}


def test_a_row_in_which_something_was_typed_is_mended_and_not_set_aside_with_the_others(mixed, client):
    typed = {"was-cell-2-ucas_id": "1", "cell-2-ucas_id": "1000000000"}

    client.post(address("mend"), typed | {"aside-all": "yes"})

    assert states() == {2: "open", 3: "open", 4: "set-aside", 5: "set-aside"}
