"""One form a step. They name the fields and keep what was typed; reading is codecs, judging is rules."""

from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from candidates.enums import Gender
from candidates.forms import QuestionInput, TypedField

from .codecs import COURSE_ID
from .enums import PAPERS_OF, Combination
from .models import Course, StepDraft, StepEntry


class TypedChoices(forms.MultipleChoiceField):
    """The values ticked, as posted, as far as they are numbers of rows."""

    def to_python(self, value: Any) -> list[str]:
        return [typed for typed in super().to_python(value) if COURSE_ID.fullmatch(typed)]

    def validate(self, value: Any) -> None:
        """Values that are not offered are left out by the rules."""


class StepForm(forms.Form):
    """A wizard step, about a draft or about an entry. `questions` are ticks shown only when a rule asks for them."""

    questions: tuple[str, ...] = ()

    def __init__(self, *args: Any, about: StepDraft | StepEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.about = about
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def ask_only(self, asked: dict[str, str]) -> None:
        """Let each tick answer the question that is asked now, and take away those that nothing asks."""
        for name in self.questions:
            if name in asked:
                self.fields[name].widget.ask(asked[name])
            else:
                del self.fields[name]


class CandidateForm(StepForm):
    first_name = TypedField(label="First Name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    has_one_name = forms.BooleanField(label="The candidate has one legal name: leave First Name empty", required=False)
    last_name = TypedField(label="Last Name", widget=forms.TextInput(attrs={"autocomplete": "off"}))
    is_different_person = TypedField(label="This is a different person", widget=QuestionInput)
    auto_capitalise = forms.BooleanField(
        label="Auto Capitalize Name",
        required=False,
        initial=True,
        help_text="Raises the first letter of each word and the letter after Mac, Mc, O', D' and a hyphen. "
        "Untick it to keep the name as you typed it. Letters are never lowered.",
    )
    date_of_birth = TypedField(
        label="Date of birth (DD/MM/YYYY)",
        help_text="Day before month, for example 27/03/2008.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short"}),
    )
    age_is_right = TypedField(label="Yes, the date of birth is right", widget=QuestionInput)
    gender = TypedField(label="Gender", widget=forms.RadioSelect(choices=Gender.choices))
    ucas_id = TypedField(
        label="UCAS ID (optional)",
        help_text="10 digits, for example 123 456 7890. You can add it later, until registration closes; "
        "universities match the results by it.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "class": "short", "inputmode": "numeric"}),
    )
    own_school = TypedField(
        label="Candidate's own school (optional)",
        help_text="Where the candidate is taught, if that is not your centre.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    plain_first_name = TypedField(
        label="Plain form of the first name (optional)",
        help_text="For systems that hold only the letters A to Z and spaces. Leave it empty to use the form we derive.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    plain_last_name = TypedField(
        label="Plain form of the last name (optional)", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    questions = ("is_different_person", "age_is_right")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.about.centre.is_open_centre:
            del self.fields["own_school"]


class PapersForm(StepForm):
    papers = TypedField(label="Paper combination", widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {paper.paper for paper in self.about.session.papers.all()}
        self.fields["papers"].widget.choices = [
            (value, label) for value, label in Combination.choices if offered.issuperset(PAPERS_OF[Combination(value)])
        ]


class CoursesForm(StepForm):
    courses = TypedChoices(label="Courses and institutions", required=False, widget=forms.CheckboxSelectMultiple)
    has_other_course = forms.BooleanField(label="Other", required=False)
    other_course = TypedField(
        label="Which other course or institution (optional)", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups: dict[str, list[tuple[str, str]]] = {}
        entry = self.about if isinstance(self.about, StepEntry) else None
        for course in Course.objects.offered(self.about.session, entry):
            groups.setdefault(course.institution.name, []).append((str(course.pk), course.label))
        self.fields["courses"].widget.choices = list(groups.items())

    @property
    def course_groups(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """The institutions with their checkboxes, those typed before ticked."""
        field = self["courses"]
        groups = field.field.widget.optgroups("courses", [str(v) for v in field.value() or []], {"id": "id_courses"})
        return [(institution, options) for institution, options, _ in groups]


class RestoreForm(StepForm):
    is_different_person = TypedField(label="This is a different person", widget=QuestionInput)

    questions = ("is_different_person",)
