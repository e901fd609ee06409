"""What the STEP team sees and does in the administration."""

from . import catalogue, drafts, entries, runs, sessions

__all__ = ["catalogue", "drafts", "entries", "runs", "sessions"]
