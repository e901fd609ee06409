"""Candidates and their groups, from the search before a new record to the group of the next year."""

from datetime import date

import pytest
from playwright.sync_api import expect

from candidates.models import Candidate, CandidateGroup
from candidates.rules.identifiers import read_uci
from core.tabular.writing import as_csv, as_xlsx
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.browser.request_journey import Typist
from tests.factories.candidates import CandidateFactory

GROUP, NEXT_YEAR = "Year 12 Business", "Year 13 Business"
UCI = read_uci("611111270001")


@pytest.fixture
def known(centre):
    """Two records of Ann Smith, born on the same day, and one of Bea Brown."""
    return [
        CandidateFactory(centre=centre, last_name="Smith", uci=UCI),
        CandidateFactory(centre=centre, last_name="Smith", middle_names="Mary"),
        CandidateFactory(centre=centre, first_name="Bea", last_name="Brown", date_of_birth=date(2009, 5, 6)),
    ]


@pytest.fixture
def page(context, live_server, officer, sign_in):
    """The overview of the officer, in a browser that runs scripts."""
    sign_in(context, officer)
    page = context.new_page()
    page.has_scripts = True
    page.goto(live_server.url)
    return page


@pytest.fixture
def still_page(browser, live_server, officer, sign_in):
    """The overview of the officer, in a browser that runs none."""
    with browser.new_context(java_script_enabled=False) as context:
        sign_in(context, officer)
        page = context.new_page()
        page.has_scripts = False
        page.goto(live_server.url)
        yield page


def test_candidates_are_found_added_merged_and_grouped_by_keyboard_alone(page, known):
    keys = Typist(page)
    to_candidates(keys)
    adds_whom_it_does_not_find(keys)
    edits_a_record(keys)
    makes_one_record_of_two(keys, known)
    puts_a_group_together(keys)
    rolls_it_over(keys)


def to_candidates(keys):
    """By the tab."""
    tabs = keys.page.get_by_role("navigation", name="Main")
    keys.tab_to(tabs.get_by_role("link", name="Candidates"))
    keys.go()


def adds_whom_it_does_not_find(keys):
    """A search comes first; the record that the centre has is shown before another is made."""
    page = keys.page
    arrive(page, "Candidates")
    keys.type_into("Name, UCI, ULN, OCR number or candidate number", "brown")
    keys.go()
    expect(page.get_by_role("row", name="Brown, Bea")).to_be_visible()
    keys.follow("New candidate")
    arrive(page, "New candidate")
    keys.type_into("Forename", "Bea")
    keys.type_into("Surname", "Brown")
    keys.type_into("Date of birth", "6/5/2009")
    keys.pick("Gender", "Female")
    keys.press("Add candidate")
    keys.is_refused("Your centre has a candidate of this name and date of birth: Bea Brown.")
    arrive(page, "New candidate")
    expect(page.get_by_role("link", name="Bea Brown", exact=True)).to_be_visible()
    keys.tick("This is a different person")
    keys.press("Add candidate")
    arrive(page, "Bea Brown")
    assert Candidate.objects.filter(last_name="Brown").count() == 2


def edits_a_record(keys):
    page = keys.page
    keys.follow("Edit candidate")
    arrive(page, "Edit candidate")
    keys.type_into("Surname", "Brown-Sm1th")
    keys.press("Save changes")
    keys.is_refused("Take out “1”.")
    keys.type_into("Surname", "Brown-Smith")
    keys.press("Save changes")
    arrive(page, "Bea Brown-Smith")
    expect(page.get_by_text("Surname: Brown became Brown-Smith")).to_be_visible()


def makes_one_record_of_two(keys, known):
    page, (one, other, _) = keys.page, known
    to_candidates(keys)
    keys.follow("Clashes")
    arrive(page, "Clashes")
    keys.follow("Compare Ann Smith and Ann Smith")
    arrive(page, "Compare two records")
    keys.press("Make one record of both")
    keys.is_refused("Choose which of the two records stays.")
    keys.pick("Which record stays?", "Ann Smith, added first")
    keys.press("Make one record of both")
    arrive(page, "Ann Smith")
    expect(page.get_by_text("The two records are one now.")).to_be_visible()
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.middle_names, one.uci, other.merged_into) == ("Mary", UCI, one)


def puts_a_group_together(keys):
    """From a search."""
    page = keys.page
    to_candidates(keys)
    keys.follow("Candidate groups")
    arrive(page, "Candidate groups")
    keys.follow("New group")
    arrive(page, "New group")
    keys.press("Make the group")
    keys.is_refused("Enter a name for the group")
    keys.type_into("Name of the group", GROUP)
    keys.press("Make the group")
    arrive(page, GROUP)
    keys.follow("Add candidates")
    arrive(page, f"Add candidates to “{GROUP}”")
    keys.tick("Ann Smith, born")
    keys.tick("Bea Brown, born")
    keys.press("Add those ticked")
    expect(page.get_by_role("status")).to_contain_text("2 candidates added")
    keys.follow("Back to the group")
    arrive(page, GROUP)


def rolls_it_over(keys):
    page = keys.page
    keys.follow("Roll over to a new group")
    arrive(page, f"Roll over “{GROUP}” to a new group")
    keys.type_into("Name of the group", NEXT_YEAR)
    leaver = page.get_by_role("checkbox", name="Brown, Bea")
    keys.tab_to(leaver)
    page.keyboard.press("Space")
    expect(leaver).not_to_be_checked()
    keys.press("Make the new group")
    arrive(page, NEXT_YEAR)
    members = {group.name: group.candidates.count() for group in CandidateGroup.objects.all()}
    assert members == {GROUP: 2, NEXT_YEAR: 1}


def test_a_group_is_filled_from_a_file_without_javascript(still_page, known):
    page, (one, _, bea) = still_page, known
    follow(page.get_by_role("link", name="Candidates", exact=True))
    follow(page.get_by_role("link", name="Clashes", exact=True))
    follow(page.get_by_role("button", name="Not the same person"))
    arrive(page, "Clashes")
    expect(page.get_by_role("status")).to_contain_text("stay two records")
    page.goto(page.url.replace("clashes", "groups/new"))
    page.get_by_label("Name of the group").fill(GROUP)
    press(page, "Make the group")
    follow(page.get_by_role("link", name="Add candidates from a file"))
    arrive(page, "Add candidates from a file")
    headings = ["Surname", "Forename", "Date of birth", "UCI", "Set"]
    rows = [["", "", "", UCI, "B"], ["Smith", "Ann", "04/03/2009", "", "B"], ["Brown", "Bea", "06/05/2009", "", "B"]]
    choose_file(page, "group.csv", as_csv("", headings, rows))
    press(page, "Add those in the file")
    arrive(page, "Add candidates from a file")
    told = "2 candidates of your centre have the name “Ann Smith”"
    expect(page.get_by_role("row", name="Row 3")).to_contain_text(told)
    assert set(CandidateGroup.objects.get().candidates.all()) == {one, bea}

    choose_file(page, "group.xlsx", as_xlsx("Group", headings, [["", "", "", UCI, "B"]]))
    press(page, "Add those in the file")
    arrive(page, GROUP)
    page.get_by_role("checkbox", name="Bea Brown").check()
    press(page, "Remove those ticked")
    arrive(page, GROUP)
    follow(page.get_by_role("link", name="Delete", exact=True))
    arrive(page, f"Delete the group “{GROUP}”?")
    press(page, "Delete the group")
    arrive(page, "Candidate groups")
    assert not CandidateGroup.objects.exists()
    assert Candidate.objects.active().count() == len(known)


def choose_file(page, name, content):
    page.get_by_label("Your file").set_input_files({"name": name, "mimeType": "", "buffer": content})
