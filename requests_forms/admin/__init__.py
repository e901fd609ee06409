"""Where the STEP team decides requests, in the administration."""

from .queue import RequestAdmin

__all__ = ["RequestAdmin"]
