from django.db import models
from django.db.models import Q

from .enums import Gender
from .querysets import CandidateQuerySet


class Candidate(models.Model):
    """A person who sits exams, known to one centre."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.PROTECT, related_name="candidates")
    first_name = models.CharField(max_length=40, blank=True)
    last_name = models.CharField(max_length=40)
    plain_first_name = models.CharField(max_length=40, blank=True)
    plain_last_name = models.CharField(max_length=40)
    person_key = models.CharField(max_length=160, editable=False)
    date_of_birth = models.DateField()
    gender = models.CharField(max_length=10, choices=Gender)
    ucas_id = models.CharField("UCAS ID", max_length=10, blank=True)
    created_at = models.DateTimeField()

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["last_name", "first_name"]
        indexes = [models.Index(fields=["centre", "person_key", "date_of_birth"], name="candidate_by_person")]
        constraints = [models.CheckConstraint(condition=Q(gender__in=Gender.values), name="gender_is_among_its_words")]

    def __str__(self) -> str:
        return f"{self.first_name} {self.last_name}".strip()
