"""Candidates whose entries staff transfer to another centre."""

from datetime import timedelta

import pytest
from django.urls import reverse

from candidates.models import Candidate
from core.history import history_of
from core.refusals import Refused
from outbox.models import OutgoingEmail
from technicals.enums import Channel, EntryState
from technicals.models import FeeLine, Registration, Submission, Transfer, UnitEntry
from technicals.rules.transferring import TransferFacts, refusals_to_transfer
from technicals.services.transferring import transfer
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    today,
)
from tests.reports.pages import words_of
from tests.technicals.submissions import charge

BUSINESS = ("Business", 3, "2016")
DAY = timedelta(days=1)
OVER = {"opens_on": today() - 300 * DAY, "entry_deadline": today() - 200 * DAY, "results_on": today() - DAY}
OVER |= dict.fromkeys(["late_until", "refund_until", "no_change_from"])


def told(**changes):
    given = {"name": "Ann Smith", "number": "62222", "families": {BUSINESS}, "approved": {BUSINESS}}
    return [(refusal.code, refusal.field) for refusal in refusals_to_transfer(TransferFacts(**(given | changes)))]


@pytest.fixture
def candidate(centre):
    return CandidateFactory(centre=centre, uci="611110270001A", candidate_number="0042", numbered_in=2026)


@pytest.fixture
def registration(candidate):
    registration = RegistrationFactory(centre=candidate.centre, candidate=candidate)
    charge(registration, 5000)
    return registration


@pytest.fixture
def approved(other_centre):
    TechnicalsApprovalFactory(centre=other_centre)
    return other_centre


@pytest.fixture
def move(candidate, approved, staff, now):
    return lambda number="62222", note="": transfer(candidate=candidate, number=number, note=note, by=staff, at=now)


def codes_of(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_transfer_01_the_receiving_centre_is_there_and_in_use():
    assert (
        told(is_known=False) == told(is_active=False) == told(number="", is_known=False) == [("TRANSFER-01", "number")]
    )


def test_transfer_02_it_is_another_centre():
    assert told(is_other=False) == [("TRANSFER-02", "number")]


def test_transfer_03_something_is_transferred():
    assert told(count=0) == [("TRANSFER-03", "")]
    assert told() == []


def test_transfer_04_no_withdrawal_is_pending():
    assert told(count=0, pending=["05834"]) == [("TRANSFER-04", "")]


def test_transfer_05_the_receiving_centre_is_approved_for_everything():
    assert told(approved=()) == [("TRANSFER-05", "number")]


def test_transfer_06_the_records_do_not_contradict_each_other():
    assert told(asks=["The UCI is known with another surname."]) == [("TRANSFER-06", "number")]


def test_transfer_07_the_receiving_centre_has_no_such_registration():
    assert told(codes=["05834"]) == [("TRANSFER-07", "number")]


def test_transfer_08_the_receiving_centre_has_no_such_unit_entry():
    assert told(units=["unit 1 in January 2027"]) == [("TRANSFER-08", "number")]


def test_transfer_09_a_record_that_was_merged_is_not_transferred():
    assert told(merged_into="Anne Smith") == [("TRANSFER-09", "")]


def test_transfer_10_the_note_has_at_most_300_characters():
    assert told(note="x" * 301) == [("TRANSFER-10", "note")]
    assert told(note="x" * 300) == []


def test_what_stands_is_transferred_with_a_copy_of_the_record_and_without_a_charge(
    move, candidate, registration, staff
):
    unit = UnitEntryFactory(centre=candidate.centre, candidate=candidate, attempt=2, is_late=True)

    made = move(note="Family moved")

    target = Candidate.objects.get(centre__number="62222")
    assert (made.source, made.target, made.by, made.note) == (candidate, target, staff, "Family moved")
    assert (target.last_name, target.uci, target.candidate_number) == (candidate.last_name, candidate.uci, "")
    arrived, entered = Registration.objects.get(candidate=target), UnitEntry.objects.get(candidate=target)
    assert (arrived.state, arrived.follows, arrived.series) == ("live", registration, registration.series)
    assert (entered.state, entered.attempt, entered.is_late, entered.series) == ("live", 2, True, unit.series)
    for before in (registration, unit):
        before.refresh_from_db()
        assert before.state == EntryState.TRANSFERRED
    assert FeeLine.objects.count() == 1


def test_it_stands_in_the_history_of_the_receiving_centre(move, registration, approved):
    move()

    submission = Submission.objects.get(centre=approved)
    assert (submission.channel, submission.status) == (Channel.TRANSFER, "submitted")
    assert submission.counts == {"registrations": 1, "unit_entries": 0}
    assert submission.note == "Transferred by OCR from centre 61111 Northgate School."


def test_what_is_over_stays_and_counts_as_an_attempt(move, registration, candidate):
    past = UnitEntryFactory(centre=candidate.centre, candidate=candidate, series=exam_series(year=today().year, **OVER))

    move()

    past.refresh_from_db()
    assert past.state == EntryState.LIVE
    assert UnitEntry.objects.count() == 1


def test_a_record_that_the_receiving_centre_has_is_used_and_filled_in(move, registration, candidate, approved):
    names = {"first_name": candidate.first_name, "last_name": candidate.last_name}
    known = CandidateFactory(centre=approved, **names, uci="", uln="1000000078")

    made = move()

    known.refresh_from_db()
    assert (made.target, known.uci, known.uln) == (known, candidate.uci, "1000000078")
    assert Candidate.objects.filter(centre=approved).count() == 1


def test_records_that_contradict_each_other_refuse_it(move, registration, candidate, approved):
    CandidateFactory(centre=approved, last_name="Other", uci=candidate.uci)

    with pytest.raises(Refused) as refused:
        move()

    assert codes_of(refused) == ["TRANSFER-06"]
    assert not Transfer.objects.exists()


def test_what_the_receiving_centre_entered_itself_refuses_it(move, registration, candidate, approved):
    known = CandidateFactory(centre=approved, last_name=candidate.last_name, uci=candidate.uci)
    RegistrationFactory(centre=approved, candidate=known)
    unit = UnitEntryFactory(centre=candidate.centre, candidate=candidate)
    UnitEntryFactory(centre=approved, candidate=known, unit=unit.unit, series=unit.series)

    with pytest.raises(Refused) as refused:
        move()

    assert codes_of(refused) == ["TRANSFER-07", "TRANSFER-08"]


def test_without_approval_to_nowhere_or_to_itself_it_is_refused(move, registration, approved):
    approved.technicals_approvals.all().delete()

    refused = []
    for number in ("62222", "99999", "61111", ""):
        with pytest.raises(Refused) as each:
            move(number)
        refused.append(codes_of(each))

    assert refused == [["TRANSFER-05"], ["TRANSFER-01"], ["TRANSFER-02"], ["TRANSFER-01"]]


def test_a_pending_withdrawal_and_nothing_at_all_refuse_it(move, registration):
    registration.state = EntryState.WITHDRAWING
    registration.save()
    with pytest.raises(Refused) as pending:
        move()
    registration.state = EntryState.WITHDRAWN
    registration.save()
    with pytest.raises(Refused) as nothing:
        move()

    assert (codes_of(pending), codes_of(nothing)) == (["TRANSFER-04"], ["TRANSFER-03"])


def test_somebody_can_be_transferred_on_and_back(move, registration, approved, centre, staff, now):
    TechnicalsApprovalFactory(centre=centre)
    there = move().target

    back = transfer(candidate=there, number="61111", by=staff, at=now)

    assert back.target == registration.candidate
    assert Registration.objects.live().get().candidate == registration.candidate
    assert Registration.objects.count() == 3


def test_both_records_and_all_entries_keep_it_in_their_history(move, registration, candidate):
    made = move()

    assert [history_of(each)[0].action for each in (candidate, made.target)] == [
        "candidate.transferred",
        "candidate.received",
    ]
    arrived = Registration.objects.live().get()
    assert [history_of(each)[0].action for each in (registration, arrived)] == [
        "technicals-entry.transferred",
        "technicals-entry.received",
    ]


def test_both_officers_are_told_and_nobody_is_named(move, registration, candidate, officer, officer_elsewhere):
    move()

    mails = {mail.to[0]: mail for mail in OutgoingEmail.objects.all()}
    assert set(mails) == {officer.email, officer_elsewhere.email}
    assert "from your centre to Southfield College (62222)" in mails[officer.email].text
    number = Submission.objects.get(centre__number="62222").number
    assert f"as {number}, and cost you nothing" in mails[officer_elsewhere.email].text
    texts = "".join(mail.subject + mail.text + mail.html for mail in mails.values())
    assert candidate.last_name not in texts


def test_the_receiving_centre_reads_that_ocr_transferred_it(move, registration, approved, officer_elsewhere, signed_in):
    move()
    number = Submission.objects.get(centre=approved).number

    words = words_of(signed_in(officer_elsewhere).get(reverse("technicals:submission", args=[number])))

    assert "OCR transferred these entries to your centre. They cost you nothing." in words
    assert "Transferred by OCR from centre 61111 Northgate School." in words
