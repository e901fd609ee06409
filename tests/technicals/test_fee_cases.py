"""What entries and changes cost, to the penny: each case is done by either door and gives exactly these fee lines."""

import pytest

from technicals.enums import FeeReason
from technicals.models import FeeLine, Invoice
from tests.technicals.fee_cases import CASES_OF_ENTRIES
from tests.technicals.fee_cases_of_changes import CASES_OF_CHANGES
from tests.technicals.fee_cases_of_invoices import ORDERED
from tests.technicals.fee_world import world_of

pytestmark = pytest.mark.django_db
CASES = CASES_OF_ENTRIES | CASES_OF_CHANGES


@pytest.fixture(params=["form", "spreadsheet"])
def world(request, centre, other_centre, officer, officer_elsewhere, staff):
    people = {"by": officer, "by_elsewhere": officer_elsewhere, "staff": staff}
    return world_of(centre, other_centre, is_form=request.param == "form", **people)


def lines():
    """Kind, pence and reason of each fee line, without an order."""
    return sorted(FeeLine.objects.values_list("kind", "amount", "reason"), key=str)


@pytest.mark.parametrize("case", CASES)
def test_fees_are_these_to_the_penny(case, world):
    acts, expected = CASES[case]

    for act in acts:
        act(world)

    told = [(kind, pence, *(reason or [FeeReason.CHARGED])) for kind, pence, *reason in expected]
    assert lines() == sorted(told, key=str)


def test_there_are_sixty_cases():
    assert len(CASES) == len(CASES_OF_ENTRIES) + len(CASES_OF_CHANGES) >= 60


@pytest.mark.parametrize("case", ORDERED)
def test_fees_stand_under_order_numbers_and_on_invoices(case, world):
    acts, expected = ORDERED[case]

    for act in acts:
        act(world)

    numbers = {each.pk: int(each.number[2:]) for each in Invoice.objects.all()}
    found = FeeLine.objects.order_by("created_at", "pk").values_list("kind", "amount", "order_number", "invoice")
    assert [(kind, amount, order, numbers.get(pk)) for kind, amount, order, pk in found] == expected
