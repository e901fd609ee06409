"""The pages of an upload: mending, check, what was entered, discarding, and the list."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from core.tabular.reading import read_sheet
from step_entries.models import StepEntry, StepSession
from tests.factories.step_entries import StepEntryFactory
from tests.factories.uploads import HEADINGS, candidate_row, sheet
from tests.uploads.conftest import UPLOAD, address, words
from uploads import services
from uploads.enums import RowState
from uploads.models import Upload
from uploads.services import purge_uploads

pytestmark = pytest.mark.django_db
PAYLOADS = ['"><svg onload=alert(1)>', "{{ 7*7 }}", "'; DROP TABLE x;--", "<script>alert(1)</script>", "%s%n"]


def test_mending_saving_and_submitting_through_the_pages(send, session, client):
    send([candidate_row(0), candidate_row(1, ucas_id="12")])

    still = client.post(address("mend"), {"was-cell-3-ucas_id": "12", "cell-3-ucas_id": "123"}, follow=True)
    assert 'value="123"' in still.text
    assert "1 row saved. 1 has something to mend." in words(still)
    mended = client.post(address("mend"), {"was-cell-3-ucas_id": "123", "cell-3-ucas_id": ""})
    assert mended.url == address("check")

    seen = client.get(mended.url).context["judgement"].fingerprint
    done = client.post(address("check"), {"seen": seen}, follow=True)
    client.post(address("check"), {"seen": seen})

    assert done.redirect_chain[-1][0] == address("confirmation")
    assert "2 candidates are entered" in words(done)
    assert [row.reference for row in Upload.objects.get().rows.all()] == ["S00001", "S00002"]
    assert StepEntry.objects.count() == 2


def test_what_was_typed_goes_with_setting_another_row_aside(send, session, client):
    send([candidate_row(0, ucas_id="1"), candidate_row(1, ucas_id="12")])

    client.post(address("mend"), {"was-cell-3-ucas_id": "12", "cell-3-ucas_id": "77", "aside": "2"})

    first, second = Upload.objects.get().rows.all()
    assert (first.state, second.mended) == (RowState.SET_ASIDE, {"ucas_id": "77"})
    page = client.get(address("mend"))
    assert "Bring row 2 back" in page.text
    client.post(address("mend"), {"back": "2"})
    assert Upload.objects.get().rows.first().state == RowState.OPEN


def test_a_tick_is_kept_and_can_be_taken_away(send, session, client):
    send([candidate_row(0, date_of_birth="01/01/1990")])
    name = "cell-2-age_is_right"
    assert f'name="{name}" value="1990-01-01"' in client.get(address("mend")).text

    client.post(address("mend"), {f"was-{name}": "", name: "1990-01-01"})
    assert "1 ready" in words(client.get(address("check")))
    assert f'name="{name}" value="1990-01-01" checked' in client.get(address("row", None, 2)).text

    client.post(address("row", None, 2), {f"was-{name}": "1990-01-01"})
    assert "0 ready" in words(client.get(address("check")))


def test_a_row_that_is_ready_can_be_changed_on_its_own_page(send, session, client):
    send([candidate_row(0), candidate_row(1)])
    page = client.get(address("row", None, 2))
    assert page.text.count("cell-2-") > 30

    client.post(address("row", None, 2), {"was-cell-2-first_name": "Ann", "cell-2-first_name": "Bea"})

    assert "Bea Smitha" in client.get(address("check")).text
    assert client.get(address("row", None, 99)).status_code == 404


def test_several_lines_in_a_cell_are_shown_in_one_and_are_not_lost_by_saving(send, session, client):
    send(content=sheet([candidate_row(0, ucas_id="1", courses="Other|Oxbridge")]).replace(b"|", b"\r\n"))
    page = client.get(address("mend"))
    assert 'name="was-cell-2-courses" value="Other; Oxbridge"' in page.text

    shown = {"was-cell-2-courses": "Other; Oxbridge", "cell-2-courses": "Other; Oxbridge"}
    client.post(address("mend"), shown)

    assert Upload.objects.get().rows.get().mended == {}


def test_a_page_that_was_open_for_too_long_keeps_what_was_typed(officer, send, session, client):
    send([candidate_row(0, ucas_id="12")])
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    typed = {"was-cell-2-ucas_id": "12", "cell-2-ucas_id": "777"}

    page = strict.post(address("mend"), typed, headers={"origin": "http://testserver"})
    upload = strict.post(UPLOAD, {"file": SimpleUploadedFile("a.csv", b"a")}, headers={"origin": "http://testserver"})
    check = strict.post(address("check"), {}, headers={"origin": "http://testserver"})

    assert 'value="777"' in page.text
    assert "Check what you typed and press Save again." in words(page)
    assert "Nothing was uploaded: choose the file again." in words(upload)
    assert "press Submit again" in words(check)
    assert Upload.objects.get().rows.get().mended == {}


def test_s42_text_that_looks_like_code_is_text_on_every_page(send, session, client):
    rows = [candidate_row(n, last_name=payload, courses="Other") for n, payload in enumerate(PAYLOADS)]
    send(rows, name=f"{PAYLOADS[3]}.csv")

    for page in ("mend", "check", "discard"):
        text = client.get(address(page)).text
        assert "<svg" not in text
        assert "<script>alert" not in text
    assert "{{ 7*7 }}" in client.get(address("mend")).text
    assert "&lt;svg onload=alert(1)&gt;" in client.get(address("mend")).text


def test_rows_entered_already_are_listed_on_the_check_page_with_their_number(send, session, client, centre):
    entry = StepEntryFactory(
        session=session, centre=centre, person_key="annsmitha", date_of_birth="2009-03-04", ucas_id=""
    )

    page = send([candidate_row(0), candidate_row(1)])

    assert "1 ready, 0 to mend, 1 entered already" in words(page)
    assert reverse("step_entries:entry-detail", args=[entry.number]) in page.text


def test_after_closing_the_rows_are_kept_and_no_button_offers_submit(send, session, client):
    send([candidate_row(0)])
    StepSession.objects.update(closes_at=session.opens_at + timedelta(days=1))

    check, upload = client.get(address("check")), client.get(UPLOAD)

    assert "Registration closed on" in words(check)
    assert ">Submit</button>" not in check.text
    assert 'type="file"' not in upload.text


def test_the_list_of_what_was_entered_and_of_what_is_left_can_be_taken_away(send, session, client):
    send([candidate_row(0), candidate_row(1, ucas_id="12"), candidate_row(2)])
    client.post(address("mend"), {"aside": "4"})
    client.post(address("check"), {"seen": client.get(address("check")).context["judgement"].fingerprint})

    assert "Nothing else is entered until you press Submit." in words(client.get(address("mend")))
    entered = read_sheet(client.get(address("rows", None, "entered", "xlsx")).content, "a.xlsx").rows
    left = read_sheet(client.get(address("rows", None, "left", "csv")).content, "a.csv").rows

    assert [row.cells for row in entered] == [("Entry #", "Candidate", "Row"), ("S00001", "Ann Smitha", "2")]
    assert (left[0].cells[0], left[0].cells[-1]) == ("First Name", "Errors")
    assert [(row.cells[1], row.cells[-1].split(".")[0]) for row in left[1:]] == [
        ("Smithb", "UCAS ID must be 10 digits, for example 123 456 7890"),
        ("Smithc", "Set aside"),
    ]
    assert client.get(address("rows", None, "everything", "csv")).status_code == 404


def test_what_is_to_be_mended_in_a_row_that_was_set_aside_is_told_in_the_list(send, session, client):
    send([candidate_row(0, ucas_id="12"), candidate_row(1)])
    client.post(address("mend"), {"aside": "2"})

    left = read_sheet(client.get(address("rows", None, "left", "csv")).content, "a.csv").rows

    assert [row.cells[-1][:34] for row in left[1:]] == ["Set aside. UCAS ID must be 10 digi", ""]


def test_a_discarded_file_is_gone_and_one_with_entries_is_kept(send, session, client):
    send([candidate_row(0)])
    assert "Nothing of it was entered." in words(client.post(address("discard"), follow=True))
    assert Upload.objects.count() == 0

    send([candidate_row(0)])
    client.post(address("check"), {"seen": client.get(address("check")).context["judgement"].fingerprint})
    assert client.get(address("discard")).url == address("confirmation")
    client.post(address("discard"))
    assert Upload.objects.count() == 1


def test_an_upload_that_is_discarded_while_a_page_is_at_work_is_not_found(send, session, client, monkeypatch):
    send([candidate_row(0)], headings=["Vorname", *HEADINGS[1:]])
    for page, service in (("headings", "match_headings"), ("discard", "discard_upload")):
        act = getattr(services, service)

        def discarded_meanwhile(act=act, **given):
            Upload.objects.all().delete()
            return act(**given)

        monkeypatch.setattr(services, service, discarded_meanwhile)
        asked = address(page)
        assert client.post(asked, {"column-0": "first_name"}).status_code == 404
        send([candidate_row(1)], headings=["Vorname", *HEADINGS[1:]])


def test_pages_of_a_purged_upload_lead_to_what_was_entered(send, session, client, now):
    send([candidate_row(0), candidate_row(1, ucas_id="1")])
    client.post(address("check"), {"seen": client.get(address("check")).context["judgement"].fingerprint})
    purge_uploads(at=now + timedelta(days=365))

    for page in ("mend", "check", "resume"):
        assert client.get(address(page)).url == address("confirmation")
    assert "Deleted: see the entry" in client.get(address("confirmation")).text
    assert client.get(address("rows", None, "left", "csv")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_files_asks_a_constant_number_of_queries(send, session, client, count, django_assert_num_queries):
    for number in range(count):
        send([candidate_row(number)])

    with django_assert_num_queries(10):
        page = client.get(reverse("uploads:list"))

    assert page.text.count("0 entered, 1 not entered") == count


@pytest.mark.parametrize("count", [1, 30])
def test_the_mend_page_asks_a_constant_number_of_queries(send, session, client, count, django_assert_num_queries):
    send([candidate_row(number, ucas_id="1") for number in range(count)])

    with django_assert_num_queries(19):
        client.get(address("mend"))


def test_the_page_of_the_test_leads_to_the_upload(client, session):
    assert (
        f'<a href="{UPLOAD}">Enter many candidates from a spreadsheet</a>'
        in client.get(reverse("step_entries:test-page")).text
    )
