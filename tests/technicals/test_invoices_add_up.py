"""Whatever is charged and credited, and whenever runs are made: every line once, every total the sum of its lines."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.moments import uk_date
from core.refusals import Refused
from technicals.enums import PriceKind
from technicals.models import FeeLine, Invoice, Price
from tests.factories.centres import CentreFactory
from tests.factories.technicals import PriceFactory, RegistrationFactory
from tests.technicals.invoices import credit, line, run

pytestmark = pytest.mark.django_db

ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("charge"), st.integers(0, 2), st.none() | st.integers(0, 100_000), st.sampled_from("AB")),
        st.tuples(st.just("credit"), st.integers(0, 20)),
        st.tuples(st.just("price"), st.integers(1, 9_999)),
        st.tuples(st.just("run")),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture
def entries(db):
    """A registration at each of three centres."""
    return [RegistrationFactory(centre=centre) for centre in CentreFactory.create_batch(3)]


@given(acts=ACTS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_nothing_is_lost_nothing_is_twice_and_totals_are_sums(acts, entries, staff, now):
    FeeLine.objects.filter(credits__isnull=False).delete()
    FeeLine.objects.all().delete()
    Invoice.objects.all().delete()
    Price.objects.all().delete()
    at, charges, totals = now, [], {}

    for act, *given_ in acts:
        at += timedelta(seconds=1)
        if act == "charge":
            place, amount, order = given_
            entry = entries[place]
            charges.append(line(entry.centre, amount, registration=entry, order_number=order, created_at=at))
        elif act == "credit" and charges:
            charge = FeeLine.objects.get(pk=charges.pop(given_[0] % len(charges)).pk)
            credit(charge, created_at=at)
        elif act == "price":
            PriceFactory(kind=PriceKind.REGISTRATION, amount=given_[0], since=uk_date(at))
        elif act == "run":
            try:
                made = run(staff, at)
            except Refused:
                continue
            totals |= {invoice.number: invoice.total for invoice in made.invoices.all()}

    assert {invoice.number: invoice.total for invoice in Invoice.objects.all()} == totals
    for invoice in Invoice.objects.all():
        lines = list(invoice.lines.all())
        assert invoice.total == sum(each.amount for each in lines)
        assert {each.centre_id for each in lines} == {invoice.centre_id}
        assert lines != []
    for each in FeeLine.objects.exclude(credits=None).filter(amount__isnull=False):
        assert each.amount == -each.credits.amount
    with suppress(Refused):
        run(staff, at)
    assert not FeeLine.objects.filter(invoice=None, amount__isnull=False).exists()
    charged = sum(FeeLine.objects.filter(invoice__isnull=False).values_list("amount", flat=True))
    assert sum(Invoice.objects.values_list("total", flat=True)) == charged
