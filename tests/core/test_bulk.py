"""Rows that are written by one statement are those that Django would have written."""

import uuid
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DataError, IntegrityError, connection

from candidates.models import Candidate
from core.bulk import insert_rows, update_rows
from core.models import HistoryEntry

pytestmark = pytest.mark.django_db
AT = datetime(2026, 7, 1, 12, 30, 15, 123456, tzinfo=ZoneInfo("Europe/London"))


def history(rows, **same):
    given = {"at": AT, "action": "a.b", "subject_type": "x.y", "changes": {"name": ["Zoë", None]}} | same
    return insert_rows(HistoryEntry, fields=["subject_id", "note"], rows=rows, same=given, returning=["pk"])


def test_rows_have_their_own_values_the_same_for_all_and_defaults(officer):
    history([[7, "“one”"], [8, ""]], by_id=officer.pk)

    entries = HistoryEntry.objects.order_by("subject_id")
    assert [(entry.subject_id, entry.note) for entry in entries] == [(7, "“one”"), (8, "")]
    assert {(entry.at, entry.by, entry.action) for entry in entries} == {(AT, officer, "a.b")}
    assert entries[0].changes == {"name": ["Zoë", None]}


def test_no_rows_are_no_statement(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert history([]) == []


def test_a_thousand_rows_are_one_statement(django_assert_num_queries):
    with django_assert_num_queries(1):
        history([[number, ""] for number in range(1000)])

    assert HistoryEntry.objects.count() == 1000


def test_dates_keys_and_numbers_come_back_as_django_wrote_them(centre):
    key = uuid.uuid4()
    same = {"centre_id": centre.pk, "created_at": AT, "gender": "female", "person_key": "annlee"}
    rows = [[key.hex, "Ann", "Lee", "2009-03-04", 2026, "0042"]]
    fields = ["key", "first_name", "last_name", "date_of_birth", "numbered_in", "candidate_number"]

    [(pk, returned)] = insert_rows(Candidate, fields=fields, rows=rows, same=same, returning=["pk", "key"])

    candidate = Candidate.objects.get(pk=pk)
    assert (candidate.key, candidate.date_of_birth, candidate.created_at) == (key, date(2009, 3, 4), AT)
    assert (candidate.numbered_in, candidate.uci, candidate.merged_into) == (2026, "", None)
    assert str(returned).replace("-", "") == key.hex


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite does not look at the length of a text")
def test_a_text_that_is_too_long_is_refused_and_never_cut():
    with pytest.raises(DataError):
        history([[1, "x" * 201]])


def test_what_a_constraint_forbids_is_refused(centre):
    same = {"centre_id": centre.pk, "created_at": AT, "gender": "none", "date_of_birth": date(2009, 3, 4)}

    with pytest.raises(IntegrityError):
        insert_rows(Candidate, fields=["key", "last_name"], rows=[[uuid.uuid4().hex, "Lee"]], same=same)


def test_what_has_to_differ_from_row_to_row_is_not_left_to_a_default():
    with pytest.raises(ValueError, match="its own key"):
        insert_rows(Candidate, fields=["last_name"], rows=[["Lee"], ["Hill"]], same={})


def test_rows_are_changed_each_to_its_own_values():
    pks = [pk for (pk,) in history([[1, "a"], [2, "b"], [3, "c"]])]
    first, second, third = HistoryEntry.objects.filter(pk__in=pks).order_by("subject_id")

    rows = [[first.pk, "A", 11], [second.pk, "B", 12]]
    update_rows(HistoryEntry, fields=["note", "subject_id"], rows=rows, same={"action": "c.d"})

    found = HistoryEntry.objects.order_by("subject_id").values_list("pk", "note", "subject_id", "action")
    assert list(found) == [
        (third.pk, "c", 3, "a.b"),
        (first.pk, "A", 11, "c.d"),
        (second.pk, "B", 12, "c.d"),
    ]
