"""Timetable variations: the wanted start, in local time and in UK time (guide 6.2, decision 0016)."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from core.moments import UK, date_in_words, in_words
from core.refusals import Refusal, all_refusals

from ..enums import VariationReason
from .facts import PaperDate, RequestFacts
from .texts import refusals_of_note

DATE = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4})", re.ASCII)
CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})", re.ASCII)
YEARS = range(1901, 9999)
"""Every moment of them can be told in every zone."""
FURTHEST = timedelta(days=14)
"""How far from its time a paper can be asked for."""


def zones() -> list[str]:
    """The time zones that can be chosen, by their names in the zone database: continents and oceans only."""
    areas = ("Africa/", "America/", "Antarctica/", "Asia/", "Atlantic/", "Australia/", "Europe/", "Indian/", "Pacific/")
    return sorted(name for name in available_timezones() if name.startswith(areas))


def city(zone: str) -> str:
    """The place that a zone is named after: "Dubai" for Asia/Dubai."""
    return zone.rpartition("/")[2].replace("_", " ")


@dataclass(frozen=True)
class WantedStart:
    """The start that is asked for: the moment, and its zone."""

    at: datetime
    zone: str

    @property
    def local(self) -> datetime:
        """The moment on the clocks of its zone."""
        return self.at.astimezone(ZoneInfo(self.zone))

    @property
    def in_local_words(self) -> str:
        """For example "4 June 2027, 12:00 in Dubai"."""
        return f"{date_in_words(self.local.date())}, {self.local:%H:%M} in {city(self.zone)}"

    @property
    def in_uk_words(self) -> str:
        """For example "4 June 2027, 09:00 (BST)"."""
        return in_words(self.at)


def read_start(facts: RequestFacts) -> tuple[WantedStart | None, list[Refusal]]:
    """The wanted start, and everything that keeps it from being read. One of the two times may be left out.

    Where both are typed they have to be the same moment (VARY-05).
    """
    zone = facts.text("zone")
    wrong = all_refusals((zone_is_known, local_start_is_read, uk_start_is_read, a_start_is_typed), facts)
    if wrong:
        return None, wrong
    local, uk = _typed(facts, "local", ZoneInfo(zone)), _typed(facts, "uk", UK)
    if local and uk and local != uk:
        return None, all_refusals((starts_agree,), facts)
    at = local or uk
    return (WantedStart(at, zone) if at else None), []


def zone_is_known(facts: RequestFacts) -> Refusal | None:
    """VARY-03: The zone of the local time is one of the world's time zones."""
    if facts.text("zone") in available_timezones():
        return None
    return Refusal("VARY-03", "Select the time zone of the local time, for example United Kingdom or Dubai.", "zone")


def local_start_is_read(facts: RequestFacts) -> Refusal | None:
    """VARY-04: A start is a date DD/MM/YYYY and a time HH:MM that the clocks of its zone show once on that day."""
    zone = facts.text("zone")
    return _unread(facts, "local", "local", ZoneInfo(zone) if zone in available_timezones() else UK)


def uk_start_is_read(facts: RequestFacts) -> Refusal | None:
    """The same of the start in UK time."""
    return _unread(facts, "uk", "UK", UK)


def a_start_is_typed(facts: RequestFacts) -> Refusal | None:
    """The start is typed in local time, or in UK time, or in both."""
    if any(facts.text(f"{which}_{part}") for which in ("local", "uk") for part in ("date", "time")):
        return None
    return Refusal("VARY-04", "Type the wanted start in local time, in UK time, or in both.", "local_date")


def starts_agree(facts: RequestFacts) -> Refusal | None:
    """VARY-05: Where the start is typed in local and in UK time, both are the same moment."""
    zone = facts.text("zone")
    local, uk = _typed(facts, "local", ZoneInfo(zone)), _typed(facts, "uk", UK)
    if not local or not uk or local == uk:
        return None
    theirs, ours, typed = local.astimezone(ZoneInfo(zone)), local.astimezone(UK), uk.astimezone(UK)
    is_same_day = theirs.date() == ours.date() == typed.date()
    told = f"{ours:%H:%M} in the UK on that day, but you entered {typed:%H:%M}"
    if not is_same_day:
        told = f"{in_words(ours)} in the UK, but you entered {in_words(typed)}"
    where = f"{theirs:%H:%M} in {city(zone)}" if is_same_day else f"{WantedStart(local, zone).in_local_words}"
    return Refusal("VARY-05", f"{where} is {told}. Check both.", "uk_time")


def _unread(facts: RequestFacts, which: str, label: str, zone: ZoneInfo) -> Refusal | None:
    day, clock = facts.text(f"{which}_date"), facts.text(f"{which}_time")
    if not day and not clock:
        return None
    if _date(day) is None:
        return Refusal(
            "VARY-04", f"The {label} date must be a real date, DD/MM/YYYY, for example 04/06/2027.", f"{which}_date"
        )
    if _time(clock) is None:
        return Refusal("VARY-04", f"The {label} time must be HH:MM, from 00:00 to 23:59.", f"{which}_time")
    if _typed(facts, which, zone) is None:
        return Refusal(
            "VARY-04",
            f"The clocks change on {day}: {clock} does not come, or comes twice. Choose another {label} time.",
            f"{which}_time",
        )
    return None


def _typed(facts: RequestFacts, which: str, zone: ZoneInfo) -> datetime | None:
    """The one moment at which the clocks of a zone show what was typed; None where there is no such one."""
    day, clock = _date(facts.text(f"{which}_date")), _time(facts.text(f"{which}_time"))
    if day is None or clock is None:
        return None
    shown = datetime.combine(day, clock)
    moments = {shown.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    real = [at for at in moments if at.astimezone(zone).replace(tzinfo=None, fold=0) == shown]
    return real[0] if len(real) == 1 else None


def _date(text: str) -> date | None:
    match = DATE.fullmatch(text)
    try:
        return date(int(match[3]), int(match[2]), int(match[1])) if match and int(match[3]) in YEARS else None
    except ValueError:
        return None


def _time(text: str) -> time | None:
    match = CLOCK.fullmatch(text)
    try:
        return time(int(match[1]), int(match[2])) if match else None
    except ValueError:
        return None


def variation_names_a_paper(facts: RequestFacts) -> Refusal | None:
    """VARY-01: A timetable variation is asked for one paper of the entry."""
    if facts.paper(facts.text("paper")):
        return None
    return Refusal("VARY-01", "Select the paper that is to start at another time.", "paper")


def variation_has_a_reason(facts: RequestFacts) -> list[Refusal]:
    """VARY-02: A timetable variation has a reason, and says in words what lies behind it (guide 6.2)."""
    refusals = []
    if facts.text("reason") not in VariationReason.values:
        refusals.append(Refusal("VARY-02", "Select the reason for the variation.", "reason"))
    if not facts.text("explanation"):
        sentence = "Type why the candidate cannot start at the time of the timetable."
        refusals.append(Refusal("VARY-02", sentence, "explanation"))
    return refusals


def start_is_near_the_paper(start: WantedStart | None, paper: PaperDate | None) -> Refusal | None:
    """VARY-06: The wanted start is another one than that of the timetable, and at most 14 days from it."""
    if start is None or paper is None:
        return None
    if start.at == paper.starts_at.astimezone(UTC):
        return Refusal(
            "VARY-06",
            f"{start.in_uk_words} is when {paper.label} starts. Type the start that you ask for.",
            "local_time",
        )
    if abs(start.at - paper.starts_at.astimezone(UTC)) <= FURTHEST:
        return None
    return Refusal(
        "VARY-06",
        f"{paper.label} starts on {in_words(paper.starts_at)}. The wanted start is more than {FURTHEST.days} days "
        "from it: check the date.",
        "local_date",
    )


def supervision_is_planned(facts: RequestFacts) -> Refusal | None:
    """VARY-07: A start at another time needs a plan of how the candidate is supervised until then, or from then on."""
    if facts.text("supervision"):
        return None
    return Refusal(
        "VARY-07",
        "Type how the candidate is kept from contact with others who sit the paper, and by whom.",
        "supervision",
    )


def refusals_of_variation(facts: RequestFacts) -> list[Refusal]:
    """Everything that is wrong with a request for a timetable variation."""
    start, unread = read_start(facts)
    of_start = start_is_near_the_paper(start, facts.paper(facts.text("paper")))
    notes = [("explanation", "Explanation"), ("supervision", "Supervision plan")]
    return [
        *all_refusals((variation_names_a_paper,), facts),
        *variation_has_a_reason(facts),
        *unread,
        *([of_start] if of_start else []),
        *all_refusals((supervision_is_planned,), facts),
        *[each for field, label in notes for each in refusals_of_note(field, label, facts.text(field))],
    ]
