"""Files of evidence: checked, kept, counted, scanned, opened, taken off."""

from hashlib import sha256

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from centres.enums import Role
from core.models import HistoryEntry
from core.refusals import Refused
from core.rules.evidence import MOST_OF_CENTRE
from outbox.models import OutgoingEmail, StaffAlert
from requests_forms.enums import Kind, ScanState, Status
from requests_forms.models import Evidence
from requests_forms.services import (
    add_evidence,
    answer_request,
    ask_for_more,
    open_evidence,
    receive_files,
    remove_evidence,
    scan_held_evidence,
    send_request,
)
from tests.core.evidence_files import PLACE, jpeg, notes, pdf, png
from tests.factories.centres import CentreFactory, MembershipFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import SessionFactory, StepEntryFactory
from tests.requests_forms.acts import begun, everything, lines, received, refused, right_moment, several

pytestmark = pytest.mark.django_db

HERE = "tests.requests_forms.test_evidence"


def scanner_that_is_down(content):
    raise ConnectionRefusedError


def scanner_that_finds_nothing(content):
    return False


def scanner_that_finds_a_virus(content):
    return True


@pytest.fixture
def scanner(settings):
    """Choose the scanner that is asked from now on."""

    def choose(name):
        settings.EVIDENCE_SCANNER = f"{HERE}.scanner_that_{name}"

    return choose


@pytest.fixture
def draft(entry, officer):
    return begun(Kind.SPECIAL_CONSIDERATION, entry, officer)


def upload(name, content):
    return SimpleUploadedFile(name, content)


def test_pictures_and_documents_are_checked_by_the_child_and_kept(draft, officer, now):
    picture = png(pnginfo=notes(Where=PLACE.decode()))
    files = receive_files([upload("arm.PNG", picture), upload("arm.jpg", jpeg()), upload("letter.pdf", pdf())])

    kept = add_evidence(request=draft, files=files, by=officer, at=now)

    assert [(each.name, each.content_type, each.scan_state) for each in kept] == [
        ("arm.PNG", "image/png", "clean"),
        ("arm.jpg", "image/jpeg", "clean"),
        ("letter.pdf", "application/pdf", "clean"),
    ]
    for each in Evidence.objects.all():
        stored = each.file.open("rb").read()
        assert (each.size, each.sha256) == (len(stored), sha256(stored).hexdigest())
        assert PLACE not in stored
        assert (each.added_by, each.added_at) == (officer, now)
    assert lines(draft) == ["evidence.added"] * 3


def test_a_file_is_stored_under_a_name_that_says_nothing(draft, officer, now):
    [kept] = add_evidence(request=draft, files=[received("../Ann Smith.pdf")], by=officer, at=now)

    folder, name = kept.file.name.split("/")
    assert (len(folder), len(name), name.startswith(folder)) == (2, 32, True)
    assert int(name, 16)
    assert str(kept.key) not in kept.file.name


def test_everything_that_is_wrong_with_the_files_is_told_at_once_each_with_its_name():
    uploads = [upload("a.docx", b"x"), upload("good.png", png()), upload("b.pdf", b"no pdf"), upload("c.pdf", b"")]

    with pytest.raises(Refused) as told:
        receive_files(uploads)

    found = [(each.code, each.sentence.split(":")[0], each.field) for each in told.value.refusals]
    assert found == [
        ("EVIDENCE-03", "“a.docx”", "files"),
        ("EVIDENCE-04", "“b.pdf”", "files"),
        ("EVIDENCE-01", "“c.pdf”", "files"),
    ]


def test_evidence_10_of_six_uploads_none_is_looked_at():
    assert refused(receive_files, [upload("a.docx", b"x")] * 6) == ["EVIDENCE-10"]
    assert receive_files([]) == []


def test_evidence_10_a_request_has_five_files_and_each_answer_five_more(draft, officer, staff, now):
    add_evidence(request=draft, files=several(3), by=officer, at=now)

    assert refused(add_evidence, request=draft, files=several(3), by=officer, at=now) == ["EVIDENCE-10"]
    assert Evidence.objects.count() == 3
    add_evidence(request=draft, files=several(2), by=officer, at=now)
    assert refused(add_evidence, request=draft, files=[received()], by=officer, at=now) == ["EVIDENCE-10"]

    request = send_request(request=draft, seen=None, by=officer, at=right_moment(draft.kind, draft.entry.session))
    for _ in range(2):
        request = ask_for_more(request=request, text="More?", version=request.version, by=staff, at=now)
        answer = {"text": "", "files": several(5), "by": officer, "at": now}
        request = answer_request(request=request, version=request.version, **answer)
    assert Evidence.objects.count() == 15


def test_evidence_11_a_centre_has_room_to_the_last_byte(draft, officer, session, centre, now):
    other = EvidenceFactory(request=RequestFactory(entry=StepEntryFactory(session=session, centre=centre)))
    act = {"request": draft, "files": [received(content=b"x" * 60), received(content=b"x" * 40)]}

    Evidence.objects.filter(pk=other.pk).update(size=MOST_OF_CENTRE - 99)
    assert refused(add_evidence, **act, by=officer, at=now) == ["EVIDENCE-11"]
    assert Evidence.objects.count() == 1
    Evidence.objects.filter(pk=other.pk).update(size=MOST_OF_CENTRE - 100)
    assert len(add_evidence(**act, by=officer, at=now)) == 2


def test_evidence_11_files_of_other_centres_and_sessions_take_no_room_and_shared_ones_take_it_once(
    draft, officer, session, centre, now
):
    elsewhere = StepEntryFactory(session=session, centre=CentreFactory())
    earlier = StepEntryFactory(session=SessionFactory(), centre=centre)
    for entry in (elsewhere, earlier):
        EvidenceFactory(request=RequestFactory(entry=entry), size=MOST_OF_CENTRE)
    shared = EvidenceFactory(request=draft, size=MOST_OF_CENTRE - 100)
    other = RequestFactory(entry=StepEntryFactory(session=session, centre=centre))
    EvidenceFactory(request=other, size=shared.size, file=shared.file.name)

    assert len(add_evidence(request=draft, files=[received(content=b"x" * 100)], by=officer, at=now)) == 1


def test_a_file_is_taken_off_a_draft_and_deleted(draft, officer, priya, now, django_capture_on_commit_callbacks):
    [kept] = add_evidence(request=draft, files=[received()], by=officer, at=now)

    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence=kept, by=priya, at=now)

    assert not Evidence.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)
    assert lines(draft) == ["evidence.added", "evidence.removed"]


def test_the_same_content_is_kept_once_with_a_request_and_once_with_an_answer(draft, officer, staff, now):
    same, other = received("a.pdf", b"same"), received("b.pdf", b"same")

    assert len(add_evidence(request=draft, files=[same, other, *several(3)], by=officer, at=now)) == 4
    assert add_evidence(request=draft, files=[other], by=officer, at=now) == []
    assert Evidence.objects.count() == 4
    request = send_request(request=draft, seen=None, by=officer, at=right_moment(draft.kind, draft.entry.session))
    request = ask_for_more(request=request, text="More?", version=request.version, by=staff, at=now)
    answer_request(request=request, text="", files=[other], version=request.version, by=officer, at=now)
    assert Evidence.objects.count() == 5


@pytest.mark.parametrize("who", ["colleague", "officer_elsewhere", "stranger", "staff"])
def test_act_01_those_who_make_no_entries_for_the_centre_neither_add_nor_take_off(draft, officer, now, who, request):
    [kept] = add_evidence(request=draft, files=[received()], by=officer, at=now)
    person, before = request.getfixturevalue(who), everything()

    assert refused(add_evidence, request=draft, files=[received()], by=person, at=now) == ["ACT-01"]
    assert refused(remove_evidence, evidence=kept, by=person, at=now) == ["ACT-01"]
    assert everything() == before


def test_act_02_files_of_a_request_that_was_sent_stay_as_they_are(entry, officer, now):
    kept = EvidenceFactory(request=RequestFactory(entry=entry))
    before = everything()

    assert refused(add_evidence, request=kept.request, files=[received()], by=officer, at=now) == ["ACT-02"]
    assert refused(remove_evidence, evidence=kept, by=officer, at=now) == ["ACT-02"]
    assert everything() == before


def test_while_the_scanner_is_down_files_are_held_and_released_when_it_is_back(draft, officer, now, scanner):
    scanner("is_down")
    files = receive_files([upload("arm.png", png())])
    [kept] = add_evidence(request=draft, files=files, by=officer, at=now)
    assert (kept.scan_state, kept.can_be_opened) == (ScanState.HELD, False)

    assert scan_held_evidence(at=now) == 0
    assert Evidence.objects.get().scan_state == ScanState.HELD
    scanner("finds_nothing")
    assert scan_held_evidence(at=now) == 1

    kept.refresh_from_db()
    assert (kept.can_be_opened, kept.is_infected) == (True, False)
    assert lines(draft) == ["evidence.added", "evidence.released"]
    assert scan_held_evidence(at=now) == 0


def test_evidence_09_an_infected_upload_is_named_and_not_kept(scanner):
    scanner("finds_a_virus")

    with pytest.raises(Refused) as told:
        receive_files([upload("arm.png", png()), upload("a.docx", b"x")])

    assert [(each.code, each.sentence.split(":")[0]) for each in told.value.refusals] == [
        ("EVIDENCE-09", "“arm.png”"),
        ("EVIDENCE-03", "“a.docx”"),
    ]


def test_a_virus_found_later_deletes_the_file_keeps_its_name_and_alerts_staff(
    entry, now, scanner, session, centre, django_capture_on_commit_callbacks
):
    one = EvidenceFactory(request=RequestFactory(entry=entry), scan_state="held")
    other = RequestFactory(entry=StepEntryFactory(session=session, centre=centre))
    EvidenceFactory(request=other, file=one.file.name, scan_state="held")
    scanner("finds_a_virus")

    with django_capture_on_commit_callbacks(execute=True):
        assert scan_held_evidence(at=now) == scan_held_evidence(at=now) == 0

    assert set(Evidence.objects.values_list("name", "scan_state")) == {("letter.png", "infected")}
    assert not one.file.storage.exists(one.file.name)
    sentences = set(StaffAlert.objects.values_list("sentence", flat=True))
    assert {each.split("request ")[1].split(".")[0] for each in sentences} == {
        one.request.reference,
        other.reference,
    }
    assert OutgoingEmail.objects.filter(key__startswith="staff-alert:evidence-infected").count() == 2
    assert lines(other) == ["evidence.infected"]


def test_a_held_file_that_cannot_be_found_stays_held(entry, now, scanner):
    kept = EvidenceFactory(request=RequestFactory(entry=entry), scan_state="held")
    kept.file.storage.delete(kept.file.name)
    scanner("finds_nothing")

    assert scan_held_evidence(at=now) == 0
    assert Evidence.objects.get().scan_state == ScanState.HELD


def test_every_opening_is_in_the_history(entry, officer, staff, now):
    kept = EvidenceFactory(request=RequestFactory(entry=entry))

    for person in (staff, officer, staff):
        assert open_evidence(evidence=kept, by=person, at=now).read().startswith(b"\x89PNG")

    found = HistoryEntry.objects.filter(action="evidence.opened").order_by("pk")
    assert [(line.by, line.note, line.at) for line in found] == [
        (person, f"Evidence {kept.pk}", now) for person in (staff, officer, staff)
    ]


def test_opening_a_file_that_is_gone_fails_and_is_in_the_history(entry, staff, now):
    kept = EvidenceFactory(request=RequestFactory(entry=entry))
    kept.file.storage.delete(kept.file.name)

    with pytest.raises(FileNotFoundError):
        open_evidence(evidence=kept, by=staff, at=now)

    assert lines(kept.request) == ["evidence.opened"]


def test_evidence_is_read_by_those_who_make_entries_and_once_it_is_sent_by_staff(
    entry, centre, now, officer, priya, colleague, officer_elsewhere, stranger, staff
):
    administrator = MembershipFactory(centre=centre, role=Role.CENTRE_ADMINISTRATOR).user
    ended = MembershipFactory(centre=centre, ended_at=now).user
    everybody = (officer, priya, administrator, staff, colleague, officer_elsewhere, stranger, ended)
    of_draft = EvidenceFactory(request=RequestFactory(entry=entry, status=Status.DRAFT))
    of_sent = EvidenceFactory(request=RequestFactory(entry=entry))

    def readers(evidence):
        return [each for each in everybody if evidence in Evidence.objects.readable_by(each)]

    assert readers(of_draft) == [officer, priya, administrator]
    assert readers(of_sent) == [officer, priya, administrator, staff]
    centre.is_active = False
    centre.save()
    assert readers(of_sent) == [staff]
