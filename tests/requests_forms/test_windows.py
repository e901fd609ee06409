"""When each kind can be asked for: the minute before and the minute after each end."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from core.moments import UK
from core.refusals import Refusal
from core.windows import Window
from requests_forms.enums import Kind
from requests_forms.rules import considered_now, is_late, refusals_to_ask, window_of
from tests.requests_forms.rule_facts import (
    CLOSES_AT,
    CONTACT,
    DATES,
    MINUTE,
    OPENS_AT,
    RESULTS_AT,
    STEP_2,
    STEP_3,
    TICK,
    codes,
    to_ask,
)

CLOSED_AT = CLOSES_AT + MINUTE
OWN_CLOSE = datetime(2027, 5, 11, 17, 0, tzinfo=UK)
EXTENDED = {"registration": Window(OPENS_AT, OWN_CLOSE)}
NO_RESULTS = {"results_at": None}
NO_PAPERS = {"papers": ()}
LAST_START = STEP_3.starts_at
FIRST_DAY = datetime(2027, 6, 3, tzinfo=UK)
STEP_2_ENDS = datetime(2027, 6, 11, tzinfo=UK)
STEP_3_ENDS = datetime(2027, 6, 17, tzinfo=UK)
RULES = {
    Kind.ACCESS_ARRANGEMENT: "ASK-01",
    Kind.ENTRY_AMENDMENT: "ASK-02",
    Kind.TIMETABLE_VARIATION: "ASK-03",
    Kind.WITHDRAWAL: "ASK-04",
    Kind.SPECIAL_CONSIDERATION: "ASK-05",
}
WINDOWS = [
    (Kind.ACCESS_ARRANGEMENT, {}, OPENS_AT, LAST_START + MINUTE),
    (Kind.ACCESS_ARRANGEMENT, EXTENDED, OPENS_AT, LAST_START + MINUTE),
    (Kind.ACCESS_ARRANGEMENT, {"papers": (STEP_2,)}, OPENS_AT, STEP_2.starts_at + MINUTE),
    (Kind.ACCESS_ARRANGEMENT, NO_PAPERS, OPENS_AT, CLOSED_AT),
    (Kind.ENTRY_AMENDMENT, {}, CLOSED_AT, RESULTS_AT + MINUTE),
    (Kind.ENTRY_AMENDMENT, EXTENDED, OWN_CLOSE + MINUTE, RESULTS_AT + MINUTE),
    (Kind.ENTRY_AMENDMENT, NO_RESULTS, CLOSED_AT, LAST_START + timedelta(days=90) + MINUTE),
    (Kind.TIMETABLE_VARIATION, {}, OPENS_AT, CLOSED_AT),
    (Kind.TIMETABLE_VARIATION, EXTENDED, OPENS_AT, OWN_CLOSE + MINUTE),
    (Kind.WITHDRAWAL, {}, CLOSED_AT, LAST_START + timedelta(hours=3) + MINUTE),
    (Kind.WITHDRAWAL, EXTENDED, OWN_CLOSE + MINUTE, LAST_START + timedelta(hours=3) + MINUTE),
    (Kind.WITHDRAWAL, {"papers": (STEP_2,)}, CLOSED_AT, STEP_2.starts_at + timedelta(hours=3) + MINUTE),
    (Kind.SPECIAL_CONSIDERATION, {}, FIRST_DAY, STEP_3_ENDS),
    (Kind.SPECIAL_CONSIDERATION, {"papers": (STEP_3,)}, datetime(2027, 6, 9, tzinfo=UK), STEP_3_ENDS),
]
"""A kind, what is different about the dates, the first moment of its window, and the first after it."""


@pytest.mark.parametrize(("kind", "dates", "begin", "end"), WINDOWS)
def test_a_kind_is_taken_from_its_first_moment_to_the_end_of_its_last_minute(kind, dates, begin, end):
    told = [codes(refusals_to_ask(to_ask(kind, dates=dates, at=at))) for at in (begin - TICK, begin, end - TICK, end)]

    assert told == [[RULES[kind]], [], [], [RULES[kind]]]


@pytest.mark.parametrize("kind", RULES)
def test_the_window_that_pages_tell_is_the_one_that_the_rule_judges_by(kind):
    facts = to_ask(kind)
    window = window_of(kind, facts.dates)

    for at in (window.opens_at, window.ends_at - TICK):
        assert refusals_to_ask(replace(facts, at=at)) == []
    for at in (window.opens_at - TICK, window.ends_at):
        assert codes(refusals_to_ask(replace(facts, at=at))) == [RULES[kind]]


def only_refusal(kind, at, **dates):
    [refusal] = refusals_to_ask(to_ask(kind, at=at, dates=dates))
    return refusal


def test_ask_01_says_from_when_and_until_when():
    before = only_refusal(Kind.ACCESS_ARRANGEMENT, OPENS_AT - TICK)
    after = only_refusal(Kind.ACCESS_ARRANGEMENT, LAST_START + MINUTE)

    assert before == Refusal("ASK-01", "Access arrangements can be asked for from 1 March 2027, 00:00 (GMT).")
    assert after == Refusal(
        "ASK-01",
        f"Access arrangements could be asked for until the last paper began on 9 June 2027, 09:00 (BST). {CONTACT}",
    )


def test_ask_02_before_closing_points_to_the_entrys_own_page_and_later_to_the_team():
    before = only_refusal(Kind.ENTRY_AMENDMENT, CLOSED_AT - TICK)
    after = only_refusal(Kind.ENTRY_AMENDMENT, RESULTS_AT + MINUTE)

    assert before == Refusal(
        "ASK-02",
        "Until registration closes on 4 May 2027, 23:59 (BST), change the entry yourself, with the Edit buttons of its "
        "page.",
    )
    assert after.sentence.startswith("Amendments could be asked for until results were released on 19 August 2027")


def test_ask_02_the_centres_own_later_closing_counts():
    refusal = only_refusal(Kind.ENTRY_AMENDMENT, CLOSED_AT, **EXTENDED)

    assert refusal.sentence.startswith("Until registration closes on 11 May 2027, 17:00 (BST),")


def test_ask_03_after_closing_says_until_when():
    assert only_refusal(Kind.TIMETABLE_VARIATION, CLOSED_AT) == Refusal(
        "ASK-03",
        f"Timetable variations could be asked for until registration closed on 4 May 2027, 23:59 (BST). {CONTACT}",
    )


def test_ask_04_before_closing_points_to_the_entrys_own_page_and_later_to_the_team():
    before = only_refusal(Kind.WITHDRAWAL, CLOSED_AT - TICK)
    after = only_refusal(Kind.WITHDRAWAL, LAST_START + timedelta(hours=3, minutes=1))

    assert before.sentence.endswith("(BST), withdraw the entry yourself, with Withdraw entry on its page.")
    assert after.sentence == (
        f"The last paper of this entry was sat by 9 June 2027, 12:00 (BST): it cannot be withdrawn any more. {CONTACT}"
    )


def test_ask_05_tells_of_each_paper_from_when_or_until_when():
    early = only_refusal(Kind.SPECIAL_CONSIDERATION, FIRST_DAY - TICK)
    late = only_refusal(Kind.SPECIAL_CONSIDERATION, STEP_3_ENDS)

    assert early.sentence == (
        "STEP 2 is sat on 3 June 2027: ask from that day to 10 June 2027, 23:59 (BST). "
        "STEP 3 is sat on 9 June 2027: ask from that day to 16 June 2027, 23:59 (BST)."
    )
    assert late.sentence.startswith("For STEP 2 special consideration could be asked for until 10 June 2027, 23:59")


def test_ask_05_where_the_papers_have_no_day_yet_says_so():
    refusal = only_refusal(Kind.SPECIAL_CONSIDERATION, FIRST_DAY, **NO_PAPERS)

    assert refusal == Refusal("ASK-05", f"No day is set for the papers of this entry yet. {CONTACT}")


@pytest.mark.parametrize(
    ("at", "papers"),
    [
        (FIRST_DAY - TICK, []),
        (FIRST_DAY, ["step-2"]),
        (datetime(2027, 6, 9, tzinfo=UK) - TICK, ["step-2"]),
        (datetime(2027, 6, 9, tzinfo=UK), ["step-2", "step-3"]),
        (STEP_2_ENDS - TICK, ["step-2", "step-3"]),
        (STEP_2_ENDS, ["step-3"]),
        (STEP_3_ENDS - TICK, ["step-3"]),
        (STEP_3_ENDS, []),
    ],
)
def test_each_paper_has_its_own_five_working_days(at, papers):
    assert [paper.paper for paper in considered_now(DATES, at)] == papers


def test_two_papers_of_one_day_are_considered_for_the_same_time():
    afternoon = replace(STEP_3, starts_at=datetime(2027, 6, 3, 14, 0, tzinfo=UK))
    same_day = replace(DATES, papers=(STEP_2, afternoon))

    assert considered_now(same_day, FIRST_DAY) == [STEP_2, afternoon]
    assert considered_now(same_day, STEP_2_ENDS - TICK) == [STEP_2, afternoon]
    assert considered_now(same_day, FIRST_DAY - TICK) == considered_now(same_day, STEP_2_ENDS) == []


def test_between_two_papers_far_apart_nothing_is_considered_and_the_sentence_tells_of_both():
    apart = replace(STEP_3, starts_at=datetime(2027, 6, 25, 9, 0, tzinfo=UK))
    refusal = only_refusal(Kind.SPECIAL_CONSIDERATION, STEP_2_ENDS, papers=(STEP_2, apart))

    assert refusal.sentence == (
        "For STEP 2 special consideration could be asked for until 10 June 2027, 23:59 (BST). "
        "STEP 3 is sat on 25 June 2027: ask from that day to 2 July 2027, 23:59 (BST)."
    )


@pytest.mark.parametrize(
    ("nation", "extra", "last_day"),
    [
        ("england-and-wales", (), date(2027, 6, 10)),
        ("elsewhere", (("scotland", date(2027, 6, 7)),), date(2027, 6, 10)),
        ("scotland", (("scotland", date(2027, 6, 7)),), date(2027, 6, 11)),
        ("scotland", (("england-and-wales", date(2027, 6, 7)),), date(2027, 6, 11)),
    ],
)
def test_holidays_of_a_nation_count_for_its_own_centres(nation, extra, last_day):
    dates = replace(DATES, papers=(STEP_2,), nation=nation, extra_holidays=extra)

    assert window_of(Kind.SPECIAL_CONSIDERATION, dates).deadline.date() == last_day


@pytest.mark.parametrize(("at", "late"), [(OPENS_AT, False), (CLOSED_AT - TICK, False), (CLOSED_AT, True)])
def test_an_access_arrangement_is_late_from_the_end_of_the_closing_minute(at, late):
    assert is_late(Kind.ACCESS_ARRANGEMENT, DATES, at) is late
    assert not is_late(Kind.WITHDRAWAL, DATES, at)


def test_an_access_arrangement_is_late_from_the_end_of_the_centres_own_closing_minute():
    extended = replace(DATES, **EXTENDED)

    assert not is_late(Kind.ACCESS_ARRANGEMENT, extended, OWN_CLOSE + MINUTE - TICK)
    assert is_late(Kind.ACCESS_ARRANGEMENT, extended, OWN_CLOSE + MINUTE)


@pytest.mark.parametrize("at", [OPENS_AT - timedelta(days=400), RESULTS_AT + timedelta(days=400)])
def test_a_change_of_accounts_is_asked_for_at_any_time(at):
    assert refusals_to_ask(to_ask(Kind.ACCOUNT_CHANGE, at=at)) == []
