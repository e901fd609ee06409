"""The people of every test, and which tests can run on this machine."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client, TransactionTestCase
from django.utils import timezone
from django_otp import DEVICE_ID_SESSION_KEY
from factory.django import DjangoModelFactory

from centres.enums import Role
from step_entries.services import submit_entry
from tests.emptying import delete_rows
from tests.factories.accounts import UserFactory
from tests.factories.centres import CentreFactory, MembershipFactory
from tests.factories.step_entries import DraftFactory, SessionFactory

CHROMIUM = next(
    (path for name in ("chromium-headless-shell", "chromium", "google-chrome") if (path := shutil.which(name))), ""
)
HAS_SERVICES = bool(os.environ.get("DATABASE_URL", "").startswith("postgres") and os.environ.get("REDIS_URL"))
WITH_DATABASE = {"db", "transactional_db", "django_db_setup"}
"""Fixtures of tests that reach a database."""
BROWSER_TESTS = Path(__file__).parent / "browser"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="Run the tests marked long in their full length.")
    parser.addoption("--screenshots", action="store_true", help="Write every page under var/screenshots.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")
        elif not (WITH_DATABASE & set(item.fixturenames) or item.get_closest_marker("django_db")):
            item.add_marker("without_database")
        if "services" in item.keywords and not HAS_SERVICES:
            item.add_marker(pytest.mark.skip(reason=f"{item.name}: needs DATABASE_URL (PostgreSQL) and REDIS_URL"))
        if "browser" in item.keywords and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason=f"{item.name}: needs Chromium"))


@pytest.fixture(scope="session", autouse=True)
def deleted_rows() -> Iterator[None]:
    """After a test that commits, what it wrote is deleted; Django's own way empties all tables, which takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: delete_rows())
        yield


@pytest.fixture(autouse=True)
def factories_from_the_beginning() -> None:
    """What the factories count they count anew in each test: no name depends on the tests that ran before."""
    waiting = [DjangoModelFactory]
    while waiting:
        factory = waiting.pop()
        waiting += factory.__subclasses__()
        factory.reset_sequence(force=True)


@pytest.fixture(autouse=True)
def rested_hash_slots(settings: Any) -> None:
    """The files of hash slots tell by the clock how long they rest; a test that moves the clock begins without them."""
    shutil.rmtree(settings.VAR_DIR / "hashing", ignore_errors=True)


@pytest.fixture
def is_long(request: pytest.FixtureRequest) -> bool:
    """Whether tests marked long run in their full length."""
    return request.config.getoption("--long")


@pytest.fixture
def now() -> Any:
    return timezone.now()


@pytest.fixture
def centre(db: None) -> Any:
    """Northgate, approved for STEP."""
    return CentreFactory(number="61111", name="Northgate School")


@pytest.fixture
def entry(session: Any, centre: Any, officer: Any, now: Any) -> Any:
    """The entry of Ann Smith, as the officer's Submit makes it."""
    return submit_entry(draft=DraftFactory(session=session, centre=centre, started_by=officer), by=officer, at=now)


@pytest.fixture
def other_centre(db: None) -> Any:
    """Southfield, approved for STEP; nothing of it is visible to Northgate."""
    return CentreFactory(number="62222", name="Southfield College")


@pytest.fixture
def session(db: None) -> Any:
    """A session that is open now."""
    return SessionFactory()


@pytest.fixture
def officer(centre: Any) -> Any:
    """The exams officer of Northgate."""
    user = UserFactory(email="officer@northgate.example", name="Olivia Marsh")
    MembershipFactory(user=user, centre=centre)
    centre.exams_officer = user
    centre.save()
    return user


@pytest.fixture
def priya(centre: Any) -> Any:
    """A colleague of the officer who makes entries too."""
    user = UserFactory(email="priya@northgate.example", name="Priya Shah")
    MembershipFactory(user=user, centre=centre)
    return user


@pytest.fixture
def colleague(centre: Any) -> Any:
    """A read-only member of Northgate."""
    user = UserFactory(email="reader@northgate.example", name="Rahul Dean")
    MembershipFactory(user=user, centre=centre, role=Role.READ_ONLY)
    return user


@pytest.fixture
def officer_elsewhere(other_centre: Any) -> Any:
    """The exams officer of Southfield."""
    user = UserFactory(email="officer@southfield.example", name="Tom Hill")
    MembershipFactory(user=user, centre=other_centre)
    return user


@pytest.fixture
def staff(db: None) -> Any:
    """One of the STEP team."""
    return UserFactory(email="staff@board.example", name="Sam Taylor", is_staff=True)


@pytest.fixture
def stranger(db: None) -> Any:
    """Somebody who can sign in and belongs to no centre."""
    return UserFactory(email="stranger@nowhere.example", name="Nobody Known")


def pass_second_factor(client: Client) -> None:
    """As if a code had been entered: staff get nowhere without."""
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = "otp_totp.totpdevice/0"
    session.save()


@pytest.fixture
def signed_in() -> Any:
    """A client signed in as a person."""

    def client_of(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        if user.is_staff:
            pass_second_factor(client)
        return client

    return client_of
