"""Entries that are withdrawn at the moment at which something else happens to them."""

import time
from contextlib import suppress

import pytest
from django.db import IntegrityError

from candidates.models import Candidate
from core.refusals import Refused
from technicals.enums import EntryKind, EntryState, WithdrawalReason
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Registration, Transfer, UnitEntry
from technicals.services import crediting, entering, transferring, withdrawing
from tests.factories.technicals import (
    PriceFactory,
    QualificationFactory,
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    load_reference,
    registration_series,
)
from tests.factories.technicals_files import answers, upload_of
from tests.races.conftest import all_at_once
from tests.technicals.submissions import charge
from uploads.services import enter_queued, judge, submit_upload

CERTIFICATE, TOP_UP, LARGER = "05834", "05991", "05835"


@pytest.fixture
def slow_credit(monkeypatch):
    """A pause between the judgement of a withdrawal and its credits."""
    credit = crediting._credit
    monkeypatch.setattr(crediting, "_credit", lambda charges, *args: time.sleep(0.3) or credit(charges, *args))


@pytest.fixture
def nobody_waits(monkeypatch):
    """Withdrawals that wait neither for the centre nor for the row."""
    monkeypatch.setattr(withdrawing, "wait_for_others", lambda centre: None)
    monkeypatch.setattr(withdrawing, "lock_unit_entry", lambda entry: UnitEntry.objects.get(pk=entry.pk))

    def credit(*, entry, reason, by, at):
        return crediting._credit(list(entry.fee_lines.filter(credits=None)), reason, "", by, at)

    monkeypatch.setattr(withdrawing, "credit_charges", credit)


@pytest.fixture
def resit(centre):
    entry = UnitEntryFactory(centre=centre)
    charge(entry, 2500)
    return entry


def twice(entry, officer, now):
    """The answers to two people who withdraw one entry at the same moment."""
    return all_at_once([lambda: withdrawing.withdraw_unit(entry=entry, by=officer, at=now)] * 2)


def test_two_withdrawals_of_one_unit_at_once_credit_it_once(resit, officer, now, slow_credit):
    given = twice(resit, officer, now)

    assert sorted(type(answer).__name__ for answer in given) == ["Refused", "UnitEntry"]
    assert FeeLine.objects.filter(credits__isnull=False).count() == 1


def test_twin_where_nobody_waits_only_the_database_stops_the_second_credit(
    resit, officer, now, slow_credit, nobody_waits
):
    given = twice(resit, officer, now)

    assert [type(answer) for answer in given if isinstance(answer, Exception)] == [IntegrityError]


@pytest.fixture
def top_up(centre, officer, now):
    """A registration, and a submitted file that tops it up."""
    load_reference()
    registration_series()
    exam_series()
    TechnicalsApprovalFactory(centre=centre)
    PriceFactory()
    QualificationFactory(code=TOP_UP, entry_kind=EntryKind.TOP_UP, from_code=CERTIFICATE, to_code=LARGER)

    def submitted(**row):
        upload = upload_of([answers(0, **row)], centre=centre, by=officer, at=now)
        seen = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now).fingerprint
        return submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=officer, at=now, seen=seen)

    enter_queued(upload_pk=submitted(scheme_code=CERTIFICATE).pk, at=now)
    return Registration.objects.get(), submitted(scheme_code=TOP_UP)


@pytest.fixture
def slow_top_up(monkeypatch):
    """A pause before the registration that is topped up stands no longer."""
    settle = entering._settle_followed
    monkeypatch.setattr(entering, "_settle_followed", lambda *args: time.sleep(0.5) or settle(*args))


def both(top_up, officer, now):
    """Top a registration up and ask for its withdrawal at once; whether the withdrawal was taken."""
    registration, upload = top_up

    def withdraw():
        time.sleep(0.1)
        with suppress(Refused):
            asked = withdrawing.withdraw_registration(
                registration=registration, reason=WithdrawalReason.LEFT, by=officer, at=now
            )
            return asked.state
        return "refused"

    _, state = all_at_once([lambda: enter_queued(upload_pk=upload.pk, at=now), withdraw])
    return state


def test_a_registration_is_either_topped_up_or_withdrawn(top_up, officer, now, slow_top_up):
    state = both(top_up, officer, now)

    registration, _ = top_up
    registration.refresh_from_db()
    expected = EntryState.TOPPED_UP if state == "refused" else EntryState.WITHDRAWING
    assert registration.state == expected
    assert Registration.objects.filter(follows=registration).count() == (1 if state == "refused" else 0)


def test_twin_where_the_withdrawal_does_not_wait_it_is_lost(top_up, officer, now, slow_top_up, monkeypatch):
    monkeypatch.setattr(withdrawing, "wait_for_others", lambda centre: None)

    state = both(top_up, officer, now)

    registration, _ = top_up
    registration.refresh_from_db()
    assert (state, registration.state) == (EntryState.WITHDRAWING, EntryState.TOPPED_UP)


@pytest.fixture
def leaving(centre, other_centre):
    TechnicalsApprovalFactory(centre=other_centre)
    return RegistrationFactory(centre=centre)


@pytest.fixture
def slow_transfer(monkeypatch):
    """A pause between the judgement of a transfer and what it makes."""
    record_at = transferring._record_at
    monkeypatch.setattr(transferring, "_record_at", lambda *args: time.sleep(0.3) or record_at(*args))


def transferred_twice(registration, staff, now):
    act = lambda: transferring.transfer(candidate=registration.candidate, number="62222", by=staff, at=now)  # noqa: E731
    return all_at_once([act] * 2)


def test_two_transfers_of_one_candidate_at_once_are_one(leaving, staff, now, slow_transfer):
    given = transferred_twice(leaving, staff, now)

    assert sorted(type(answer).__name__ for answer in given) == ["Refused", "Transfer"]
    assert (Transfer.objects.count(), Registration.objects.count()) == (1, 2)


def test_twin_where_transfers_do_not_wait_only_the_database_stops_the_second(
    leaving, staff, now, slow_transfer, monkeypatch
):
    monkeypatch.setattr(transferring, "_wait_for_both", lambda *centres: None)
    monkeypatch.setattr(type(Candidate.objects), "lock", _plain)
    monkeypatch.setattr(transferring, "what_moves", _unlocked(transferring.what_moves))

    given = transferred_twice(leaving, staff, now)

    assert sorted(type(answer).__name__ for answer in given) == ["IntegrityError", "Transfer"]


def _plain(manager, *pks):
    return {each.pk: each for each in manager.filter(pk__in=pks)}


def _unlocked(moves):
    return lambda candidate, at, is_locked=False: moves(candidate, at)
