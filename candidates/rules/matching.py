"""Which of a centre's candidates a person is, and what is asked where they contradict each other (decision 0018).

Looked for are, in this order: OCR number, UCI, ULN, then surname, forename and date of birth.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from core.moments import date_in_words
from core.refusals import Refusal

from .people import Person

IDENTIFIERS = {"ocr_number": "OCR number", "uci": "UCI", "uln": "ULN"}
ANSWER = "which_is_right"
"""The field in which the officer says who is right."""
TOLD_WHERE_THEY_DIFFER = {"middle_names": "other middle names", "gender": "another gender"}
FILLED_IN = ("uci", "uln", "ocr_number", "middle_names", "candidate_number")


@dataclass(frozen=True)
class Known:
    """A candidate as the centre's records have it. id: of the record. numbered_in: the year of its candidate number.

    The person has a candidate number only where it is one of the academic year in which people are looked for.
    """

    id: int
    person: Person
    person_key: str
    numbered_in: int | None = None


@dataclass(frozen=True)
class Finding:
    """Who a person is. known: the record, or None for a new one. person: what is to be kept of it.

    is_change: whether the record is changed, as the officer chose, or by filling in what it does not have.
    """

    person: Person
    known: Known | None = None
    is_change: bool = False
    refusals: tuple[Refusal, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass
class KnownPeople:
    """The active candidates of a centre, by all that they can be found by."""

    year: int
    by_id: dict[int, Known] = field(default_factory=dict)
    by_identifier: dict[tuple[str, str], Known] = field(default_factory=dict)
    by_name: dict[tuple[str, date | None], list[Known]] = field(default_factory=lambda: defaultdict(list))
    by_number: dict[str, Known] = field(default_factory=dict)

    @classmethod
    def of(cls, known: Iterable[Known], year: int) -> "KnownPeople":
        """All of them; year: the academic year in which candidate numbers are compared."""
        people = cls(year)
        for each in known:
            people.add(each)
        return people

    def add(self, known: Known) -> None:
        """Let another be found."""
        self.by_id[known.id] = known
        for name in IDENTIFIERS:
            if identifier := getattr(known.person, name):
                self.by_identifier[name, identifier] = known
        self.by_name[known.person_key, known.person.date_of_birth].append(known)
        if known.person.candidate_number and known.numbered_in == self.year:
            self.by_number[known.person.candidate_number] = known

    def hits(self, person: Person) -> dict[str, Known]:
        """Whose identifiers the person has, by the name of the identifier."""
        found = ((name, self.by_identifier.get((name, getattr(person, name)))) for name in IDENTIFIERS)
        return {name: known for name, known in found if known}


def find(person: Person, people: KnownPeople, answer: str = "") -> Finding:
    """Who a person is among those known. answer: the choice of the officer, as the question offered it."""
    hits = people.hits(person)
    owners = {known.id: known for known in hits.values()}
    if len(owners) > 1:
        return Finding(person, refusals=(identifiers_belong_to_one(hits),))
    if hits:
        finding = _by_identifier(person, next(iter(owners.values())), next(iter(hits)), answer)
    else:
        finding = _by_name(person, people.by_name.get((person.person_key, person.date_of_birth), []), answer)
    return _with_free_number(person, finding, people)


def identifiers_belong_to_one(hits: dict[str, Known]) -> Refusal:
    """IDENTITY-01: The identifiers of a person belong to one candidate of the centre, not to several."""
    told = "; ".join(f"the {IDENTIFIERS[name]} is that of {in_words(known.person)}" for name, known in hits.items())
    last = list(hits)[-1]
    return Refusal("IDENTITY-01", f"Check the identifiers: {told}. Correct or clear the wrong one.", last)


def record_and_file_agree(person: Person, known: Known, why: str) -> Refusal:
    """IDENTITY-02: Where an identifier says that somebody is known, and birth, surname or another identifier says
    otherwise, the officer chooses: our record, the file, or a new person. Nothing is overwritten unasked."""
    return Refusal(
        "IDENTITY-02",
        f"{why} Our record: {in_words(known.person)}. The file: {in_words(person)}. Choose which is right.",
        ANSWER,
        choices=(_keep(known), _use(person), _new(person)),
    )


def person_is_one_of_several(person: Person, several: list[Known]) -> Refusal:
    """IDENTITY-03: Where several candidates of the centre have the name and the date of birth, the officer chooses.

    Records that cannot be told apart cannot be chosen: nobody can say whom an entry would be for.
    """
    told = Counter(map(_keep, several))
    alike = max(told.values())
    remedy = (
        f"{alike} of the records say the same: open them under Candidates, and make one of them, or add a UCI, ULN "
        "or OCR number to each. Then give it here too."
        if alike > 1
        else "Choose which of them this is, or give the UCI."
    )
    return Refusal(
        "IDENTITY-03",
        f"Your centre has {len(several)} candidates called {person.name} with this date of birth. {remedy}",
        ANSWER,
        choices=(*(choice for choice, count in told.items() if count == 1), _new(person)),
    )


def new_person_has_own_identifiers(name: str, known: Known) -> Refusal:
    """IDENTITY-04: A new person does not have the identifier of a candidate whom the centre has."""
    return Refusal(
        "IDENTITY-04",
        f"The {IDENTIFIERS[name]} is that of {in_words(known.person)}. For a new person, correct it or clear it.",
        name,
    )


def number_is_free(person: Person, owner: Known | None) -> Refusal | None:
    """NUMBER-03: A candidate number belongs to one candidate of a centre in an academic year."""
    if owner is None:
        return None
    return Refusal(
        "NUMBER-03",
        f"Candidate number {person.candidate_number} is that of {owner.person.name} this year. "
        "Correct it, or leave it empty.",
        "candidate_number",
    )


def in_words(person: Person) -> str:
    """A person as questions name one: name, date of birth, and the identifiers that there are."""
    born = f", born {date_in_words(person.date_of_birth)}" if person.date_of_birth else ""
    given = ((label, getattr(person, name)) for name, label in IDENTIFIERS.items())
    return f"{person.name}{born}{''.join(f', {label} {value}' for label, value in given if value)}"


def _keep(known: Known) -> str:
    return f"Keep our record: {in_words(known.person)}"


def _use(person: Person) -> str:
    return f"Use the file: {in_words(person)}"


def _new(person: Person) -> str:
    return f"A new person: {in_words(person)}"


def _by_identifier(person: Person, known: Known, name: str, answer: str) -> Finding:
    if not _contradicts(person, known):
        return _same(person, known)
    if answer == _new(person):
        return Finding(person, refusals=(new_person_has_own_identifiers(name, known),))
    why = f"The {IDENTIFIERS[name]} is known with another surname, date of birth or identifier."
    return _answered(person, known, answer, why)


def _by_name(person: Person, known: list[Known], answer: str) -> Finding:
    if not known or not person.person_key or person.date_of_birth is None or answer == _new(person):
        return Finding(person)
    if len(known) > 1:
        named = [each for each in known if answer == _keep(each)]
        chosen = named[0] if len(named) == 1 else None
        own = [each for each in known if not _contradicts(person, each)]
        if chosen is None and not (len(own) == 1 and any(getattr(person, name) for name in IDENTIFIERS)):
            return Finding(person, refusals=(person_is_one_of_several(person, known),))
        return _same(person, chosen or own[0])
    if not _contradicts(person, known[0]):
        return _same(person, known[0])
    return _answered(person, known[0], answer, "Name and date of birth are known with another identifier.")


def _answered(person: Person, known: Known, answer: str, why: str) -> Finding:
    if answer == _keep(known):
        return Finding(known.person, known)
    if answer == _use(person):
        return Finding(_filled(person, known.person), known, is_change=True)
    return Finding(person, known, refusals=(record_and_file_agree(person, known, why),))


def _same(person: Person, known: Known) -> Finding:
    """The record stays; what it does not have is filled in, and what differs otherwise is told."""
    kept = _filled(known.person, person)
    if person.candidate_number:
        kept = replace(kept, candidate_number=person.candidate_number)
    told = [] if kept == known.person else ["Identifiers or numbers are added to your centre's record."]
    if known.person.first_name != person.first_name or known.person.last_name != person.last_name:
        told.append(f"Your centre's record spells the name {known.person.name}, and stays so.")
    for name, label in TOLD_WHERE_THEY_DIFFER.items():
        given, stored = getattr(person, name), getattr(known.person, name)
        if given and stored and given != stored:
            told.append(f"Your centre's record has {label}, and stays so.")
    return Finding(kept, known, is_change=kept != known.person, notices=tuple(told))


def _filled(person: Person, other: Person) -> Person:
    """The person with what only the other has."""
    missing = {name: getattr(other, name) for name in FILLED_IN if getattr(other, name) and not getattr(person, name)}
    return replace(person, **missing) if missing else person


def _contradicts(person: Person, known: Known) -> bool:
    other = known.person
    if person.date_of_birth != other.date_of_birth:
        return True
    if person.person_key != known.person_key and person.plain_last_name.lower() != other.plain_last_name.lower():
        return True
    return any(
        getattr(person, name) and getattr(other, name) and getattr(person, name) != getattr(other, name)
        for name in IDENTIFIERS
    )


def _with_free_number(person: Person, finding: Finding, people: KnownPeople) -> Finding:
    number = person.candidate_number  # a record's own, which may be of an earlier year, is not judged
    owner = people.by_number.get(number) if number and number == finding.person.candidate_number else None
    if owner is None or (finding.known and owner.id == finding.known.id):
        return finding
    refusal = number_is_free(finding.person, owner)
    return replace(finding, refusals=(*finding.refusals, *([refusal] if refusal else [])))
