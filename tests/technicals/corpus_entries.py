"""The corpus: what rows ask for, by themselves, among each other, and against what stands entered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tests.technicals.corpus import FULL, JANUARY, JUNE, WRITERS, Case, by, case, person, table
from tests.technicals.corpus_cells import NUMBERS, TOLD_ZERO

LARGER = "05835"
TOP_UP, MOVE_DOWN, RE_ENTRY, RE_ENTRY_OF_IT = "05991", "05992", "05993", "05994"
OF_2012 = "05347"
ENDED, NOT_YET, UNAPPROVED = "05830", "05843", "05838"
ADA: Mapping[str, Any] = {"last_name": "Known", "first_name": "Ada", "uci": "689990980001D"}
BEN: Mapping[str, Any] = {"last_name": "Known", "first_name": "Ben", "uln": "1234567899"}
CAT: Mapping[str, Any] = {"last_name": "Known", "first_name": "Cat"}
EVE: Mapping[str, Any] = {"last_name": "Known", "first_name": "Eve"}
FAY: Mapping[str, Any] = {"last_name": "Known", "first_name": "Fay"}
SAM: Mapping[str, Any] = {"last_name": "Twin", "first_name": "Sam"}
"""Candidates of the centre: see the world in `test_corpus.py`."""
ALREADY = "already CT500000"
ADDED = "Identifiers or numbers are added to your centre's record."


def of(who: Mapping[str, Any], **changes: Any) -> dict[str, Any]:
    return person(0, **(dict(who) | changes))


def rows(name: str, about: str, *pairs: tuple[dict[str, Any], str], **more: Any) -> Case:
    """A file of rows, each with its verdict."""
    return case(name, about, table(*(row for row, _ in pairs)), [verdict for _, verdict in pairs], **more)


def unit(*numbers: int, code: str = FULL, series: str = JANUARY) -> str:
    return f"{' '.join(f'{code}/{number:02}' for number in numbers)} {series}"


def units(*typed: Any, **changes: Any) -> dict[str, Any]:
    """A row of Ben's, who is registered for the 2016 suite and has no unit entry, with these units."""
    cells = {f"unit_{place}": text for place, text in enumerate(typed, start=1)}
    return of(BEN, **(cells | changes))


CODES = [
    *by((*NUMBERS, "csv"), "a scheme code that lost its zero", "D9", table(person(0, scheme_code=5834)), FULL,
        told=(TOLD_ZERO,)),
    rows("a scheme code with blanks", "D9", (person(0, scheme_code="\xa005 834 "), FULL)),
    rows("no scheme code", "B8 D6", (person(0, scheme_code=""), "CODE-01")),
    *by(WRITERS, "an unknown scheme code", "B22 D33", table(person(0, scheme_code="99999")), "CODE-01"),
    rows("a scheme code of six digits", "B22", (person(0, scheme_code="005834"), "CODE-01")),
    rows("a scheme code with a decimal", "D9", (person(0, scheme_code="5834.5"), "CODE-01")),
    *by(WRITERS, "a scheme code that the centre is not approved for", "B22 D33",
        table(person(0, scheme_code=UNAPPROVED)), "CODE-02"),
    rows("an approval that ended yesterday", "B22 D33", (person(0, scheme_code=ENDED), "CODE-02")),
    rows("an approval that begins tomorrow", "B22 D33", (person(0, scheme_code=NOT_YET), "CODE-02")),
    rows("several things wrong", "B8", (person(0, scheme_code="1", gender="?", date_of_birth="x", last_name=""),
                                        "DOB-01 NAME-01 GENDER-02 CODE-01")),
]  # fmt: skip

UNITS = [
    *by(NUMBERS, "a unit as a number", "D9", table(units(1)), unit(1)),
    *(
        rows(f"a unit as {typed}", "D9", (units(typed), unit(1)))
        for typed in ("1", "01", " 1 ", "05834/01", "5834/1", "05834 / 01", "Unit 1", "u1")
    ),
    rows("a unit in words", "D9", (units("one"), "UNIT-01")),
    rows("a unit as a list", "D9", (units("1, 2"), "UNIT-01")),
    rows("a unit with the code of another row", "D9", (units("05835/01"), "UNIT-02")),
    rows("a unit that there is not", "D9", (units("99"), "UNIT-03")),
    rows("unit 0", "D9", (units("0"), "UNIT-03")),
    rows("a moderated unit", "D5", (units("4"), "UNIT-04")),
    rows("a moderated unit beside an examined one", "D5", (units("1", "4"), "UNIT-04")),
    rows("a unit twice in a row", "B10", (units("1", "", "01"), "UNIT-05")),
    rows("units in the last of the columns", "D6", (units(*[""] * 9, "2"), unit(2))),
    rows("six units at once", "D21", (units(1, 2, 3, 9, 10, 15), unit(1, 2, 3, 9, 10, 15))),
    rows("units under the code of a top-up", "D3", (units("1", scheme_code=TOP_UP), "UNIT-06")),
    *by(WRITERS, "units before their registration in one file", "D2", table(person(0, unit_1="1"), person(0)),
        [unit(1), FULL]),
    rows("units of somebody who is not registered", "D3", (person(0, unit_1="1"), "REG-01")),
    rows("units under another code than that of the registration", "D3", (units("1", scheme_code=LARGER), "REG-01")),
    rows("units whose registration has an error", "D2",
         (person(0, gender="?"), "GENDER-02"), (person(0, unit_1="1"), "REG-02")),
    rows("a full award and units in one row are units", "B21", (person(0), FULL), (person(0, unit_1="1"), unit(1))),
    rows("one candidate in three rows", "D15", (person(0), FULL), (person(0, unit_1="1"), unit(1)),
         (person(0, unit_1="2"), unit(2))),
]  # fmt: skip

SERIES = [
    *(
        rows(f"series {text}", "D27", (units("1", series=text), unit(1, series=title)))
        for text, title in (
            (JUNE, JUNE), ("june 31", JUNE), ("Jun-2031", JUNE), ("2031-06", JUNE), ("6/2031", JUNE),
            ("Jan 2031", JANUARY), ("  ", JANUARY),
        )
    ),
    rows("a series that there is not", "D27", (units("1", series="July 2031"), "SERIES-01")),
    rows("a series that is over", "D27", (units("1", series="June 2029"), "SERIES-02")),
    rows("a series that is not open yet", "D27", (units("1", series="January 2033"), "SERIES-02")),
    rows("one unit in both series", "D24", (units("1"), unit(1)), (units("1", series=JUNE), unit(1, series=JUNE)),
         told=(
        "Unit 1 was entered before: this is attempt 2, charged as a resit.",
        "The result of an earlier entry for unit 1 is not known yet.",
    )),
]  # fmt: skip

SUITE_OF_2012 = [
    rows("a full award of 2012", "B21 D3", (person(0, scheme_code=OF_2012), OF_2012)),
    rows("units of 2012", "B21 D3", (person(0, scheme_code=OF_2012, unit_1="1", unit_2="2"),
                                     unit(1, 2, code=OF_2012, series="Registrations"))),
    rows("units after a full award of 2012 in one file", "B21 D4",
         (person(0, scheme_code=OF_2012), OF_2012), (person(0, scheme_code=OF_2012, unit_1="1"), "BOTH-01")),
    rows("a full award after units of 2012 in one file", "B21 D4",
         (person(0, scheme_code=OF_2012, unit_1="1"), unit(1, code=OF_2012, series="Registrations")),
         (person(0, scheme_code="05349"), "BOTH-01")),
    rows("units of 2012 where a full award stands", "D4", (of(BEN, scheme_code="05349", unit_1="1"), "BOTH-01")),
    rows("a full award of 2012 where units stand", "D4", (of(CAT, scheme_code="05349"), "BOTH-01")),
]  # fmt: skip

DUPLICATES = [
    *by(WRITERS, "a registration that stands", "B10 B11 D16", table(of(ADA)), ALREADY),
    rows("a unit that stands", "D16", (of(ADA, unit_1="1"), ALREADY)),
    rows("a unit that stands beside a new one", "D16", (of(ADA, unit_1="1", unit_2="2"), unit(2)),
         told=("Unit 1 is entered already (CT500000) and is not entered again.",)),
    *by(WRITERS, "two equal rows", "B10 D16", table(person(0), person(0)), [FULL, "TWICE-01"]),
    rows("two rows with one unit", "B10 D16", (units("1"), unit(1)), (units("2", "01"), "TWICE-02")),
    rows("two rows that differ in capitals and accents only", "B10",
         (person(0, last_name="Müller"), FULL), (person(0, last_name="MULLER"), "TWICE-01")),
]  # fmt: skip

ROUTES = [
    rows("a top-up without its full award", "D28", (person(0, scheme_code=TOP_UP), "ROUTE-01")),
    rows("a top-up", "D28", (of(ADA, scheme_code=TOP_UP), TOP_UP)),
    rows("moving down without its full award", "D29", (person(0, scheme_code=MOVE_DOWN), "ROUTE-01 ROUTE-02")),
    rows("moving down asks for a declaration", "D29", (of(EVE, scheme_code=MOVE_DOWN), "ROUTE-02")),
    rows("a re-entry without an earlier full award", "D3", (person(0, scheme_code=RE_ENTRY), "ROUTE-03")),
    rows("a re-entry", "D3", (of(ADA, scheme_code=RE_ENTRY), RE_ENTRY)),
]

RESITS = [
    rows("all attempts used", "D23", (of(EVE, scheme_code=LARGER, unit_1="2"), "TRY-01")),
    rows("another unit of theirs", "D23", (of(EVE, scheme_code=LARGER, unit_1="1"), unit(1, code=LARGER))),
    rows("again after an absence", "D23", (of(FAY, unit_1="2"), unit(2)),
         told=("Unit 2 was entered before: this is attempt 1, charged as a resit.",)),
]  # fmt: skip

BORN = date(2009, 3, 28)
SPELT_AS_KEPT = "Your centre's record spells the name Ada Known, and stays so."
PEOPLE = [
    rows("a UCI of ours with another surname", "D15", (of(ADA, last_name="Bell"), "IDENTITY-02")),
    rows("a UCI of ours with another date of birth", "D15", (of(ADA, date_of_birth=BORN), "IDENTITY-02")),
    rows("a ULN of ours with another surname", "D15", (of(BEN, last_name="Bell"), "IDENTITY-02")),
    rows("a UCI and a ULN of two", "D15", (of(ADA, uln=BEN["uln"]), "IDENTITY-01")),
    rows("name and birth of ours with another UCI", "D15", (of(ADA, uci="689990980002K"), "IDENTITY-02")),
    rows("a forename spelt otherwise", "D15", (of(ADA, first_name="Adah"), ALREADY), told=(SPELT_AS_KEPT,)),
    rows("an identifier that our record lacks", "D15", (of(ADA, uln="1000000051", unit_1="2"), unit(2)), told=(ADDED,)),
    rows("one of two namesakes", "D15", (of(SAM), "IDENTITY-03")),
    rows("one of two namesakes, with her UCI", "D15", (of(SAM, uci="689990980003V"), FULL)),
    rows("one UCI for two names in a file", "D15", (person(0, uci="689990980002K"), FULL),
         (person(1, uci="689990980002K"), "IDENTITY-05")),
    rows("one ULN for two people in a file", "D13", (person(0, uln="1000000051"), FULL),
         (person(1, uln="1000000051"), "IDENTITY-05")),
    rows("a candidate number of somebody else", "D14", (person(0, candidate_number="0100"), "NUMBER-03")),
    rows("one candidate number for two", "D14", (person(0, candidate_number="7"), FULL),
         (person(1, candidate_number="0007"), "NUMBER-04")),
]  # fmt: skip
ENTRIES = [*CODES, *UNITS, *SERIES, *SUITE_OF_2012, *DUPLICATES, *ROUTES, *RESITS, *PEOPLE]
