"""Making an entry (guide 4)."""

from candidates.rules.identity import refusals_of_details
from candidates.rules.texts import refusals_of_text
from core.moments import date_in_words, in_words, uk_date
from core.refusals import Refusal, all_refusals
from core.windows import WindowState

from ..enums import PAPERS_OF, Combination
from .facts import EntryFacts


def registration_is_open(facts: EntryFacts) -> Refusal | None:
    """STEP-01: Entries are made from the opening of registration to its closing minute's end (guide 6, decision 0003).

    The moment that counts is the arrival of the request. There are no late entries.
    """
    state = facts.window.state(facts.at)
    if state is WindowState.OPEN:
        return None
    if state is WindowState.BEFORE:
        kept = " Your answers are saved." if facts.is_answered else ""
        return Refusal("STEP-01", f"Registration opens on {in_words(facts.window.opens_at)}.{kept}")
    kept = (
        f"Your request reached us on {in_words(facts.at, seconds=True)}. "
        "Your answers are saved and the candidate is not entered. "
    )
    return Refusal(
        "STEP-01",
        f"Registration closed on {in_words(facts.window.deadline)}. "
        f"{kept if facts.is_answered else ''}{facts.team_contact}",
    )


def centre_is_approved(facts: EntryFacts) -> Refusal | None:
    """STEP-02: A centre enters candidates for STEP only while it is approved to offer it (guide 3)."""
    if facts.is_approved:
        return None
    kept = "Your answers are saved. " if facts.is_answered else ""
    return Refusal("STEP-02", f"Your centre is not approved to offer STEP. {kept}{facts.team_contact}")


def papers_are_chosen(facts: EntryFacts) -> Refusal | None:
    """STEP-03: An entry names the papers: STEP 2, STEP 3, or both (guide 4.3), as far as the session has them."""
    if facts.papers in Combination.values and facts.session_papers.issuperset(PAPERS_OF[Combination(facts.papers)]):
        return None
    return Refusal("STEP-03", "Select the papers that the candidate's UCAS offers name.", "papers")


def a_course_is_chosen(facts: EntryFacts) -> Refusal | None:
    """STEP-04: At least one course or institution is ticked, or Other (guide 4.4)."""
    if facts.courses or facts.has_other_course:
        return None
    return Refusal("STEP-04", "Select at least one course or institution, or select Other.", "courses")


def candidate_is_not_entered_yet(facts: EntryFacts) -> Refusal | None:
    """STEP-05: A centre enters a person once a session, unless it declares "a different person" of the same name.

    The declaration counts for the entries that it was asked about, and for no others.
    """
    if not facts.same_people or facts.is_different_person:
        return None
    same = facts.same_people[0]
    return Refusal(
        "STEP-05",
        f"{same.name}, born {date_in_words(same.date_of_birth)}, is already entered: {same.number}. "
        "If this is somebody else of the same name, tick “This is a different person”.",
        "last_name",
        confirm_with="is_different_person",
        confirm_as=facts.question_of_difference,
        about=same.number,
    )


def ucas_id_is_not_entered_yet(facts: EntryFacts) -> Refusal | None:
    """STEP-06: A UCAS ID stands on one live entry of a centre and session; there is no exception."""
    same = next((o for o in facts.possible_duplicates if o.ucas_id and o.ucas_id == facts.details.ucas_id), None)
    if same is None:
        return None
    return Refusal(
        "STEP-06",
        f"This UCAS ID is already on the entry {same.number} ({same.name}). Check both against the UCAS applications.",
        "ucas_id",
        about=same.number,
    )


def other_course_is_ticked(facts: EntryFacts) -> Refusal | None:
    """STEP-08: What is typed as another course or institution counts only where Other is ticked (guide 4.4)."""
    if facts.has_other_course or not facts.other_course:
        return None
    return Refusal(
        "STEP-08", "Tick Other as well, or delete what you typed as another course or institution.", "has_other_course"
    )


def answers_are_those_seen(seen: str | None, now: str) -> Refusal | None:
    """STEP-09: Submit enters the answers that Check your answers showed, and no others.

    seen, now: the fingerprints of the answers shown and of the draft; None where nothing was shown.
    """
    if seen is None or seen == now:
        return None
    return Refusal("STEP-09", "This draft was changed after you opened this page. Check it again.")


def refusals_to_start(facts: EntryFacts) -> list[Refusal]:
    """Every reason against beginning a new entry now."""
    return all_refusals((registration_is_open, centre_is_approved), facts)


def refusals_of_answers(facts: EntryFacts) -> list[Refusal]:
    """Every reason against these answers, whenever and by whomever they are given."""
    rules = (
        papers_are_chosen,
        a_course_is_chosen,
        other_course_is_ticked,
        candidate_is_not_entered_yet,
        ucas_id_is_not_entered_yet,
    )
    return [
        *facts.unread,
        *refusals_of_details(
            facts.details, today=uk_date(facts.at), test_day=facts.test_day, plain_only=facts.plain_names_only
        ),
        *all_refusals(rules, facts),
        *refusals_of_text("other_course", "Which other", facts.other_course),
    ]


def refusals_to_submit(facts: EntryFacts) -> list[Refusal]:
    """Every reason against submitting this entry now."""
    return [*refusals_to_start(facts), *refusals_of_answers(facts)]


def advice_before_submit(facts: EntryFacts) -> list[str]:
    """What the officer should look at again; never a reason against submitting (decisions 0002 and 0004)."""
    details = facts.details
    advice = []
    for label, name, plain in (
        ("First Name", details.stored_first_name, details.plain_first_name),
        ("Last Name", details.stored_last_name, details.plain_last_name),
    ):
        if name != plain:
            advice.append(
                f"{label} “{name}” goes to systems that hold only plain letters as “{plain}”. "
                "Check that it matches the UCAS application as closely as possible."
            )
    if not details.ucas_id:
        advice.append("There is no UCAS ID yet. You can add it until registration closes.")
    if facts.papers in (Combination.STEP_2, Combination.STEP_3):
        advice += [
            f"Offers for {course} usually name both papers. Check the offer."
            for course in facts.courses_needing_both_papers
        ]
    return advice
