from collections.abc import Mapping
from typing import Any

from django import forms

from core.moments import date_in_words, in_words
from core.texts import storable
from core.windows import WindowState
from step_entries.enums import PAPERS_OF, Combination
from step_entries.models import StepEntry

from ..enums import ConsiderationReason
from ..rules import PaperDate, RequestFacts, consideration, considered_now
from .base import RequestForm, SomeRadios, long_text, only, radios


class NumbersField(forms.MultipleChoiceField):
    """The entry numbers that were ticked, as posted; the rules say which of them can be named."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: Any) -> list[str]:
        return [storable(typed[:20]) for typed in super().to_python(value)]

    def validate(self, value: Any) -> None:
        """Numbers that are not offered are refused by the rules."""


class ConsiderationForm(RequestForm):
    """What happened to a candidate at one paper, and to whom else it happened (guide 7.1)."""

    paper = radios("Paper that was affected", widget=SomeRadios)
    reason = radios("Reason", ConsiderationReason.choices)
    detail = long_text(
        "Further detail",
        "What happened, when, and for how long. You can leave it empty for illness, injury, bereavement and a "
        "disturbance in the room.",
    )
    others = NumbersField(label="Other candidates of the same event", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers = self.facts.papers
        self.offer_papers(papers, {each.paper: f"{each.label}, {date_in_words(each.day)}" for each in papers})
        widget: Any = self.fields["paper"].widget
        widget.why_not = {each.paper: why for each in papers if (why := self._why_not(each))}
        others: Any = self.fields["others"].widget
        offered = self._others()
        named = [number for number in self["others"].value() or [] if number not in dict(offered)]
        others.choices = [*offered, *((number, number) for number in named)]

    def _why_not(self, paper: PaperDate) -> str:
        if self.facts.dates is None:
            return ""
        window = consideration(self.facts.dates, paper)
        state = window.state(self.facts.at)
        if state is WindowState.OPEN:
            return ""
        return (
            "ask from that day on"
            if state is WindowState.BEFORE
            else f"could be asked for until {in_words(window.deadline)}"
        )

    def _others(self) -> list[tuple[str, str]]:
        """The centre's other entries for the papers that can be asked for now, by name; asks one query."""
        entry: Any = self.about
        open_now = (
            {each.paper for each in considered_now(self.facts.dates, self.facts.at)} if self.facts.dates else set()
        )
        combinations = [each for each in Combination if open_now.intersection(PAPERS_OF[each])]
        entries = StepEntry.objects.live().filter(centre=entry.centre, session=entry.session, papers__in=combinations)
        found = entries.exclude(pk=entry.pk).with_name().order_by("sort_name", "number")
        return [(each.number, f"{each.last_name}, {each.first_name} ({each.number})") for each in found]

    @property
    def other_ticks(self) -> list[dict[str, Any]]:
        """The checkboxes of the other candidates."""
        field = self["others"]
        widget: Any = field.field.widget
        groups = widget.optgroups("others", field.value() or [], {"id": field.auto_id})
        return [option for _, options, _ in groups for option in options]

    @property
    def others_count(self) -> int:
        """How many other candidates are ticked."""
        return len(self["others"].value() or [])

    @classmethod
    def shown(cls, answers: Mapping[str, Any], about: Any, facts: RequestFacts) -> dict[str, Any]:
        """With the only paper that can be asked for chosen."""
        now = considered_now(facts.dates, facts.at) if facts.dates else []
        return {"paper": only(now)} | dict(answers)
