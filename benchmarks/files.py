"""Spreadsheets of made-up people: each stands in two rows, a full award and a row with two units."""

from collections.abc import Iterator
from itertools import cycle

from candidates.rules.identifiers import uci_letter
from core.tabular.writing import as_xlsx
from technicals.codecs.template import COLUMNS, row_of

Answers = dict[str, str]
HEADINGS = [heading for _, heading, _ in COLUMNS]
FULL_AWARD = "05835"
FORENAMES = ("Amara", "Zoë", "Seán", "Mary Ann", "Oluwaseun", "Jack", "Siân", "D'Arcy", "Li", "Anne-Marie")
ERRORS: tuple[Answers, ...] = (
    {"date_of_birth": "31/02/2009"},
    {"gender": "Q"},
    {"scheme_code": "99999"},
    {"own_reference": "=1+1"},
    {"last_name": ""},
    {"centre_number": "69999"},
    {"uln": "1234567890"},
    {"unit_1": "77"},
    {"unit_2": "1"},
    {"series": "June 1999"},
)
OF_REGISTRATIONS = ERRORS[:4]
"""Errors for which the row with the person's units waits too."""
BLOCK = 50
IN_UNIT_ROW, IN_REGISTRATION = (0, 1, 2), 3
"""The people of each block in whose rows something is wrong: five rows in a hundred."""


def workbook(rows: int, *, with_errors: bool) -> bytes:
    """An .xlsx of so many rows in the layout of the template; with errors, one row in twenty has something to mend."""
    people = _people(rows // 2)
    answers = _with_errors(people) if with_errors else people
    return as_xlsx("Entries", HEADINGS, [row_of(each) for pair in answers for each in pair])


def errors_in(rows: int) -> int:
    """How many rows of such a file have something to mend; whole hundreds of rows are meant."""
    return rows // 20


def _people(count: int) -> Iterator[tuple[Answers, Answers]]:
    for number in range(count):
        person = _person(number)
        yield person, person | {"unit_1": "1", "unit_2": "02"}


def _with_errors(people: Iterator[tuple[Answers, Answers]]) -> Iterator[tuple[Answers, Answers]]:
    errors, of_registrations = cycle(ERRORS), cycle(OF_REGISTRATIONS)
    for number, (registration, units) in enumerate(people):
        if number % BLOCK in IN_UNIT_ROW:
            yield registration, units | next(errors)
        elif number % BLOCK == IN_REGISTRATION:
            yield registration | next(of_registrations), units
        else:
            yield registration, units


def _person(number: int) -> Answers:
    twelve = f"61111026{number + 1:04}"
    return {
        "candidate_number": f"{number + 1:04}",
        "uci": twelve + uci_letter(twelve),
        "last_name": f"Smith{_letters(number)}",
        "first_name": FORENAMES[number % len(FORENAMES)],
        "date_of_birth": f"{number % 28 + 1:02}/{number % 12 + 1:02}/2009",
        "gender": "Female" if number % 2 else "Male",
        "scheme_code": FULL_AWARD,
        "own_reference": f"Business {number + 1}",
    }


def _letters(number: int) -> str:
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))
