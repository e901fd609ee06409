"""Entering fails: nothing of a file stands, its next turn enters all of it, and after three failures it is given up."""

import pytest

from candidates.models import Candidate
from candidates.services import people as people_services
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from technicals.enums import SubmissionStatus as Status
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Price, Registration, Submission, UnitEntry
from technicals.services import entering
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory
from tests.factories.technicals_files import FULL, answers
from uploads.enums import UploadState
from uploads.rules.kinds import Batch
from uploads.services import enter_queued, judge

pytestmark = pytest.mark.django_db
UCI = "689990980001D"
FAILING = {
    "registering people": (entering, "register_people"),
    "correcting people": (people_services, "record"),
    "registrations": (entering, "_registrations"),
    "unit entries": (entering, "_unit_entries"),
    "fee lines": (entering, "_fee_lines"),
    "history": (entering, "record_ids"),
    "the last move": (entering, "move"),
}


class Broken(Exception):
    """Something of ours fails."""


def break_it(monkeypatch, place):
    def fail(*args, **kwargs):
        raise Broken

    module, name = FAILING[place]
    monkeypatch.setattr(module, name, fail)


@pytest.fixture
def waiting(upload, submit, centre):
    """A file that is submitted, and would register somebody new and correct a record."""
    CandidateFactory(centre=centre, last_name="Smith")
    rows = answers(1), answers(1, unit_1="1"), answers(0, last_name="Smith", uci=UCI)
    return submit(upload(*rows))


def what_stands():
    models = (Candidate, Registration, UnitEntry, FeeLine)
    return [model.objects.count() for model in models], Candidate.objects.filter(uci=UCI).count()


@pytest.mark.parametrize("place", FAILING)
def test_f29_where_one_thing_fails_nothing_is_entered_and_the_next_call_enters_all(waiting, now, monkeypatch, place):
    history = HistoryEntry.objects.exclude(action="technicals-submission.moved").count()
    with monkeypatch.context() as patch:
        break_it(patch, place)
        with pytest.raises(Broken):
            enter_queued(upload_pk=waiting.pk, at=now)

    waiting.refresh_from_db()
    assert what_stands() == ([1, 0, 0, 0], 0)
    assert HistoryEntry.objects.exclude(action="technicals-submission.moved").count() == history
    assert (waiting.state, set(waiting.rows.values_list("state", flat=True))) == (UploadState.QUEUED, {"open"})
    assert Submission.objects.get().status == Status.PROCESSING_IN_PROGRESS

    assert enter_queued(upload_pk=waiting.pk, at=now)
    assert what_stands() == ([2, 2, 1, 2], 1)


def test_submit_01_after_three_failures_it_is_rejected_and_staff_are_told(waiting, now, monkeypatch, settings):
    settings.STAFF_ALERT_EMAIL = "alarm@board.example"
    break_it(monkeypatch, "fee lines")
    for _ in range(3):
        with pytest.raises(Broken):
            enter_queued(upload_pk=waiting.pk, at=now)

    assert enter_queued(upload_pk=waiting.pk, at=now) is False

    waiting.refresh_from_db()
    submission = Submission.objects.get()
    assert (submission.status, submission.attempts) == (Status.READ_AND_REJECTED, 3)
    assert [refusal["code"] for refusal in submission.refusals] == ["SUBMIT-01"]
    assert submission.number in submission.refusals[0]["sentence"]
    assert waiting.state == UploadState.OPEN
    assert what_stands() == ([1, 0, 0, 0], 0)
    [alarm] = OutgoingEmail.objects.all()
    assert (alarm.to, submission.number in alarm.text) == (["alarm@board.example"], True)


def test_a_rejected_file_can_be_submitted_again_as_it_is(waiting, submit, now, monkeypatch):
    with monkeypatch.context() as patch:
        break_it(patch, "fee lines")
        for _ in range(3):
            with pytest.raises(Broken):
                enter_queued(upload_pk=waiting.pk, at=now)
    enter_queued(upload_pk=waiting.pk, at=now)
    waiting.refresh_from_db()

    submit(waiting)
    assert enter_queued(upload_pk=waiting.pk, at=now)

    assert what_stands() == ([2, 2, 1, 2], 1)
    assert sorted(Submission.objects.values_list("status", flat=True)) == [
        Status.PROCESSING_COMPLETE,
        Status.READ_AND_REJECTED,
    ]


def test_what_a_colleague_entered_between_submit_and_now_is_told_by_row(waiting, centre, now):
    RegistrationFactory(
        centre=centre, candidate=Candidate.objects.get(), qualification__code=FULL, submission__number="CT700000"
    )

    assert enter_queued(upload_pk=waiting.pk, at=now) is False

    assert what_stands() == ([1, 1, 0, 0], 0)
    assert Submission.objects.get(upload=waiting).status == Status.READ_AND_REJECTED


def test_submit_02_a_file_of_which_every_row_stands_entered_meanwhile_is_a_duplicate(waiting, enter, now):
    rows = answers(1), answers(1, unit_1="1"), answers(0, last_name="Smith", own_reference="first")
    first = enter(*rows)

    assert enter_queued(upload_pk=waiting.pk, at=now) is False

    second = Submission.objects.get(upload=waiting)
    assert second.status == Status.DUPLICATE_FILE
    assert [(each["code"], each["row"]) for each in second.refusals] == [("SUBMIT-02", row) for row in (None, 2, 3, 4)]
    assert second.refusals[1]["sentence"] == f"Entered in {first.number}."
    assert Registration.objects.count() == 2


def test_submit_03_a_record_that_is_merged_after_the_judgement_holds_everything_up(waiting, centre, now, monkeypatch):
    other, enter_people = CandidateFactory(centre=centre, last_name="Bell"), entering._candidates

    def merged_meanwhile(*args):
        Candidate.objects.filter(last_name="Smith").update(merged_into=other)
        return enter_people(*args)

    monkeypatch.setattr(entering, "_candidates", merged_meanwhile)

    assert enter_queued(upload_pk=waiting.pk, at=now) is False

    submission = Submission.objects.get()
    assert (submission.status, submission.refusals[0]["code"]) == (Status.READ_AND_REJECTED, "SUBMIT-03")
    assert not Registration.objects.exists()


def test_submit_03_a_record_that_is_corrected_after_the_judgement_is_not_overwritten(
    upload, submit, centre, now, monkeypatch
):
    ann, enter_people = CandidateFactory(centre=centre, last_name="Smith"), entering._candidates
    waiting = submit(upload(answers(0, last_name="Smith", uci="689990980001D")))

    def corrected_meanwhile(*args):
        Candidate.objects.filter(pk=ann.pk).update(middle_names="Mary")
        return enter_people(*args)

    monkeypatch.setattr(entering, "_candidates", corrected_meanwhile)

    assert enter_queued(upload_pk=waiting.pk, at=now) is False

    ann.refresh_from_db()
    assert ann.uci == ""
    assert Submission.objects.get().refusals[0]["code"] == "SUBMIT-03"


def test_upload_05_a_price_that_changes_between_submit_and_processing_is_charged_to_nobody(upload, submit, now):
    waiting = submit(upload(answers(0)))
    Price.objects.update(amount=9900)

    assert enter_queued(upload_pk=waiting.pk, at=now) is False

    submission = Submission.objects.get()
    assert (submission.status, submission.refusals[0]["code"]) == (Status.READ_AND_REJECTED, "UPLOAD-05")
    assert not FeeLine.objects.exists()


def test_submit_04_rows_of_a_submission_that_staff_handle_are_not_entered(waiting, centre, officer, now):
    Submission.objects.update(status=Status.OCR_HANDLING_THIS)
    ready = judge(upload=waiting, kind=TECHNICALS_ENTRIES, at=now).ready
    batch = Batch(
        waiting.period, centre, [row.typed for row in ready], officer, now, waiting, [row.verdict for row in ready]
    )

    with pytest.raises(Refused) as refused:
        entering.enter_rows(batch)

    assert [refusal.code for refusal in refused.value.refusals] == ["SUBMIT-04"]
    assert not Registration.objects.exists()
