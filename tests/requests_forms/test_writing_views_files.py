"""The files of a draft."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from requests_forms.enums import Kind, ScanState
from requests_forms.models import Evidence, Request
from requests_forms.services import raise_request
from tests.factories.requests import EvidenceFactory
from tests.reports.test_pages_in_words import words_of
from tests.requests_forms.writing_pages import ARRANGED, GO_ON, new_url, picture, remove_url, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def draft(entry, officer, now):
    return raise_request(kind=Kind.ACCESS_ARRANGEMENT, centre=entry.centre, entry=entry, answers={}, by=officer, at=now)


def names_of_files():
    return sorted(Evidence.objects.values_list("name", flat=True))


def test_files_are_kept_with_the_draft_and_named_on_its_pages(client, entry):
    client.post(new_url(entry), ARRANGED | GO_ON | {"files": [picture("a.png"), picture("b.png", size=(30, 30))]})

    case = Request.objects.get()
    assert names_of_files() == ["a.png", "b.png"]
    assert all(name in client.get(url_of(case)).text for name in names_of_files())
    assert "a.png" in client.get(url_of(case, "check")).text


def test_a_file_that_is_refused_takes_neither_the_others_nor_the_answers_with_it(client, entry):
    wrong = SimpleUploadedFile("report.docx", b"PK", "application/pdf")

    page = client.post(new_url(entry), ARRANGED | GO_ON | {"files": [picture("a.png"), wrong]})

    assert 'href="#id_files">“report.docx”: The file must be a PDF, JPEG or PNG.' in page.text
    assert names_of_files() == ["a.png"]
    assert Request.objects.get().answers["evidence_type"] == "form-8"


def test_a_refused_file_is_said_also_when_the_draft_is_saved_for_later(client, entry):
    page = client.post(new_url(entry), {"go": "later", "files": SimpleUploadedFile("x.png", b"no", "image/png")})

    assert "“x.png”: " in words_of(page)
    assert Request.objects.count() == 1


def test_files_survive_what_is_wrong_in_other_fields(client, entry):
    page = client.post(new_url(entry), GO_ON | {"files": picture("a.png")})

    assert "There is something to mend" in page.text
    assert names_of_files() == ["a.png"]
    assert ">a.png</a>" in page.text


def test_the_same_file_sent_twice_is_kept_once(client, draft):
    for _ in range(2):
        client.post(url_of(draft), GO_ON | {"files": picture("a.png")})

    assert names_of_files() == ["a.png"]


def test_evidence_10_a_sixth_file_is_refused_and_five_are_kept(client, draft):
    EvidenceFactory.create_batch(5, request=draft)

    page = client.post(url_of(draft), GO_ON | {"files": picture("sixth.png")})

    assert "You can add up to 5 files. With these there would be 6: leave some out." in words_of(page)
    assert Evidence.objects.count() == 5


def test_removing_a_file_keeps_what_was_typed_and_the_other_files(client, draft):
    goes, stays = EvidenceFactory(request=draft, name="a.png"), EvidenceFactory(request=draft, name="b.png")

    response = client.post(remove_url(goes), {"note": "Since May"}, follow=True)

    assert response.redirect_chain == [(url_of(draft), 302)]
    assert "The file “a.png” is removed." in words_of(response)
    assert list(Evidence.objects.all()) == [stays]
    assert Request.objects.get().answers["note"] == "Since May"


def test_removing_a_file_twice_is_no_error(client, draft):
    file = EvidenceFactory(request=draft)
    client.post(remove_url(file), {"note": "Since May"})

    response = client.post(remove_url(file), {"note": "Since May"})

    assert response.url == url_of(draft)


def test_the_address_of_removing_a_file_leads_to_the_draft(client, draft):
    assert client.get(remove_url(EvidenceFactory(request=draft))).url == url_of(draft)
    assert Evidence.objects.count() == 1


def test_a_file_of_another_draft_is_not_removed(client, draft, entry, officer, now):
    other = raise_request(
        kind=Kind.TIMETABLE_VARIATION, centre=entry.centre, entry=entry, answers={}, by=officer, at=now
    )
    file = EvidenceFactory(request=other)

    client.post(remove_url(file).replace(other.reference, draft.reference))

    assert Evidence.objects.get() == file


def test_others_do_not_remove_files(signed_in, colleague, officer_elsewhere, draft):
    file = EvidenceFactory(request=draft)

    assert signed_in(colleague).post(remove_url(file)).status_code == 403
    assert signed_in(officer_elsewhere).post(remove_url(file)).status_code == 404
    assert Evidence.objects.count() == 1


def test_a_file_that_waits_for_the_virus_scanner_says_so_and_has_no_link(client, draft):
    file = EvidenceFactory(request=draft, name="a.png", scan_state=ScanState.HELD)

    page = client.get(url_of(draft))

    assert "Being checked for viruses" in words_of(page)
    assert f'/evidence/{file.key}/"' not in page.text
