"""docs/guide-coverage.md names a page and a test for every promise of the guide, and only such as exist."""

import re

import pytest
from django.urls import get_resolver

from tests.naming import ROOT, functions_of

PAGE = (ROOT / "docs" / "guide-coverage.md").read_text()
ROWS = re.findall(r"^\| (\d\.\d)\.(\d+) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
TESTS = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
SECTIONS = ["1.0", "2.1", "2.2", "2.3", "3.0", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6", "5.0", "5.1", "5.2"]
SECTIONS += ["6.1", "6.2", "6.3", "7.1"]


def url_names():
    """The name of every page, with its namespace."""
    resolver = get_resolver()
    own = {name for name in resolver.reverse_dict if isinstance(name, str)}
    spaces = resolver.namespace_dict.items()
    return own | {f"{space}:{name}" for space, (_, sub) in spaces for name in sub.reverse_dict if isinstance(name, str)}


def test_every_section_of_the_guide_stands_in_its_order():
    assert list(dict.fromkeys(section for section, *_ in ROWS)) == SECTIONS


@pytest.mark.parametrize("section", SECTIONS)
def test_the_promises_of_a_section_are_numbered(section):
    numbers = [int(number) for of, number, *_ in ROWS if of == section]

    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}.{row[1]}")
def test_a_promise_has_a_page_and_a_test(row):
    *_, pages, kept_by = row

    named = set(re.findall(r"`([\w:-]+)`", pages))
    assert named
    assert named <= url_names()
    assert re.search(r"`tests/[\w/]+\.py::test_\w+`", kept_by)


@pytest.mark.parametrize(("path", "name"), TESTS)
def test_every_test_that_is_named_exists(path, name):
    assert name in functions_of(path)
