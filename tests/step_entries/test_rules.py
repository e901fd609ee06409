from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import product

import pytest

from candidates.enums import Gender
from candidates.rules.identity import Details
from core.moments import UK
from core.refusals import Refusal
from core.windows import Window
from step_entries.enums import LIVE, PAPERS_OF, Combination, EntryStatus, Paper
from step_entries.rules.amending import refusals_to_amend
from step_entries.rules.confirming import (
    ConfirmationFacts,
    entry_awaits_confirmation,
    entry_is_not_held,
    refusals_to_confirm,
    session_has_the_papers,
)
from step_entries.rules.entering import (
    a_course_is_chosen,
    advice_before_submit,
    answers_are_those_seen,
    candidate_is_not_entered_yet,
    centre_is_approved,
    other_course_is_ticked,
    papers_are_chosen,
    refusals_to_start,
    refusals_to_submit,
    registration_is_open,
    ucas_id_is_not_entered_yet,
)
from step_entries.rules.facts import ChangeFacts, Duplicate, EntryFacts, LastChange
from step_entries.rules.moves import MOVES
from step_entries.rules.numbers import numbers_are_left
from step_entries.rules.withdrawing import refusals_to_restore, refusals_to_withdraw

OPENS_AT = datetime(2027, 3, 1, 0, 0, tzinfo=UK)
CLOSES_AT = datetime(2027, 5, 4, 23, 59, tzinfo=UK)
TICK = timedelta(microseconds=1)
CONTACT = "Contact the STEP team: step@board.example."
ANN = Details(
    first_name="Ann",
    last_name="Smith",
    date_of_birth=date(2009, 3, 4),
    gender=Gender.FEMALE,
    ucas_id="1234567890",
)


def facts(**changes):
    """Facts of an entry that passes every rule, with changes; those of the candidate by the names of Details."""
    details = {name: changes.pop(name) for name in list(changes) if hasattr(ANN, name)}
    right = {
        "at": datetime(2027, 4, 20, 12, 0, tzinfo=UK),
        "window": Window(OPENS_AT, CLOSES_AT),
        "is_approved": True,
        "test_day": date(2027, 6, 4),
        "session_papers": frozenset(Paper.values),
        "details": replace(ANN, **details),
        "person_key": "annsmith",
        "papers": Combination.BOTH,
        "courses": (1, 2),
        "team_contact": CONTACT,
    }
    return EntryFacts(**(right | changes))


def nothing_typed(**changes):
    """Facts of an entry that nobody has begun."""
    return replace(facts(**changes), details=Details(), person_key="", papers="", courses=())


def entered(**changes):
    """An entry of Ann Smith that stands already."""
    right = {
        "number": "S00007",
        "name": "Ann Smith",
        "date_of_birth": date(2009, 3, 4),
        "ucas_id": "",
        "person_key": "annsmith",
    }
    return Duplicate(**(right | changes))


def codes(refusals):
    return [refusal.code for refusal in refusals]


# --- STEP-01 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [OPENS_AT, CLOSES_AT - TICK, CLOSES_AT, CLOSES_AT + timedelta(minutes=1) - TICK])
def test_step_01_an_entry_from_the_opening_to_the_end_of_the_closing_minute_is_accepted(at):
    assert registration_is_open(facts(at=at)) is None
    assert refusals_to_submit(facts(at=at)) == []
    assert refusals_to_start(nothing_typed(at=at)) == []


def test_step_01_entry_before_the_opening_is_refused():
    assert registration_is_open(facts(at=OPENS_AT - TICK)) == Refusal(
        "STEP-01", "Registration opens on 1 March 2027, 00:00 (GMT). Your answers are saved."
    )


def test_step_01_entry_after_the_closing_minute_is_refused():
    assert registration_is_open(facts(at=CLOSES_AT + timedelta(seconds=67))) == Refusal(
        "STEP-01",
        "Registration closed on 4 May 2027, 23:59 (BST). Your request reached us on 5 May 2027, 00:00:07 (BST). "
        f"Your answers are saved and the candidate is not entered. {CONTACT}",
    )


def test_step_01_entry_at_the_first_moment_after_the_closing_minute_is_refused():
    at = CLOSES_AT + timedelta(minutes=1)

    assert codes(refusals_to_submit(facts(at=at))) == ["STEP-01"]
    assert codes(refusals_to_start(nothing_typed(at=at))) == ["STEP-01"]


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (OPENS_AT - TICK, "Registration opens on 1 March 2027, 00:00 (GMT)."),
        (CLOSES_AT + timedelta(minutes=1), f"Registration closed on 4 May 2027, 23:59 (BST). {CONTACT}"),
    ],
)
def test_step_01_before_a_draft_begins_no_answers_are_said_to_be_saved(at, sentence):
    assert refusals_to_start(nothing_typed(at=at)) == [Refusal("STEP-01", sentence)]


def test_step_01_an_empty_draft_is_said_to_be_saved():
    empty = replace(nothing_typed(at=OPENS_AT - TICK), unread=(Refusal("DOB-01", "Enter the date.", "date_of_birth"),))

    refusal = registration_is_open(empty)

    assert refusal is not None
    assert refusal.sentence == "Registration opens on 1 March 2027, 00:00 (GMT). Your answers are saved."


# --- STEP-02 ----------------------------------------------------------------------------------------------------------


def test_step_02_an_approved_centre_is_accepted():
    assert centre_is_approved(facts(is_approved=True)) is None


def test_step_02_a_centre_without_approval_is_refused():
    assert centre_is_approved(facts(is_approved=False)) == Refusal(
        "STEP-02", f"Your centre is not approved to offer STEP. Your answers are saved. {CONTACT}"
    )


def test_step_02_without_approval_no_entry_is_begun():
    assert refusals_to_start(nothing_typed(is_approved=False)) == [
        Refusal("STEP-02", f"Your centre is not approved to offer STEP. {CONTACT}")
    ]


def test_a_centre_without_approval_after_closing_hears_both_reasons():
    late = {"at": CLOSES_AT + timedelta(minutes=1), "is_approved": False}

    assert codes(refusals_to_start(nothing_typed(**late))) == ["STEP-01", "STEP-02"]
    assert codes(refusals_to_submit(facts(**late))) == ["STEP-01", "STEP-02"]


# --- STEP-03 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papers", "session_papers", "is_accepted"),
    [
        ("step-2", {"step-2", "step-3"}, True),
        ("step-3", {"step-2", "step-3"}, True),
        ("step-2-and-3", {"step-2", "step-3"}, True),
        ("step-2", {"step-2"}, True),
        ("step-3", {"step-2"}, False),
        ("step-2-and-3", {"step-2"}, False),
        ("step-2-and-3", {"step-3"}, False),
        ("step-2", set(), False),
        ("", {"step-2", "step-3"}, False),
        ("step-1", {"step-2", "step-3"}, False),
        ("STEP 2", {"step-2", "step-3"}, False),
    ],
)
def test_step_03_a_combination_is_accepted_when_the_session_has_all_its_papers(papers, session_papers, is_accepted):
    refusal = papers_are_chosen(facts(papers=papers, session_papers=frozenset(session_papers)))

    wanted = Refusal("STEP-03", "Select the papers that the candidate's UCAS offers name.", "papers")
    assert refusal == (None if is_accepted else wanted)


def test_every_combination_names_its_papers():
    assert PAPERS_OF == {
        Combination.STEP_2: (Paper.STEP_2,),
        Combination.STEP_3: (Paper.STEP_3,),
        Combination.BOTH: (Paper.STEP_2, Paper.STEP_3),
    }
    assert set(PAPERS_OF) == set(Combination)


# --- STEP-04 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("courses", "has_other_course"), [((1,), False), ((1, 2, 3), False), ((), True), ((1,), True)])
def test_step_04_one_course_or_other_is_enough(courses, has_other_course):
    assert a_course_is_chosen(facts(courses=courses, has_other_course=has_other_course)) is None


def test_step_04_no_course_and_not_other_is_refused():
    assert a_course_is_chosen(facts(courses=(), has_other_course=False, other_course="Sheffield")) == Refusal(
        "STEP-04", "Select at least one course or institution, or select Other.", "courses"
    )


@pytest.mark.parametrize(("has_other_course", "other_course"), [(True, "Oxford"), (True, ""), (False, "")])
def test_step_08_another_course_with_other_ticked_is_accepted(has_other_course, other_course):
    assert other_course_is_ticked(facts(has_other_course=has_other_course, other_course=other_course)) is None


def test_step_08_another_course_without_other_ticked_is_refused():
    refusal = other_course_is_ticked(facts(has_other_course=False, other_course="Oxford"))

    assert (refusal.code, refusal.field) == ("STEP-08", "has_other_course")


# --- STEP-05 ----------------------------------------------------------------------------------------------------------


def test_step_05_a_candidate_with_the_name_and_date_of_birth_of_an_entry_is_refused():
    assert candidate_is_not_entered_yet(facts(possible_duplicates=(entered(),))) == Refusal(
        "STEP-05",
        "Ann Smith, born 4 March 2009, is already entered: S00007. "
        "If this is somebody else of the same name, tick “This is a different person”.",
        "last_name",
        confirm_with="is_different_person",
        confirm_as="S00007 annsmith",
        about="S00007",
    )


@pytest.mark.parametrize(
    "others",
    [
        (),
        (entered(person_key="annasmith"),),
        (entered(date_of_birth=date(2009, 4, 3)),),
        (entered(person_key="bobjones", ucas_id="1234567890"),),
    ],
)
def test_step_05_a_candidate_who_differs_in_name_or_date_of_birth_is_accepted(others):
    assert candidate_is_not_entered_yet(facts(possible_duplicates=others)) is None


def test_step_05_the_second_of_the_possible_duplicates_is_found():
    others = (entered(number="S00001", person_key="bobjones", ucas_id="1234567890"), entered(number="S00002"))

    refusal = candidate_is_not_entered_yet(facts(possible_duplicates=others))

    assert refusal is not None
    assert refusal.about == "S00002"


def test_step_05_a_declared_different_person_is_accepted():
    declared = facts(possible_duplicates=(entered(),), different_from="S00007 annsmith")

    assert declared.is_different_person
    assert candidate_is_not_entered_yet(declared) is None
    assert refusals_to_submit(declared) == []


@pytest.mark.parametrize(
    ("different_from", "entered_now"),
    [
        ("S00006 annsmith", ["S00007"]),
        ("S00007 bobjones", ["S00007"]),
        ("S00007 annsmith", ["S00007", "S00008"]),
        ("True", ["S00007"]),
        ("on", ["S00007"]),
    ],
)
def test_step_05_a_declaration_about_others_does_not_count(different_from, entered_now):
    others = tuple(entered(number=number) for number in entered_now)
    declared = facts(possible_duplicates=others, different_from=different_from)

    refusal = candidate_is_not_entered_yet(declared)

    assert not declared.is_different_person
    assert refusal is not None
    assert refusal.confirm_as == " ".join([*entered_now, "annsmith"])


def test_step_05_without_a_namesake_nobody_is_declared_different():
    assert not facts(different_from="S00007 annsmith").is_different_person
    assert not facts(different_from="").is_different_person


def test_step_05_without_a_date_of_birth_nobody_is_the_same():
    assert candidate_is_not_entered_yet(facts(date_of_birth=None, possible_duplicates=(entered(),))) is None


# --- STEP-06 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("different_from", ["", "S00007 annsmith"])
def test_step_06_a_ucas_id_that_stands_on_an_entry_is_refused_without_exception(different_from):
    other = entered(name="Bob Jones", person_key="bobjones", ucas_id="1234567890")

    refused = facts(possible_duplicates=(other,), different_from=different_from)

    assert refusals_to_submit(refused) == [
        Refusal(
            "STEP-06",
            "This UCAS ID is already on the entry S00007 (Bob Jones). Check both against the UCAS applications.",
            "ucas_id",
            about="S00007",
        )
    ]


@pytest.mark.parametrize(("own", "other"), [("1234567890", "1234567891"), ("1234567890", ""), ("", "")])
def test_step_06_another_ucas_id_or_none_is_accepted(own, other):
    others = (entered(person_key="bobjones", ucas_id=other),)

    assert ucas_id_is_not_entered_yet(facts(ucas_id=own, possible_duplicates=others)) is None


def test_the_same_person_with_the_same_ucas_id_hears_both_reasons():
    twice = facts(possible_duplicates=(entered(ucas_id="1234567890"),))

    assert codes(refusals_to_submit(twice)) == ["STEP-05", "STEP-06"]


# --- STEP-07 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "wanted"), [(0, 1), (99_998, 1), (99_997, 2), (0, 99_999)])
def test_step_07_numbers_up_to_99999_are_left(last, wanted):
    assert numbers_are_left(last, wanted) is None


@pytest.mark.parametrize(("last", "wanted"), [(99_999, 1), (99_998, 2), (0, 100_000)])
def test_step_07_numbers_beyond_99999_are_refused(last, wanted):
    assert numbers_are_left(last, wanted) == Refusal(
        "STEP-07", "There are no entry numbers left, so the candidate is not entered. The STEP team has been told."
    )


# --- STEP-09 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", ["abc", None])
def test_step_09_the_answers_that_were_seen_are_accepted_and_so_is_an_act_that_showed_none(seen):
    assert answers_are_those_seen(seen, "abc") is None


@pytest.mark.parametrize("seen", ["abd", "", "ABC"])
def test_step_09_other_answers_than_those_seen_are_refused(seen):
    assert answers_are_those_seen(seen, "abc") == Refusal(
        "STEP-09", "This draft was changed after you opened this page. Check it again."
    )


# --- to submit --------------------------------------------------------------------------------------------------------


def test_right_facts_have_no_refusals():
    assert refusals_to_submit(facts()) == []
    assert refusals_to_start(facts()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"first_name": ""}, ["NAME-01"]),
        ({"last_name": "Müller"}, []),
        ({"last_name": "Müller", "plain_names_only": True}, ["NAME-06"]),
        ({"gender": ""}, ["GENDER-01"]),
        ({"own_school": "=1"}, ["TEXT-02"]),
        ({"has_other_course": True, "other_course": "=1"}, ["TEXT-02"]),
        ({"has_other_course": True, "other_course": "x" * 101}, ["TEXT-01"]),
        ({"date_of_birth": date(2027, 4, 19)}, ["DOB-03"]),
        ({"date_of_birth": date(2027, 4, 20)}, ["DOB-02"]),
        ({"date_of_birth": date(2017, 6, 4)}, ["DOB-04"]),
        ({"date_of_birth": date(2017, 6, 4), "age_is_right_for": "2017-06-04"}, []),
        ({"date_of_birth": date(2017, 6, 4), "age_is_right_for": "2017-06-03"}, ["DOB-04"]),
        ({"has_one_name": True}, ["NAME-08"]),
        ({"unread": (Refusal("DOB-01", "No date.", "date_of_birth"),), "date_of_birth": None}, ["DOB-01"]),
    ],
)
def test_the_rules_on_candidates_are_asked_before_submit(changes, expected):
    assert codes(refusals_to_submit(facts(**changes))) == expected


def test_dob_02_today_is_the_day_in_the_united_kingdom():
    at = datetime(2027, 4, 20, 0, 30, tzinfo=UK)  # 19 April by UTC

    assert codes(refusals_to_submit(facts(at=at, date_of_birth=date(2027, 4, 20)))) == ["DOB-02"]
    assert codes(refusals_to_submit(facts(at=at, date_of_birth=date(2027, 4, 19)))) == ["DOB-03"]


def test_everything_that_is_wrong_is_said_at_once():
    wrong = facts(
        at=CLOSES_AT + timedelta(minutes=1),
        is_approved=False,
        unread=(Refusal("UCAS-01", "Ten digits.", "ucas_id"),),
        last_name="",
        gender="",
        papers="",
        courses=(),
        other_course="=1",
        possible_duplicates=(entered(ucas_id="1234567890"),),
    )

    assert codes(refusals_to_submit(wrong)) == [
        "STEP-01",
        "STEP-02",
        "UCAS-01",
        "NAME-01",
        "GENDER-01",
        "STEP-03",
        "STEP-04",
        "STEP-08",
        "STEP-05",
        "STEP-06",
        "TEXT-02",
    ]


# --- advice -----------------------------------------------------------------------------------------------------------


def test_without_anything_to_look_at_there_is_no_advice():
    assert advice_before_submit(facts()) == []


def test_a_name_that_differs_from_its_plain_form_is_shown_with_it():
    assert advice_before_submit(facts(first_name="zoë", last_name="O'Connor")) == [
        "First Name “Zoë” goes to systems that hold only plain letters as “Zoe”. "
        "Check that it matches the UCAS application as closely as possible.",
        "Last Name “O'Connor” goes to systems that hold only plain letters as “OConnor”. "
        "Check that it matches the UCAS application as closely as possible.",
    ]


def test_a_missing_ucas_id_is_pointed_out():
    assert advice_before_submit(facts(ucas_id="")) == [
        "There is no UCAS ID yet. You can add it until registration closes."
    ]


@pytest.mark.parametrize(
    ("papers", "is_advised"), [(Combination.STEP_2, True), (Combination.STEP_3, True), (Combination.BOTH, False)]
)
def test_one_paper_alone_for_a_course_that_usually_needs_both_is_pointed_out_and_accepted(papers, is_advised):
    single = facts(papers=papers, courses_needing_both_papers=("Mathematics at Cambridge",))

    sentence = "Offers for Mathematics at Cambridge usually name both papers. Check the offer."
    assert advice_before_submit(single) == ([sentence] if is_advised else [])
    assert refusals_to_submit(single) == []


# --- moves ------------------------------------------------------------------------------------------------------------

LEADS_TO = {
    ("not-yet-confirmed", "confirm"): "confirmed",
    ("confirmed", "confirm"): None,
    ("withdrawn", "confirm"): None,
    ("not-yet-confirmed", "amend"): "not-yet-confirmed",
    ("confirmed", "amend"): "not-yet-confirmed",
    ("withdrawn", "amend"): None,
    ("not-yet-confirmed", "withdraw"): "withdrawn",
    ("confirmed", "withdraw"): "withdrawn",
    ("withdrawn", "withdraw"): None,
    ("not-yet-confirmed", "restore"): None,
    ("confirmed", "restore"): None,
    ("withdrawn", "restore"): "not-yet-confirmed",
}
"""Every status by every act: where it leads, or None where the act is refused."""
JUDGES = {
    "confirm": lambda status: refusals_to_confirm(to_confirm(status=status)),
    "amend": lambda status: refusals_to_amend(to_change(status=status), facts()),
    "withdraw": lambda status: refusals_to_withdraw(to_change(status=status)),
    "restore": lambda status: refusals_to_restore(to_change(status=status), facts()),
}


def to_change(**changes):
    """Facts of an officer who changes an entry that is as they saw it, with changes."""
    right = {
        "at": datetime(2027, 4, 20, 12, 0, tzinfo=UK),
        "window": Window(OPENS_AT, CLOSES_AT),
        "status": EntryStatus.NOT_YET_CONFIRMED,
        "may_change": True,
        "version": 3,
        "seen": 3,
        "last_change": LastChange("Priya Shah", "changed", datetime(2027, 4, 20, 10, 42, tzinfo=UK)),
        "team_contact": CONTACT,
    }
    return ChangeFacts(**(right | changes))


def to_confirm(**changes):
    """Facts of an entry that can be confirmed, with changes."""
    right = {
        "status": EntryStatus.NOT_YET_CONFIRMED,
        "held_reason": None,
        "papers": Combination.BOTH,
        "session_papers": Paper.values,
    }
    return ConfirmationFacts(**(right | changes))


def test_the_table_has_every_status_by_every_act():
    assert set(LEADS_TO) == set(product(EntryStatus.values, MOVES))
    assert set(JUDGES) == set(MOVES)


@pytest.mark.parametrize(("status", "act"), LEADS_TO)
def test_an_act_leads_where_the_table_says_and_is_refused_elsewhere(status, act):
    sources, target = MOVES[act]

    assert (target.value if status in sources else None) == LEADS_TO[status, act]
    assert (JUDGES[act](status) == []) == (LEADS_TO[status, act] is not None)


def test_withdrawn_entries_alone_are_not_live():
    assert set(EntryStatus) - set(LIVE) == {EntryStatus.WITHDRAWN}


# --- CONFIRM-01 to CONFIRM-03 -----------------------------------------------------------------------------------------


def test_confirm_01_an_entry_not_yet_confirmed_is_accepted():
    assert entry_awaits_confirmation(to_confirm(status="not-yet-confirmed")) is None


@pytest.mark.parametrize("status", ["confirmed", "withdrawn"])
def test_confirm_01_any_other_entry_is_refused(status):
    assert entry_awaits_confirmation(to_confirm(status=status)) == Refusal(
        "CONFIRM-01", "The entry does not await confirmation."
    )


def test_confirm_02_an_entry_that_nobody_holds_is_accepted():
    assert entry_is_not_held(to_confirm(held_reason=None)) is None


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("Same person twice", "Staff hold this entry: Same person twice."),
        ("", "Staff hold this entry: no reason given."),
    ],
)
def test_confirm_02_a_held_entry_is_refused_with_the_reason(reason, sentence):
    assert entry_is_not_held(to_confirm(held_reason=reason)) == Refusal("CONFIRM-02", sentence)


@pytest.mark.parametrize(
    ("papers", "session_papers"),
    [
        (Combination.STEP_2, ["step-2"]),
        (Combination.STEP_3, ["step-2", "step-3"]),
        (Combination.BOTH, ["step-3", "step-2"]),
    ],
)
def test_confirm_03_an_entry_for_papers_of_the_session_is_accepted(papers, session_papers):
    assert session_has_the_papers(to_confirm(papers=papers, session_papers=session_papers)) is None


@pytest.mark.parametrize(
    ("papers", "session_papers", "missing"),
    [
        (Combination.STEP_2, ["step-3"], "STEP 2"),
        (Combination.BOTH, ["step-2"], "STEP 3"),
        (Combination.BOTH, [], "STEP 2 and STEP 3"),
    ],
)
def test_confirm_03_an_entry_for_a_paper_that_the_session_has_not_is_refused(papers, session_papers, missing):
    assert session_has_the_papers(to_confirm(papers=papers, session_papers=session_papers)) == Refusal(
        "CONFIRM-03", f"The session does not have {missing}."
    )


def test_an_entry_is_told_every_reason_against_confirming_it():
    wrong = to_confirm(status="withdrawn", held_reason="Check", session_papers=[])

    assert codes(refusals_to_confirm(wrong)) == ["CONFIRM-01", "CONFIRM-02", "CONFIRM-03"]
    assert refusals_to_confirm(to_confirm()) == []
