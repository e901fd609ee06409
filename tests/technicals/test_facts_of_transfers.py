"""Attempts of candidates who went from one centre to another, as the database tells them (decision 0019)."""

import pytest

from candidates.rules.identifiers import uci_letter
from technicals.enums import EntryState, SeriesKind
from technicals.models import Transfer
from technicals.rules.facts import TRANSFERRED
from technicals.services.facts import facts_for
from technicals.services.merging import move_entries
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import CentreFactory
from tests.factories.technicals import UnitEntryFactory, exam_series, today

pytestmark = pytest.mark.django_db
QUERIES_OF_FACTS = 10
UCI = "689990980001" + uci_letter("689990980001")


@pytest.fixture
def elsewhere(db):
    return CentreFactory(number="62222", name="Southgate College")


@pytest.fixture
def sat(now):
    """Enters a candidate for unit 1 at the candidate's centre, in the June of this year or of one before."""

    def act(candidate, years_ago=0, **fields):
        series = exam_series(SeriesKind.JUNE, today().year - years_ago)
        return UnitEntryFactory(centre=candidate.centre, candidate=candidate, series=series, **fields)

    return act


@pytest.fixture
def transfer(officer, now):
    """Notes that a candidate went from one record to another."""
    return lambda source, target: Transfer.objects.create(source=source, target=target, at=now, by=officer)


@pytest.fixture
def attempts_of(now):
    """The series of the entries made elsewhere that count for a record by a transfer."""

    def act(candidate):
        facts = facts_for(centre=candidate.centre, at=now, period="0", rows=[])
        return sorted(entry.series for entry in facts.entered_elsewhere.get((TRANSFERRED, str(candidate.pk)), []))

    return act


def test_entries_at_the_centre_before_count_without_a_uci(centre, elsewhere, sat, transfer, attempts_of):
    before, here, nobody = CandidateFactory(centre=elsewhere), *CandidateFactory.create_batch(2, centre=centre)
    entries = [sat(before), sat(before, 1)]
    transfer(before, here)

    assert attempts_of(here) == sorted(entry.series_id for entry in entries)
    assert attempts_of(nobody) == attempts_of(before) == []


def test_entries_count_after_a_second_transfer_too(centre, elsewhere, sat, transfer, attempts_of):
    third = CentreFactory(number="63333")
    first, second, last = (CandidateFactory(centre=each) for each in (third, elsewhere, centre))
    oldest, newer = sat(first, 1), sat(second)
    transfer(first, second)
    transfer(second, last)

    assert attempts_of(last) == sorted([oldest.series_id, newer.series_id])
    assert attempts_of(second) == [oldest.series_id]


def test_somebody_who_came_back_has_the_entries_of_both_centres(centre, elsewhere, sat, transfer, now):
    here, away = CandidateFactory(centre=centre), CandidateFactory(centre=elsewhere)
    own, other = sat(here, 1), sat(away)
    transfer(here, away)
    transfer(away, here)

    facts = facts_for(centre=centre, at=now, period="0", rows=[])

    assert [entry.series for entry in facts.entered[here.pk]] == [own.series_id]
    assert [entry.series for entry in facts.entered_elsewhere[TRANSFERRED, str(here.pk)]] == [other.series_id]


def test_what_went_with_the_candidate_or_was_withdrawn_is_no_attempt_there(
    centre, elsewhere, sat, transfer, attempts_of
):
    before, here = CandidateFactory(centre=elsewhere), CandidateFactory(centre=centre)
    sat(before, state=EntryState.TRANSFERRED)
    sat(before, 1, state=EntryState.WITHDRAWN)
    transfer(before, here)

    assert attempts_of(here) == []


def test_an_absence_at_the_centre_before_is_told_and_is_no_attempt(centre, elsewhere, sat, transfer, now):
    before, here = CandidateFactory(centre=elsewhere), CandidateFactory(centre=centre)
    sat(before, state=EntryState.ABSENT)
    transfer(before, here)

    [entry] = facts_for(centre=centre, at=now, period="0", rows=[]).entered_elsewhere[TRANSFERRED, str(here.pk)]

    assert (entry.is_attempt, entry.is_live, entry.reference) == (False, False, "")


def test_an_entry_that_is_found_by_uci_and_transfer_is_one_entry(centre, elsewhere, sat, transfer, now):
    before, here = CandidateFactory(centre=elsewhere, uci=UCI), CandidateFactory(centre=centre, uci=UCI)
    sat(before)
    transfer(before, here)

    found = facts_for(centre=centre, at=now, period="0", rows=[]).entered_elsewhere

    assert set(found) == {("uci", UCI), (TRANSFERRED, str(here.pk))}
    assert found["uci", UCI] == found[TRANSFERRED, str(here.pk)]


@pytest.mark.parametrize("count", [1, 3])
def test_facts_take_the_same_queries_for_any_number_of_transfers(
    count, centre, elsewhere, sat, transfer, now, django_assert_num_queries
):
    for before in CandidateFactory.create_batch(count, centre=elsewhere):
        sat(before)
        transfer(before, CandidateFactory(centre=centre))

    with django_assert_num_queries(QUERIES_OF_FACTS):
        facts_for(centre=centre, at=now, period="0", rows=[])


@pytest.mark.parametrize("which", ["the record before", "the record here"])
def test_attempts_count_after_a_record_became_one_with_another(
    which, centre, elsewhere, sat, transfer, attempts_of, officer, now
):
    before, here = CandidateFactory(centre=elsewhere), CandidateFactory(centre=centre)
    entry = sat(before)
    transfer(before, here)
    goes = before if which == "the record before" else here
    stays = CandidateFactory(centre=goes.centre)

    move_entries(goes, stays, officer, now)

    assert attempts_of(here if which == "the record before" else stays) == [entry.series_id]
