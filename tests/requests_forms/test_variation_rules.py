"""The laws of timetable variations: one start, typed in local time, in UK time, or in both (B36)."""

from datetime import UTC, datetime

import pytest

from core.refusals import Refusal
from requests_forms.enums import Kind, VariationReason
from requests_forms.rules import WantedStart, city, read_start, refusals_to_send, zones
from tests.requests_forms.rule_facts import answered, told

KIND = Kind.TIMETABLE_VARIATION


def asked(**answers):
    return refusals_to_send(answered(KIND, **answers))


def local_only(**answers):
    """With the start in local time alone."""
    return {"uk_date": None, "uk_time": None} | answers


def uk_only(**answers):
    """With the start in UK time alone."""
    return {"local_date": None, "local_time": None} | answers


@pytest.mark.parametrize("paper", [None, "", "step-1", "all"])
def test_vary_01_one_paper_of_the_entry_is_named(paper):
    assert told(asked(paper=paper)) == [("VARY-01", "paper")]


@pytest.mark.parametrize("reason", VariationReason.values)
def test_vary_02_each_reason_is_accepted_with_its_explanation(reason):
    assert asked(reason=reason) == []


@pytest.mark.parametrize(
    ("answers", "fields"),
    [
        ({"reason": None}, ["reason"]),
        ({"reason": "lazy", "explanation": None}, ["reason", "explanation"]),
        ({"explanation": None}, ["explanation"]),
        ({"explanation": " \n"}, ["explanation"]),
    ],
)
def test_vary_02_reason_and_explanation_are_given(answers, fields):
    assert told(asked(**answers)) == [("VARY-02", field) for field in fields]


@pytest.mark.parametrize("zone", [None, "", "Dubai", "asia/dubai", "../../etc/passwd", "Asia/Dubai\x00"])
def test_vary_03_the_zone_is_one_of_the_worlds(zone):
    assert told(asked(zone=zone)) == [("VARY-03", "zone")]


@pytest.mark.parametrize("name", ["Asia/Dubai", "America/Argentina/Buenos_Aires", "Europe/London", "Pacific/Apia"])
def test_vary_03_places_of_all_the_world_can_be_chosen(name):
    assert name in zones()
    assert told(asked(**local_only(zone=name))) in ([], [("VARY-06", "local_time")])


def test_a_zone_is_called_by_its_place():
    assert city("America/Argentina/Buenos_Aires") == "Buenos Aires"


@pytest.mark.parametrize(
    ("day", "clock"),
    [("03/06/2027", "13:00"), ("3/6/2027", "13.00"), ("3.6.2027", "13:00"), ("03-06-2027", "13:00")],
)
def test_vary_04_a_start_is_read_as_people_write_it(day, clock):
    assert asked(**local_only(local_date=day, local_time=clock)) == []


@pytest.mark.parametrize("day", ["", "31/02/2027", "2027-06-03", "03/06/27", "0３/06/2027", "3 June", "31/12/1900"])
def test_vary_04_a_day_that_is_none_is_refused(day):
    assert told(asked(local_date=day)) == [("VARY-04", "local_date")]
    assert told(asked(uk_date=day)) == [("VARY-04", "uk_date")]


@pytest.mark.parametrize("clock", ["", "24:00", "13:60", "1pm", "1300", "-1:00", "13:00:00"])
def test_vary_04_a_time_that_is_none_is_refused(clock):
    assert told(asked(local_time=clock)) == [("VARY-04", "local_time")]
    assert told(asked(uk_time=clock)) == [("VARY-04", "uk_time")]


@pytest.mark.parametrize("day", ["01/01/1901", "31/12/9998"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London"])
def test_vary_06_days_at_the_ends_of_the_calendar_are_only_far_away(day, zone):
    refusals = asked(**local_only(zone=zone, local_date=day, local_time="00:00"))

    assert told(refusals) == [("VARY-06", "local_date")]


@pytest.mark.parametrize("clock", ["00:00", "23:59"])
@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_vary_04_the_last_year_of_the_calendar_is_refused_and_breaks_nothing(zone, clock):
    refusals = asked(zone=zone, local_date="31/12/9999", local_time=clock)

    assert told(refusals) == [("VARY-04", "local_date")]


@pytest.mark.parametrize(
    ("zone", "day", "clock", "is_real"),
    [
        ("America/New_York", "14/03/2027", "01:59", True),
        ("America/New_York", "14/03/2027", "02:00", False),
        ("America/New_York", "14/03/2027", "02:59", False),
        ("America/New_York", "14/03/2027", "03:00", True),
        ("America/New_York", "07/11/2027", "00:59", True),
        ("America/New_York", "07/11/2027", "01:00", False),
        ("America/New_York", "07/11/2027", "01:59", False),
        ("America/New_York", "07/11/2027", "02:00", True),
        ("Pacific/Apia", "30/12/2011", "12:00", False),
    ],
)
def test_vary_04_a_time_that_the_clocks_leave_out_or_show_twice_is_refused(zone, day, clock, is_real):
    start, refusals = read_start(answered(KIND, **local_only(zone=zone, local_date=day, local_time=clock)))

    assert told(refusals) == ([] if is_real else [("VARY-04", "local_time")])
    assert (start is not None) is is_real


def test_vary_04_a_start_is_typed_in_one_way_at_least():
    assert told(asked(**local_only(), **{"local_date": None, "local_time": None})) == [("VARY-04", "local_date")]


@pytest.mark.parametrize("answers", [local_only(), uk_only(), {}])
def test_vary_05_the_portal_computes_one_time_from_the_other(answers):
    start, refusals = read_start(answered(KIND, **answers))

    assert refusals == []
    assert start == WantedStart(datetime(2027, 6, 3, 9, 0, tzinfo=UTC), "Asia/Dubai")
    assert start.in_local_words == "3 June 2027, 13:00 in Dubai"
    assert start.in_uk_words == "3 June 2027, 10:00 (BST)"


@pytest.mark.parametrize("uk_time", ["09:59", "10:01", "09:00", "13:00"])
def test_vary_05_two_times_that_are_not_the_same_moment_are_refused(uk_time):
    assert asked(uk_time=uk_time) == [
        Refusal(
            "VARY-05",
            f"13:00 in Dubai is 10:00 in the UK on that day, but you entered {uk_time}. Check both.",
            "uk_time",
        )
    ]


def test_vary_05_where_the_days_differ_both_are_told_with_their_day():
    refusals = asked(
        zone="Pacific/Auckland",
        local_date="04/06/2027",
        local_time="08:00",
        uk_date="04/06/2027",
        uk_time="21:00",
    )

    assert [refusal.sentence for refusal in refusals] == [
        "4 June 2027, 08:00 in Auckland is 3 June 2027, 21:00 (BST) in the UK, "
        "but you entered 4 June 2027, 21:00 (BST). Check both."
    ]


def test_vary_05_a_start_of_another_day_here_is_one_moment():
    answers = {"zone": "Pacific/Auckland", "local_date": "04/06/2027", "local_time": "08:00"}

    assert asked(**answers, uk_date="03/06/2027", uk_time="21:00") == []


@pytest.mark.parametrize(
    ("day", "clock", "code"),
    [
        ("20/05/2027", "08:59", "VARY-06"),
        ("20/05/2027", "09:00", None),
        ("03/06/2027", "08:59", None),
        ("03/06/2027", "09:00", "VARY-06"),
        ("03/06/2027", "09:01", None),
        ("17/06/2027", "09:00", None),
        ("17/06/2027", "09:01", "VARY-06"),
    ],
)
def test_vary_06_another_start_is_asked_for_at_most_14_days_away(day, clock, code):
    refusals = asked(**uk_only(zone="Europe/London", uk_date=day, uk_time=clock))

    assert [refusal.code for refusal in refusals] == ([code] if code else [])


def test_vary_06_the_sentences_say_when_the_paper_starts():
    same = asked(**local_only(local_time="12:00"))
    far = asked(**local_only(local_date="03/07/2027"))

    assert [each.sentence for each in same] == [
        "3 June 2027, 09:00 (BST) is when STEP 2 starts. Type the start that you ask for."
    ]
    assert [each.sentence for each in far] == [
        "STEP 2 starts on 3 June 2027, 09:00 (BST). The wanted start is more than 14 days from it: check the date."
    ]


@pytest.mark.parametrize("plan", [None, "", " "])
def test_vary_07_a_plan_of_supervision_is_given(plan):
    assert told(asked(supervision=plan)) == [("VARY-07", "supervision")]


def test_everything_that_is_wrong_with_a_variation_is_told_at_once():
    refusals = asked(paper="", reason="", explanation="x" * 2001, zone="", local_time="x", supervision="")

    assert told(refusals) == [
        ("VARY-01", "paper"),
        ("VARY-02", "reason"),
        ("VARY-03", "zone"),
        ("VARY-04", "local_time"),
        ("VARY-07", "supervision"),
        ("NOTE-01", "explanation"),
    ]
