"""GUARD-01: the whole name and the date of birth of somebody with entries are changed with proof alone."""

from dataclasses import replace
from datetime import date

import pytest
from django.urls import reverse

from candidates.models import Candidate
from candidates.rules.guarding import Guard, change_needs_no_proof, entries_of
from candidates.rules.guarding import register as register_guard
from candidates.rules.people import Person, academic_year
from candidates.services import correct_candidate, judge_correction, merge_candidates, person_of
from core.history import history_of
from core.moments import uk_date
from core.refusals import Refused
from tests.candidates.pages import TYPED, errors_of, words_of
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory

ZOE = Person(first_name="Zoë", last_name="Fox-Lane", date_of_birth=date(2009, 3, 4), gender="female")
ENTRIES = "Cambridge Technicals entries"


@pytest.fixture
def zoe(centre):
    """Zoë Fox, born on 4 March 2009, who is registered."""
    candidate = CandidateFactory(centre=centre, first_name="Zoë", plain_first_name="Zoe", last_name="Fox")
    RegistrationFactory(centre=centre, candidate=candidate)
    return candidate


@pytest.fixture
def correct(officer, now):
    def act(candidate, is_granted=False, **changes):
        person = replace(person_of(candidate, academic_year(uk_date(now))), **changes)
        return correct_candidate(candidate=candidate, person=person, is_granted=is_granted, by=officer, at=now)

    return act


def told(act, *args, **changes):
    with pytest.raises(Refused) as refused:
        act(*args, **changes)
    return [(refusal.code, refusal.field) for refusal in refused.value.refusals]


# --- the law ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"first_name": "Zoe"},
        {"last_name": "Fox Lane"},
        {"last_name": "FOX LANE", "first_name": "ZOE"},
        {"last_name": "Khan"},
        {"first_name": "Ayesha"},
        {"middle_names": "Ann", "gender": "male", "uci": "689990980001D", "uln": "1234567899"},
        {"date_of_birth": None},
    ],
)
def test_guard_01_one_of_the_names_and_everything_else_is_corrected_by_the_centre(changes):
    assert change_needs_no_proof(ZOE, replace(ZOE, **changes), ENTRIES) is None


@pytest.mark.parametrize(
    ("changes", "what", "field"),
    [
        ({"first_name": "Ayesha", "last_name": "Khan"}, "the whole name", "last_name"),
        ({"first_name": "Fox-Lane", "last_name": "Zoë"}, "the whole name", "last_name"),
        ({"first_name": "", "last_name": "Khan"}, "the whole name", "last_name"),
        ({"date_of_birth": date(2009, 4, 3)}, "the date of birth", "date_of_birth"),
    ],
)
def test_guard_01_the_whole_name_and_the_date_of_birth_need_proof(changes, what, field):
    refusal = change_needs_no_proof(ZOE, replace(ZOE, **changes), ENTRIES)

    assert (refusal.code, refusal.field) == ("GUARD-01", field)
    assert refusal.sentence == (
        f"Zoë Fox-Lane has Cambridge Technicals entries, so a change of {what} needs proof and is made by OCR. On the "
        "candidate's page, choose Edit candidate and then Ask OCR for this change. Until it is made your centre's "
        "record stays as it is."
    )


def test_guard_01_names_without_any_plain_letter_are_compared_as_they_are():
    before = replace(ZOE, first_name="秀英", last_name="李")

    assert change_needs_no_proof(before, replace(before, last_name="王"), ENTRIES) is None
    assert change_needs_no_proof(before, replace(before, first_name="芳", last_name="王"), ENTRIES).code == "GUARD-01"


def test_guard_01_without_entries_nothing_needs_proof():
    other = replace(ZOE, first_name="Ayesha", last_name="Khan", date_of_birth=date(2008, 1, 1))

    assert change_needs_no_proof(ZOE, other, "") is None


def test_apps_of_entries_say_who_has_some(monkeypatch):
    monkeypatch.setattr("candidates.rules.guarding._GUARDS", {})
    register_guard(Guard("wood entries", lambda candidate: candidate == 7))

    assert [entries_of(candidate) for candidate in (7, 8)] == ["wood entries", ""]


# --- correcting a record ----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_guard_01_a_record_with_entries_stays_as_it_is(correct, zoe):
    assert told(correct, zoe, first_name="Ayesha", last_name="Khan") == [("GUARD-01", "last_name")]
    assert told(correct, zoe, date_of_birth=date(2009, 4, 3)) == [("GUARD-01", "date_of_birth")]

    zoe.refresh_from_db()
    assert (str(zoe), zoe.date_of_birth, history_of(zoe).count()) == ("Zoë Fox", date(2009, 3, 4), 0)


@pytest.mark.django_db
def test_a_record_without_entries_and_other_details_are_corrected(correct, zoe, centre):
    free = CandidateFactory(centre=centre, last_name="Free")

    correct(free, first_name="Ayesha", last_name="Khan", date_of_birth=date(2009, 4, 3))
    correct(zoe, last_name="Lane", uln="1234567899")

    names = set(Candidate.objects.values_list("first_name", "last_name"))
    assert names == {("Ayesha", "Khan"), ("Zoë", "Lane")}


@pytest.mark.django_db
def test_what_staff_grant_is_made_and_judged_by_the_other_rules_all_the_same(correct, zoe, now):
    corrected = correct(zoe, is_granted=True, date_of_birth=date(2009, 4, 3))

    assert (corrected.date_of_birth, history_of(zoe).get().action) == (date(2009, 4, 3), "candidate.corrected")
    assert told(correct, zoe, is_granted=True, date_of_birth=date(2999, 4, 3)) == [("DOB-05", "date_of_birth")]
    born_later = replace(person_of(zoe, 2026), date_of_birth=date(2999, 4, 3))
    assert [refusal.code for refusal in judge_correction(candidate=zoe, person=born_later, at=now)] == ["DOB-05"]


@pytest.mark.django_db
@pytest.mark.parametrize(("stays", "value"), [("one", "other"), ("other", "other")])
def test_guard_01_a_merger_is_no_way_round_it(zoe, centre, officer, now, stays, value):
    double = CandidateFactory(centre=centre, first_name="Zoe", last_name="Fox", date_of_birth=date(2009, 4, 3))
    chosen = {"first_name": "one", "date_of_birth": value}
    people = {"one": zoe, "other": double, "by": officer, "at": now}

    assert told(merge_candidates, stays=stays, chosen=chosen, **people) == [("GUARD-01", "date_of_birth")]
    kept, _ = merge_candidates(stays=stays, chosen=chosen | {"date_of_birth": "one"}, **people)
    assert (kept.date_of_birth, Candidate.objects.active().get()) == (date(2009, 3, 4), kept)


@pytest.mark.django_db
@pytest.mark.parametrize("stays", ["one", "other"])
@pytest.mark.parametrize("value", ["one", "other"])
def test_guard_01_of_two_who_both_have_entries_neither_is_given_the_others_date_of_birth(
    zoe, centre, officer, now, stays, value
):
    double = CandidateFactory(centre=centre, first_name="Zoe", last_name="Fox", date_of_birth=date(2009, 4, 3))
    RegistrationFactory(centre=centre, candidate=double, qualification__code="05835")
    chosen = {"first_name": "one", "date_of_birth": value}

    refused = told(merge_candidates, stays=stays, chosen=chosen, one=zoe, other=double, by=officer, at=now)

    assert refused == [("GUARD-01", "date_of_birth")]
    assert Candidate.objects.active().count() == 2


# --- the page ---------------------------------------------------------------------------------------------------------


def edit_url(candidate):
    return reverse("candidates:candidate-edit", args=[candidate.key])


@pytest.mark.django_db
def test_edit_candidate_refuses_keeps_what_was_typed_and_leads_to_the_request(signed_in, officer, zoe):
    typed = TYPED | {"seen": zoe.fingerprint, "date_of_birth": "03/04/2009"}

    page = signed_in(officer).post(edit_url(zoe), typed)

    assert list(errors_of(page)) == ["date_of_birth"]
    assert 'value="03/04/2009"' in page.text
    address = reverse("requests:new-candidate-correction", args=[zoe.key])
    assert f'name="go" value="begin" formaction="{address}">Ask OCR for this change</button>' in page.text


@pytest.mark.django_db
def test_edit_candidate_tells_of_proof_where_there_are_entries_and_nowhere_else(signed_in, officer, zoe, centre):
    free, client = CandidateFactory(centre=centre), signed_in(officer)

    told = ["Ask OCR for this change" in words_of(client.get(edit_url(each))) for each in (zoe, free)]

    assert told == [True, False]
