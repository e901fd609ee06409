"""Withdrawals of unit entries that are undone, and what is charged again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from core.history import history_of
from core.refusals import Refused
from technicals.enums import EntryState, FeeReason
from technicals.models import FeeLine, UnitEntry
from technicals.rules.restoring import RestoreFacts, refusals_to_restore
from technicals.services.restoring import restore_unit
from technicals.services.transferring import transfer
from technicals.services.withdrawing import withdraw_unit
from tests.factories.technicals import (
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    today,
)
from tests.reports.pages import words_of
from tests.technicals.submissions import charge

DAY = timedelta(days=1)


def told(**changes):
    given = {"state": EntryState.WITHDRAWN, "today": today(), "code": "05834", "refund_until": today()}
    return [refusal.code for refusal in refusals_to_restore(RestoreFacts(**(given | changes)))]


@pytest.fixture
def entry(centre):
    """A resit, entered late, of somebody who is registered."""
    entry = UnitEntryFactory(centre=centre)
    RegistrationFactory(centre=centre, candidate=entry.candidate, qualification=entry.qualification)
    charge(entry, 2500, order_number="PO 17")
    charge(entry, 1200)
    return entry


@pytest.fixture
def withdraw(officer, now):
    return lambda entry, **typed: withdraw_unit(entry=entry, by=officer, at=now, **typed)


@pytest.fixture
def restore(officer, now):
    return lambda entry, later=0: restore_unit(entry=entry, by=officer, at=now + timedelta(minutes=later))


def amounts(entry):
    return list(FeeLine.objects.filter(unit_entry=entry).order_by("pk").values_list("reason", "amount"))


def test_back_01_a_withdrawal_is_undone_until_the_last_day_for_a_refund():
    assert told() == []
    assert told(refund_until=today() - DAY) == ["BACK-01"]
    assert told(refund_until=None) == ["BACK-01"]
    assert told(state=EntryState.LIVE) == told(state=EntryState.ABSENT) == ["BACK-01"]


def test_back_02_it_is_not_undone_where_the_unit_was_entered_since():
    assert told(is_entered_again=True) == ["BACK-02"]


def test_back_03_it_is_undone_under_a_registration_that_stands():
    assert told(is_registered=False) == ["BACK-03"]
    assert told(is_registered=False, is_entered_again=True) == ["BACK-02", "BACK-03"]


@pytest.mark.django_db
def test_what_was_credited_is_charged_again_under_its_order_number(entry, withdraw, restore, officer):
    withdraw(entry)

    restored = restore(entry)

    assert (restored.state, restored.withdrawal_asked_at, restored.withdrawal_reason) == (EntryState.LIVE, None, "")
    charged, refund = FeeReason.CHARGED, FeeReason.REFUND
    assert amounts(entry) == [
        (charged, 2500), (charged, 1200), (refund, -2500), (refund, -1200), (charged, 2500), (charged, 1200)
    ]  # fmt: skip
    assert FeeLine.objects.latest("-pk").order_number == "PO 17"
    line = history_of(entry).latest("pk")
    assert (line.action, line.by) == ("technicals-unit-entry.withdrawal-undone", officer)


@pytest.mark.django_db
def test_withdrawn_and_undone_over_and_over_it_costs_what_it_did(entry, withdraw, restore, officer, now):
    for minutes in (0, 2, 4):
        withdraw_unit(entry=entry, by=officer, at=now + timedelta(minutes=minutes))
        restore(entry, later=minutes + 1)

    assert sum(amount for _, amount in amounts(entry)) == 3700
    assert len(amounts(entry)) == 2 + 3 * 4


@pytest.mark.django_db
def test_a_second_click_charges_nothing_twice(entry, withdraw, restore):
    withdraw(entry)
    restore(entry)

    with pytest.raises(Refused) as refused:
        restore(entry)

    assert [refusal.code for refusal in refused.value.refusals] == ["BACK-01"]
    assert sum(amount for _, amount in amounts(entry)) == 3700


@pytest.mark.django_db
def test_entered_again_in_another_series_the_first_stays_withdrawn(entry, withdraw, restore):
    withdraw(entry)
    again = {"candidate": entry.candidate, "unit": entry.unit, "centre": entry.centre}
    UnitEntryFactory(series=exam_series("june"), **again)

    with pytest.raises(Refused) as refused:
        restore(entry)

    assert [refusal.code for refusal in refused.value.refusals] == ["BACK-02"]


@pytest.mark.django_db
def test_after_a_transfer_the_centre_that_was_charged_is_credited_and_charged_again(
    entry, centre, other_centre, officer_elsewhere, staff, now, restore
):
    TechnicalsApprovalFactory(centre=other_centre)
    transfer(candidate=entry.candidate, number=other_centre.number, by=staff, at=now)
    moved = UnitEntry.objects.get(centre=other_centre)

    withdraw_unit(entry=moved, by=officer_elsewhere, at=now)

    credits = FeeLine.objects.filter(reason=FeeReason.REFUND)
    assert list(credits.order_by("pk").values_list("centre", "amount")) == [(centre.pk, -2500), (centre.pk, -1200)]
    restore_unit(entry=moved, by=officer_elsewhere, at=now + timedelta(minutes=1))
    assert sum(FeeLine.objects.values_list("amount", flat=True)) == 3700
    assert set(FeeLine.objects.values_list("centre", flat=True)) == {centre.pk}


@pytest.mark.django_db
def test_the_page_of_the_entries_offers_it_and_says_until_when(client, entry, officer, withdraw):
    withdraw(entry)
    client.force_login(officer)
    page = reverse("technicals:candidate", args=[entry.candidate.key])
    assert "Undo withdrawal of unit 1 in January" in words_of(client.get(page))

    address = [entry.candidate.key, entry.qualification.code, entry.unit.number, entry.series.slug]
    answer = client.post(reverse("technicals:unit-undo", args=address), follow=True)

    assert f"The entry for unit 1 in {entry.series} stands as before. What was credited is charged again." in words_of(
        answer
    )
    entry.refresh_from_db()
    assert entry.state == EntryState.LIVE
