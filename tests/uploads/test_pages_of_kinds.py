"""What a kind of rows can ask of the pages: periods, order numbers, questions with choices, notices and fees."""

from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.tabular.reading import read_sheet
from tests.factories.uploads import sheet
from tests.uploads.conftest import address, words
from tests.uploads.fake_kind import CHOICES, COLUMNS, HEADINGS, registered
from uploads.models import HeadingMapping, Upload
from uploads.rules.rows import Change
from uploads.services import judge, match_headings, save_rows
from uploads.views import checking

pytestmark = pytest.mark.django_db
PARCELS = reverse("uploads:upload", args=["parcels"])
TWINS = [("Twin", "Small"), ("Twin", "Small"), ("Ann", "Small")]


@pytest.fixture
def post(client, kind):
    def post_file(rows=(("Ann", "Small", ""),), **fields):
        file = SimpleUploadedFile("parcels.csv", sheet([list(row) for row in rows], headings=HEADINGS))
        return client.post(PARCELS, {"file": file, **fields}, follow=True)

    return post_file


# --- the upload page --------------------------------------------------------------------------------------------------


def test_one_period_is_taken_without_asking(client, post, told):
    assert "Month" not in words(client.get(PARCELS))

    post()

    assert Upload.objects.get().period == "june"


def test_of_several_periods_one_is_chosen_and_the_first_is_offered_first(client, post, told):
    told.periods = ("june", "january")
    page = client.get(PARCELS)
    assert "Month" in words(page)
    assert page.text.index('<option value="june"') < page.text.index('<option value="january"')

    post(period="january")

    assert (Upload.objects.get().period, Upload.objects.get().period_title) == ("january", "January")


@pytest.mark.parametrize(("period", "says"), [("", "Choose one of these."), ("may", "Choose one that is open now.")])
def test_a_period_that_is_not_offered_is_told(post, told, period, says):
    told.periods = ("june", "january")

    assert says in words(post(period=period))
    assert Upload.objects.count() == 0


@pytest.mark.parametrize("open_now", [("january",), ()])
def test_a_page_that_was_opened_for_a_period_that_has_closed_sends_its_file_for_no_other(client, post, told, open_now):
    assert '<input type="hidden" name="period" value="june">' in client.get(PARCELS).text
    told.periods = open_now

    assert "The month that this page was opened for has closed. Nothing was uploaded" in words(post(period="june"))
    assert Upload.objects.count() == 0


def test_one_file_may_be_sent_for_each_period(post, told):
    told.periods = ("june", "january")

    for period in told.periods:
        post(period=period)

    assert Upload.objects.count() == 2


def test_the_order_number_is_kept_with_the_file(client, post):
    page = client.get(PARCELS)
    assert "Order number or reference" in page.text
    assert ">Send the parcels</button>" in page.text

    post(order_number="PO/17 a")

    assert Upload.objects.get().order_number == "PO/17 a"
    assert "order number PO/17 a" in words(client.get(address("check")))


@pytest.mark.parametrize("typed", ["=1", "+44", "-1", "@me", "x" * 21, "a\tb"])
def test_order_01_an_order_number_that_cannot_be_quoted_is_told_at_its_field(post, typed):
    page = post(order_number=typed)

    assert words(page).count("An order number or reference has up to 20 letters") == 2
    assert 'href="#id_order_number"' in page.text
    assert Upload.objects.count() == 0


def test_a_page_that_was_open_for_too_long_keeps_the_order_number(officer, kind, told):
    from django.test import Client

    told.periods = ("june", "january")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)

    page = strict.post(PARCELS, {"order_number": "PO 17", "period": "january"}, headers={"origin": "http://testserver"})

    assert 'value="PO 17"' in page.text
    assert '<option value="january" selected>' in page.text


def test_kinds_without_order_numbers_ask_for_none(client, kind):
    with registered(replace(kind, takes_order_number=False)):
        assert "Order number" not in client.get(PARCELS).text


def test_without_a_period_nothing_can_be_sent(client, post, told):
    told.periods = ()

    assert "No month is set up yet." in words(client.get(PARCELS))
    assert post().status_code == 404


# --- the template -----------------------------------------------------------------------------------------------------


def template(client, form="xlsx", **asked):
    return client.get(reverse("uploads:template", args=["parcels", form]), asked).content


def test_questions_are_in_no_template(client, kind):
    for form, place in (("xlsx", 1), ("csv", 0)):
        rows = read_sheet(template(client, form), f"t.{form}").rows
        assert rows[place].cells == ("Parcel", "Size", "Note")


def test_the_template_offers_the_centres_own_people_where_the_kind_does(client, kind, send):
    assert "?people=own" in client.get(PARCELS).text

    rows = read_sheet(template(client, people="own", of="Bea"), "t.xlsx").rows

    assert [row.cells for row in rows[3:]] == [("Bea", "Small", "")]
    with registered(replace(kind, prefilled=None)):
        assert "?people=own" not in client.get(PARCELS).text
        assert len(read_sheet(template(client, people="own"), "t.xlsx").rows) == 3


def test_a_filled_in_template_is_read_and_its_help_lines_are_left_out(client, kind):
    file = SimpleUploadedFile("parcels.xlsx", template(client, people="own"))

    client.post(PARCELS, {"file": file})

    upload = Upload.objects.get()
    assert [row.cells for row in upload.rows.all()] == [["Ann", "Small", ""]]
    assert upload.notes == [
        "Row 1 is the help line of the template and was left out.",
        "Row 3 is the help line of the template and was left out.",
    ]


# --- questions with choices -------------------------------------------------------------------------------------------


def test_a_heading_never_means_a_question(parcel_file, kind, officer, now):
    rows = [["Ann", "Small", "x"]]
    upload = parcel_file(content=sheet(rows, headings=["Parcel", "Size", "Which is right?"]))
    assert upload.mapping == ["name", "size", None]

    match_headings(upload=upload, kind=kind, chosen=["name", "size", "which"], same_for_all={}, by=officer, at=now)

    assert HeadingMapping.objects.get().column == ""


def test_a_question_is_a_choice_where_a_row_asks_it_and_nowhere_else(parcel_file, client):
    parcel_file(TWINS)

    page = client.get(address("mend")).text

    assert '<select class="form-select question is-invalid" id="cell-2-which"' in page
    for choice in CHOICES:
        assert f'<option value="{choice}">{choice}</option>' in page
    assert "cell-4-which" not in client.get(address("row", None, 4)).text
    assert "Which is right?" not in client.get(reverse("uploads:upload", args=["parcels"])).text


def test_an_answer_is_kept_and_can_be_changed_on_the_rows_own_page(parcel_file, client):
    upload = parcel_file(TWINS)

    client.post(address("mend"), {"was-cell-2-which": "", "cell-2-which": CHOICES[0]})

    assert upload.rows.get(number=2).mended == {"which": CHOICES[0]}
    page = client.get(address("row", None, 2)).text
    assert f'<option value="{CHOICES[0]}" selected>' in page
    client.post(address("row", None, 2), {"was-cell-2-which": CHOICES[0], "cell-2-which": ""})
    assert upload.rows.get(number=2).mended == {"which": ""}


def test_one_answer_can_be_given_to_all_rows_that_ask_the_same(parcel_file, client):
    upload = parcel_file(TWINS)
    page = client.get(address("mend"))
    assert "Also in the 1 other row that asks this" in words(page)

    client.post(address("mend"), {"was-cell-2-which": "", "cell-2-which": CHOICES[1], "alike-cell-2-which": "yes"})

    assert [row.mended.get("which") for row in upload.rows.all()] == [CHOICES[1], CHOICES[1], None]


def test_questions_are_in_no_list_of_what_is_left(parcel_file, client, kind, officer, now):
    upload = parcel_file(TWINS)
    save_rows(upload=upload, kind=kind, cells={2: {"which": Change("", CHOICES[0])}}, by=officer, at=now)

    left = read_sheet(client.get(address("rows", None, "left", "csv")).content, "left.csv").rows

    assert left[0].cells == ("Parcel", "Size", "Note", "Errors")


def test_what_is_left_can_be_mended_and_uploaded_without_matching_headings(parcel_file, client, now):
    parcel_file([("Ann", "Huge")])
    left = client.get(address("rows", None, "left", "xlsx")).content

    again = parcel_file(content=left, name="left.xlsx")

    assert again.mapping == ["name", "size", "note", ""]


# --- notices, fees, all together --------------------------------------------------------------------------------------


def test_what_a_person_is_told_of_a_row_stands_on_every_page(parcel_file, client):
    parcel_file([("Ann", "Large"), ("", "Large")])

    for page in (address("mend"), address("row", None, 2), address("check")):
        assert "Large parcels travel slowly." in words(client.get(page))
    assert "1 row with something to know" in words(client.get(address("check")))


def test_what_is_told_of_many_rows_stands_once(parcel_file, client):
    parcel_file([(f"Ann {number}", "Large") for number in range(22)])

    told = words(client.get(address("check")))

    assert "22 rows with something to know</summary>" in told
    assert "22 rows: Large parcels travel slowly." in told
    assert "Rows 2, 3, 4, " in told
    assert "20, 21 and others" in told
    assert told.count("Large parcels travel slowly.") == 1


def test_what_is_told_of_few_rows_stands_first(parcel_file, kind):
    upload = parcel_file([("Ann", "Large"), ("Bea", "Large"), ("Dee", "Large")])

    notices = judge(upload=upload, kind=kind, at=upload.received_at).notices

    assert [(sentence, len(rows)) for sentence, rows in notices] == [
        ("Dee is known here.", 1),
        ("Large parcels travel slowly.", 3),
    ]


def test_the_check_page_says_what_it_costs_and_asks_to_accept_it(parcel_file, client):
    parcel_file([("Ann", "Large"), ("Bea", "Small")])

    page = client.get(address("check"))

    assert "Total: £2.00" in words(page)
    assert "Small parcels cost nothing." in words(page)
    assert '<input class="form-check-input" type="checkbox" id="accepted" name="accepted" value="2">' in page.text
    assert "The next page says what becomes of them." in words(page)


def test_of_many_rows_of_which_there_is_something_to_say_the_first_are_named(parcel_file, client, told, monkeypatch):
    monkeypatch.setattr(checking, "ROWS_NAMED", 1)
    told.already = {"Cy": "S00001", "Di": "S00002"}
    parcel_file([("Ann", "Large"), ("Dee", "Large"), ("Cy", "Small"), ("Di", "Small")])

    page = client.get(address("check"))

    assert "Row 3, Dee: Dee is known here." in words(page)
    assert "Large parcels travel slowly." not in words(page)
    assert "The first 1 are shown." in words(page)
    assert "S00001" in page.text
    assert "S00002" not in page.text
    assert "These are the first of 2 rows." in words(page)


def test_what_costs_nothing_is_not_asked_about(parcel_file, client):
    parcel_file()

    assert 'name="accepted"' not in client.get(address("check")).text


def test_the_check_page_leads_back_while_rows_that_go_together_have_something_to_mend(parcel_file, client, kind):
    parcel_file([("Ann", "Small"), ("Bea", "Huge")])

    page = client.get(address("check"))

    assert "1 row has something to mend, and all rows go together." in words(page)
    assert f'<a href="{address("mend")}">Mend it, or set it aside</a>' in page.text
    assert ">Submit</button>" not in page.text
    assert "go on with the rows that are ready" not in client.get(address("mend")).text

    client.post(address("mend"), {"aside": "3"})
    assert ">Submit</button>" in client.get(address("check")).text


def test_the_made_up_kind_judges_as_the_pages_expect(parcel_file, kind, now):
    judgement = judge(upload=parcel_file([("Twin", "Huge")]), kind=kind, at=now)

    assert [refusal.code for row in judgement.to_mend for refusal in row.verdict.refusals] == ["PARCEL-B", "PARCEL-C"]
    assert [column.slug for column in kind.columns_of_files(None)] == [c.slug for c in COLUMNS if not c.is_question]
