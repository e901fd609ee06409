"""The guides: texts in Markdown, shown as the pages of Help and as PDFs (decision 0014).

The sections of STEP are numbered like those of the board's guide, so that people find in one what they know from the
other. Those of Cambridge Technicals have no numbers, as their guide has none; their anchors begin with its name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from core.typesetting import pdf_of

TEXTS = Path(__file__).parent / "guide_text"
READER = MarkdownIt("commonmark", {"html": False})
WITHIN = "guide:"
"""What the target of a link to another place of the guides begins with; its anchor follows."""
PICTURE = "picture:"
"""What the target of a picture begins with; its file under static/img follows. It is shown on pages only."""
_HEADING = re.compile(r"([\d.]*)\s*(.+)")
_NUMBER_OF_FILE = re.compile(r"\d+-")


@dataclass(frozen=True)
class Heading:
    """A place in a guide, for example 4.2 Candidate details."""

    number: str
    title: str

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def anchor(self) -> str:
        """Its name in addresses."""
        return slugify(self.title)


@dataclass(frozen=True)
class Section(Heading):
    """A page of a guide: a heading of the first level, and what stands under it; name: its anchor."""

    name: str
    tokens: tuple[Token, ...]

    @property
    def anchor(self) -> str:
        """Its name in addresses."""
        return self.name

    @property
    def parts(self) -> list[Heading]:
        """The headings of the second level."""
        return [_heading(text.content) for token, text in _headings(self.tokens) if token.tag == "h2"]

    @property
    def html(self) -> SafeString:
        """What stands under the heading, for a page. The reader lets no HTML of the text through."""
        return mark_safe(READER.renderer.render(list(_linked(self.tokens[3:])), READER.options, {}))  # noqa: S308 (ours)

    @property
    def tree(self) -> list[dict[str, Any]]:
        """The whole section for the typesetter: nodes with their kind and their children, without pictures."""
        heading, *rest = SyntaxTreeNode(list(self.tokens)).children
        nodes = [node for node in rest if not any(each.type == "image" for each in node.walk())]
        return [_node(heading) | {"anchor": self.anchor}, *map(_node, nodes)]


@dataclass(frozen=True)
class Guide:
    """One of the guides of Help.

    files: the pattern of its texts. about: what the contents page says of it. pdf: the name of the address of its PDF.
    team: who helps with it. ways: the settings that say how to reach them.
    """

    title: str
    about: str
    files: str
    pdf: str
    pdf_title: str
    pdf_file: str
    team: str
    ways: tuple[str, ...]

    @property
    def sections(self) -> dict[str, Section]:
        """Its sections in their order, by anchor."""
        return _sections(self.files)


GUIDES = {
    "step": Guide(
        title="STEP Mathematics",
        about="Its sections are numbered like those of the board's Entries Extranet user guide.",
        files="[0-9]*.md",
        pdf="help-file",
        pdf_title="Entries Portal: user guide",
        pdf_file="entries-portal-user-guide.pdf",
        team="STEP Mathematics team",
        ways=("STEP_TEAM_EMAIL", "STEP_TEAM_PHONE"),
    ),
    "technicals": Guide(
        title="Cambridge Technicals",
        about="It follows the board's step-by-step guide to entries for Cambridge Technicals.",
        files="technicals-[0-9]*.md",
        pdf="help-technicals-file",
        pdf_title="Entries Portal: Cambridge Technicals",
        pdf_file="entries-portal-cambridge-technicals.pdf",
        team="OCR Customer Contact Centre",
        ways=("TECHNICALS_TEAM_EMAIL", "TECHNICALS_TEAM_PHONE"),
    ),
}
"""The guides in the order of the contents page, by their names in the code."""


@cache
def sections() -> dict[str, Section]:
    """The sections of all guides in their order, by anchor."""
    return {anchor: section for guide in GUIDES.values() for anchor, section in guide.sections.items()}


def guide_with(anchor: str) -> Guide | None:
    """The guide that has the section of this anchor; None where there is no such section."""
    return next((guide for guide in GUIDES.values() if anchor in guide.sections), None)


@cache
def page(name: str) -> Section:
    """A page of its own beside the guides, for example "privacy"."""
    return section_of(TEXTS / f"{name}.md")


def section_of(path: Path) -> Section:
    """The text of a file; its first line is the heading, and its name without a number is the anchor."""
    tokens = tuple(READER.parse(path.read_text(encoding="utf-8")))
    heading = _heading(tokens[1].content)
    return Section(heading.number, heading.title, _NUMBER_OF_FILE.sub("", path.stem), tokens)


@cache
def _sections(files: str) -> dict[str, Section]:
    of_guide = [section_of(path) for path in sorted(TEXTS.glob(files))]
    return {section.anchor: section for section in of_guide}


@cache
def places() -> dict[str, tuple[Heading, str]]:
    """Every heading of the guides with its address, by anchor."""
    found: dict[str, tuple[Heading, str]] = {}
    for section in sections().values():
        address = reverse("help-section", args=[section.anchor])
        found[section.anchor] = (section, address)
        found |= {part.anchor: (part, f"{address}#{part.anchor}") for part in section.parts}
    return found


@cache
def guide_pdf(name: str, ways: tuple[str, ...]) -> bytes:
    """A guide as a tagged PDF; ways: how to reach those who help with it, a line each."""
    guide = GUIDES[name]
    sections = guide.sections.values()
    return pdf_of(
        "guide",
        {
            "title": guide.pdf_title,
            "team": guide.team,
            "ways": ways,
            "anchors": [heading.anchor for section in sections for heading in (section, *section.parts)],
            "nodes": [node for section in sections for node in section.tree],
        },
    )


def _headings(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, Token]]:
    """The opening of each heading, and the text that follows it."""
    pairs = pairwise(tokens)
    return ((token, text) for token, text in pairs if token.type == "heading_open")


def _heading(text: str) -> Heading:
    number, title = _HEADING.fullmatch(text).groups()  # type: ignore[union-attr]  # any text has a title
    return Heading(number, title)


def _linked(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """The tokens with an anchor at each heading, and addresses for links within the guides and for pictures."""
    anchors = {id(token): _heading(text.content).anchor for token, text in _headings(tokens)}
    for token in tokens:
        children = list(_linked(tuple(token.children))) if token.children else token.children
        attributes = {name: _address(str(value)) for name, value in token.attrs.items()}
        if id(token) in anchors:
            attributes["id"] = anchors[id(token)]
        yield token.copy(attrs=attributes, children=children)


def _address(target: str) -> str:
    if target.startswith(WITHIN):
        return places()[target.removeprefix(WITHIN)][1]
    return static(f"img/{target.removeprefix(PICTURE)}") if target.startswith(PICTURE) else target


def _node(node: SyntaxTreeNode) -> dict[str, Any]:
    told: dict[str, Any] = {"kind": node.type, "children": [_node(child) for child in node.children]}
    if node.type == "text":
        told["text"] = node.content
    if node.type == "heading":
        heading = _heading(node.children[0].content)
        told |= {"level": int(node.tag[1]), "anchor": heading.anchor}
    if node.type == "link":
        target = str(node.attrs["href"])
        told |= {"anchor": target.removeprefix(WITHIN)} if target.startswith(WITHIN) else {"address": target}
    return told
