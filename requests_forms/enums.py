from django.db.models import TextChoices


class Kind(TextChoices):
    """What a centre can ask for: the STEP team (guide 2.3, 4.6, 6.1 to 6.3, 7.1), or OCR (decision 0019)."""

    ACCESS_ARRANGEMENT = "access-arrangement", "Access arrangement"
    ENTRY_AMENDMENT = "entry-amendment", "Entry amendment"
    TIMETABLE_VARIATION = "timetable-variation", "Timetable variation"
    WITHDRAWAL = "withdrawal", "Withdrawal"
    SPECIAL_CONSIDERATION = "special-consideration", "Special consideration"
    ACCOUNT_CHANGE = "account-change", "Account or centre change"
    INVOICE_QUERY = "invoice-query", "Invoice query"
    CANDIDATE_CORRECTION = "candidate-correction", "Correction of a candidate"


OF_TECHNICALS = (Kind.INVOICE_QUERY, Kind.CANDIDATE_CORRECTION)
"""What is asked about Cambridge Technicals."""
ABOUT_AN_ENTRY = tuple(kind for kind in Kind if kind not in (Kind.ACCOUNT_CHANGE, *OF_TECHNICALS))
"""The five webforms of an entry's Action list."""
DIFFERING = (Kind.ENTRY_AMENDMENT, Kind.CANDIDATE_CORRECTION)
"""What asks for other values of something, and says how they differ from those of now."""


class Status(TextChoices):
    """Where a request stands (decision 0016)."""

    DRAFT = "draft", "Not sent"
    SUBMITTED = "submitted", "Submitted"
    IN_PROGRESS = "in-progress", "In progress"
    MORE_INFORMATION = "more-information", "More information needed"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"
    COMPLETED = "completed", "Completed"
    WITHDRAWN = "withdrawn", "Withdrawn by the centre"


OPEN = (Status.SUBMITTED, Status.IN_PROGRESS, Status.MORE_INFORMATION)
"""Statuses of requests that were sent and wait for an end."""
ENDED = (Status.APPROVED, Status.DECLINED, Status.COMPLETED, Status.WITHDRAWN)
"""Statuses that nothing leads out of."""
SENT = (*OPEN, *ENDED)
"""Statuses of requests that were sent."""


class Act(TextChoices):
    """What is done with a request, by the centre or by the team that decides it."""

    SAVE = "save", "Save"
    SEND = "send", "Send request"
    SEND_AHEAD = "send-ahead", "Send request; evidence will follow"
    DISCARD = "discard", "Discard"
    WITHDRAW = "withdraw", "Withdraw request"
    ANSWER = "answer", "Send answer"
    TAKE_UP = "take-up", "Take up"
    ASK = "ask", "Ask for more information"
    ACCEPT = "accept", "Accept"
    DECLINE = "decline", "Decline"


class Severity(TextChoices):
    """How hard an event hit a candidate: chosen by staff, never told to the centre."""

    MINOR = "minor", "Minor"
    MODERATE = "moderate", "Moderate"
    SERIOUS = "serious", "Serious"
    VERY_SERIOUS = "very-serious", "Very serious"


class ScanState(TextChoices):
    """Whether a file of evidence can be opened."""

    HELD = "held", "Being checked for viruses"
    CLEAN = "clean", "Checked"
    INFECTED = "infected", "Not kept: a virus was found"


class WithdrawalReason(TextChoices):
    """Why a candidate withdraws after closing (guide 6.3)."""

    MEDICAL = "medical", "Medical reasons"
    COMPASSIONATE = "compassionate", "Compassionate reasons"
    OTHER = "other", "Other"


class VariationReason(TextChoices):
    """Why a candidate cannot begin a paper at its time."""

    CLASH = "clash", "Clash with another examination"
    TRAVEL = "travel", "Travel or time zone"
    RELIGION = "religion", "Religious observance"
    MEDICAL = "medical", "Medical reasons"
    CENTRE = "centre", "The centre cannot run the test at that time"
    OTHER = "other", "Other"


class ConsiderationReason(TextChoices):
    """What happened to a candidate at or before a test."""

    ILLNESS = "illness", "Illness"
    INJURY = "injury", "Injury"
    BEREAVEMENT = "bereavement", "Bereavement or family crisis"
    DISTURBANCE = "disturbance", "Disturbance in the room"
    ARRANGEMENT = "arrangement", "Approved arrangement not given"
    ERROR = "error", "Error by the centre or in the materials"
    ABSENCE = "absence", "Absent for all or part of the test"
    OTHER = "other", "Other"


MEDICAL_CONSIDERATIONS = (ConsiderationReason.ILLNESS, ConsiderationReason.INJURY)
"""The reasons that need evidence (guide 7.1)."""


class AccountChange(TextChoices):
    """What is to change in a centre's accounts or details (guide 2.3)."""

    ADD_USER = "add-user", "Add a user"
    AMEND_USER = "amend-user", "Change a user's details"
    REMOVE_USER = "remove-user", "Remove a user"
    EXAMS_OFFICER = "exams-officer", "Change of exams officer"
    CENTRE_NAME = "centre-name", "Change of the centre's name"
    CENTRE_ADDRESS = "centre-address", "Change of the centre's address"
    ACCOUNTS_CONTACT = "accounts-contact", "Change of the accounts contact"


ABOUT_A_USER = (AccountChange.AMEND_USER, AccountChange.REMOVE_USER)
"""The changes whose subject is a user of the centre."""


class Queried(TextChoices):
    """What about an invoice is queried."""

    AMOUNT = "amount", "An amount"
    NOT_OURS = "not-ours", "A candidate or an entry that should not be on it"
    ORDER_NUMBER = "order-number", "An order number"
    CREDIT = "credit", "A credit that is missing"
    OTHER = "other", "Something else"


class CorrectionReason(TextChoices):
    """Why a candidate's whole name or date of birth is to be another."""

    TYPING = "typing", "Typing error"
    LEGAL_NAME = "legal-name", "Legal change of name"
    OTHER = "other", "Other"


class EvidenceHeld(TextChoices):
    """What shows a candidate's need, and is held by the centre."""

    FORM_8 = "form-8", "Form 8 or an assessor's report"
    FORM_9 = "form-9", "Form 9 or a file note"
    MEDICAL = "medical", "Letter of a doctor, hospital or therapist"
    PLAN = "plan", "Education, health and care plan, or a similar plan"
    OTHER = "other", "Other evidence"
