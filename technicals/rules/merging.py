"""When the entries of two candidates cannot be those of one. Plain Python."""

from core.refusals import Refusal


def candidates_share_no_registration(code: str, is_shared: bool) -> Refusal | None:
    """MERGE-05: Two candidates who are both registered under one entry code do not become one: nothing is doubled."""
    if not is_shared:
        return None
    return Refusal(
        "MERGE-05", f"Both candidates are registered for {code}. Withdraw one of the registrations first, or ask OCR."
    )


def candidates_share_no_unit(unit: str, series: str, is_shared: bool) -> Refusal | None:
    """MERGE-06: Two candidates who are both entered for one unit in one series do not become one."""
    if not is_shared:
        return None
    return Refusal(
        "MERGE-06",
        f"Both candidates are entered for {unit} in {series}. Withdraw one of the unit entries first, or ask OCR.",
    )
