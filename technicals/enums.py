from django.db.models import IntegerChoices, TextChoices


class Suite(TextChoices):
    """The two suites that live side by side: 2012 has moderated units only, 2016 examined ones too."""

    OF_2012 = "2012", "2012 suite"
    OF_2016 = "2016", "2016 suite"


class Level(IntegerChoices):
    """The levels of the Regulated Qualifications Framework in which there are Cambridge Technicals."""

    LEVEL_2 = 2, "Level 2"
    LEVEL_3 = 3, "Level 3"
    LEVEL_4 = 4, "Level 4"


class Assessment(TextChoices):
    """How a unit is assessed: by an examination that is entered for, or by a visit after a claim."""

    EXAMINED = "examined", "Examined"
    MODERATED = "moderated", "Moderated"


class EntryKind(TextChoices):
    """What an entry code enters for."""

    FULL = "full", "Full award"
    TOP_UP = "top-up", "Top-up"
    MOVING_DOWN = "moving-down", "Moving down"
    RE_ENTRY = "re-entry", "Re-entry"


class SeriesKind(TextChoices):
    """Registrations belong to the set of an academic year, unit entries to a series of examinations."""

    REGISTRATION = "registration", "Registrations"
    JANUARY = "january", "January"
    JUNE = "june", "June"


MOST_UNITS = 10
"""How many units a row of the spreadsheet can name (decision 0018)."""
UNIT_COLUMNS = tuple(f"unit_{number}" for number in range(1, MOST_UNITS + 1))

EXAM_SERIES = (SeriesKind.JANUARY, SeriesKind.JUNE)


class Channel(TextChoices):
    """The door by which a submission came."""

    SPREADSHEET = "spreadsheet", "Spreadsheet"
    WEB_FORM = "web-form", "Web form"
    TRANSFER = "transfer", "Transfer by OCR"


class SubmissionStatus(TextChoices):
    """The eight statuses of the guide, for spreadsheets, and the one of the web form (decision 0018)."""

    DUPLICATE_FILE = "duplicate-file", "Duplicate file"
    EMPTY_FILE = "empty-file", "Empty file"
    OCR_HANDLING_THIS = "ocr-handling-this", "OCR handling this"
    PROCESSING_COMPLETE = "processing-complete", "Processing complete"
    PROCESSING_IN_PROGRESS = "processing-in-progress", "Processing in progress"
    READ_AND_RECOGNISED = "read-and-recognised", "Read and recognised"
    READ_AND_REJECTED = "read-and-rejected", "Read and rejected"
    UPLOAD_FAILED = "upload-failed", "Upload failed"
    SUBMITTED = "submitted", "Submitted"


WAITING = (SubmissionStatus.READ_AND_RECOGNISED, SubmissionStatus.PROCESSING_IN_PROGRESS)
"""Statuses of submissions whose rows a worker still has to enter."""


class EntryState(TextChoices):
    """What has become of a registration or a unit entry."""

    LIVE = "live", "Entered"
    WITHDRAWN = "withdrawn", "Withdrawn"
    ABSENT = "absent", "Absent"
    TOPPED_UP = "topped-up", "Topped up"
    MOVED_DOWN = "moved-down", "Moved down"
    WITHDRAWING = "withdrawing", "Withdrawal pending"
    TRANSFERRED = "transferred", "Transferred"


STANDING = (EntryState.LIVE, EntryState.WITHDRAWING)
"""States of a registration that stands; while its withdrawal is pending nothing new can be entered under it."""
GONE = (EntryState.WITHDRAWN, EntryState.TRANSFERRED)
"""States of what counts no longer at its centre: neither as entered nor as an attempt there."""


class EntryOption(TextChoices):
    """What a candidate of the web form is entered for (guide "Select entry options")."""

    FULL = "full", "Full award entry"
    UNITS = "units", "Unit entry"


class WithdrawalReason(TextChoices):
    """Why an entry is withdrawn."""

    LEFT = "left", "The candidate has left"
    MEDICAL = "medical", "Medical reasons"
    BEREAVEMENT = "bereavement", "Bereavement"
    MISTAKE = "mistake", "Entered by mistake"
    OTHER = "other", "Other"


class PriceKind(TextChoices):
    """What a price is for."""

    REGISTRATION = "registration", "Registration"
    TOP_UP = "top-up", "Top-up"
    MOVING_DOWN = "moving-down", "Moving down"
    RE_ENTRY = "re-entry", "Re-entry"
    UNIT = "unit", "Unit entry, 2012 suite"
    RESIT = "resit", "Unit resit"
    LATE = "late", "Late entry"


class FeeReason(TextChoices):
    """Why a fee line stands there: the charge of an entry, or what it is credited for."""

    CHARGED = "charged", "Charged"
    REFUND = "refund", "Withdrawn by the refund date"
    CORRECTION = "correction", "Entered under a wrong code, and nothing of it used"
    DECISION = "decision", "Credited by OCR"


class Watched(TextChoices):
    """Why a registration or a unit entry is to be looked at."""

    PAST_COMPLETION = "past-completion", "Estimated completion has passed"
    COMPLETING = "completing", "Completes this academic year without a unit entry"
    NO_UNITS = "no-units", "No unit entry yet"
    NO_REGISTRATION = "no-registration", "Unit entry without a registration"
    WITHDRAWING = "withdrawing", "Withdrawal pending"
