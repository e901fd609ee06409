"""The template as a workbook: text cells, a way to Help, and lists to choose from."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from core.tabular.reading import read_sheet
from core.tabular.writing import LAST_ROW_OF_LISTS, TemplateColumn, template_as_xlsx
from step_entries.kinds import columns_for
from tests.factories.uploads import candidate_row
from uploads.models import Upload

pytestmark = pytest.mark.django_db
COLUMNS = [
    TemplateColumn("Name", "In full", is_required=True),
    TemplateColumn("Code", "With its zero"),
    TemplateColumn("Size", choices=("Small, or so", "Large")),
]


def book_of(content):
    return openpyxl.load_workbook(BytesIO(content))


@pytest.fixture
def book():
    content = template_as_xlsx(
        "Template",
        COLUMNS,
        [["Ann", "=01", ""]],
        help_line="Click here for Help",
        help_address="https://x.example/help/",
    )
    return book_of(content)


def test_the_first_line_leads_to_the_sheet_help_which_stands_second(book):
    assert book.sheetnames == ["Template", "Help"]
    link = book["Template"]["A1"]
    assert (link.value, link.hyperlink.location) == ("Click here for Help", "Help!A1")
    assert book["Help"]["A1"].hyperlink.target == "https://x.example/help/"


def test_headings_help_lines_and_rows_follow_as_text(book):
    rows = [[cell.value for cell in row] for row in book["Template"].iter_rows(min_row=2)]

    assert rows == [["Name", "Code", "Size"], ["In full", "With its zero", None], ["Ann", "=01", None]]
    assert book["Template"]["B4"].data_type == "s"


def test_every_column_is_text_so_that_zeros_and_dates_stay_as_typed(book):
    assert {book["Template"].column_dimensions[letter].number_format for letter in "ABC"} == {"@"}


def test_what_can_be_chosen_is_offered_from_the_sheet_help_and_other_texts_can_be_typed(book):
    [offered] = book["Template"].data_validations.dataValidation

    assert (str(offered.sqref), offered.formula1) == (f"C4:C{LAST_ROW_OF_LISTS}", "Help!$D$5:$E$5")
    assert [book["Help"][place].value for place in ("A5", "D5", "E5")] == ["Size", "Small, or so", "Large"]
    assert not offered.showErrorMessage


def test_help_tells_what_is_needed(book):
    assert [cell.value for cell in book["Help"][3]][:3] == ["Name", "Yes", "In full"]
    assert book["Help"]["B4"].value is None


def test_the_template_filled_in_by_hand_is_taken_as_it_is(client, session, centre):
    content = client.get(reverse("uploads:template", args=["step", "xlsx"])).content
    book = book_of(content)
    labels = [cell.value for cell in book["Template"][2]]
    for label, text in zip([column.label for column in columns_for(centre)][:7], candidate_row(0), strict=True):
        book["Template"].cell(4, labels.index(label) + 1, text)
    file = BytesIO()
    book.save(file)
    file.name = "step.xlsx"
    file.seek(0)

    page = client.post(reverse("uploads:upload", args=["step"]), {"file": file}, follow=True)

    assert page.redirect_chain[-1][0].endswith("/check/")
    assert Upload.objects.get().rows.count() == 1
    assert read_sheet(content, "t.xlsx").title == "Template"
