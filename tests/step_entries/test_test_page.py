"""The test's own page (guide 4.1, 5.1)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from accounts.rules import IDLE
from step_entries.models import SessionPaper
from step_entries.services import extend_window

pytestmark = pytest.mark.django_db


def test_key_dates_the_deadline_for_modified_papers_and_fees_stand_in_the_box(signed_in, officer, session):
    session.modified_papers_until = datetime(2027, 4, 21, 23, 59, tzinfo=ZoneInfo("Europe/London"))
    session.save()
    SessionPaper.objects.update(fee_pence=None)
    SessionPaper.objects.filter(session=session, paper="step-2").update(fee_pence=9350)

    page = signed_in(officer).get(reverse("step_entries:test-page")).text

    box = page.partition('aria-labelledby="key-dates"')[2].partition("</aside>")[0]
    assert "Deadline for modified papers" in box
    assert "21 April 2027, 23:59 (BST)" in box
    assert "Fee: £93.50" in box
    assert "Fee: on the invoice" in box


def test_f37_an_open_page_can_ask_whether_the_closing_was_moved(signed_in, officer, centre, staff, session, now):
    client = signed_in(officer)
    client.get("/")
    before = client.get(reverse("step_entries:closing")).json()["closing"]
    later = session.closes_at + timedelta(days=1)
    extend_window(session=session, centre=centre, closes_at=later, reason="Network down", by=staff, at=now)

    answer = client.get(reverse("step_entries:closing")).json()

    assert before == session.window.deadline.isoformat()
    assert f'data-closing="{answer["closing"]}"' in client.get(reverse("reports:overview")).text
    assert datetime.fromisoformat(answer["closing"]) == later
    assert "The closing of registration was moved. It is now " in answer["sentence"]


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(signed_in, officer, session):
    client = signed_in(officer)
    client.get("/")
    began = officer.signed_in_sessions.get().last_seen_at
    officer.signed_in_sessions.update(last_seen_at=began - IDLE / 2)

    client.get(reverse("step_entries:closing"))

    assert officer.signed_in_sessions.get().last_seen_at == began - IDLE / 2
    client.get("/")
    assert officer.signed_in_sessions.get().last_seen_at > began - IDLE / 2
