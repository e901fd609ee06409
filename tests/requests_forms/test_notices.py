"""The notices of special consideration to institutions."""

import csv
import io
from datetime import datetime

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse_lazy

from core.history import history_of
from core.moments import UK
from requests_forms.enums import ConsiderationReason, Kind, Severity, Status
from requests_forms.services import export_notices, preview_notices
from requests_forms.services.notices import HEADINGS
from step_entries.enums import EntryStatus
from step_entries.models import Course, StepSession
from tests.factories.candidates import CandidateFactory
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import CourseFactory, InstitutionFactory, SessionFactory, StepEntryFactory
from tests.reports.test_overview import words_of

pytestmark = pytest.mark.django_db

PAGE = reverse_lazy("admin:requests_forms_request_notices")
SECRET = "Her mother died"


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def warwick(db):
    return InstitutionFactory(name="University of Warwick", ucas_code="W20", receives_special_consideration=True)


@pytest.fixture
def imperial(db):
    return InstitutionFactory(name="Imperial College London", ucas_code="I50", receives_special_consideration=True)


@pytest.fixture
def bath(db):
    return InstitutionFactory(name="University of Bath")


@pytest.fixture
def entry_for(session, centre):
    def entry_for(*institutions, **fields):
        entry = StepEntryFactory(session=session, centre=centre, **fields)
        for place, institution in enumerate(institutions):
            course, _ = Course.objects.get_or_create(institution=institution, name=f"Mathematics {place}")
            entry.courses.add(course)
        return entry

    return entry_for


def accepted(entry, paper="step-2", **fields):
    given = {
        "kind": Kind.SPECIAL_CONSIDERATION,
        "status": Status.COMPLETED,
        "is_accepted": True,
        "severity": Severity.SERIOUS,
        "answers": {"reason": ConsiderationReason.BEREAVEMENT, "detail": SECRET},
        "ended_at": datetime(2027, 6, 11, 23, 30, tzinfo=UK),
    }
    return RequestFactory(entry=entry, paper=paper, **given | fields)


def rows_of(session, staff, now, institution=None):
    return export_notices(session=session, institution=institution, form="csv", by=staff, at=now)


def test_a_row_names_candidate_paper_kind_of_reason_and_severity_and_no_more(
    session, centre, staff, now, warwick, entry_for
):
    zoe = CandidateFactory(centre=centre, first_name="Zoë", last_name="O'Neil", plain_first_name="Zoe")
    accepted(entry_for(warwick, candidate=zoe, number="S00042", ucas_id="0123456789"))

    [row] = rows_of(session, staff, now)

    assert dict(zip(HEADINGS, row, strict=True)) == {
        "Institution": "University of Warwick",
        "UCAS code": "W20",
        "UCAS ID": "0123456789",
        "Entry number": "S00042",
        "Name": "Zoë O'Neil",
        "Date of birth": "04/03/2009",
        "Papers entered": "STEP 2 and STEP 3",
        "Paper affected": "STEP 2",
        "Reason": "Bereavement or family crisis",
        "Severity": "Serious",
        "Centre number": "61111",
        "Centre name": "Northgate School",
        "Decided on": "11/06/2027",
    }


def test_there_is_a_row_for_each_paper_and_each_institution_that_receives_notices(
    session, staff, now, warwick, imperial, bath, entry_for
):
    both = entry_for(warwick, imperial, bath, number="S00002")
    twice_warwick = entry_for(warwick, warwick, number="S00001")
    for paper in ("step-3", "step-2"):
        accepted(both, paper)
    accepted(twice_warwick)

    rows = [[row[0], row[3], row[7]] for row in rows_of(session, staff, now)]

    assert rows == [
        ["Imperial College London", "S00002", "STEP 2"],
        ["Imperial College London", "S00002", "STEP 3"],
        ["University of Warwick", "S00001", "STEP 2"],
        ["University of Warwick", "S00002", "STEP 2"],
        ["University of Warwick", "S00002", "STEP 3"],
    ]
    assert [row[3] for row in rows_of(session, staff, now, imperial)] == ["S00002", "S00002"]


def test_only_what_was_accepted_for_a_live_entry_of_the_session_is_passed_on(session, staff, now, warwick, entry_for):
    accepted(entry_for(warwick), is_accepted=False)
    accepted(entry_for(warwick), is_accepted=None, status=Status.IN_PROGRESS, ended_at=None)
    accepted(entry_for(warwick, status=EntryStatus.WITHDRAWN))
    elsewhere = StepEntryFactory(session=SessionFactory())
    elsewhere.courses.set([CourseFactory(institution=warwick)])
    accepted(elsewhere)
    RequestFactory(kind=Kind.WITHDRAWAL, entry=entry_for(warwick), status=Status.COMPLETED, is_accepted=True)

    assert rows_of(session, staff, now) == []


def test_the_preview_counts_what_the_file_would_hold_and_what_it_would_not(session, warwick, imperial, bath, entry_for):
    two_papers = entry_for(warwick)
    for paper in ("step-2", "step-3"):
        accepted(two_papers, paper)
    accepted(entry_for(warwick))
    accepted(entry_for(bath))
    accepted(entry_for())
    accepted(entry_for(warwick, status=EntryStatus.WITHDRAWN))
    accepted(entry_for(warwick), is_accepted=None, status=Status.SUBMITTED, ended_at=None)
    accepted(entry_for(warwick), is_accepted=False)

    notices = preview_notices(session=session)

    assert notices.counts == [(imperial, 0, 0), (warwick, 2, 3)]
    assert (notices.told_to_nobody, notices.withdrawn, notices.undecided) == (2, 1, 1)


def test_reasons_that_were_deleted_by_their_date_leave_their_cell_empty(session, staff, now, warwick, entry_for):
    accepted(entry_for(warwick), answers={}, reduced_at=now)

    [row] = rows_of(session, staff, now)

    assert (row[HEADINGS.index("Reason")], row[HEADINGS.index("Severity")]) == ("", "Serious")


def test_notices_cost_the_same_queries_for_1_and_for_30_requests(session, staff, now, warwick, imperial, entry_for):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            rows_of(session, staff, now)
            preview_notices(session=session)
        return len(asked)

    accepted(entry_for(warwick, imperial))
    with_one = queries()
    for _ in range(29):
        accepted(entry_for(warwick, imperial))

    assert queries() == with_one


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_shows_the_counts_and_what_is_not_decided_before_the_file(client, session, warwick, entry_for):
    accepted(entry_for(warwick))
    accepted(entry_for())
    accepted(entry_for(warwick), is_accepted=None, status=Status.SUBMITTED, ended_at=None)

    words = words_of(client.get(PAGE))

    assert "University of Warwick 1 1" in words
    assert "Accepted, and told to nobody, because the entry names no such institution: 1." in words
    assert "1 request for special consideration is not decided yet, and not in the file." in words


def test_the_csv_is_for_the_institution_asked_for_and_stays_in_the_history(
    client, session, staff, warwick, imperial, entry_for
):
    accepted(entry_for(warwick, imperial, number="S00042"))

    file = client.post(PAGE, {"institution": warwick.pk, "form": "csv"})

    headings, *rows = csv.reader(io.StringIO(file.content.decode("utf-8-sig")))
    assert (headings, [row[:4] for row in rows]) == (HEADINGS, [["University of Warwick", "W20", "", "S00042"]])
    assert SECRET not in file.content.decode("utf-8-sig")
    assert file.headers["Content-Disposition"].startswith('attachment; filename="notices-step-june-')
    assert file.headers["Cache-Control"] == "no-store"
    line = history_of(session).get()
    assert (line.by, line.action) == (staff, "special-consideration.notices-exported")
    assert line.note == "1 rows as .csv for University of Warwick"
    assert "Sam Taylor: 1 rows as .csv for University of Warwick" in words_of(client.get(PAGE))


def test_the_xlsx_has_the_same_cells_as_texts(client, session, warwick, imperial, entry_for):
    accepted(entry_for(warwick, imperial, ucas_id="0123456789"))

    file = client.post(PAGE, {"institution": "", "form": "xlsx"})

    _, *rows = openpyxl.load_workbook(io.BytesIO(file.content)).active.iter_rows()
    assert [row[0].value for row in rows] == ["Imperial College London", "University of Warwick"]
    assert {cell.data_type for row in rows for cell in row} == {"s"}


@pytest.mark.parametrize("asked", [{"form": "exe"}, {"form": ""}, {"form": "csv", "institution": "0"}])
def test_a_file_that_is_not_offered_is_refused_and_not_noted(client, session, warwick, asked):
    page = client.post(PAGE, asked)

    assert (page.status_code, "valid" in str(page.context["form"].errors)) == (200, False)
    assert history_of(session).count() == 0


def test_an_institution_that_receives_no_notices_is_not_offered(client, session, warwick, bath, entry_for):
    accepted(entry_for(bath))

    page = client.post(PAGE, {"institution": bath.pk, "form": "csv"})

    assert page.context["form"].errors["institution"] == ["Choose one of the institutions, or all."]


def test_the_session_is_chosen_by_its_key_and_another_is_not_found(client, session, warwick, entry_for):
    earlier = SessionFactory(opens_at=session.opens_at.replace(year=session.opens_at.year - 1))
    accepted(entry_for(warwick))

    assert "University of Warwick 1 1" in words_of(client.get(PAGE))
    assert "University of Warwick 0 0" in words_of(client.get(PAGE, {"session": earlier.pk}))
    assert client.get(PAGE, {"session": "0"}).status_code == 404
    assert client.get(PAGE, {"session": "x"}).status_code == 404


def test_without_a_session_there_is_nothing_to_pass_on(client):
    StepSession.objects.all().delete()

    assert "There is no session yet." in words_of(client.get(PAGE))
    assert client.post(PAGE, {"form": "csv"}).headers["Content-Type"].startswith("text/html")
