"""What every page shares: frame, headers, error pages, health."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from entries_portal.busy import BusyMiddleware

pytestmark = pytest.mark.django_db


def test_the_frame_shows_name_centre_and_number(signed_in, officer, session):
    page = signed_in(officer).get("/").text

    assert "<span>Olivia Marsh</span>" in page
    assert 'Northgate School, <span class="entry-number">61111</span>' in page
    assert "Log out</button>" in page


def test_the_frame_has_no_inline_script_or_style(signed_in, officer, session):
    page = signed_in(officer).get("/").text

    assert "<style" not in page
    assert " style=" not in page
    assert page.count("<script") == page.count("<script src=")


def test_every_answer_carries_a_content_security_policy(client):
    for url in (reverse("accounts:login"), reverse("help"), "/nothing/here/"):
        policy = client.get(url, follow=True).headers["Content-Security-Policy"]

        assert "default-src 'self'" in policy
        assert "frame-ancestors 'none'" in policy
        assert "unsafe-inline" not in policy


def test_a_page_that_is_not_there_says_what_to_do_with_a_reference(signed_in, officer, session):
    page = signed_in(officer).get("/step/entries/S99999/")

    assert page.status_code == 404
    assert "There is no such page" in page.text
    assert "Quote the reference" in page.text


def test_a_mistake_of_the_portal_says_that_nothing_is_entered_twice(signed_in, officer, session, monkeypatch):
    def fails(**kwargs):
        raise RuntimeError

    monkeypatch.setattr("reports.queries.entries_breakdown", fails)
    client = signed_in(officer)
    client.raise_request_exception = False

    page = client.get("/")

    assert page.status_code == 500
    assert "an entry cannot be made twice" in page.text
    assert "RuntimeError" not in page.text


def test_health_says_up_and_no_more(client):
    answer = client.get(reverse("health"))

    assert (answer.status_code, answer.content) == (200, b"up")


def test_a_forged_host_is_refused(client):
    assert client.get("/help/", headers={"host": "evil.example"}).status_code == 400


def test_help_says_whom_to_ask_without_signing_in(client):
    page = client.get(reverse("help")).text

    assert "STEPMaths@ocr.org.uk" in page
    assert "+44 (0) 1223 553998" in page


class LockNotAvailable(Exception):
    """What the database's driver raises."""

    pgcode = "55P03"


def test_an_act_that_waited_in_vain_is_told_that_nothing_was_changed(signed_in, officer, session, monkeypatch):
    def waits(**kwargs):
        raise OperationalError from LockNotAvailable()

    monkeypatch.setattr("reports.queries.entries_breakdown", waits)

    page = signed_in(officer).get("/")

    assert (page.status_code, page["Retry-After"]) == (503, "10")
    assert "Nothing was changed. Wait ten seconds" in page.text


def test_only_a_wait_in_vain_is_told_as_one(rf):
    answer = BusyMiddleware(lambda request: None).process_exception

    assert answer(rf.get("/"), OperationalError("The connection is lost.")) is None
    assert answer(rf.get("/"), ValueError()) is None
