"""Pages that lead to what somebody looks for: requests at their subject, transfers, whom invoices go to."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from requests_forms.enums import Kind
from technicals.enums import Channel
from technicals.models import Submission
from technicals.services.transferring import transfer
from tests.browser.request_world import about
from tests.browser.states.world import World, state
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import CentreFactory
from tests.factories.requests import RequestFactory
from tests.factories.technicals import (
    RegistrationFactory,
    TechnicalsApprovalFactory,
    UnitEntryFactory,
    exam_series,
)


def asked(world: World, kind: Kind) -> Any:
    """A request of this kind that was sent."""
    return RequestFactory(kind=kind, centre=world.centre, **about(kind, world.centre, None))


@state
def candidate_with_open_correction(world: World) -> None:
    candidate = asked(world, Kind.CANDIDATE_CORRECTION).candidate
    world.open(reverse("candidates:candidate", args=[candidate.key]))


@state
def candidate_edit_with_open_correction(world: World) -> None:
    candidate = asked(world, Kind.CANDIDATE_CORRECTION).candidate
    world.open(reverse("candidates:candidate-edit", args=[candidate.key]))


@state
def invoice_queried(world: World) -> None:
    invoice = asked(world, Kind.INVOICE_QUERY).invoice
    world.open(reverse("technicals:invoice", args=[invoice.number]))


@state
def my_details_with_accounts_contact(world: World) -> None:
    TechnicalsApprovalFactory(centre=world.centre)
    world.centre.accounts_contact, world.centre.accounts_email = "The finance office", "finance@northgate.example"
    world.centre.save()
    world.open(reverse("accounts:my-details"))


@state
def technicals_submission_of_a_transfer(world: World) -> None:
    TechnicalsApprovalFactory(centre=world.centre)
    before = CentreFactory()
    candidate = CandidateFactory(centre=before)
    RegistrationFactory(centre=before, candidate=candidate)
    transfer(candidate=candidate, number=world.centre.number, by=world.people["staff"], at=timezone.now())
    number = Submission.objects.get(channel=Channel.TRANSFER).number
    world.open(reverse("technicals:submission", args=[number]))


@state
def technicals_copy_with_one_series(world: World) -> None:
    UnitEntryFactory(centre=world.centre, series=exam_series())
    world.open(reverse("technicals:copy"))
