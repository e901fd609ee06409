"""Saying no."""

from core.refusals import Refusal, raise_if_any


def refuse(*reasons: Refusal | None) -> None:
    """Raise Refused where there is a reason."""
    raise_if_any(reason for reason in reasons if reason)
