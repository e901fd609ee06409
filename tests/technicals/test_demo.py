"""Cambridge Technicals in the demo."""

from datetime import UTC, date, datetime

import pytest

from candidates.models import Candidate, CandidateGroup
from core.moments import uk_date
from entries_portal.demo import GROUPS, load_technicals
from requests_forms.enums import Kind, Status
from requests_forms.models import Request
from technicals.enums import (
    Channel,
    EntryKind,
    EntryOption,
    EntryState,
    PriceKind,
    SubmissionStatus,
    WithdrawalReason,
)
from technicals.models import (
    Approval,
    DraftEntry,
    EntryDraft,
    FeeLine,
    Invoice,
    Price,
    Qualification,
    Registration,
    Series,
    Submission,
    Unit,
    UnitEntry,
)
from technicals.services.forming import judge_draft
from tests.factories.technicals import load_reference

pytestmark = pytest.mark.django_db
DAYS = [date(2026, 11, 22), date(2027, 2, 22), date(2027, 5, 1), date(2027, 8, 31), date(2027, 9, 1)]


def moment(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


@pytest.fixture
def school(centre, officer):
    centre.exams_officer = officer
    centre.save()
    return centre


@pytest.fixture
def loaded(school, staff):
    """The school on the first of the days, and that moment."""
    load_technicals(school, staff, moment(DAYS[0]))
    school.refresh_from_db()
    return school, moment(DAYS[0])


def test_the_demo_has_the_catalogue_example_prices_and_one_schools_approvals(loaded):
    school, at = loaded

    assert (Qualification.objects.count(), Unit.objects.count(), Price.objects.count()) == (66, 217, 11)
    assert not Price.objects.filter(is_sample=False).exists()
    in_force = Approval.objects.filter(centre=school).in_force(uk_date(at))
    assert sorted(each.family for each in in_force) == [
        ("Business", 3, "2016"),
        ("Engineering", 3, "2016"),
        ("IT", 3, "2012"),
        ("IT", 3, "2016"),
    ]
    assert Approval.objects.count() == 5


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_demo_takes_registrations_and_unit_entries_on_any_day(day, school, staff):
    load_technicals(school, staff, moment(day))

    open_now = [series for series in Series.objects.taking_entries(day) if series.window.is_open(moment(day))]
    assert Series.objects.of_registrations(day) is not None
    assert open_now != []
    assert not Series.objects.filter(is_sample=False).exists()
    assert (Registration.objects.count(), UnitEntry.objects.count()) == (10, 7)


def test_routes_of_the_demo_are_samples_and_lead_to_codes_that_there_are(loaded):
    routes = Qualification.objects.exclude(entry_kind=EntryKind.FULL)
    ends = {code for route in routes for code in (route.from_code, route.to_code) if code}

    assert sorted({route.entry_kind for route in routes}) == sorted(set(EntryKind.values) - {EntryKind.FULL})
    assert {tuple(route.unverified) for route in routes} == {("sample",)}
    assert [route.title for route in routes if not route.title.startswith("Sample: ")] == []
    assert Qualification.objects.filter(code__in=ends, entry_kind=EntryKind.FULL).count() == len(ends)


def test_routes_that_are_samples_are_not_in_the_catalogue_that_is_shipped():
    load_reference()

    assert set(Qualification.objects.values_list("entry_kind", flat=True)) == {EntryKind.FULL}


def test_a_class_was_entered_from_a_spreadsheet_and_two_were_moved_by_web_forms(loaded):
    submissions = Submission.objects.order_by("pk").values_list("channel", "status", "order_number")

    assert list(submissions) == [
        (Channel.SPREADSHEET, SubmissionStatus.PROCESSING_COMPLETE, "PO 4471"),
        (Channel.WEB_FORM, SubmissionStatus.SUBMITTED, "PO 4502"),
        (Channel.WEB_FORM, SubmissionStatus.SUBMITTED, "PO 4502"),
    ]
    states = Registration.objects.filter(follows=None).values_list("candidate__last_name", "state")
    assert dict(states) == dict.fromkeys(["Hughes", "Carter", "Price", "O'Neill", "Zhang"], EntryState.LIVE) | {
        "Nwosu": EntryState.TOPPED_UP,
        "Kaya": EntryState.MOVED_DOWN,
        "Lindqvist": EntryState.WITHDRAWING,
    }
    assert Registration.objects.get(candidate__last_name="Kaya", state=EntryState.LIVE).is_declared


def test_the_demo_has_an_invoice_something_more_to_invoice_and_whom_to_send_it_to(loaded):
    school, _ = loaded

    [invoice] = Invoice.objects.all()
    kinds = FeeLine.objects.not_invoiced().values_list("kind", flat=True)

    assert (invoice.number, invoice.total, invoice.sent_to) == ("TI000001", 8 * 14200, "finance@demo.example")
    assert sorted(kinds) == sorted([PriceKind.TOP_UP, PriceKind.MOVING_DOWN])
    assert not FeeLine.objects.filter(is_sample=False).exists()
    assert (school.accounts_contact, school.accounts_email) == ("Northgate finance office", "finance@demo.example")


def test_the_demo_has_a_withdrawal_and_a_correction_for_the_board_to_decide(loaded):
    pending = Registration.objects.get(state=EntryState.WITHDRAWING)
    [correction] = Request.objects.all()

    assert pending.withdrawal_reason == WithdrawalReason.LEFT
    assert (correction.kind, correction.status) == (Kind.CANDIDATE_CORRECTION, Status.MORE_INFORMATION)
    assert correction.candidate.last_name == "Zhang"


def test_the_demo_has_groups_and_a_form_that_was_begun(loaded):
    _, at = loaded

    groups = {group.name: group.candidates.count() for group in CandidateGroup.objects.all()}
    [draft] = EntryDraft.objects.all()

    assert groups == {name: len(members) for name, members in GROUPS.items()}
    assert Candidate.objects.filter(groups__isnull=False).distinct().count() == 8
    options = DraftEntry.objects.values_list("candidate__last_name", "option", "units")
    assert sorted(options) == [("Carter", EntryOption.UNITS, [2]), ("Nwosu", "", [])]
    assert [refusal.code for refusal in judge_draft(draft, at).refusals] == ["FORM-02"]
