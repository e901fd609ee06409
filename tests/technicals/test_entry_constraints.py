"""What the database holds to whatever the program does: standing registrations, what follows what, credits."""

import pytest
from django.db import IntegrityError, transaction
from django.db.migrations.loader import MigrationLoader

from technicals.enums import EntryState, FeeReason, PriceKind
from technicals.models import FeeLine, Registration
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import QualificationFactory, RegistrationFactory
from tests.technicals.submissions import charge

pytestmark = pytest.mark.django_db
LIVE, WITHDRAWING = EntryState.LIVE, EntryState.WITHDRAWING


@pytest.fixture
def candidate(centre):
    return CandidateFactory(centre=centre)


@pytest.fixture
def register(candidate, centre):
    """Makes a registration of the candidate for a code."""

    def act(code, **fields):
        return RegistrationFactory(
            centre=centre, candidate=candidate, qualification=QualificationFactory(code=code), **fields
        )

    return act


def is_refused(act, *args, **fields):
    """Whether the database refuses it."""
    try:
        with transaction.atomic():
            act(*args, **fields)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize(
    ("state", "expected"),
    [(LIVE, True), (WITHDRAWING, True)] + [(state, False) for state in EntryState if state not in (LIVE, WITHDRAWING)],
)
def test_a_candidate_has_one_registration_that_stands_under_a_code(state, expected, register):
    register("05834", state=state)

    assert is_refused(register, "05834") == expected
    assert not is_refused(register, "05835")


@pytest.mark.parametrize(("state", "expected"), [(LIVE, True), (WITHDRAWING, True), (EntryState.WITHDRAWN, False)])
def test_a_registration_is_followed_by_one_that_stands(state, expected, register):
    first = register("05834", state=EntryState.TOPPED_UP)
    register("99991", follows=first, state=state)

    assert is_refused(register, "99992", follows=first) == expected


def test_a_state_is_one_of_those_that_there_are(register):
    registration = register("05834")

    assert is_refused(Registration.objects.filter(pk=registration.pk).update, state="gone")


def test_a_charge_is_credited_once_and_a_credit_names_it(register):
    line = charge(register("05834"), 5000)
    of_a_credit = {"reason": FeeReason.CORRECTION}

    assert is_refused(charge, line.registration, -5000, **of_a_credit)
    assert is_refused(charge, line.registration, 5000, credits=line)
    assert not is_refused(charge, line.registration, -5000, credits=line, **of_a_credit)
    assert is_refused(charge, line.registration, -5000, credits=line, **of_a_credit)
    assert FeeLine.objects.filter(kind=PriceKind.REGISTRATION).count() == 2


def test_every_migration_can_be_taken_back():
    migrations = MigrationLoader(None).disk_migrations

    stuck = [
        (name, operation)
        for (app, name), migration in migrations.items()
        if app == "technicals"
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []
