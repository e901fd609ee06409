"""The copy of the entries of a submission that a centre takes away."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from technicals.codecs.template import COLUMNS
from technicals.enums import SubmissionStatus as Status
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    UnitEntryFactory,
    UnitFactory,
    exam_series,
)
from tests.technicals.submissions import charge, submitted

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def complete(centre, officer):
    """A submission that was processed."""
    return submitted(centre, officer, Status.PROCESSING_COMPLETE, number="CT000007", order_number="PO 12")


def lines_of(client, submission):
    """The rows of the copy, each by heading."""
    file = client.get(reverse("technicals:submission-file", args=[submission.number, "csv"]))
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))


def test_the_copy_has_the_layout_of_the_template_and_what_the_submission_adds(client, complete, centre):
    identifiers = {"uci": "611110270009X", "uln": "1234567890", "ocr_number": "12345678"}
    numbers = {"candidate_number": "0042", "numbered_in": 2026}
    candidate = CandidateFactory(centre=centre, last_name="Smith", middle_names="Lee", **identifiers, **numbers)
    charge(RegistrationFactory(centre=centre, submission=complete, candidate=candidate, own_reference="A1"), 4500)

    [line] = lines_of(client, complete)

    assert list(line)[: len(COLUMNS)] == [heading for _, heading, _ in COLUMNS]
    assert list(line.values())[:9] == [
        "61111",
        "0042",
        "12345678",
        "611110270009X",
        "1234567890",
        "Smith",
        "Ann",
        "Lee",
        "04/03/2009",
    ]
    assert (line["Scheme code"], line["Unit 1"], line["Your reference"]) == ("05834", "", "A1")
    assert line["Series"] == ""
    assert (line["Submission number"], line["Order number or reference"]) == ("CT000007", "PO 12")
    assert (line["Kind"], line["Fee"], line["Submitted by"]) == ("Full award", "£45.00", "Olivia Marsh")


def test_the_units_of_a_candidate_stand_in_one_row_ten_at_most(client, complete, centre):
    candidate = CandidateFactory(centre=centre)
    for number in [*range(11, 1, -1), 1]:
        unit = UnitEntryFactory(
            centre=centre, submission=complete, candidate=candidate, unit=UnitFactory(number=number), row=5
        )
    charge(unit, 1000)

    first, second = lines_of(client, complete)

    assert [first[f"Unit {place}"] for place in range(1, 11)] == [f"{number:02}" for number in range(1, 11)]
    assert (second["Unit 1"], second["Unit 2"]) == ("11", "")
    assert (first["Kind"], first["Fee"], second["Fee"]) == ("Unit entry", "£10.00", "No charge")


def test_units_of_two_candidates_codes_or_series_stand_in_rows_of_their_own(client, complete, centre):
    shared = {"centre": centre, "submission": complete}
    candidate = CandidateFactory(centre=centre)
    UnitEntryFactory(**shared, candidate=candidate)
    UnitEntryFactory(**shared, candidate=candidate, series=exam_series("june"))
    UnitEntryFactory(
        **shared,
        candidate=candidate,
        qualification=QualificationFactory(code="05835"),
        unit=UnitFactory(number=2),
    )
    UnitEntryFactory(**shared)

    lines = lines_of(client, complete)
    assert [line["Unit 2"] for line in lines] == ["", "", "", ""]
    assert sorted({line["Series"] for line in lines}) == sorted({str(exam_series()), str(exam_series("june"))})


def test_the_copy_follows_the_rows_of_the_file(client, complete, centre):
    for row in (3, 2):
        RegistrationFactory(centre=centre, submission=complete, row=row, own_reference=f"row {row}")

    assert [line["Your reference"] for line in lines_of(client, complete)] == ["row 2", "row 3"]


def test_the_copy_is_there_as_a_workbook_and_in_no_unknown_form(client, complete):
    urls = [reverse("technicals:submission-file", args=[complete.number, form]) for form in ("xlsx", "pdf")]
    answers = [client.get(url) for url in urls]

    assert [answer.status_code for answer in answers] == [200, 404]
    assert 'filename="61111-CT000007-entries.xlsx"' in answers[0].headers["Content-Disposition"]


@pytest.mark.parametrize("date_of_birth", [date(2009, 3, 4), date(900, 1, 2)])
def test_a_date_of_birth_is_written_day_first_with_four_digits_of_the_year(date_of_birth, client, complete, centre):
    candidate = CandidateFactory(centre=centre, date_of_birth=date_of_birth)
    RegistrationFactory(centre=centre, submission=complete, candidate=candidate)

    [line] = lines_of(client, complete)

    day = date_of_birth
    assert line["Date of birth"] == f"{day.day:02}/{day.month:02}/{day.year:04}"
