from django.db.models import TextChoices


class Paper(TextChoices):
    """The papers in use (guide 4.3)."""

    STEP_2 = "step-2", "STEP 2"
    STEP_3 = "step-3", "STEP 3"


class Combination(TextChoices):
    """The papers that one entry can be for (decision 0002: one entry a candidate and session)."""

    STEP_2 = "step-2", "STEP 2"
    STEP_3 = "step-3", "STEP 3"
    BOTH = "step-2-and-3", "STEP 2 and STEP 3"


PAPERS_OF = {
    Combination.STEP_2: (Paper.STEP_2,),
    Combination.STEP_3: (Paper.STEP_3,),
    Combination.BOTH: (Paper.STEP_2, Paper.STEP_3),
}
"""Which papers a combination names."""


class EntryStatus(TextChoices):
    """Where an entry stands, in the guide's words (guide 5)."""

    NOT_YET_CONFIRMED = "not-yet-confirmed", "NOT YET CONFIRMED"
    CONFIRMED = "confirmed", "CONFIRMED"
    WITHDRAWN = "withdrawn", "WITHDRAWN"


LIVE = (EntryStatus.NOT_YET_CONFIRMED, EntryStatus.CONFIRMED)
"""Statuses of entries that stand in Current entries."""


class Exported(TextChoices):
    """Which entries of a session a file for the marking chain holds."""

    CONFIRMED = "confirmed", "Confirmed entries only"
    LIVE = "live", "Confirmed and not yet confirmed entries"
    ALL = "all", "All entries, withdrawn ones too"


EXPORTED_STATUSES = {
    Exported.CONFIRMED: (EntryStatus.CONFIRMED,),
    Exported.LIVE: LIVE,
    Exported.ALL: tuple(EntryStatus),
}


class ConfirmationOutcome(TextChoices):
    """Why a run did not confirm an entry that was due."""

    HELD = "held", "Held by staff"
    REFUSED = "refused", "Refused by a rule"


class Audience(TextChoices):
    """Which centres a notice is for."""

    ALL = "all", "All centres"
    INTERNAL = "internal", "Internal centres"
    OPEN = "open", "Open centres"
