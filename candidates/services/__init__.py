"""Changes to candidates."""

from .registering import find_or_register_candidate, find_or_register_candidates

__all__ = ["find_or_register_candidate", "find_or_register_candidates"]
