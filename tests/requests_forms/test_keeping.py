"""How long what requests hold is kept: rows and files on a real disk, by the clock that is handed in."""

import os
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.db import transaction

from requests_forms.enums import ENDED, OPEN, Kind, Status
from requests_forms.models import Evidence, Message, Request
from requests_forms.rules import KEEP_DRAFTS, KEEP_EVIDENCE, KEEP_REASONS, RESULTS_AFTER_CLOSING
from requests_forms.services import (
    add_evidence,
    discard_request,
    purge_evidence,
    purge_requests_not_sent,
    purging,
)
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory
from tests.requests_forms.acts import everything, files_in, filled, held_in_rows, lines, received

pytestmark = pytest.mark.django_db(transaction=True)

TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
YEARS_ON = timedelta(days=2 * 365)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path, monkeypatch):
    """Evidence lies in this folder, as it does in production."""
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"evidence": on_disk}
    monkeypatch.setattr(Evidence._meta.get_field("file"), "storage", storages["evidence"])
    return tmp_path


@pytest.fixture
def make(session, centre, officer):
    """A filled request of an entry of its own."""

    def act(status=Status.SUBMITTED, kind=Kind.ACCESS_ARRANGEMENT, of=session, **given):
        entry = StepEntryFactory(session=of, centre=centre)
        answers = {"detail": "A broken arm."}
        return filled(
            RequestFactory(kind=kind, status=status, entry=entry, started_by=officer, answers=answers, **given)
        )

    return act


@pytest.fixture
def about_no_entry(centre, officer, now):
    """A filled change of accounts that was sent, and ended at a moment or goes on."""

    def act(ended_at=None, status=Status.SUBMITTED):
        given = {"kind": Kind.ACCOUNT_CHANGE, "entry": None, "centre": centre, "answers": {"detail": "A new name."}}
        return filled(RequestFactory(status=status, started_by=officer, ended_at=ended_at, **given))

    return act


def counted_from(which, make, about_no_entry, now):
    """A request, and the moment from which its keeping counts."""
    if which == "results":
        request = make()
        return request, request.entry.session.results_at
    if which == "closing":
        of = SessionFactory(results_at=None)
        return make(of=of), of.closes_at + RESULTS_AFTER_CLOSING
    return about_no_entry(now, Status.COMPLETED), now


@pytest.mark.parametrize("which", ["results", "closing", "its end"])
def test_files_and_reasons_are_deleted_at_their_date_and_not_before(which, make, about_no_entry, now, folder):
    request, start = counted_from(which, make, about_no_entry, now)
    before, files = everything(), files_in(folder)

    assert purge_evidence(at=start + KEEP_EVIDENCE - TICK) == 0
    assert everything() == before
    assert files_in(folder) == files == held_in_rows()

    assert purge_evidence(at=start + KEEP_EVIDENCE) == 1
    assert files_in(folder) == held_in_rows() == set()
    assert (Message.objects.count(), Request.objects.get().answers) == (2, request.answers)

    assert purge_evidence(at=start + KEEP_REASONS - TICK) == 0
    assert Message.objects.count() == 2

    assert purge_evidence(at=start + KEEP_REASONS) == 1
    reduced = Request.objects.get()
    assert (Message.objects.count(), reduced.answers, reduced.reduced_at) == (0, {}, start + KEEP_REASONS)
    assert lines(request) == ["request.evidence-deleted", "request.reduced"]


def test_what_is_kept_is_kept_for_half_a_year_and_a_year():
    assert (KEEP_EVIDENCE.days, KEEP_REASONS.days, KEEP_DRAFTS.days) == (183, 366, 14)


def test_two_years_on_no_file_no_reason_and_no_message_is_left_and_the_outcome_is(make, about_no_entry, now, folder):
    decided = make(Status.COMPLETED, Kind.SPECIAL_CONSIDERATION, paper="step-2", is_accepted=True, severity="serious")
    requests = [decided, *[make(status) for status in (*OPEN, *ENDED)], about_no_entry(now, Status.COMPLETED)]
    Evidence.objects.filter(request=requests[1]).update(scan_state="held")
    Evidence.objects.filter(request=requests[2]).update(scan_state="infected")
    outcomes = list(Request.objects.order_by("pk").values("reference", "kind", "status", "is_accepted", "severity"))
    at = decided.entry.session.results_at + YEARS_ON

    assert purge_evidence(at=at) == 2 * len(requests)

    assert files_in(folder) == set()
    assert Evidence.objects.count() == Message.objects.count() == Request.objects.exclude(answers={}).count() == 0
    assert list(Request.objects.order_by("pk").values(*outcomes[0])) == outcomes
    assert all(request.is_reduced for request in Request.objects.all())


def test_purging_twice_changes_nothing_more(make, session):
    make()
    at = session.results_at + YEARS_ON
    purge_evidence(at=at)
    after = everything()

    assert purge_evidence(at=at + DAY) == 0
    assert everything() == after


def test_many_are_deleted_in_chunks(make, session, folder, monkeypatch):
    monkeypatch.setattr(purging, "AT_ONCE", 2)
    for _ in range(5):
        make()

    assert purge_evidence(at=session.results_at + YEARS_ON) == 10
    assert files_in(folder) == held_in_rows() == set()


def test_a_change_of_accounts_that_goes_on_is_kept_whatever_its_age(about_no_entry, now, folder):
    about_no_entry()

    assert purge_evidence(at=now + 5 * YEARS_ON) == 0
    assert files_in(folder) == held_in_rows() != set()


def test_a_request_of_a_later_session_stays_beside_one_that_goes(make, now, folder):
    old = make()
    later = make(of=SessionFactory(opens_at=now + timedelta(days=335)))

    purge_evidence(at=old.entry.session.results_at + KEEP_REASONS)

    assert set(Evidence.objects.values_list("request", flat=True)) == {later.pk}
    assert files_in(folder) == held_in_rows()
    assert Message.objects.count() == 2


def test_files_that_an_event_shares_go_with_the_last_row_that_names_them(make, session, folder):
    make()
    names = held_in_rows()
    later = make(of=SessionFactory(results_at=session.results_at + timedelta(days=30)))
    Evidence.objects.filter(request=later).delete()
    for name in names:
        EvidenceFactory(request=later, file=name)

    purge_evidence(at=session.results_at + KEEP_EVIDENCE)
    assert files_in(folder) >= names

    purge_evidence(at=session.results_at + KEEP_EVIDENCE + timedelta(days=30))
    assert files_in(folder) & names == set()


def test_a_draft_goes_with_its_files_14_days_after_its_last_change(make, folder, now):
    draft = make(Status.DRAFT)
    Request.objects.update(changed_at=now)

    assert purge_requests_not_sent(at=now + KEEP_DRAFTS) == 0
    assert files_in(folder) == held_in_rows() != set()
    assert purge_requests_not_sent(at=now + KEEP_DRAFTS + TICK) == 1
    assert not Request.objects.filter(pk=draft.pk).exists()
    assert files_in(folder) == set()


def test_what_was_sent_is_no_draft_whatever_its_age(make, now, folder):
    make(Status.SUBMITTED)

    assert purge_requests_not_sent(at=now + YEARS_ON) == 0
    assert files_in(folder) == held_in_rows() != set()


def test_drafts_are_left_to_their_own_date(make, now, session, folder):
    make(Status.DRAFT)

    assert purge_evidence(at=session.results_at + YEARS_ON) == 0
    assert files_in(folder) == held_in_rows() != set()


def test_a_discarded_draft_leaves_no_file(make, officer, now, folder):
    discard_request(request=make(Status.DRAFT), by=officer, at=now)

    assert files_in(folder) == set()


def add_and_fail(draft, officer, now):
    """Add a file in a transaction that is rolled back."""
    with transaction.atomic():
        add_evidence(request=draft, files=[received()], by=officer, at=now)
        raise ConnectionError


def test_a_file_left_behind_by_what_failed_is_deleted_after_a_day(make, officer, now, folder):
    draft = make(Status.DRAFT)
    kept = files_in(folder)

    with pytest.raises(ConnectionError):
        add_and_fail(draft, officer, now)
    [orphan] = files_in(folder) - kept
    os.utime(folder / orphan, (now.timestamp(), now.timestamp()))

    purge_evidence(at=now + DAY)
    assert files_in(folder) == {*kept, orphan}
    purge_evidence(at=now + DAY + timedelta(seconds=1))
    assert files_in(folder) == kept == held_in_rows()


def test_files_that_rows_name_are_kept_however_old_they_are_also_held_ones(make, now, session, folder):
    make()
    Evidence.objects.filter(pk=Evidence.objects.first().pk).update(scan_state="held")
    for name in files_in(folder):
        os.utime(folder / name, (0, 0))

    purge_evidence(at=session.results_at)

    assert len(files_in(folder) & held_in_rows()) == 2


def test_an_infected_file_that_could_not_be_deleted_goes_after_a_day(make, now, folder):
    make()
    name = Evidence.objects.first().file.name
    Evidence.objects.filter(file=name).update(scan_state="infected")

    purge_evidence(at=now + 2 * DAY)

    assert name not in files_in(folder)
    assert len(files_in(folder)) == 1
    assert Evidence.objects.filter(scan_state="infected").count() == 1


@pytest.fixture
def one_that_stays(monkeypatch):
    """Let the storage fail to delete one file; the answer is how it is mended."""

    def act(name):
        storage = storages["evidence"]
        delete = storage.delete

        def failing(each):
            if each == name:
                raise OSError("The disk is gone.")
            delete(each)

        monkeypatch.setattr(storage, "delete", failing)
        return lambda: monkeypatch.setattr(storage, "delete", delete)

    return act


def test_where_the_storage_fails_half_way_nothing_can_be_read_and_a_later_run_ends_it(
    make, session, folder, one_that_stays
):
    make()
    make()
    at = session.results_at + KEEP_EVIDENCE
    mend = one_that_stays(sorted(files_in(folder))[1])

    with pytest.raises(OSError, match="The disk is gone"):
        purge_evidence(at=at)
    assert Evidence.objects.count() == 0
    assert files_in(folder) != set()

    mend()
    purge_evidence(at=at + DAY)
    assert files_in(folder) == set()


def test_a_draft_is_discarded_though_the_storage_fails_and_its_file_goes_a_day_later(
    make, officer, now, folder, one_that_stays
):
    draft = make(Status.DRAFT)
    mend = one_that_stays(draft.evidence.first().file.name)

    discard_request(request=draft, by=officer, at=now)
    assert not Request.objects.exists()
    assert len(files_in(folder)) >= 1

    mend()
    purge_evidence(at=now + 2 * DAY)
    assert files_in(folder) == set()


def test_a_purge_of_an_installation_without_evidence_deletes_nothing(now, folder):
    folder.rmdir()

    assert purge_evidence(at=now) == purge_requests_not_sent(at=now) == 0
