"""Whom the rows of a file are about: candidates of the centre, or new people who stand in several rows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from candidates.rules.guarding import change_needs_no_proof
from candidates.rules.matching import IDENTIFIERS, Finding, Known, KnownPeople, find, record_and_file_agree
from candidates.rules.people import GENDER_VALUES, Person
from core.refusals import Refusal

from .planning import Row, Who

SAID_ONCE = {
    **{name: f"{label}s" for name, label in IDENTIFIERS.items()},
    "candidate_number": "candidate numbers",
    "gender": "genders",
    "middle_names": "lists of middle names",
}
"""What rows about one person say alike besides name and date of birth; a row that says nothing is no contradiction."""

ENTRIES = "Cambridge Technicals entries"
"""What a candidate has who is entered for anything of Cambridge Technicals."""


@dataclass
class PeopleOfFile:
    """The people of earlier rows, for the rows after them. Rows are named by their numbers.

    known: the candidates of the centre. chosen: whom rows are about, by their numbers, where nobody is looked for.
    with_entries: the ids of those who have entries.
    kept: what is to be kept of a person, and what rows typed of it.
    """

    known: KnownPeople
    chosen: Mapping[int, int] = field(default_factory=dict)
    with_entries: Collection[int] = ()
    new: KnownPeople = field(init=False)
    who_of_new: dict[int, Who] = field(default_factory=dict)
    kept: dict[Who, tuple[Person, Person, int]] = field(default_factory=dict)
    given: dict[tuple[str, str], tuple[Who, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.new = KnownPeople(self.known.year)


def say_who(row: Row, people: PeopleOfFile) -> None:
    """Say who the person of a row is: a candidate of the centre, one of an earlier row, or somebody new."""
    finding = _chosen(row, people) or find(row.person, people.known, row.answers.get("which_is_right", ""))
    row.finding = finding
    row.notices += finding.notices
    row.refuse(*finding.refusals, *_guarded(finding, row, people))
    row.who = ("known", finding.known.id) if finding.known else _who_of_new(row, people)
    if finding.known is None or finding.is_change:
        row.refuse(person_says_one_thing(finding.person, row, people))
    if row.is_settled:
        row.refuse(number_is_given_once(finding.person, row, people))
        row.refuse(*[identifier_is_given_once(name, finding.person, row, people) for name in IDENTIFIERS])


def _chosen(row: Row, people: PeopleOfFile) -> Finding | None:
    known = people.known.by_id.get(people.chosen.get(row.number, 0))
    return Finding(known.person, known) if known else None


def _guarded(finding: Finding, row: Row, people: PeopleOfFile) -> list[Refusal]:
    """What GUARD-01 says of a file that is chosen over the record of somebody who has entries; and the choice anew."""
    known = finding.known
    if known is None or not finding.is_change or known.id not in people.with_entries:
        return []
    needs_proof = change_needs_no_proof(known.person, finding.person, ENTRIES)
    if needs_proof is None:
        return []
    question = record_and_file_agree(row.person, known, "The file cannot be used for this person.")
    keep, _, new = question.choices
    return [needs_proof, replace(question, choices=(keep, new))]


def _who_of_new(row: Row, people: PeopleOfFile) -> Who:
    person = row.person
    for hit in people.new.hits(person).values():
        return people.who_of_new[hit.id]
    same_name = people.new.by_name.get((person.person_key, person.date_of_birth), [])
    for known in same_name:
        if not any(_differ(getattr(person, name), getattr(known.person, name)) for name in IDENTIFIERS):
            return people.who_of_new[known.id]
    who = ("new", row.number)
    people.who_of_new[row.number] = who
    people.new.add(Known(row.number, person, person.person_key))
    return who


def _differ(one: str, other: str) -> bool:
    return bool(one and other and one != other)


def person_says_one_thing(person: Person, row: Row, people: PeopleOfFile) -> Refusal | None:
    """IDENTITY-05: Rows of one file that are about one person say the same of the person, as far as they say it."""
    if row.who not in people.kept:
        people.kept[row.who] = person, _as_typed(row), row.number
        return None
    (kept, typed, number), now = people.kept[row.who], _as_typed(row)
    if field := _another_in(person, kept):
        return Refusal(
            "IDENTITY-05",
            f"Rows {number} and {row.number} have the same UCI, ULN or OCR number, and another name or date of birth. "
            "Correct one of the two.",
            field,
        )
    other = next((name for name in SAID_ONCE if _differ(getattr(now, name), getattr(typed, name))), "")
    if other:
        return Refusal(
            "IDENTITY-05",
            f"Rows {number} and {row.number} are about one candidate and give two {SAID_ONCE[other]}. Correct one.",
            other,
        )
    said = {name: getattr(now, name) for name in SAID_ONCE if not getattr(typed, name)}
    people.kept[row.who] = kept, replace(typed, **said), number
    return None


def _another_in(one: Person, other: Person) -> str:
    """Where two are not one person, or ""; what cannot be read is told of its own row, and is no contradiction."""
    have_names = all(each.first_name and each.last_name for each in (one, other))
    if have_names and one.person_key != other.person_key:
        return "last_name"
    have_dates = one.date_of_birth and other.date_of_birth
    return "date_of_birth" if have_dates and one.date_of_birth != other.date_of_birth else ""


def _as_typed(row: Row) -> Person:
    """The person as the row says it, without a gender that cannot be read."""
    return row.person if row.person.gender in GENDER_VALUES else replace(row.person, gender="")


def number_is_given_once(person: Person, row: Row, people: PeopleOfFile) -> Refusal | None:
    """NUMBER-04: A file gives a candidate number to one candidate.

    A number that is not kept, because the record is, is not given.
    """
    number = row.person.candidate_number
    if not number or number != person.candidate_number:
        return None
    who, first = people.given.setdefault(("candidate_number", number), (row.who, row.number))
    if who == row.who:
        return None
    return Refusal(
        "NUMBER-04",
        f"Candidate number {number} stands in row {first} for another candidate. Correct one of the two, or clear it.",
        "candidate_number",
    )


def identifier_is_given_once(name: str, person: Person, row: Row, people: PeopleOfFile) -> Refusal | None:
    """IDENTITY-06: A file gives an identifier to one candidate."""
    identifier = getattr(person, name)
    if not identifier:
        return None
    who, first = people.given.setdefault((name, identifier), (row.who, row.number))
    if who == row.who:
        return None
    return Refusal(
        "IDENTITY-06",
        f"{IDENTIFIERS[name]} {identifier} stands in row {first} for another candidate. Correct one of the two, or "
        "clear it.",
        name,
    )
