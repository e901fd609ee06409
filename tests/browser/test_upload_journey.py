"""The officer of a large college: 200 candidates in the file that her school's system wrote."""

import pytest
from playwright.sync_api import expect

from outbox.models import OutgoingEmail
from step_entries.models import StepEntry
from tests.browser.pages import follow
from tests.core.hostile import xlsx
from tests.factories.candidates import in_letters

MOST_ACTIONS = 25
CANDIDATES = 200
HEADINGS = ["Adno", "Legal Surname", "Forename", "Geburtstag", "Sex", "Reg", "UCAS Personal ID", "Taking", "University"]
WRONG = {  # row in the file: the planted error (column, text); what it is mended with; None: the row is set aside
    5: (("Forename", "=UPPER(A1)"), "Ann"),
    20: (("Forename", "@Ann"), "Ann"),
    30: (("Legal Surname", "Smith\u200bJones"), "Smith Jones"),
    40: (("Legal Surname", "S" * 300), "Smithers"),
    50: (("Geburtstag", "3/27/07"), "27/03/2007"),
    60: (("Geburtstag", "31/02/2008"), "28/02/2008"),
    70: (("Geburtstag", "04/03/2099"), "04/03/2009"),
    80: (("UCAS Personal ID", "12345"), "1234567890"),
    90: (("University", ""), "Other"),
    100: ("as row 99", None),
}
LABELS = {
    "Forename": "First Name",
    "Legal Surname": "Last Name",
    "Geburtstag": "Date of birth (DD/MM/YYYY)",
    "UCAS Personal ID": "UCAS ID",
    "University": "Courses and institutions",
}


def school_file():
    """An .xlsx of a school's system: a title, its own headings in its own order, and the ten planted errors."""
    rows = []
    for number in range(2, CANDIDATES + 2):
        name = in_letters(number).translate(str.maketrans("abcdefghij", "klmnopqrst"))
        row = [
            number,
            f"Smith{name}",
            "Ann",
            "04/03/2009",
            "F",
            "13B",
            f"{2_000_000_000 + number}",
            "II & III",
            "Other",
        ]
        if number + 1 in WRONG:
            planted, _ = WRONG[number + 1]
            if planted == "as row 99":
                row = list(rows[-1])
            else:
                row[HEADINGS.index(planted[0])] = planted[1]
        rows.append(row)
    return xlsx([["Northgate College: STEP", *[""] * 8], HEADINGS, *rows])


class Officer:
    """Does what a person does in the browser, and counts it."""

    def __init__(self, page):
        self.page, self.actions = page, 0

    def click(self, name, role="button"):
        self.actions += 1
        follow(self.page.get_by_role(role, name=name, exact=True))

    def type(self, label, text):
        self.actions += 1
        self.page.get_by_label(label, exact=True).fill(text)

    def select(self, label, choice):
        self.actions += 1
        self.page.get_by_label(label).select_option(choice)

    def choose_file(self, content):
        self.actions += 1
        self.page.get_by_label("Your spreadsheet").set_input_files(
            {"name": "STEP export.xlsx", "mimeType": "application/octet-stream", "buffer": content}
        )


@pytest.fixture(params=["with JavaScript", "without JavaScript"])
def page_of(request, browser):
    with browser.new_context(java_script_enabled=request.param == "with JavaScript") as context:
        yield context.new_page()


def test_two_hundred_candidates_are_uploaded_mended_and_entered_in_25_actions(
    page_of, live_server, officer, session, sign_in
):
    page, act, file = page_of, Officer(page_of), school_file()
    sign_in(page.context, officer)
    page.goto(f"{live_server.url}/step/")

    act.click("Enter many candidates from a spreadsheet", role="link")
    act.choose_file(file)
    act.click("Upload the spreadsheet")
    expect(page.get_by_role("heading", name="Match the headings")).to_be_visible()
    act.select("Geburtstag", "Date of birth (DD/MM/YYYY)")
    act.select("Taking", "Papers")
    act.click("Next")
    expect(page.get_by_role("heading", name="Spreadsheet validation")).to_be_visible()
    expect(page.locator(".upload-counts")).to_contain_text("200 candidates: 189 ready, 11 to mend")
    for number, (planted, mended) in WRONG.items():
        if mended:
            act.type(f"{LABELS[planted[0]]} in row {number}", mended)
    act.click("Set row 100 aside")
    expect(page.get_by_role("heading", name="Check the candidates")).to_be_visible()
    expect(page.locator(".upload-counts")).to_contain_text("199 ready, 0 to mend, 1 set aside")
    assert StepEntry.objects.count() == OutgoingEmail.objects.count() == 0
    act.click("Submit")
    expect(page.get_by_role("heading", name="Upload confirmation")).to_be_visible()

    assert act.actions <= MOST_ACTIONS
    assert StepEntry.objects.count() == CANDIDATES - 1
    assert OutgoingEmail.objects.count() == 1
    expect(page.get_by_text("199 candidates are entered")).to_be_visible()
    expect(page.get_by_role("link", name="S00001")).to_be_visible()
    uploads_again_and_enters_nothing_twice(act, live_server, file)


def uploads_again_and_enters_nothing_twice(act, live_server, file):
    """The same bytes are known; under changed bytes the headings are remembered, and every row is known."""
    page = act.page
    for content in (file, school_file()):
        page.goto(f"{live_server.url}/uploads/new/step/")
        act.choose_file(content)
        act.click("Upload the spreadsheet")
        if content == file:
            expect(page.get_by_role("alert")).to_contain_text("You uploaded this file on")
            expect(page.get_by_role("link", name="Show what was entered from it")).to_be_visible()
    expect(page.get_by_role("heading", name="Spreadsheet validation")).to_be_visible()
    page.goto(page.url.replace("mend", "check"))

    expect(page.locator(".upload-counts")).to_contain_text("0 ready")
    expect(page.get_by_role("button", name="Submit")).to_have_count(0)
    assert StepEntry.objects.count() == CANDIDATES - 1
