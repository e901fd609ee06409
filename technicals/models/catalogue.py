"""What can be entered: qualifications, units, series, prices, and who is approved for what."""

from datetime import date, datetime, time

from django.db import models
from django.db.models import F, Q

from core.moments import UK
from core.windows import Window

from ..enums import EXAM_SERIES, Assessment, EntryKind, Level, PriceKind, SeriesKind, Suite
from ..querysets import ApprovalQuerySet, PriceQuerySet, QualificationQuerySet, SeriesQuerySet
from ..rules.catalogue import full_unit_code, unverified_cells
from ..rules.facts import LEADING_ON

LAST_MINUTE = time(23, 59)


class Qualification(models.Model):
    """An entry code: a qualification of one size, or a top-up, a moving down or a re-entry of one.

    `source` says where its cells are known from; what it calls memory is not verified.
    """

    code = models.CharField("entry code", max_length=5, unique=True, help_text="Five digits, with the leading zero.")
    suite = models.CharField(max_length=4, choices=Suite)
    level = models.PositiveSmallIntegerField(choices=Level)
    subject = models.CharField(max_length=60)
    size = models.CharField(max_length=40)
    title = models.CharField(max_length=150)
    glh = models.PositiveSmallIntegerField("guided learning hours", null=True, blank=True)
    entry_kind = models.CharField(max_length=12, choices=EntryKind, default=EntryKind.FULL)
    from_code = models.CharField(max_length=5, blank=True, help_text="Of a top-up or moving down: the code before.")
    to_code = models.CharField(max_length=5, blank=True, help_text="Of a top-up or moving down: the code after.")
    combination = models.TextField("rule of combination", blank=True)
    combination_source = models.CharField(max_length=400, blank=True)
    source = models.CharField(max_length=400)
    is_in_use = models.BooleanField("in use", default=True)

    objects = QualificationQuerySet.as_manager()

    class Meta:
        ordering = ["subject", "level", "-suite", "code"]
        constraints = [
            models.CheckConstraint(condition=Q(suite__in=Suite.values), name="suite_is_among_its_words"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="level_is_among_its_words"),
            models.CheckConstraint(condition=Q(entry_kind__in=EntryKind.values), name="entry_kind_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def family(self) -> tuple[str, int, str]:
        """Subject, level and suite: what approvals, units and attempts hang on."""
        return self.subject, self.level, self.suite

    @property
    def leads_to(self) -> str:
        """The full award's code under which units are entered after a registration under this one."""
        return self.to_code if self.to_code and self.entry_kind in LEADING_ON else self.code

    @property
    def unverified(self) -> list[str]:
        """The names of its cells that no source confirms; "everything" where none does."""
        return unverified_cells(self.source)


class Unit(models.Model):
    """A unit of a subject, level and suite; every size of the qualification shares it."""

    subject = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level)
    suite = models.CharField(max_length=4, choices=Suite)
    number = models.PositiveSmallIntegerField()
    entry_code = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=150)
    assessment = models.CharField(max_length=10, choices=Assessment)
    in_january = models.BooleanField(default=False)
    in_june = models.BooleanField(default=False)
    mandatory_in = models.CharField(max_length=200, blank=True)
    glh = models.PositiveSmallIntegerField("guided learning hours", null=True, blank=True)
    source = models.CharField(max_length=400)
    is_in_use = models.BooleanField("in use", default=True)

    class Meta:
        ordering = ["subject", "level", "-suite", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "level", "suite", "number"], name="a_unit_has_one_number_in_its_family"
            ),
            models.CheckConstraint(condition=Q(assessment__in=Assessment.values), name="assessment_is_among_its_words"),
        ]

    def __str__(self) -> str:
        return f"Unit {self.number} {self.title}"

    @property
    def family(self) -> tuple[str, int, str]:
        """Subject, level and suite."""
        return self.subject, self.level, self.suite

    @property
    def is_examined(self) -> bool:
        """Whether it is entered for a series; a moderated unit is claimed."""
        return self.assessment == Assessment.EXAMINED

    @property
    def unverified(self) -> list[str]:
        """The names of its cells that no source confirms."""
        return unverified_cells(self.source)

    def code_under(self, scheme_code: str) -> str:
        """Its code under the entry code of a qualification, as in 05834/01."""
        return full_unit_code(scheme_code, self.number)

    def is_available_in(self, kind: str) -> bool:
        """Whether it can be sat in a January or June series."""
        return {SeriesKind.JANUARY: self.in_january, SeriesKind.JUNE: self.in_june}.get(SeriesKind(kind), False)


class Approval(models.Model):
    """That a centre may enter candidates for a subject, level and suite, from one day to another."""

    centre = models.ForeignKey("centres.Centre", on_delete=models.CASCADE, related_name="technicals_approvals")
    subject = models.CharField(max_length=60)
    level = models.PositiveSmallIntegerField(choices=Level)
    suite = models.CharField(max_length=4, choices=Suite)
    since = models.DateField(default=date.today)
    until = models.DateField(null=True, blank=True, help_text="The last day; empty for no end.")

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        ordering = ["centre", "subject", "level", "-suite", "since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="technicals_approval_ends_after_it_begins",
                violation_error_message="The last day of an approval must not be before its first. Check both dates.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject}, level {self.level}, {self.get_suite_display()}, from {self.since}"

    @property
    def family(self) -> tuple[str, int, str]:
        """Subject, level and suite."""
        return self.subject, self.level, self.suite


class Series(models.Model):
    """A set of registrations (one an academic year), or a January or June series of examinations.

    All days are days in the United Kingdom, and each is open to its last minute.
    """

    kind = models.CharField(max_length=12, choices=SeriesKind)
    year = models.PositiveSmallIntegerField(help_text="Of the examinations; for registrations, of the September.")
    opens_on = models.DateField(help_text="The first day on which entries are taken.")
    entry_deadline = models.DateField(help_text="The last day without a late charge; for registrations, the last day.")
    late_until = models.DateField(null=True, blank=True, help_text="The last day on which late entries are taken.")
    refund_until = models.DateField(null=True, blank=True, help_text="The last day to withdraw with a refund.")
    no_change_from = models.DateField(null=True, blank=True, help_text="The first day on which nothing can be changed.")
    results_on = models.DateField(null=True, blank=True)
    is_sample = models.BooleanField("sample dates", default=False, help_text="Centres see that dates are examples.")

    objects = SeriesQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_on", "kind"]
        verbose_name_plural = "series"
        constraints = [
            models.UniqueConstraint(fields=["kind", "year"], name="a_series_comes_once_a_year"),
            models.CheckConstraint(condition=Q(kind__in=SeriesKind.values), name="series_kind_is_among_its_words"),
            models.CheckConstraint(
                condition=Q(entry_deadline__gte=F("opens_on"))
                & (Q(late_until=None) | Q(late_until__gte=F("entry_deadline"))),
                name="a_series_closes_after_it_opens",
                violation_error_message="The days must stand in order: opens, entry deadline, late entries until.",
            ),
        ]

    def __str__(self) -> str:
        if self.kind == SeriesKind.REGISTRATION:
            return f"Registrations {self.year}/{(self.year + 1) % 100:02}"
        return f"{self.get_kind_display()} {self.year}"

    @property
    def slug(self) -> str:
        """Its name in addresses, as in january-2027."""
        return f"{self.kind}-{self.year}"

    @property
    def is_exam_series(self) -> bool:
        """Whether examined units are sat in it."""
        return self.kind in EXAM_SERIES

    @property
    def window(self) -> Window:
        """When entries are taken without a late charge."""
        return _window(self.opens_on, self.entry_deadline)

    @property
    def window_with_late(self) -> Window:
        """When entries are taken at all."""
        return _window(self.opens_on, self.late_until or self.entry_deadline)


class Price(models.Model):
    """What something costs from one day to another; an empty amount is "on invoice", never nothing.

    The most special one counts: by entry code, then by level, then for all.
    """

    kind = models.CharField(max_length=12, choices=PriceKind)
    code = models.CharField("entry code", max_length=5, blank=True, help_text="Empty: all codes.")
    level = models.PositiveSmallIntegerField(null=True, blank=True, choices=Level, help_text="Empty: all levels.")
    amount = models.PositiveIntegerField("amount in pence", null=True, blank=True, help_text="Empty: on invoice.")
    since = models.DateField()
    until = models.DateField(null=True, blank=True, help_text="The last day; empty for no end.")
    is_sample = models.BooleanField("sample amount", default=False)

    objects = PriceQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "code", "level", "-since"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")),
                name="a_price_ends_after_it_begins",
                violation_error_message="The last day of a price must not be before its first. Check both dates.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.code or self.get_level_display() or 'all'} from {self.since}"


def _window(first: date, last: date) -> Window:
    return Window(datetime.combine(first, time(0), UK), datetime.combine(last, LAST_MINUTE, UK))
