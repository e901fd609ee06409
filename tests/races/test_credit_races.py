"""What is credited to the centre before a transfer, by its new centre and by staff in the same moment."""

import time

import pytest

from technicals.enums import FeeReason
from technicals.models import FeeLine, UnitEntry
from technicals.services import crediting, withdrawing
from technicals.services.transferring import transfer
from tests.factories.technicals import RegistrationFactory, TechnicalsApprovalFactory, UnitEntryFactory
from tests.races.conftest import all_at_once
from tests.technicals.submissions import charge


@pytest.fixture
def moved(centre, other_centre, staff, now):
    """A unit entry that was charged to the centre before it was transferred, and the charge."""
    TechnicalsApprovalFactory(centre=other_centre)
    entry = UnitEntryFactory(centre=centre)
    RegistrationFactory(centre=centre, candidate=entry.candidate)
    line = charge(entry, 2500)
    transfer(candidate=entry.candidate, number=other_centre.number, by=staff, at=now)
    return UnitEntry.objects.get(centre=other_centre), line


@pytest.fixture
def slow_decision(monkeypatch):
    """A pause between the credit of staff and the end of its transaction."""
    credit = crediting._credit

    def slow(charges, reason, *args):
        made = credit(charges, reason, *args)
        if reason == FeeReason.DECISION:
            time.sleep(0.5)
        return made

    monkeypatch.setattr(crediting, "_credit", slow)


def both(moved, officer_elsewhere, staff, now):
    """What became of the decision and of the withdrawal, which comes a little later."""
    entry, line = moved

    def withdraw():
        time.sleep(0.2)
        return withdrawing.withdraw_unit(entry=entry, by=officer_elsewhere, at=now)

    def decide():
        return crediting.credit_by_decision(line=line, note="Agreed by telephone.", by=staff, at=now)

    return [type(answer).__name__ for answer in all_at_once([decide, withdraw])]


def test_a_charge_is_credited_once_and_the_entry_is_withdrawn(moved, officer_elsewhere, staff, now, slow_decision):
    assert both(moved, officer_elsewhere, staff, now) == ["FeeLine", "UnitEntry"]

    assert [credit.reason for credit in FeeLine.objects.filter(credits=moved[1])] == [FeeReason.DECISION]


def test_twin_where_charges_are_chosen_before_they_are_locked_only_the_database_stops_it(
    moved, officer_elsewhere, staff, now, slow_decision, monkeypatch
):
    def credit(*, entry, reason, by, at):
        charges = crediting.lines_of(entry).filter(reason=FeeReason.CHARGED, credited_by=None)
        return crediting._credit(charges.select_for_update(of=("self",)), reason, "", by, at)

    monkeypatch.setattr(withdrawing, "credit_charges", credit)

    assert both(moved, officer_elsewhere, staff, now) == ["FeeLine", "IntegrityError"]
