"""Requests about Cambridge Technicals where requests are listed, read, decided, counted and deleted by their date."""

import pytest

from candidates.rules.identity import person_key
from core.history import record
from requests_forms.enums import Act, Kind, Status
from requests_forms.models import Evidence, Request
from requests_forms.queries import requests_waiting
from requests_forms.rules import KEEP_EVIDENCE, KEEP_REASONS
from requests_forms.services import purge_evidence
from requests_forms.templatetags.request_words import history_in_words
from tests.factories.candidates import CandidateFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.technicals import InvoiceFactory
from tests.reports.pages import count_queries, words_of
from tests.requests_forms.acts import do, entered_candidate, filled
from tests.requests_forms.admin_pages import QUEUE, desk_of, errors_of, pressed
from tests.requests_forms.rule_facts import RIGHT
from tests.requests_forms.writing_pages import url_of

pytestmark = pytest.mark.django_db

LIST_QUERIES, DESK_QUERIES = 10, 10


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def queried(centre, officer):
    def act(status=Status.SUBMITTED, number="TI000042", **fields):
        given = {"kind": Kind.INVOICE_QUERY, "entry": None, "centre": centre, "started_by": officer, "status": status}
        answers = RIGHT[Kind.INVOICE_QUERY]
        return RequestFactory(
            **given | {"invoice": InvoiceFactory(centre=centre, number=number), "answers": answers} | fields
        )

    return act


@pytest.fixture
def corrected(centre, officer):
    def act(status=Status.SUBMITTED, first_name="Zoë", last_name="Müller", **fields):
        plain = {"plain_first_name": "Zoe", "plain_last_name": "Muller", "person_key": person_key("Zoë", "Müller")}
        candidate = entered_candidate(centre, first_name=first_name, last_name=last_name, **plain)
        given = {"kind": Kind.CANDIDATE_CORRECTION, "entry": None, "centre": centre, "started_by": officer}
        answers = {"answers": RIGHT[Kind.CANDIDATE_CORRECTION]}
        return RequestFactory(**given | answers | {"status": status, "candidate": candidate} | fields)

    return act


# --- the list ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("sort", ["candidate", "-candidate"])
def test_the_list_names_invoice_and_candidate_and_leads_to_both(client, queried, corrected, entry, officer, sort):
    query, correction = queried(), corrected()
    RequestFactory(entry=entry, started_by=officer)

    page = client.get("/requests/", {"sort": sort})

    assert len(page.context["page"]) == 3
    assert '<a href="/technicals/invoices/TI000042/">Invoice TI000042</a>' in page.text
    assert f'<a href="/candidates/{correction.candidate.key}/">Zoë Müller</a>' in page.text
    assert "Correction of a candidate" in words_of(page)
    assert str(query) in page.text


def test_candidates_of_step_and_technicals_stand_in_one_order(client, corrected, entry, officer):
    of_step = RequestFactory(entry=entry, started_by=officer)
    last, first = corrected(), corrected(last_name="Adams")
    CandidateFactory._meta.model.objects.filter(pk=first.candidate.pk).update(plain_last_name="Adams")

    page = client.get("/requests/?sort=candidate")

    assert list(page.context["page"]) == [first, last, of_step]


@pytest.mark.parametrize("search", ["ti000042", "müller", "muller", "zoe"])
def test_they_are_found_by_the_number_of_the_invoice_and_the_name_of_the_candidate(client, queried, corrected, search):
    query, correction = queried(), corrected()

    page = client.get("/requests/", {"search": search})

    assert list(page.context["page"]) == [query if search == "ti000042" else correction]


def test_the_list_asks_the_same_number_of_queries_for_1_and_for_3(client, queried, corrected):
    client.get("/account/my-details/")  # the first page of a session notes the session as well
    queried()
    with_one = count_queries(client, "/requests/")
    queried(number="TI000043")
    corrected()

    assert (with_one, count_queries(client, "/requests/")) == (LIST_QUERIES, LIST_QUERIES)


def test_what_waits_is_counted_in_one_query(queried, corrected, centre, officer, session, django_assert_num_queries):
    queried(Status.DRAFT)
    queried(number="TI000043")
    corrected(Status.DRAFT)
    corrected(Status.MORE_INFORMATION, last_name="Other")
    corrected(Status.COMPLETED, last_name="Third")

    with django_assert_num_queries(1):
        waiting = requests_waiting(session=session, centre=centre, user=officer)

    assert (waiting.open, waiting.more_information, waiting.not_sent) == (2, 1, [])
    assert (waiting.technicals_not_sent, waiting.technicals_more_information) == (2, 1)


# --- one request ------------------------------------------------------------------------------------------------------


def test_its_pages_say_ocr_and_not_the_step_team(client, corrected, queried, staff, now):
    asked, query = corrected(), queried()
    do(Act.ASK, asked, by=staff, at=now, text="Which certificate?")

    pages = [client.get(url_of(asked, page)) for page in ("detail", "answer")]
    pages += [client.get(url_of(query, page)) for page in ("detail", "withdraw")]

    assert [page.status_code for page in pages] == [200] * 4
    assert ["the STEP team" in words_of(page) or "The STEP team" in words_of(page) for page in pages] == [False] * 4
    assert "OCR waits for your centre." in words_of(pages[0])
    assert "more information asked for by OCR" in words_of(pages[0])
    assert "Answer OCR" in words_of(pages[1])
    assert "OCR has the request." in words_of(pages[2])
    assert "OCR then does nothing with it." in words_of(pages[3])
    assert "they find that the query is withdrawn" in words_of(pages[3])


def test_an_answer_goes_to_ocr(client, corrected, staff, now):
    asked = do(Act.ASK, corrected(), by=staff, at=now, text="Which certificate?")

    page = client.post(url_of(asked, "answer"), {"version": asked.version, "text": "Of birth."}, follow=True)

    assert "Your answer is sent. OCR goes on with the request." in words_of(page)


def test_the_pages_of_step_say_the_step_team_as_before(client, entry, officer, staff, now):
    case = RequestFactory(entry=entry, started_by=officer)
    record(by=staff, at=now, action="request.moved.take-up", subjects=[case])

    assert "The STEP team has the request." in words_of(client.get(url_of(case, "detail")))
    assert [words for _, words in history_in_words(case, True)] == ["taken up by the STEP team"]


@pytest.mark.parametrize(
    ("kind", "told"),
    [("queried", "The answer stands in the messages below."), ("corrected", "the candidate's record is changed")],
)
def test_a_request_that_ended_says_what_was_done(client, request, kind, told):
    case = request.getfixturevalue(kind)(Status.COMPLETED)

    assert told in words_of(client.get(url_of(case, "detail")))


def test_read_only_members_see_where_it_stands_and_no_reason(signed_in, colleague, corrected):
    page = signed_in(colleague).get(url_of(corrected(), "detail"))

    assert ("Submitted" in words_of(page), "5 March 2009" in words_of(page), "Typing error" in words_of(page)) == (
        True,
        False,
        False,
    )


def test_another_centre_finds_neither(signed_in, officer_elsewhere, queried, corrected):
    elsewhere = signed_in(officer_elsewhere)

    assert [elsewhere.get(url_of(case, "detail")).status_code for case in (queried(), corrected())] == [404, 404]


# --- the desk ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def desk(signed_in, staff):
    return signed_in(staff)


def test_the_queue_finds_them_by_invoice_and_name(desk, queried, corrected):
    query, correction = queried(), corrected()

    for search, found in (("TI000042", query), ("Muller", correction)):
        page = desk.get(QUEUE, {"q": search})
        assert list(page.context["cl"].queryset) == [found]


def test_the_desk_shows_the_invoice_and_the_record_as_it_is_now(desk, queried, corrected):
    pages = [words_of(desk.get(desk_of(case))) for case in (queried(), corrected())]

    assert "Invoice TI000042" in pages[0]
    assert "£50.00, sent to finance@school.example" in pages[0]
    assert "Candidate Zoë Müller , as the record is now" in pages[1] or "Zoë Müller, as the record is now" in pages[1]


def test_a_correction_is_accepted_at_the_desk_and_refusals_of_the_record_are_shown_there(desk, corrected, centre):
    case = corrected(answers=RIGHT[Kind.CANDIDATE_CORRECTION] | {"date_of_birth": "05/03/2999"})

    refused = desk.post(desk_of(case), pressed(case, "accept"))
    Request.objects.update(answers=RIGHT[Kind.CANDIDATE_CORRECTION])
    desk.post(desk_of(case), pressed(case, "accept"))

    case.refresh_from_db()
    assert errors_of(refused) == {"": ["Date of birth must be in the past. Check the year."]}
    assert (case.status, str(case.candidate)) == ("completed", "Ann Smith")


def test_the_desk_says_what_a_correction_would_change_now_where_the_record_changed(desk, corrected):
    differences = [["Date of birth", "4 March 2009", "5 March 2009"]]
    case = corrected(answers=RIGHT[Kind.CANDIDATE_CORRECTION] | {"differences": differences})

    words = words_of(desk.get(desk_of(case)))

    assert "The candidate's record was changed after this request was sent." in words.replace("&#x27;", "'")
    assert "Surname: Müller" in words


def test_the_desk_asks_a_constant_number_of_queries(desk, corrected):
    case = corrected()
    count_queries(desk, desk_of(case))  # the first pages of a session note the session as well
    with_none = count_queries(desk, desk_of(case))
    for _ in range(3):
        EvidenceFactory(request=case)

    assert (with_none, count_queries(desk, desk_of(case))) == (DESK_QUERIES, DESK_QUERIES)


# --- deleting by date -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["queried", "corrected"])
def test_files_and_reasons_are_deleted_counted_from_their_end(request, now, kind):
    make = request.getfixturevalue(kind)
    ended, still_open = filled(make(Status.COMPLETED, ended_at=now)), filled(make(**_other(kind)))

    purge_evidence(at=now + KEEP_EVIDENCE)
    with_files = set(Evidence.objects.values_list("request", flat=True))
    purge_evidence(at=now + KEEP_REASONS)

    ended.refresh_from_db()
    still_open.refresh_from_db()
    assert with_files == {still_open.pk}
    assert (ended.answers, ended.messages.count(), ended.status) == ({}, 0, "completed")
    assert still_open.answers


def _other(kind):
    return {"number": "TI000043"} if kind == "queried" else {"last_name": "Other"}


# --- the accounts contact ---------------------------------------------------------------------------------------------


def test_the_form_and_the_check_say_who_the_accounts_contact_is_now(client, centre):
    centre.accounts_contact, centre.accounts_email = "The finance office", "finance@school.example"
    centre.save()
    new = "/requests/new/account-change/"

    form = client.get(f"{new}?change=accounts-contact")
    typed = {"change": "accounts-contact", "detail": "Payments, pay@school.example", "go": "check"}
    check = client.get(client.post(new, typed).url)

    assert form.context["form"]["change"].value() == "accounts-contact"
    assert "Change of the accounts contact (now The finance office, finance@school.example)" in words_of(form)
    assert "Accounts contact now The finance office, finance@school.example" in words_of(check)


@pytest.mark.parametrize("change", ["", "nonsense", "a\0b"])
def test_an_address_that_chooses_nothing_opens_the_empty_form(client, change):
    page = client.get("/requests/new/account-change/", {"change": change})

    assert (page.status_code, page.context["form"]["change"].value() or "") == (200, "")
    assert "(now nobody: invoices go to the exams officer)" in words_of(page)
