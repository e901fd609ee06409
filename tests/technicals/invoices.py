"""Fee lines of some centres, and runs that invoice them."""

from datetime import timedelta
from typing import Any

from core.moments import uk_date
from technicals.enums import FeeReason
from technicals.models import FeeLine, InvoiceRun
from technicals.services.invoicing import preview_invoices, run_invoices
from tests.factories.technicals import FeeLineFactory


def line(centre: Any, amount: int | None = 5000, **fields: Any) -> FeeLine:
    """A charge of a centre."""
    return FeeLineFactory(centre=centre, amount=amount, **fields)


def credit(charge: FeeLine, **fields: Any) -> FeeLine:
    """What takes a charge back."""
    told = {
        "credits": charge,
        "reason": FeeReason.REFUND,
        "registration": charge.registration,
        "submission": charge.submission,
        "amount": None if charge.amount is None else -charge.amount,
        "order_number": charge.order_number,
        "is_sample": charge.is_sample,
        "created_at": charge.created_at + timedelta(seconds=1),
    }
    return FeeLineFactory(centre=charge.centre, **(told | fields))


def run(by: Any, at: Any, **given: Any) -> InvoiceRun:
    """A run until today, after its preview was looked at."""
    until = given.pop("until", uk_date(at))
    seen = given.pop("seen", None) or preview_invoices(until=until).fingerprint
    return run_invoices(until=until, seen=seen, by=by, at=at)
