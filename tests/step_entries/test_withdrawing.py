"""Withdrawing an entry, undoing that, and entering the candidate again."""

from datetime import timedelta

import pytest

from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from step_entries.enums import EntryStatus
from step_entries.models import StepEntry
from step_entries.services import (
    amend_entry,
    answers_of_entry,
    confirm_entries,
    hold_entries,
    submit_entry,
    undo_withdrawal,
    withdraw_entry,
    withdrawing,
)
from tests.factories.step_entries import DraftFactory

pytestmark = pytest.mark.django_db

LATER = timedelta(minutes=7)


@pytest.fixture
def draft(session, centre, officer):
    return DraftFactory(session=session, centre=centre, started_by=officer)


@pytest.fixture
def entry(draft, officer, now):
    return submit_entry(draft=draft, by=officer, at=now)


@pytest.fixture
def withdrawn(entry, officer, now):
    return withdraw_entry(entry=entry, version=1, by=officer, at=now + LATER)


def enter_again(entry, officer, now, **candidate):
    draft = DraftFactory(session=entry.session, centre=entry.centre, candidate=candidate)
    return submit_entry(draft=draft, by=officer, at=now + 2 * LATER)


def refusals_of(act, **kwargs):
    with pytest.raises(Refused) as refused:
        act(**kwargs)
    return list(refused.value.refusals)


def codes_of(act, **kwargs):
    return [refusal.code for refusal in refusals_of(act, **kwargs)]


def everything():
    rows = StepEntry.objects.order_by("pk").values(), HistoryEntry.objects.values(), OutgoingEmail.objects.values()
    return [list(each) for each in rows]


def test_a_withdrawal_writes_the_status_the_history_and_a_mail(entry, officer, now, session):
    withdraw_entry(entry=entry, version=1, by=officer, at=now + LATER)

    entry.refresh_from_db()
    assert (entry.status, entry.withdrawn_at, entry.version) == (EntryStatus.WITHDRAWN, now + LATER, 2)
    assert entry.modified_at == now
    line = HistoryEntry.objects.get(action="step-entry.withdrawn")
    assert (line.by, line.at) == (officer, now + LATER)
    assert line.changes == {"status": ["not-yet-confirmed", "withdrawn"]}
    mail = OutgoingEmail.objects.get(key=f"step-entry-withdrawn:{entry.number}:2")
    assert mail.subject == f"Entries Portal: STEP entry {entry.number} is withdrawn"
    assert "Undo withdrawal" in mail.text
    assert "2009" not in mail.text + mail.html


def test_a_confirmed_entry_is_withdrawn(entry, officer, now):
    confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)

    withdraw_entry(entry=entry, version=2, by=officer, at=now + LATER)

    entry.refresh_from_db()
    assert (entry.status, entry.confirmed_at) == (EntryStatus.WITHDRAWN, None)


def test_a_held_entry_is_withdrawn_and_its_hold_ends_with_it(entry, officer, now):
    hold_entries(entries=[entry], reason="Two entries", by=None, at=now)

    withdrawn = withdraw_entry(entry=entry, version=1, by=officer, at=now + LATER)

    assert (withdrawn.status, withdrawn.is_held, withdrawn.held_reason) == (EntryStatus.WITHDRAWN, False, "")
    assert HistoryEntry.objects.get(action="step-entry.withdrawn").changes["held_reason"] == ["Two entries", ""]


def test_a_withdrawal_after_closing_is_refused_and_changes_nothing(entry, officer, session):
    before = everything()

    assert codes_of(withdraw_entry, entry=entry, version=1, by=officer, at=session.window.ends_at) == ["WITHDRAW-01"]
    assert everything() == before


def test_a_withdrawal_of_what_was_changed_meanwhile_is_refused(entry, officer, now):
    answers = answers_of_entry(entry) | {"papers": "step-2"}
    amend_entry(entry=entry, step="papers", answers=answers, version=1, by=officer, at=now)

    assert codes_of(withdraw_entry, entry=entry, version=1, by=officer, at=now) == ["WITHDRAW-03"]


def test_an_entry_is_withdrawn_once(withdrawn, officer, now):
    before = everything()

    assert codes_of(withdraw_entry, entry=withdrawn, version=2, by=officer, at=now + LATER) == ["WITHDRAW-02"]
    assert everything() == before


def test_a_reader_withdraws_and_brings_back_nothing(entry, withdrawn, colleague, now):
    assert codes_of(undo_withdrawal, entry=withdrawn, by=colleague, at=now + LATER) == ["AMEND-03"]
    assert codes_of(withdraw_entry, entry=withdrawn, version=2, by=colleague, at=now) == ["WITHDRAW-02", "AMEND-03"]


def test_a_withdrawn_entry_is_not_amended(withdrawn, officer, now):
    answers = answers_of_entry(withdrawn) | {"last_name": "Smyth"}
    act = {"entry": withdrawn, "step": "candidate", "answers": answers, "version": 2}

    assert codes_of(amend_entry, **act, by=officer, at=now + LATER) == ["AMEND-02"]


def test_undoing_a_withdrawal_brings_the_number_back_and_waits_for_confirmation_anew(entry, officer, now):
    confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)
    withdrawn = withdraw_entry(entry=entry, version=2, by=officer, at=now + LATER)

    undo_withdrawal(entry=withdrawn, by=officer, at=now + 2 * LATER)

    entry.refresh_from_db()
    assert (entry.number, entry.status, entry.version) == ("S00001", EntryStatus.NOT_YET_CONFIRMED, 4)
    assert (entry.withdrawn_at, entry.unconfirmed_since) == (None, now + 2 * LATER)
    assert HistoryEntry.objects.get(action="step-entry.restored").changes == {
        "status": ["withdrawn", "not-yet-confirmed"]
    }
    assert OutgoingEmail.objects.filter(key="step-entry-restored:S00001:4").count() == 1


def test_undoing_a_withdrawal_after_closing_is_refused(withdrawn, officer, session):
    before = everything()

    assert codes_of(undo_withdrawal, entry=withdrawn, by=officer, at=session.window.ends_at) == ["RESTORE-01"]
    assert everything() == before


def test_undoing_a_withdrawal_in_the_last_instant_of_the_closing_minute_is_in_time(withdrawn, officer, session):
    at = session.window.ends_at - timedelta(microseconds=1)

    assert undo_withdrawal(entry=withdrawn, by=officer, at=at).is_live


def test_a_withdrawal_is_undone_once(withdrawn, officer, now):
    undo_withdrawal(entry=withdrawn, by=officer, at=now + LATER)

    assert codes_of(undo_withdrawal, entry=withdrawn, by=officer, at=now + LATER) == ["RESTORE-02"]


def test_withdraw_and_undo_again_and_again_mails_each_time(entry, officer, now):
    for version in (1, 3, 5):
        withdraw_entry(entry=entry, version=version, by=officer, at=now)
        undo_withdrawal(entry=entry, by=officer, at=now)

    keys = OutgoingEmail.objects.exclude(key__startswith="step-entry-submitted").values_list("key", flat=True)
    assert sorted(keys) == sorted(
        [f"step-entry-withdrawn:S00001:{version}" for version in (2, 4, 6)]
        + [f"step-entry-restored:S00001:{version}" for version in (3, 5, 7)]
    )


# --- the same person again --------------------------------------------------------------------------------------------


def test_a_candidate_entered_again_gets_a_new_number_and_the_old_one_is_never_given_again(withdrawn, officer, now):
    again = enter_again(withdrawn, officer, now)

    assert (again.number, again.candidate) == ("S00002", withdrawn.candidate)
    assert enter_again(withdrawn, officer, now, first_name="Bea", ucas_id="").number == "S00003"


def test_a_withdrawal_is_not_undone_beside_a_newer_entry_of_the_candidate(withdrawn, officer, now):
    again = enter_again(withdrawn, officer, now)
    declared = f"{again.number} annsmith"

    [refusal] = refusals_of(undo_withdrawal, entry=withdrawn, by=officer, at=now + LATER, different_from=declared)

    assert (refusal.code, refusal.about) == ("RESTORE-03", again.number)


def test_a_withdrawal_is_undone_when_the_newer_entry_is_withdrawn(withdrawn, officer, now):
    again = enter_again(withdrawn, officer, now)
    withdraw_entry(entry=again, version=1, by=officer, at=now + LATER)

    assert undo_withdrawal(entry=withdrawn, by=officer, at=now + LATER).is_live


@pytest.fixture
def namesake(withdrawn, officer, now):
    """An entry that got the withdrawn one's name while nobody could be asked about it."""
    other = enter_again(withdrawn, officer, now, last_name="Smyth", ucas_id="")
    answers = answers_of_entry(other) | {"last_name": "Smith"}
    return amend_entry(entry=other, step="candidate", answers=answers, version=1, by=officer, at=now + LATER)


def test_a_namesake_is_asked_about_and_can_be_declared_different(withdrawn, namesake, officer, now):
    [asked] = refusals_of(undo_withdrawal, entry=withdrawn, by=officer, at=now + LATER)

    restored = undo_withdrawal(entry=withdrawn, by=officer, at=now + LATER, different_from=asked.confirm_as)

    assert (asked.code, asked.about) == ("STEP-05", namesake.number)
    assert (restored.is_live, restored.is_different_person) == (True, True)


def test_a_colleague_who_wins_the_race_to_a_constraint_is_named_by_the_rules(withdrawn, officer, now, monkeypatch):
    again = enter_again(withdrawn, officer, now)
    real, calls = withdrawing.refusals_to_restore, []

    def blind_at_first(*facts):
        calls.append(facts)
        return real(*facts) if len(calls) > 1 else []

    monkeypatch.setattr(withdrawing, "refusals_to_restore", blind_at_first)

    [refusal] = refusals_of(undo_withdrawal, entry=withdrawn, by=officer, at=now + LATER)

    assert (refusal.code, refusal.about) == ("RESTORE-03", again.number)


def test_a_ucas_id_that_stands_on_another_entry_by_now_refuses(withdrawn, officer, now):
    enter_again(withdrawn, officer, now, first_name="Bea")

    assert codes_of(undo_withdrawal, entry=withdrawn, by=officer, at=now + LATER) == ["STEP-06"]
