"""Cookies and headers on every route, and what GET must not do (S29 to S33)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.plugins.otp_totp.models import TOTPDevice

from tests.accounts.door import post_sign_in
from tests.factories.accounts import PASSWORD
from tests.security.tables import all_rows

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
NAMES = [
    "SESSION_COOKIE_NAME",
    "SESSION_COOKIE_SECURE",
    "SESSION_COOKIE_HTTPONLY",
    "SESSION_COOKIE_SAMESITE",
    "SESSION_COOKIE_PATH",
    "SESSION_COOKIE_DOMAIN",
    "CSRF_COOKIE_NAME",
    "CSRF_COOKIE_SECURE",
    "CSRF_COOKIE_SAMESITE",
    "CSRF_COOKIE_PATH",
    "CSRF_COOKIE_DOMAIN",
    "SECURE_HSTS_SECONDS",
    "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    "SECURE_SSL_REDIRECT",
]
EVIDENCE = "requests:evidence"
"""A file that has a policy of its own, and whose opening is to be in the history: tested with its view (S56)."""
BROKEN = ["/no/such/page/", "/step/entries/S99999/"]


@pytest.fixture(scope="module")
def production():
    """Settings as production has them, read in a process of its own."""
    code = (
        f"import json; from django.conf import settings as s; print(json.dumps({{n: getattr(s, n) for n in {NAMES}}}))"
    )
    own = {"DJANGO_SETTINGS_MODULE": "entries_portal.settings.base", "SECRET_KEY": "x" * 60}
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | own
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    return json.loads(done.stdout)


@pytest.fixture
def as_production(production, settings):
    """This test under production's cookies and headers; requests have to say that they are secure."""
    for name, value in production.items():
        setattr(settings, name, value)


@pytest.fixture
def answers(signed_in, officer, staff, routes):
    """What the officer gets at every route, and staff at the admin, by address."""
    client, board = signed_in(officer), signed_in(staff)
    left_out = ("accounts:logout", EVIDENCE)
    urls = [url for name, url in routes.items() if not name.startswith("admin:") and name not in left_out]
    answers = {url: client.get(url) for url in [*urls, *BROKEN]}
    return answers | {"/admin/": board.get("/admin/"), "/admin/accounts/user/": board.get("/admin/accounts/user/")}


def test_s29_cookies_are_bound_to_the_host_secure_and_not_for_scripts(client, officer, as_production):
    client.get("/account/sign-in/", secure=True)
    client.post("/account/sign-in/", {"username": officer.email, "password": PASSWORD}, secure=True)

    cookies = {name.partition("-known-")[0]: cookie for name, cookie in client.cookies.items()}

    assert set(cookies) == {"__Host-session", "__Host-csrf", "__Host"}
    for name, cookie in cookies.items():
        assert (cookie["secure"], cookie["path"], cookie["domain"], cookie["samesite"]) == (True, "/", "", "Lax")
        assert bool(cookie["httponly"]) is (name != "__Host-csrf")


def test_s29_no_route_sets_a_cookie_of_another_kind(answers):
    set_anywhere = {name for answer in answers.values() for name in answer.cookies}

    assert set_anywhere <= {"session", "csrf"}


def test_s30_every_route_carries_the_headers(answers):
    for url, answer in answers.items():
        policy = answer.headers["Content-Security-Policy"]
        for part in ("object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "default-src 'self'"):
            assert part in policy, url
        assert "unsafe" not in policy, url
        assert answer.headers["X-Content-Type-Options"] == "nosniff", url
        assert answer.headers["Referrer-Policy"] == "same-origin", url
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", url
        assert "camera=()" in answer.headers["Permissions-Policy"], url


def test_s30_no_page_of_ours_holds_an_inline_script_or_style(answers):
    for url, answer in answers.items():
        if answer.headers["Content-Type"].startswith("text/html") and not url.startswith("/admin/"):
            assert re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"", answer.text) == [], url


def test_s30_error_pages_carry_the_headers_too(client, signed_in, officer, monkeypatch):
    browser = signed_in(officer)
    browser.raise_request_exception = False
    monkeypatch.setattr("accounts.views.details.MyDetailsView.get_context_data", None)

    errors = {
        400: client.get("/help/", headers={"host": "evil.example"}),
        403: Client(enforce_csrf_checks=True).post("/account/sign-in/", {}),
        404: browser.get("/no/such/page/"),
        500: browser.get("/account/my-details/"),
    }

    for status, answer in errors.items():
        assert answer.status_code == status
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_s30_production_promises_https_for_a_year(client, as_production):
    answer = client.get("/help/", secure=True)

    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"
    assert client.get("/help/").headers["Location"] == "https://testserver/help/"


def test_s31_get_head_and_options_change_nothing(signed_in, officer, routes):
    client = signed_in(officer)
    client.get("/")
    passing = {"sessions.session", "accounts.signedinsession"}
    before = all_rows(without=passing)

    urls = [url for name, url in routes.items() if name != EVIDENCE]
    for url in [*urls, *urls]:
        for method in (client.get, client.head, client.options):
            method(url)

    assert all_rows(without=passing) == before


def test_s31_twin_a_page_that_writes_when_it_is_opened_is_found(signed_in, officer, routes, monkeypatch):
    client = signed_in(officer)
    client.get("/")
    before = all_rows(without={"sessions.session", "accounts.signedinsession"})

    def stored(user, key):
        return TOTPDevice.objects.create(user=user, confirmed=False)

    monkeypatch.setattr("accounts.views.details.begin_second_factor", stored)
    for url in routes.values():
        client.get(url)

    assert all_rows(without={"sessions.session", "accounts.signedinsession"}) != before


def test_s31_every_change_needs_a_token_of_its_page(officer, routes):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)
    before = all_rows(without={"sessions.session", "accounts.signedinsession"})

    answers = {name: client.post(url, {"name": "X"}).status_code for name, url in routes.items()}

    refused = {name for name, status in answers.items() if status == 403}
    assert refused >= {name for name in routes if not name.startswith(("admin:", "step_entries:"))} - {"health"}
    assert all_rows(without={"sessions.session", "accounts.signedinsession"}) == before


@pytest.mark.parametrize(
    "target",
    [
        *("https://evil.example/", "//evil.example/", "///evil.example/", "\\\\evil.example", "/\\evil.example"),
        *("http:evil.example", "https:///evil.example", "javascript:alert(1)", "data:text/html,x", "\t//evil.example"),
        *("https://testserver@evil.example/", "https://testserver.evil.example/", "ftp://testserver/", "http:///x"),
    ],
)
def test_s32_nobody_is_led_to_another_site_after_signing_in(client, officer, target):
    answer = post_sign_in(client, officer.email, PASSWORD, next=target)

    assert answer.url == reverse("accounts:home")


def test_s32_the_own_page_that_was_asked_for_is_led_to(client, officer):
    assert post_sign_in(client, officer.email, PASSWORD, next="/step/?page=2").url == "/step/?page=2"


def test_s33_no_signed_in_page_is_stored_by_the_browser(answers):
    for url, answer in answers.items():
        assert "no-store" in answer.headers["Cache-Control"], url


def test_s33_nor_one_of_a_person_whose_session_has_just_begun(client, officer):
    answer = post_sign_in(client, officer.email, PASSWORD)
    page = client.get("/account/my-details/")

    assert (answer.status_code, page.headers["Cache-Control"]) == (302, "no-store")
