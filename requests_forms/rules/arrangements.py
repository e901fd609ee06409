"""Access arrangements: the kinds, and what is asked for each (guide 4.6, decision 0016)."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.moments import in_words
from core.refusals import Refusal, all_refusals
from core.windows import Window

from ..enums import EvidenceHeld
from .facts import RequestFacts
from .texts import refusals_of_note

ALL_PAPERS = "all"
PERCENTAGES = range(1, 201)


@dataclass(frozen=True)
class Arrangement:
    """A kind of access arrangement. detail: what has to be said of it; empty where nothing has to be."""

    slug: str
    label: str
    group: str
    detail: str = ""
    is_modified_paper: bool = False


TIME, MODIFIED, PEOPLE = "Time", "Modified papers", "People"
EQUIPMENT, ROOM, MORE = "Equipment", "Room", "Other arrangements"
PERCENT = "extra-time-other"
ARRANGEMENTS = (
    Arrangement("extra-time-25", "25% extra time", TIME),
    Arrangement(PERCENT, "Other extra time", TIME, "How much, in per cent"),
    Arrangement("rest-breaks", "Supervised rest breaks", TIME),
    Arrangement("a3-unmodified", "A3 unmodified enlargement", MODIFIED, is_modified_paper=True),
    Arrangement("a4-18", "A4, 18 point bold", MODIFIED, is_modified_paper=True),
    Arrangement("a4-24", "A4, 24 point bold", MODIFIED, is_modified_paper=True),
    Arrangement("a3-36", "A3, 36 point bold", MODIFIED, is_modified_paper=True),
    Arrangement("braille", "Braille paper", MODIFIED, is_modified_paper=True),
    Arrangement("pdf", "PDF for a screen", MODIFIED, is_modified_paper=True),
    Arrangement("coloured", "Coloured paper", MODIFIED, "Which colour", is_modified_paper=True),
    Arrangement("reader", "Reader or computer reader", PEOPLE),
    Arrangement("scribe", "Scribe or speech recognition", PEOPLE),
    Arrangement("prompter", "Prompter", PEOPLE),
    Arrangement("assistant", "Practical assistant", PEOPLE, "What for"),
    Arrangement("sign-language", "Sign-language interpreter", PEOPLE),
    Arrangement("word-processor", "Word processor", EQUIPMENT),
    Arrangement("magnifier", "Screen magnifier", EQUIPMENT),
    Arrangement("separate-room", "Separate invigilation", ROOM),
    Arrangement("alternative-site", "Alternative site", ROOM, "Which site, with its address"),
    Arrangement("second-booklet", "Second answer booklet", MORE),
    Arrangement("medical-item", "Medical item in the room", MORE, "Which item"),
    Arrangement("other", "Another arrangement", MORE, "Which arrangement"),
)
BY_SLUG = {arrangement.slug: arrangement for arrangement in ARRANGEMENTS}


def ticked(facts: RequestFacts) -> Iterator[Arrangement]:
    """The arrangements that are asked for."""
    return (each for each in ARRANGEMENTS if facts.is_ticked(f"a_{each.slug}"))


def an_arrangement_is_chosen(facts: RequestFacts) -> Refusal | None:
    """ARRANGE-01: A request for access arrangements names one arrangement at least."""
    if any(True for _ in ticked(facts)):
        return None
    return Refusal("ARRANGE-01", "Select the arrangements that the candidate needs.", f"a_{ARRANGEMENTS[0].slug}")


def modified_papers_are_in_time(facts: RequestFacts) -> Refusal | None:
    """ARRANGE-02: Modified papers are asked for until their own, earlier deadline (guide 4.6)."""
    modified = next((each for each in ticked(facts) if each.is_modified_paper), None)
    if modified is None or facts.dates is None:
        return None
    until = Window(facts.dates.registration.opens_at, facts.dates.modified_papers_until)
    if until.is_open(facts.at):
        return None
    return Refusal(
        "ARRANGE-02",
        f"The deadline for modified papers was {in_words(facts.dates.modified_papers_until)}. Untick "
        f"“{modified.label}” to send the other arrangements. {facts.team_contact}",
        f"a_{modified.slug}",
    )


def details_are_given(facts: RequestFacts) -> list[Refusal]:
    """ARRANGE-03: An arrangement that can mean several things says which; extra time says how many per cent.

    What is typed for an arrangement counts only where the arrangement is ticked.
    """
    found = (_of_detail(each, facts) for each in ARRANGEMENTS if each.detail)
    return [refusal for refusal in found if refusal]


def _of_detail(each: Arrangement, facts: RequestFacts) -> Refusal | None:
    typed, field = facts.text(f"d_{each.slug}"), f"d_{each.slug}"
    if not facts.is_ticked(f"a_{each.slug}"):
        if not typed:
            return None
        return Refusal("ARRANGE-03", f"Tick “{each.label}” as well, or delete what you typed for it.", f"a_{each.slug}")
    if each.slug == PERCENT:
        number = typed.removesuffix("%").strip()
        if number.isascii() and number.isdigit() and len(number) < 5 and int(number) in PERCENTAGES:
            return None
        return Refusal("ARRANGE-03", "Other extra time must be a number of per cent, for example 50.", field)
    if typed:
        return None
    return Refusal("ARRANGE-03", f"{each.label}: say {each.detail[0].lower()}{each.detail[1:]}.", field)


def papers_of_arrangements_are_entered(facts: RequestFacts) -> list[Refusal]:
    """ARRANGE-04: An arrangement is for all papers of the entry, or for one of them."""
    offered = {"", ALL_PAPERS, *(paper.paper for paper in facts.papers)}
    return [
        Refusal("ARRANGE-04", f"Select for which papers “{each.label}” is.", f"p_{each.slug}")
        for each in ticked(facts)
        if facts.text(f"p_{each.slug}") not in offered
    ]


def evidence_is_held(facts: RequestFacts) -> list[Refusal]:
    """ARRANGE-05: The centre holds evidence of the need, and says of which type it is; it may be asked for later."""
    refusals = []
    if facts.text("evidence_type") not in EvidenceHeld.values:
        sentence = "Select which evidence of the candidate's need your centre holds."
        refusals.append(Refusal("ARRANGE-05", sentence, "evidence_type"))
    if not facts.is_ticked("is_held"):
        sentence = "Tick that your centre holds this evidence, and can send it when asked."
        refusals.append(Refusal("ARRANGE-05", sentence, "is_held"))
    return refusals


def candidate_was_told(facts: RequestFacts) -> Refusal | None:
    """ARRANGE-06: The candidate was told that the request is processed."""
    if facts.is_ticked("is_told"):
        return None
    return Refusal(
        "ARRANGE-06", "Tell the candidate that details of their need are sent to the board, then tick this.", "is_told"
    )


def refusals_of_arrangements(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with what is typed for access arrangements."""
    notes = [(f"d_{each.slug}", each.label) for each in ARRANGEMENTS if each.detail]
    return [
        *all_refusals((an_arrangement_is_chosen, modified_papers_are_in_time), facts),
        *details_are_given(facts),
        *papers_of_arrangements_are_entered(facts),
        *evidence_is_held(facts),
        *all_refusals((candidate_was_told,), facts),
        *[
            each
            for field, label in [*notes, ("note", "Further details")]
            for each in refusals_of_note(field, label, facts.text(field))
        ],
    ]
