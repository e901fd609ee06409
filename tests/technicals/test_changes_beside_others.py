"""Changes of entries where something else of the same person stands, came from elsewhere, or changes meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from candidates.rules.people import academic_year
from candidates.services import correct_candidate, merge_candidates, person_of
from core.moments import uk_date
from core.refusals import Refused
from technicals.enums import EntryKind, EntryState, FeeReason, WithdrawalReason
from technicals.models import FeeLine, Registration, Transfer, UnitEntry
from technicals.queries.entries import entries_of, pending_withdrawals
from technicals.rules.transferring import record_is_as_judged
from technicals.services import transferring
from technicals.services.crediting import credit_charges
from technicals.services.facts import facts_for
from technicals.services.processing import process_withdrawal
from technicals.services.restoring import restore_unit
from technicals.services.withdrawing import withdraw_registration, withdraw_unit
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    today,
)
from tests.technicals.submissions import charge

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
OVER = {"opens_on": today() - 300 * DAY, "entry_deadline": today() - 200 * DAY, "results_on": today() - DAY}
OVER |= dict.fromkeys(["late_until", "refund_until", "no_change_from"])


def codes_of(refused):
    return [refusal.code for refusal in refused.value.refusals]


@pytest.fixture
def registration(centre):
    registration = RegistrationFactory(centre=centre, candidate=CandidateFactory(centre=centre, uci="689990980001D"))
    charge(registration, 5000)
    return registration


@pytest.fixture
def move(registration, other_centre, staff, now):
    """Transfers the candidate to the other centre."""
    TechnicalsApprovalFactory(centre=other_centre)
    given = {"number": other_centre.number, "by": staff, "at": now}
    return lambda: transferring.transfer(candidate=registration.candidate, **given)


@pytest.fixture
def mistake(officer, staff, now):
    """Asks for the withdrawal of a registration as a mistake; how staff process it with the credit."""

    def ask(registration):
        withdraw_registration(registration=registration, reason=WithdrawalReason.MISTAKE, by=officer, at=now)
        return lambda: process_withdrawal(registration=registration, is_credited=True, by=staff, at=now)

    return ask


# --- what was used at the centre before -------------------------------------------------------------------------------


def test_credit_04_units_entered_at_the_centre_before_the_transfer_count_as_used(registration, move, mistake):
    used = {"centre": registration.centre, "candidate": registration.candidate}
    UnitEntryFactory(**used, series=exam_series(year=today().year, **OVER))
    moved = Registration.objects.get(candidate=move().target)

    process = mistake(moved)

    assert [pending.used for pending in pending_withdrawals()] == [1]
    with pytest.raises(Refused) as refused:
        process()
    assert codes_of(refused) == ["CREDIT-04"]
    assert not FeeLine.objects.exclude(reason=FeeReason.CHARGED).exists()


def test_credit_04_a_unit_that_went_along_is_counted_once(registration, move, mistake, officer_elsewhere, now):
    UnitEntryFactory(centre=registration.centre, candidate=registration.candidate)
    target = move().target
    withdraw_unit(entry=UnitEntry.objects.get(candidate=target), by=officer_elsewhere, at=now)

    mistake(Registration.objects.get(candidate=target))

    assert [pending.used for pending in pending_withdrawals()] == [1]


def test_a_re_entry_that_was_transferred_is_credited_without_what_it_renewed(registration, move, staff, now):
    again = QualificationFactory(code="05994", entry_kind=EntryKind.RE_ENTRY)
    own = {"centre": registration.centre, "candidate": registration.candidate}
    re_entry = RegistrationFactory(**own, qualification=again, follows=registration)
    charged = charge(re_entry, 4500)
    moved = Registration.objects.get(candidate=move().target, qualification=again)

    credits = credit_charges(entry=moved, reason=FeeReason.CORRECTION, by=staff, at=now)

    assert [credit.credits for credit in credits] == [charged]


# --- what stands beside -----------------------------------------------------------------------------------------------


def test_back_02_an_older_entry_that_came_with_a_merged_record_stands_in_the_way(centre, officer, now):
    entry = UnitEntryFactory(centre=centre)
    RegistrationFactory(centre=centre, candidate=entry.candidate)
    withdraw_unit(entry=entry, by=officer, at=now + DAY)
    same = {"candidate": entry.candidate, "unit": entry.unit, "series": entry.series}
    UnitEntryFactory(centre=centre, **same, created_at=now)

    with pytest.raises(Refused) as refused:
        restore_unit(entry=entry, by=officer, at=now + DAY)

    assert codes_of(refused) == ["BACK-02"]
    shown = entries_of(entry.candidate, today=today(), contact="")
    assert [line.can_be_restored for line in shown.units if line.entry == entry] == [False]


@pytest.fixture
def renewed(registration, centre):
    """A registration that a re-entry renewed, which was topped up: the three of them."""
    again = QualificationFactory(code="05994", entry_kind=EntryKind.RE_ENTRY)
    up = QualificationFactory(code="05995", entry_kind=EntryKind.TOP_UP, from_code="05994", to_code="05835")
    own = {"centre": centre, "candidate": registration.candidate}
    re_entry = RegistrationFactory(**own, qualification=again, follows=registration, state=EntryState.TOPPED_UP)
    return registration, re_entry, RegistrationFactory(**own, qualification=up, follows=re_entry)


def test_route_04_what_a_re_entry_renewed_stays_renewed_when_the_re_entry_is_topped_up(renewed, centre, now):
    first, re_entry, top_up = renewed

    found = facts_for(centre=centre, at=now, period="0", rows=[]).registered[first.candidate_id]

    followed = {each.id: each.followed_by for each in found}
    assert followed == {
        first.pk: re_entry.submission.number,
        re_entry.pk: top_up.submission.number,
        top_up.pk: "",
    }


def test_a_mistaken_top_up_leaves_what_cannot_stand_again_as_it_is(renewed, centre, mistake):
    first, re_entry, top_up = renewed
    other = QualificationFactory(code="05996", entry_kind=EntryKind.RE_ENTRY)
    RegistrationFactory(centre=centre, candidate=first.candidate, qualification=other, follows=first)

    mistake(top_up)()

    states = {each.pk: each.state for each in Registration.objects.all()}
    assert (states[top_up.pk], states[re_entry.pk]) == (EntryState.WITHDRAWN, EntryState.TOPPED_UP)


def test_a_charge_that_staff_credited_is_not_credited_again_by_a_withdrawal(registration, staff, now):
    [charged] = registration.fee_lines.all()
    given = {"entry": registration, "by": staff, "at": now}

    first, second = [credit_charges(reason=FeeReason.CORRECTION, **given) for _ in range(2)]

    assert ([credit.credits for credit in first], second) == ([charged], [])


# --- a record that changes while a transfer is judged -----------------------------------------------------------------


def test_transfer_11_the_record_is_as_it_was_judged():
    assert record_is_as_judged("Ann Smith", True) is None
    assert record_is_as_judged("Ann Smith", False).code == "TRANSFER-11"


@pytest.fixture
def known(registration, other_centre):
    """The record that the receiving centre has of the person, without a UCI."""
    person = {name: getattr(registration.candidate, name) for name in ("first_name", "last_name", "date_of_birth")}
    return CandidateFactory(centre=other_centre, **person)


def meanwhile(monkeypatch, act):
    """Do something after the receiving centre's records were looked through."""
    finding = transferring._finding
    monkeypatch.setattr(transferring, "_finding", lambda *args: (finding(*args), act())[0])


def assert_nothing_moved(registration):
    registration.refresh_from_db()
    assert (registration.state, Transfer.objects.count()) == (EntryState.LIVE, 0)


def test_transfer_11_a_correction_in_the_same_moment_is_not_overwritten(
    registration, known, move, officer_elsewhere, now, monkeypatch
):
    corrected = replace(person_of(known, academic_year(uk_date(now))), uln="1234567899")
    meanwhile(monkeypatch, lambda: correct_candidate(candidate=known, person=corrected, by=officer_elsewhere, at=now))

    with pytest.raises(Refused) as refused:
        move()

    assert codes_of(refused) == ["TRANSFER-11"]
    assert_nothing_moved(registration)


def test_transfer_11_nothing_is_transferred_to_a_record_that_was_merged_away(
    registration, known, move, officer_elsewhere, now, monkeypatch
):
    double = CandidateFactory(centre=known.centre, last_name="Other", date_of_birth=known.date_of_birth)
    chosen = {"first_name": "one", "last_name": "other", "date_of_birth": "other"}
    merged = {"one": known, "other": double, "stays": "other", "chosen": chosen, "by": officer_elsewhere, "at": now}
    meanwhile(monkeypatch, lambda: merge_candidates(**merged))

    with pytest.raises(Refused) as refused:
        move()

    assert codes_of(refused) == ["TRANSFER-11"]
    assert_nothing_moved(registration)
