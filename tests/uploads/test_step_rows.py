"""Rows of STEP candidates: judged by the rules of the form, and the same candidate twice."""

import pytest

from candidates.models import Candidate
from step_entries.kinds import STEP_CANDIDATES
from step_entries.models import StepEntry
from tests.factories.candidates import CandidateFactory
from tests.factories.step_entries import StepEntryFactory
from tests.factories.uploads import HEADINGS, candidate_row
from uploads.rules.rows import Change
from uploads.services import save_rows

pytestmark = pytest.mark.django_db


def codes_of(judged_row):
    return [refusal.code for refusal in judged_row.verdict.refusals]


# --- the same candidate -----------------------------------------------------------------------------------------------


def test_b10_equal_rows_are_both_marked_with_both_numbers(uploaded, judged):
    upload = uploaded([candidate_row(0), candidate_row(1), candidate_row(0)])

    to_mend = judged(upload).to_mend
    assert [row.row.number for row in to_mend] == [2, 4]
    assert {row.verdict.refusals[0].sentence for row in to_mend} == {
        "Rows 2 and 4 are the same candidate. Set all but one aside."
    }


def test_b10_namesakes_of_one_birthday_can_be_declared_different(uploaded, judged, submit, officer, now):
    upload = uploaded([candidate_row(0), candidate_row(0, ucas_id="")])
    ticks = {
        row.row.number: {"is_different_person": Change("", row.verdict.refusals[0].confirm_as)}
        for row in judged(upload).to_mend
    }
    assert len(ticks) == 2

    save_rows(upload=upload, kind=STEP_CANDIDATES, cells=ticks, by=officer, at=now)
    submit(upload)

    assert StepEntry.objects.filter(is_different_person=True).count() == Candidate.objects.count() == 2


def test_b10_one_tick_is_not_enough(uploaded, judged, officer, now):
    upload = uploaded([candidate_row(0), candidate_row(0, ucas_id="")])
    [first, _] = judged(upload).to_mend
    tick = {first.row.number: {"is_different_person": Change("", first.verdict.refusals[0].confirm_as)}}

    save_rows(upload=upload, kind=STEP_CANDIDATES, cells=tick, by=officer, at=now)

    assert [row.row.number for row in judged(upload).to_mend] == [3]


def test_one_ucas_id_on_two_candidates_is_refused_in_both(uploaded, judged):
    upload = uploaded([candidate_row(0), candidate_row(1, ucas_id="1000000000"), candidate_row(2)])

    sentences = {row.verdict.refusals[0].sentence for row in judged(upload).to_mend}
    assert sentences == {"Rows 2 and 3 have the same UCAS ID. Check each against its UCAS application."}


def test_rows_entered_already_are_told_with_their_number_and_not_doubled(uploaded, judged, submit):
    submit(uploaded([candidate_row(0), candidate_row(1)]))
    again = uploaded([candidate_row(0), candidate_row(1, ucas_id=""), candidate_row(2)])

    assert [row.verdict.already for row in judged(again).already_entered] == ["S00001", "S00002"]
    submit(again)

    assert StepEntry.objects.count() == 3


def test_a_namesake_with_another_ucas_id_is_asked_about_and_can_be_entered(uploaded, judged, submit, officer, now):
    submit(uploaded([candidate_row(0)]))
    again = uploaded([candidate_row(0, ucas_id="9999999999")])
    [asked] = judged(again).to_mend
    [refusal] = asked.verdict.refusals
    assert (refusal.code, refusal.confirm_with, refusal.about) == ("STEP-05", "is_different_person", "S00001")

    tick = {2: {"is_different_person": Change("", refusal.confirm_as)}}
    save_rows(upload=again, kind=STEP_CANDIDATES, cells=tick, by=officer, at=now)
    submit(again)

    assert Candidate.objects.count() == StepEntry.objects.count() == 2


def test_a_candidate_known_to_the_centre_is_entered_and_not_registered_again(uploaded, submit, centre):
    known = CandidateFactory(centre=centre, first_name="Ann", last_name="Smitha", date_of_birth="2009-03-04")

    submit(uploaded([candidate_row(0)]))

    assert StepEntry.objects.get().candidate == known == Candidate.objects.get()


def test_a_candidate_who_stands_entered_under_a_corrected_name_is_somebody_else(uploaded, submit, session, centre):
    known = CandidateFactory(centre=centre, first_name="Ann", last_name="Smitha", date_of_birth="2009-03-04")
    StepEntryFactory(session=session, centre=centre, candidate=known, last_name="Jones", person_key="annjones")

    submit(uploaded([candidate_row(0)]))

    assert Candidate.objects.count() == StepEntry.objects.count() == 2


# --- the same rules as the form ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        ({"date_of_birth": "3/27/07"}, ["DOB-01"]),
        ({"date_of_birth": "31/02/2008"}, ["DOB-01"]),
        ({"date_of_birth": "01/01/2999"}, ["DOB-02"]),
        ({"date_of_birth": "01/01/2024"}, ["DOB-03"]),
        ({"date_of_birth": "01/01/1990"}, ["DOB-04"]),
        ({"first_name": "=Ann"}, ["NAME-03"]),
        ({"first_name": "-Ann"}, ["NAME-03"]),
        ({"first_name": ""}, ["NAME-01"]),
        ({"last_name": "a" * 300}, ["NAME-02"]),
        ({"last_name": "Ann\u200bSmith"}, ["NAME-04"]),
        ({"last_name": "Smith, Ann"}, ["NAME-05"]),
        ({"gender": ""}, ["GENDER-01"]),
        ({"ucas_id": "123"}, ["UCAS-01"]),
        ({"papers": "STEP 1"}, ["STEP-03"]),
        ({"courses": ""}, ["STEP-04"]),
        ({"courses": "Oxbridge"}, ["SHEET-01"]),
        ({"first_name": "", "last_name": "", "date_of_birth": ""}, ["DOB-01", "NAME-01", "NAME-01"]),
    ],
)
def test_s47_a_row_is_judged_by_the_rules_of_the_form(uploaded, judged, wrong, codes):
    [row] = judged(uploaded([candidate_row(0, **wrong)])).open_rows

    assert codes_of(row) == codes
    assert not row.is_ready


@pytest.mark.parametrize(
    "changed", [{}, {"last_name": "Müller-Søby"}, {"ucas_id": ""}, {"date_of_birth": "4 March 2009"}]
)
def test_s47_what_the_form_takes_a_file_takes_too(uploaded, judged, changed):
    assert len(judged(uploaded([candidate_row(0, **changed)])).ready) == 1


def test_a_candidate_of_one_legal_name_is_taken(uploaded, judged):
    upload = uploaded([[*candidate_row(0, first_name=""), "Yes"]], headings=[*HEADINGS, "One legal name?"])

    assert [row.verdict.title for row in judged(upload).ready] == ["Smitha"]
