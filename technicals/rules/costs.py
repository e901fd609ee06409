"""What charges come to, line by line, and what has to be accepted before they are made (decisions 25 and 26)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from uploads.rules.kinds import Preview

from ..enums import PriceKind
from .planning import Charge, Row
from .prices import ON_INVOICE, in_words


def preview_of_rows(rows: Sequence[Row]) -> Preview:
    """What rows would cost, line by line, and what has to be accepted: the late charges."""
    included = sum(not entry.charges for row in rows for entry in row.unit_entries)
    return preview_of_charges((charge for row in rows for charge in row.charges), included)


def preview_of_charges(charges: Iterable[Charge], included: int = 0) -> Preview:
    """What these charges come to. included: how many unit entries are part of their registration."""
    counted = Counter((charge.kind, charge.price) for charge in charges)
    known = [(kind, price, count) for (kind, price), count in counted.items()]
    total = sum((price.amount or 0) * count for _, price, count in known)
    on_invoice = sum(count for _, price, count in known if price.amount is None)
    late = [(price, count) for kind, price, count in known if kind == PriceKind.LATE]
    lines = [
        (PriceKind(kind).label, f"{count:,}", in_words(price.amount), in_words(_times(price.amount, count)))
        for kind, price, count in sorted(known, key=lambda each: (each[0], each[1].amount or 0))
    ]
    if included:
        lines.append(("Unit, first entry", f"{included:,}", "included", "included"))
    return Preview(
        lines=tuple(lines),
        total=total_in_words(total, on_invoice, bool(known)),
        accept=_late_in_words(late),
        accept_as=";".join(f"{price.amount}x{count}" for price, count in sorted(late, key=str)),
        notes=_notes_of(on_invoice > 0, any(price.is_sample for _, price, _ in known)),
    )


def _times(amount: int | None, count: int) -> int | None:
    return None if amount is None else amount * count


def total_in_words(total: int, on_invoice: int, has_charges: bool) -> str:
    """Pence and how many lines have no price, in words."""
    if not has_charges:
        return "Nothing is charged for these rows."
    lines = f"{on_invoice} {'line' if on_invoice == 1 else 'lines'} {ON_INVOICE}"
    if not on_invoice:
        return in_words(total)
    return f"{in_words(total)} and {lines}" if total else lines


def _late_in_words(late: Sequence[tuple[Any, int]]) -> str:
    if not late:
        return ""
    count = sum(number for _, number in late)
    amounts = " and ".join(f"{number:,} at {in_words(price.amount)}" for price, number in late)
    return f"I accept the late charge for {count:,} unit {'entry' if count == 1 else 'entries'}: {amounts}"


def _notes_of(has_on_invoice: bool, has_samples: bool) -> tuple[str, ...]:
    told = ["What is on invoice has no price in the portal yet; it is not free."] if has_on_invoice else []
    if has_samples:
        told.append("Amounts are examples, not the board's prices.")
    return tuple(told)
