"""Charges added up, in words. Plain Python."""

from collections.abc import Iterable

from .prices import ON_INVOICE, in_words

NO_CHARGE = "No charge"


def charges_in_words(amounts: Iterable[int | None]) -> str:
    """Amounts in pence, None for what is on invoice, as one: "£12.50 and on invoice"; "No charge" without any."""
    amounts = list(amounts)
    known = [pence for pence in amounts if pence is not None]
    said = [in_words(sum(known))] if known else []
    return " and ".join([*said, *([ON_INVOICE] if None in amounts else [])]) or NO_CHARGE
