"""The evening of the deadline: everybody submits at once, and everybody clicks twice."""

import http.client
import re
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.conf import settings
from django.middleware.csrf import _get_new_csrf_string
from django.test import Client

from core.models import HistoryEntry
from outbox.enums import EmailStatus
from outbox.models import OutgoingEmail
from step_entries.models import StepDraft, StepEntry
from tests.factories.candidates import in_letters
from tests.factories.step_entries import answers_for
from tests.races.server import gunicorn

CONNECTIONS = 100


@pytest.fixture
def entries(is_long):
    """How many candidates are submitted, each by two clicks."""
    return 500 if is_long else 60


@pytest.fixture
def drafts(session, centre, officer, now, entries):
    return StepDraft.objects.bulk_create(
        StepDraft(
            session=session,
            centre=centre,
            started_by=officer,
            answers=answers_for(session, last_name=f"Smith{in_letters(number)}", ucas_id=""),
            created_at=now,
            modified_at=now,
        )
        for number in range(entries)
    )


@pytest.fixture
def headers(officer):
    client = Client()
    client.force_login(officer, settings.AUTHENTICATION_BACKENDS[0])
    session, csrf = client.cookies[settings.SESSION_COOKIE_NAME].value, _get_new_csrf_string()
    return {
        "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={csrf}",
        "X-CSRFToken": csrf,
        "Content-Type": "application/x-www-form-urlencoded",
    }


def double_click_all(server, headers, drafts):
    """Post every Submit twice, up to 100 in flight together; draft, status and location of each answer."""

    def click(draft):
        browser = http.client.HTTPConnection(*server, timeout=120)
        browser.request("POST", f"/step/drafts/{draft.key}/check/", body=f"seen={draft.fingerprint}", headers=headers)
        response = browser.getresponse()
        response.read()
        browser.close()
        return draft.key, response.status, response.headers.get("Location", "")

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        return list(pool.map(click, [draft for draft in drafts for _ in range(2)]))


def message_ids(folder):
    """The Message-ID of every mail written; Django puts some into one file."""
    return [found for path in folder.iterdir() for found in re.findall(r"^Message-ID: (.+)$", path.read_text(), re.M)]


@pytest.mark.long
def test_every_entry_is_double_clicked_and_made_once(headers, drafts, entries, tmp_path):
    with gunicorn("entries_portal.wsgi", tmp_path) as server:
        answers = double_click_all(server, headers, drafts)

    assert Counter(status for _, status, _ in answers) == {302: 2 * entries}
    assert all(re.fullmatch(r"/step/entries/S\d{5}/confirmation/", location) for _, _, location in answers)
    assert len({(key, location) for key, _, location in answers}) == entries
    assert sorted(StepEntry.objects.values_list("number", flat=True)) == [f"S{n:05}" for n in range(1, entries + 1)]
    assert HistoryEntry.objects.filter(action="step-entry.submitted").count() == entries
    assert OutgoingEmail.objects.filter(status=EmailStatus.SENT).values("message_id").distinct().count() == entries
    assert sorted(message_ids(tmp_path / "mail")) == sorted(OutgoingEmail.objects.values_list("message_id", flat=True))
    assert OutgoingEmail.objects.count() == entries


@pytest.mark.long
def test_twin_without_the_guards_entries_are_doubled(headers, drafts, entries, no_constraints, tmp_path):
    with gunicorn("tests.races.unguarded", tmp_path) as server:
        double_click_all(server, headers, drafts)

    assert StepEntry.objects.count() > entries
