import pytest

from step_entries.models import StepEntry
from tests.factories.step_entries import StepEntryFactory

pytestmark = pytest.mark.django_db


def test_candidates_are_put_in_order_by_their_plain_names_whatever_the_database(session, centre):
    names = [
        # first name, last name, plain last name
        ("Ann", "Dell", "Dell"),
        ("Ann", "de la Mare", "de la Mare"),
        ("ann", "Özil", "Ozil"),
        ("Zoe", "Lee", "Lee"),
        ("Ann", "Lee", "Lee"),
        ("Ann", "Leeson", "Leeson"),
        ("Ann", "Lee Smith", "Lee Smith"),
        ("Ann", "opie", "opie"),
        ("", "Zhou", "Zhou"),
    ]
    for first_name, last_name, plain in names:
        StepEntryFactory(
            session=session,
            centre=centre,
            first_name=first_name,
            last_name=last_name,
            plain_first_name=first_name,
            plain_last_name=plain,
        )

    in_order = [entry.name for entry in StepEntry.objects.with_name().order_by("sort_name")]

    assert in_order == [
        "Ann de la Mare",
        "Ann Dell",
        "Ann Lee",
        "Zoe Lee",
        "Ann Lee Smith",
        "Ann Leeson",
        "Ann opie",
        "ann Özil",
        "Zhou",
    ]
