import json
import uuid
from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.db import models
from django.db.models import Q

from candidates.enums import Gender
from candidates.rules.identity import in_groups

from ..enums import LIVE, Combination, EntryStatus
from ..querysets import OVERDUE, StepDraftQuerySet, StepEntryQuerySet


class StepDraft(models.Model):
    """What an officer has typed so far. It is not an entry before Submit.

    `answers` holds the texts as typed, by step; they are read and judged each time they are shown,
    so that nothing typed is lost, right or wrong.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.ForeignKey("step_entries.StepSession", on_delete=models.PROTECT, related_name="drafts")
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    modified_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)

    objects = StepDraftQuerySet.as_manager()

    class Meta:
        verbose_name = "STEP draft"

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The candidate's name as typed so far, for lists of drafts."""
        typed = self.answers.get("candidate", {})
        return f"{typed.get('first_name', '')} {typed.get('last_name', '')}".strip() or "No name yet"

    @property
    def all_answers(self) -> dict[str, object]:
        """The answers of all steps by field name."""
        return {field: value for step in self.answers.values() for field, value in step.items()}

    @property
    def fingerprint(self) -> str:
        """Differs where an answer differs: what Check your answers showed, and Submit must find again."""
        return sha256(json.dumps(self.answers, sort_keys=True).encode()).hexdigest()


class StepEntry(models.Model):
    """One candidate entered for one session, for one paper or both.

    It keeps its own copy of the candidate's details as entered: a later correction of one never
    changes the other silently (decision 0002).
    """

    number = models.CharField("entry number", max_length=6, unique=True)
    submission_key = models.UUIDField(unique=True, editable=False, help_text="The draft that it was made from.")
    session = models.ForeignKey("step_entries.StepSession", on_delete=models.PROTECT, related_name="entries")
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="step_entries")
    candidate = models.ForeignKey("candidates.Candidate", on_delete=models.PROTECT, related_name="step_entries")
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    first_name = models.CharField(max_length=40, blank=True)
    last_name = models.CharField(max_length=40)
    plain_first_name = models.CharField(max_length=40, blank=True)
    plain_last_name = models.CharField(max_length=40)
    auto_capitalise = models.BooleanField(default=True)
    person_key = models.CharField(max_length=160, editable=False)
    is_different_person = models.BooleanField(
        "declared a different person", default=False, help_text="Of the same name and date of birth as another entry."
    )
    date_of_birth = models.DateField()
    gender = models.CharField(max_length=10, choices=Gender)
    ucas_id = models.CharField("UCAS ID", max_length=10, blank=True)
    own_school = models.CharField("candidate's own school", max_length=100, blank=True)
    papers = models.CharField(max_length=15, choices=Combination)
    courses = models.ManyToManyField(
        "step_entries.Course", through="step_entries.StepEntryCourse", related_name="+", blank=True
    )
    has_other_course = models.BooleanField("other course or institution", default=False)
    other_course = models.CharField("which other", max_length=100, blank=True)

    status = models.CharField(max_length=20, choices=EntryStatus, default=EntryStatus.NOT_YET_CONFIRMED)
    created_at = models.DateTimeField("created")
    modified_at = models.DateTimeField("modified", help_text="The last amendment; until then as created.")
    unconfirmed_since = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    held_at = models.DateTimeField(null=True, blank=True)
    held_reason = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Raised by every change of the entry's content or status."
    )

    objects = StepEntryQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-number"]
        verbose_name_plural = "STEP entries"
        verbose_name = "STEP entry"
        constraints = [
            models.UniqueConstraint(
                fields=["session", "candidate"],
                condition=Q(status__in=LIVE),
                name="one_live_entry_per_candidate_and_session",
            ),
            models.UniqueConstraint(
                fields=["session", "centre", "person_key", "date_of_birth"],
                condition=Q(status__in=LIVE, is_different_person=False),
                name="one_live_entry_per_person_unless_declared_different",
            ),
            models.UniqueConstraint(
                fields=["session", "centre", "ucas_id"],
                condition=Q(status__in=LIVE) & ~Q(ucas_id=""),
                name="one_live_entry_per_ucas_id_and_centre",
            ),
            models.CheckConstraint(condition=Q(status__in=EntryStatus.values), name="status_is_among_its_words"),
            models.CheckConstraint(condition=Q(papers__in=Combination.values), name="papers_are_among_their_words"),
            models.CheckConstraint(
                condition=Q(status=EntryStatus.CONFIRMED, confirmed_at__isnull=False)
                | Q(~Q(status=EntryStatus.CONFIRMED), confirmed_at__isnull=True),
                name="confirmed_at_exactly_when_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(status=EntryStatus.WITHDRAWN, withdrawn_at__isnull=False)
                | Q(~Q(status=EntryStatus.WITHDRAWN), withdrawn_at__isnull=True),
                name="withdrawn_at_exactly_when_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(held_at__isnull=True) | Q(status=EntryStatus.NOT_YET_CONFIRMED),
                name="held_only_while_not_yet_confirmed",
            ),
            models.CheckConstraint(condition=Q(number__regex=r"^S[0-9]{5}$"), name="number_is_s_and_five_digits"),
        ]
        indexes = [
            models.Index(
                fields=["unconfirmed_since"],
                condition=Q(status=EntryStatus.NOT_YET_CONFIRMED),
                name="entry_not_yet_confirmed",
            ),
            models.Index(fields=["session", "centre", "status"], name="entry_by_session_and_centre"),
            models.Index(fields=["session", "person_key", "date_of_birth"], name="entry_by_person"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """The candidate's name as entered."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def plain_name(self) -> str:
        """The name in the letters A to Z, as it goes to systems that hold no more."""
        return f"{self.plain_first_name} {self.plain_last_name}".strip()

    @property
    def is_confirmed(self) -> bool:
        return self.status == EntryStatus.CONFIRMED

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def is_withdrawn(self) -> bool:
        return self.status == EntryStatus.WITHDRAWN

    @property
    def is_held(self) -> bool:
        """Whether staff keep it from being confirmed."""
        return self.held_at is not None

    @property
    def ucas_id_shown(self) -> str:
        """The UCAS ID in groups of 3, 3 and 4 digits, as UCAS prints it."""
        return in_groups(self.ucas_id)

    def is_called(self, person_key: str, date_of_birth: date | None) -> bool:
        """Whether it stands under this name, in whatever spelling, and date of birth."""
        return (self.person_key, self.date_of_birth) == (person_key, date_of_birth)

    def is_overdue(self, at: datetime) -> bool:
        """Whether it has waited for confirmation for more than 48 hours (guide 5)."""
        return self.status == EntryStatus.NOT_YET_CONFIRMED and self.unconfirmed_since < at - OVERDUE


class StepEntryCourse(models.Model):
    """That an entry names a course. A course that stands on an entry cannot be deleted."""

    entry = models.ForeignKey(StepEntry, on_delete=models.CASCADE, db_column="stepentry_id", related_name="+")
    course = models.ForeignKey("step_entries.Course", on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "step_entries_stepentry_courses"
        unique_together = [("entry", "course")]

    def __str__(self) -> str:
        return f"{self.entry}: {self.course}"


class EntryNumberCounter(models.Model):
    """The last entry number given: one row, from which numbers are taken without gaps."""

    letter = models.CharField(max_length=1, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.letter}{self.last:05}"
