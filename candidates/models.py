import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .enums import Gender
from .querysets import CandidateQuerySet, GroupQuerySet


class Candidate(models.Model):
    """A person who sits exams, known to one centre.

    A record that a person merged into another stays as it was and points to the one that counts.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="candidates")
    first_name = models.CharField(max_length=40, blank=True)
    last_name = models.CharField(max_length=40)
    plain_first_name = models.CharField(max_length=40, blank=True)
    plain_last_name = models.CharField(max_length=40)
    person_key = models.CharField(max_length=160, editable=False)
    date_of_birth = models.DateField()
    gender = models.CharField(max_length=10, choices=Gender)
    ucas_id = models.CharField("UCAS ID", max_length=10, blank=True)
    middle_names = models.CharField(max_length=80, blank=True)
    uci = models.CharField("UCI", max_length=13, blank=True, help_text="Unique candidate identifier.")
    uln = models.CharField("ULN", max_length=10, blank=True, help_text="Unique learner number.")
    ocr_number = models.CharField("OCR number", max_length=8, blank=True, help_text="Issued by OCR.")
    candidate_number = models.CharField(max_length=4, blank=True)
    numbered_in = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The academic year of the candidate number, by its September."
    )
    merged_into = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged")
    created_at = models.DateTimeField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name"]
        indexes = [
            models.Index(fields=["centre", "person_key", "date_of_birth"], name="candidate_by_person"),
            models.Index(fields=["uci"], condition=~Q(uci=""), name="candidate_by_uci"),
            models.Index(fields=["ocr_number"], condition=~Q(ocr_number=""), name="candidate_by_ocr_number"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(gender__in=Gender.values), name="gender_is_among_its_words"),
            models.UniqueConstraint(
                fields=["centre", "uci"], condition=~Q(uci="") & Q(merged_into=None), name="one_candidate_per_uci"
            ),
            models.UniqueConstraint(
                fields=["centre", "uln"], condition=~Q(uln="") & Q(merged_into=None), name="one_candidate_per_uln"
            ),
            models.UniqueConstraint(
                fields=["centre", "ocr_number"],
                condition=~Q(ocr_number="") & Q(merged_into=None),
                name="one_candidate_per_ocr_number",
            ),
            models.UniqueConstraint(
                fields=["centre", "numbered_in", "candidate_number"],
                condition=~Q(candidate_number="") & Q(merged_into=None),
                name="a_candidate_number_is_given_once_a_year",
            ),
            models.CheckConstraint(
                condition=Q(candidate_number="") ^ Q(numbered_in__isnull=False),
                name="a_candidate_number_belongs_to_a_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()


class CandidateGroup(models.Model):
    """Candidates that a centre put together, for a class or a course; a candidate can be in many groups."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="candidate_groups")
    name = models.CharField(max_length=60)
    candidates = models.ManyToManyField(Candidate, related_name="groups", blank=True)
    created_at = models.DateTimeField()

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint("centre", Lower("name"), name="a_group_has_its_own_name_whatever_its_capitals")
        ]

    def __str__(self) -> str:
        return self.name
