"""The account's journeys in a real browser: by keyboard alone, with and without JavaScript, each page axe clean."""

import base64
import re
import time

import pytest
from django.utils import timezone
from django_otp.oath import TOTP
from playwright.sync_api import expect

from accounts import tasks
from accounts.services.people import invite_user
from centres.enums import Role
from outbox.tasks import sweep
from tests.browser.keyboard import Keyboard, arrive
from tests.factories.accounts import PASSWORD
from tests.factories.centres import MembershipFactory

NEW = "seventeen purple teapots"
SIGN_IN = "Log in to Entries Portal"


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def page(request, browser):
    with browser.new_context(java_script_enabled=request.param, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()
        page.has_scripts = request.param
        yield page


@pytest.fixture
def keys(page):
    return Keyboard(page)


@pytest.fixture
def door(page, live_server):
    """The Log in page, whose address was typed."""
    page.goto(f"{live_server.url}/account/sign-in/")
    arrive(page, SIGN_IN)


def mailed_password(mailoutbox, address):
    """The one-time password in the newest mail to an address."""
    tasks.answer_asks()
    sweep()
    [mail] = [message for message in mailoutbox if address in message.to and "Password: " in message.body][-1:]
    return re.search(r"^Password: (\S+)$", mail.body, re.M)[1]


def log_in(keys, username, password):
    keys.type_into("Username", username)
    keys.type_into("Password", password)
    keys.go()


def choose_password(keys):
    arrive(keys.page, "Choose a password")
    keys.type_into("New password", NEW)
    keys.type_into("Confirm new password", NEW)
    keys.press("Submit")


def is_refused(page, words):
    arrive(page, "There is something to mend")
    expect(page.locator(".error-summary")).to_contain_text(words)


def test_first_sign_in_by_invitation(page, keys, door, centre, staff, session, mailoutbox):
    user = invite_user(email="new@northgate.example", name="Nia New", by=staff, at=timezone.now())
    MembershipFactory(user=user, centre=centre)

    log_in(keys, user.email, mailed_password(mailoutbox, user.email).lower().replace("-", " "))
    choose_password(keys)

    arrive(page, "Entries Overview")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_lock_and_recovery(page, keys, door, officer, session, mailoutbox, settings):
    settings.RESET_DURING_LOCK = "at-once"
    for _ in range(3):
        log_in(keys, officer.email, "a wrong password")
    is_refused(page, "This account is locked for 30 minutes")
    log_in(keys, officer.email, PASSWORD)
    is_refused(page, "This account is locked for 30 minutes")

    keys.follow("I forgot my password")
    arrive(page, "I forgot my password")
    keys.type_into("Username", officer.email)
    keys.press("Send a new password")
    arrive(page, "A new password is on its way")
    keys.follow("Log in with the new password")
    arrive(page, SIGN_IN)
    log_in(keys, officer.email, mailed_password(mailoutbox, officer.email))
    choose_password(keys)

    arrive(page, "Entries Overview")


def test_change_of_password(page, keys, door, officer, session):
    log_in(keys, officer.email, PASSWORD)
    arrive(page, "Entries Overview")
    keys.follow("My Details")
    arrive(page, "My Details")
    keys.type_into("Existing password", "a wrong password")
    keys.type_into("New password", NEW)
    keys.type_into("Confirm new password", NEW)
    keys.press("Submit")
    is_refused(page, "The existing password is not right.")
    keys.type_into("Existing password", PASSWORD)
    keys.type_into("New password", NEW)
    keys.type_into("Confirm new password", NEW)
    keys.go()

    expect(page.get_by_text("Your password is changed.")).to_be_visible()
    arrive(page, "My Details")
    keys.press("Log out")
    arrive(page, SIGN_IN)
    log_in(keys, officer.email, NEW)
    arrive(page, "Entries Overview")


def code_of(key):
    totp = TOTP(base64.b32decode(key.replace(" ", "") + "=" * (-len(key.replace(" ", "")) % 8)))
    totp.time = time.time()
    return f"{totp.token():06}"


def test_second_factor(page, keys, door, officer, session):
    log_in(keys, officer.email, PASSWORD)
    keys.follow("My Details")
    keys.follow("Set up a second factor")
    arrive(page, "Set up a second factor")
    keys.type_into("Code", code_of(page.locator("main .key").inner_text()))
    keys.press("Submit")
    arrive(page, "Your recovery codes")
    first, second = page.locator(".codes li").all_inner_texts()[:2]
    keys.follow("I have kept them: go on")

    keys.press("Log out")
    log_in(keys, officer.email, PASSWORD)
    arrive(page, "Enter your code")
    keys.type_into("Code", "000000")
    keys.go()
    is_refused(page, "The code is not right")
    keys.type_into("Code", first)
    keys.press("Log in")
    arrive(page, "Entries Overview")

    keys.follow("My Details")
    keys.follow("take it away")
    arrive(page, "Take the second factor away?")
    keys.type_into("Code", second)
    keys.press("Take it away")
    arrive(page, "My Details")
    assert not officer.has_second_factor


def test_switch_of_centre(page, keys, door, officer, other_centre, session):
    MembershipFactory(user=officer, centre=other_centre, role=Role.READ_ONLY)
    log_in(keys, officer.email, PASSWORD)
    arrive(page, "Entries Overview")

    keys.tab_to(page.get_by_label("Centre to act for"))
    page.keyboard.press("ArrowDown")
    keys.press("Switch")

    expect(page.get_by_text("You are now acting for Southfield College, 62222.")).to_be_visible()
    arrive(page, "Entries Overview")


# --- the person with the keyboard ------------------------------------------------------------------------------------

RING = "<style>:focus-visible { outline: 3px solid }</style>"
BAR = "<div style='position: fixed; inset: 0 0 auto 0; height: 200px; background: white'></div>"


@pytest.mark.parametrize(
    ("html", "complaint"),
    [(RING + "<button tabindex='-1'>End</button>", "presses of Tab do not reach"),
     ("<style>* { outline: none }</style><button>End</button>", "No focus ring"),
     ("<style>* { outline: none; box-shadow: 0 0 1px }</style><a href='#'>a</a><button>End</button>", "No focus ring"),
     (RING + BAR + "<button>End</button>", "Covered or out of sight"),
     (RING + "<button style='position: absolute; left: -999px'>End</button>", "Covered or out of sight")],
)  # fmt: skip
def test_a_control_out_of_reach_without_a_ring_or_covered_is_found(page, keys, html, complaint):
    page.set_content(html)

    with pytest.raises(AssertionError, match=complaint):
        keys.press("End")


def test_what_axe_would_find_is_found_also_without_scripts(page, live_server):
    page.goto(f"{live_server.url}/account/sign-in/")
    page.evaluate("document.querySelector('h1').outerHTML += '<img src=x>'")

    with pytest.raises(AssertionError, match="image-alt"):
        arrive(page, SIGN_IN)
