import uuid
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from .enums import Gender
from .querysets import CandidateQuerySet, GroupQuerySet
from .rules.details import CELLS


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

    @property
    def fingerprint(self) -> str:
        """Differs where a detail differs: what a page showed, and the act on it must find again."""
        details = [str(getattr(self, name)) for cell in CELLS for name in cell.attributes]
        return sha256("\n".join([*details, str(self.merged_into_id)]).encode()).hexdigest()


class CandidatesDiffer(models.Model):
    """That somebody said of two alike records that they are two people. The older record is `one`."""

    one = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_candidates_are_told_apart_once"),
            models.CheckConstraint(
                condition=Q(one__lt=models.F("other")), name="the_older_of_two_candidates_comes_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} is not {self.other_id}"


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
