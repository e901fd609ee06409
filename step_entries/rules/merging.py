"""What STEP says of two candidates whose records are to become one."""

from core.refusals import Refusal


def candidates_share_no_session(session: str, numbers: tuple[str, str] | None) -> Refusal | None:
    """MERGE-04: Two candidates with a live entry each in one session do not become one: nobody is entered twice.

    numbers: those of the two entries; None where there are not two.
    """
    if numbers is None:
        return None
    return Refusal(
        "MERGE-04",
        f"Both candidates are entered for STEP, {session}: {numbers[0]} and {numbers[1]}. "
        "If they are one person, withdraw one of the entries first.",
    )
