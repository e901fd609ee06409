from django.db.models import TextChoices


class Gender(TextChoices):
    """The values that the board asks for (decision 0002)."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other / not stated"
