"""Short ways to the door, for the tests of signing in."""

import re
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from accounts.services.asks import answer_asks
from accounts.services.signing_in import attempt_sign_in, browser_key, know_browser
from outbox.models import OutgoingEmail
from outbox.tasks import sweep

SIGN_IN = "/account/sign-in/"
FORGOTTEN = "/account/forgotten-password/"
CHOOSE = "/account/choose-password/"
DETAILS = "/account/my-details/"
WRONG = "a wrong password of ours"
NEW = "seventeen purple mushrooms"
SECOND = timedelta(seconds=1)
MAILED = re.compile(r"Password: ((?:[A-Z2-9]{4}-){4}[A-Z2-9]{4})")


def try_sign_in(address, password, at, browser="", network=""):
    return attempt_sign_in(address=address, password=password, browser=browser, network=network, at=at)


def fail(address, times, at, browser=""):
    """So many wrong passwords; how each ended."""
    return [try_sign_in(address, WRONG, at, browser).result for _ in range(times)]


def known_browser(user, at):
    """The cookie's key of a browser on which somebody has signed in."""
    return know_browser(user=user, browser="", label="Firefox on Linux", at=at)


def key_of(browser):
    return browser_key(browser)


def mailed_passwords():
    """The one-time passwords in all mails that left, the oldest first."""
    return [found for message in mail.outbox for found in MAILED.findall(message.body)]


def let_mail_leave(at=None):
    """What the workers do within seconds: answer the door, send what is due."""
    answer_asks(at=at or timezone.now())
    sweep()


def ask_and_read(client, address):
    """Ask for a new password at the door; the one that is mailed."""
    client.post(FORGOTTEN, {"username": address})
    let_mail_leave()
    return mailed_passwords()[-1]


def post_sign_in(client, address, password, **fields):
    return client.post(SIGN_IN, {"username": address, "password": password} | fields)


def mails(prefix):
    return OutgoingEmail.objects.filter(key__startswith=prefix)
