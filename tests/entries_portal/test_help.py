"""Help: one text as pages and as a PDF, links that lead somewhere, and words that are true."""

import io
import re

import pytest
from django.conf import settings as django_settings
from django.urls import reverse
from pypdf import PdfReader

from core.typesetting import UNPRINTABLE, printable
from entries_portal import guide
from step_entries.models import StepSession
from tests.pdfs import tags_of, text_of
from tests.test_words import unwanted_words

pytestmark = pytest.mark.django_db

TEXTS = sorted(guide.TEXTS.glob("*.md"))
SECTIONS = list(guide.sections())
PAGES = ["accessibility", "privacy", "incident"]
TEAM = ("team@board.example", "01234 567890")
GUIDES_NUMBERS = [
    "1.0", "2.0", "2.1", "2.2", "2.3", "3.0", "4.0", "4.1", "4.2", "4.3", "4.4", "4.5", "4.6",
    "5.0", "5.1", "5.2", "6.0", "6.1", "6.2", "6.3", "7.0", "7.1",
]  # fmt: skip


def named(path):
    return path.stem


@pytest.mark.parametrize("path", TEXTS, ids=named)
def test_the_text_is_markdown_without_html_and_without_unwanted_words(path):
    text = path.read_text(encoding="utf-8")

    assert re.findall(r"</?\w+[^>]*>|&\w+;", text) == []
    assert unwanted_words([text]) == []
    assert printable(text) == text
    assert UNPRINTABLE not in text


def test_the_sections_have_the_numbers_of_the_boards_guide():
    numbers = [heading.number for heading, _ in guide.places().values()]

    assert [number for number in GUIDES_NUMBERS if number not in numbers] == []
    assert numbers == sorted(numbers)


def test_every_anchor_is_there_once():
    headings = [each for section in guide.sections().values() for each in (section, *section.parts)]

    assert len(guide.places()) == len(headings)


@pytest.mark.parametrize("name", SECTIONS)
def test_a_page_of_the_guide_shows_its_text_with_anchors(client, name):
    section = guide.sections()[name]

    page = client.get(reverse("help-section", args=[name])).text

    assert f"<h1>{section}</h1>" in page
    for part in section.parts:
        assert f'<h2 id="{part.anchor}">{part}</h2>' in page
        assert f'href="#{part.anchor}"' in page or len(section.parts) == 1
    assert "guide:" not in page


def test_the_contents_lead_to_every_place(client):
    page = client.get(reverse("help")).text

    assert [address for _, address in guide.places().values() if f'href="{address}"' not in page] == []


@pytest.mark.parametrize("address", [f"/help/{name}/" for name in SECTIONS] + [f"/{name}/" for name in PAGES[:2]])
def test_every_link_of_the_text_leads_somewhere(client, address):
    page = client.get(address).text
    content = page[page.index("<h1>") : page.index("<footer>")]

    for target in re.findall(r'href="(/[^"]*)"', content):
        path, _, anchor = target.partition("#")
        there = client.get(path)
        assert there.status_code == 200
        assert not anchor or path.endswith(".pdf") or f'id="{anchor}"' in there.text


def test_a_section_that_is_not_there_is_not_found(client):
    assert client.get("/help/nothing/").status_code == 404


def test_the_reader_lets_no_html_through(tmp_path):
    path = tmp_path / "page.md"
    path.write_text("# 9.0 Title\n\n<script>alert(1)</script>\n\nA <b>b</b> [x](javascript:alert(1))\n")

    html = guide.section_of(path).html

    assert "<script" not in html
    assert "<b>" not in html
    assert "href" not in html


@pytest.mark.parametrize("address", ["/help/", "/privacy/", *(f"/help/{name}/" for name in SECTIONS)])
def test_whom_to_ask_stands_in_the_same_place_on_every_page(client, settings, address):
    settings.STEP_TEAM_EMAIL, settings.STEP_TEAM_PHONE = TEAM

    page = client.get(address).text
    box = page[page.index('aria-labelledby="contact"') : page.index("</aside>")]

    assert all(way in box for way in TEAM)


def test_help_shows_the_key_dates_of_the_current_session(client, session):
    assert "Key dates and fees" in client.get(reverse("help")).text

    StepSession.objects.all().delete()

    assert "Key dates and fees" not in client.get(reverse("help")).text


def test_help_names_the_browsers_and_the_web_pages_of_the_board(client):
    page = client.get(reverse("help")).text

    assert "Firefox or Google Chrome" in page
    assert "https://www.ocr.org.uk/administration/step-mathematics/" in page


def test_the_pdf_is_the_same_text_tagged_with_title_and_language(client):
    answer = client.get(reverse("help-file"))
    reader = PdfReader(io.BytesIO(answer.content))
    words, tags = text_of(answer.content), tags_of(answer.content)

    assert answer.headers["Content-Disposition"] == 'attachment; filename="entries-portal-user-guide.pdf"'
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == ("Entries Portal: user guide", "en-GB")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert all(str(heading) in words for heading, _ in guide.places().values())
    assert "STEPMaths@ocr.org.uk" in words
    assert tags.count("/H1") == len(SECTIONS) + 1  # and Contents
    assert tags.count("/H2") == len(guide.places()) - len(SECTIONS)
    assert tags.count("/Link") > 10


def test_every_sentence_of_the_pages_stands_in_the_pdf():
    spaceless = re.sub(r"\s", "", text_of(guide.guide_pdf(TEAM)))
    lines = [line for path in TEXTS if path.stem[0].isdigit() for line in path.read_text("utf-8").splitlines() if line]
    plain = [re.sub(r"^(?:- |\d+\. |#+ )|\*|\[|\]\([^)]*\)", "", line) for line in lines]

    missing = [line for line in plain if re.sub(r"\s", "", line)[:60] not in spaceless]
    assert len(plain) > 100
    assert missing == []


@pytest.mark.parametrize("name", PAGES)
def test_the_footer_of_every_page_leads_to_it(client, name):
    footer = client.get(reverse("accounts:login")).text.partition("<footer>")[2]

    assert f'href="{reverse(name)}"' in footer
    assert client.get(reverse(name)).status_code == 200


def test_a_form_links_to_its_section_in_a_new_tab(client):
    page = client.get(reverse("accounts:login")).text

    assert (
        '<a href="/help/getting-started/#logging-in" target="_blank" rel="noopener">'
        "Help: Logging in (opens in a new tab)</a>"
    ) in page


def test_every_help_link_of_a_template_names_a_place_of_the_guide():
    templates = (django_settings.BASE_DIR / "templates").rglob("*.html")
    anchors = {
        anchor
        for template in templates
        for anchor in re.findall(r'\{% help_link "([^"]*)" %\}', template.read_text(encoding="utf-8"))
    }

    assert "logging-in" in anchors
    assert anchors - set(guide.places()) == set()
