"""The rows of a file among each other: whom they are about, and in which order they are judged (decision 0018)."""

import pytest

from candidates.rules.matching import in_words
from technicals.services.entering import people_of
from tests.technicals.facts import (
    FULL,
    UCIS,
    ULNS,
    YEAR,
    codes,
    facts,
    judged,
    known,
    typed,
    units,
)

ADA = known(1, first_name="Ada", last_name="Known", uci=UCIS[0], candidate_number="0100", numbered_in=YEAR)
BEN = known(2, first_name="Ben", last_name="Known", uln=ULNS[0])
OF_ADA = {"first_name": "Ada", "last_name": "Known"}
OF_BEN = {"first_name": "Ben", "last_name": "Known"}


def those(rows):
    """Whom rows are about, each once."""
    return list(dict.fromkeys(row.who for row in rows))


def test_rows_come_back_in_their_order_whatever_is_judged_first():
    rows = judged([units("1"), typed(), units("2")])

    assert [row.number for row in rows] == [2, 3, 4]
    assert [codes(row) for row in rows] == [[], [], []]


def test_rows_that_are_handed_over_in_another_order_are_judged_by_their_numbers():
    from technicals.rules.judging import judge_file

    last, first = judge_file([(9, typed()), (4, typed())], facts())

    assert (codes(first), codes(last)) == ([], ["TWICE-01"])


def test_one_candidate_in_many_rows_is_one_new_person():
    rows = judged([typed(), units("1"), typed(scheme_code="05835", first_name="ANN")])

    assert those(rows) == [("new", 2)]
    assert len(people_of(rows)) == 1


def test_what_one_row_does_not_say_another_fills_in():
    rows = judged([typed(), units("1", uci=UCIS[0], middle_names="Mae"), units("2", candidate_number="7")])

    [(person, record)] = people_of(rows).values()
    assert [codes(row) for row in rows] == [[], [], []]
    assert (person.uci, person.middle_names, person.candidate_number, record) == (UCIS[0], "Mae", "0007", None)


def test_namesakes_with_identifiers_of_their_own_are_two_people():
    rows = judged([typed(uci=UCIS[0]), typed(uci=UCIS[1])])

    assert [codes(row) for row in rows] == [[], []]
    assert those(rows) == [("new", 2), ("new", 3)]


def test_two_names_with_different_dates_of_birth_are_two_people():
    assert those(judged([typed(), typed(date_of_birth="28/03/2014")])) == [("new", 2), ("new", 3)]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"last_name": "Bell"}, "last_name"),
        ({"first_name": "Bea"}, "last_name"),
        ({"date_of_birth": "28/03/2014"}, "date_of_birth"),
    ],
)
def test_identity_05_one_identifier_for_two_people_is_refused_at_the_second(changes, field):
    rows = judged([typed(uln=ULNS[0]), typed(uln=ULNS[0], **changes)])

    assert [codes(row) for row in rows] == [[], ["IDENTITY-05"]]
    assert rows[1].refusals[0].field == field
    assert rows[1].refusals[0].sentence.startswith("Rows 2 and 3 have the same UCI, ULN or OCR number")


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ({"gender": "F"}, {"gender": "M"}, "gender"),
        ({"middle_names": "Mae"}, {"middle_names": "May"}, "middle_names"),
        ({"candidate_number": "7"}, {"candidate_number": "8"}, "candidate_number"),
        ({"uci": UCIS[0], "uln": ULNS[0]}, {"uci": UCIS[0], "uln": ULNS[1]}, "uln"),
    ],
)
def test_identity_05_rows_about_one_person_that_contradict_each_other_are_refused(one, other, field):
    rows = judged([typed(**one), units("1"), units("2", **other)])

    assert [codes(row) for row in rows] == [[], [], ["IDENTITY-05"]]
    assert rows[2].refusals[0].field == field


def test_identity_05_two_identifiers_for_a_record_that_has_none_are_refused():
    rows = judged(
        [typed(**OF_BEN, ocr_number="12345678"), units("1", **OF_BEN, ocr_number="87654321")], facts(known=[BEN])
    )

    assert [codes(row) for row in rows] == [[], ["IDENTITY-05"]]


def test_identity_05_a_gender_that_cannot_be_read_is_told_once():
    assert [codes(row) for row in judged([typed(gender="?"), units("1")])] == [["GENDER-02"], ["REG-02"]]


@pytest.mark.parametrize("unread", [{"date_of_birth": "27/03/09"}, {"first_name": ""}, {"last_name": ""}])
def test_identity_05_what_cannot_be_read_contradicts_nothing(unread):
    first = judged([typed(uln=ULNS[0], **unread), units("1", uln=ULNS[0])])
    second = judged([typed(uln=ULNS[0]), units("1", uln=ULNS[0], **unread)])

    assert codes(first[1]) == ["REG-02"]
    assert not {"IDENTITY-05", "REG-02"} & set(codes(second[1]))


def test_identity_06_an_identifier_that_an_earlier_row_filled_in_is_refused_for_somebody_else():
    rows = judged([typed(), units("1", uci=UCIS[0]), typed(last_name="Bell", uci=UCIS[0])])

    assert [codes(row) for row in rows] == [[], [], ["IDENTITY-06"]]
    assert rows[2].refusals[0].field == "uci"
    assert f"UCI {UCIS[0]} stands in row 3 for another candidate." in rows[2].refusals[0].sentence


def test_identity_06_one_identifier_for_two_records_is_refused():
    rows = judged([typed(**OF_ADA, uln=ULNS[1]), typed(first_name="Cat", last_name="Known", uln=ULNS[1])],
                  facts(known=[ADA, known(3, first_name="Cat", last_name="Known")]))  # fmt: skip

    assert [codes(row) for row in rows] == [[], ["IDENTITY-06"]]


def test_identity_06_a_row_of_which_the_person_is_asked_gives_nothing():
    rows = judged([typed(last_name="Bell", uci=UCIS[0]), typed(**OF_ADA, uci=UCIS[0])], facts(known=[ADA]))

    assert [codes(row) for row in rows] == [["IDENTITY-02"], []]


def test_number_03_a_number_of_somebody_else_is_refused():
    [row] = judged([typed(candidate_number="100")], facts(known=[ADA]))

    assert [(each.code, each.field) for each in row.refusals] == [("NUMBER-03", "candidate_number")]
    assert "0100 is that of Ada Known this year" in row.refusals[0].sentence


def test_number_04_one_number_for_two_candidates_names_the_first_row():
    rows = judged([typed(candidate_number="7"), typed(candidate_number="0007", last_name="Bell")])

    assert [codes(row) for row in rows] == [[], ["NUMBER-04"]]
    assert "Candidate number 0007 stands in row 2 for another candidate." in rows[1].refusals[0].sentence


def test_number_04_one_candidate_may_give_it_in_every_row():
    assert [codes(row) for row in judged([typed(candidate_number="7"), units("1", candidate_number="0007")])] == [
        [],
        [],
    ]


def test_number_04_a_number_that_is_not_kept_is_not_given():
    keep = f"Keep our record: {in_words(ADA.person)}"
    rows = judged(
        [typed(uci=UCIS[0], candidate_number="7", which_is_right=keep), typed(candidate_number="7")], facts(known=[ADA])
    )

    assert [codes(row) for row in rows] == [[], []]


def test_a_question_who_somebody_is_stands_alone():
    rows = judged([typed(), typed(**OF_ADA, uci=UCIS[1]), units("1", **OF_ADA, uci=UCIS[2])], facts(known=[ADA]))

    assert [codes(row) for row in rows] == [[], ["IDENTITY-02"], ["IDENTITY-02"]]
    assert [row.registration and row.registration.code.code for row in rows] == [FULL, None, None]


def test_answers_of_an_officer_lead_to_the_record_or_to_somebody_new():
    keep, use = (
        f"Keep our record: {in_words(ADA.person)}",
        f"Use the file: Ann Smith, born 27 March 2014, UCI {UCIS[0]}",
    )
    by = facts(known=[ADA])

    [kept], [used] = (
        judged([typed(uci=UCIS[0], which_is_right=keep)], by),
        judged([typed(uci=UCIS[0], which_is_right=use)], by),
    )

    assert (codes(kept), kept.who, people_of([kept])) == ([], ("known", 1), {})
    [(person, record)] = people_of([used]).values()
    assert (codes(used), person.name, person.candidate_number, record) == ([], "Ann Smith", "0100", 1)


def test_the_age_that_is_not_usual_is_told():
    [row] = judged([typed(date_of_birth="01/10/2025")])

    assert codes(row) == []
    assert row.notices == ["Check the date of birth 1 October 2025: the candidate is 5 years old today."]


def test_the_same_cells_in_several_rows_are_told_in_each():
    rows = judged([typed(date_of_birth="x"), units("1", date_of_birth="x")])

    assert [codes(row)[0] for row in rows] == ["DOB-01", "DOB-01"]
