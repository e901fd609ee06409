"""Cambridge Technicals at a centre, and the file of its officer: many rows, 25 of them with something to mend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any

import openpyxl

from candidates.rules.identifiers import read_uci
from technicals.codecs.catalogue import PRICES
from technicals.codecs.template import COLUMNS, row_of
from technicals.enums import PriceKind
from technicals.models import Price, Series
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import (
    PriceFactory,
    TechnicalsApprovalFactory,
    exam_series,
    load_reference,
    registration_series,
    shipped,
    today,
)
from tests.factories.technicals_files import FULL, answers

LABELS = {slug: heading for slug, heading, _ in COLUMNS}
FIRST_ROW = 4
"""Of what is typed into the template: above it stand the link to Help, the headings and the help lines."""
QUESTION = "Which is right?"
UCIS = [read_uci(f"6111112700{number:02}") for number in range(1, 4)]


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a row: the column, the text in the file, and the text that mends it.

    mended is "" where the cell is cleared, and None where the row is set aside.
    """

    column: str
    text: str
    mended: str | None

    @property
    def label(self) -> str:
        return LABELS[self.column]


OF_PEOPLE = [
    Wrong("date_of_birth", "3/27/07", "27/03/2007"),
    Wrong("date_of_birth", "31/02/2008", "28/02/2008"),
    Wrong("scheme_code", "99999", FULL),
    *[Wrong("scheme_code", "O5835", FULL)] * 3,
    Wrong("scheme_code", "05822", FULL),
    Wrong("uci", UCIS[2][:-1] + ("A" if UCIS[2][-1] != "A" else "B"), UCIS[2]),
    Wrong("uln", "1234567890", ""),
    Wrong("ocr_number", "1234567", ""),
    Wrong("gender", "", "Female"),
    Wrong("gender", "Q", "Male"),
    Wrong("last_name", "", "Smithers"),
    Wrong("last_name", "Sm1th", "Smythe"),
    Wrong("first_name", "=UPPER(A1)", "Ann"),
    Wrong("centre_number", "99999", ""),
    Wrong("candidate_number", "12345", "1234"),
]
"""What is wrong with rows that register somebody."""
OF_UNITS = [
    Wrong("unit_1", "4", "2"),
    Wrong("unit_1", "99", "2"),
    Wrong("unit_1", "05834/01", "1"),
    Wrong("series", "June 1999", ""),
    Wrong("scheme_code", "05836", None),
]
"""What is wrong with rows that enter for a unit. The last one names a code for which nobody is registered."""
KNOWN = [
    # as the centre's record has them, as the file has them, and who is right
    ({"last_name": "Oldjones", "uci": UCIS[0]}, {"last_name": "Jones", "uci": UCIS[0]}, "Keep our record"),
    ({"last_name": "Oldbrown", "uci": UCIS[1]}, {"last_name": "Brown", "uci": UCIS[1]}, "Use the file"),
    ({"last_name": "White", "uln": "1000000078"}, {"last_name": "White", "uln": "1000000086"}, "A new person"),
]
"""Candidates whom the centre has already, and who differ from the file."""
ERRORS = len(OF_PEOPLE) + len(OF_UNITS) + len(KNOWN)


def set_up(centre: Any, *, is_late: bool = False) -> Series:
    """A centre that is approved for Business, with prices, the year's registrations and a January that is open.

    is_late: whether its entry deadline was yesterday.
    """
    load_reference()
    registration_series()
    TechnicalsApprovalFactory(centre=centre)
    for kind, amount in ((PriceKind.REGISTRATION, 14200), (PriceKind.RESIT, 3625), (PriceKind.LATE, 4400)):
        PriceFactory(kind=kind, amount=amount)
    for record, _, _ in KNOWN:
        CandidateFactory(centre=centre, **record)
    return exam_series(opens_on=today() - timedelta(days=61 if is_late else 30))


def with_sample_prices() -> None:
    """The prices that are shipped as examples, and one that is to come."""
    Price.objects.all().delete()
    for values in shipped(PRICES):
        Price.objects.create(**values)
    PriceFactory(kind=PriceKind.TOP_UP, code="05999", amount=None, since=today() + timedelta(days=30))


def rows(count: int) -> list[dict[str, str]]:
    """Rows that are right: registrations, and at the end a unit for each of the first candidates."""
    with_units = units_among(count)
    people = [answers(number) for number in range(count - with_units)]
    return [*people, *(answers(number, unit_1="1") for number in range(with_units))]


def units_among(count: int) -> int:
    """How many of so many rows are for a unit."""
    return min(20, count // 4)


@dataclass(frozen=True)
class Planted:
    """A file's rows, and where they are wrong: what is wrong, and who is right, by the number of the row."""

    rows: list[dict[str, str]]
    wrong: Mapping[int, Wrong]
    asked: Mapping[int, str]


def planted(
    count: int, of_people: Sequence[Wrong] = OF_PEOPLE, of_units: Sequence[Wrong] = OF_UNITS, known: int = len(KNOWN)
) -> Planted:
    """Rows with errors. Whoever has a row for a unit is registered by a row that is right."""
    rows_, of_file = rows(count), iter(range(units_among(count), count))
    wrong = {place: each for each, place in zip(of_people, of_file, strict=False)}
    asked = {place: each for each, place in zip(KNOWN[:known], of_file, strict=False)}
    wrong |= dict(enumerate(of_units, start=count - units_among(count)))
    for place, each in wrong.items():
        rows_[place][each.column] = each.text
    for place, (_, said, _) in asked.items():
        rows_[place] |= said
    right = {FIRST_ROW + place: who for place, (_, _, who) in asked.items()}
    return Planted(rows_, {FIRST_ROW + place: each for place, each in wrong.items()}, right)


def filled_in(template: bytes, rows_: list[dict[str, str]]) -> bytes:
    """The template as somebody fills it in who leaves its help lines where they are."""
    book = openpyxl.load_workbook(BytesIO(template))
    for row in rows_:
        book.active.append([text or None for text in row_of(row)])
    for cells in book.active.iter_rows(min_row=FIRST_ROW):
        for cell in cells:
            if cell.data_type == "f":  # typed as a text
                cell.data_type = "s"
    file = BytesIO()
    book.save(file)
    return file.getvalue()
