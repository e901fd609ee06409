"""When the requests about two candidates cannot be those of one."""

from core.refusals import Refusal


def candidates_share_no_correction(references: tuple[str, str] | None) -> Refusal | None:
    """MERGE-07: Two candidates with an open request for a correction each do not become one.

    references: of the two requests; None where there are not two.
    """
    if references is None:
        return None
    return Refusal(
        "MERGE-07",
        f"A correction was asked for both candidates, in {references[0]} and {references[1]}. Withdraw one of the "
        "requests, or wait until OCR has decided it.",
    )
