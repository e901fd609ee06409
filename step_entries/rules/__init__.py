"""The laws of STEP entries. Each is a function of facts; `refusals_to_<act>` gathers them all."""

from .amending import refusals_to_amend, refusals_to_open_amendment
from .confirming import ConfirmationFacts, refusals_to_confirm
from .entering import advice_before_submit, answers_are_those_seen, refusals_to_start, refusals_to_submit
from .facts import ChangeFacts, Duplicate, EntryFacts, LastChange
from .moves import CONFIRMED_DETAILS, MOVES
from .numbers import LAST_NUMBER, NUMBER_ALARM, numbers_are_left
from .sessions import (
    ExtensionFacts,
    name_in_the_next_year,
    reason_is_given,
    refusals_to_extend,
    year_has_no_session,
)
from .withdrawing import refusals_to_open_restoring, refusals_to_restore, refusals_to_withdraw

__all__ = [
    "CONFIRMED_DETAILS",
    "LAST_NUMBER",
    "MOVES",
    "NUMBER_ALARM",
    "ChangeFacts",
    "ConfirmationFacts",
    "Duplicate",
    "EntryFacts",
    "ExtensionFacts",
    "LastChange",
    "advice_before_submit",
    "answers_are_those_seen",
    "name_in_the_next_year",
    "numbers_are_left",
    "reason_is_given",
    "refusals_to_amend",
    "refusals_to_confirm",
    "refusals_to_extend",
    "refusals_to_open_amendment",
    "refusals_to_open_restoring",
    "refusals_to_restore",
    "refusals_to_start",
    "refusals_to_submit",
    "refusals_to_withdraw",
    "year_has_no_session",
]
