from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from candidates.rules.identity import Details
from step_entries.codecs import STEP_FIELDS, Answers, answers_of, read_answers, told_value, without_followers
from step_entries.models import StepEntry
from step_entries.steps import STEPS

ANSWERS = {
    "first_name": "Ann",
    "last_name": "Smith",
    "auto_capitalise": True,
    "date_of_birth": "04/03/2009",
    "gender": "female",
    "ucas_id": "123 456 7890",
    "papers": "step-2-and-3",
    "courses": ["3", "1"],
    "has_other_course": True,
    "other_course": " Sheffield\u200b",
    "is_different_person": "S00007 annsmith",
}


def test_the_answers_of_all_steps_are_read():
    assert read_answers(ANSWERS) == Answers(
        details=Details(
            first_name="Ann",
            last_name="Smith",
            date_of_birth=date(2009, 3, 4),
            gender="female",
            ucas_id="1234567890",
        ),
        unread=(),
        papers="step-2-and-3",
        courses=(3, 1),
        has_other_course=True,
        other_course="Sheffield",
        different_from="S00007 annsmith",
    )


def test_an_empty_draft_is_read():
    answers = read_answers({})

    assert [refusal.code for refusal in answers.unread] == ["DOB-01"]
    assert answers == Answers(
        details=Details(auto_capitalise=False),
        unread=answers.unread,
        papers="",
        courses=(),
        has_other_course=False,
        other_course="",
        different_from="",
    )


def test_what_cannot_be_read_is_told():
    answers = read_answers(ANSWERS | {"date_of_birth": "31/02/2008", "ucas_id": "12"})

    assert [refusal.code for refusal in answers.unread] == ["DOB-01", "UCAS-01"]


@pytest.mark.parametrize(
    ("posted", "courses"),
    [
        ([], ()),
        (["7"], (7,)),
        ([7], (7,)),
        (["9" * 18], (10**18 - 1,)),
        (["9" * 19], ()),
        (["9" * 5000], ()),
        (["", "x", "-1", "1.0", "1e3", "٣", "²", " 1", "1\n", "2"], (2,)),
    ],
)
def test_courses_that_are_no_numbers_or_too_long_for_a_database_are_left_out(posted, courses):
    assert read_answers(ANSWERS | {"courses": posted}).courses == courses


@pytest.mark.parametrize("ticked", [True, False])
def test_other_is_read(ticked):
    assert read_answers(ANSWERS | {"has_other_course": ticked}).has_other_course is ticked


@pytest.mark.parametrize("untouched", [False, None, ""])
def test_a_question_that_was_not_answered_is_read_as_such(untouched):
    assert read_answers(ANSWERS | {"is_different_person": untouched}).different_from == ""


# --- from an entry to answers and back --------------------------------------------------------------------------------


def test_the_fields_of_a_step_are_those_that_its_form_asks():
    ours = {step.slug: set(STEP_FIELDS[step.slug]) for step in STEPS}

    assert {step.slug: step.fields - {"has_one_name", "age_is_right"} for step in STEPS} == ours


NAMES = st.text("abcMOD'-é ßüæ.", min_size=1, max_size=12).map(lambda text: "A" + text)


@given(
    first_name=st.one_of(st.just(""), NAMES),
    last_name=NAMES,
    auto_capitalise=st.booleans(),
    plain=st.one_of(st.just(""), st.just("Zoe")),
    born=st.dates(date(1950, 1, 1), date(2015, 1, 1)),
    ucas_id=st.one_of(st.just(""), st.from_regex(r"[1-9][0-9]{9}", fullmatch=True)),
    other=st.sampled_from(["", "Bath"]),
)
def test_an_entry_typed_again_is_the_same_entry(first_name, last_name, auto_capitalise, plain, born, ucas_id, other):
    typed = {
        "first_name": first_name,
        "has_one_name": not first_name,
        "last_name": last_name,
        "auto_capitalise": auto_capitalise,
        "plain_last_name": plain,
        "date_of_birth": born.strftime("%d/%m/%Y"),
        "gender": "other",
        "ucas_id": ucas_id,
        "papers": "step-2",
        "courses": ["1", "2"],
        "has_other_course": bool(other),
        "other_course": other,
    }
    read = read_answers(typed)
    details = read.details
    entry = StepEntry(
        first_name=details.stored_first_name,
        last_name=details.stored_last_name,
        plain_first_name=details.plain_first_name,
        plain_last_name=details.plain_last_name,
        auto_capitalise=details.auto_capitalise,
        date_of_birth=details.date_of_birth,
        gender=details.gender,
        ucas_id=details.ucas_id,
        papers=read.papers,
        has_other_course=read.has_other_course,
        other_course=read.other_course,
    )

    again = read_answers(answers_of(entry, read.courses))

    assert replace(again, details=details) == read
    assert stored(again.details) == stored(details)


def stored(details):
    """What of the details is kept on an entry."""
    names = (details.stored_first_name, details.stored_last_name, details.plain_first_name, details.plain_last_name)
    return (*names, details.date_of_birth, details.gender, details.ucas_id, details.auto_capitalise)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("date_of_birth", "2009-03-04", "4 March 2009"),
        ("date_of_birth", date(2009, 3, 4), "4 March 2009"),
        ("date_of_birth", None, "none"),
        ("ucas_id", "1234567890", "123 456 7890"),
        ("ucas_id", "", "none"),
        ("gender", "other", "Other / not stated"),
        ("gender", "unicorn", "unicorn"),
        ("papers", "step-2-and-3", "STEP 2 and STEP 3"),
        ("status", "confirmed", "CONFIRMED"),
        ("courses", ["Bath: Mathematics", "UCL: Mathematics"], "Bath: Mathematics; UCL: Mathematics"),
        ("courses", [], "none"),
        ("has_other_course", True, "Yes"),
        ("has_other_course", False, "No"),
    ],
)
def test_values_are_told_in_words(field, value, words):
    assert told_value(field, value) == words


def test_plain_forms_that_say_the_same_as_the_names_need_no_word_of_their_own():
    values = {"first_name": "Zoë", "plain_first_name": "Zoe", "last_name": "Ito", "plain_last_name": "Ito"}

    assert without_followers(values) == {"first_name": "Zoë", "plain_first_name": "Zoe", "last_name": "Ito"}
