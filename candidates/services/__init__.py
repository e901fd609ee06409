"""Changes to candidates."""

from .correcting import (
    correct_candidate,
    judge_correction,
    needs_proof,
    owners_of_identifiers,
    person_of,
    register_candidate,
    same_people,
)
from .grouping import (
    add_members,
    add_members_from_file,
    create_group,
    delete_group,
    remove_members,
    rename_group,
    roll_over,
)
from .merging import merge_candidates, refusals_of_movers, tell_apart
from .people import correct_people, register_people
from .registering import find_or_register_candidate, find_or_register_candidates

__all__ = [
    "add_members",
    "add_members_from_file",
    "correct_candidate",
    "correct_people",
    "create_group",
    "delete_group",
    "find_or_register_candidate",
    "find_or_register_candidates",
    "judge_correction",
    "merge_candidates",
    "needs_proof",
    "owners_of_identifiers",
    "person_of",
    "refusals_of_movers",
    "register_candidate",
    "register_people",
    "remove_members",
    "rename_group",
    "roll_over",
    "same_people",
    "tell_apart",
]
