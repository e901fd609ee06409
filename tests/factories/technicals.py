"""Cambridge Technicals: the catalogue, series, prices, approvals, and what centres submitted."""

from datetime import date, timedelta
from pathlib import Path

import factory
from django.conf import settings
from django.utils import timezone

from core.moments import uk_date
from technicals.codecs.catalogue import COMBINATIONS, QUALIFICATIONS, UNITS, Table, read_rows, values_of
from technicals.enums import Assessment, Channel, Level, PriceKind, SeriesKind, SubmissionStatus, Suite
from technicals.models import (
    Approval,
    EntryDraft,
    FeeLine,
    Invoice,
    InvoiceRun,
    Price,
    Qualification,
    Registration,
    Series,
    Submission,
    Unit,
    UnitEntry,
)

SHIPPED = Path(settings.BASE_DIR) / "technicals" / "data"
SOURCE = "https://example.org/handbook"


def today() -> date:
    """The day in the United Kingdom."""
    return uk_date(timezone.now())


class QualificationFactory(factory.django.DjangoModelFactory):
    """An entry code of Business, Level 3, 2016 suite, all of it verified; the first one is 05834, Certificate."""

    class Meta:
        model = Qualification
        django_get_or_create = ["code"]

    code = factory.Sequence(lambda n: f"{5834 + n:05}")
    suite = Suite.OF_2016
    level = Level.LEVEL_3
    subject = "Business"
    size = "Certificate"
    title = factory.LazyAttribute(lambda o: f"OCR Level {int(o.level)} Cambridge Technical {o.size} in {o.subject}")
    glh = 180
    source = SOURCE


class UnitFactory(factory.django.DjangoModelFactory):
    """An examined unit of Business, Level 3, 2016 suite; a moderated one is in no series."""

    class Meta:
        model = Unit
        django_get_or_create = ["subject", "level", "suite", "number"]

    subject = "Business"
    level = Level.LEVEL_3
    suite = Suite.OF_2016
    number = factory.Sequence(lambda n: n + 1)
    title = factory.LazyAttribute(lambda o: f"Unit of {o.subject} {o.number}")
    assessment = Assessment.EXAMINED
    in_january = factory.LazyAttribute(lambda o: o.assessment == Assessment.EXAMINED)
    in_june = factory.SelfAttribute("in_january")
    glh = 60
    source = SOURCE


class TechnicalsApprovalFactory(factory.django.DjangoModelFactory):
    """That a centre may enter for Business, Level 3, 2016 suite, since a year and for three more."""

    class Meta:
        model = Approval

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    subject = "Business"
    level = Level.LEVEL_3
    suite = Suite.OF_2016
    since = factory.LazyFunction(lambda: today() - timedelta(days=365))
    until = factory.LazyFunction(lambda: today() + timedelta(days=3 * 365))


class SeriesFactory(factory.django.DjangoModelFactory):
    """The January series of the next year: entries opened 30 days ago, cost no late charge for 30 more days."""

    class Meta:
        model = Series
        django_get_or_create = ["kind", "year"]

    kind = SeriesKind.JANUARY
    year = factory.LazyFunction(lambda: today().year + 1)
    opens_on = factory.LazyFunction(lambda: today() - timedelta(days=30))
    entry_deadline = factory.LazyAttribute(lambda o: o.opens_on + timedelta(days=60))
    late_until = factory.LazyAttribute(lambda o: o.entry_deadline + timedelta(days=30))
    refund_until = factory.LazyAttribute(lambda o: o.late_until + timedelta(days=10))
    no_change_from = factory.LazyAttribute(lambda o: o.refund_until + timedelta(days=60))
    results_on = factory.LazyAttribute(lambda o: o.no_change_from + timedelta(days=7))


def exam_series(kind: str = SeriesKind.JANUARY, year: int | None = None, **days: date | None) -> Series:
    """A January or June series, open now unless its days say otherwise; by default of the next year."""
    return SeriesFactory(kind=kind, year=year or today().year + 1, **days)


def registration_series(on: date | None = None) -> Series:
    """The set of registrations of the academic year, September to August, of a day; by default of today."""
    on = on or today()
    september = on.year if on.month >= 9 else on.year - 1
    days = {"opens_on": date(september, 9, 1), "entry_deadline": date(september + 1, 8, 31)}
    others = dict.fromkeys(["late_until", "refund_until", "no_change_from", "results_on"])
    return SeriesFactory(kind=SeriesKind.REGISTRATION, year=september, **days, **others)


class PriceFactory(factory.django.DjangoModelFactory):
    """£50.00 for a registration, all codes, since a year and without an end."""

    class Meta:
        model = Price

    kind = PriceKind.REGISTRATION
    amount = 5000
    since = factory.LazyFunction(lambda: today() - timedelta(days=365))


class SubmissionFactory(factory.django.DjangoModelFactory):
    """A spreadsheet that has been processed."""

    class Meta:
        model = Submission

    number = factory.Sequence(lambda n: f"CT{500_000 + n:06}")
    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    channel = Channel.SPREADSHEET
    status = SubmissionStatus.PROCESSING_COMPLETE
    file_name = "technicals.csv"
    submitted_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    submitted_at = factory.LazyFunction(timezone.now)
    processed_at = factory.LazyAttribute(
        lambda o: o.submitted_at if o.status == SubmissionStatus.PROCESSING_COMPLETE else None
    )


class RegistrationFactory(factory.django.DjangoModelFactory):
    """A live full award entry, in the set of registrations of today's academic year."""

    class Meta:
        model = Registration

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    candidate = factory.SubFactory(
        "tests.factories.candidates.CandidateFactory", centre=factory.SelfAttribute("..centre")
    )
    submission = factory.SubFactory(SubmissionFactory, centre=factory.SelfAttribute("..centre"))
    qualification = factory.SubFactory(QualificationFactory, code="05834")
    series = factory.LazyFunction(registration_series)
    created_at = factory.SelfAttribute("submission.submitted_at")


class UnitEntryFactory(factory.django.DjangoModelFactory):
    """A live entry for unit 1 of Business in the January series that is open now."""

    class Meta:
        model = UnitEntry

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    candidate = factory.SubFactory(
        "tests.factories.candidates.CandidateFactory", centre=factory.SelfAttribute("..centre")
    )
    submission = factory.SubFactory(SubmissionFactory, centre=factory.SelfAttribute("..centre"))
    qualification = factory.SubFactory(QualificationFactory, code="05834")
    unit = factory.SubFactory(UnitFactory, number=1)
    series = factory.SubFactory(SeriesFactory)
    created_at = factory.SelfAttribute("submission.submitted_at")


class FeeLineFactory(factory.django.DjangoModelFactory):
    """£50.00 for the registration of somebody, on no invoice yet."""

    class Meta:
        model = FeeLine

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    registration = factory.SubFactory(RegistrationFactory, centre=factory.SelfAttribute("..centre"))
    submission = factory.LazyAttribute(lambda o: (o.registration or o.unit_entry).submission)
    kind = PriceKind.REGISTRATION
    amount = 5000
    created_at = factory.LazyAttribute(lambda o: o.submission.submitted_at)


class InvoiceRunFactory(factory.django.DjangoModelFactory):
    """A run of staff, of today."""

    class Meta:
        model = InvoiceRun

    until = factory.LazyFunction(today)
    by = factory.SubFactory("tests.factories.accounts.UserFactory", is_staff=True)
    at = factory.LazyFunction(timezone.now)


class InvoiceFactory(factory.django.DjangoModelFactory):
    """An invoice of £50.00 that was mailed to the finance office; its lines are made by whoever needs them."""

    class Meta:
        model = Invoice

    number = factory.Sequence(lambda n: f"TI{500_000 + n:06}")
    run = factory.SubFactory(InvoiceRunFactory)
    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    issued_at = factory.SelfAttribute("run.at")
    total = 5000
    accounts_contact = "The finance office"
    sent_to = "finance@school.example"


class EntryDraftFactory(factory.django.DjangoModelFactory):
    """A web form for a full award or units, begun now, with nobody on it yet."""

    class Meta:
        model = EntryDraft

    centre = factory.SubFactory("tests.factories.centres.CentreFactory")
    qualification = factory.SubFactory(QualificationFactory, code="05834")
    started_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    started_at = factory.LazyFunction(timezone.now)
    changed_at = factory.SelfAttribute("started_at")


def load_reference() -> None:
    """The catalogue that is shipped: every entry code and unit, and the rules of combination."""
    Qualification.objects.bulk_create(Qualification(**values) for values in shipped(QUALIFICATIONS))
    Unit.objects.bulk_create(Unit(**values) for values in shipped(UNITS))
    for values in shipped(COMBINATIONS):
        Qualification.objects.filter(code=values.pop("code")).update(**values)


def shipped(table: Table) -> list[dict[str, object]]:
    """The values of each row of a shipped file, by field."""
    _, rows = read_rows((SHIPPED / f"{table.name}.csv").read_bytes())
    return [values_of(table, row) for row in rows]
