"""The corpus: what stands in the cells that say who somebody is."""

from datetime import date, timedelta

from django.utils import timezone

from core.moments import uk_date
from tests.technicals.corpus import FULL, WRITERS, Case, by, case, person, plain, table

WORKBOOKS = ("xlsx", "xls", "LibreOffice ods")
NUMBERS = ("xlsx", "xls", "LibreOffice ods", "LibreOffice xls")
BORN = date(2009, 3, 27)
TODAY = uk_date(timezone.now())
TOLD_ZERO = f"The leading zero of the scheme code was restored: {FULL}."
ONE_HIDDEN_AT_THE_END = "\ufeff", "\u200b", "\xa0", "\u2003"


def one(name: str, about: str, verdict: str = FULL, told: tuple[str, ...] = (), **cells: object) -> Case:
    """A file with one row in which these cells are special."""
    return case(name, about, table(person(0, **cells)), verdict, told=told)


def born(text: object, about: str = "B12 B19 D10", verdict: str = FULL) -> Case:
    return one(f"born {text}", about, verdict, date_of_birth=text)


DATES = [
    *by(WRITERS, "a date in a cell of dates", "B12 D10", table(person(0, date_of_birth=BORN)), FULL),
    *by(("xlsx", "csv", "LibreOffice xls"), "a date as text", "B12 D10", table(person(0)), FULL),
    *(
        born(text)
        for text in (
            "27.03.2009", "27-03-2009", "27 / 3 / 2009", "27 March 2009", "27 Mar 2009", "27th March 2009",
            "March 27, 2009", "27MAR2009", "2009-03-27", "2009-3-27", "2009-03-27T00:00:00", "27/03/2009 00:00",
            "\xa027/03/2009 ", "04/03/2009",
        )
    ),
    *(
        born(text, verdict="DOB-01")
        for text in (
            "03/27/2009", "27/03/09", "3/27/07", "31/02/2008", "29/02/2007", "01/13/2009", "00/03/2009", "39899",
            "2009/03/27", "27/03/1899", "27 Smarch 2009", "TBC", "270309", "",
        )
    ),
    *by(NUMBERS, "a date that became a number", "B12", table(person(0, date_of_birth=39899)), "DOB-01"),
    born("29 February 2008"),
    one("born tomorrow", "B18", "DOB-05", date_of_birth=f"{TODAY + timedelta(days=1):%d/%m/%Y}"),
    one("born in the future", "B18", "DOB-05", date_of_birth=TODAY + timedelta(days=30)),
    one(
        "a child", "B18 D10", date_of_birth=f"01/01/{TODAY.year - 5}",
        told=(f"Check the date of birth 1 January {TODAY.year - 5}: the candidate is 5 years old today.",),
    ),
    one(
        "an old student", "B18 D10", date_of_birth=f"01/01/{TODAY.year - 80}",
        told=(f"Check the date of birth 1 January {TODAY.year - 80}: the candidate is 80 years old today.",),
    ),
]  # fmt: skip

NAMES = [
    *by(WRITERS, "accents", "B15", table(person(0, last_name="Müller-Søby", first_name="Zoë", gender="F")), FULL),
    one("an apostrophe", "B15", last_name="O'Brien"),
    one("a typographer's apostrophe", "B15", last_name="O’Brien"),
    one("two blanks inside", "B15", last_name="van  der   Berg"),
    one("a hard blank inside", "B16", "NAME-04", last_name="van\xa0Berg"),
    *(
        one(f"blanks and U+{ord(char):04X} at the ends", "B16", last_name=f" {char}Smith{char} ")
        for char in ONE_HIDDEN_AT_THE_END
    ),
    *(
        one(f"U+{ord(char):04X} inside of a name", "B16", "NAME-04", last_name=f"Smi{char}th")
        for char in ("\u200b", "\u202e", "\U0001f600", "\u0009")
    ),
    case("a NUL inside of a name", "B16", [], ["NAME-04", FULL], ending="csv",
         content=lambda: plain(table(person(0), person(1))).replace(b"Smitha", b"Smi\0tha")),
    one("a comma", "B15", "NAME-05", last_name="Smith, Ann"),
    one("digits", "B15", "NAME-05", last_name="Smith2"),
    one("letters of another script", "B15", "NAME-05 NAME-05", last_name="Иванов", first_name="Анна"),
    *by(("csv",), "names that begin like a formula", "B14", table(
        person(0, last_name="=Bell"), person(1, last_name="+Carr"), person(2, last_name="-Dale"),
        person(3, last_name="@East"), person(4, first_name="=HYPERLINK(1)")),
        [*["NAME-03"] * 4, "NAME-03 NAME-05"]),
    *by(WORKBOOKS, "a formula for a forename", "B13", table(person(0, first_name="=1+1"), person(1)),
        ["UPLOAD-08", FULL]),
    *by(WORKBOOKS, "a formula for a scheme code", "B13", table(person(0, scheme_code="=5000+834")), "UPLOAD-08"),
    one("40 characters", "B17", last_name="S" * 40),
    one("41 characters", "B17", "NAME-02", last_name="S" * 41),
    one("300 characters", "B17", "NAME-02", first_name="A" * 300),
    one("80 characters of middle names", "B17", middle_names=" ".join(["Marie"] * 13) + " Al"),
    one("81 characters of middle names", "B17", "NAME-09", middle_names="Marie " * 13 + "Ada"),
    one("one legal name, entered twice", "D6", last_name="Sukarno", first_name="Sukarno"),
    one("no forename", "D6", "NAME-01", first_name=""),
    one("no surname but a blank", "D6", "NAME-01", last_name="\xa0"),
]  # fmt: skip

GENDERS = [
    *(
        one(f"gender {text}", "D11", gender=text)
        for text in ("F", "m", "MALE", "x", "Girl", "Other / not stated", "U ")
    ),
    *(one(f"gender {text or 'empty'}", "D11", "GENDER-02", gender=text) for text in ("", "1", "2", "fem")),
]

NINES = 9999999999
IDENTIFIERS = [
    one("a UCI", "D12", uci="689990980002K"),
    one("a UCI without its letter", "D12", uci="689990980005"),
    one("a UCI with blanks and a small letter", "D12", uci=" 68999 0980 005g "),
    *by(NUMBERS, "a UCI without its letter, as a number", "D12", table(person(0, uci=689990980005)), FULL),
    one("a UCI with a wrong letter", "D12", "UCI-03", uci="689990980005E"),
    one("a UCI with two digits swapped", "D12", "UCI-03", uci="698990980005G"),
    one("a UCI that is too short", "D12", "UCI-01", uci="68999098001D"),
    one("a UCI that Excel wrote with an exponent", "D12", "UCI-01", uci="6.8999E+11"),
    one("a UCI of a centre abroad, not checked", "D12", uci="61111Z270002X"),
    one("a UCI of a centre abroad, without its letter", "D12", "UCI-02", uci="61111Z270002"),
    *by(NUMBERS, "a ULN as a number", "D13", table(person(0, uln=1000000051)), FULL),
    *by(NUMBERS, "ten nines for a ULN", "D13", table(person(0, uln=NINES)), "ULN-01"),
    one("TBC for a ULN", "D13", "ULN-01", uln="TBC"),
    one("a ULN with a wrong digit", "D13", "ULN-03", uln="1000000052"),
    one("a ULN of nine digits", "D13", "ULN-02", uln="100000005"),
    one("an OCR number", "D6", ocr_number="01234567"),
    *by(NUMBERS, "an OCR number that lost its zero", "D6", table(person(0, ocr_number=1234567)), "OCR-01"),
    *by(NUMBERS, "a candidate number that lost its zeros", "D14", table(person(0, candidate_number=7)), FULL),
    one("a candidate number of five digits", "D14", "NUMBER-01", candidate_number="12345"),
    one("candidate number zero", "D14", "NUMBER-01", candidate_number="0000"),
    one("the own centre number", "D6", centre_number="61111"),
    *by(NUMBERS, "the own centre number as a number", "D6", table(person(0, centre_number=61111)), FULL),
    *by(WRITERS, "another centre's number", "B23 D6", table(person(0), person(1, centre_number="64123")),
        [FULL, "ROW-01"]),
    one("our centre number with a name", "B23", "ROW-01", centre_number="61111 Northgate"),
    one("a reference of 30 characters", "D6", own_reference="A" * 30),
    one("a reference of 31 characters", "D6", "ROW-02", own_reference="A" * 31),
    *by(("csv",), "a reference that begins like a formula", "B14", table(person(0, own_reference="@sum")), "ROW-02"),
]  # fmt: skip
CELLS = [*DATES, *NAMES, *GENDERS, *IDENTIFIERS]
