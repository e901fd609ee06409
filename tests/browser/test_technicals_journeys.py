"""Bar 6: the spreadsheet of Cambridge Technicals, without scripts and by keyboard alone; and its staff."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from candidates.models import Candidate
from technicals.enums import SubmissionStatus
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import Registration, Submission, UnitEntry
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.browser.request_journey import Typist
from tests.browser.technicals_world import (
    ERRORS,
    OF_PEOPLE,
    OF_UNITS,
    QUESTION,
    filled_in,
    planted,
    rows,
    set_up,
    units_among,
)
from tests.factories.technicals_files import upload_of
from uploads.services import enter_queued, judge, submit_upload

UPLOAD = "Upload Cambridge Technicals entries spreadsheet"
VALIDATION = "Spreadsheet validation"
CHECK = f"Check the {TECHNICALS_ENTRIES.nouns}"
HISTORY = "View Cambridge Technicals entry submission history"
MANY, FEW = 2_000, 40
FILE_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(params=[False], ids=["without-javascript"])
def page_of(request, browser):
    """A page of a browser with scripts on or off, for `arrive` to know."""
    with browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.has_scripts = request.param
        yield page


def taken(page, link):
    """What a link downloads."""
    with page.expect_download() as download:
        link.click()
    return Path(download.value.path()).read_bytes()


def sheet_of(content):
    return list(openpyxl.load_workbook(BytesIO(content)).active.values)


def link_of(page, name):
    return page.get_by_role("link", name=name, exact=True)


def box_of(page, column, number):
    return page.get_by_label(f"{column} in row {number}", exact=True)


def put(box, text):
    """Type a text into a box, or choose it from a list."""
    if box.evaluate("box => box.tagName") == "SELECT":
        box.select_option(text)
    else:
        box.fill(text)


def choose(box, beginning):
    """Choose the answer that begins with these words."""
    box.select_option(box.locator("option", has_text=beginning).inner_text())


def mend_all_but_one(page, file):
    """Mend every row but the one to set aside; of rows that say the same, the first for all."""
    mended = set()
    for number, wrong in file.wrong.items():
        box = box_of(page, wrong.label, number)
        if wrong.mended is None or (wrong.text and (wrong.column, wrong.text) in mended):
            continue
        put(box, wrong.mended)
        others = page.locator(f"#alike-cell-{number}-{wrong.column}")
        if others.count():
            others.check()
            mended.add((wrong.column, wrong.text))
    for number, who in file.asked.items():
        choose(box_of(page, QUESTION, number), who)


def test_two_thousand_rows_are_mended_and_entered_without_javascript(page_of, live_server, officer, centre, sign_in):
    page, file = page_of, planted(MANY)
    set_up(centre, is_late=True)
    sign_in(page.context, officer)
    page.goto(live_server.url)
    follow(link_of(page, "Cambridge Technicals"))
    arrive(page, "Make entries")
    follow(link_of(page, UPLOAD))
    arrive(page, UPLOAD)
    template = taken(page, link_of(page, "Download spreadsheet"))
    content = filled_in(template, file.rows)
    page.get_by_label("Your spreadsheet").set_input_files(
        {"name": "entries.xlsx", "mimeType": FILE_TYPE, "buffer": content}
    )
    page.get_by_label("Order number or reference").fill("PO 17")
    press(page, "Submit entries spreadsheet")

    arrive(page, VALIDATION)
    expect(page.locator(".upload-counts")).to_contain_text(
        f"{MANY:,} {TECHNICALS_ENTRIES.nouns}: {MANY - ERRORS:,} ready, {ERRORS} to mend"
    )
    for uln, whose in (("1000000078", "Our record"), ("1000000086", "The file")):
        expect(page.get_by_role("main")).to_contain_text(f"{whose}: Ann White, born 4 March 2009, ULN {uln}")
    mend_all_but_one(page, file)
    press(page, "Save")
    arrive(page, VALIDATION)
    expect(page.get_by_role("status")).to_contain_text("1 has something to mend")
    aside = next(number for number, wrong in file.wrong.items() if wrong.mended is None)
    expect(page.locator(".mend-row")).to_contain_text("This candidate is not registered for 05836.")
    left = sheet_of(taken(page, link_of(page, "Download what is not entered (.xlsx)")))
    assert "Errors" in left[0]
    assert len(left) == 1 + MANY
    press(page, f"Set row {aside} aside")

    arrive(page, CHECK)
    units = units_among(MANY) - 1
    late = f"I accept the late charge for {units} unit entries: {units} at £44.00"
    expect(page.get_by_label(late)).not_to_be_checked()
    expect(page.get_by_role("main")).not_to_contain_text("on invoice")
    press(page, "Submit")
    arrive(page, CHECK)
    expect(link_of(page, "Go there")).to_have_attribute("href", "#accepted")
    assert not Submission.objects.exists()
    page.get_by_label(late).check()
    press(page, "Submit")
    has_entered_all(page, centre)
    is_found_in_the_history(page)


def has_entered_all(page, centre):
    arrive(page, "Upload confirmation")
    submission = Submission.objects.get()
    main, registered, units = page.get_by_role("main"), MANY - units_among(MANY), units_among(MANY) - 1
    for words in (submission.number, "Processing complete", "PO 17"):
        expect(main).to_contain_text(words)
    expect(main).to_contain_text(f"{registered:,} full awards, {units} unit entries")
    assert (Registration.objects.count(), UnitEntry.objects.filter(is_late=True).count()) == (registered, units)
    assert Candidate.objects.filter(centre=centre, last_name__in=["Oldjones", "Brown"]).count() == 2
    assert Candidate.objects.filter(centre=centre, last_name="White").count() == 2
    copy = sheet_of(taken(page, link_of(page, ".xlsx")))
    assert len(copy) == 1 + registered + units
    assert {row[copy[0].index("Submission number")] for row in copy[1:]} == {submission.number}


def is_found_in_the_history(page):
    submission = Submission.objects.get()
    follow(link_of(page, "Entries"))
    arrive(page, HISTORY)
    page.get_by_label("Candidate: name").fill("Smythe")
    page.get_by_label("Entry status", exact=True).select_option(SubmissionStatus.PROCESSING_COMPLETE.label)
    press(page, "Search")
    expect(page.get_by_role("row", name=submission.number)).to_contain_text("PO 17")
    page.get_by_label("Candidate: name").fill("Nobody")
    press(page, "Search")
    expect(page.get_by_text("No submission of your centre is as asked for.")).to_be_visible()
    follow(link_of(page, "Show all submissions"))
    follow(link_of(page, submission.number))
    arrive(page, "Upload confirmation")


class OfficerAtKeys(Typist):
    """The officer of a centre, who has a keyboard and no mouse."""

    def take(self, name):
        self.tab_to(link_of(self.page, name).first)
        with self.page.expect_download() as download:
            self.page.keyboard.press("Enter")
        return Path(download.value.path()).read_bytes()

    def choose_file(self, content):
        self.tab_to(self.page.get_by_label("Your spreadsheet"))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files({"name": "entries.xlsx", "mimeType": FILE_TYPE, "buffer": content})

    def retype(self, column, number, text):
        """Go to a box of a row and type over what stands in it."""
        box = box_of(self.page, column, number)
        self.tab_to(box)
        self.page.keyboard.type(text)
        expect(box).to_have_value(text)


def test_a_file_is_mended_and_entered_by_keyboard_alone(page, live_server, officer, centre, sign_in):
    set_up(centre)
    sign_in(page.context, officer)
    page.has_scripts = True
    file = planted(FEW, of_people=OF_PEOPLE[:2], of_units=OF_UNITS[-2:], known=1)
    (first, second, _, aside), (asked,) = file.wrong, file.asked
    keys = OfficerAtKeys(page)
    page.goto(live_server.url)
    keys.follow("Cambridge Technicals")
    keys.follow(UPLOAD)
    arrive(page, UPLOAD)
    template = keys.take("Download spreadsheet")
    keys.choose_file(filled_in(template, file.rows))
    keys.type_into("Order number or reference", "PO 17")
    keys.press("Submit entries spreadsheet")

    arrive(page, VALIDATION)
    expect(page.locator(".error-summary")).to_be_focused()
    keys.retype("Date of birth", first, "27/03/2007")
    page.keyboard.press("ArrowDown")
    expect(box_of(page, "Date of birth", second)).to_be_focused()
    page.keyboard.type("28/02/2008")
    page.keyboard.press("F8")
    expect(box_of(page, QUESTION, asked)).to_be_focused()
    page.keyboard.type("Use the file")
    page.keyboard.press("F8")
    page.keyboard.press("Delete")
    keys.press("Save")
    arrive(page, VALIDATION)
    keys.press(f"Set row {aside} aside")

    arrive(page, CHECK)
    keys.press("Submit")
    arrive(page, "Upload confirmation")
    expect(page.get_by_role("main")).to_contain_text("Processing complete")
    assert len(sheet_of(keys.take(".xlsx"))) == FEW
    keys.follow("Entries")
    arrive(page, HISTORY)
    keys.type_into("Candidate: name", "Jones")
    keys.go()
    keys.follow(Submission.objects.get().number)
    arrive(page, "Upload confirmation")
    assert Registration.objects.count() == FEW - units_among(FEW)


def test_an_open_page_hears_by_itself_that_its_submission_is_processed(page, live_server, officer, centre, sign_in):
    set_up(centre)
    sign_in(page.context, officer)
    now = timezone.now()
    upload = upload_of(rows(4), centre=centre, by=officer, at=now)
    seen = judge(upload=upload, kind=TECHNICALS_ENTRIES, at=now).fingerprint
    submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=officer, at=now, seen=seen)
    page.goto(live_server.url + reverse("technicals:submission", args=[Submission.objects.get().number]))
    expect(page.get_by_role("status")).to_have_text("It is the next to be processed.")

    enter_queued(upload_pk=upload.pk, at=now)

    expect(page.get_by_text("Processing complete", exact=True)).to_be_visible()
