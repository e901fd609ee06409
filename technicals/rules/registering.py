"""Laws of registrations: full awards, top-ups, moving down, re-entry (guide "Making a top-up entry", decision 0018)."""

from collections.abc import Iterable, Sequence

from candidates.rules.matching import in_words
from candidates.rules.people import Person
from core.refusals import Refusal

from ..enums import EntryKind
from .facts import Code, Facts, Registered, SeriesFacts
from .planning import PlannedRegistration, Row, registration_charges

DECLARED = "is_declared"


def plan_registration(row: Row, registered: Iterable[Registered], facts: Facts) -> None:
    """Plan the registration that a row without units asks for, or say why not, or where it stands entered.

    A row with something to mend is mended first, for it may be about somebody else than who stands entered.
    """
    code, series = row.code, facts.registrations
    if code is None or series is None:
        return
    registered = list(registered)
    standing = next((each.reference for each in registered if each.is_live and each.code == code.leads_to), "")
    if standing:
        row.already = "" if row.refusals else standing
        return
    if pending := withdrawal_is_not_pending(code, registered):
        row.refuse(pending)
        return
    earlier = earlier_registration(code, registered)
    is_declared = row.answers.get(DECLARED) == declaration(code.code, row.person)
    row.refuse(*_route_refusals(row, code, earlier, is_declared))
    if not row.refusals:
        row.registration = PlannedRegistration(
            code, series, registration_charges(code, facts), earlier.id if earlier else None, is_declared
        )


def earlier_registration(code: Code, registered: Iterable[Registered]) -> Registered | None:
    """The registration that a top-up, a moving down or a re-entry follows."""
    if code.kind == EntryKind.FULL:
        return None
    of_family = [each for each in registered if each.family == code.family]
    if code.kind == EntryKind.RE_ENTRY:
        return next((each for each in of_family if not (each.is_withdrawing or each.followed_by)), None)
    return next((each for each in of_family if each.is_live and each.code == code.from_code), None)


def declaration(code: str, person: Person) -> str:
    """The answer by which a centre declares it of this person for this code, and of nobody else."""
    return f"{code} for {in_words(person)}"


def _route_refusals(row: Row, code: Code, earlier: Registered | None, is_declared: bool) -> list[Refusal | None]:
    if code.kind == EntryKind.FULL:
        return []
    if code.kind == EntryKind.RE_ENTRY:
        return [re_entry_follows_a_full_award(code, earlier)]
    return [
        route_follows_its_full_award(code, earlier),
        route_follows_what_no_re_entry_renewed(earlier),
        moving_down_is_declared(code, row.person, is_declared),
    ]


def route_follows_its_full_award(code: Code, earlier: Registered | None) -> Refusal | None:
    """ROUTE-01: A top-up or moving down needs a live full award entry at the centre under the code it starts from."""
    if earlier:
        return None
    what = "top-up" if code.kind == EntryKind.TOP_UP else "moving down"
    return Refusal(
        "ROUTE-01",
        f"{code.code} is the {what} code from {code.from_code}, and this candidate has no full award entry under "
        f"{code.from_code} that was processed. Enter {code.from_code} first, or use the full award's own code.",
        "scheme_code",
    )


def route_follows_what_no_re_entry_renewed(earlier: Registered | None) -> Refusal | None:
    """ROUTE-04: A full award entry is not topped up or moved down from while a re-entry that renewed it stands, or what
    the re-entry was topped up to or moved down to."""
    if earlier is None or not earlier.followed_by:
        return None
    return Refusal(
        "ROUTE-04",
        f"The full award entry under {earlier.code} ({earlier.reference}) was renewed by a re-entry "
        f"({earlier.followed_by}). Withdraw the re-entry first, or ask OCR.",
        "scheme_code",
    )


def moving_down_is_declared(code: Code, person: Person, is_declared: bool) -> Refusal | None:
    """ROUTE-02: A moving down needs the centre's declaration that the smaller size's units are achieved.

    It is made for one person and one code, and counts for no other.
    """
    if code.kind != EntryKind.MOVING_DOWN or is_declared:
        return None
    return Refusal(
        "ROUTE-02",
        f"Moving down to {code.size}: declare that the candidate has achieved the units which {code.size} needs, in a "
        "combination that it allows. There is no refund.",
        "scheme_code",
        confirm_with=DECLARED,
        confirm_as=declaration(code.code, person),
    )


def re_entry_follows_a_full_award(code: Code, earlier: Registered | None) -> Refusal | None:
    """ROUTE-03: A re-entry needs an earlier full award entry of the same subject, level and suite."""
    if earlier:
        return None
    subject, level, suite = code.family
    return Refusal(
        "ROUTE-03",
        f"{code.code} is a re-entry code, and this candidate has no earlier full award entry for {subject}, Level "
        f"{level}, {suite} suite. Use the full award's own code.",
        "scheme_code",
    )


def registration_stands_once_in_a_file(code: Code, first_row: int | None) -> Refusal | None:
    """TWICE-01: A file registers a candidate once for a full award; the second row is the one at fault."""
    if first_row is None:
        return None
    return Refusal(
        "TWICE-01",
        f"Row {first_row} registers the same candidate for {code.leads_to}. Set one of the two rows aside.",
        "scheme_code",
    )


def registration_is_followed_once(first_row: int | None) -> Refusal | None:
    """TWICE-03: A full award entry is topped up, moved down from or renewed once in a file."""
    if first_row is None:
        return None
    return Refusal(
        "TWICE-03",
        f"Row {first_row} tops up, moves down from or renews the same full award entry. Set one of the two rows aside.",
        "scheme_code",
    )


def withdrawal_is_not_pending(code: Code, registered: Sequence[Registered]) -> Refusal | None:
    """REG-03: Under an entry code whose registration is being withdrawn nothing is entered until that is settled.

    A re-entry waits where it could follow no other registration of its subject, level and suite.
    """
    codes = {code.code, code.leads_to, code.from_code}
    if code.kind == EntryKind.RE_ENTRY and earlier_registration(code, registered) is None:
        codes |= {each.code for each in registered if each.family == code.family}
    pending = next((each for each in registered if each.is_withdrawing and each.code in codes), None)
    if pending is None:
        return None
    return Refusal(
        "REG-03",
        f"The registration for {pending.code} ({pending.reference}) is being withdrawn. Undo its withdrawal first, on "
        "the candidate's page.",
        "scheme_code",
    )


def full_award_or_units(code: Code, other: str) -> Refusal | None:
    """BOTH-01: In the 2012 suite a candidate has full award entries or unit entries of a subject and level, not both.

    other: where the other kind was entered before: "row 14", or a reference; "" for nowhere.
    """
    if not (other and code.is_of_2012):
        return None
    subject, level, _ = code.family
    return Refusal(
        "BOTH-01",
        f"This candidate has a full award on one side and units on the other for {subject}, Level {level}, 2012 suite "
        f"({other}). It must be one or the other: set this row aside, or withdraw the earlier entry.",
        "scheme_code",
    )


def registrations_are_set_up(registrations: SeriesFacts | None) -> Refusal | None:
    """SERIES-04: Registrations belong to the set of the academic year, which the board sets up each September."""
    if registrations:
        return None
    return Refusal(
        "SERIES-04",
        "The registrations of this academic year are not open yet. Your file is kept: submit it when they are, or ask "
        "OCR.",
    )


def centre_is_approved_for_something(is_approved: bool) -> Refusal | None:
    """APPROVAL-05: A centre that enters for Cambridge Technicals is approved for at least one subject on the day."""
    if is_approved:
        return None
    return Refusal(
        "APPROVAL-05",
        "Your centre is not approved for a Cambridge Technical now, so nothing can be entered. Ask OCR for approval: "
        "the contact stands at the foot of every page.",
    )
