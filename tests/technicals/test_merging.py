"""The entries of two records that become one."""

import pytest

from core.history import history_of
from technicals.enums import EntryState
from technicals.models import Registration, UnitEntry
from technicals.services.merging import move_entries, refusals_to_merge
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, UnitEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def pair(centre):
    return CandidateFactory(centre=centre), CandidateFactory(centre=centre)


def test_merge_05_two_registrations_under_one_code_keep_two_records_apart(pair, centre):
    for candidate in pair:
        RegistrationFactory(centre=centre, candidate=candidate)

    told = refusals_to_merge(pair[0].pk, pair[1].pk)

    assert [refusal.code for refusal in told] == ["MERGE-05"]


def test_merge_06_two_entries_for_one_unit_and_series_keep_two_records_apart(pair, centre):
    for candidate in pair:
        UnitEntryFactory(centre=centre, candidate=candidate)

    told = refusals_to_merge(pair[0].pk, pair[1].pk)

    assert [refusal.code for refusal in told] == ["MERGE-06"]


def test_withdrawn_entries_do_not_keep_two_records_apart(pair, centre):
    RegistrationFactory(centre=centre, candidate=pair[0])
    RegistrationFactory(centre=centre, candidate=pair[1], state=EntryState.WITHDRAWN)
    UnitEntryFactory(centre=centre, candidate=pair[0], state=EntryState.WITHDRAWN)
    UnitEntryFactory(centre=centre, candidate=pair[1])

    assert refusals_to_merge(pair[0].pk, pair[1].pk) == []


def test_entries_move_to_the_record_that_stays_with_their_history(pair, centre, officer, now):
    goes, stays = pair
    registration = RegistrationFactory(centre=centre, candidate=goes)
    UnitEntryFactory(centre=centre, candidate=goes)

    moved = move_entries(goes, stays, officer, now)

    assert moved == 2
    assert {entry.candidate for entry in [*Registration.objects.all(), *UnitEntry.objects.all()]} == {stays}
    assert history_of(registration)[0].changes == {"candidate": [goes.pk, stays.pk]}
