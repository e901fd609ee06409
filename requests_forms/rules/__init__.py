"""The laws of requests. Each is a function of facts; `refusals_to_<act>` gathers them all."""

from .amendments import amendment_adds_no_paper
from .arrangements import ALL_PAPERS, ARRANGEMENTS, Arrangement
from .asking import refusals_to_ask, refusals_to_send, request_is_as_checked
from .deciding import ActFacts, refusals_to_act, refusals_to_open_act
from .facts import EntryDates, OtherCandidate, PaperDate, RequestFacts
from .following import evidence_will_follow
from .keeping import KEEP_DRAFTS, KEEP_EVIDENCE, KEEP_REASONS, RESULTS_AFTER_CLOSING
from .moves import ACTS_OF_CENTRE, MOVES, target_of
from .teams import at_the_beginning, team_of
from .telling import Told, told_answers
from .variations import WantedStart, city, read_start, zones
from .windows import consideration, considered_now, is_late, last_paper, window_of

__all__ = [
    "ACTS_OF_CENTRE",
    "ALL_PAPERS",
    "ARRANGEMENTS",
    "KEEP_DRAFTS",
    "KEEP_EVIDENCE",
    "KEEP_REASONS",
    "MOVES",
    "RESULTS_AFTER_CLOSING",
    "ActFacts",
    "Arrangement",
    "EntryDates",
    "OtherCandidate",
    "PaperDate",
    "RequestFacts",
    "Told",
    "WantedStart",
    "amendment_adds_no_paper",
    "at_the_beginning",
    "city",
    "consideration",
    "considered_now",
    "evidence_will_follow",
    "is_late",
    "last_paper",
    "read_start",
    "refusals_to_act",
    "refusals_to_ask",
    "refusals_to_open_act",
    "refusals_to_send",
    "request_is_as_checked",
    "target_of",
    "team_of",
    "told_answers",
    "window_of",
    "zones",
]
