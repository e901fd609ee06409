"""docs/guide-coverage.md names a page and a test for every promise of the guides, and only such as exist.

Its sources are E, the Entries Extranet user guide; I, the Interchange guide to entries for Cambridge Technicals; and O,
the board's overview page on them. What waits for a later step stands in a table of its own, of I and O alone; so does
what is not kept for good, among the known departures.
"""

import re
from itertools import chain

import pytest
from django.urls import get_resolver

from tests.naming import ROOT, functions_of

PAGE = (ROOT / "docs" / "guide-coverage.md").read_text()
PROMISE = r"^\| (E|I|O) (\d+(?:\.\d)?)\.(\d+) \|"
DEPARTURES = "".join(re.findall(r"^### Known departures$(.*?)(?=^##)", PAGE + "\n##", re.MULTILINE | re.DOTALL))
_OF_FOUR = re.findall(rf"{PROMISE} ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
ROWS = [row for row in _OF_FOUR if f"| {row[0]} {row[1]}.{row[2]} |" not in DEPARTURES]
DEPARTED = [row for row in _OF_FOUR if row not in ROWS]
OPEN = re.findall(rf"{PROMISE} ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
SECTIONS = {
    "E": [
        "1.0", "2.1", "2.2", "2.3", "3.0", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "5.0", "5.1", "5.2", "6.1", "6.2",
        "6.3", "7.1",
    ],
    "I": [str(number) for number in range(1, 13)],
    "O": ["1", "2", "3", "4"],
}  # fmt: skip
EVERY_SECTION = [(source, section) for source, sections in SECTIONS.items() for section in sections]


def url_names():
    """The name of every page, with its namespace."""
    resolver = get_resolver()
    own = {name for name in resolver.reverse_dict if isinstance(name, str)}
    spaces = resolver.namespace_dict.items()
    return own | {f"{space}:{name}" for space, (_, sub) in spaces for name in sub.reverse_dict if isinstance(name, str)}


def headings_above(line):
    """The headings of the second and of the third level under which a line of the page stands."""
    above = PAGE[: PAGE.index(line)]
    return tuple(re.findall(rf"^{sign} (.+)$", above, re.MULTILINE)[-1] for sign in ("##", "###"))


def named(row):
    return " ".join(row[:2]) + f".{row[2]}"


@pytest.mark.parametrize("source", SECTIONS)
def test_every_section_of_a_guide_stands_in_its_order(source):
    kept = list(dict.fromkeys(section for of, section, *_ in ROWS if of == source))
    left_open = {section for of, section, *_ in OPEN + DEPARTED if of == source}

    assert [section for section in SECTIONS[source] if section in kept] == kept
    assert set(SECTIONS[source]) == {*kept, *left_open}


@pytest.mark.parametrize(("source", "section"), EVERY_SECTION, ids=" ".join)
def test_the_promises_of_a_section_are_numbered(source, section):
    numbers = [[int(row[2]) for row in rows if row[:2] == (source, section)] for rows in (ROWS, OPEN, DEPARTED)]

    assert numbers == [sorted(of_table) for of_table in numbers]
    assert sorted(chain(*numbers)) == list(range(1, sum(map(len, numbers)) + 1))


def test_every_row_that_begins_with_a_promise_is_read():
    begun = re.findall(r"^\| [A-Z] \d.*$", PAGE, re.MULTILINE)

    assert len(begun) == len(ROWS) + len(OPEN) + len(DEPARTED)


def test_what_is_not_kept_for_good_is_what_the_board_decided_on():
    assert [named(row) for row in DEPARTED] == ["I 12.3", "O 1.5", "O 3.7"]


@pytest.mark.parametrize("row", ROWS, ids=named)
def test_a_promise_has_a_page_and_a_test(row):
    *_, pages, kept_by = row

    of_row = set(re.findall(r"`([\w:-]+)`", pages))
    assert of_row
    assert of_row <= url_names()
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", kept_by)


@pytest.mark.parametrize("row", OPEN, ids=named)
def test_what_is_open_stands_in_its_own_table_with_what_it_waits_for(row):
    source, section, number, _, waits_for = row

    guide, table = headings_above(f"| {source} {section}.{number} |")
    assert source in ("I", "O")
    assert f"({source})" in guide
    assert table == "Open"
    assert len(waits_for.strip()) > 10


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_every_test_that_is_named_exists(path, name):
    assert name in functions_of(path)
