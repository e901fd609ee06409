"""Registrations whose withdrawal a centre asks for, and what staff make of it."""

from datetime import timedelta

import pytest

from core.history import history_of
from core.refusals import Refused
from outbox.models import OutgoingEmail
from technicals.enums import EntryKind, EntryState, FeeReason, WithdrawalReason
from technicals.models import FeeLine
from technicals.rules.crediting import correction_is_of_a_mistake
from technicals.rules.withdrawing import RegistrationFacts, refusals_to_withdraw_registration, refusing_says_why
from technicals.services.processing import process_withdrawal, refuse_withdrawal
from technicals.services.withdrawing import undo_withdrawal, withdraw_registration
from tests.factories.technicals import QualificationFactory, RegistrationFactory, UnitEntryFactory, exam_series, today
from tests.technicals.submissions import charge

DAY = timedelta(days=1)
OVER = {
    "opens_on": today() - 300 * DAY,
    "entry_deadline": today() - 200 * DAY,
    "refund_until": today() - 150 * DAY,
    "no_change_from": today() - 20 * DAY,
    "results_on": today() - DAY,
}


@pytest.fixture
def registration(centre):
    registration = RegistrationFactory(centre=centre)
    charge(registration, 5000)
    return registration


@pytest.fixture
def ask(priya, now):
    def act(registration, reason=WithdrawalReason.LEFT, note=""):
        return withdraw_registration(registration=registration, reason=reason, note=note, by=priya, at=now)

    return act


@pytest.fixture
def process(staff, now):
    return lambda registration, **more: process_withdrawal(registration=registration, by=staff, at=now, **more)


def told(**changes):
    given = {"state": EntryState.LIVE, "code": "05834", "reason": WithdrawalReason.LEFT}
    refusals = refusals_to_withdraw_registration(RegistrationFacts(**(given | changes)))
    return [(refusal.code, refusal.field) for refusal in refusals]


def codes_of(refused):
    return [refusal.code for refusal in refused.value.refusals]


def test_out_07_a_registration_is_withdrawn_while_it_stands_and_asked_for_once():
    assert told(state=EntryState.WITHDRAWING) == [("OUT-07", "")]
    assert told(state=EntryState.TOPPED_UP) == [("OUT-07", "")]
    assert told() == []


def test_out_08_unit_entries_without_results_are_named():
    [refusal] = refusals_to_withdraw_registration(
        RegistrationFacts(EntryState.LIVE, "05834", ["unit 1 in January 2027", "unit 2 in June 2027"])
    )

    assert refusal.code == "OUT-08"
    assert "entered for unit 1 in January 2027 and unit 2 in June 2027" in refusal.sentence


def test_out_09_the_reason_is_one_of_the_list():
    assert told(reason="") == [("OUT-09", "reason")]
    assert told(reason=WithdrawalReason.MEDICAL) == [("OUT-09", "reason")]
    assert told(reason=WithdrawalReason.OTHER) == [("OUT-05", "note")]


def test_out_11_whoever_refuses_says_why_and_shortly():
    assert refusing_says_why(" ").field == "note"
    assert refusing_says_why("x" * 301).code == "OUT-11"
    assert refusing_says_why("Results are claimed") is None


def test_it_is_pending_until_staff_process_it(ask, registration, now):
    asked = ask(registration, WithdrawalReason.OTHER, "Course closed")

    assert (asked.state, asked.withdrawal_asked_at, asked.withdrawal_note) == ("withdrawing", now, "Course closed")
    with pytest.raises(Refused, match="pending already"):
        ask(registration)


def test_a_unit_entry_of_the_family_without_results_stands_in_the_way(ask, registration, centre):
    larger = QualificationFactory(code="05835", size="Extended Certificate")
    entry = UnitEntryFactory(centre=centre, candidate=registration.candidate, qualification=larger)

    with pytest.raises(Refused) as refused:
        ask(registration)

    assert codes_of(refused) == ["OUT-08"]
    assert f"unit 1 in {entry.series}" in str(refused.value)


def test_units_of_others_withdrawn_ones_and_those_with_results_do_not(ask, registration, centre):
    mine = {"centre": centre, "candidate": registration.candidate}
    UnitEntryFactory(centre=centre)
    UnitEntryFactory(**mine, state=EntryState.ABSENT)
    UnitEntryFactory(**mine, series=exam_series(year=today().year, **OVER))
    UnitEntryFactory(**mine, unit__subject="IT", unit__number=2)

    assert ask(registration).state == EntryState.WITHDRAWING


def test_it_can_be_undone_while_it_is_pending(ask, registration, officer, now):
    ask(registration)

    undone = undo_withdrawal(registration=registration, by=officer, at=now)

    assert (undone.state, undone.withdrawal_asked_at, undone.withdrawal_reason) == ("live", None, "")
    assert [change.action for change in history_of(registration)] == [
        "technicals-registration.withdrawal-undone",
        "technicals-registration.withdrawal-asked",
    ]


def test_out_10_what_is_not_pending_is_neither_undone_nor_processed_nor_refused(registration, officer, process, now):
    for act in (
        lambda: undo_withdrawal(registration=registration, by=officer, at=now),
        lambda: process(registration),
        lambda: refuse_withdrawal(registration=registration, note="No", by=officer, at=now),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes_of(refused) == ["OUT-10"]


def test_processed_it_is_withdrawn_without_a_refund(ask, registration, process):
    ask(registration)

    assert process(registration).state == EntryState.WITHDRAWN
    assert FeeLine.objects.count() == 1


def test_a_mistake_of_which_nothing_was_used_is_credited_where_staff_say_so(ask, registration, process):
    ask(registration, WithdrawalReason.MISTAKE)

    process(registration, is_credited=True)

    credit = FeeLine.objects.exclude(credits=None).get()
    assert (credit.amount, credit.reason, credit.registration) == (-5000, FeeReason.CORRECTION, registration)


def test_credit_04_only_a_mistake_under_which_no_unit_was_entered_is_credited(ask, registration, process, centre):
    assert correction_is_of_a_mistake(WithdrawalReason.LEFT, "05834", 0).code == "CREDIT-04"
    assert correction_is_of_a_mistake(WithdrawalReason.MISTAKE, "05834", 0) is None
    ask(registration, WithdrawalReason.MISTAKE)
    used = {"candidate": registration.candidate, "qualification": registration.qualification}
    UnitEntryFactory(centre=centre, state=EntryState.WITHDRAWN, **used)

    with pytest.raises(Refused) as refused:
        process(registration, is_credited=True)

    assert codes_of(refused) == ["CREDIT-04"]
    assert process(registration).state == EntryState.WITHDRAWN


@pytest.fixture
def topped_up(centre):
    """A registration that was topped up, and the top-up that stands."""
    before = RegistrationFactory(centre=centre, state=EntryState.TOPPED_UP)
    code = QualificationFactory(code="05991", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835")
    after = RegistrationFactory(centre=centre, candidate=before.candidate, qualification=code, follows=before)
    charge(after, 3000)
    return before, after


def test_a_top_up_by_mistake_is_taken_back_and_what_it_followed_stands_again(ask, process, topped_up):
    before, after = topped_up
    ask(after, WithdrawalReason.MISTAKE)

    process(after, is_credited=True)

    before.refresh_from_db()
    assert before.state == EntryState.LIVE
    assert history_of(before)[0].action == "technicals-registration.restored"


def test_what_it_followed_stays_where_nothing_is_credited_or_the_code_is_registered_again(ask, process, topped_up):
    before, after = topped_up
    again = RegistrationFactory(centre=before.centre, candidate=before.candidate)
    ask(after, WithdrawalReason.MISTAKE)

    process(after, is_credited=True)

    before.refresh_from_db()
    assert (before.state, again.state) == (EntryState.TOPPED_UP, EntryState.LIVE)


def test_a_top_up_that_was_left_does_not_bring_back_what_it_followed(ask, process, topped_up):
    before, after = topped_up
    ask(after)

    process(after)

    before.refresh_from_db()
    assert before.state == EntryState.TOPPED_UP


def test_refused_it_stands_and_the_centre_reads_why(ask, registration, staff, now):
    ask(registration)

    refused = refuse_withdrawal(registration=registration, note="Units are claimed.", by=staff, at=now)

    assert refused.state == EntryState.LIVE
    assert history_of(registration)[0].changes["note"] == [None, "Units are claimed."]
    assert "Our note: Units are claimed." in OutgoingEmail.objects.get().text


def test_whoever_asked_is_told_with_a_copy_to_the_exams_officer_and_without_a_name(
    ask, registration, process, officer, priya
):
    ask(registration, WithdrawalReason.MISTAKE)

    process(registration, is_credited=True)

    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.cc) == ([priya.email], [officer.email])
    assert mail.subject == "Entries Portal: the withdrawal of a registration under 05834 was processed"
    assert "What was charged for it is credited" in mail.text
    assert registration.submission.number in mail.text
    assert registration.candidate.last_name not in mail.subject + mail.text + mail.html
