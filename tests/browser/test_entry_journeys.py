"""Amending an entry, withdrawing it and bringing it back, by keyboard alone, with JavaScript and without."""

import pytest
from playwright.sync_api import expect

from step_entries.models import StepEntry
from step_entries.services import amend_entry, answers_of_entry, confirm_entries
from tests.browser.keyboard import Keyboard, arrive
from tests.browser.pages import follow
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory

OVERVIEW = "Entries Overview"


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page(request, browser):
    with browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.has_scripts = request.param
        yield page


@pytest.fixture
def keyboard(page):
    return Keyboard(page)


@pytest.fixture
def opened(page, live_server, officer, sign_in, entry):
    """The entry's page, reached from the overview by its candidate's name."""
    sign_in(page.context, officer)
    page.goto(live_server.url)
    follow(page.get_by_role("link", name="Ann Smith", exact=True))
    expect(page.get_by_role("heading", name="Ann Smith")).to_be_visible()
    return page


def test_a_wrong_letter_is_mended_after_confirmation(opened, keyboard, entry, now):
    confirm_entries(entries=StepEntry.objects.all(), by=None, at=now)
    keyboard.follow("Edit candidate details")
    arrive(opened, "Edit candidate details")
    keyboard.type_into("Last Name", "Sm1th")
    keyboard.go()
    expect(opened.get_by_role("alert")).to_contain_text("Take out “1”.")
    keyboard.type_into("Last Name", "Smyth")
    keyboard.press("Save changes")

    arrive(opened, "Ann Smyth NOT YET CONFIRMED")
    expect(opened.get_by_text("Last Name: Smith became Smyth")).to_be_visible()
    assert StepEntry.objects.get().last_name == "Smyth"


def test_papers_and_courses_are_changed(opened, keyboard, entry):
    keyboard.follow("Edit paper combination")
    arrive(opened, "Edit paper combination")
    keyboard.tab_to(opened.get_by_label("STEP 2 and STEP 3", exact=True))
    opened.keyboard.press("ArrowUp")
    keyboard.press("Save changes")
    keyboard.follow("Edit courses & institutions")
    arrive(opened, "Edit courses & institutions")
    keyboard.tab_to(opened.get_by_label("Other", exact=True))
    opened.keyboard.press("Space")
    keyboard.press("Save changes")

    changed = StepEntry.objects.get()
    expect(opened.get_by_text("Papers: STEP 2 and STEP 3 became STEP 3")).to_be_visible()
    assert (changed.papers, changed.has_other_course, changed.version) == ("step-3", True, 3)


def test_of_two_colleagues_the_second_compares_and_keeps_theirs_in_part(opened, keyboard, entry, centre, now):
    keyboard.follow("Edit candidate details")
    priya = UserFactory(email="priya@northgate.example", name="Priya Shah")
    MembershipFactory(user=priya, centre=centre)
    answers = answers_of_entry(entry) | {"last_name": "Smyth"}
    amend_entry(entry=entry, step="candidate", answers=answers, version=1, by=priya, at=now)
    keyboard.type_into("First Name", "Anna")
    keyboard.press("Save changes")

    arrive(opened, "Edit candidate details")
    expect(opened.get_by_text("Priya Shah changed this entry at")).to_be_visible()
    expect(opened.get_by_role("row", name="Last Name differs Smyth Smith")).to_be_visible()
    expect(opened.get_by_label("First Name", exact=True)).to_have_value("Anna")
    keyboard.type_into("Last Name", "Smyth")
    keyboard.press("Keep mine")

    arrive(opened, "Anna Smyth NOT YET CONFIRMED")
    assert StepEntry.objects.get().name == "Anna Smyth"


def test_withdraw_and_cancel_leaves_the_entry_alone(opened, keyboard, entry):
    keyboard.follow("Withdraw entry")
    arrive(opened, "Withdraw the entry of Ann Smith?")
    keyboard.follow("Cancel")

    arrive(opened, "Ann Smith NOT YET CONFIRMED")
    assert StepEntry.objects.get().version == 1


def test_withdraw_and_undo_brings_the_number_back(opened, keyboard, entry):
    keyboard.follow("Withdraw entry")
    keyboard.press("Confirm Withdraw")
    arrive(opened, OVERVIEW)
    expect(opened.get_by_text("The entry S00001, Ann Smith, is withdrawn.")).to_be_visible()
    expect(opened.get_by_role("link", name="Ann Smith", exact=True)).to_have_count(0)
    keyboard.follow("Undo withdrawal")
    arrive(opened, "Undo the withdrawal of Ann Smith?")
    keyboard.press("Undo withdrawal")

    arrive(opened, "Ann Smith NOT YET CONFIRMED")
    assert (StepEntry.objects.get().number, StepEntry.objects.get().version) == ("S00001", 3)


def test_the_printed_page_of_an_entry_has_its_facts_and_history_and_no_buttons(opened, entry):
    opened.emulate_media(media="print")

    expect(opened.get_by_text("UCAS ID", exact=True)).to_be_visible()
    expect(opened.get_by_role("heading", name="History")).to_be_visible()
    expect(opened.get_by_role("link", name="Withdraw entry")).to_be_hidden()
    expect(opened.get_by_role("heading", name="Changes")).to_be_hidden()
