"""What a password may be, how it is stored, and what the mails about it say."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from django.conf import settings as configuration
from django.contrib.auth.hashers import identify_hasher, make_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils.module_loading import import_string

from accounts.models import SignInCount, User
from accounts.services import signing_in
from accounts.services.people import invite_user
from accounts.services.signing_in import Result
from outbox.models import OutgoingEmail
from tests.accounts.door import (
    CHOOSE,
    DETAILS,
    FORGOTTEN,
    NEW,
    SIGN_IN,
    WRONG,
    ask_and_read,
    fail,
    let_mail_leave,
    mailed_passwords,
    mails,
    post_sign_in,
)
from tests.accounts.door import try_sign_in as attempt
from tests.factories.accounts import PASSWORD
from tests.factories.step_entries import StepEntryFactory

pytestmark = pytest.mark.django_db

ROOT = Path(__file__).resolve().parent.parent.parent
ODD = "é ß 漢字 \N{GRINNING FACE} " * 10


def refusal(password, user):
    """What somebody is told of a password, all sentences in one; "" where it is good."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def change(client, existing=PASSWORD, new=NEW):
    fields = {"existing_password": existing, "new_password": new, "confirm_password": new}
    return client.post(f"{DETAILS}password/", fields, follow=True)


@pytest.mark.parametrize(("length", "good"), [(14, False), (15, True), (128, True), (129, False)])
def test_s3_a_password_has_15_to_128_characters(officer, length, good):
    assert (refusal(("zqxv jkwp " * 13)[: length - 1] + "!", officer) == "") is good


@pytest.mark.parametrize(("length", "good"), [(11, False), (12, True)])
def test_s3_twelve_are_enough_with_a_second_factor(officer, length, good):
    officer.totpdevice_set.create(name="Authenticator app", confirmed=True)

    assert (refusal("zqxv jkwp bvcd"[:length], officer) == "") is good


@pytest.mark.parametrize("password", ["zqxvjkwpbvcdfgh", "852963074185296", "a b c d e f g h j", "ÉÈÊËÀÂÄÔÖÙÛÜÇŸŒ"])
def test_s3_there_is_no_other_rule_of_composition(officer, password):
    assert refusal(password, officer) == ""


def test_s4_a_wrong_existing_password_changes_nothing_and_counts(client, officer):
    post_sign_in(client, officer.email, PASSWORD)
    pages = [change(client, existing=WRONG).text for _ in range(3)]

    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)
    assert SignInCount.objects.get().failures == 3
    assert "This account is locked for 30 minutes" in pages[2]
    assert "This account is locked for 30 minutes" in change(client).text


def listed_samples(count=100):
    """Common passwords that are long enough to get as far as the list, as they stand or said twice."""
    common = sorted(CommonPasswordValidator().passwords)
    return [password for password in common if len(password) >= 15][:count]


def test_s5_common_passwords_are_refused_by_name_of_reason(officer):
    samples = listed_samples()
    told = [refusal(password, officer) for password in samples]

    assert len(samples) >= 20
    assert all("This password is on the lists that guessers try first." in sentence for sentence in told)


def test_s5_a_hundred_breached_passwords_are_refused_and_their_neighbours_are_not(officer, settings, tmp_path):
    samples = [f"made up words number {n}" for n in range(100)]
    hashes = sorted(hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest().upper() for text in samples)
    settings.BREACHED_HASHES_FILE = str(tmp_path / "breached.txt")
    Path(settings.BREACHED_HASHES_FILE).write_text("".join(f"{line}:{n}\n" for n, line in enumerate(hashes)))

    told = [refusal(password, officer) for password in samples]

    assert all("became known in a theft of data elsewhere" in sentence for sentence in told)
    assert [refusal(f"{password}!", officer) for password in samples] == [""] * 100


OWN = [*("northgate school", "61111", "olivia", "marsh", "olivia marsh", "officer", "northgate.example")]
OWN += [*("officer@northgate.example", "entries portal", "entriesportal", "step mathematics", "cambridge technicals")]


@pytest.mark.parametrize("own", [*OWN, *[word.upper() for word in OWN if word != "61111"]])
def test_s6_own_names_and_those_of_centre_and_portal_are_refused(officer, own):
    sentence = refusal(f"zqxv {own} jkwp vbnm", officer)

    assert "The new password must not contain “" in sentence
    assert "are guessed first" in sentence


def test_s7_every_password_box_says_what_it_is_for_and_takes_a_paste(client, officer):
    pages = {SIGN_IN: client.get(SIGN_IN).text, FORGOTTEN: client.get(FORGOTTEN).text}
    post_sign_in(client, officer.email, ask_and_read(client, officer.email))
    pages[CHOOSE] = client.get(CHOOSE).text
    client.post(CHOOSE, {"new_password": NEW, "confirm_password": NEW})
    pages[DETAILS] = client.get(DETAILS).text

    counts = {
        url: tuple(page.count(f'autocomplete="{word}"') for word in ("username", "current-password", "new-password"))
        for url, page in pages.items()
    }

    assert counts == {SIGN_IN: (1, 1, 0), FORGOTTEN: (1, 0, 0), CHOOSE: (0, 0, 2), DETAILS: (0, 1, 2)}
    assert 'autocomplete="one-time-code"' in client.get("/account/my-details/second-factor/").text
    scripts = "".join(  # that of sheets stands on pages without passwords
        path.read_text() for path in (ROOT / "static" / "js").glob("*.js") if path.name != "sheet.js"
    )
    assert "sheet.js" not in "".join(pages.values())
    assert "paste" not in scripts + "".join(pages.values()).replace("Copy and paste it", "")


@pytest.mark.parametrize("password", [ODD[:128], "  blanks at both ends  ", "Ünïcödé ƒör évér"])
def test_s8_a_password_is_used_exactly_as_typed(client, officer, password):
    post_sign_in(client, officer.email, PASSWORD)
    assert "Your password is changed." in change(client, new=password).text
    client.logout()

    assert post_sign_in(client, officer.email, password.strip() + "x").status_code == 200
    assert post_sign_in(client, officer.email, password).status_code == 302


def test_s8_one_that_is_too_long_is_refused_without_hashing(client, officer, monkeypatch):
    monkeypatch.setattr(signing_in, "check_password", None)
    monkeypatch.setattr(User, "check_password", None)
    client.get(SIGN_IN)

    page = post_sign_in(client, officer.email, "x" * 10_000)

    assert "Password must have 128 characters or fewer." in page.text


def test_s8_the_service_looks_at_no_hash_either(officer, now, monkeypatch):
    monkeypatch.setattr(signing_in, "check_password", None)
    monkeypatch.setattr(User, "check_password", None)

    assert attempt(officer.email, "x" * 129, now).result is Result.WRONG


def test_s9_a_password_is_never_too_old_and_may_come_back(client, officer):
    officer.created_at = officer.created_at.replace(year=2020)
    officer.save()
    assert post_sign_in(client, officer.email, PASSWORD).url == "/account/home/"
    assert client.get(DETAILS).status_code == 200

    assert "Your password is changed." in change(client).text
    assert "Your password is changed." in change(client, existing=NEW, new=PASSWORD).text


def test_s10_a_fresh_installation_has_no_user(db):
    assert not User.objects.exists()


def test_s10_an_invited_person_has_no_usable_password(staff, now):
    invited = invite_user(email="new@northgate.example", name="New", by=staff, at=now)

    assert invited.has_usable_password() is False
    assert attempt(invited.email, "", now).result is Result.WRONG


def production_hashers():
    """The names of the hashers that production uses, read in a process of its own."""
    code = "from django.conf import settings; print(*settings.PASSWORD_HASHERS)"
    settings_module = {"DJANGO_SETTINGS_MODULE": "entries_portal.settings.base", "SECRET_KEY": "x" * 60}
    environment = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ} | settings_module
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    return done.stdout.split()


def test_s19_production_hashes_with_argon2id_of_19_mib_two_passes_and_one_lane(settings):
    settings.PASSWORD_HASHERS = production_hashers()

    parameters = extract_parameters(make_password(PASSWORD).removeprefix("argon2"))

    assert (parameters.type, parameters.memory_cost) == (Type.ID, 19 * 1024)
    assert (parameters.time_cost, parameters.parallelism) == (2, 1)


def test_s19_an_older_hash_is_upgraded_at_sign_in(settings, officer, now):
    settings.PASSWORD_HASHERS = production_hashers()
    officer.password = make_password(PASSWORD, hasher="pbkdf2_sha256")
    officer.save()

    assert attempt(officer.email, PASSWORD, now).result is Result.RIGHT

    officer.refresh_from_db()
    assert isinstance(identify_hasher(officer.password), import_string(configuration.PASSWORD_HASHERS[0]))
    assert officer.check_password(PASSWORD)


@pytest.fixture
def all_four_mails(client, officer, staff, session, centre, settings, now):
    """The mails about an account, as they leave, after pages asked for under a forged name of the host."""
    settings.SITE_URL = "https://portal.example"
    settings.ALLOWED_HOSTS = ["*"]
    StepEntryFactory(session=session, centre=centre, first_name="Zuleika", last_name="Dobson")
    invite_user(email="new@northgate.example", name="New Person", by=staff, at=now)
    fail(officer.email, 3, now)
    settings.RESET_DURING_LOCK = "at-once"
    client.defaults["HTTP_HOST"] = "evil.example"
    client.post(FORGOTTEN, {"username": officer.email})
    let_mail_leave()
    post_sign_in(client, officer.email, mailed_passwords()[-1])
    client.post(CHOOSE, {"new_password": NEW, "confirm_password": NEW})
    let_mail_leave()
    return mail.outbox


def test_the_four_mails_hold_nothing_of_pupils_or_the_centre_and_no_forged_host(all_four_mails):
    subjects = {message.subject.removeprefix("Entries Portal: ") for message in all_four_mails}
    texts = [f"{message.subject} {message.body} {message.alternatives[0][0]}" for message in all_four_mails]

    assert subjects == {
        *("your account", "a new password", "your account is locked for 30 minutes", "your password was changed")
    }
    for word in ("Zuleika", "Dobson", "61111", "Northgate School", "evil.example", "[["):
        assert not any(word in text for text in texts), word
    assert sum("https://portal.example/account/sign-in/" in text for text in texts) == 2
    assert all("http://" not in text for text in texts)


def test_the_four_mails_are_rows_before_they_are_messages(all_four_mails):
    kinds = ["account-password:", "account-locked:", "account-password-changed:"]

    assert [mails(kind).count() for kind in kinds] == [2, 1, 1]
    assert OutgoingEmail.objects.count() == len(all_four_mails) == 4
