"""The entries of two records that become one."""

import pytest

from core.history import history_of
from technicals.enums import EntryOption, EntryState
from technicals.models import Registration, UnitEntry
from technicals.services.drafts import add_candidates, apply_option, start_draft
from technicals.services.merging import move_entries, refusals_to_merge
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import QualificationFactory, RegistrationFactory, UnitEntryFactory

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


def test_merge_05_a_registration_whose_withdrawal_is_pending_keeps_two_records_apart_too(pair, centre):
    RegistrationFactory(centre=centre, candidate=pair[0])
    RegistrationFactory(centre=centre, candidate=pair[1], state=EntryState.WITHDRAWING)

    assert [refusal.code for refusal in refusals_to_merge(pair[0].pk, pair[1].pk)] == ["MERGE-05"]


@pytest.fixture
def form(centre, officer, now):
    """A web form with these candidates."""

    def act(*candidates):
        code = QualificationFactory(code="05834")
        draft = start_draft(centre=centre, qualification=code, series=None, by=officer, at=now)
        add_candidates(draft=draft, candidates=candidates, at=now)
        return draft

    return act


def test_a_line_of_a_web_form_goes_on_with_the_record_that_stays(pair, form, officer, now):
    goes, stays = pair
    draft = form(goes)
    apply_option(draft=draft, entries=[draft.entries.get().pk], option=EntryOption.UNITS, units=[1, 2], at=now)

    move_entries(goes, stays, officer, now)

    [line] = draft.entries.all()
    assert (line.candidate, line.option, line.units) == (stays, EntryOption.UNITS, [1, 2])


def test_on_a_web_form_with_both_records_the_line_of_the_one_that_stays_is_left(pair, form, officer, now):
    goes, stays = pair
    both, alone = form(goes, stays), form(goes)
    kept = both.entries.get(candidate=stays)
    apply_option(draft=both, entries=[kept.pk], option=EntryOption.FULL, at=now)

    move_entries(goes, stays, officer, now)

    [line] = both.entries.all()
    assert (line.pk, line.option) == (kept.pk, EntryOption.FULL)
    assert [line.candidate for line in alone.entries.all()] == [stays]
