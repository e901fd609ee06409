"""When something can be asked for an entry (decision 0016). Sentences say why not, and until when."""

from collections.abc import Callable
from datetime import datetime, time, timedelta

from core.moments import UK, date_in_words, in_words
from core.refusals import Refusal
from core.windows import Window, WindowState
from core.working_days import end_of_working_day, nth_working_day_after

from ..enums import Kind
from .facts import EntryDates, PaperDate, RequestFacts

LENGTH_OF_PAPER = timedelta(hours=3)
WORKING_DAYS = 5
UNTIL_RESULTS = timedelta(days=90)
"""How long after the last paper amendments are taken where no day of results is set yet."""


def last_paper(dates: EntryDates) -> datetime:
    """When the last paper of the entry begins; closing, where the session has no paper of it."""
    return max((paper.starts_at for paper in dates.papers), default=dates.registration.deadline)


def arrangements(dates: EntryDates) -> Window:
    """From the opening of registration until the last paper entered begins; after closing they are late."""
    return Window(dates.registration.opens_at, last_paper(dates))


def amendments(dates: EntryDates) -> Window:
    """From closing until results are released."""
    until = dates.results_at or last_paper(dates) + UNTIL_RESULTS
    return Window(dates.registration.ends_at, until)


def variations(dates: EntryDates) -> Window:
    """While registration is open."""
    return dates.registration


def withdrawals(dates: EntryDates) -> Window:
    """From closing until the last paper entered has been sat."""
    return Window(dates.registration.ends_at, last_paper(dates) + LENGTH_OF_PAPER)


def consideration(dates: EntryDates, paper: PaperDate) -> Window:
    """From the day of a paper to the end of the fifth working day after it, in the centre's nation (guide 7.1)."""
    begins = datetime.combine(paper.day, time(), UK)
    last = nth_working_day_after(paper.day, WORKING_DAYS, dates.nation, dates.extra_holidays)
    return Window(begins, end_of_working_day(last))


def window_of(kind: str, dates: EntryDates) -> Window:
    """When requests of a kind are taken for an entry; special consideration, from its first paper to the last end."""
    if kind == Kind.SPECIAL_CONSIDERATION:
        windows = [consideration(dates, paper) for paper in dates.papers] or [withdrawals(dates)]
        return Window(windows[0].opens_at, max(window.deadline for window in windows))
    return WINDOWS[kind](dates)


WINDOWS: dict[str, Callable[[EntryDates], Window]] = {
    Kind.ACCESS_ARRANGEMENT: arrangements,
    Kind.ENTRY_AMENDMENT: amendments,
    Kind.TIMETABLE_VARIATION: variations,
    Kind.WITHDRAWAL: withdrawals,
}


def considered_now(dates: EntryDates, at: datetime) -> list[PaperDate]:
    """The papers for which special consideration can be asked at this moment."""
    return [paper for paper in dates.papers if consideration(dates, paper).is_open(at)]


def is_late(kind: str, dates: EntryDates, at: datetime) -> bool:
    """Whether an access arrangement comes after closing, and is judged case by case (guide 4.6)."""
    return kind == Kind.ACCESS_ARRANGEMENT and dates.registration.state(at) is WindowState.CLOSED


def arrangements_are_taken(facts: RequestFacts) -> Refusal | None:
    """ASK-01: Access arrangements are asked for from the opening of registration until the last paper begins.

    Those asked for after closing are late, and are looked at case by case (guide 4.6).
    """
    window = _window(facts)
    if window is None or window.is_open(facts.at):
        return None
    if window.state(facts.at) is WindowState.BEFORE:
        return Refusal("ASK-01", f"Access arrangements can be asked for from {in_words(window.opens_at)}.")
    return Refusal(
        "ASK-01",
        f"Access arrangements could be asked for until the last paper began on {in_words(window.deadline)}. "
        f"{facts.team_contact}",
    )


def amendments_are_taken(facts: RequestFacts) -> Refusal | None:
    """ASK-02: An amendment is asked for after registration has closed, until results are released (guide 6.1)."""
    window = _window(facts)
    if window is None or window.is_open(facts.at):
        return None
    if window.state(facts.at) is WindowState.BEFORE:
        return Refusal(
            "ASK-02", f"{_until_closing(facts)} change the entry yourself, with the Edit buttons of its page."
        )
    return Refusal(
        "ASK-02",
        f"Amendments could be asked for until results were released on {in_words(window.deadline)}. "
        f"{facts.team_contact}",
    )


def variations_are_taken(facts: RequestFacts) -> Refusal | None:
    """ASK-03: A timetable variation is asked for while registration is open (guide 6.2)."""
    window = _window(facts)
    if window is None or window.is_open(facts.at):
        return None
    if window.state(facts.at) is WindowState.BEFORE:
        return Refusal("ASK-03", f"Timetable variations can be asked for from {in_words(window.opens_at)}.")
    return Refusal(
        "ASK-03",
        f"Timetable variations could be asked for until registration closed on {in_words(window.deadline)}. "
        f"{facts.team_contact}",
    )


def withdrawals_are_taken(facts: RequestFacts) -> Refusal | None:
    """ASK-04: A withdrawal is asked for after registration has closed, until the last paper entered has been sat."""
    window = _window(facts)
    if window is None or window.is_open(facts.at):
        return None
    if window.state(facts.at) is WindowState.BEFORE:
        return Refusal(
            "ASK-04", f"{_until_closing(facts)} withdraw the entry yourself, with Withdraw entry on its page."
        )
    return Refusal(
        "ASK-04",
        f"The last paper of this entry was sat by {in_words(window.deadline)}: it cannot be withdrawn any more. "
        f"{facts.team_contact}",
    )


def consideration_is_taken(facts: RequestFacts) -> Refusal | None:
    """ASK-05: Special consideration is asked for from the day of a paper to the end of the fifth working day after it.

    Bank holidays of England and Wales are no working days, and for their centres those of Scotland and of Northern
    Ireland are none either (guide 7.1). Later requests are not taken.
    """
    if facts.dates is None or considered_now(facts.dates, facts.at):
        return None
    told = " ".join(_of_paper(paper, facts.dates, facts.at) for paper in facts.papers)
    return Refusal("ASK-05", told or f"No day is set for the papers of this entry yet. {facts.team_contact}")


def _of_paper(paper: PaperDate, dates: EntryDates, at: datetime) -> str:
    window = consideration(dates, paper)
    if window.state(at) is WindowState.BEFORE:
        return f"{paper.label} is sat on {date_in_words(paper.day)}: ask from that day to {in_words(window.deadline)}."
    return f"For {paper.label} special consideration could be asked for until {in_words(window.deadline)}."


def _window(facts: RequestFacts) -> Window | None:
    return window_of(facts.kind, facts.dates) if facts.dates else None


def _until_closing(facts: RequestFacts) -> str:
    return f"Until registration closes on {in_words(facts.dates.registration.deadline)}," if facts.dates else ""


OPENING_RULES = {
    Kind.ACCESS_ARRANGEMENT: arrangements_are_taken,
    Kind.ENTRY_AMENDMENT: amendments_are_taken,
    Kind.TIMETABLE_VARIATION: variations_are_taken,
    Kind.WITHDRAWAL: withdrawals_are_taken,
    Kind.SPECIAL_CONSIDERATION: consideration_is_taken,
}
"""The rule that says when requests of a kind are taken."""
