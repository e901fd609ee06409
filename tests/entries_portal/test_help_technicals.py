"""The guide to Cambridge Technicals: its places, its flow chart, and what it has to say."""

import re

import pytest
from defusedxml.ElementTree import fromstring
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.urls import reverse

from entries_portal import guide
from technicals.codecs.template import COLUMNS, REQUIRED
from technicals.enums import SubmissionStatus
from uploads.rules.kinds import kind_of

pytestmark = pytest.mark.django_db

SECTIONS = guide.GUIDES["technicals"].sections
PICTURE = "img/technicals-flow-chart.svg"
SVG = "{http://www.w3.org/2000/svg}"


def text_of_section(anchor):
    """What a section says, without markup."""
    return " ".join(re.sub(r"<[^>]+>", "", SECTIONS[anchor].html).split())


def test_the_sections_of_technicals_have_anchors_of_their_own():
    assert list(SECTIONS) == [
        "technicals-getting-started",
        "technicals-spreadsheet",
        "technicals-columns",
        "technicals-statuses",
        "technicals-candidates",
        "technicals-attempts-and-fees",
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

    text = (guide.TEXTS / "technicals-7-flow-chart.md").read_text("utf-8")
    listed = re.findall(r"^(\d+)\. ", text, re.MULTILINE)
    assert picture.find(f"{SVG}title").text == "Entries flow chart for Cambridge Technicals"
    assert [text[0] for text in texts if re.match(r"\d ", text)] == listed
    assert names & {"style", "class", "onload", "href"} == set()


def test_help_says_whom_to_ask_about_an_invoice_and_what_to_send():
    text = text_of_section("technicals-attempts-and-fees")

    assert "write to creditcontrol@ocr.org.uk, with a copy of the invoice" in text
    assert "the numbers of centre and invoice" in text


def test_the_lead_time_is_called_the_portals_own_and_not_the_boards():
    text = text_of_section("technicals-attempts-and-fees")

    assert "These two days are the portal's own and not the board's, and nothing is refused because of them." in text


def test_help_says_that_moderated_units_are_claimed_and_not_entered():
    assert "Moderated units of the 2016 suite are not entered. They are claimed" in text_of_section(
        "technicals-getting-started"
    )


def test_help_does_not_offer_the_web_form_before_it_is_there():
    assert "The web-based entry form is not part of the portal yet." in text_of_section("technicals-getting-started")
    assert [text for text in map(text_of_section, SECTIONS) if "Use Cambridge Technicals web-based" in text] == []
