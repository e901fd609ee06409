"""What centres change of their Cambridge Technicals entries, and what staff make of it."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from technicals.enums import EntryKind, EntryState, WithdrawalReason
from technicals.models import FeeLine, Registration, UnitEntry
from technicals.services.completing import change_completion
from technicals.services.transferring import transfer
from technicals.services.withdrawing import withdraw_registration, withdraw_unit
from tests.browser.pages import press
from tests.browser.states.world import World, admin_state, state
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import CentreFactory
from tests.factories.technicals import (
    QualificationFactory,
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
    today,
)
from tests.technicals.submissions import charge

DAY = timedelta(days=1)
OVER = {"entry_deadline": today() - 2 * DAY, "late_until": None, "refund_until": today() - DAY}


def pupil(world: World) -> Any:
    return CandidateFactory(centre=world.centre, first_name="Annabel", last_name="Featherstonehaugh-Smythe")


def with_chain(world: World) -> Any:
    """A candidate with a chain of three registrations, unit entries in every state, and all kinds of fees."""
    candidate, at = pupil(world), timezone.now()
    mine = {"centre": world.centre, "candidate": candidate}
    up = QualificationFactory(
        code="05991", size="Extended Certificate", entry_kind=EntryKind.TOP_UP, from_code="05834", to_code="05835"
    )
    down = QualificationFactory(code="05992", entry_kind=EntryKind.MOVING_DOWN, from_code="05835", to_code="05834")
    first = RegistrationFactory(**mine, state=EntryState.TOPPED_UP)
    second = RegistrationFactory(**mine, qualification=up, follows=first, state=EntryState.MOVED_DOWN)
    third = RegistrationFactory(**mine, qualification=down, follows=second, is_declared=True)
    charge(first, 14200, order_number="PO 17")
    charge(second, None)
    charge(third, 3000, is_sample=True)
    change_completion(registration=third, typed=f"31/07/{today().year + 2}", by=world.officer, at=at)
    resit, gone, absent = (UnitEntryFactory(**mine, unit__number=number) for number in (1, 2, 3))
    charge(resit, 3625, order_number="PO 18")
    charge(gone, 3625)
    withdraw_unit(entry=gone, reason=WithdrawalReason.OTHER, note="Exam clash", by=world.officer, at=at)
    UnitEntry.objects.filter(pk=absent.pk).update(state=EntryState.ABSENT)
    return candidate


def open_page(world: World, name: str, *arguments: Any, person: str = "officer") -> None:
    world.open(reverse(f"technicals:{name}", args=arguments), person=person)


def open_admin(world: World, name: str, *arguments: Any, query: str = "") -> None:
    world.open(reverse(f"admin:technicals_{name}", args=arguments) + query, person="staff")


def open_unit(world: World, **days: Any) -> UnitEntry:
    entry = UnitEntryFactory(centre=world.centre, candidate=pupil(world), series=exam_series(**days))
    charge(entry, 3625)
    open_page(world, "unit-withdraw", entry.candidate.key, "05834", 1, entry.series.slug)
    return entry


def asked(world: World, reason: WithdrawalReason = WithdrawalReason.LEFT, note: str = "") -> Registration:
    registration = RegistrationFactory(centre=world.centre, candidate=pupil(world))
    charge(registration, 14200)
    return withdraw_registration(
        registration=registration, reason=reason, note=note, by=world.officer, at=timezone.now()
    )


def received(world: World) -> Any:
    """A candidate who was transferred to another centre; the record of the centre before."""
    other = CentreFactory(number="65432", name="The Academy of the Holy Trinity and Saint Bartholomew")
    TechnicalsApprovalFactory(centre=other)
    candidate = pupil(world)
    RegistrationFactory(centre=world.centre, candidate=candidate)
    UnitEntryFactory(centre=world.centre, candidate=candidate)
    transfer(candidate=candidate, number="65432", by=world.people["staff"], at=timezone.now())
    return candidate


@state
def technicals_candidate(world: World) -> None:
    open_page(world, "candidate", with_chain(world).key)


@state
def technicals_candidate_read_only(world: World) -> None:
    open_page(world, "candidate", with_chain(world).key, person="colleague")


@state
def technicals_candidate_without_entries(world: World) -> None:
    open_page(world, "candidate", pupil(world).key)


@state
def technicals_candidate_pending(world: World) -> None:
    open_page(world, "candidate", asked(world, WithdrawalReason.MISTAKE, "05835 was meant").candidate.key)


@state
def technicals_candidate_transferred(world: World) -> None:
    open_page(world, "candidate", received(world).key)


@state
def technicals_withdraw_unit_free(world: World) -> None:
    open_unit(world)


@state
def technicals_withdraw_unit_late_errors(world: World) -> None:
    open_unit(world, **OVER)
    press(world.page, "Confirm Withdraw")


@state
def technicals_withdraw_unit_closed(world: World) -> None:
    open_unit(world, **OVER, no_change_from=today())


@state
def technicals_withdraw_registration_errors(world: World) -> None:
    registration = RegistrationFactory(centre=world.centre, candidate=pupil(world))
    charge(registration, 14200)
    open_page(world, "registration-withdraw", registration.candidate.key, "05834")
    press(world.page, "Confirm Withdraw")


@state
def technicals_withdraw_registration_blocked(world: World) -> None:
    open_page(world, "registration-withdraw", with_chain(world).key, "05992")


@state
def technicals_completion_errors(world: World) -> None:
    open_page(world, "registration-completion", with_chain(world).key, "05992")
    world.page.get_by_label("Estimated completion").fill("next summer")
    press(world.page, "Save")


@admin_state
def admin_technicals_registrations(world: World) -> None:
    with_chain(world)
    open_admin(world, "registration_changelist")


@admin_state
def admin_technicals_unit_entries(world: World) -> None:
    with_chain(world)
    open_admin(world, "unitentry_changelist")


@admin_state
def admin_technicals_withdrawals_errors(world: World) -> None:
    asked(world, WithdrawalReason.MISTAKE, "05835 was meant")
    asked(world)
    open_admin(world, "registration_withdrawals")
    press(world.page, "Refuse")


@admin_state
def admin_technicals_withdrawals_none(world: World) -> None:
    open_admin(world, "registration_withdrawals")


@admin_state
def admin_technicals_fee_lines(world: World) -> None:
    with_chain(world)
    open_admin(world, "feeline_changelist")


@admin_state
def admin_technicals_credit_errors(world: World) -> None:
    with_chain(world)
    open_admin(world, "feeline_credit", FeeLine.objects.order_by("pk")[0].pk)
    press(world.page, "Credit it")


@admin_state
def admin_technicals_transfers(world: World) -> None:
    received(world)
    open_admin(world, "transfer_changelist")


@admin_state
def admin_technicals_transfer_choose(world: World) -> None:
    with_chain(world)
    open_admin(world, "transfer_choose", query="?search=feather")


@admin_state
def admin_technicals_transfer_errors(world: World) -> None:
    open_admin(world, "transfer_new", with_chain(world).key)
    world.page.get_by_label("Number of the receiving centre").fill("99999")
    press(world.page, "Transfer")
