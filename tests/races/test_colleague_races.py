"""Two administrators end each other, two people add the same colleague, two centres invite the same new person."""

import time
from collections import Counter

import pytest
from django.db import IntegrityError

from accounts.models import User
from accounts.services.people import invite_user
from centres import services
from centres.enums import Role
from centres.models import Centre, Membership
from centres.services import add_member, change_role, end_membership
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from tests.factories.centres import CentreFactory, MembershipFactory
from tests.races.conftest import all_at_once

ROUNDS = 20


@pytest.fixture(autouse=True)
def slow(monkeypatch):
    """A pause between the look at the members and the write, in which a rival can act."""

    def slowly(look):
        def look_and_wait(*args):
            answer = look(*args)
            time.sleep(0.02)
            return answer

        return look_and_wait

    for name in ("_may_manage", "_administrator_stays"):
        monkeypatch.setattr(services, name, slowly(getattr(services, name)))


@pytest.fixture
def no_lock(monkeypatch):
    """Changes of members without the lock on their centre."""
    monkeypatch.setattr(services, "_lock_centre", lambda pk: Centre.objects.get(pk=pk))


def two_administrators():
    """A new centre that looks after its colleagues itself, and its two administrators."""
    centre = CentreFactory(members_manage_colleagues=True)
    return MembershipFactory.create_batch(2, centre=centre, role=Role.CENTRE_ADMINISTRATOR)


def end_each_other(now):
    """Two administrators end each other at once: how many are left, and what each was told."""
    one, two = two_administrators()
    answers = all_at_once(
        [
            lambda: end_membership(membership=two, by=one.user, at=now),
            lambda: end_membership(membership=one, by=two.user, at=now),
        ]
    )
    return one.centre.memberships.filter(ended_at=None).count(), answers


def test_centre_05_of_two_administrators_who_end_each_other_one_is_left(now):
    for _ in range(ROUNDS):
        left, answers = end_each_other(now)

        [refused] = [answer for answer in answers if isinstance(answer, Refused)]
        assert left == 1
        assert [refusal.code for refusal in refused.refusals] == ["CENTRE-03", "CENTRE-05"]
    assert HistoryEntry.objects.filter(action="membership.ended").count() == ROUNDS


def test_twin_without_the_lock_none_is_left_of_some(now, no_lock):
    assert 0 in {end_each_other(now)[0] for _ in range(ROUNDS)}


def give_up_at_once(now):
    """Two administrators give their role up at once: how many administrators are left."""
    members = two_administrators()
    all_at_once(
        [
            lambda member=member: change_role(membership=member, role=Role.READ_ONLY, by=member.user, at=now)
            for member in members
        ]
    )
    return members[0].centre.memberships.filter(role=Role.CENTRE_ADMINISTRATOR).count()


def test_centre_05_of_two_administrators_who_give_up_their_role_one_stays(now):
    assert {give_up_at_once(now) for _ in range(ROUNDS)} == {1}


def test_twin_without_the_lock_both_give_up_their_role(now, no_lock):
    assert 0 in {give_up_at_once(now) for _ in range(ROUNDS)}


def add_at_once(now, number):
    """Two administrators add the same new colleague at once; what each was told."""
    one, two = two_administrators()
    told = {"centre": one.centre, "email": f"new{number}@school.example", "name": "New", "role": Role.READ_ONLY}
    return all_at_once([lambda by=by: add_member(**told, by=by.user, at=now) for by in (one, two)])


def test_centre_04_two_people_who_add_the_same_colleague_make_one_member_and_one_invitation(now):
    for number in range(ROUNDS):
        answers = add_at_once(now, number)

        assert Counter(type(answer) for answer in answers) == {Membership: 1, Refused: 1}
    assert Membership.objects.filter(role=Role.READ_ONLY).count() == OutgoingEmail.objects.count() == ROUNDS


def test_twin_without_the_lock_only_the_database_stops_the_second(now, no_lock):
    answers = [answer for number in range(ROUNDS) for answer in add_at_once(now, number)]

    assert IntegrityError in {type(answer) for answer in answers}


def invite_from_two_centres(now, staff, number):
    told = {"email": f"new{number}@school.example", "name": "New", "role": Role.READ_ONLY, "by": staff, "at": now}
    return all_at_once(
        [lambda centre=centre: add_member(centre=centre, **told) for centre in CentreFactory.create_batch(2)]
    )


def test_two_centres_that_invite_the_same_new_person_both_get_them_with_one_account(now, staff):
    for number in range(ROUNDS):
        answers = invite_from_two_centres(now, staff, number)

        assert {type(answer) for answer in answers} == {Membership}
    assert User.objects.count() == ROUNDS + 1
    assert Counter(mail.key.partition(":")[0] for mail in OutgoingEmail.objects.all())["membership-added"] == ROUNDS
    assert OutgoingEmail.objects.count() == 2 * ROUNDS


def test_twin_an_account_that_is_simply_made_breaks_one_of_the_two(now, staff, monkeypatch):
    def simply_made(email, name, by, at):
        found = User.objects.filter(email=email).first()
        time.sleep(0.02)
        return found or invite_user(email=email, name=name, by=by, at=at), not found

    monkeypatch.setattr(services, "_user_of", simply_made)

    answers = [answer for number in range(ROUNDS) for answer in invite_from_two_centres(now, staff, number)]

    assert IntegrityError in {type(answer) for answer in answers}
