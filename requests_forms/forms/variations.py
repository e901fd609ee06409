from collections.abc import Mapping
from itertools import groupby
from typing import Any

from core.moments import in_words

from ..enums import VariationReason
from ..rules import RequestFacts, city, zones
from .base import RequestForm, choice, long_text, only, radios, short_text

UK_ZONE = "Europe/London"


def zone_choices() -> list[Any]:
    """The time zones for a choice: the United Kingdom first, then by continent and ocean."""
    by_area = groupby((zone for zone in zones() if zone != UK_ZONE), lambda zone: zone.partition("/")[0])
    groups = [(area, [(zone, city(zone)) for zone in of_area]) for area, of_area in by_area]
    return [("", "Choose"), (UK_ZONE, "United Kingdom"), *groups]


class VariationForm(RequestForm):
    """Another start of one paper, in local time, in UK time or in both (guide 6.2)."""

    paper = radios("Paper")
    reason = radios("Reason", VariationReason.choices)
    explanation = long_text("Why the candidate cannot start at the time of the timetable")
    zone = choice("Time zone of the place where the candidate sits the paper")
    local_date = short_text("Local date (DD/MM/YYYY)")
    local_time = short_text("Local time (HH:MM)", "24 hours, for example 14:00.")
    uk_date = short_text("UK date (DD/MM/YYYY)")
    uk_time = short_text("UK time (HH:MM)")
    supervision = long_text(
        "Supervision plan",
        "How the candidate is kept from contact with others who sit the paper, until the wanted start or after it, "
        "and by whom.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = self.facts.papers
        self.offer_papers(papers, {each.paper: f"{each.label}, {in_words(each.starts_at)}" for each in papers})
        zone: Any = self.fields["zone"].widget
        zone.choices = zone_choices()

    @classmethod
    def shown(cls, answers: Mapping[str, Any], about: Any, facts: RequestFacts) -> dict[str, Any]:
        """With the only paper of the entry chosen."""
        return {"paper": only(facts.papers)} | dict(answers)
