"""The table of cases that go through both doors, and the rules that only one door can meet."""

from dataclasses import dataclass
from datetime import date, timedelta

from technicals.enums import EntryState, PriceKind
from tests.factories.technicals import today
from tests.technicals.door_world import (
    CERTIFICATE,
    COMING,
    EARLIER_SET,
    EXTENDED,
    FOUNDATION,
    JANUARY,
    JUNE,
    LATE,
    LEVEL_2,
    LONG_OVER,
    MOVE_DOWN,
    NO_SERIES,
    OF_2012,
    OF_2012_TOO,
    OVER,
    RE_ENTRY,
    TOP_UP,
    TOP_UP_AGAIN,
    UCI,
    UNAPPROVED,
    Given,
    approval_ends,
    days_of,
    entered,
    entered_elsewhere,
    in_june_only,
    namesake,
    no_registrations,
    nothing_takes_entries,
    numbered,
    out_of_use,
    record,
    registered,
    without_price,
)

ABSENT, WITHDRAWN, WITHDRAWING = EntryState.ABSENT, EntryState.WITHDRAWN, EntryState.WITHDRAWING
TRANSFERRED, TOPPED_UP, MOVED_DOWN = EntryState.TRANSFERRED, EntryState.TOPPED_UP, EntryState.MOVED_DOWN
ALREADY = "entered already"


@dataclass(frozen=True)
class Case:
    """Who is entered for what, and what comes of it.

    units: of a unit entry; none for a full award. is_declared: the declaration of a moving down is ticked.
    meanwhile: what happens between the file or form being begun and being judged.
    outcome: codes of refusals, or ALREADY, or what is planned, as `in_words` of the test says it.
    """

    name: str
    given: tuple[Given, ...]
    code: str
    units: tuple[int, ...]
    outcome: str
    series: str = JANUARY
    is_declared: bool = False
    meanwhile: tuple[Given, ...] = ()


def full(name: str, outcome: str, *given: Given, code: str = EXTENDED, **more) -> Case:
    return Case(f"full award, {name}", given, code, (), outcome, **more)


def unit(
    name: str, outcome: str, *given: Given, units: tuple[int, ...] = (1,), code: str = CERTIFICATE, **more
) -> Case:
    return Case(f"units, {name}", given, code, units, outcome, **more)


LIVE = registered(CERTIFICATE)
TO_EXTENDED = (registered(CERTIFICATE, TOPPED_UP), registered(TOP_UP, after=CERTIFICATE))
"""A candidate who was topped up from the certificate."""
DOWN = (registered(EXTENDED, MOVED_DOWN), registered(MOVE_DOWN, after=EXTENDED))
IT = {"code": OF_2012}
FULL_AWARDS = [
    full("first", "05835 registration 5000"),
    full("price of the code", "05836 registration 7700", code=FOUNDATION),
    full("price of the level", "05885 registration 3000", code=LEVEL_2),
    full("no price", "05835 registration on invoice", without_price(PriceKind.REGISTRATION)),
    full("price that ended meanwhile", "05835 registration on invoice",
         meanwhile=(without_price(PriceKind.REGISTRATION),)),
    full("stands", ALREADY, registered(EXTENDED)),
    full("entered meanwhile", ALREADY, meanwhile=(registered(EXTENDED),)),
    full("was withdrawn", "05835 registration 5000", registered(EXTENDED, WITHDRAWN)),
    full("went to another centre", "05835 registration 5000", registered(EXTENDED, TRANSFERRED)),
    full("is being withdrawn", "REG-03", registered(EXTENDED, WITHDRAWING)),
    full("withdrawal asked meanwhile", "REG-03", registered(EXTENDED), meanwhile=(
        lambda world: world.candidate.registrations.update(state=WITHDRAWING),)),
    full("stands by a top-up", ALREADY, *TO_EXTENDED),
    full("was topped up", "05834 registration 5000", *TO_EXTENDED, code=CERTIFICATE),
    full("beside another size", "05835 registration 5000", LIVE),
    full("beside one that is being withdrawn", "05835 registration 5000", registered(CERTIFICATE, WITHDRAWING)),
    full("not approved", "CODE-02", code=UNAPPROVED),
    full("approval of the subject ended meanwhile", "CODE-02", meanwhile=(approval_ends(subject="Business"),)),
    full("every approval ended meanwhile", "APPROVAL-05 CODE-02", meanwhile=(approval_ends(),)),
    full("code out of use meanwhile", "CODE-01", meanwhile=(out_of_use(EXTENDED),)),
    full("no registrations set up meanwhile", "SERIES-04", meanwhile=(no_registrations,)),
    full("series over, of which registrations know nothing", "05835 registration 5000", series=OVER),
    full("no series takes entries", "05835 registration 5000", nothing_takes_entries, series=NO_SERIES),
]  # fmt: skip
SUITE_OF_2012 = [
    full("2012", "05347 registration 5000", **IT),
    full("2012, another size stands", "05347 registration 5000", registered(OF_2012_TOO), **IT),
    full("2012, units stand", "BOTH-01", entered(1, EARLIER_SET, code=OF_2012), **IT),
    full("2012, units stand under another code", "BOTH-01", entered(1, EARLIER_SET, code=OF_2012_TOO), **IT),
    full("2012, units were withdrawn", "05347 registration 5000", entered(1, EARLIER_SET, WITHDRAWN, OF_2012), **IT),
    full("2012, is being withdrawn", "REG-03", registered(OF_2012, WITHDRAWING), **IT),
    unit("2012, unit", "05347/01 try 1 unit 900", **IT),
    unit("2012, unit, whatever the series", "05347/01 try 1 unit 900", series=OVER, **IT),
    unit("2012, three units", "05347/01 try 1 unit 900; 05347/02 try 1 unit 900; 05347/03 try 1 unit 900",
         units=(1, 2, 3), **IT),
    unit("2012, unit without a price", "05347/01 try 1 unit on invoice", without_price(PriceKind.UNIT), **IT),
    unit("2012, unit of an earlier year", "05347/01 try 2 unit 900", entered(1, EARLIER_SET, code=OF_2012), **IT),
    unit("2012, no such unit", "UNIT-03", units=(99,), **IT),
    unit("2012, full award stands", "BOTH-01", registered(OF_2012), **IT),
    unit("2012, full award of another size stands", "BOTH-01", registered(OF_2012_TOO), **IT),
    unit("2012, full award was withdrawn", "05347/01 try 1 unit 900", registered(OF_2012, WITHDRAWN), **IT),
    unit("2012, full award is being withdrawn", "REG-03 BOTH-01", registered(OF_2012, WITHDRAWING), **IT),
    unit("2012, one of another size is being withdrawn", "BOTH-01", registered(OF_2012_TOO, WITHDRAWING), **IT),
    unit("2012, full award entered meanwhile", "BOTH-01", meanwhile=(registered(OF_2012),), **IT),
]  # fmt: skip
UNITS = [
    unit("first", "05834/01 try 1 included", LIVE),
    unit("three", "05834/01 try 1 included; 05834/02 try 1 included; 05834/03 try 1 included", LIVE, units=(1, 2, 3)),
    unit("another series", "05834/01 try 1 included", LIVE, series=JUNE),
    unit("not registered", "REG-01"),
    unit("registered for another size", "REG-01", registered(EXTENDED)),
    unit("registration was withdrawn", "REG-01", registered(CERTIFICATE, WITHDRAWN)),
    unit("registration is being withdrawn", "REG-03", registered(CERTIFICATE, WITHDRAWING)),
    unit("registration went to another centre", "REG-01", registered(CERTIFICATE, TRANSFERRED)),
    unit("topped up, under the code before", "REG-01", *TO_EXTENDED),
    unit("topped up, under the code after", "05835/01 try 1 included", *TO_EXTENDED, code=EXTENDED),
    unit("moved down, under the code before", "REG-01", *DOWN, code=EXTENDED),
    unit("moved down, under the code after", "05834/01 try 1 included", *DOWN),
    unit("moderated", "UNIT-04", LIVE, units=(4,)),
    unit("no such unit", "UNIT-03", LIVE, units=(18,)),
    unit("a number that is none", "UNIT-01", LIVE, units=(100,)),
    unit("examined and moderated", "UNIT-04", LIVE, units=(1, 4)),
    unit("moderated, not registered", "UNIT-04 REG-01", units=(4,)),
    unit("in June only, for January", "SERIES-03", LIVE, in_june_only(1)),
    unit("in June only, for June", "05834/01 try 1 included", LIVE, in_june_only(1), series=JUNE),
    unit("series over", "SERIES-02", LIVE, series=OVER),
    unit("series not open yet", "SERIES-02", LIVE, series=COMING),
    unit("no series takes entries", "SERIES-02", LIVE, nothing_takes_entries, series=NO_SERIES),
    unit("series over meanwhile", "SERIES-02", LIVE, meanwhile=(
        days_of(JANUARY, opens_on=-9, entry_deadline=-8, late_until=-1),)),
    unit("series over, not registered", "SERIES-02 REG-01", series=OVER),
    unit("late", "05834/01 try 1 late 1200", LIVE, series=LATE),
    unit("late meanwhile", "05834/01 try 1 late 1200", LIVE, meanwhile=(
        days_of(JANUARY, opens_on=-9, entry_deadline=-1),)),
    unit("late, two", "05834/01 try 1 late 1200; 05834/02 try 1 late 1200", LIVE, units=(1, 2), series=LATE),
    unit("late without a price", "05834/01 try 1 late on invoice", LIVE, without_price(PriceKind.LATE), series=LATE),
    unit("late resit", "05834/01 try 2 resit 2500 + late 1200", LIVE, entered(), series=LATE),
    unit("resit", "05834/01 try 2 resit 2500", LIVE, entered()),
    unit("resit without a price", "05834/01 try 2 resit on invoice", LIVE, entered(), without_price(PriceKind.RESIT)),
    unit("resit before the result is known", "05834/01 try 2 resit 2500", LIVE, entered(series=JUNE)),
    unit("resit under another code", "05834/01 try 2 resit 2500", LIVE, entered(code=EXTENDED)),
    unit("third", "05834/01 try 3 resit 2500", LIVE, entered(), entered(series=LONG_OVER)),
    unit("fourth", "TRY-01", LIVE, entered(), entered(series=LONG_OVER), entered(series=LATE, code=EXTENDED)),
    unit("fourth of one and first of another", "TRY-01", LIVE, entered(), entered(series=LONG_OVER),
         entered(series=LATE), units=(1, 2)),
    unit("after an absence", "05834/01 try 1 resit 2500", LIVE, entered(state=ABSENT)),
    unit("after two attempts and an absence", "05834/01 try 3 resit 2500", LIVE, entered(),
         entered(series=LONG_OVER), entered(series=LATE, state=ABSENT)),
    unit("after a withdrawal", "05834/01 try 1 included", LIVE, entered(state=WITHDRAWN)),
    unit("Level 2, second", "05885/01 try 2 resit 2000", registered(LEVEL_2), entered(code=LEVEL_2), code=LEVEL_2),
    unit("Level 2, third", "TRY-01", registered(LEVEL_2), entered(code=LEVEL_2),
         entered(series=LONG_OVER, code=LEVEL_2), code=LEVEL_2),
    unit("stands", ALREADY, LIVE, entered(series=JANUARY)),
    unit("stands under another code", ALREADY, LIVE, entered(series=JANUARY, code=EXTENDED)),
    unit("stands, late now", ALREADY, LIVE, entered(series=LATE), series=LATE),
    unit("one of two stands", "05834/02 try 1 included", LIVE, entered(series=JANUARY), units=(1, 2)),
    unit("both stand", ALREADY, LIVE, entered(series=JANUARY), entered(2, JANUARY), units=(1, 2)),
    unit("stands, registration was withdrawn", "REG-01", registered(CERTIFICATE, WITHDRAWN), entered(series=JANUARY)),
    unit("absent in the same series", "05834/01 try 1 resit 2500", LIVE, entered(series=JANUARY, state=ABSENT)),
    unit("withdrawn from the same series", "05834/01 try 1 included", LIVE, entered(series=JANUARY, state=WITHDRAWN)),
    unit("not approved", "CODE-02 REG-01", code=UNAPPROVED),
    unit("code out of use meanwhile", "CODE-01", LIVE, meanwhile=(out_of_use(CERTIFICATE),)),
]  # fmt: skip
ELSEWHERE = [
    unit(f"at another centre by {by}, {name}", outcome, LIVE, entered_elsewhere(by, *series, state=state))
    for by in ("uci", "ocr_number", "transfer", "transfers")
    for name, series, state, outcome in (
        ("once", (OVER,), EntryState.LIVE, "05834/01 try 2 resit 2500"),
        ("three times", (OVER, LONG_OVER, LATE), EntryState.LIVE, "TRY-01"),
        ("withdrawn", (OVER,), WITHDRAWN, "05834/01 try 1 included"),
        ("what went along", (OVER,), TRANSFERRED, "05834/01 try 1 included"),
    )
] + [
    unit("at another centre in the same series", "05834/01 try 2 resit 2500", LIVE, entered_elsewhere("uci", JANUARY)),
    unit("at both centres", "05834/01 try 3 resit 2500", LIVE, entered(), entered_elsewhere("transfer", LONG_OVER)),
]
ROUTES = [
    full("top-up", "05991 top-up 3100, after 05834", LIVE, code=TOP_UP),
    full("top-up without a price", "05991 top-up on invoice, after 05834", LIVE, without_price(PriceKind.TOP_UP),
         code=TOP_UP),
    full("top-up of nothing", "ROUTE-01", code=TOP_UP),
    full("top-up of what was withdrawn", "ROUTE-01", registered(CERTIFICATE, WITHDRAWN), code=TOP_UP),
    full("top-up of what is being withdrawn", "REG-03", registered(CERTIFICATE, WITHDRAWING), code=TOP_UP),
    full("top-up of what went to another centre", "ROUTE-01", registered(CERTIFICATE, TRANSFERRED), code=TOP_UP),
    full("top-up that stands", ALREADY, *TO_EXTENDED, code=TOP_UP),
    full("top-up to a size that stands", ALREADY, LIVE, registered(EXTENDED), code=TOP_UP),
    full("top-up to a size that is being withdrawn", "REG-03", LIVE, registered(EXTENDED, WITHDRAWING), code=TOP_UP),
    full("top-up of a top-up", "05995 top-up 3100, after 05991", *TO_EXTENDED, code=TOP_UP_AGAIN),
    full("top-up of two sizes at once", "ROUTE-01", LIVE, code=TOP_UP_AGAIN),
    full("top-up after moving down", "05991 top-up 3100, after 05992", *DOWN, code=TOP_UP),
    full("top-up of what a re-entry renewed", "ROUTE-04", LIVE, registered(RE_ENTRY, after=CERTIFICATE), code=TOP_UP),
    full("top-up after a re-entry that was withdrawn", "05991 top-up 3100, after 05834", LIVE,
         registered(RE_ENTRY, WITHDRAWN, after=CERTIFICATE), code=TOP_UP),
    full("moving down, declared", "05992 moving-down 1000, after 05835, declared", registered(EXTENDED),
         code=MOVE_DOWN, is_declared=True),
    full("moving down from nothing", "ROUTE-01", code=MOVE_DOWN, is_declared=True),
    full("moving down from what a re-entry renewed", "ROUTE-04", registered(EXTENDED),
         registered(RE_ENTRY, after=EXTENDED), code=MOVE_DOWN, is_declared=True),
    full("moving down, withdrawal asked meanwhile", "REG-03", registered(EXTENDED), code=MOVE_DOWN, is_declared=True,
         meanwhile=(lambda world: world.candidate.registrations.update(state=WITHDRAWING),)),
    full("moving down after a top-up", "05992 moving-down 1000, after 05991, declared", *TO_EXTENDED, code=MOVE_DOWN,
         is_declared=True),
    full("moving down without a price", "05992 moving-down on invoice, after 05835, declared", registered(EXTENDED),
         without_price(PriceKind.MOVING_DOWN), code=MOVE_DOWN, is_declared=True),
    full("re-entry", "05993 re-entry 4000, after 05834", LIVE, code=RE_ENTRY),
    full("re-entry after a top-up", "05993 re-entry 4000, after 05991", *TO_EXTENDED, code=RE_ENTRY),
    full("re-entry after a top-up that is being withdrawn", "REG-03", registered(CERTIFICATE, TOPPED_UP),
         registered(TOP_UP, WITHDRAWING, after=CERTIFICATE), code=RE_ENTRY),
    full("re-entry of nothing", "ROUTE-03", code=RE_ENTRY),
    full("re-entry of what was withdrawn", "ROUTE-03", registered(CERTIFICATE, WITHDRAWN), code=RE_ENTRY),
    full("re-entry of what is being withdrawn", "REG-03", registered(CERTIFICATE, WITHDRAWING), code=RE_ENTRY),
    full("re-entry that stands", ALREADY, LIVE, registered(RE_ENTRY, after=CERTIFICATE), code=RE_ENTRY),
]  # fmt: skip
PEOPLE = [
    full("no forename", "NAME-01", record(first_name="", person_key="bell")),
    full("a digit first", "NAME-03", record(last_name="1Bell")),
    full("a picture", "NAME-04", record(last_name="Bell☎")),
    full("a sign", "NAME-05", record(last_name="Bell$")),
    full("born long ago", "DOB-01", record(date_of_birth=date(1899, 1, 1))),
    full("born tomorrow", "DOB-05", record(date_of_birth=today() + timedelta(days=1))),
    full("UCI too short", "UCI-01", record(uci="6899909800")),
    full("UCI without its letter", "UCI-02", record(uci="68999Q980001")),
    full("UCI with a wrong letter", "UCI-03", record(uci=UCI[:-1] + ("A" if UCI[-1] != "A" else "B"))),
    full("ULN of nines", "ULN-01", record(uln="9999999999")),
    full("ULN too short", "ULN-02", record(uln="123")),
    full("ULN with a wrong digit", "ULN-03", record(uln="1000000052")),
    full("OCR number too short", "OCR-01", record(ocr_number="12")),
    full("number of nothing", "NUMBER-01", numbered("0000")),
    full("two things wrong, and the code", "DOB-05 CODE-02", record(date_of_birth=today()), code=UNAPPROVED),
    full("a wrong number and a registration that stands", "OCR-01", record(ocr_number="12"), registered(EXTENDED)),
    full("every identifier", "05835 registration 5000", numbered("0042"),
         record(uci=UCI, uln="1000000051", ocr_number="12345678", middle_names="Mae")),
    full("number of an earlier year", "05835 registration 5000", numbered("0042", years_ago=1)),
    full("accents", "05835 registration 5000", record(last_name="Müller-Søby", person_key="annmullersoby")),
    full("older than most", "05835 registration 5000", record(date_of_birth=date(1940, 1, 1))),
    full("a namesake", "05835 registration 5000", namesake(date(2008, 1, 1))),
    full("another value of gender", "05835 registration 5000", record(gender="other")),
]  # fmt: skip
CASES = [*FULL_AWARDS, *SUITE_OF_2012, *UNITS, *ELSEWHERE, *ROUTES, *PEOPLE]
