"""The guide to Cambridge Technicals: its places, its flow chart, and what it has to say."""

import re

import pytest
from defusedxml.ElementTree import fromstring
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from entries_portal import guide
from reports.enums import TechnicalsReport
from technicals.codecs.template import COLUMNS, REQUIRED
from technicals.enums import SubmissionStatus
from uploads.rules.kinds import kind_of

pytestmark = pytest.mark.django_db

SECTIONS = guide.GUIDES["technicals"].sections
PICTURE = "img/technicals-flow-chart.svg"
SVG = "{http://www.w3.org/2000/svg}"
WORDS_OF_THE_FORM = [
    "Use Cambridge Technicals web-based entry form", "OK", "Add selected candidates", "Add group", "Next",
    "Full award entry", "Unit entry", "Apply to selected", "Entry summary", "Change entry options",
    "Add more candidates", "Exit and cancel entry", "Remove", "Submit entries", "Entry confirmation",
]  # fmt: skip


def text_of_section(anchor):
    """What a section says, without markup."""
    return " ".join(re.sub(r"<[^>]+>", "", SECTIONS[anchor].html).split())


def test_the_sections_of_technicals_have_anchors_of_their_own():
    assert list(SECTIONS) == [
        "technicals-getting-started",
        "technicals-spreadsheet",
        "technicals-columns",
        "technicals-web-form",
        "technicals-statuses",
        "technicals-candidates",
        "technicals-attempts-and-fees",
        "technicals-changes",
        "technicals-invoices",
        "technicals-planning",
        "technicals-flow-chart",
    ]


def test_each_of_the_eight_statuses_has_its_place_in_help():
    section = SECTIONS["technicals-statuses"]
    statuses = [status.label for status in SubmissionStatus if status != SubmissionStatus.SUBMITTED]

    assert len(statuses) == 8
    assert sorted(part.title for part in section.parts if part.title in statuses) == sorted(statuses)


def test_every_column_of_the_spreadsheet_stands_in_help():
    page = SECTIONS["technicals-columns"].html
    between = {f"Unit {number}" for number in range(2, 10)}

    assert [label for _, label, _ in COLUMNS if label not in between and f"<strong>{label}</strong>" not in page] == []


def test_the_columns_that_every_row_needs_stand_first_in_help():
    needed = SECTIONS["technicals-columns"].html.split("<h2")[1]

    assert sorted(re.findall(r"<strong>([^<]+)</strong>", needed)) == sorted(
        label for slug, label, _ in COLUMNS if slug in REQUIRED
    )


@pytest.mark.parametrize("slug", ["step", "technicals"])
def test_the_upload_pages_of_each_kind_lead_to_a_place_of_help(slug):
    assert kind_of(slug).help_section in guide.places()


def test_everybody_can_read_the_flow_chart_as_a_list_and_as_a_picture(client):
    page = client.get(reverse("help-section", args=["technicals-flow-chart"])).text

    steps = re.findall(r"<li>\s*<p>|<li>", page[page.index("<ol>") : page.index("</ol>")])
    assert len(steps) > 20
    assert f'<img src="{static(PICTURE)}" alt="Flow chart of entries for Cambridge Technicals.' in page
    assert f'<a href="{static(PICTURE)}">open by itself</a>' in page


def test_the_picture_has_a_title_no_style_and_every_step_of_the_list():
    with open(finders.find(PICTURE), encoding="utf-8") as file:
        picture = fromstring(file.read())
    texts = [each.text for each in picture.iter(f"{SVG}text")]
    names = {name for each in picture.iter() for name in each.attrib}

    text = (guide.TEXTS / "technicals-11-flow-chart.md").read_text("utf-8")
    listed = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    assert picture.find(f"{SVG}title").text == "Entries flow chart for Cambridge Technicals"
    assert [text[0] for text in texts if re.match(r"\d ", text)] == listed
    assert names & {"style", "class", "onload", "href"} == set()


def test_help_says_whom_to_ask_about_an_invoice_and_what_to_send():
    text = text_of_section("technicals-invoices")

    assert "write to creditcontrol@ocr.org.uk, with a copy of the invoice" in text
    assert "the numbers of centre and invoice" in text


def test_the_lead_time_is_called_the_portals_own_and_not_the_boards():
    text = text_of_section("technicals-attempts-and-fees")

    assert "These two days are the portal's own and not the board's, and nothing is refused because of them." in text


def test_help_says_that_moderated_units_are_claimed_and_not_entered():
    assert "Moderated units of the 2016 suite are not entered. They are claimed" in text_of_section(
        "technicals-getting-started"
    )


def test_help_offers_both_ways_in_by_the_words_of_the_guide():
    text = text_of_section("technicals-getting-started")

    assert "Upload Cambridge Technicals entries spreadsheet, for large numbers of candidates" in text
    assert "Use Cambridge Technicals web-based entry form, for candidates whom your centre already has" in text
    assert [each for each in map(text_of_section, SECTIONS) if "not part of the portal yet" in each] == []


def test_help_goes_through_the_web_form_by_the_words_of_its_buttons():
    bold = re.findall(r"<strong>([^<]+)</strong>", SECTIONS["technicals-web-form"].html)

    assert [words for words in WORDS_OF_THE_FORM if words not in bold] == []


def test_help_says_what_a_withdrawal_costs_on_which_day():
    text = text_of_section("technicals-changes")

    assert "Up to the refund day of the series, to the end of that day: the entry is withdrawn, and all" in text
    assert "For medical reasons or bereavement the entry counts as never made." in text
    assert "a later entry for the unit is charged as a resit" in text
    assert "Undo withdrawal brings the entry back until the refund day, and what was credited is charged again." in text


def test_help_says_that_a_registration_is_withdrawn_when_it_is_processed_and_can_be_undone_until_then():
    text = text_of_section("technicals-changes")

    assert "Withdrawal pending: nothing new can be entered under its code, and Undo withdrawal takes it back." in text
    assert "It is final when OCR has processed it." in text


def test_every_report_on_technicals_stands_in_help():
    bold = re.findall(r"<strong>([^<]+)</strong>", SECTIONS["technicals-planning"].html)

    assert [report.label for report in TechnicalsReport if report.label not in bold] == []
