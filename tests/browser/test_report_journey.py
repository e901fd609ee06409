"""The officer who checks her list: she searches, filters, and takes the report away, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect
from python_calamine import CalamineWorkbook

from tests.browser.pages import follow, press
from tests.browser.test_accessibility import world  # noqa: F401 (a fixture)


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def context(browser, request):
    with browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=request.param) as context:
        yield context


def names(page):
    return page.get_by_role("table", name="Current entries").get_by_role("rowheader")


def test_a_candidate_is_searched_filtered_and_all_are_shown_again(world):  # noqa: F811
    world.entries(1, first_name="Zoë", last_name="Müller-Søby", person_key="zoemullersoby", ucas_id="0123456789")
    world.entries(2)
    world.open("/")
    page = world.page

    page.get_by_label("Name or entry number").fill("MULLER")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/entries/.*search=MULLER"))

    expect(names(page)).to_have_text(["Zoë Müller-Søby"])
    page.get_by_label("UCAS ID").select_option("Missing")
    press(page, "Search")
    expect(page.get_by_text("No candidates have “MULLER”")).to_be_visible()
    follow(page.get_by_role("link", name="Show all current entries"))
    expect(names(page)).to_have_count(3)


def test_the_words_click_here_download_the_report(world, tmp_path):  # noqa: F811
    [entry] = world.entries(1)
    world.open("/")

    with world.page.expect_download() as download:
        world.page.get_by_role("link", name="Click Here", exact=True).click()
    download.value.save_as(tmp_path / "report.xls")

    headings, row = CalamineWorkbook.from_path(tmp_path / "report.xls").get_sheet_by_index(0).to_python()
    assert (headings[0], row[0]) == ("Entry #", entry.number)
    assert download.value.suggested_filename.startswith("61111-step-june-")
    assert download.value.suggested_filename.endswith(".xls")


def test_a_count_of_the_breakdown_leads_to_what_it_counts(world):  # noqa: F811
    world.entries(2, ucas_id="")
    world.open("/")

    follow(world.page.get_by_role("link", name="2 without a UCAS ID"))

    expect(names(world.page)).to_have_count(2)
    expect(world.page.get_by_text("2 entries found: without a UCAS ID.")).to_be_visible()
