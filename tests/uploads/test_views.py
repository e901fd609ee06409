"""The pages on which a file is uploaded and its headings are matched, and what people get wrong on them."""

import pytest
from django.urls import reverse

from step_entries.models import StepEntry
from tests.factories.uploads import HEADINGS, candidate_row, sheet
from tests.uploads.conftest import UPLOAD, address, words
from uploads.models import Upload

pytestmark = pytest.mark.django_db
PAYLOADS = ['"><svg onload=alert(1)>', "{{ 7*7 }}", "'; DROP TABLE x;--", "<script>alert(1)</script>", "%s%n"]


def test_a_good_file_leads_to_the_check_page_and_nothing_is_entered(send, session):
    page = send([candidate_row(0), candidate_row(1)])

    assert page.redirect_chain[-1][0] == address("check")
    assert "2 candidates: 2 ready, 0 to mend" in words(page).replace("<strong>", "").replace("</strong>", "")
    assert StepEntry.objects.count() == 0


def test_a_file_with_something_to_mend_leads_to_the_mend_page(send, session):
    page = send([candidate_row(0), candidate_row(1, ucas_id="12")])

    assert page.redirect_chain[-1][0] == address("mend")
    assert 'href="#cell-3-ucas_id"' in page.text
    assert 'id="cell-3-ucas_id-error"' in page.text
    assert "cell-2-" not in page.text
    assert "<dd>1000000001</dd>" not in page.text
    assert "<dd>Smithb</dd>" in page.text


def test_a_file_under_unknown_headings_leads_to_matching_them(send, session, client):
    page = send([candidate_row(0)], headings=["Vorname", *HEADINGS[1:]])
    assert page.redirect_chain[-1][0] == address("headings")
    assert "For example “Ann”" in words(page)
    assert "<li>First Name</li>" in page.text

    wrong = client.post(address("headings"), {"column-0": ""})
    missing = client.post(address("headings"), {"column-0": "leave-out"})
    right = client.post(address("headings"), {"column-0": "first_name"})

    assert "Choose what “Vorname” is, or “Leave out”." in words(wrong)
    assert "The file has no column for “First Name”." in words(missing)
    assert right.url == address("resume")


def test_a_heading_whose_first_text_stands_far_below_is_asked_about_with_that_text(send, session, client):
    rows = [[*candidate_row(0), ""]] * 24 + [[*candidate_row(0), "late"]]

    page = send(rows, headings=[*HEADINGS, "Nickname"])

    assert page.redirect_chain[-1][0] == address("headings")
    assert "For example “late”" in words(page)


def test_what_headings_mean_can_be_changed_until_a_row_is_entered(send, session, client):
    send([candidate_row(0)], headings=["Vorname", *HEADINGS[1:]])
    client.post(address("headings"), {"column-0": "last_name"})
    client.post(address("headings"), {"column-0": "first_name"})
    swapped = dict(zip((f"column-{n}" for n in range(7)), Upload.objects.get().mapping, strict=True))
    swapped |= {"column-0": "last_name", "column-1": "first_name"}

    page = client.get(address("headings"))
    assert f'<a href="{address("headings")}">Change what the headings mean</a>' in client.get(address("check")).text
    assert '<option value="first_name" selected>' in page.text
    client.post(address("headings"), swapped)

    assert "Smitha Ann" in client.get(address("check")).text
    assert send([candidate_row(1)], headings=["Vorname", *HEADINGS[1:]]).context["judgement"].ready[
        0
    ].verdict.title == ("Smithb Ann")
    first = Upload.objects.last()
    seen = client.get(address("check", first)).context["judgement"].fingerprint
    client.post(address("check", first), {"seen": seen})
    assert client.get(address("headings", first)).url == address("resume", first)


def test_a_file_without_headings_says_that_its_first_row_was_taken_for_them(send, session):
    page = send([candidate_row(1)], headings=candidate_row(0))

    assert page.redirect_chain[-1][0] == address("headings")
    assert "Row 1 was taken for the row of headings. If it is one of your candidates, discard this file" in words(page)
    assert "The file has 1 candidate." in words(page)


def test_one_answer_can_be_given_to_all_rows_that_say_the_same(send, session, client):
    rows = [candidate_row(n, courses="Camb" if n < 40 else "Oxf", papers="2" if n else "STEP 1") for n in range(41)]
    page = send(rows)
    assert "Also in the 39 other rows that say “Camb”" in words(page)
    assert page.text.count('name="alike-cell-') == 1

    posted = {f"was-cell-{n}-courses": "Camb" for n in range(2, 27)} | {
        f"cell-{n}-courses": "Camb" for n in range(2, 27)
    }
    client.post(
        address("mend"), posted | {"cell-2-courses": "Other", "cell-3-courses": "", "alike-cell-2-courses": "yes"}
    )

    texts = [row.mended.get("courses") for row in Upload.objects.get().rows.all()]
    assert texts == ["Other", "", *["Other"] * 38, None]


def test_a_row_that_a_colleague_entered_meanwhile_tells_that_the_change_was_not_kept(send, session, client):
    send([candidate_row(0)])
    client.post(address("check"), {"seen": client.get(address("check")).context["judgement"].fingerprint})

    page = client.post(address("row", None, 2), {"was-cell-2-papers": "STEP 2", "cell-2-papers": "STEP 3"}, follow=True)

    assert "Row 2 was entered in the meantime as S00001, so what you typed for it was not kept." in words(page)
    assert Upload.objects.get().rows.get().mended == {}


def test_the_confirmation_tells_rows_entered_already_from_rows_that_wait(send, session, client):
    send([candidate_row(0)])
    client.post(address("check"), {"seen": client.get(address("check")).context["judgement"].fingerprint})
    send([candidate_row(0), candidate_row(1), candidate_row(2, ucas_id="1")], name="again.csv")
    again = Upload.objects.first()

    client.post(address("check", again), {"seen": client.get(address("check", again)).context["judgement"].fingerprint})
    page = words(client.get(address("confirmation", again)))

    assert "1 row of the file is not entered. " in page
    assert "1 row of the file was entered already, and was not entered again." in page


def test_the_same_answer_for_all_rows_is_asked_for_where_a_column_is_missing(send, session, client):
    page = send([candidate_row(0)[:5]], headings=HEADINGS[:5])
    assert page.redirect_chain[-1][0] == address("headings")

    client.post(address("headings"), {"all-papers": "STEP 2", "all-courses": "Other"})

    assert Upload.objects.get().same_for_all == {"papers": "STEP 2", "courses": "Other"}
    assert "1 ready" in words(client.get(address("check")))


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("step.csv", b"", "The file is empty."),
        ("step.csv", sheet([]), "There are no candidates in this file."),
        ("step.xlsx", b"MZ" * 50, "This file is not an Excel workbook, although its name ends in .xlsx."),
        ("step.xlsm", b"PK", "This file contains macros."),
        ("step.pdf", b"%PDF", "The file must be an .xlsx, .xls, .ods or .csv."),
        ("step.csv", b"a" * 12_000_000, "The file is larger than 5 MB."),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_under_its_field(send, session, name, content, says):
    page = send(content=content, name=name)

    assert page.status_code == 200
    assert words(page).count(says) == 2
    assert Upload.objects.count() == 0


def test_no_file_at_all_is_told(client, session):
    assert words(client.post(UPLOAD)).count("Choose the file that has your rows in it.") == 2


def test_b11_the_same_file_again_says_when_it_was_taken_and_leads_to_it(send, session):
    send([candidate_row(0)])

    page = send([candidate_row(0)], name="copy of step.csv")

    assert "You uploaded this file on" in words(page)
    assert f'<a href="{address("resume")}">Go on with that upload</a>' in page.text
    assert Upload.objects.count() == 1


def test_the_eleventh_file_of_an_hour_is_answered_429(send, session):
    for number in range(10):
        send([candidate_row(number)])

    page = send([candidate_row(10)])

    assert (page.status_code, page.headers["Retry-After"]) == (429, "3600")
    assert "You uploaded 10 files within an hour." in words(page)


def test_the_template_is_read_back_as_nothing_to_enter(client, send, session):
    for form in ("xlsx", "csv"):
        response = client.get(reverse("uploads:template", args=["step", form]))
        assert response.headers["Content-Disposition"] == f'attachment; filename="step-template.{form}"'
        assert "There are no candidates in this file." in words(send(content=response.content, name=f"t.{form}"))
    assert client.get(reverse("uploads:template", args=["step", "exe"])).status_code == 404
    assert client.get(reverse("uploads:template", args=["nothing", "csv"])).status_code == 404


def test_an_unknown_kind_is_not_found(client, session):
    assert client.get(reverse("uploads:upload", args=["nothing"])).status_code == 404
