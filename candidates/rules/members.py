"""Finding the members of a group in a file: by identifier, or by name and date of birth. Nothing is guessed."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from core.moments import date_in_words
from core.refusals import Refusal, Refused

from .identifiers import read_ocr_number, read_uci
from .identity import person_key
from .reading import read_date_of_birth, without_midnight

LOOKED_THROUGH = 10
"""Among how many rows the headings are looked for."""
HEADINGS = {
    "ocr_number": {"ocrnumber", "ocrcandidatenumber", "candidateocrnumber"},
    "uci": {"uci", "ucinumber", "uniquecandidateidentifier", "candidateuci"},
    "first_name": {"forename", "firstname", "legalforename", "legalfirstname", "givenname"},
    "last_name": {"surname", "lastname", "legalsurname", "legallastname", "familyname"},
    "date_of_birth": {"dateofbirth", "dateofbirthddmmyyyy", "dob", "birthdate"},
}
BY_NAME = {"first_name", "last_name", "date_of_birth"}
READERS: dict[str, Callable[[str], str]] = {"ocr_number": read_ocr_number, "uci": read_uci}
LABELS = {"ocr_number": "OCR number", "uci": "UCI"}
LONGEST_TOLD = 90


@dataclass(frozen=True)
class Member:
    """A candidate who can be put into a group. id: of the record."""

    id: int
    name: str
    person_key: str
    date_of_birth: date
    uci: str = ""
    ocr_number: str = ""


@dataclass
class Found:
    """Whom a file names, by the ids of their records, and what is said of each row that names nobody for certain."""

    members: list[int] = field(default_factory=list)
    problems: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class _Known:
    by_identifier: dict[tuple[str, str], Member] = field(default_factory=dict)
    by_name: dict[tuple[str, date], list[Member]] = field(default_factory=lambda: defaultdict(list))


def place_of_headings(rows: Sequence[Sequence[str]]) -> int:
    """The first of the rows in which most headings are recognised."""
    counts = [len(columns_of(row)) for row in rows[:LOOKED_THROUGH]]
    return counts.index(max(counts)) if counts else 0


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """The place of each column that is recognised; of several for one, the first."""
    found: dict[str, int] = {}
    for place, heading in enumerate(headings):
        name = "".join(char for char in unicodedata.normalize("NFKD", heading.casefold()) if char.isalnum())
        column = next((column for column, names in HEADINGS.items() if name in names), None)
        if column:
            found.setdefault(column, place)
    return found


def file_names_candidates(columns: Iterable[str]) -> Refusal | None:
    """GROUP-05: A file of members has a column UCI or OCR number, or the three of surname, forename and birth."""
    columns = set(columns)
    if columns & READERS.keys() or columns >= BY_NAME:
        return None
    return Refusal(
        "GROUP-05",
        "The file needs a column headed UCI or OCR number; or the three columns Surname, Forename and Date of birth. "
        "Add the headings above the rows and upload it again.",
        "file",
    )


def members_of(
    rows: Iterable[tuple[int, Sequence[str]]], columns: Mapping[str, int], candidates: Iterable[Member]
) -> Found:
    """Whom the rows below the headings name among the centre's candidates; each once, in the order of the file.

    rows: with their numbers in the file. A row that holds nothing in these columns is left out.
    """
    known, found = _by_all(candidates), Found()
    for number, cells in rows:
        texts = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
        if any(texts.values()):
            try:
                member = _member(texts, known)
            except Refused as refused:
                found.problems.append((number, refused.refusals[0].sentence))
            else:
                found.members.append(member.id)
    found.members = list(dict.fromkeys(found.members))
    return found


def row_names_one_candidate(count: int, what: str) -> Refusal | None:
    """GROUP-06: A row of a file of members names one candidate of the centre, neither none nor several.

    count: how many it could mean. what: by what it names them.
    """
    if count == 1:
        return None
    if not count:
        return Refusal("GROUP-06", f"No candidate of your centre has {what}.")
    return Refusal("GROUP-06", f"{count} candidates of your centre have {what}. Give the UCI, or tick the right one.")


def row_agrees_with_itself(member: Member, what: str, agrees: bool) -> Refusal | None:
    """GROUP-07: Name and date of birth of a row are those of the candidate whom its identifier names."""
    if agrees:
        return None
    born = date_in_words(member.date_of_birth)
    return Refusal("GROUP-07", f"The candidate with {what} is {member.name}, born {born}; the row says otherwise.")


def _by_all(candidates: Iterable[Member]) -> _Known:
    known = _Known()
    for member in candidates:
        for name in READERS:
            if identifier := getattr(member, name):
                known.by_identifier[name, identifier] = member
        known.by_name[member.person_key, member.date_of_birth].append(member)
    return known


def _member(texts: Mapping[str, str], known: _Known) -> Member:
    """The candidate of a row. Raises Refused with what is said of the row."""
    name = next((name for name in READERS if texts.get(name)), "")
    if not name:
        return _by_name(texts, known)
    value = READERS[name](texts[name])
    what, owner = f"the {LABELS[name]} {value}", known.by_identifier.get((name, value))
    [member] = _only([owner] if owner else [], what)
    _refuse(row_agrees_with_itself(member, what, _agrees(texts, member)))
    return member


def _by_name(texts: Mapping[str, str], known: _Known) -> Member:
    born = read_date_of_birth(without_midnight(texts.get("date_of_birth", "")))
    first, last = texts.get("first_name", ""), texts.get("last_name", "")
    name = f"{first} {last}".strip()[:LONGEST_TOLD]
    what = f"the name “{name}” and the date of birth {date_in_words(born)}"
    [member] = _only(known.by_name.get((person_key(first, last), born), []), what)
    return member


def _only(members: list[Member], what: str) -> list[Member]:
    """The one whom a row can mean. Raises Refused where there is none, or several."""
    _refuse(row_names_one_candidate(len(members), what))
    return members


def _agrees(texts: Mapping[str, str], member: Member) -> bool:
    """Whether what else stands in a row is the candidate's; what does not stand there is not asked for."""
    first, last, born = (texts.get(name, "") for name in ("first_name", "last_name", "date_of_birth"))
    if first and last and person_key(first, last) != member.person_key:
        return False
    return not born or read_date_of_birth(without_midnight(born)) == member.date_of_birth


def _refuse(refusal: Refusal | None) -> None:
    if refusal:
        raise Refused([refusal])
