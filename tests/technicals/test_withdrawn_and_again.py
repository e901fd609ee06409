"""What the next entry for a unit is and costs, once an earlier one was withdrawn, or transferred with the candidate."""

from datetime import timedelta
from itertools import count

import pytest

from technicals.enums import EntryState, PriceKind, WithdrawalReason
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Registration, Series, UnitEntry
from technicals.services.transferring import transfer
from technicals.services.withdrawing import withdraw_registration, withdraw_unit
from tests.factories.technicals import TechnicalsApprovalFactory, today
from tests.factories.technicals_files import answers
from uploads.services import judge

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def sit(enter):
    """Enters Ann Smith for unit 1 by a file of her own; the entry, and what it cost."""
    numbers = count()
    enter(answers())

    def act():
        enter(answers(unit_1="1", own_reference=f"file {next(numbers)}"))
        entry = UnitEntry.objects.latest("pk")
        return entry, [(line.kind, line.amount) for line in entry.fee_lines.all()]

    return act


@pytest.fixture
def withdraw(officer, now):
    return lambda entry, reason="": withdraw_unit(entry=entry, reason=reason, by=officer, at=now)


def after_the_refund_date():
    Series.objects.of_exams().update(refund_until=today() - DAY)


def test_withdrawn_free_it_is_entered_again_as_if_for_the_first_time(sit, withdraw):
    first, _ = sit()
    withdraw(first)

    again, charged = sit()

    assert (again.attempt, charged) == (1, [])


def test_a_resit_that_is_withdrawn_free_costs_nothing_in_the_end(sit, withdraw):
    UnitEntry.objects.filter(pk=sit()[0].pk).update(state=EntryState.ABSENT)
    resit, charged = sit()

    withdraw(resit)

    assert charged == [(PriceKind.RESIT, 2500)]
    assert sum(line.amount for line in FeeLine.objects.filter(unit_entry=resit)) == 0


def test_after_the_refund_date_the_next_entry_is_charged_as_a_resit_but_is_no_further_attempt(sit, withdraw):
    first, _ = sit()
    after_the_refund_date()
    withdraw(first, WithdrawalReason.LEFT)

    again, charged = sit()

    assert (again.attempt, charged) == (1, [(PriceKind.RESIT, 2500)])


def test_after_bereavement_the_next_entry_is_not_charged(sit, withdraw):
    first, _ = sit()
    after_the_refund_date()
    withdraw(first, WithdrawalReason.BEREAVEMENT)

    again, charged = sit()

    assert (again.attempt, charged) == (1, [])


def test_while_a_withdrawal_is_pending_nothing_new_is_entered(sit, upload, officer, now):
    registration = Registration.objects.get()
    withdraw_registration(registration=registration, reason=WithdrawalReason.LEFT, by=officer, at=now)

    judgement = judge(upload=upload(answers(unit_1="1")), kind=TECHNICALS_ENTRIES, at=now)

    assert [refusal.code for refusal in judgement.to_mend[0].verdict.refusals] == ["REG-03"]


def test_at_the_receiving_centre_nothing_is_charged_and_the_old_one_enters_nothing_more(
    sit, other_centre, staff, upload, now
):
    TechnicalsApprovalFactory(centre=other_centre)
    entry, _ = sit()
    before = FeeLine.objects.count()

    transfer(candidate=entry.candidate, number=other_centre.number, by=staff, at=now)

    assert FeeLine.objects.count() == before
    assert UnitEntry.objects.live().get().attempt == 1
    judgement = judge(upload=upload(answers(unit_1="1", own_reference="more")), kind=TECHNICALS_ENTRIES, at=now)
    assert [refusal.code for refusal in judgement.to_mend[0].verdict.refusals] == ["REG-01"]
