"""Where staff decide requests, in the administration."""

from .queue import RequestAdmin

__all__ = ["RequestAdmin"]
