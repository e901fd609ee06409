from collections.abc import Mapping
from typing import Any

from step_entries.codecs import STEP_FIELDS, answers_of, told_value
from step_entries.enums import PAPERS_OF, Combination
from step_entries.forms import CandidateForm, CoursesForm, PapersForm
from step_entries.models import StepEntry

from ..rules import RequestFacts
from .base import RequestForm, long_text

NO_NOW = {"has_one_name", "auto_capitalise", *CandidateForm.questions}
"""Fields beside which nothing stands of the entry as it is now."""


class AmendmentForm(RequestForm, CandidateForm, PapersForm, CoursesForm):
    """The questions of the wizard once more, with the entry as it is now beside them, and why it has to change.

    Only what differs is kept as answered: what the entry has by then in the other fields, stays (decision 0016).
    """

    reason = long_text("Reason for the amendment")
    field_order = (*CandidateForm.base_fields, *PapersForm.base_fields, *CoursesForm.base_fields, "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ucas_id"].help_text = "10 digits, for example 123 456 7890."
        entered = set(PAPERS_OF[Combination(self.entry.papers)])
        papers: Any = self.fields["papers"].widget
        papers.choices = [pair for pair in papers.choices if entered.issuperset(PAPERS_OF[Combination(pair[0])])]

    @property
    def entry(self) -> StepEntry:
        """The entry that is to change."""
        entry: Any = self.about
        return entry

    @property
    def answers(self) -> dict[str, Any]:
        """The reason, and what differs from the entry as it is now."""
        now = _now(self.entry)
        typed = super().answers
        return {name: value for name, value in typed.items() if name == "reason" or _differs(value, now.get(name))}

    @classmethod
    def shown(cls, answers: Mapping[str, Any], about: Any, facts: RequestFacts) -> dict[str, Any]:
        """The entry as it is now, and over it what was answered."""
        return _now(about) | dict(answers)

    @property
    def details(self) -> list[dict[str, Any]]:
        """The fields of the candidate's details in their order, each with what the entry says now."""
        return [
            {
                "field": self[name],
                "label": STEP_FIELDS["candidate"].get(name, ""),
                "now": self._now_of(name),
                "is_question": name in self.questions,
            }
            for name in CandidateForm.base_fields
            if name in self.fields
        ]

    def _now_of(self, name: str) -> str:
        return "" if name in NO_NOW else told_value(name, getattr(self.entry, name))

    @property
    def courses_now(self) -> list[str]:
        """The courses of the entry as it is now; asks one query."""
        courses = [str(course) for course in self.entry.courses.select_related("institution")]
        other = [f"Other: {self.entry.other_course}".removesuffix(": ")] if self.entry.has_other_course else []
        return courses + other


def _differs(typed: Any, now: Any) -> bool:
    if isinstance(typed, list):
        return sorted(typed) != sorted(now or [])
    return (typed or "") != (now or "")


def _now(entry: StepEntry) -> dict[str, Any]:
    return answers_of(entry, entry.courses.values_list("pk", flat=True))
