"""The statuses of a request, and which act leads from where to where (decision 0016)."""

from ..enums import OPEN, Act, Kind, Status

MOVES: dict[Act, tuple[frozenset[Status], Status | None]] = {
    Act.SAVE: (frozenset({Status.DRAFT}), Status.DRAFT),
    Act.DISCARD: (frozenset({Status.DRAFT}), None),
    Act.SEND: (frozenset({Status.DRAFT}), Status.SUBMITTED),
    Act.SEND_AHEAD: (frozenset({Status.DRAFT}), Status.MORE_INFORMATION),
    Act.WITHDRAW: (frozenset({Status.SUBMITTED}), Status.WITHDRAWN),
    Act.ANSWER: (frozenset({Status.MORE_INFORMATION}), Status.IN_PROGRESS),
    Act.TAKE_UP: (frozenset({Status.SUBMITTED}), Status.IN_PROGRESS),
    Act.ASK: (frozenset({Status.SUBMITTED, Status.IN_PROGRESS}), Status.MORE_INFORMATION),
    Act.ACCEPT: (frozenset(OPEN), Status.APPROVED),
    Act.DECLINE: (frozenset(OPEN), Status.DECLINED),
}
"""Which act leads from which statuses to which; a discarded draft is deleted. `target_of` knows the ends by kind."""

ACTS_OF_CENTRE = frozenset({Act.SAVE, Act.DISCARD, Act.SEND, Act.SEND_AHEAD, Act.WITHDRAW, Act.ANSWER})
"""What those do who make entries for the centre; everything else the team does."""

COMPLETED_WHEN_ACCEPTED = frozenset(
    {Kind.ENTRY_AMENDMENT, Kind.WITHDRAWAL, Kind.ACCOUNT_CHANGE, Kind.INVOICE_QUERY, Kind.CANDIDATE_CORRECTION}
)
"""Kinds that are carried out when they are accepted; the others are granted."""


def target_of(act: Act, kind: Kind | str) -> Status | None:
    """The status that an act leads to. The decision on special consideration is not told: it ends as Completed."""
    _, target = MOVES[act]
    if act not in (Act.ACCEPT, Act.DECLINE):
        return target
    if kind == Kind.SPECIAL_CONSIDERATION or (act == Act.ACCEPT and kind in COMPLETED_WHEN_ACCEPTED):
        return Status.COMPLETED
    return target
