from django.db.models import TextChoices


class Gender(TextChoices):
    """The values that the board asks for (decision 0002)."""

    FEMALE = "female", "Female"
    MALE = "male", "Male"
    OTHER = "other", "Other / not stated"


class Added(TextChoices):
    """Since when the candidates that a search shows were added (guide); the last choice is ours."""

    TODAY = "today", "today"
    DAYS = "7-days", "in the last 7 days"
    MONTH = "month", "in the last month"
    HALF_YEAR = "6-months", "in the last 6 months"
    YEAR = "year", "in the last year"
    TWO_YEARS = "2-years", "in the last 2 years"
    FIVE_YEARS = "5-years", "in the last five years"
    ANY = "any", "at any time"


class Clash(TextChoices):
    """Why two records may be of one person."""

    SAME_BIRTH = "same-birth", "Same name and date of birth"
    SWAPPED_BIRTH = "swapped-birth", "Same name, day and month of birth swapped"
    SAME_UCAS_ID = "same-ucas-id", "Same UCAS ID"
