"""Cambridge Technicals reports as files and pages: their names, what is not there, and what they cost."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from technicals.enums import SeriesKind
from technicals.models import FeeLine
from tests.factories.candidates import GroupFactory
from tests.factories.technicals import RegistrationFactory, SubmissionFactory, UnitEntryFactory, exam_series
from tests.reports.pages import count_queries

pytestmark = pytest.mark.django_db

REPORTS = ["entries", "candidates", "groups", "fees", "to-look-at"]
PAGE_QUERIES = {"entries": 13, "candidates": 12, "groups": 13, "fees": 11, "to-look-at": 15}
FILE_QUERIES = {"entries": 7, "candidates": 6, "groups": 7, "fees": 5, "to-look-at": 9}
AT = datetime(2026, 10, 5, 12, tzinfo=UTC)


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def test_a_file_is_named_for_centre_report_and_day(client, centre):
    with time_machine.travel(datetime(2027, 5, 1, 23, 30, tzinfo=UTC), tick=False):  # 2 May, 00:30 (BST)
        client.force_login(centre.exams_officer)
        answer = client.get(reverse("reports:technicals-report-file", args=["fees", "xlsx"]))

    expected = 'attachment; filename="61111-cambridge-technicals-fees-2027-05-02.xlsx"'
    assert answer["Content-Disposition"] == expected


@pytest.mark.parametrize("url", ["/technicals-reports/nonsense/", "/technicals-reports/nonsense.csv"])
def test_another_report_or_form_is_not_found(client, url):
    assert client.get(url).status_code == 404
    assert client.get("/technicals-reports/fees.pdf").status_code == 404


@pytest.mark.parametrize("report", REPORTS)
def test_a_report_asks_the_same_few_queries_for_3_and_for_300_rows(client, centre, report):
    submission, june = SubmissionFactory(centre=centre), exam_series(SeriesKind.JUNE)
    page = reverse("reports:technicals-report", args=[report])
    file = reverse("reports:technicals-report-file", args=[report, "csv"])
    counts = []
    for number in (3, 297):
        entries = RegistrationFactory.create_batch(number, centre=centre, submission=submission)
        entries += UnitEntryFactory.create_batch(number, centre=centre, submission=submission, series=june)
        FeeLine.objects.bulk_create(
            FeeLine(registration=each, centre=centre, submission=submission, kind="registration", created_at=AT)
            for each in entries[:number]
        )
        GroupFactory(centre=centre, members=[entry.candidate for entry in entries])
        client.get(page)
        counts.append((count_queries(client, page), count_queries(client, file)))

    assert counts == [(PAGE_QUERIES[report], FILE_QUERIES[report])] * 2
