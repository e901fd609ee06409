"""Two records that may be of one person: refused where that is certain, asked about where it is likely."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from core.refusals import Refusal

from ..enums import Clash

MOST_PAIRS = 500
"""How many pairs are told at once."""
LABELS = {"uci": "UCI", "uln": "ULN", "ocr_number": "OCR number"}


@dataclass(frozen=True)
class Identity:
    """What is compared of a candidate. id: of the record."""

    id: int
    person_key: str
    date_of_birth: date
    ucas_id: str = ""


@dataclass(frozen=True)
class Pair:
    """Two candidates by the ids of their records, the lower one first, and why they may be one."""

    one: int
    other: int
    reasons: tuple[Clash, ...]


def clashing_pairs(people: Iterable[Identity], told_apart: Collection[tuple[int, int]] = ()) -> list[Pair]:
    """The pairs that may be one person, in the order of their ids, at most MOST_PAIRS.

    told_apart: pairs of ids, the lower one first, that somebody said are two people; they are left out.
    """
    by_birth, by_ucas_id = defaultdict(list), defaultdict(list)
    for person in people:
        by_birth[person.person_key, person.date_of_birth].append(person.id)
        if person.ucas_id:
            by_ucas_id[person.ucas_id].append(person.id)
    found: dict[tuple[int, int], list[Clash]] = defaultdict(list)
    for ids in by_birth.values():
        _note(found, combinations(ids, 2), Clash.SAME_BIRTH)
    for (key, born), ids in by_birth.items():
        swapped = _swapped(born)
        if swapped and swapped > born:
            _note(found, product(ids, by_birth.get((key, swapped), ())), Clash.SWAPPED_BIRTH)
    for ids in by_ucas_id.values():
        _note(found, combinations(ids, 2), Clash.SAME_UCAS_ID)
    left = sorted(found.keys() - set(told_apart))
    return [Pair(*pair, tuple(found[pair])) for pair in left[:MOST_PAIRS]]


def _note(found: dict[tuple[int, int], list[Clash]], pairs: Iterable[tuple[int, int]], reason: Clash) -> None:
    for one, other in pairs:
        found[min(one, other), max(one, other)].append(reason)


def _swapped(born: date) -> date | None:
    """The date with day and month the other way round; None where that is the same, or no date."""
    return date(born.year, born.day, born.month) if born.day <= 12 and born.day != born.month else None


def identifier_is_free(field: str, value: str, owner: str) -> Refusal | None:
    """CLASH-01: A UCI, a ULN and an OCR number belong to one candidate of a centre.

    owner: the name of the other candidate who has it; "" where nobody has.
    """
    if not owner:
        return None
    return Refusal(
        "CLASH-01",
        f"{LABELS[field]} {value} is that of {owner}. Use that record, or correct the {LABELS[field]}.",
        field,
    )


def person_is_new(same: Sequence[str], question: str, answer: str) -> Refusal | None:
    """CLASH-02: Where a centre has a candidate of the same name and date of birth, the officer is asked before another
    is made. The answer counts for those who were shown, and for no others.

    same: the names of those whom the centre has. question: what the tick answers.
    """
    if not same or answer == question:
        return None
    whom = "a candidate" if len(same) == 1 else f"{len(same)} candidates"
    return Refusal(
        "CLASH-02",
        f"Your centre has {whom} of this name and date of birth: {', '.join(same)}. "
        "Use that record, or tick “This is a different person”.",
        "last_name",
        confirm_with="is_different_person",
        confirm_as=question,
    )


def record_is_as_seen(seen: str | None, now: str, name: str) -> Refusal | None:
    """CLASH-03: What somebody saves of a candidate, they decided on the record as it is now.

    seen, now: the fingerprint of what the page showed, and that of the record. seen is None where nothing was shown.
    """
    if seen is None or seen == now:
        return None
    return Refusal(
        "CLASH-03",
        f"The record of {name} was changed while your page was open. Nothing is saved: compare what stands here with "
        "the record as it is now, and save again.",
    )
