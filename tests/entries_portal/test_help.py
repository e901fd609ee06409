"""Help: texts as pages and as PDFs, links that lead somewhere, and words that are true."""

import io
import re

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles import finders
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
GUIDES = list(guide.GUIDES)
OF_TECHNICALS = list(guide.GUIDES["technicals"].sections)
PAGES = ["accessibility", "privacy", "incident"]
TEAM = ("team@board.example", "01234 567890")
TECHNICALS_TEAM = ("technicals@board.example", "09876 543210")
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
    sections = guide.GUIDES["step"].sections.values()
    numbers = [heading.number for section in sections for heading in (section, *section.parts)]

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
    assert "picture:" not in page


def test_the_contents_lead_to_every_place(client):
    page = client.get(reverse("help")).text

    assert [address for _, address in guide.places().values() if f'href="{address}"' not in page] == []


@pytest.mark.parametrize("address", [f"/help/{name}/" for name in SECTIONS] + [f"/{name}/" for name in PAGES[:2]])
def test_every_link_of_the_text_leads_somewhere(client, address):
    page = client.get(address).text
    content = page[page.index("<h1>") : page.index("<footer>")]

    for target in re.findall(r'href="(/[^"]*)"', content):
        path, _, anchor = target.partition("#")
        if path.startswith(django_settings.STATIC_URL):
            assert finders.find(path.removeprefix(django_settings.STATIC_URL))
            continue
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
    settings.TECHNICALS_TEAM_EMAIL, settings.TECHNICALS_TEAM_PHONE = TECHNICALS_TEAM

    page = client.get(address).text
    box = page[page.index('aria-labelledby="contact"') : page.index("</aside>")]

    assert all(way in box for way in TEAM + TECHNICALS_TEAM)


def test_help_shows_the_key_dates_of_the_current_session(client, session):
    assert "Key dates and fees" in client.get(reverse("help")).text

    StepSession.objects.all().delete()

    assert "Key dates and fees" not in client.get(reverse("help")).text


def test_help_names_the_browsers_and_the_web_pages_of_the_board(client):
    page = client.get(reverse("help")).text

    assert "Firefox or Google Chrome" in page
    assert "https://www.ocr.org.uk/administration/step-mathematics/" in page


@pytest.mark.parametrize("name", GUIDES)
def test_the_pdf_is_the_same_text_tagged_with_title_and_language(client, name):
    of_guide = guide.GUIDES[name]

    answer = client.get(reverse(of_guide.pdf))
    reader = PdfReader(io.BytesIO(answer.content))
    words, tags = text_of(answer.content), tags_of(answer.content)

    sections = of_guide.sections.values()
    parts = [part for section in sections for part in section.parts]
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{of_guide.pdf_file}"'
    assert (reader.metadata.title, reader.trailer["/Root"]["/Lang"]) == (of_guide.pdf_title, "en-GB")
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert all(str(heading) in words for heading in (*sections, *parts))
    assert all(getattr(django_settings, way) in words for way in of_guide.ways)
    assert tags.count("/H1") == len(sections) + 1  # and Contents
    assert tags.count("/H2") == len(parts)
    assert tags.count("/Link") > 10
    assert tags.count("/Figure") == 0


def test_the_pdfs_have_the_titles_that_the_pages_promise():
    assert {of_guide.pdf_title: of_guide.pdf_file for of_guide in guide.GUIDES.values()} == {
        "Entries Portal: user guide": "entries-portal-user-guide.pdf",
        "Entries Portal: Cambridge Technicals": "entries-portal-cambridge-technicals.pdf",
    }


@pytest.mark.parametrize("name", GUIDES)
def test_every_sentence_of_the_pages_stands_in_the_pdf(name):
    of_guide = guide.GUIDES[name]
    spaceless = re.sub(r"\s", "", text_of(guide.guide_pdf(name, TEAM)))
    paragraphs = [each for path in guide.TEXTS.glob(of_guide.files) for each in path.read_text("utf-8").split("\n\n")]
    lines = [line for each in paragraphs if "![" not in each for line in each.splitlines() if line]
    plain = [re.sub(r"^ *(?:- |\d+\. |#+ )|\*|\[|\]\([^)]*\)", "", line) for line in lines]

    missing = [line for line in plain if re.sub(r"\s", "", line)[:60] not in spaceless]
    assert len(plain) > 100
    assert missing == []


def test_the_pdf_of_one_guide_names_places_of_the_other_without_a_link():
    links = [
        node
        for section in guide.GUIDES["technicals"].sections.values()
        for node in _all_nodes(section.tree)
        if node["kind"] == "link" and node.get("anchor") == "logging-in"
    ]

    assert len(links) == 1
    assert "logging in" in text_of(guide.guide_pdf("technicals", TEAM))


def _all_nodes(nodes):
    for node in nodes:
        yield node
        yield from _all_nodes(node["children"])


def test_the_contents_have_a_part_and_a_pdf_for_each_guide(client):
    page = client.get(reverse("help")).text

    parts = [page.index(f"<h2>{of_guide.title}</h2>") for of_guide in guide.GUIDES.values()]
    assert parts == sorted(parts)
    assert all(f'href="{reverse(of_guide.pdf)}" download' in page for of_guide in guide.GUIDES.values())


def test_a_section_leads_on_within_its_guide_and_no_further(client):
    last_of_step = client.get(reverse("help-section", args=["post-test-admin"])).text
    first_of_technicals = client.get(reverse("help-section", args=[OF_TECHNICALS[0]])).text

    assert 'rel="next"' not in last_of_step
    assert 'rel="prev"' not in first_of_technicals
    assert f'href="/help/{OF_TECHNICALS[1]}/" rel="next"' in first_of_technicals


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
