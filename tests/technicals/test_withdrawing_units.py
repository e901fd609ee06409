"""Unit entries that their centre withdraws: free until a day, later for a reason, and not any more in the end."""

from datetime import timedelta

import pytest

from core.history import history_of
from core.refusals import Refused
from technicals.enums import EntryState, FeeReason, SeriesKind, WithdrawalReason
from technicals.models import FeeLine
from technicals.rules.withdrawing import Outcome, UnitFacts, outcome_of, refusals_to_withdraw_unit
from technicals.services.withdrawing import withdraw_unit
from tests.factories.technicals import UnitEntryFactory, exam_series, registration_series, today
from tests.technicals.submissions import charge

DAY = timedelta(days=1)
LATE = {"refund_until": today() - DAY, "late_until": None, "entry_deadline": today() - DAY}


def facts(**changes):
    """A live entry in June 2027 that is withdrawn ten days after the last day for a refund, because somebody left."""
    given = {
        "state": EntryState.LIVE,
        "today": today(),
        "series": "June 2027",
        "refund_until": today() - 10 * DAY,
        "no_change_from": today() + 10 * DAY,
        "results_on": today() + 20 * DAY,
        "reason": WithdrawalReason.LEFT,
    }
    return UnitFacts(**(given | changes))


def told(**changes):
    return [(refusal.code, refusal.field) for refusal in refusals_to_withdraw_unit(facts(**changes))]


@pytest.fixture
def withdraw(officer, now):
    return lambda entry, **typed: withdraw_unit(entry=entry, by=officer, at=now, **typed)


@pytest.fixture
def entry(centre):
    """A resit, entered late, that can be withdrawn free."""
    entry = UnitEntryFactory(centre=centre)
    charge(entry, 2500, order_number="PO 17")
    charge(entry, None, is_sample=True)
    return entry


def test_out_01_a_unit_entry_is_withdrawn_once():
    assert told(state=EntryState.WITHDRAWN) == [("OUT-01", "")]
    assert told(state=EntryState.ABSENT) == [("OUT-01", "")]
    assert told() == []


def test_out_02_a_series_is_closed_to_changes_from_its_day_or_else_from_the_results():
    assert told(no_change_from=today()) == [("OUT-02", "")]
    assert told(no_change_from=today() + DAY) == []
    assert told(no_change_from=None, results_on=today()) == [("OUT-02", "")]
    assert told(no_change_from=None, results_on=None) == []


def test_out_02_says_whom_to_ask_and_what_to_quote():
    [refusal] = refusals_to_withdraw_unit(facts(no_change_from=today(), contact="02476 851509"))

    assert "02476 851509. Quote your centre number, the entry code, the unit and the series" in refusal.sentence


def test_out_03_a_late_withdrawal_has_one_of_the_reasons_and_a_free_one_needs_none():
    assert told(reason="") == [("OUT-03", "reason")]
    assert told(reason="weather") == [("OUT-03", "reason")]
    assert told(reason="", refund_until=today()) == []


def test_out_04_the_refund_is_as_the_page_said():
    assert told(seen=True) == [("OUT-04", "")]
    assert told(seen=False, refund_until=today()) == [("OUT-04", "")]
    assert told(seen=False) == []


def test_out_05_another_reason_is_typed_where_it_counts():
    assert told(reason=WithdrawalReason.OTHER, note=" ") == [("OUT-05", "note")]
    assert told(reason=WithdrawalReason.OTHER, note="Exam clash") == []
    assert told(reason=WithdrawalReason.OTHER, refund_until=today()) == []


def test_out_06_what_is_typed_has_at_most_300_characters():
    assert told(note="x" * 301) == [("OUT-06", "note")]
    assert told(note="x" * 300) == []


def test_what_becomes_of_it_hangs_on_the_day_the_suite_and_the_reason():
    assert outcome_of(facts(refund_until=today())) is Outcome.REFUNDED
    assert outcome_of(facts(refund_until=None)) is Outcome.ABSENT
    assert [outcome_of(facts(reason=reason)) for reason in WithdrawalReason] == [
        Outcome.ABSENT, Outcome.WITHDRAWN, Outcome.WITHDRAWN, Outcome.ABSENT, Outcome.ABSENT,
    ]  # fmt: skip
    assert outcome_of(facts(is_exam=False)) is Outcome.WITHDRAWN


def test_until_the_last_day_for_a_refund_every_charge_is_credited(withdraw, entry):
    withdrawn = withdraw(entry)

    assert withdrawn.state == EntryState.WITHDRAWN
    lines = FeeLine.objects.exclude(credits=None)
    assert [(line.amount, line.reason, line.kind, line.order_number, line.is_sample) for line in lines] == [
        (-2500, FeeReason.REFUND, "registration", "PO 17", False),
        (None, FeeReason.REFUND, "registration", "", True),
    ]
    assert [line.credits.unit_entry for line in lines] == [entry, entry]
    assert {line.submission for line in lines} == {entry.submission}


def test_a_charge_that_is_credited_already_is_not_credited_again(withdraw, entry, centre, now):
    first = entry.fee_lines.first()
    charge(entry, -2500, credits=first, reason=FeeReason.DECISION)

    withdraw(entry)

    assert list(first.credited_by.values_list("reason", flat=True)) == [FeeReason.DECISION]
    assert FeeLine.objects.exclude(credits=None).count() == 2


def test_later_the_candidate_is_marked_absent_and_nothing_is_credited(withdraw, centre):
    entry = UnitEntryFactory(centre=centre, series=exam_series(**LATE))
    charge(entry, 2500)

    withdrawn = withdraw(entry, reason=WithdrawalReason.LEFT, note=" Moved away ")

    assert (withdrawn.state, withdrawn.withdrawal_reason, withdrawn.withdrawal_note) == ("absent", "left", "Moved away")
    assert FeeLine.objects.count() == 1


def test_later_for_medical_reasons_it_is_withdrawn(withdraw, centre):
    entry = UnitEntryFactory(centre=centre, series=exam_series(**LATE))

    assert withdraw(entry, reason=WithdrawalReason.MEDICAL).state == EntryState.WITHDRAWN


def test_a_unit_of_the_2012_suite_is_withdrawn_for_a_reason_and_without_a_refund(withdraw, centre):
    entry = UnitEntryFactory(centre=centre, series=registration_series())
    charge(entry, 900)

    with pytest.raises(Refused, match="Choose why"):
        withdraw(entry)
    withdrawn = withdraw(entry, reason=WithdrawalReason.LEFT)

    assert withdrawn.state == EntryState.WITHDRAWN
    assert FeeLine.objects.count() == 1


def test_the_history_has_the_reason_and_how_much_was_credited(withdraw, entry, officer, now):
    withdraw(entry, reason=WithdrawalReason.MISTAKE)

    [change] = history_of(entry)
    assert (change.action, change.by, change.at) == ("technicals-unit-entry.withdrawn", officer, now)
    assert change.changes == {
        "state": ["live", "withdrawn"],
        "reason": [None, "mistake"],
        "note": [None, ""],
        "charges credited": [0, 2],
    }


def test_a_second_withdrawal_is_refused_and_credits_nothing_more(withdraw, entry):
    withdraw(entry)

    with pytest.raises(Refused, match="already"):
        withdraw(entry)

    assert FeeLine.objects.exclude(credits=None).count() == 2


@pytest.mark.django_db
def test_a_series_of_another_kind_has_its_name_in_addresses():
    assert exam_series(SeriesKind.JUNE, 2031).slug == "june-2031"
