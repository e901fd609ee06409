"""The five webforms from the Action list to the decision and its mails, by keyboard alone, with and without scripts."""

import pytest
from playwright.sync_api import expect

from requests_forms.models import Evidence, Request
from step_entries.models import StepEntry
from tests.browser.keyboard import arrive
from tests.browser.request_journey import acts_mailed, journey  # noqa: F401 (a fixture)
from tests.browser.request_world import CLOSED, OPEN, SAT, can_be_told, entered, later_start, move_to


@pytest.fixture
def entry(request, session, officer):
    """The entry of Ann Smith, in a session that has come to the phase of the test."""
    move_to(request.param, session)
    return entered(session, officer)


def in_phase(phase):
    return pytest.mark.parametrize("entry", [phase], indirect=True, ids=[""])


@in_phase(OPEN)
def test_an_access_arrangement_is_asked_for_questioned_answered_and_approved(journey, entry):  # noqa: F811
    keys = journey.open_form("Submit access arrangement", entry)
    keys.tick("Other extra time")
    keys.type_into("How much, in per cent", "half")
    keys.tick("Braille paper")
    keys.select("Evidence of the candidate's need", "Letter of a doctor, hospital or therapist")
    keys.tick("The candidate was told that details of their need are sent to the board")
    keys.press("Continue")
    keys.is_refused("Other extra time must be a number of per cent", "Tick that your centre holds this evidence")
    expect(keys.page.get_by_role("checkbox", name="Braille paper")).to_be_checked()
    expect(keys.page.get_by_label("How much, in per cent")).to_have_value("half")
    keys.type_into("How much, in per cent", "50")
    keys.tick("Our centre holds this evidence, and can send it when the STEP team asks")
    case = journey.send(keys, "Braille paper", "50", "Letter of a doctor")
    journey.look_again(keys, "Submitted")

    desk = journey.at_desk(case)
    desk.press("Take up")
    desk.type_into("Question to the centre", "Which grade of Braille?")
    desk.press("Ask for more information")
    journey.look_again(keys, "More information needed")
    keys.follow("Answer")
    arrive(keys.page, "Answer the STEP team")
    expect(keys.page.get_by_text("Which grade of Braille?")).to_be_visible()
    keys.press("Send answer")
    keys.is_refused("Type your answer, or add a file.")
    keys.type_into("Your answer", "Grade 2.")
    keys.add_file()
    keys.press("Send answer")
    expect(keys.page.get_by_role("link", name="letter.pdf")).to_be_visible()
    desk = journey.at_desk(case)
    expect(desk.page.get_by_text("Grade 2.")).to_be_visible()
    expect(desk.page.get_by_role("link", name="letter.pdf")).to_be_visible()
    desk.type_into("Words to the centre", "It comes with the other papers.")
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    expect(journey.look_again(keys, "Approved")).to_contain_text("It comes with the other papers.")
    assert acts_mailed(case) == ["send", "take-up", "ask", "answer", "accept"]


@in_phase(CLOSED)
def test_an_amendment_is_asked_for_and_changes_the_entry(journey, entry):  # noqa: F811
    keys = journey.open_form("Submit entry amendment", entry)
    keys.type_into("Last Name", "Sm1th")
    keys.type_into("Reason for the amendment", "It was spelt wrongly.")
    keys.press("Continue")
    keys.is_refused("Take out “1”.")
    expect(keys.page.get_by_label("Reason for the amendment")).to_have_value("It was spelt wrongly.")
    keys.type_into("Last Name", "Smyth")
    case = journey.send(keys, "Now: Smith", "Wanted: Smyth", "It was spelt wrongly.")
    assert StepEntry.objects.get().last_name == "Smith"

    desk = journey.at_desk(case)
    expect(desk.page.get_by_role("row", name="Last Name Smith Smyth")).to_be_visible()
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    journey.look_again(keys, "Completed")
    keys.follow("Ann Smyth")
    arrive(keys.page, "Ann Smyth NOT YET CONFIRMED")
    assert StepEntry.objects.get().last_name == "Smyth"
    assert acts_mailed(case) == ["send", "accept"]


@in_phase(OPEN)
def test_a_variation_whose_times_disagree_is_mended_and_declined(journey, entry, session):  # noqa: F811
    start = later_start(session)
    keys = journey.open_form("Submit timetable variation request", entry)
    keys.pick("Paper", "STEP 2")
    keys.pick("Reason", "Travel or time zone")
    keys.type_into("Why the candidate cannot start", "She plays for England.")
    keys.select("Time zone of the place where the candidate sits the paper", "Dubai")
    keys.type_into("Local date", start["local_date"])
    keys.type_into("Local time", start["local_time"])
    keys.type_into("UK date", start["uk_date"])
    keys.type_into("UK time", "10:59")
    keys.type_into("Supervision plan", "A teacher stays with her.")
    keys.press("Continue")
    keys.is_refused("in the UK on that day, but you entered 10:59. Check both.")
    expect(keys.page.get_by_label("Local time")).to_have_value(start["local_time"])
    keys.type_into("UK time", start["uk_time"])
    case = journey.send(keys, f"{start['local_time']} in Dubai", start["uk_time"], "A teacher stays with her.")

    desk = journey.at_desk(case)
    desk.press("Decline")
    expect(desk.page.get_by_text("Type why the request is declined.")).to_be_visible()
    desk.type_into("Words to the centre", "A friendly match is no reason.")
    desk.press("Decline")
    expect(desk.page.get_by_text(f"{case} is declined.")).to_be_visible()

    expect(journey.look_again(keys, "Declined")).to_contain_text("A friendly match is no reason.")
    assert acts_mailed(case) == ["send", "decline"]


@in_phase(CLOSED)
def test_a_withdrawal_for_medical_reasons_takes_the_entry_off_current_entries(journey, entry):  # noqa: F811
    keys = journey.open_form("Submit withdrawal request", entry)
    keys.pick("Reason for the withdrawal", "Medical reasons")
    keys.type_into("Further detail", "She broke her arm.")
    keys.press("Continue")
    keys.is_refused("Medical reasons need evidence.")
    expect(keys.page.get_by_label("Medical reasons", exact=True)).to_be_checked()
    expect(keys.page.get_by_label("Further detail")).to_have_value("She broke her arm.")
    keys.add_file()
    case = journey.send(keys, "Medical reasons", "She broke her arm.", "letter.pdf")
    keys.page.goto(journey.url)
    expect(keys.page.get_by_role("row", name="Ann Smith")).to_contain_text("withdrawal requested")

    desk = journey.at_desk(case)
    with desk.page.expect_download() as letter:
        desk.tab_to(desk.page.get_by_role("link", name="letter.pdf"))
        desk.page.keyboard.press("Enter")
    assert letter.value.suggested_filename == "letter.pdf"
    desk.tick("Waive the fee")
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    journey.look_again(keys, "Completed")
    keys.page.goto(journey.url)
    arrive(keys.page, "Entries Overview")
    expect(keys.page.get_by_role("rowheader", name="Ann Smith")).to_have_count(0)
    assert (StepEntry.objects.get().status, Request.objects.get().is_fee_waived) == ("withdrawn", True)
    assert acts_mailed(case) == ["send", "accept"]


@in_phase(SAT)
def test_of_special_consideration_the_centre_is_told_no_decision(journey, entry):  # noqa: F811
    can_be_told(entry)
    keys = journey.open_form("Submit special consideration", entry)
    keys.pick("Reason", "Illness")
    keys.type_into("Further detail", "She fainted at 10:30.")
    keys.press("Continue")
    keys.is_refused("Medical reasons need evidence. Add a file.")
    expect(keys.page.get_by_label("Further detail")).to_have_value("She fainted at 10:30.")
    keys.add_file()
    case = journey.send(keys, "STEP 2", "Illness", "letter.pdf", "University of Warwick, if it is accepted")

    desk = journey.at_desk(case)
    desk.press("Accept")
    expect(desk.page.get_by_text("Select the level of severity.")).to_be_visible()
    desk.type_into("Note for staff", "As in the case of 2019.")
    desk.select("Level of severity", "Very serious")
    desk.press("Accept")
    expect(desk.page.get_by_text(f"{case} is accepted.")).to_be_visible()

    shown = journey.look_again(keys, "Completed")
    expect(shown).to_contain_text("No decision is sent to your centre")
    for never in ("serious", "accepted", "approved", "2019", "Sam Taylor"):
        expect(shown).not_to_contain_text(never, ignore_case=True)
    assert (Request.objects.get().severity, Evidence.objects.get().name) == ("very-serious", "letter.pdf")
    assert acts_mailed(case) == ["send"]
