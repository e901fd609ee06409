"""A spreadsheet from the upload to its entries, through the services."""

import pytest

from candidates.models import Candidate
from core.models import HistoryEntry
from core.refusals import Refused
from technicals.enums import PriceKind, SubmissionStatus
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Registration, Submission, UnitEntry
from tests.factories.technicals import (
    PriceFactory,
    TechnicalsApprovalFactory,
    exam_series,
    load_reference,
    registration_series,
)
from tests.factories.technicals_files import answers, upload_of
from uploads.enums import UploadState
from uploads.services import enter_queued, judge, submit_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(centre):
    """A centre that is approved for Business, with the catalogue, the registrations and an open January."""
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    PriceFactory()
    return exam_series()


def seen(upload, at):
    return judge(upload=upload, kind=TECHNICALS_ENTRIES, at=at).fingerprint


def submitted(upload, by, at, accepted=""):
    """The upload, submitted and entered."""
    submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=by, at=at, seen=seen(upload, at), accepted=accepted)
    assert enter_queued(upload_pk=upload.pk, at=at)
    upload.refresh_from_db()
    return upload


def test_registrations_and_their_units_are_entered_from_one_file(ready, centre, officer, now):
    rows = [answers(0, unit_1="1", unit_2="02"), answers(0), answers(1)]
    upload = upload_of(rows, centre=centre, by=officer, at=now, order="PO 17")

    submitted(upload, officer, now)

    submission = Submission.objects.get()
    assert submission.status == SubmissionStatus.PROCESSING_COMPLETE
    assert submission.counts == {"rows": 3, "registrations": 2, "unit_entries": 2}
    assert upload.state == UploadState.ENTERED
    assert Candidate.objects.filter(centre=centre).count() == 2
    assert Registration.objects.count() == 2
    assert list(UnitEntry.objects.order_by("unit__number").values_list("unit__number", "order_number")) == [
        (1, "PO 17"),
        (2, "PO 17"),
    ]
    assert list(FeeLine.objects.values_list("kind", "amount")) == [(PriceKind.REGISTRATION, 5000)] * 2
    assert HistoryEntry.objects.filter(action="technicals-registration.submitted").count() == 2


def test_nothing_is_an_entry_before_submit(ready, centre, officer, now):
    upload = upload_of([answers(0)], centre=centre, by=officer, at=now)

    assert upload.state == UploadState.OPEN
    assert not Registration.objects.exists()
    assert not Candidate.objects.exists()


def test_submit_waits_until_nothing_is_red(ready, centre, officer, now):
    upload = upload_of([answers(0), answers(1, scheme_code="99999")], centre=centre, by=officer, at=now)

    with pytest.raises(Refused) as refused:
        submitted(upload, officer, now)

    assert [refusal.code for refusal in refused.value.refusals] == ["UPLOAD-10"]
    assert not Submission.objects.exists()
