from django.db.models import TextChoices


class UploadState(TextChoices):
    """How far a file has come."""

    RECEIVED = "received", "RECEIVED: not read yet"
    NOT_TAKEN = "not-taken", "NOT TAKEN"
    HEADINGS = "headings", "NOT ENTERED: headings to match"
    OPEN = "open", "NOT ENTERED"
    QUEUED = "queued", "SUBMITTED: being entered"
    PARTLY = "partly-entered", "PARTLY ENTERED"
    ENTERED = "entered", "ENTERED"


class RowState(TextChoices):
    """What has become of a row. Whether an open one is ready is judged each time it is shown."""

    OPEN = "open", "not entered"
    SET_ASIDE = "set-aside", "set aside"
    ENTERED = "entered", "entered"
