"""A file in which a virus was found after it had been held: it shows nothing, and no copy of it waits for ever."""

import pytest

from outbox.models import StaffAlert
from requests_forms.enums import Kind, ScanState
from requests_forms.models import Evidence
from requests_forms.services import add_evidence, scan_held_evidence
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.requests_forms.acts import begun, do, received, refused, right_moment

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("kind", "answers", "code"),
    [
        (Kind.SPECIAL_CONSIDERATION, {"reason": "illness"}, "CONSIDER-05"),
        (Kind.WITHDRAWAL, {"reason": "medical"}, "LEAVE-02"),
    ],
)
def test_a_file_with_a_virus_is_no_evidence(entry, officer, kind, answers, code):
    draft, at = begun(kind, entry, officer, **answers), right_moment(kind, entry.session)
    add_evidence(request=draft, files=[received()], by=officer, at=at)
    Evidence.objects.update(scan_state=ScanState.INFECTED)

    assert refused(do, "send", draft, by=officer, at=at) == [code]

    add_evidence(request=draft, files=[received(is_held=True)], by=officer, at=at)
    assert do("send", draft, by=officer, at=at).status == "submitted"


def test_a_copy_that_was_made_while_the_virus_was_found_is_infected_too(entry, session, centre, now):
    first = EvidenceFactory(request=RequestFactory(entry=entry), scan_state=ScanState.INFECTED)
    other = RequestFactory(entry=StepEntryFactory(session=session, centre=centre))
    copy = EvidenceFactory(request=other, file=first.file.name, scan_state=ScanState.HELD)
    first.file.storage.delete(first.file.name)

    assert scan_held_evidence(at=now) == 0

    copy.refresh_from_db()
    assert copy.scan_state == ScanState.INFECTED
    assert [other.reference in alert.sentence for alert in StaffAlert.objects.all()] == [True]
