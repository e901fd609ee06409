from django.db.models import TextChoices


class Shown(TextChoices):
    """Which entries a list shows, by where they stand."""

    CURRENT = "current", "All current entries"
    NOT_YET_CONFIRMED = "not-yet-confirmed", "NOT YET CONFIRMED"
    OVERDUE = "overdue", "NOT YET CONFIRMED after 48 hours"
    CONFIRMED = "confirmed", "CONFIRMED"
    WITHDRAWN = "withdrawn", "WITHDRAWN"


class UcasIds(TextChoices):
    """Which entries a list shows, by their UCAS ID."""

    ALL = "all", "With and without"
    MISSING = "missing", "Missing"


class Requests(TextChoices):
    """Which entries a list shows, by what was asked for them."""

    ALL = "all", "With and without"
    OPEN = "open", "Open"
    MORE_INFORMATION = "more-information", "More information needed"
    NONE = "none", "None"


class ReportRows(TextChoices):
    """What one row of the report stands for (guide 5.2 has one for each institution)."""

    INSTITUTIONS = "institutions", "For each candidate and institution"
    CANDIDATES = "candidates", "For each candidate"


class TechnicalsReport(TextChoices):
    """The reports on Cambridge Technicals."""

    ENTRIES = "entries", "Entries"
    CANDIDATES = "candidates", "Candidates"
    GROUPS = "groups", "Candidate groups"
    FEES = "fees", "Fees"
    WATCH = "to-look-at", "Registrations to look at"
