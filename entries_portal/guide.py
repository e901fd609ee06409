"""The user guide: one text in Markdown, shown as the pages of Help and as a PDF (decision 0014).

The sections are numbered like those of the board's guide, so that people find in one what they know from the other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

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
"""What the target of a link to another place of the guide begins with; its anchor follows."""
_HEADING = re.compile(r"([\d.]*)\s*(.+)")


@dataclass(frozen=True)
class Heading:
    """A place in the guide, for example 4.2 Candidate details."""

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
    """A page of the guide: a heading of the first level, and what stands under it."""

    tokens: tuple[Token, ...]

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
        """The whole section for the typesetter: nodes with their kind and their children."""
        return [_node(node) for node in SyntaxTreeNode(list(self.tokens)).children]


@cache
def sections() -> dict[str, Section]:
    """The sections of the guide in their order, by anchor."""
    of_guide = [section_of(path) for path in sorted(TEXTS.glob("[0-9]*.md"))]
    return {section.anchor: section for section in of_guide}


@cache
def page(name: str) -> Section:
    """A page of its own beside the guide, for example "privacy"."""
    return section_of(TEXTS / f"{name}.md")


def section_of(path: Path) -> Section:
    """The text of a file; its first line is the heading."""
    tokens = tuple(READER.parse(path.read_text(encoding="utf-8")))
    heading = _heading(tokens[1].content)
    return Section(heading.number, heading.title, tokens)


@cache
def places() -> dict[str, tuple[Heading, str]]:
    """Every heading of the guide with its address, by anchor."""
    found: dict[str, tuple[Heading, str]] = {}
    for section in sections().values():
        address = reverse("help-section", args=[section.anchor])
        found[section.anchor] = (section, address)
        found |= {part.anchor: (part, f"{address}#{part.anchor}") for part in section.parts}
    return found


@cache
def guide_pdf(team: tuple[str, ...]) -> bytes:
    """The guide as a tagged PDF; team: how to reach the STEP team, a line each."""
    nodes = [node for section in sections().values() for node in section.tree]
    return pdf_of("guide", {"title": "Entries Portal: user guide", "team": team, "nodes": nodes})


def _headings(tokens: tuple[Token, ...]) -> Iterator[tuple[Token, Token]]:
    """The opening of each heading, and the text that follows it."""
    pairs = pairwise(tokens)
    return ((token, text) for token, text in pairs if token.type == "heading_open")


def _heading(text: str) -> Heading:
    number, title = _HEADING.fullmatch(text).groups()  # type: ignore[union-attr]  # any text has a title
    return Heading(number, title)


def _linked(tokens: tuple[Token, ...]) -> Iterator[Token]:
    """The tokens with an anchor at each heading, and addresses for links within the guide."""
    anchors = {id(token): _heading(text.content).anchor for token, text in _headings(tokens)}
    for token in tokens:
        children = list(_linked(tuple(token.children))) if token.children else token.children
        attributes = dict(token.attrs)
        if id(token) in anchors:
            attributes["id"] = anchors[id(token)]
        if (target := str(attributes.get("href", ""))).startswith(WITHIN):
            attributes["href"] = places()[target.removeprefix(WITHIN)][1]
        yield token.copy(attrs=attributes, children=children)


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
