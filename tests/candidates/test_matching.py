"""Which of a centre's candidates somebody is (decision 0018)."""

from dataclasses import replace
from datetime import date

import pytest

from candidates.rules.matching import Known, KnownPeople, find, in_words
from candidates.rules.people import Person

BORN = date(2009, 3, 27)
ADA = Person("Ada", "", "Byron", BORN, "female", uci="689990980001D", candidate_number="0100")
BEN = Person("Ben", "", "Hill", BORN, "male", uln="1000000051", ocr_number="12345678")
TWINS = [Person("Sam", "", "Twin", BORN, "other", uci=uci) for uci in ("689990980002K", "689990980003V")]


def known(number, person, numbered_in=2030):
    return Known(number, person, person.person_key, numbered_in if person.candidate_number else None)


CENTRE = [known(1, ADA), known(2, BEN), known(3, TWINS[0]), known(4, TWINS[1])]


def found(person, answer="", people=CENTRE):
    return find(person, KnownPeople.of(people, 2030), answer)


def codes(finding):
    return [refusal.code for refusal in finding.refusals]


def test_somebody_whom_the_centre_does_not_know_is_new():
    person = Person("Cat", "", "Bell", BORN, "female")

    assert found(person).known is None
    assert (found(person).person, codes(found(person)), found(person).is_change) == (person, [], False)


@pytest.mark.parametrize("name", ["uci", "uln", "ocr_number"])
def test_an_identifier_finds_whatever_the_forename(name):
    owner = ADA if name == "uci" else BEN
    person = replace(owner, first_name="Cat", **dict.fromkeys({"uci", "uln", "ocr_number"} - {name}, ""))

    finding = found(person)

    assert (finding.known.person, finding.person, finding.is_change) == (owner, owner, False)
    assert finding.notices == (f"Your centre's record spells the name {owner.name}, and stays so.",)


@pytest.mark.parametrize("names", [("Ada", "Byron"), ("ADA", "BYRON"), ("Áda", "Byrón"), ("Ad", "aByron")])
def test_surname_forename_and_date_of_birth_find_however_they_are_spelt(names):
    first_name, last_name = names

    assert found(Person(first_name, "", last_name, BORN, "female")).known.id == 1


@pytest.mark.parametrize(
    "changes", [{"first_name": "Adele"}, {"last_name": "Byrne"}, {"date_of_birth": date(2009, 3, 28)}]
)
def test_without_an_identifier_everything_has_to_agree(changes):
    assert found(replace(ADA, uci="", candidate_number="", **changes)).known is None


def test_somebody_whose_date_of_birth_cannot_be_read_is_nobody_whom_we_know():
    assert found(Person("Ada", "", "Byron", None, "female")).known is None


def test_the_record_stays_and_what_it_lacks_is_filled_in_and_told():
    finding = found(replace(ADA, middle_names="Mae", uln="1234567899", gender="male", candidate_number=""))

    assert finding.person == replace(ADA, middle_names="Mae", uln="1234567899")
    assert finding.is_change
    assert finding.notices == (
        "Identifiers or numbers are added to your centre's record.",
        "Your centre's record has another gender, and stays so.",
    )


def test_a_new_candidate_number_takes_the_place_of_the_old():
    assert found(replace(ADA, candidate_number="0101")).person == replace(ADA, candidate_number="0101")


def test_identity_01_identifiers_of_two_candidates_are_refused():
    finding = found(replace(ADA, uln=BEN.uln))

    [refusal] = finding.refusals
    assert (refusal.code, refusal.field, finding.known) == ("IDENTITY-01", "uln", None)
    assert "the UCI is that of Ada Byron" in refusal.sentence
    assert "the ULN is that of Ben Hill" in refusal.sentence


@pytest.mark.parametrize(
    "changes",
    [
        {"last_name": "Bell"},
        {"date_of_birth": date(2009, 3, 28)},
        {"date_of_birth": None},
        {"last_name": "Bell", "first_name": ""},
    ],
)
def test_identity_02_an_identifier_with_another_birth_or_surname_asks(changes):
    finding = found(replace(ADA, **changes))

    assert (codes(finding), finding.known.id, finding.is_change) == (["IDENTITY-02"], 1, False)
    assert finding.refusals[0].field == "which_is_right"


def test_identity_02_name_and_birth_with_another_identifier_ask():
    finding = found(replace(ADA, uci="689990980004B", candidate_number=""))

    assert codes(finding) == ["IDENTITY-02"]
    assert finding.refusals[0].sentence.startswith("Name and date of birth are known with another identifier.")


def test_identity_02_names_both_sides_and_offers_three_answers():
    [refusal] = found(replace(ADA, last_name="Bell")).refusals

    assert refusal.choices == (
        "Keep our record: Ada Byron, born 27 March 2009, UCI 689990980001D",
        "Use the file: Ada Bell, born 27 March 2009, UCI 689990980001D",
        "A new person: Ada Bell, born 27 March 2009, UCI 689990980001D",
    )
    assert f"Our record: {in_words(ADA)}. The file: Ada Bell" in refusal.sentence


def answered(person, place):
    [refusal] = found(person).refusals
    return found(person, refusal.choices[place])


def test_the_answer_to_keep_our_record_changes_nothing():
    finding = answered(replace(ADA, last_name="Bell", uln="1234567899"), 0)

    assert (codes(finding), finding.person, finding.is_change) == ([], ADA, False)


def test_the_answer_to_use_the_file_changes_the_record_and_keeps_what_the_file_lacks():
    finding = answered(replace(ADA, last_name="Bell", candidate_number="", middle_names="Mae"), 1)

    assert (codes(finding), finding.known.id, finding.is_change) == ([], 1, True)
    assert finding.person == replace(ADA, last_name="Bell", middle_names="Mae")


def test_identity_04_a_new_person_cannot_have_the_identifier_of_a_known_one():
    finding = answered(replace(ADA, last_name="Bell", candidate_number=""), 2)

    assert [(each.code, each.field) for each in finding.refusals] == [("IDENTITY-04", "uci")]
    assert finding.known is None


def test_a_new_person_of_the_same_name_and_birth_is_new():
    finding = answered(replace(ADA, uci="689990980004B", candidate_number=""), 2)

    assert (codes(finding), finding.known) == ([], None)


@pytest.mark.parametrize(
    "changes", [{"last_name": "Ball"}, {"date_of_birth": date(2009, 3, 29)}, {"uci": "689990980004B"}]
)
def test_an_answer_counts_for_no_other_question(changes):
    asked = replace(ADA, last_name="Bell")
    [refusal] = found(asked).refusals

    for answer in refusal.choices[1:]:
        assert (
            "IDENTITY-02" in codes(found(replace(ADA, **changes), answer))
            or found(replace(ADA, **changes)).known is None
        )


def test_an_answer_about_our_record_does_not_count_once_that_has_changed():
    asked = replace(ADA, last_name="Bell")
    [refusal] = found(asked).refusals
    corrected = known(1, replace(ADA, first_name="Adele"))

    assert codes(found(asked, refusal.choices[0], [corrected])) == ["IDENTITY-02"]


def test_identity_03_of_several_with_one_name_the_officer_chooses():
    person = replace(TWINS[0], uci="")

    [refusal] = found(person).refusals
    assert (refusal.code, refusal.field, len(refusal.choices)) == ("IDENTITY-03", "which_is_right", 3)
    assert [found(person, choice).known and found(person, choice).known.id for choice in refusal.choices] == [
        3,
        4,
        None,
    ]


def test_identity_03_records_that_say_the_same_cannot_be_chosen():
    twin = replace(TWINS[0], uci="")
    alike = [known(1, twin), known(2, twin)]

    [refusal] = found(twin, people=alike).refusals

    assert refusal.choices == (f"A new person: {in_words(twin)}",)
    assert "2 of the records say the same" in refusal.sentence
    assert codes(found(twin, f"Keep our record: {in_words(twin)}", alike)) == ["IDENTITY-03"]


def test_identity_03_is_not_asked_of_one_whose_uci_is_known():
    assert found(TWINS[1]).known.id == 4


def test_identity_03_is_asked_of_one_with_a_uci_that_none_of_them_has():
    assert codes(found(replace(TWINS[0], uci="689990980004B"))) == ["IDENTITY-03"]


def test_number_03_the_number_of_another_is_refused():
    finding = found(Person("Cat", "", "Bell", BORN, "female", candidate_number="0100"))

    assert [(each.code, each.field) for each in finding.refusals] == [("NUMBER-03", "candidate_number")]


def test_number_03_the_own_number_and_one_of_an_earlier_year_are_free():
    new = Person("Cat", "", "Bell", BORN, "female", candidate_number="0100")

    assert codes(found(ADA)) == []
    assert codes(found(new, people=[known(1, ADA, numbered_in=2029)])) == []


def test_number_03_a_number_that_a_row_does_not_give_is_not_judged():
    the_same = known(5, replace(BEN, candidate_number="0100"))

    finding = found(BEN, people=[the_same, known(1, ADA)])

    assert (codes(finding), finding.known.id) == ([], 5)
