"""Groups: made, named, filled, rolled over and deleted."""

from datetime import date

import pytest
from django.db import IntegrityError

from candidates.models import Candidate, CandidateGroup
from candidates.services import (
    add_members,
    add_members_from_file,
    create_group,
    delete_group,
    grouping,
    remove_members,
    rename_group,
    roll_over,
)
from core.history import history_of
from core.models import HistoryEntry
from core.refusals import Refused
from core.tabular.writing import FORMS
from tests.factories.candidates import CandidateFactory, GroupFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(officer, now):
    return {"by": officer, "at": now}


@pytest.fixture
def three(centre):
    born = {"centre": centre, "date_of_birth": date(2009, 3, 4)}
    return [
        CandidateFactory(**born, first_name="Zoë", last_name="Fox", uci="689990980001D"),
        CandidateFactory(**born, first_name="Liam", last_name="Fox", ocr_number="12345678"),
        CandidateFactory(**born, first_name="Ann", last_name="Fox"),
    ]


@pytest.fixture
def group(centre, three):
    return GroupFactory(centre=centre, name="Year 12 IT", members=three[:2])


def members(group):
    return set(group.candidates.all())


def codes(act, **more):
    with pytest.raises(Refused) as refused:
        act(**more)
    return [refusal.code for refusal in refused.value.refusals]


def test_a_group_is_made(centre, officer, now, done):
    group = create_group(centre=centre, name="Year 12 IT", **done)

    assert (group.centre, group.name, group.created_at, members(group)) == (centre, "Year 12 IT", now, set())
    [line] = history_of(group)
    assert (line.action, line.by, line.changes) == ("candidate-group.created", officer, {"name": [None, "Year 12 IT"]})


def test_a_name_is_its_own_in_the_centre_and_free_in_another(centre, other_centre, group, done):
    assert codes(create_group, centre=centre, name="YEAR 12 it", **done) == ["GROUP-03"]
    assert create_group(centre=other_centre, name="Year 12 IT", **done).pk
    assert CandidateGroup.objects.filter(centre=centre).count() == 1


def test_a_colleague_who_is_quicker_is_told_by_name(centre, group, done, monkeypatch):
    monkeypatch.setattr(grouping, "refusals_of_name", lambda name, others: [])

    assert codes(create_group, centre=centre, name="year 12 IT", **done) == ["GROUP-03"]


def test_another_broken_promise_of_the_database_is_not_swallowed(centre, done, monkeypatch):
    def broken(**details):
        raise IntegrityError

    monkeypatch.setattr(grouping, "record", broken)

    with pytest.raises(IntegrityError):
        create_group(centre=centre, name="Year 12", **done)
    assert CandidateGroup.objects.count() == 0


def test_a_group_is_renamed_also_to_other_capitals(group, done):
    rename_group(group=group, name="YEAR 12 IT", **done)

    group.refresh_from_db()
    assert group.name == "YEAR 12 IT"
    assert history_of(group).get().changes == {"name": ["Year 12 IT", "YEAR 12 IT"]}


def test_renaming_to_the_same_name_changes_nothing_and_to_that_of_another_is_refused(centre, group, done):
    GroupFactory(centre=centre, name="Year 13")

    rename_group(group=group, name="Year 12 IT", **done)

    assert codes(rename_group, group=group, name="year 13", **done) == ["GROUP-03"]
    group.refresh_from_db()
    assert (group.name, HistoryEntry.objects.count()) == ("Year 12 IT", 0)


def test_a_deleted_group_takes_nobody_with_it(group, three, done):
    pk, pks = group.pk, sorted(candidate.pk for candidate in three[:2])

    count = delete_group(group=group, **done)

    assert (count, CandidateGroup.objects.count(), Candidate.objects.count()) == (2, 0, 3)
    line = HistoryEntry.objects.get(subject_id=pk, subject_type="candidates.candidategroup")
    assert (line.action, line.note, line.changes["candidates"]) == ("candidate-group.deleted", "Year 12 IT", [pks, []])


def test_members_are_added_once(group, three, officer, done):
    counts = [add_members(group=group, candidates=three, **done), add_members(group=group, candidates=three, **done)]

    assert (counts, members(group)) == ([1, 0], set(three))
    line = history_of(group).get()
    assert (line.action, line.by) == ("candidate-group.members-added", officer)
    assert line.changes == {"candidates": [[], [three[2].pk]]}


def test_members_are_removed_and_their_records_stay(group, three, done):
    counts = [remove_members(group=group, candidates=three[1:], **done) for _ in range(2)]

    assert (counts, members(group), Candidate.objects.count()) == ([1, 0], {three[0]}, 3)
    line = history_of(group).get()
    assert (line.action, line.changes) == ("candidate-group.members-removed", {"candidates": [[three[1].pk], []]})


def test_group_04_nobody_is_added_or_removed_by_ticking_nobody(group, done):
    assert codes(add_members, group=group, candidates=[], **done) == ["GROUP-04"]
    assert codes(remove_members, group=group, candidates=[], **done) == ["GROUP-04"]
    assert HistoryEntry.objects.count() == 0


def test_a_group_is_rolled_over_and_stays(group, three, done):
    new = roll_over(group=group, name="Year 13 IT", candidates=[three[0], three[2]], **done)

    assert (new.name, new.centre, members(new)) == ("Year 13 IT", group.centre, {three[0]})
    assert members(group) == set(three[:2])
    assert [line.action for line in history_of(new)] == ["candidate-group.members-added", "candidate-group.created"]


def test_rolling_over_is_refused_for_nobody_and_for_a_name_that_is_taken(group, three, done):
    assert codes(roll_over, group=group, name="year 12 it", candidates=three[2:], **done) == ["GROUP-03", "GROUP-04"]
    assert (CandidateGroup.objects.count(), HistoryEntry.objects.count()) == (1, 0)


# --- from a file ------------------------------------------------------------------------------------------------------

HEADINGS = ["Form", "UCI", "OCR Number", "Surname", "Forename", "Date of Birth"]


@pytest.mark.parametrize("form", sorted(FORMS))
def test_members_are_added_from_a_file_and_the_other_rows_are_told(group, three, done, form):
    write, _ = FORMS[form]
    rows = [
        ["12A", "689990980001D", "", "", "", ""],
        ["12A", "", "", "Fox", "Ann", "04/03/2009"],
        ["12A", "", "87654321", "", "", ""],
        ["12A", "", "", "", "", ""],
        ["12A", "", "", "Fox", "Nobody", "04/03/2009"],
    ]

    count, found = add_members_from_file(
        group=group, content=write("Class", HEADINGS, rows), file_name=f"class.{form}", **done
    )

    assert (count, found.members, members(group)) == (1, [three[0].pk, three[2].pk], set(three))
    assert found.problems == [
        (4, "No candidate of your centre has the OCR number 87654321."),
        (6, "No candidate of your centre has the name “Nobody Fox” and the date of birth 4 March 2009."),
    ]


def test_candidates_of_another_centre_and_merged_records_are_not_found(group, other_centre, three, done):
    CandidateFactory(centre=other_centre, uci="681990012058G")
    CandidateFactory(centre=group.centre, ocr_number="87654321", merged_into=three[0])
    content = b"UCI,OCR number\n681990012058G,\n,87654321\n"

    count, found = add_members_from_file(group=group, content=content, file_name="class.csv", **done)

    assert (count, found.members, [number for number, _ in found.problems]) == (0, [], [2, 3])


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [(b"Form,Surname\n12A,Fox\n", "a.csv", "GROUP-05"), (b"", "a.csv", "FILE-01"), (b"x", "a.pdf", "FILE-04")],
)
def test_a_file_that_names_nobody_or_is_none_is_refused(group, done, content, name, code):
    assert codes(add_members_from_file, group=group, content=content, file_name=name, **done) == [code]


def test_a_file_takes_as_many_queries_for_one_row_as_for_three(group, three, done, django_assert_num_queries):
    one = b"UCI\n681990012058G\n"
    many = b"UCI\n681990012058G\n61234A140001\n61234A140002\n"

    for content in (one, many):
        with django_assert_num_queries(1):
            add_members_from_file(group=group, content=content, file_name="a.csv", **done)
