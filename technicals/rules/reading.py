"""What the cells of a row say: code, units, series (decision 0018). Nothing is guessed. Plain Python."""

import re
from collections.abc import Mapping

from core.refusals import Refusal

from ..enums import UNIT_COLUMNS
from .facts import Code, Facts, SeriesFacts, UnitOfFamily

CODE_LENGTH = 5
UNIT = re.compile(r"(?:(?P<code>[0-9]{4,5})\s*/\s*)?(?:unit\s*|u)?(?P<number>[0-9]{1,2})", re.IGNORECASE)
LONGEST_QUOTED = 30
LONGEST_REFERENCE = 30


def read_code(typed: str, facts: Facts) -> tuple[Code | None, list[Refusal], list[str]]:
    """The entry code of a row, with what stands against it and what was restored."""
    text = "".join(typed.split())
    code = facts.codes.get(text)
    notices: list[str] = []
    if code is None and text.isdigit() and len(text) < CODE_LENGTH:
        code = facts.codes.get(text.zfill(CODE_LENGTH))
        if code:
            notices = [f"The leading zero of the scheme code was restored: {code.code}."]
    refusal = code_is_known(typed, code) or code_is_approved(code, facts)
    return (code, [refusal] if refusal else [], notices)


def code_is_known(typed: str, code: Code | None) -> Refusal | None:
    """CODE-01: A row has a scheme code, and it is an entry code of the catalogue that is in use."""
    if code:
        return None
    if not typed.strip():
        return Refusal("CODE-01", "Enter the scheme code, for example 05835.", "scheme_code")
    return Refusal(
        "CODE-01",
        f"“{quoted(typed)}” is not an entry code. Codes have five digits, for example 05835: see Entry codes.",
        "scheme_code",
    )


def code_is_approved(code: Code | None, facts: Facts) -> Refusal | None:
    """CODE-02: A centre enters for the subjects, levels and suites that it is approved for on the day."""
    if code is None or code.family in facts.approved:
        return None
    subject, level, suite = code.family
    return Refusal(
        "CODE-02",
        f"Your centre is not approved for {subject}, Level {level}, {suite} suite ({code.code}). Check the code; "
        "if you were approved within the last days, upload again tomorrow or ask OCR.",
        "scheme_code",
    )


def read_units(
    answers: Mapping[str, str], code: Code, facts: Facts
) -> tuple[list[tuple[str, UnitOfFamily]], list[Refusal]]:
    """The units that a row names, each with its column, and what stands against the others."""
    units: list[tuple[str, UnitOfFamily]] = []
    refusals: list[Refusal] = []
    for column in UNIT_COLUMNS:
        typed = answers.get(column, "")
        if not typed or not typed.strip():
            continue
        unit, refusal = _read_unit(column, typed, code, facts)
        if refusal is None and unit and any(unit.number == other.number for _, other in units):
            refusal = unit_stands_once_in_a_row(column, unit)
        if refusal:
            refusals.append(refusal)
        elif unit:
            units.append((column, unit))
    return units, refusals


def _read_unit(column: str, typed: str, code: Code, facts: Facts) -> tuple[UnitOfFamily | None, Refusal | None]:
    match = UNIT.fullmatch(typed.strip())
    if match is None:
        return None, unit_is_a_number(column, typed)
    if match["code"] and match["code"].zfill(CODE_LENGTH) != code.code:
        return None, unit_has_the_rows_code(column, typed, code)
    unit = facts.units.get((code.family, int(match["number"])))
    return unit, unit_is_known(column, typed, code, unit) or unit_is_entered_for(column, code, unit)


def unit_is_a_number(column: str, typed: str) -> Refusal:
    """UNIT-01: A unit is written as its number, 1 or 01, or with the entry code before it, 05835/01."""
    return Refusal(
        "UNIT-01",
        f"Unit must be a number such as 1 or 01, or 05835/01. You entered “{quoted(typed)}”.",
        column,
    )


def unit_has_the_rows_code(column: str, typed: str, code: Code) -> Refusal:
    """UNIT-02: An entry code written before a unit is the scheme code of its row."""
    return Refusal(
        "UNIT-02",
        f"“{quoted(typed)}” names another code than this row's scheme code {code.code}. Correct one of them.",
        column,
    )


def unit_is_known(column: str, typed: str, code: Code, unit: UnitOfFamily | None) -> Refusal | None:
    """UNIT-03: A unit belongs to the subject, level and suite of the scheme code."""
    if unit:
        return None
    return Refusal(
        "UNIT-03", f"{code.title} ({code.code}) has no unit {quoted(typed)}. See Entry codes for its units.", column
    )


def unit_is_entered_for(column: str, code: Code, unit: UnitOfFamily | None) -> Refusal | None:
    """UNIT-04: In the 2016 suite examined units are entered; a moderated unit is claimed when it is ready."""
    if unit is None or code.is_of_2012 or unit.is_examined:
        return None
    return Refusal(
        "UNIT-04",
        f"Unit {unit.number} {unit.title} is moderated: it is not entered but claimed, under Make claims, when the "
        "candidate is ready. Clear this cell.",
        column,
    )


def unit_stands_once_in_a_row(column: str, unit: UnitOfFamily) -> Refusal:
    """UNIT-05: A row names a unit once."""
    return Refusal("UNIT-05", f"This row names unit {unit.number} twice. Clear one of the two cells.", column)


def read_series(typed: str, facts: Facts) -> tuple[SeriesFacts | None, Refusal | None]:
    """The series of a row's unit entries: the one that it names, or the one chosen for the file."""
    if not typed or not typed.strip():
        return facts.usual_series, None
    word = "".join(char for char in typed.casefold() if char.isalnum())
    series = facts.series_called(word)
    return series, series_is_known(typed, series, facts)


def series_is_known(typed: str, series: SeriesFacts | None, facts: Facts) -> Refusal | None:
    """SERIES-01: A series is a January or June that is set up, written as "June 2027"."""
    if series:
        return None
    offered = " or ".join(each.title for each in facts.series if each.late.is_open(facts.at)) or "none is open now"
    return Refusal(
        "SERIES-01", f"“{quoted(typed)}” is not a series. Enter {offered}, or leave the cell empty.", "series"
    )


def centre_number_is_the_own(typed: str, facts: Facts) -> Refusal | None:
    """ROW-01: A centre number in a row is that of the centre that the person acts for."""
    number = "".join(typed.split()).upper() if typed else ""
    if not number or number in (facts.centre_number, facts.centre_number.lstrip("0")):
        return None
    return Refusal(
        "ROW-01",
        f"Centre number is {quoted(typed)}, but you are signed in for {facts.centre_number}. Correct it or clear it.",
        "centre_number",
    )


def own_reference_is_short_enough(typed: str) -> Refusal | None:
    """ROW-02: Your reference has at most 30 characters that print, and does not begin with = + - or @."""
    text = typed.strip() if typed else ""
    if len(text) <= LONGEST_REFERENCE and text.isprintable() and text[:1] not in ("=", "+", "-", "@"):
        return None
    return Refusal(
        "ROW-02",
        f"Your reference must have {LONGEST_REFERENCE} characters or fewer, of those that print, and begin with a "
        "letter or a digit.",
        "own_reference",
    )


def quoted(typed: str) -> str:
    """A text as sentences quote it: cut where it is long."""
    text = " ".join(typed.split())
    return text if len(text) <= LONGEST_QUOTED else f"{text[:LONGEST_QUOTED]}…"
