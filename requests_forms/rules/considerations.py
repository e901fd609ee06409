"""Special consideration (guide 7.1, decision 0016)."""

from core.moments import date_in_words, in_words
from core.refusals import Refusal, all_refusals
from core.windows import WindowState

from ..enums import MEDICAL_CONSIDERATIONS, ConsiderationReason
from .facts import OtherCandidate, PaperDate, RequestFacts
from .texts import refusals_of_note
from .windows import consideration

NEEDS_DETAIL = (
    ConsiderationReason.ARRANGEMENT,
    ConsiderationReason.ERROR,
    ConsiderationReason.ABSENCE,
    ConsiderationReason.OTHER,
)
"""The reasons that say nothing without further detail."""


def consideration_names_a_paper(facts: RequestFacts) -> Refusal | None:
    """CONSIDER-01: Special consideration is asked for one paper of the entry, inside that paper's own window."""
    paper = facts.paper(facts.text("paper"))
    if paper is None or facts.dates is None:
        return Refusal("CONSIDER-01", "Select the paper that was affected.", "paper")
    window = consideration(facts.dates, paper)
    if window.is_open(facts.at):
        return None
    if window.state(facts.at) is WindowState.BEFORE:
        sentence = f"{paper.label} is sat on {date_in_words(paper.day)}. Ask from that day on."
    else:
        sentence = f"For {paper.label} special consideration could be asked for until {in_words(window.deadline)}."
    return Refusal("CONSIDER-01", sentence, "paper")


def consideration_is_asked_for_once(facts: RequestFacts) -> Refusal | None:
    """CONSIDER-02: Special consideration is asked for once for an entry and a paper."""
    paper = facts.paper(facts.text("paper"))
    if paper is None or paper.paper not in facts.asked_for:
        return None
    return Refusal(
        "CONSIDER-02",
        f"Special consideration for {paper.label} was asked for already. What is new goes into that request, when the "
        f"STEP team asks for more information. {facts.team_contact}",
        "paper",
    )


def consideration_has_a_reason(facts: RequestFacts) -> Refusal | None:
    """CONSIDER-03: Special consideration names the reason why the candidate was disadvantaged (guide 7.1)."""
    if facts.text("reason") in ConsiderationReason.values:
        return None
    return Refusal("CONSIDER-03", "Select the reason why the candidate was disadvantaged.", "reason")


def consideration_has_its_detail(facts: RequestFacts) -> Refusal | None:
    """CONSIDER-04: Reasons that can mean many things need further detail: what happened, when, and for how long."""
    if facts.text("reason") not in NEEDS_DETAIL or facts.text("detail"):
        return None
    label = ConsiderationReason(facts.text("reason")).label
    return Refusal(
        "CONSIDER-04", f"“{label}” needs further detail: type what happened, when, and for how long.", "detail"
    )


def medical_consideration_has_evidence(facts: RequestFacts) -> Refusal | None:
    """CONSIDER-05: Special consideration for medical reasons has a file of evidence (guide 7.1)."""
    if facts.text("reason") not in MEDICAL_CONSIDERATIONS or facts.files:
        return None
    return Refusal("CONSIDER-05", "Medical reasons need evidence. Add a file.", "files")


def others_sat_the_same_paper(facts: RequestFacts) -> list[Refusal]:
    """CONSIDER-06: The other candidates of an event are entered for the same paper, each asked for once."""
    paper = facts.paper(facts.text("paper"))
    if paper is None:
        return []
    found = (_of_other(other, paper) for other in facts.others)
    return [refusal for refusal in found if refusal]


def _of_other(other: OtherCandidate, paper: PaperDate) -> Refusal | None:
    if paper.paper not in other.papers:
        sentence = f"{other.number} is not an entry of your centre for {paper.label}. Check the number."
    elif paper.paper in other.asked_for:
        sentence = f"Special consideration for {paper.label} was asked for already for {other.number}. Take it out."
    else:
        return None
    return Refusal("CONSIDER-06", sentence, "others")


def refusals_of_consideration(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with a request for special consideration."""
    rules = (
        consideration_names_a_paper,
        consideration_is_asked_for_once,
        consideration_has_a_reason,
        consideration_has_its_detail,
        medical_consideration_has_evidence,
    )
    return [
        *all_refusals(rules, facts),
        *others_sat_the_same_paper(facts),
        *refusals_of_note("detail", "Further detail", facts.text("detail")),
    ]
