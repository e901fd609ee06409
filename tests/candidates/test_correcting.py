"""One record: made by hand, and corrected."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError

from candidates.models import Candidate, CandidatesDiffer
from candidates.rules.identity import Details
from candidates.rules.people import Person, academic_year
from candidates.services import correct_candidate, correcting, find_or_register_candidate, register_candidate
from core.history import history_of
from core.models import HistoryEntry
from core.moments import uk_date
from core.refusals import Refusal, Refused
from tests.factories.candidates import CandidateFactory

pytestmark = pytest.mark.django_db

ZOE = Person(
    first_name="Zoë",
    middle_names="Ann",
    last_name="Fox",
    date_of_birth=date(2009, 3, 4),
    gender="female",
    uci="689990980001D",
    uln="1234567899",
    ocr_number="12345678",
    candidate_number="0042",
)
NOBODYS = replace(ZOE, uci="", uln="", ocr_number="", candidate_number="")


@pytest.fixture
def register(centre, officer, now):
    def act(person=ZOE, **more):
        return register_candidate(**({"centre": centre, "person": person, "by": officer, "at": now} | more))

    return act


@pytest.fixture
def correct(officer, now):
    def act(candidate, person, **more):
        return correct_candidate(candidate=candidate, person=person, by=officer, at=now, **more)

    return act


def codes(act, *args, **more):
    with pytest.raises(Refused) as refused:
        act(*args, **more)
    return [refusal.code for refusal in refused.value.refusals]


# --- made -------------------------------------------------------------------------------------------------------------


def test_a_new_candidate_has_all_details_and_a_history(register, centre, officer, now):
    candidate = register(ucas_id="1234567890")

    candidate.refresh_from_db()
    assert (candidate.centre, candidate.first_name, candidate.middle_names, candidate.last_name) == (
        centre, "Zoë", "Ann", "Fox",
    )  # fmt: skip
    assert (candidate.plain_first_name, candidate.person_key) == ("Zoe", "zoefox")
    assert (candidate.uci, candidate.uln, candidate.ocr_number) == ("689990980001D", "1234567899", "12345678")
    assert (candidate.candidate_number, candidate.numbered_in) == ("0042", academic_year(uk_date(now)))
    assert (candidate.ucas_id, candidate.created_at) == ("1234567890", now)
    assert [(change.action, change.by, change.at) for change in history_of(candidate)] == [
        ("candidate.registered", officer, now)
    ]


@pytest.mark.parametrize("field", ["uci", "uln", "ocr_number"])
def test_an_identifier_of_another_candidate_is_refused(register, centre, field):
    CandidateFactory(centre=centre, **{field: getattr(ZOE, field)})

    assert codes(register) == ["CLASH-01"]
    assert (Candidate.objects.count(), HistoryEntry.objects.count()) == (1, 0)


def test_an_identifier_of_a_merged_record_or_of_another_centre_is_free(register, centre, other_centre):
    kept = CandidateFactory(centre=centre)
    CandidateFactory(centre=centre, uci=ZOE.uci, merged_into=kept)
    CandidateFactory(centre=other_centre, uci=ZOE.uci)

    assert register().uci == ZOE.uci


def test_a_candidate_number_is_given_once_a_year(register, centre, now):
    year = academic_year(uk_date(now))
    CandidateFactory(centre=centre, candidate_number="0042", numbered_in=year)
    CandidateFactory(centre=centre, candidate_number="0043", numbered_in=year - 1)

    assert codes(register) == ["NUMBER-03"]
    assert register(replace(ZOE, candidate_number="0043")).candidate_number == "0043"


def test_a_namesake_is_asked_about_and_the_answer_is_remembered(register):
    first = register()

    assert codes(register, NOBODYS) == ["CLASH-02"]
    assert codes(register, NOBODYS, different_from="somebody else") == ["CLASH-02"]
    second = register(NOBODYS, different_from=str(first.key))

    assert list(CandidatesDiffer.objects.values_list("one", "other")) == [(first.pk, second.pk)]


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_made(register, centre):
    CandidateFactory(centre=centre, uci=ZOE.uci)
    unread = [Refusal("DOB-01", "No date.", "date_of_birth")]
    person = replace(ZOE, last_name="", gender="", date_of_birth=None)

    assert codes(register, person, unread=unread) == ["DOB-01", "NAME-01", "GENDER-02", "CLASH-01"]
    assert (Candidate.objects.count(), HistoryEntry.objects.count()) == (1, 0)


@pytest.fixture
def quicker(monkeypatch):
    """What an upload wrote after the first look at the identifiers of others, and before the record is made."""
    real, looks = correcting.owners_of_identifiers, []

    def look(**scope):
        looks.append(scope)
        return real(**scope) if len(looks) > 1 else []

    monkeypatch.setattr(correcting, "owners_of_identifiers", look)


def test_an_upload_that_is_quicker_is_told_by_name(register, centre, quicker):
    CandidateFactory(centre=centre, first_name="Ann", last_name="Bell", uln=ZOE.uln)

    with pytest.raises(Refused, match="ULN 1234567899 is that of Ann Bell"):
        register()


def test_an_upload_that_is_quicker_than_a_correction_is_told_by_name(correct, centre, quicker):
    CandidateFactory(centre=centre, first_name="Ann", last_name="Bell", uln=ZOE.uln)
    candidate = CandidateFactory(centre=centre)

    with pytest.raises(Refused, match="ULN 1234567899 is that of Ann Bell"):
        correct(candidate, ZOE)


def test_another_broken_promise_of_the_database_is_not_swallowed(register, monkeypatch):
    def broken(**details):
        raise IntegrityError

    monkeypatch.setattr(correcting, "register_people", broken)

    with pytest.raises(IntegrityError):
        register()


# --- corrected --------------------------------------------------------------------------------------------------------


def test_a_correction_is_kept_with_old_and_new(register, correct, officer, now):
    candidate = register()

    corrected = correct(candidate, replace(ZOE, last_name="Fux", date_of_birth=date(2009, 4, 3)), ucas_id="1234567890")

    candidate.refresh_from_db()
    assert (candidate.last_name, candidate.plain_last_name, candidate.person_key) == ("Fux", "Fux", "zoefux")
    assert (candidate.date_of_birth, candidate.ucas_id) == (date(2009, 4, 3), "1234567890")
    assert corrected == candidate
    change = history_of(candidate).first()
    assert (change.action, change.by, change.at) == ("candidate.corrected", officer, now)
    assert change.changes == {
        "last name": ["Fox", "Fux"],
        "plain last name": ["Fox", "Fux"],
        "date of birth": ["2009-03-04", "2009-04-03"],
        "ucas id": ["", "1234567890"],
    }


def test_where_nothing_differs_nothing_is_written(register, correct):
    candidate = register()

    correct(candidate, ZOE)

    assert [change.action for change in history_of(candidate)] == ["candidate.registered"]


def test_a_plain_form_that_somebody_typed_stays_with_its_name(correct, centre):
    candidate = CandidateFactory(centre=centre, first_name="Zoë", plain_first_name="Zoey", last_name="Fox")

    assert correct(candidate, replace(NOBODYS, middle_names="Eve")).plain_first_name == "Zoey"
    assert correct(candidate, replace(NOBODYS, first_name="Zoé")).plain_first_name == "Zoe"


def test_a_record_without_a_first_name_may_go_on_without_one(correct, centre):
    candidate = CandidateFactory(centre=centre, first_name="", last_name="Suharto")
    other = CandidateFactory(centre=centre)
    person = replace(NOBODYS, first_name="", last_name="Suharto", gender="male")

    assert correct(candidate, person).gender == "male"
    assert codes(correct, other, person) == ["NAME-01"]


def test_a_correction_is_refused_where_somebody_else_has_the_identifier_or_number(register, correct, centre):
    register()
    other = CandidateFactory(centre=centre)

    assert codes(correct, other, ZOE) == ["CLASH-01", "CLASH-01", "CLASH-01", "NUMBER-03"]
    other.refresh_from_db()
    assert (other.uci, history_of(other).count()) == ("", 0)


def test_a_merged_record_is_not_corrected(correct, centre):
    kept = CandidateFactory(centre=centre)
    gone = CandidateFactory(centre=centre, merged_into=kept)

    assert codes(correct, gone, NOBODYS) == ["MERGE-01"]


def test_a_record_that_a_colleague_changed_is_shown_first(register, correct):
    candidate = register()
    seen = candidate.fingerprint
    correct(candidate, replace(ZOE, middle_names="Eve"), seen=seen)

    assert codes(correct, candidate, replace(ZOE, middle_names=""), seen=seen) == ["CLASH-03"]
    candidate.refresh_from_db()
    assert candidate.middle_names == "Eve"
    assert correct(candidate, ZOE, seen=candidate.fingerprint).middle_names == "Ann"


def test_a_number_of_an_earlier_year_stays_until_there_is_another(correct, centre, now):
    year = academic_year(uk_date(now))
    candidate = CandidateFactory(centre=centre, candidate_number="0007", numbered_in=year - 1)

    kept = correct(candidate, NOBODYS)
    assert (kept.candidate_number, kept.numbered_in) == ("0007", year - 1)
    again = correct(candidate, replace(NOBODYS, candidate_number="0007"))
    assert (again.candidate_number, again.numbered_in) == ("0007", year)
    cleared = correct(candidate, NOBODYS)
    assert (cleared.candidate_number, cleared.numbered_in) == ("", None)


# --- what STEP finds --------------------------------------------------------------------------------------------------


def test_a_merged_record_is_not_found_for_an_entry(centre, officer, now):
    details = Details(first_name="Ann", last_name="Fox", date_of_birth=date(2009, 3, 4), gender="female")
    scope = {"centre": centre, "details": details, "is_different_person": False, "by": officer, "at": now}
    gone = find_or_register_candidate(**scope)
    assert find_or_register_candidate(**scope) == gone
    Candidate.objects.filter(pk=gone.pk).update(merged_into=CandidateFactory(centre=centre))

    found = find_or_register_candidate(**scope)

    assert found != gone
    assert list(Candidate.objects.same_person(centre, details)) == [found]
