from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from candidates.rules.texts import refusals_of_text
from core.moments import in_words, uk_date
from core.windows import Window

from ..enums import Audience, Paper
from ..querysets import CourseQuerySet, NoticeQuerySet, StepSessionQuerySet


class Institution(models.Model):
    """A university that results can go to."""

    name = models.CharField(max_length=100, unique=True)
    ucas_code = models.CharField("UCAS code", max_length=3, blank=True)
    receives_special_consideration = models.BooleanField(
        default=False, help_text="Whether the board can pass special consideration notifications on to it."
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        _refuse_a_name_unfit_for_the_report(self.name)


class Course(models.Model):
    """A course whose offers name STEP."""

    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="courses")
    name = models.CharField(max_length=100)
    ucas_code = models.CharField("UCAS code", max_length=4, blank=True)
    usually_needs_both_papers = models.BooleanField(
        default=False, help_text="The officer is advised to check the offer when only one paper is entered."
    )

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ["institution__name", "name"]
        constraints = [
            models.UniqueConstraint(fields=["institution", "name"], name="course_name_is_unique_in_its_institution")
        ]

    def __str__(self) -> str:
        return f"{self.institution}: {self.label}"

    def clean(self) -> None:
        _refuse_a_name_unfit_for_the_report(self.name)

    @property
    def label(self) -> str:
        """The course with its UCAS code, as it stands beside its checkbox."""
        return f"{self.name} ({self.ucas_code})" if self.ucas_code else self.name


def _refuse_a_name_unfit_for_the_report(name: str) -> None:
    """Names of institutions and courses stand in the centres' reports (decision 0013)."""
    if refusals := refusals_of_text("name", "Name", name):
        raise ValidationError({"name": [refusal.sentence for refusal in refusals]})


class StepSession(models.Model):
    """One year's STEP: its window, deadlines, papers, fees and courses. Dates are data, never code."""

    name = models.CharField(max_length=40, unique=True, help_text='For example "June 2027".')
    opens_at = models.DateTimeField("registration opens")
    closes_at = models.DateTimeField("registration closes", help_text="Open to the end of this minute.")
    modified_papers_until = models.DateTimeField("last moment for modified papers")
    results_at = models.DateTimeField("results released", null=True, blank=True)
    enquiries_until = models.DateTimeField("last moment for results enquiries", null=True, blank=True)
    courses = models.ManyToManyField(Course, related_name="sessions", blank=True)
    is_published = models.BooleanField(
        "shown to centres", default=True, help_text="A copy for the next year is not, until you have looked at it."
    )

    objects = StepSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at"]
        verbose_name = "STEP session"
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")),
                name="session_closes_after_it_opens",
                violation_error_message="Registration must close after it opens. Check both moments.",
            )
        ]

    def __str__(self) -> str:
        return f"STEP {self.name}"

    @property
    def window(self) -> Window:
        """When entries can be made by centres without an extension; `services.window_of` knows a centre's own."""
        return self.window_until(None)

    def window_until(self, extended_to: datetime | None) -> Window:
        """The window of a centre whose own closing is this one; one that is not later than ours does not count."""
        return Window(self.opens_at, max(self.closes_at, extended_to or self.closes_at))


class SessionExtension(models.Model):
    """That registration closes later for one centre than for the others. Its reasons stand in the history."""

    session = models.ForeignKey(StepSession, on_delete=models.CASCADE, related_name="extensions")
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    closes_at = models.DateTimeField("registration closes", help_text="Open to the end of this minute.")

    class Meta:
        ordering = ["closes_at", "centre__number"]
        constraints = [
            models.UniqueConstraint(fields=["session", "centre"], name="one_extension_per_session_and_centre")
        ]

    def __str__(self) -> str:
        return f"{self.centre} until {in_words(self.closes_at)}"


class SessionPaper(models.Model):
    """One paper of a session: when it is sat and what it costs."""

    session = models.ForeignKey(StepSession, on_delete=models.CASCADE, related_name="papers")
    paper = models.CharField(max_length=10, choices=Paper)
    code = models.CharField(max_length=10, blank=True, help_text="The board's code, for example 9470.")
    starts_at = models.DateTimeField("start in the United Kingdom")
    fee_pence = models.PositiveIntegerField("fee in pence", null=True, blank=True, help_text="Empty: on the invoice.")

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "paper"],
                name="a_session_has_a_paper_once",
                violation_error_message="The session has this paper already. Change that one, or choose another.",
            ),
            models.CheckConstraint(condition=Q(paper__in=Paper.values), name="paper_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return self.get_paper_display()

    @property
    def day(self) -> date:
        """The day of the paper in the United Kingdom."""
        return uk_date(self.starts_at)

    @property
    def fee(self) -> str:
        """The fee in pounds, or where it is not known, that it comes with the invoice."""
        return "on the invoice" if self.fee_pence is None else f"£{self.fee_pence / 100:.2f}"


class SessionNotice(models.Model):
    """A line in the band under the tabs (guide 3, session-specific notices)."""

    session = models.ForeignKey(StepSession, on_delete=models.CASCADE, related_name="notices")
    text = models.CharField(max_length=300)
    audience = models.CharField(max_length=10, choices=Audience, default=Audience.ALL)
    since = models.DateTimeField("shown from")
    until = models.DateTimeField("shown until", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-since"]

    def __str__(self) -> str:
        return self.text
