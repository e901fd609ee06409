"""The wizard as a list: slug, title, form. Its last page, Check your answers, has no form of its own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from core.refusals import Refusal, Refused

from .forms import CandidateForm, CoursesForm, PapersForm, RestoreForm, StepForm
from .models import StepDraft, StepEntry

CHECK = "check"


@dataclass(frozen=True)
class Step:
    """One page of the wizard, and the page on which the same questions are answered anew for an entry."""

    slug: str
    title: str
    edit_title: str
    form_class: type[StepForm]

    @cached_property
    def fields(self) -> frozenset[str]:
        """The fields asked on this page."""
        return frozenset(self.form_class.base_fields)

    @property
    def template(self) -> str:
        """The part of the page that holds its questions."""
        return f"step_entries/_step_{self.slug}.html"

    def own(self, refusals: Iterable[Refusal]) -> list[Refusal]:
        """Those of the refusals that are mended on this page."""
        return [refusal for refusal in refusals if refusal.field in self.fields]

    def answers_in(self, posted: Any, about: StepDraft | StepEntry) -> dict[str, Any]:
        """What was typed on this page, by field name."""
        form = self.form_class(posted, about=about)
        form.full_clean()
        return form.cleaned_data

    def filled_form(
        self, answers: Mapping[str, Any] | None, refusals: Iterable[Refusal], about: StepDraft | StepEntry
    ) -> StepForm:
        """The form of this page with these answers, and with those of the refusals that are mended on it."""
        return filled(self.form_class(answers, about=about), answers, self.own(refusals))

    @property
    def position(self) -> int:
        """Its place in the wizard, from 1."""
        return STEPS.index(self) + 1

    @property
    def previous(self) -> "Step | None":
        """The page before it."""
        return STEPS[self.position - 2] if self.position > 1 else None

    @property
    def following(self) -> "Step | None":
        """The page after it; None before Check your answers."""
        return STEPS[self.position] if self.position < len(STEPS) else None


STEPS = [
    Step("candidate", "Candidate details", "Edit candidate details", CandidateForm),
    Step("papers", "Combination details", "Edit paper combination", PapersForm),
    Step("courses", "Courses and institutions", "Edit courses & institutions", CoursesForm),
]
STEP_BY_SLUG = {step.slug: step for step in STEPS}


def first_unfinished(refusals: Iterable[Refusal]) -> Step | None:
    """The first page that still has something to mend."""
    refusals = list(refusals)
    return next((step for step in STEPS if step.own(refusals)), None)


def general(refusals: Iterable[Refusal]) -> list[Refusal]:
    """Those of the refusals that no field can mend; every page shows them."""
    return [refusal for refusal in refusals if not refusal.field]


def filled(form: StepForm, answers: Mapping[str, Any] | None, refusals: list[Refusal]) -> StepForm:
    """A bound form with the refusals on their fields, and with those ticks alone that they ask for or that were set."""
    form.full_clean()
    answered = {name: answers[name] for name in form.questions if answers and answers.get(name)}
    form.ask_only(answered | {refusal.confirm_with: refusal.confirm_as for refusal in refusals})
    Refused(refusals).put_onto(form)
    return form


def restore_form(entry: StepEntry, answer: str, refusals: list[Refusal]) -> StepForm:
    """The form that undoes a withdrawal: no more than the tick "different person", where it is asked for."""
    answers = {"is_different_person": answer}
    return filled(RestoreForm(answers, about=entry), answers, refusals)
