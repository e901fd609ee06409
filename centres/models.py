from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from .enums import CentreKind, Nation, Role, Subject
from .querysets import ApprovalQuerySet, MembershipQuerySet
from .rules import centre_number_has_its_form, may_make_entries, may_manage_colleagues


class Centre(models.Model):
    """A school or college that enters candidates."""

    number = models.CharField(max_length=5, unique=True, help_text="Five digits, or two letters and three digits.")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=10, choices=CentreKind, default=CentreKind.INTERNAL)
    nation = models.CharField(max_length=20, choices=Nation, default=Nation.ENGLAND_AND_WALES)
    exams_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="Gets a copy of the mails about entries that a colleague makes.",
    )
    email_alerts = models.BooleanField("Email Alert(s) for Candidate Entry(ies)", default=True)
    reminder_emails = models.BooleanField(
        "reminder emails", default=True, help_text="Of missing UCAS IDs and drafts, before registration closes."
    )
    calendar_key = models.CharField(
        max_length=40, blank=True, editable=False, help_text="Opens the centre's calendar of key dates; empty for none."
    )
    accounts_contact = models.CharField(max_length=120, blank=True, help_text="Whoever pays: a name or an office.")
    accounts_email = models.EmailField(
        "accounts e-mail address", blank=True, help_text="Gets the invoices; empty: the exams officer does."
    )
    members_manage_colleagues = models.BooleanField(
        "its administrators manage colleagues",
        default=False,
        help_text="Centre administrators may then invite colleagues, change their roles and end their memberships.",
    )
    is_active = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=CentreKind.values), name="centre_kind_is_among_its_words"),
            models.UniqueConstraint(
                fields=["calendar_key"], condition=~Q(calendar_key=""), name="a_calendar_key_opens_one_calendar"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    def clean(self) -> None:
        self.number = self.number.strip().upper()
        if refusal := centre_number_has_its_form(self.number):
            raise ValidationError({"number": refusal.sentence})

    @property
    def is_open_centre(self) -> bool:
        """Whether it takes candidates of other schools."""
        return self.kind == CentreKind.OPEN


class Membership(models.Model):
    """That a person acts for a centre, in a role, until it ends."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    centre = models.ForeignKey(Centre, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.EXAMS_OFFICER)
    ended_at = models.DateTimeField(null=True, blank=True, help_text="Empty while it lasts.")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "centre"],
                condition=Q(ended_at=None),
                name="one_live_membership_per_user_and_centre",
                violation_error_message="This person is a member of this centre already. Change that membership, "
                "or end it first.",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def may_make_entries(self) -> bool:
        """Whether this role makes and changes entries."""
        return may_make_entries(self.role)

    @property
    def may_manage_colleagues(self) -> bool:
        """Whether this person looks after the colleagues of the centre."""
        return may_manage_colleagues(self.role, self.centre.members_manage_colleagues)


class Approval(models.Model):
    """That a centre may enter candidates for a subject, from one day to another."""

    centre = models.ForeignKey(Centre, on_delete=models.CASCADE, related_name="approvals")
    subject = models.CharField(max_length=20, choices=Subject)
    since = models.DateField(default=date.today)
    until = models.DateField(null=True, blank=True, help_text="The last day; empty for no end.")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="approval_ends_after_it_begins",
                violation_error_message="The last day of an approval must not be before its first. Check both dates.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()} from {self.since}"
