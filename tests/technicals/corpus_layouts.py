"""The corpus: where the headings stand, what they are called, and what stands around them."""

from functools import partial

from openpyxl.worksheet.worksheet import Worksheet

from core.tabular.writing import TemplateColumn, template_as_xlsx
from technicals.codecs.template import COLUMNS, REQUIRED, row_of
from tests.technicals.corpus import FULL, JANUARY, LABELS, WRITERS, Table, by, case, person, plain, table
from uploads.rules.headings import HELP_LINK

REGISTERED = FULL
TWO = table(person(0), person(1))
UNITS = table(person(0), person(0, unit_1="1", unit_2="2"))
UNIT_VERDICTS = [REGISTERED, f"{FULL}/01 {FULL}/02 {JANUARY}"]
WORKBOOKS = ("xlsx", "xls", "LibreOffice ods")
ONE_ABOVE = "Row 1 stands above the headings and was left out."
HELP_ABOVE = "Row 1 is the help line of the template and was left out."
HELPS = [text for _, _, text in COLUMNS]
TITLED = [["Northgate School: Cambridge Technicals"], *TWO]


def columns(rows: Table, order: list[int]) -> Table:
    """The columns of a table in another order."""
    return [[row[place] for place in order] for row in rows]


def renamed(**labels: str) -> Table:
    return table(person(0, uci="689990980005G", unit_1="1", series=""), person(1), labels=labels)


def of_the_template(*rows: dict[str, str]) -> bytes:
    """Our own template, filled in."""
    offered = [TemplateColumn(label, help, slug in REQUIRED) for slug, label, help in COLUMNS]
    cells = [row_of(row) for row in rows]
    return template_as_xlsx(
        "Template", offered, cells, help_line=HELP_LINK, help_address="https://portal.example/help/"
    )


def extra_sheets(sheet: Worksheet) -> None:
    sheet.parent.create_sheet("Notes").append(["Nothing of it counts"])
    sheet.parent.create_sheet("Lists").append(["Female", "Male"])


def hidden_first_sheet(sheet: Worksheet) -> None:
    hidden = sheet.parent.create_sheet("Lists", 0)
    hidden.append(["Surname", "Forename"])
    hidden.sheet_state = "hidden"
    sheet.parent.active = 1


def merged_title(sheet: Worksheet) -> None:
    sheet.insert_rows(1)
    sheet["A1"] = "Entries of Northgate School"
    sheet.merge_cells("A1:E1")


def merged_surname(sheet: Worksheet) -> None:
    sheet.merge_cells("A2:A3")


def hidden_row_and_column(sheet: Worksheet) -> None:
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["D"].hidden = True


def coloured_far_away(sheet: Worksheet) -> None:
    sheet["ZZ90000"].number_format = "0.00"


def moved_to_c5(sheet: Worksheet) -> None:
    sheet.move_range("A1:G3", rows=4, cols=2)


BLANK = [""] * len(TWO[0])
LAYOUTS = [
    *by(WRITERS, "the columns of the template", "D6 D8", UNITS, UNIT_VERDICTS),
    *by(WORKBOOKS, "the columns backwards", "B8 D6", columns(UNITS, [6, 5, 4, 3, 2, 1, 0]), UNIT_VERDICTS),
    case("the columns in an order of no system", "B8 D6", columns(UNITS, [3, 0, 6, 2, 5, 1, 4]), UNIT_VERDICTS),
    case(
        "our own template, filled in, its help lines left in", "B9 D7", [], [REGISTERED] * 2,
        content=partial(of_the_template, person(0), person(1)),
        notes=(HELP_ABOVE, "Row 3 is the help line of the template and was left out."),
    ),
    *by(
        (*WORKBOOKS, "csv"), "the line Click here for Help left in", "B9 D7", [[HELP_LINK], *TWO], [REGISTERED] * 2,
        notes=(HELP_ABOVE,),
    ),
    case(
        "the words below the headings left in", "B9 D7",
        [list(LABELS.values()), HELPS, row_of(person(0))], REGISTERED,
        notes=("Row 2 is the help line of the template and was left out.",),
    ),
    *by(WORKBOOKS, "a title above the headings", "B8 D7", TITLED, [REGISTERED] * 2, notes=(ONE_ABOVE,)),
    case(
        "a title of three lines above the headings", "B8 D7", [["Northgate"], ["2026/27"], ["", "page 1"], *TWO],
        [REGISTERED] * 2, notes=("Rows 1, 2 and 3 stand above the headings and were left out.",),
    ),
    case("a title, an empty line, the headings", "B8", [TITLED[0], [], *TWO], [REGISTERED] * 2, notes=(ONE_ABOVE,)),
    case("a title in merged cells", "B8", TWO, [REGISTERED] * 2, edit=merged_title, notes=(ONE_ABOVE,)),
    case(
        "a title in merged cells, by LibreOffice", "B8", TWO, [REGISTERED] * 2, edit=merged_title, becomes="ods",
        notes=(ONE_ABOVE,),
    ),
    case("a surname in cells merged over two rows", "B8", TWO, [REGISTERED, "NAME-01"], edit=merged_surname),
    case("a table that begins at C5", "B8", UNITS, UNIT_VERDICTS, edit=moved_to_c5),
    case(
        "a table that begins at C5, by LibreOffice", "B8", UNITS, UNIT_VERDICTS, edit=moved_to_c5, becomes="ods",
    ),
    case("headings in capitals", "B8 D6", [[label.upper() for label in UNITS[0]], *UNITS[1:]], UNIT_VERDICTS),
    case("headings with blanks and dots", "B8 D6", [[f"  {x} . " for x in UNITS[0]], *UNITS[1:]], UNIT_VERDICTS),
    case("headings with hard blanks", "B8", [[x.replace(" ", "\xa0") for x in UNITS[0]], *UNITS[1:]], UNIT_VERDICTS),
    case(
        "headings with something in brackets", "B8",
        renamed(date_of_birth="Date of birth (DD/MM/YYYY)", gender="Gender (F or M)"), ["REG-01", REGISTERED],
    ),
    case(
        "headings of the guide", "B8",
        renamed(uci="Unique candidate identifier", scheme_code="Main entry code", unit_1="Unit number"),
        ["REG-01", REGISTERED],
    ),
    case(
        "headings of one school's system", "B8",
        renamed(last_name="Legal surname", first_name="Legal forename", date_of_birth="DOB", gender="Sex"),
        ["REG-01", REGISTERED],
    ),
    case(
        "headings of another school's system", "B8",
        renamed(last_name="Family name", first_name="Given names", date_of_birth="D.O.B.", gender="M/F", uci="UCI no"),
        ["REG-01", REGISTERED],
    ),
    case(
        "headings with an accent and a line end", "B8",
        renamed(last_name="Sürname", scheme_code="Scheme\ncode"), ["REG-01", REGISTERED],
    ),
    *by(
        ("xlsx", "csv"), "columns that hold nothing we ask for", "B8 B20",
        [[*row, *more] for row, more in zip(TWO, [("UPN", "UCAS ID"), ("A82", "12"), ("", "1234567890")], strict=True)],
        [REGISTERED] * 2,
    ),
    case("a heading that nobody knows", "B8", [[*row, f"Bus {n}"] for n, row in enumerate(TWO)], "match Bus 0"),
    case(
        "two headings for one column", "B8", [[*row, x] for row, x in zip(TWO, ("Last name", "b", "c"), strict=True)],
        "match Last name, Surname, missing Surname",
    ),
    case("no column for the date of birth", "B8", columns(TWO, [0, 1, 3, 4]), "match missing Date of birth"),
    case("no columns for several", "B8", columns(TWO, [0, 4]), "match missing Forename, Date of birth, Gender"),
    case(
        "no headings at all", "B8", TWO[1:], "match 05834, 27/03/2009, Ann, Female, Smitha, missing "
        "Surname, Forename, Date of birth, Gender, Scheme code",
        notes=(
            "Row 1 was taken for the row of headings. If it is one of your entries, discard this file, put a row of "
            "headings above it and upload it again.",
        ),
    ),
    *by((*WORKBOOKS, "csv"), "empty rows between", "B8", [TWO[0], BLANK, TWO[1], BLANK, BLANK, TWO[2], BLANK],
        [REGISTERED] * 2),
    case("rows of nothing but blanks", "B7", [*TWO, ["  ", "\t", "", "", " "]], [REGISTERED] * 2),
    case("empty columns without headings", "B8", [["", *row, "", ""] for row in TWO], [REGISTERED] * 2),
    case(
        "other sheets behind", "B8", TWO, [REGISTERED] * 2, edit=extra_sheets,
        notes=("We read the sheet “Entries”. The workbook has 2 other sheets, which were not read.",),
    ),
    case(
        "other sheets behind, by LibreOffice", "B8", TWO, [REGISTERED] * 2, edit=extra_sheets, becomes="ods",
        notes=("We read the sheet “Entries”. The workbook has 2 other sheets, which were not read.",),
    ),
    case("a hidden sheet in front", "B8", TWO, [REGISTERED] * 2, edit=hidden_first_sheet),
    case("a hidden sheet in front, by LibreOffice", "B8", TWO, [FULL] * 2, edit=hidden_first_sheet, becomes="xls"),
    case("a hidden row and a hidden column", "B8", TWO, [REGISTERED] * 2, edit=hidden_row_and_column),
    case("a cell that is only formatted far away", "B4", TWO, [REGISTERED] * 2, edit=coloured_far_away),
    case(
        "a cell that is only formatted far away, by LibreOffice", "B4", TWO, [REGISTERED] * 2, edit=coloured_far_away,
        becomes="xlsx",
    ),
]  # fmt: skip

ACCENTS = table(person(0, last_name="Müller-Søby", first_name="Zoë"))
PLAIN_TEXTS = [
    case(name, "D8 B15", [], REGISTERED, ending="csv", content=content)
    for name, content in {
        "UTF-8 without its mark": partial(plain, ACCENTS, encoding="utf-8"),
        "UTF-8 with its mark": partial(plain, ACCENTS),
        "Windows-1252": partial(plain, ACCENTS, encoding="cp1252"),
        "UTF-16, as Excel's Unicode text": partial(plain, ACCENTS, "\t", "utf-16"),
        "semicolons": partial(plain, ACCENTS, ";"),
        "tabs": partial(plain, ACCENTS, "\t"),
        "Windows-1252 with semicolons": partial(plain, ACCENTS, ";", "cp1252"),
        "a line sep=;": lambda: b"sep=;\r\n" + plain(ACCENTS, ";", "utf-8"),
        "line ends of old Macs": partial(plain, ACCENTS, end="\r"),
        "line ends of Unix, and none at the end": lambda: plain(ACCENTS, end="\n").rstrip(),
        "commas inside of quotation marks": partial(
            plain, table(person(0, middle_names="Mae", own_reference="a, b; c"))
        ),
    }.items()
]
