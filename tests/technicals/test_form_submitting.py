"""The web form judged and submitted: by the same laws as a spreadsheet, all of it or nothing."""

from datetime import timedelta
from uuid import uuid4

import pytest

from candidates.models import Candidate
from core.history import history_of
from core.refusals import Refused
from technicals.enums import Channel, EntryOption, EntryState, PriceKind, SubmissionStatus
from technicals.models import Approval, EntryDraft, FeeLine, Price, Registration, Series, Submission, Unit, UnitEntry
from technicals.services.drafts import add_candidates, apply_option
from technicals.services.forming import judge_draft, submit_draft
from tests.factories.technicals import PriceFactory, RegistrationFactory, SubmissionFactory, UnitEntryFactory, today
from tests.factories.technicals_files import FULL
from tests.technicals.conftest import CERTIFICATE, MOVE_DOWN, TOP_UP
from tests.technicals.form_pages import begun, ids

pytestmark = pytest.mark.django_db
UNITS = EntryOption.UNITS
JUDGED_QUERIES = 13


@pytest.fixture
def send(officer, now):
    """Submits a form as it stands, with whatever has to be accepted."""

    def act(draft, by=None, **changes):
        judged = judge_draft(draft, now)
        shown = {"seen": judged.fingerprint, "accepted": judged.preview.accept_as, "order_number": ""}
        return submit_draft(key=draft.key, centre=draft.centre, by=by or officer, at=now, **(shown | changes))

    return act


def refusals_of(send, draft, **changes):
    with pytest.raises(Refused) as refused:
        send(draft, **changes)
    assert EntryDraft.objects.filter(pk=draft.pk).exists()
    assert not Submission.objects.filter(form_key=draft.key).exists()
    return [refusal.code for refusal in refused.value.refusals]


def registered(draft, code=FULL, **fields):
    """Full awards that the candidates of a form have already."""
    return [
        RegistrationFactory(
            centre=draft.centre,
            candidate=entry.candidate,
            qualification__code=code,
            **fields,
        )
        for entry in draft.entries.all()
    ]


def codes_of_lines(draft, now):
    return [[refusal.code for refusal in line.refusals] for line in judge_draft(draft, now).lines]


def test_full_awards_are_entered_with_number_fee_and_history(january, officer, centre, send, now):
    draft = begun(officer, option=EntryOption.FULL)

    submission = send(draft, order_number=" PO 17 ")

    assert (submission.channel, submission.status) == (Channel.WEB_FORM, SubmissionStatus.SUBMITTED)
    assert submission.counts == {"rows": 2, "registrations": 2, "unit_entries": 0, "already": 0}
    assert (submission.order_number, submission.series) == ("PO 17", None)
    assert {each.order_number for each in Registration.objects.filter(submission=submission)} == {"PO 17"}
    lines = FeeLine.objects.filter(submission=submission).values_list("kind", "amount", "order_number")
    assert list(lines) == [(PriceKind.REGISTRATION, 5000, "PO 17")] * 2
    assert not EntryDraft.objects.exists()
    assert history_of(Registration.objects.first()).get().action == "technicals-registration.submitted"


def test_units_are_entered_for_the_series_of_the_form_and_count_as_included(january, officer, send, now):
    draft = begun(officer, count=1, option=UNITS, units=[1, 2])
    registered(draft)

    assert judge_draft(draft, now).preview.total == "No charge"
    submission = send(draft)

    entries = UnitEntry.objects.filter(submission=submission).order_by("unit__number")
    assert [(entry.unit.number, entry.series, entry.attempt) for entry in entries] == [(1, january, 1), (2, january, 1)]
    assert submission.series == january
    assert not FeeLine.objects.filter(submission=submission).exists()


def test_a_unit_without_a_full_award_is_told_what_to_do_on_the_form(january, officer, send, now):
    draft = begun(officer, count=1, option=UNITS, units=[1])

    [line] = judge_draft(draft, now).lines

    assert (
        "Register first: submit a full award entry, and then the units with another form." in line.refusals[0].sentence
    )
    assert refusals_of(send, draft) == ["FORM-10"]


def test_both_options_go_in_one_form(january, officer, send, now):
    draft = begun(officer, count=2, option=EntryOption.FULL)
    _, second = draft.entries.all()
    RegistrationFactory(centre=draft.centre, candidate=second.candidate, qualification__code=FULL)
    apply_option(draft=draft, entries=[second.pk], option=UNITS, units=[1], at=now)

    assert send(draft).counts == {"rows": 2, "registrations": 1, "unit_entries": 1, "already": 0}


def test_two_candidates_whose_names_and_birthdays_are_alike_are_no_question(january, officer, centre, send, now):
    draft = begun(officer, count=2, option=EntryOption.FULL)
    Candidate.objects.filter(centre=centre).update(first_name="Ann", last_name="Smith", person_key="smith ann")

    assert codes_of_lines(draft, now) == [[], []]
    assert send(draft).counts["registrations"] == 2


def test_who_stands_entered_already_is_named_and_not_entered_again(january, officer, send, now):
    draft = begun(officer, count=2, option=EntryOption.FULL)
    entered = RegistrationFactory(
        centre=draft.centre, candidate=draft.entries.first().candidate, qualification__code=FULL
    )

    judged = judge_draft(draft, now)

    assert [line.verdict.already for line in judged.already] == [entered.submission.number]
    assert send(draft).counts == {"rows": 2, "registrations": 1, "unit_entries": 0, "already": 1}


def test_a_form_of_which_everything_stands_entered_enters_nothing(january, officer, send):
    draft = begun(officer, count=1, option=EntryOption.FULL)
    registered(draft)

    assert refusals_of(send, draft) == ["FORM-11"]


def test_nobody_and_nobody_without_an_option_is_submitted(january, officer, send):
    assert refusals_of(send, begun(officer, count=0)) == ["FORM-01"]
    assert refusals_of(send, begun(officer, count=1)) == ["FORM-02"]


@pytest.mark.parametrize("number", ["=1+1", "x" * 21])
def test_an_order_number_that_cannot_be_quoted_is_refused(number, january, officer, send):
    draft = begun(officer, option=EntryOption.FULL)

    assert refusals_of(send, draft, order_number=number) == ["ORDER-01"]


def test_a_late_charge_is_accepted_as_it_stands(january, officer, send, now):
    draft = begun(officer, count=1, option=UNITS, units=[1])
    registered(draft)
    Series.objects.filter(pk=january.pk).update(entry_deadline=today() - timedelta(days=1))

    preview = judge_draft(draft, now).preview

    assert preview.accept == "I accept the late charge for 1 unit entry: 1 at £12.00"
    assert refusals_of(send, draft, accepted="") == ["UPLOAD-11"]
    send(draft)
    assert UnitEntry.objects.get().is_late


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: Price.objects.filter(kind=PriceKind.REGISTRATION).update(amount=6000),
        lambda draft: draft.entries.first().delete(),
        lambda draft: Candidate.objects.update(date_of_birth="2008-01-01"),
        lambda draft: registered(draft),
    ],
    ids=["price", "removed", "record", "entered"],
)
def test_what_changed_after_the_summary_is_shown_again_before_it_is_entered(change, january, officer, send, now):
    draft = begun(officer, option=EntryOption.FULL)
    seen = judge_draft(draft, now).fingerprint
    change(draft)

    assert refusals_of(send, draft, seen=seen) == ["FORM-07"]


def test_without_an_approval_or_with_a_code_out_of_use_nothing_is_entered(january, officer, send):
    draft = begun(officer, option=EntryOption.FULL)
    Approval.objects.update(until=today() - timedelta(days=1))

    assert refusals_of(send, draft) == ["APPROVAL-05", "FORM-10"]


def test_the_same_form_sent_twice_makes_one_submission(january, officer, priya, send, now):
    draft = begun(officer, option=EntryOption.FULL)
    shown = {"key": draft.key, "centre": draft.centre, "seen": judge_draft(draft, now).fingerprint}

    first, second = [submit_draft(**shown, accepted="", order_number="", by=by, at=now) for by in (officer, priya)]

    assert first == second
    assert Registration.objects.count() == 2


def test_a_form_that_is_gone_and_one_of_another_centre_are_alike(
    january, officer, officer_elsewhere, other_centre, now
):
    draft = begun(officer, option=EntryOption.FULL)
    seen = judge_draft(draft, now).fingerprint
    tries = [(draft.key, other_centre, officer_elsewhere), (uuid4(), draft.centre, officer)]

    for key, centre, by in tries:
        with pytest.raises(Refused) as refused:
            submit_draft(key=key, centre=centre, seen=seen, accepted="", order_number="", by=by, at=now)
        assert [refusal.code for refusal in refused.value.refusals] == ["FORM-09"]
    assert not Submission.objects.exists()


def test_a_top_up_follows_the_full_award_and_settles_it(january, officer, send):
    draft = begun(officer, count=1, code=TOP_UP, option=EntryOption.FULL)
    [before] = registered(draft, CERTIFICATE)

    send(draft)

    after = Registration.objects.get(qualification__code=TOP_UP)
    before.refresh_from_db()
    assert (after.follows, before.state) == (before, EntryState.TOPPED_UP)


def test_a_top_up_without_a_full_award_is_refused(january, officer, now):
    draft = begun(officer, count=1, code=TOP_UP, option=EntryOption.FULL)

    assert codes_of_lines(draft, now) == [["ROUTE-01"]]


def test_a_moving_down_is_entered_with_its_declaration(january, officer, send):
    draft = begun(officer, count=1, code=MOVE_DOWN, option=EntryOption.FULL, is_declared=True)
    [before] = registered(draft, FULL)

    send(draft)

    after = Registration.objects.get(qualification__code=MOVE_DOWN)
    before.refresh_from_db()
    assert (after.is_declared, after.follows, before.state) == (True, before, EntryState.MOVED_DOWN)


def test_a_declaration_counts_for_the_person_that_it_was_made_for(january, officer, now):
    draft = begun(officer, count=1, code=MOVE_DOWN, option=EntryOption.FULL, is_declared=True)
    registered(draft, FULL)
    Candidate.objects.update(first_name="Bea")

    assert codes_of_lines(draft, now) == [["ROUTE-02"]]


def test_attempts_count_as_in_a_spreadsheet_and_a_resit_is_charged(january, officer, now):
    draft = begun(officer, count=1, option=UNITS, units=[1])
    registered(draft)
    unit = Unit.objects.get(subject="Business", level=3, suite="2016", number=1)
    before = UnitEntryFactory(
        centre=draft.centre,
        candidate=draft.entries.get().candidate,
        unit=unit,
        qualification__code=FULL,
        series=Series.objects.create(kind="june", year=2020, opens_on="2019-09-01", entry_deadline="2020-02-21"),
    )

    [line] = judge_draft(draft, now).lines

    assert before.attempt == 1
    assert line.verdict.notices[0] == "Unit 1 was entered before: this is attempt 2, charged as a resit."
    assert judge_draft(draft, now).preview.total == "£25.00"


def test_a_form_without_a_series_is_told_that_none_takes_entries(january, officer, now):
    draft = begun(officer, count=1, option=UNITS, units=[1])
    registered(draft)
    EntryDraft.objects.update(series=None)
    draft.refresh_from_db()

    assert codes_of_lines(draft, now) == [["SERIES-02"]]


def test_a_form_is_judged_by_the_same_number_of_queries_whatever_its_length(
    january, officer, centre, now, django_assert_num_queries
):
    draft = begun(officer, count=3, option=EntryOption.FULL)
    SubmissionFactory(centre=centre)
    PriceFactory(kind=PriceKind.TOP_UP)

    with django_assert_num_queries(JUDGED_QUERIES):
        judge_draft(draft, now)
    add_candidates(
        draft=draft, candidates=[entry.candidate for entry in begun(officer, count=27).entries.all()], at=now
    )
    apply_option(draft=draft, entries=ids(draft), option=EntryOption.FULL, at=now)
    with django_assert_num_queries(JUDGED_QUERIES):
        judge_draft(draft, now)
