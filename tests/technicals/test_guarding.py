"""GUARD-01 for those who are entered for Cambridge Technicals: who they are, and what a spreadsheet may change."""

import pytest

from candidates.rules.matching import in_words
from technicals.enums import EntryState
from technicals.rules.facts import Registered, UnitEntered
from technicals.services.guarding import has_entries
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, UnitEntryFactory
from tests.technicals.facts import BUSINESS, FULL, UCIS, codes, facts, judged, known, typed

ADA = known(1, first_name="Ada", last_name="Known", uci=UCIS[0])
REGISTERED = {"registered": {1: [Registered(5, FULL, BUSINESS, "CT000001")]}}
ENTERED = {"entered": {1: [UnitEntered(101, 11, FULL, "CT000001")]}}
OTHER_DAY = {"first_name": "Ada", "last_name": "Known", "date_of_birth": "28/03/2014", "uci": UCIS[0]}
OTHER_NAME = {"first_name": "Ben", "last_name": "Other", "uci": UCIS[0]}


@pytest.mark.django_db
@pytest.mark.parametrize("make", [RegistrationFactory, UnitEntryFactory])
def test_somebody_has_entries_until_they_are_withdrawn_or_transferred(make, centre):
    gone = {EntryState.WITHDRAWN, EntryState.TRANSFERRED}

    for state in EntryState:
        candidate = CandidateFactory(centre=centre)
        make(centre=centre, candidate=candidate, state=state)
        assert has_entries(candidate.pk) == (state not in gone), state


@pytest.mark.django_db
def test_somebody_without_entries_has_none(centre):
    assert has_entries(CandidateFactory(centre=centre).pk) is False


def use_the_file(row, **about):
    """The row, judged again after the officer chose the file."""
    [asked] = judged([typed(**row)], facts(known=[ADA], **about))
    [use] = [choice for choice in asked.refusals[0].choices if choice.startswith("Use the file")]
    [answered] = judged([typed(**row, which_is_right=use)], facts(known=[ADA], **about))
    return answered


@pytest.mark.parametrize("about", [REGISTERED, ENTERED])
@pytest.mark.parametrize(("row", "field"), [(OTHER_DAY, "date_of_birth"), (OTHER_NAME, "last_name")])
def test_guard_01_a_file_changes_no_whole_name_and_no_date_of_birth_of_somebody_with_entries(row, field, about):
    answered = use_the_file(row, **about)

    guard, question = answered.refusals[0], answered.refusals[1]
    assert (guard.code, guard.field, question.code) == ("GUARD-01", field, "IDENTITY-02")
    assert guard.sentence.startswith("Ada Known has Cambridge Technicals entries, so a change of ")
    assert [choice.partition(":")[0] for choice in question.choices] == ["Keep our record", "A new person"]


def test_keeping_the_record_settles_the_row():
    row = typed(**OTHER_DAY, which_is_right=f"Keep our record: {in_words(ADA.person)}")

    [kept] = judged([row], facts(known=[ADA], **ENTERED))

    assert (codes(kept), kept.who) == ([], ("known", 1))


@pytest.mark.parametrize("row", [OTHER_DAY, OTHER_NAME])
def test_of_somebody_without_entries_the_file_can_be_used(row):
    answered = use_the_file(row)

    assert (codes(answered), answered.finding.is_change) == ([], True)


def test_what_a_file_fills_in_and_another_surname_need_no_proof():
    married = {"first_name": "Ada", "last_name": "Married", "uci": UCIS[0]}

    [filled] = judged(
        [typed(first_name="Ada", last_name="Known", uci=UCIS[0], uln="1000000051")], facts(known=[ADA], **ENTERED)
    )

    assert codes(use_the_file(married, **ENTERED)) == []
    assert (codes(filled), filled.finding.is_change) == ([], True)
