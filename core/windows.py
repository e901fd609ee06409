"""Periods of time with a beginning, a printed deadline and an end. Plain Python."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum


class WindowState(Enum):
    """Where a moment lies relative to a window."""

    BEFORE = "before"
    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True)
class Window:
    """A period from opens_at to the deadline, both aware datetimes.

    A deadline is printed to the minute and is open to that minute's end
    (decision 0003), so the window is [opens_at, deadline + 1 minute). Both ends are compared in UTC, because
    Python compares the wall clocks of two moments of one zone, also in the hour that comes twice.
    """

    opens_at: datetime
    deadline: datetime

    @property
    def ends_at(self) -> datetime:
        """The first moment at which the window is closed."""
        return self.deadline.astimezone(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)

    def state(self, at: datetime) -> WindowState:
        """Before, open or closed at this moment (an aware datetime)."""
        if at < self.opens_at.astimezone(UTC):
            return WindowState.BEFORE
        return WindowState.OPEN if at < self.ends_at else WindowState.CLOSED

    def is_open(self, at: datetime) -> bool:
        """Whether the window is open at this moment."""
        return self.state(at) is WindowState.OPEN
