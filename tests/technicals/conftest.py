"""A centre that can enter for Business, and files of it on their way."""

import pytest

from technicals.enums import EntryKind, PriceKind
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Submission
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    TechnicalsApprovalFactory,
    exam_series,
    load_reference,
    registration_series,
)
from tests.factories.technicals_files import FULL, upload_of
from uploads.services import enter_queued, judge, submit_upload

CERTIFICATE, TOP_UP, MOVE_DOWN = "05834", "05991", "05992"


@pytest.fixture
def january(centre):
    """The January that is open; the centre is approved for Business, and there are prices."""
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    for kind, amount in ((PriceKind.REGISTRATION, 5000), (PriceKind.RESIT, 2500), (PriceKind.LATE, 1200)):
        PriceFactory(kind=kind, amount=amount)
    QualificationFactory(code=TOP_UP, entry_kind=EntryKind.TOP_UP, from_code=CERTIFICATE, to_code=FULL)
    QualificationFactory(code=MOVE_DOWN, entry_kind=EntryKind.MOVING_DOWN, from_code=FULL, to_code=CERTIFICATE)
    return exam_series()


@pytest.fixture
def upload(january, centre, officer, now):
    """Takes a file in with these rows."""
    return lambda *rows, **more: upload_of(list(rows), centre=centre, by=officer, at=now, **more)


@pytest.fixture
def submit(officer, now):
    """Submits an upload as it stands, with whatever has to be accepted."""

    def act(upload):
        judgement = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now)
        assert [row.verdict.refusals for row in judgement.to_mend] == []
        accepted = TECHNICALS_ENTRIES.preview([row.verdict for row in judgement.ready]).accept_as
        seen = {"seen": judgement.fingerprint, "accepted": accepted}
        return submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=officer, at=now, **seen)

    return act


@pytest.fixture
def enter(upload, submit, now):
    """Takes a file in, submits it and enters its rows."""

    def act(*rows, **more):
        submitted = submit(upload(*rows, **more))
        assert enter_queued(upload_pk=submitted.pk, at=now)
        return Submission.objects.get(upload=submitted)

    return act
