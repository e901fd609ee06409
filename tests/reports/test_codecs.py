"""What an address asks of a list, and what is said where nothing is found."""

import pytest

from reports.codecs import Asked, ReportAsked, read_asked, read_report_asked


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, Asked()),
        ({"search": ["  Ann \t Smith "]}, Asked(search="Ann Smith")),
        ({"search": ["Ann\x00\u200bSmith\n"]}, Asked(search="Ann Smith")),
        ({"search": ["x" * 500]}, Asked(search="x" * 100)),
        ({"search": ["\x00"]}, Asked()),
        ({"search": ["Ann", "Bob"]}, Asked(search="Ann")),
        ({"status": ["confirmed", "withdrawn"]}, Asked(status="confirmed")),
        ({"status": ["nonsense", "withdrawn"]}, Asked()),
        ({"status": ["nonsense"], "papers": ["step-1"], "ucas_id": ["1"]}, Asked()),
        ({"requests": ["open", "none"]}, Asked(requests="open")),
        ({"requests": ["1"]}, Asked()),
        ({"papers": ["step-2"], "ucas_id": ["missing"]}, Asked(papers="step-2", ucas_id="missing")),
        ({"sort": ["-candidate", "number"]}, Asked(sort="-candidate")),
        ({"sort": ["--number"]}, Asked()),
        ({"sort": ["password"]}, Asked()),
        ({"size": ["100"], "page": ["2"]}, Asked(size=100, page=2)),
        ({"size": ["99999"], "page": ["-1"]}, Asked()),
        ({"page": ["0"]}, Asked()),
        ({"page": ["²"]}, Asked()),
        ({"page": ["٣"]}, Asked()),
        ({"page": ["9" * 400]}, Asked()),
        ({"page": [""], "search": []}, Asked()),
        ({"anything": ["else"]}, Asked()),
    ],
)
def test_an_address_is_read_by_its_first_values_and_nonsense_is_left_out(parameters, asked):
    assert read_asked(parameters) == asked


@pytest.mark.parametrize(
    ("parameters", "asked"),
    [
        ({}, ReportAsked()),
        ({"rows": ["candidates", "institutions"], "size": ["500"], "page": ["3"]}, ReportAsked("candidates", 500, 3)),
        ({"rows": ["none"], "size": ["25"], "page": ["x"]}, ReportAsked()),
    ],
)
def test_the_address_of_the_report_is_read_alike(parameters, asked):
    assert read_report_asked(parameters) == asked


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        (
            Asked(search="%"),
            "No candidates have “%” in their first name, last name or entry number. "
            "Type the beginning, or another part, of a first name, last name or entry number.",
        ),
        (
            Asked(search="ann lee"),
            "No candidates have all words of “ann lee” in their first name, last name or entry number. "
            "Type the beginning, or another part, of a first name, last name or entry number.",
        ),
        (
            Asked(search="*", papers="step-2", ucas_id="missing"),
            "No candidates have “*” in their first name, last name or entry number. "
            "Only entries with these filters were searched: STEP 2, without a UCAS ID. "
            "Type the beginning, or another part, of a first name, last name or entry number.",
        ),
        (Asked(status="overdue"), "No entry of your centre is as asked for: NOT YET CONFIRMED after 48 hours."),
    ],
)
def test_where_nothing_is_found_it_is_said_what_was_searched_and_how_to_go_on(asked, sentence):
    assert asked.nothing_found == sentence


def test_what_was_asked_is_told_in_words():
    asked = Asked(search="ann", status="confirmed", papers="step-2-and-3", ucas_id="missing")

    assert asked.in_words == "“ann”, CONFIRMED, STEP 2 and STEP 3, without a UCAS ID"
    assert Asked(requests="none", papers="step-2").in_words == "STEP 2, requests: none"
    assert (asked.is_narrowed, Asked().is_narrowed, Asked(sort="number", size=50).is_narrowed) == (True, False, False)
