from django.db.models import TextChoices


class AskKind(TextChoices):
    """What has to be told to the owner of an address, if it has one; looked into out of sight of who asked."""

    FORGOTTEN = "forgotten", "Forgotten password"
    LOCKED = "locked", "Locked after three wrong passwords"


class RequestKind(TextChoices):
    """Why a one-time password is mailed."""

    RESET = "reset", "Forgotten password"
    INVITATION = "invitation", "Invitation"
