"""Spreadsheet validation by keyboard: arrows, the next error, and a column pasted at once."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.keyboard import Keyboard, arrive
from tests.browser.pages import follow
from tests.factories.uploads import candidate_row, upload_of
from uploads.enums import UploadState
from uploads.models import Upload

PASTE = """(box, text) => {
    const data = new DataTransfer();
    data.setData("text", text);
    box.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""
WRONG = [{"ucas_id": "1"}, {"ucas_id": "2", "gender": ""}, {"courses": ""}, {"ucas_id": "4"}]


@pytest.fixture
def upload(session, centre, officer):
    rows = [candidate_row(number, **wrong) for number, wrong in enumerate(WRONG)]
    return upload_of(rows, centre=centre, by=officer, at=timezone.now())


@pytest.fixture
def grid(page, live_server, officer, upload, sign_in):
    sign_in(page.context, officer)
    page.goto(live_server.url + reverse("uploads:mend", args=[upload.key]))
    page.has_scripts = True
    return page


def cell(page, row, column):
    return page.locator(f"#cell-{row}-{column}")


def test_the_arrows_go_up_and_down_a_column_and_f8_to_the_next_error(grid):
    cell(grid, 2, "ucas_id").focus()

    for key, (row, column) in (
        ("ArrowDown", (3, "ucas_id")),
        ("ArrowDown", (5, "ucas_id")),
        ("ArrowDown", (5, "ucas_id")),
        ("ArrowUp", (3, "ucas_id")),
        ("Shift+F8", (3, "gender")),
        ("Shift+F8", (2, "ucas_id")),
        ("F8", (3, "gender")),
        ("F8", (3, "ucas_id")),
        ("F8", (4, "courses")),
    ):
        grid.keyboard.press(key)
        expect(cell(grid, row, column)).to_be_focused()


def test_a_column_is_pasted_downwards_and_said_and_saved(grid, upload):
    box = cell(grid, 2, "ucas_id")
    box.focus()

    box.evaluate(PASTE, "1234567890\r\n1234567891\tx\r\n1234567892\r\n1234567893\r\n")

    says = "3 boxes are filled and not saved yet. 1 line was left over: no more boxes of this column are on this page."
    expect(grid.get_by_role("status").filter(has_text="boxes are filled")).to_have_text(
        f"{says} Only the first of the columns was taken."
    )
    arrive(grid, "Spreadsheet validation")
    follow(grid.get_by_role("button", name="Save", exact=True).last)
    expect(grid.locator(".upload-counts")).to_contain_text("4 candidates: 2 ready, 2 to mend")
    assert [row.mended.get("ucas_id") for row in upload.rows.all()] == ["1234567890", "1234567891", None, "1234567892"]


def test_a_choice_takes_only_its_own_words(grid):
    box = cell(grid, 3, "gender")

    box.evaluate(PASTE, "female\nmale\n")
    expect(box).to_have_value("Female")
    box.evaluate(PASTE, "whatever\nmale\n")

    expect(box).to_have_value("Female")
    expect(grid.locator("[role=status]").filter(has_text="none of the choices")).to_have_count(1)


def test_one_line_is_pasted_as_anywhere_else(grid):
    box = cell(grid, 2, "ucas_id")

    box.evaluate(PASTE, "1234567890\r\n")

    expect(box).to_have_value("1")


def test_errors_and_rows_are_reached_by_keyboard_alone(grid):
    keyboard = Keyboard(grid)

    keyboard.tab_to(grid.get_by_role("link", name="Next error after row 3"))
    grid.keyboard.press("Enter")
    expect(cell(grid, 4, "courses")).to_be_in_viewport()
    grid.reload()
    keyboard.tab_to(grid.get_by_label("Row number in the file"))
    grid.keyboard.type("4")
    keyboard.go()

    expect(grid.get_by_role("heading", name="Row 4: Ann Smithc")).to_be_visible()


@pytest.mark.parametrize("has_scripts", [True, False])
def test_the_page_that_waits_leads_on_when_the_file_is_read(
    browser, live_server, officer, upload, sign_in, has_scripts
):
    Upload.objects.update(state=UploadState.RECEIVED, progress="Reading the file")
    with browser.new_context(java_script_enabled=has_scripts) as context:
        page = context.new_page()
        sign_in(context, officer)
        page.goto(live_server.url + reverse("uploads:progress", args=[upload.key]))
        expect(page.get_by_role("status").filter(has_text="Reading the file")).to_be_visible()
        Upload.objects.update(progress="4 rows read, now keeping them")
        if has_scripts:
            expect(page.get_by_role("status").filter(has_text="4 rows read")).to_be_visible()
        Upload.objects.update(state=UploadState.OPEN)
        if not has_scripts:
            follow(page.get_by_role("link", name="Refresh"))

        expect(page.get_by_role("heading", name="Spreadsheet validation")).to_be_visible()
