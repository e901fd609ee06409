"""docs/security.md names every row once, and only tests that exist."""

import re

import pytest

from tests.naming import ROOT, functions_of

PAGE = (ROOT / "docs" / "security.md").read_text()
ROWS = re.findall(r"^\| ([SR]\d+) \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))


def test_every_row_stands_once():
    assert [row for row, _, _ in ROWS if row.startswith("S")] == [f"S{number}" for number in range(1, 67)]
    assert [row for row, _, _ in ROWS if row.startswith("R")] == [f"R{number}" for number in range(1, 13)]


@pytest.mark.parametrize(("path", "name"), NAMED)
def test_every_test_that_is_named_exists(path, name):
    assert name in functions_of(path)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_row_has_a_test_or_a_reason(row):
    _, statement, shown_by = row

    assert len(statement) > 10
    assert "::test_" in shown_by or re.match(r"none yet\b.{10,}", shown_by)


def test_every_row_of_signing_in_and_sessions_has_a_test():
    without = [row for row, _, shown_by in ROWS if row.startswith("S") and int(row[1:]) <= 33 and "::" not in shown_by]

    assert without == []


def test_nothing_in_back_quotes_looks_like_a_test_and_is_none():
    assert len(re.findall(r"::", PAGE)) - PAGE.count("`path::name`") == len(
        re.findall(r"`tests/[\w/]+\.py::\w+`", PAGE)
    )
