"""A person as a file says it (decision 0018); and registering and correcting many."""

from dataclasses import replace
from datetime import date

import pytest

from candidates.models import Candidate
from candidates.rules.people import (
    Person,
    academic_year,
    notices_of_person,
    read_person,
    refusals_of_person,
)
from candidates.services.people import correct_people, register_people
from core.history import history_of
from core.moments import uk_date

TODAY = date(2030, 10, 10)
TYPED = {"first_name": " Zoë ", "last_name": "van  der Berg", "date_of_birth": "27/03/2009", "gender": "F"}
ANN = Person("Ann", "", "Smith", date(2009, 3, 27), "female")


def codes(person, today=TODAY):
    return [refusal.code for refusal in refusals_of_person(person, today)]


def test_a_person_is_read_from_texts():
    person, unread = read_person(TYPED | {"uci": "689990980001", "candidate_number": "7", "middle_names": " Mae "})

    assert unread == []
    assert person == Person(
        "Zoë", "Mae", "van der Berg", date(2009, 3, 27), "female", uci="689990980001D", candidate_number="0007"
    )
    assert (person.name, person.plain_first_name, person.person_key) == ("Zoë van der Berg", "Zoe", "zoevanderberg")


def test_everything_that_cannot_be_read_is_told_at_once():
    _, unread = read_person({"date_of_birth": "x", "uci": "x", "uln": "x", "ocr_number": "x", "candidate_number": "x"})

    assert sorted(refusal.code for refusal in unread) == ["DOB-01", "NUMBER-01", "OCR-01", "UCI-01", "ULN-01"]


def test_nothing_at_all_is_somebody_without_a_name():
    person, unread = read_person({})

    assert [refusal.code for refusal in unread] == ["DOB-01"]
    assert codes(person) == ["NAME-01", "NAME-01", "GENDER-02"]


def test_both_names_are_needed_and_the_way_out_is_told():
    [refusal] = refusals_of_person(replace(ANN, first_name=""), TODAY)

    assert (refusal.code, refusal.field) == ("NAME-01", "first_name")
    assert refusal.sentence == (
        "Enter the Forename. Where the candidate has one legal name, enter it as Surname and as Forename."
    )


@pytest.mark.parametrize(("length", "expected"), [(0, []), (80, []), (81, ["NAME-09"])])
def test_name_09_middle_names_have_80_characters(length, expected):
    assert codes(replace(ANN, middle_names="A" * length)) == expected


def test_name_09_is_told_with_the_length_and_middle_names_have_letters_of_names():
    [character, length] = refusals_of_person(replace(ANN, middle_names="2" + "A" * 80), TODAY)

    assert (character.code, length.code) == ("NAME-03", "NAME-09")
    assert length.sentence.endswith("They have 81.")


@pytest.mark.parametrize(
    ("born", "expected"), [(date(2030, 10, 9), []), (date(2030, 10, 10), ["DOB-05"]), (date(2030, 10, 11), ["DOB-05"])]
)
def test_dob_05_a_date_of_birth_lies_in_the_past(born, expected):
    assert codes(replace(ANN, date_of_birth=born)) == expected


def test_dob_05_is_not_told_beside_a_date_that_cannot_be_read():
    assert codes(replace(ANN, date_of_birth=None)) == []


@pytest.mark.parametrize("gender", ["female", "male", "other"])
def test_gender_02_each_of_our_words_is_taken(gender):
    assert codes(replace(ANN, gender=gender)) == []


@pytest.mark.parametrize(("gender", "told"), [("", "stated."), ("?", "You entered “?”."), ("x" * 31, f"“{'x' * 30}”.")])
def test_gender_02_no_other_is_and_it_is_quoted(gender, told):
    [refusal] = refusals_of_person(replace(ANN, gender=gender), TODAY)

    assert (refusal.code, refusal.field) == ("GENDER-02", "gender")
    assert refusal.sentence.endswith(told)


@pytest.mark.parametrize(
    ("born", "age"),
    [(date(2017, 10, 11), 12), (date(2017, 10, 10), None), (date(1959, 10, 11), None), (date(1959, 10, 10), 71)],
)
def test_an_age_outside_of_13_to_70_is_told_and_not_refused(born, age):
    told = notices_of_person(replace(ANN, date_of_birth=born), TODAY)

    assert codes(replace(ANN, date_of_birth=born)) == []
    assert len(told) == (age is not None)
    assert age is None or f"is {age} years old today" in told[0]


def test_no_age_is_told_of_a_date_that_is_refused():
    assert notices_of_person(replace(ANN, date_of_birth=TODAY), TODAY) == []
    assert notices_of_person(replace(ANN, date_of_birth=None), TODAY) == []


@pytest.mark.parametrize(
    ("day", "year"), [(date(2030, 8, 31), 2029), (date(2030, 9, 1), 2030), (date(2031, 1, 1), 2030)]
)
def test_an_academic_year_runs_from_september_to_august(day, year):
    assert academic_year(day) == year


def registered(**given):
    """The records of people who are registered, in their order."""
    ids = register_people(**given)
    records = Candidate.objects.in_bulk(ids)
    return [records[pk] for pk in ids]


def test_people_are_registered_with_all_their_details(centre, officer, now):
    person = replace(ANN, last_name="Müller", uci="689990980001D", candidate_number="0007")

    [ann, ben] = registered(centre=centre, people=[person, replace(ANN, first_name="Ben")], by=officer, at=now)

    ann.refresh_from_db()
    assert (ann.plain_last_name, ann.person_key, ann.uci) == ("Muller", "annmuller", "689990980001D")
    assert (ann.candidate_number, ann.numbered_in) == ("0007", academic_year(uk_date(now)))
    assert (ben.first_name, ben.candidate_number, ben.numbered_in) == ("Ben", "", None)
    assert [entry.action for entry in history_of(ann)] == ["candidate.registered"]


def test_a_correction_is_kept_with_old_and_new_and_what_is_unchanged_is_left(centre, officer, now):
    ann, ben = registered(centre=centre, people=[ANN, replace(ANN, first_name="Ben")], by=officer, at=now)

    bell = replace(ANN, last_name="Bell", uln="1000000051")
    correct_people(changes=[(ann, bell), (ben, replace(ANN, first_name="Ben"))], by=officer, at=now)

    ann.refresh_from_db()
    assert (ann.last_name, ann.person_key, ann.uln) == ("Bell", "annbell", "1000000051")
    newest = max(history_of(ann), key=lambda entry: entry.pk)
    assert newest.action == "candidate.corrected"
    assert newest.changes == {"last name": ["Smith", "Bell"], "uln": ["", "1000000051"]}
    assert len(history_of(ben)) == 1


def test_a_number_that_is_given_again_is_one_of_this_year_and_one_that_is_not_stays(centre, officer, now):
    [ann] = registered(centre=centre, people=[replace(ANN, candidate_number="0007")], by=officer, at=now)
    Candidate.objects.update(numbered_in=2000)
    ann.refresh_from_db()

    correct_people(changes=[(ann, replace(ANN, last_name="Bell"))], by=officer, at=now)
    ann.refresh_from_db()
    assert (ann.last_name, ann.candidate_number, ann.numbered_in) == ("Bell", "0007", 2000)

    correct_people(changes=[(ann, replace(ANN, last_name="Bell", candidate_number="0007"))], by=officer, at=now)
    ann.refresh_from_db()
    assert (ann.candidate_number, ann.numbered_in) == ("0007", academic_year(uk_date(now)))
    assert "0007, in 2000/01" in max(history_of(ann), key=lambda entry: entry.pk).changes["candidate number"]


@pytest.mark.parametrize("count", [1, 3])
def test_many_are_registered_by_a_constant_number_of_queries(centre, officer, now, count, django_assert_num_queries):
    people = [replace(ANN, first_name="Ann" + "abc"[number]) for number in range(count)]

    with django_assert_num_queries(4):
        register_people(centre=centre, people=people, by=officer, at=now)
