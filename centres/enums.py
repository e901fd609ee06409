from django.db.models import TextChoices


class CentreKind(TextChoices):
    """Whether a centre takes candidates from outside (guide 7.1: internal and open centres)."""

    INTERNAL = "internal", "Internal"
    OPEN = "open", "Open"


class Nation(TextChoices):
    """Where a centre is, for its bank holidays."""

    ENGLAND_AND_WALES = "england-and-wales", "England and Wales"
    SCOTLAND = "scotland", "Scotland"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
    ELSEWHERE = "elsewhere", "Outside the United Kingdom"


class Role(TextChoices):
    """What a person may do for a centre."""

    EXAMS_OFFICER = "exams-officer", "Exams officer"
    CENTRE_ADMINISTRATOR = "centre-administrator", "Centre administrator"
    READ_ONLY = "read-only", "Read-only"


class Subject(TextChoices):
    """What a centre can be approved to enter candidates for."""

    STEP = "step", "STEP Mathematics"
