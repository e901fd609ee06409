"""Which centre may enter for what."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from core.history import history_of
from core.refusals import Refused
from technicals.models import Approval
from technicals.rules import approvals as rules
from technicals.services.approvals import approve_for_several
from tests.factories.technicals import QualificationFactory, TechnicalsApprovalFactory, today

BUSINESS, IT = ("Business", 3, "2016"), ("IT", 3, "2016")
BEGIN, END = date(2026, 9, 1), date(2027, 8, 31)
DAY = timedelta(days=1)


def approval(family=BUSINESS, since=BEGIN, until=END):
    return SimpleNamespace(family=family, since=since, until=until)


def test_approval_01_a_centre_is_approved_for_what_the_catalogue_has():
    assert rules.approval_is_for_what_there_is(BUSINESS, {BUSINESS}) is None

    refusal = rules.approval_is_for_what_there_is(IT, {BUSINESS})

    assert (refusal.code, refusal.field) == ("APPROVAL-01", "subject")
    assert refusal.sentence.startswith("The catalogue has no entry code of IT, Level 3, 2016 suite.")


def test_approval_02_an_approval_ends_on_its_first_day_or_later():
    assert rules.approval_ends_after_it_begins(BEGIN, None) is None
    assert rules.approval_ends_after_it_begins(BEGIN, BEGIN) is None
    assert rules.approval_ends_after_it_begins(BEGIN, BEGIN - DAY).code == "APPROVAL-02"


@pytest.mark.parametrize(
    ("since", "until"), [(END + DAY, None), (BEGIN - 9 * DAY, BEGIN - DAY), (END + DAY, END + 9 * DAY)]
)
def test_approval_03_an_approval_before_or_after_another_is_allowed(since, until):
    assert rules.centre_is_approved_once_at_a_time(BUSINESS, since, until, [approval()]) is None


@pytest.mark.parametrize(
    ("since", "until"), [(END, None), (BEGIN - DAY, BEGIN), (BEGIN - DAY, None), (BEGIN + DAY, BEGIN + DAY)]
)
def test_approval_03_a_second_approval_at_the_same_time_is_refused(since, until):
    refusal = rules.centre_is_approved_once_at_a_time(BUSINESS, since, until, [approval()])

    assert (refusal.code, refusal.field) == ("APPROVAL-03", "since")


def test_approval_03_an_approval_without_an_end_covers_every_later_day():
    refusal = rules.centre_is_approved_once_at_a_time(BUSINESS, END + 9 * DAY, None, [approval(until=None)])

    assert refusal.sentence == (
        "The centre is approved for Business, Level 3, 2016 suite from 1 September 2026 without an end. "
        "Change that approval instead."
    )


def test_approval_03_another_subject_is_allowed():
    assert rules.centre_is_approved_once_at_a_time(IT, BEGIN, END, [approval()]) is None


def test_approval_04_nothing_ticked_is_refused():
    assert rules.something_is_chosen([BUSINESS]) is None
    assert rules.something_is_chosen([]).code == "APPROVAL-04"


@pytest.fixture
def catalogue(db):
    QualificationFactory(code="05834")
    QualificationFactory(code="05838", subject="IT")


def test_a_centre_is_approved_for_several_at_once(catalogue, centre, staff, now):
    new = approve_for_several(centre=centre, families=[BUSINESS, IT], since=BEGIN, until=END, by=staff, at=now)

    assert sorted(each.family for each in Approval.objects.filter(centre=centre)) == [BUSINESS, IT]
    [line] = history_of(new[1])
    assert (line.action, line.by) == ("approval.added", staff)
    assert line.changes == {
        "subject": [None, "IT"],
        "level": [None, 3],
        "suite": [None, "2016"],
        "centre": [None, "61111"],
        "since": [None, "2026-09-01"],
        "until": [None, "2027-08-31"],
    }


def test_one_refused_family_approves_for_none(catalogue, centre, staff, now):
    TechnicalsApprovalFactory(centre=centre)
    families = [("Business", 3, "2016"), ("IT", 3, "2016"), ("Art", 2, "2012")]

    with pytest.raises(Refused) as refused:
        approve_for_several(centre=centre, families=families, since=today(), until=None, by=staff, at=now)

    assert [refusal.code for refusal in refused.value.refusals] == ["APPROVAL-03", "APPROVAL-01"]
    assert Approval.objects.count() == 1


def test_the_approval_of_another_centre_is_in_nobodys_way(catalogue, centre, other_centre, staff, now):
    TechnicalsApprovalFactory(centre=other_centre)

    approve_for_several(centre=centre, families=[BUSINESS], since=today(), until=None, by=staff, at=now)

    assert Approval.objects.filter(centre=centre).count() == 1
