"""Copy last series' entries: what is copied, under which codes, into which web forms."""

from datetime import timedelta

import pytest

from core.refusals import Refused
from technicals.enums import EntryKind, EntryOption, EntryState, SeriesKind
from technicals.models import EntryDraft, Registration, UnitEntry
from technicals.rules.copying import (
    code_to_enter_under,
    copy_goes_to_an_open_series,
    copy_goes_to_another_series,
    full_award_of,
    lines_of_forms,
    something_is_copied,
)
from technicals.services.copying import copy_entries, plan_copy
from technicals.services.forming import judge_draft
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    SubmissionFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    UnitFactory,
    exam_series,
    registration_series,
    today,
)

DAY = timedelta(days=1)
PLAN_QUERIES = 4


@pytest.fixture
def june(db):
    return exam_series(SeriesKind.JUNE)


@pytest.fixture
def last(db):
    """The January series of this year: closed for entries, its results out."""
    begin = today() - 300 * DAY
    return exam_series(SeriesKind.JANUARY, today().year, opens_on=begin)


@pytest.fixture
def sat(centre, last):
    """Enters a candidate of the centre for units of Business in the last series."""
    submission = SubmissionFactory(centre=centre)

    def act(candidate, *units, code="05834", **fields):
        same = {"candidate": candidate, "centre": centre, "submission": submission, "series": last}
        qualification = QualificationFactory(code=code)
        for number in units:
            UnitEntryFactory(**(same | fields), unit=UnitFactory(number=number), qualification=qualification)
        return candidate

    return act


@pytest.fixture
def ann(centre):
    return CandidateFactory(centre=centre, last_name="Abbot")


@pytest.fixture
def zoe(centre):
    return CandidateFactory(centre=centre, last_name="Young")


@pytest.fixture
def copy(centre, last, june, officer, now):
    def act(group=None, source=last, target=june):
        return copy_entries(centre=centre, group=group, source=source, target=target, by=officer, at=now)

    return act


def lines_of(draft):
    return [(line.candidate, line.units) for line in draft.entries.select_related("candidate")]


# --- rules ------------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_repeat_01_a_series_that_takes_no_entries_is_refused(june, last, now):
    later = exam_series(SeriesKind.JUNE, today().year + 2, opens_on=today() + DAY)

    refused = [copy_goes_to_an_open_series(series, now) for series in (last, later)]

    assert copy_goes_to_an_open_series(june, now) is None
    assert [refusal.code for refusal in refused] == ["REPEAT-01", "REPEAT-01"]
    assert "It takes entries from" in refused[1].sentence


@pytest.mark.django_db
def test_repeat_02_a_series_is_not_copied_to_itself(june, last):
    assert copy_goes_to_another_series(last, june) is None
    assert copy_goes_to_another_series(june, june).code == "REPEAT-02"


@pytest.mark.django_db
def test_repeat_03_a_copy_of_nothing_is_refused(june, last):
    assert something_is_copied(1, last, june) is None
    assert something_is_copied(0, last, june).code == "REPEAT-03"


@pytest.mark.parametrize(
    ("standing", "expected"),
    [(set(), "05834"), ({"05834"}, "05834"), ({"05835"}, "05835"), ({"05834", "05835"}, "05834"),
     ({"05835", "05836"}, "05834")],
)  # fmt: skip
def test_a_unit_goes_under_the_code_that_its_candidate_is_registered_for_now(standing, expected):
    assert code_to_enter_under("05834", standing) == expected


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (EntryKind.FULL, "05834"),
        (EntryKind.TOP_UP, "05835"),
        (EntryKind.MOVING_DOWN, "05835"),
        (EntryKind.RE_ENTRY, ""),
    ],
)
def test_a_top_up_stands_for_the_larger_award_and_a_re_entry_takes_no_units(kind, expected):
    assert full_award_of(kind, "05834", "05835") == expected


def test_a_form_takes_three_units_of_a_candidate_and_a_thousand_candidates():
    many = [(number, [1]) for number in range(1_001)]

    assert list(lines_of_forms([(7, [1, 2, 3, 4]), (8, [2])])) == [[(7, (1, 2, 3)), (8, (2,))], [(7, (4,))]]
    assert [len(form) for form in lines_of_forms(many)] == [1_000, 1]


# --- what is copied ---------------------------------------------------------------------------------------------------


def test_a_copy_is_a_web_form_for_the_other_series_and_enters_nothing(copy, sat, ann, zoe, june, officer):
    sat(ann, 1, 2), sat(zoe, 2)
    before = UnitEntry.objects.count()

    [draft] = copy()

    assert (draft.qualification.code, draft.series, draft.started_by) == ("05834", june, officer)
    assert lines_of(draft) == [(ann, [1, 2]), (zoe, [2])]
    assert {line.option for line in draft.entries.all()} == {EntryOption.UNITS}
    assert (UnitEntry.objects.count(), Registration.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("state", "is_copied"),
    [
        (EntryState.LIVE, True),
        (EntryState.ABSENT, True),
        (EntryState.WITHDRAWN, False),
        (EntryState.TRANSFERRED, False),
    ],
)
def test_withdrawn_and_transferred_entries_are_not_copied(copy, sat, ann, zoe, state, is_copied):
    sat(ann, 1), sat(zoe, 1, state=state)

    [draft] = copy()

    assert lines_of(draft) == [(ann, [1])] + [(zoe, [1])] * is_copied


def test_only_the_members_of_a_group_are_copied(copy, sat, ann, zoe, centre):
    sat(ann, 1), sat(zoe, 1)

    [draft] = copy(group=GroupFactory(centre=centre, members=[zoe]))

    assert lines_of(draft) == [(zoe, [1])]


def test_there_is_a_form_for_each_entry_code_and_for_every_three_units(copy, sat, ann, zoe):
    sat(ann, 1, 2, 3, 4), sat(zoe, 1, code="05835")

    drafts = copy()

    assert [(draft.qualification.code, lines_of(draft)) for draft in drafts] == [
        ("05834", [(ann, [1, 2, 3])]),
        ("05834", [(ann, [4])]),
        ("05835", [(zoe, [1])]),
    ]


def test_who_was_topped_up_meanwhile_is_entered_under_the_larger_award(copy, sat, ann, centre):
    sat(ann, 1)
    QualificationFactory(code="05835")
    top_up = QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835")
    first = RegistrationFactory(candidate=ann, centre=centre, state=EntryState.TOPPED_UP)
    RegistrationFactory(candidate=ann, centre=centre, qualification=top_up, follows=first)

    [draft] = copy()

    assert draft.qualification.code == "05835"


def test_what_is_entered_already_or_cannot_be_sat_is_left_out_and_counted(sat, ann, zoe, centre, last, june):
    sat(ann, 1, 2), sat(zoe, 3)
    UnitFactory(number=3, in_june=False)
    unit = ann.unit_entries.get(unit__number=3 - 1).unit
    UnitEntryFactory(candidate=ann, centre=centre, series=june, unit=unit)
    zoes = zoe.unit_entries.get().unit
    zoes.in_june = False
    zoes.save()

    plan = plan_copy(centre=centre, group=None, source=last, target=june)

    assert (plan.unit_count, plan.candidate_count, plan.entered, plan.not_sat) == (1, 1, 1, 1)
    assert [form.lines for form in plan.forms] == [[(ann.pk, (1,))]]


def test_a_merged_record_and_another_centre_are_not_copied(copy, sat, ann, zoe, other_centre, last):
    sat(ann, 1), sat(zoe, 1)
    zoe.merged_into = ann
    zoe.save()
    UnitEntryFactory(centre=other_centre, series=last)

    [draft] = copy()

    assert lines_of(draft) == [(ann, [1])]


def test_a_second_click_makes_no_second_form_and_a_changed_form_is_left_alone(copy, sat, ann):
    sat(ann, 1, 2)
    [first] = copy()

    assert copy() == [first]

    first.entries.update(units=[1])
    [second] = copy()

    assert second != first
    assert EntryDraft.objects.count() == 2


@pytest.mark.parametrize("refused", ["REPEAT-01", "REPEAT-02", "REPEAT-03"])
def test_what_cannot_be_copied_makes_nothing(copy, sat, ann, last, june, refused):
    if refused != "REPEAT-03":
        sat(ann, 1)
    named = {"REPEAT-01": {"source": june, "target": last}, "REPEAT-02": {"source": june}}.get(refused, {})

    with pytest.raises(Refused) as raised:
        copy(**named)

    assert [refusal.code for refusal in raised.value.refusals] == [refused]
    assert EntryDraft.objects.count() == 0


def test_the_copy_is_judged_as_what_is_typed(copy, sat, ann, centre, now):
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    RegistrationFactory(candidate=sat(ann, 1), centre=centre)

    [draft] = copy()

    [line] = judge_draft(draft, now).lines
    assert (list(line.refusals), [entry.attempt for entry in line.row.unit_entries]) == ([], [2])


def test_a_plan_asks_four_queries_for_one_and_for_many(sat, centre, last, june, django_assert_num_queries):
    for count in (1, 5):
        for _ in range(count):
            sat(CandidateFactory(centre=centre), 1, 2)

        with django_assert_num_queries(PLAN_QUERIES):
            plan_copy(centre=centre, group=None, source=last, target=june)
