"""Colleagues looked after by their centre itself, where the board allows it."""

from datetime import timedelta

import pytest

from accounts.models import User
from centres import rules, services
from centres.enums import Role
from centres.services import add_member, change_role, end_membership
from core.history import history_of
from core.models import HistoryEntry
from core.refusals import Refused
from outbox.models import OutgoingEmail
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory

PAGE = "/centre/colleagues/"


@pytest.fixture
def administrator(centre):
    """The administrator of Northgate, which looks after its colleagues itself."""
    centre.members_manage_colleagues = True
    centre.save()
    user = UserFactory(email="head@northgate.example", name="Ada Hall")
    MembershipFactory(user=user, centre=centre, role=Role.CENTRE_ADMINISTRATOR)
    return user


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


@pytest.mark.parametrize(
    ("role", "is_allowed", "may"),
    [(Role.CENTRE_ADMINISTRATOR, True, True), (Role.CENTRE_ADMINISTRATOR, False, False),
     (Role.EXAMS_OFFICER, True, False), (Role.READ_ONLY, True, False)],
)  # fmt: skip
def test_centre_03_only_administrators_where_the_board_allows_it(role, is_allowed, may):
    is_manager = rules.may_manage_colleagues(role, is_allowed)

    assert (is_manager, rules.colleagues_are_managed_by_who_may("A", is_manager) is None) == (may, may)


def test_centre_04_a_member_cannot_join_twice():
    assert rules.person_is_no_member_yet("a@b.example", False) is None
    assert rules.person_is_no_member_yet("a@b.example", True).field == "email"


@pytest.mark.parametrize(("others", "leaves", "is_refused"), [(0, True, True), (1, True, False), (0, False, False)])
def test_centre_05_the_last_administrator_stays(others, leaves, is_refused):
    assert (rules.an_administrator_stays("Ada", others, leaves) is not None) == is_refused


def test_centre_06_the_named_exams_officer_stays():
    assert rules.exams_officer_stays_a_member("Ada", False) is None
    assert rules.exams_officer_stays_a_member("Ada", True).code == "CENTRE-06"


def test_centre_12_a_membership_that_has_ended_stays_as_it_is():
    assert rules.ended_membership_stays_as_it_is("Ada", False) is None
    assert rules.ended_membership_stays_as_it_is("Ada", True).code == "CENTRE-12"


def test_a_new_colleague_is_invited_and_joins(centre, administrator, now):
    membership = add_member(
        centre=centre, email="New@Northgate.example", name="New Person", role=Role.READ_ONLY, by=administrator, at=now
    )

    line = history_of(membership).get()
    assert (membership.user.email, membership.role) == ("new@northgate.example", "read-only")
    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.subject) == (["new@northgate.example"], "Entries Portal: your account")
    assert (line.by, line.action, line.changes["role"]) == (administrator, "membership.added", [None, "read-only"])


def test_a_person_with_an_account_joins_without_a_new_password(centre, administrator, officer_elsewhere, now):
    email = officer_elsewhere.email
    membership = add_member(centre=centre, email=email, name="X", role=Role.READ_ONLY, by=administrator, at=now)

    mail = OutgoingEmail.objects.get()
    assert (membership.user, membership.user.name) == (officer_elsewhere, "Tom Hill")
    assert (mail.key, mail.to) == (f"membership-added:{membership.pk}", ["officer@southfield.example"])
    assert mail.subject == "Entries Portal: you now act for Northgate School"
    for words in (mail.text, mail.html):
        assert "Northgate School, centre number 61111" in words
        assert "Your role there: Read-only" in words
        assert "Added by: Ada Hall" in words
        assert "at the top right" in words


@pytest.mark.parametrize(
    ("adder", "words"), [("staff", "Sam Taylor of the STEP team"), (None, "the STEP team")], ids=["staff", "command"]
)
def test_the_mail_says_who_of_the_board_added_a_person(centre, officer_elsewhere, request, now, adder, words):
    by = adder and request.getfixturevalue(adder)
    told = {"email": officer_elsewhere.email, "name": "", "role": Role.EXAMS_OFFICER, "by": by, "at": now}

    services._join(centre, **told)

    assert f"Added by: {words}\n" in OutgoingEmail.objects.get().text


def test_a_person_who_comes_back_is_told_again(centre, administrator, officer_elsewhere, now):
    given = {"by": administrator, "at": now}
    for _ in range(2):
        email = officer_elsewhere.email
        membership = add_member(centre=centre, email=email, name="X", role=Role.READ_ONLY, **given)
        end_membership(membership=membership, **given)

    assert OutgoingEmail.objects.count() == 2


def test_a_person_who_may_not_sign_in_is_told_nothing(centre, administrator, officer_elsewhere, now):
    User.objects.filter(pk=officer_elsewhere.pk).update(is_active=False)

    add_member(centre=centre, email=officer_elsewhere.email, name="X", role=Role.READ_ONLY, by=administrator, at=now)

    assert not OutgoingEmail.objects.exists()


def test_who_may_not_changes_nothing(centre, administrator, officer, colleague, officer_elsewhere, now):
    given = {"by": officer_elsewhere, "at": now}
    theirs = colleague.memberships.get()
    for act in (
        lambda: add_member(centre=centre, email="x@y.example", name="X", role=Role.READ_ONLY, **given),
        lambda: change_role(membership=theirs, role=Role.EXAMS_OFFICER, **given),
        lambda: end_membership(membership=theirs, **given),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert codes(refused) == ["CENTRE-03"]

    theirs.refresh_from_db()
    assert (theirs.role, theirs.ended_at, centre.memberships.count()) == ("read-only", None, 3)
    assert not HistoryEntry.objects.exists()


def test_a_member_is_not_added_twice(centre, administrator, colleague, now):
    with pytest.raises(Refused) as refused:
        add_member(centre=centre, email=colleague.email, name="X", role=Role.READ_ONLY, by=administrator, at=now)

    assert codes(refused) == ["CENTRE-04"]


def test_a_role_is_changed_and_a_membership_ended_with_history(administrator, colleague, now):
    membership = colleague.memberships.get()

    change_role(membership=membership, role=Role.EXAMS_OFFICER, by=administrator, at=now)
    end_membership(membership=membership, by=administrator, at=now)

    membership.refresh_from_db()
    assert (membership.role, membership.ended_at) == ("exams-officer", now)
    assert [(line.action, line.changes) for line in history_of(membership)] == [
        ("membership.ended", {}),
        ("membership.changed", {"role": ["read-only", "exams-officer"]}),
    ]


def test_a_membership_that_has_ended_is_not_changed_and_ends_once(administrator, staff, now):
    membership = administrator.memberships.get()
    membership.ended_at = now
    membership.save()

    with pytest.raises(Refused) as refused:
        change_role(membership=membership, role=Role.READ_ONLY, by=staff, at=now)
    again = end_membership(membership=membership, by=staff, at=now + timedelta(days=1))

    assert codes(refused) == ["CENTRE-12"]
    assert (again.role, again.ended_at) == (Role.CENTRE_ADMINISTRATOR, now)
    assert not HistoryEntry.objects.exists()


def test_the_last_administrator_and_the_named_exams_officer_stay(administrator, officer, staff, now):
    own, officers = administrator.memberships.get(), officer.memberships.get()
    found = []
    for act in (
        lambda: change_role(membership=own, role=Role.READ_ONLY, by=administrator, at=now),
        lambda: end_membership(membership=own, by=staff, at=now),
        lambda: end_membership(membership=officers, by=administrator, at=now),
    ):
        with pytest.raises(Refused) as refused:
            act()
        found += codes(refused)

    assert found == ["CENTRE-05", "CENTRE-05", "CENTRE-06"]
    assert not HistoryEntry.objects.exists()


# --- the page ---------------------------------------------------------------------------------------------------------


def test_an_administrator_finds_the_page_on_my_details_and_invites_a_colleague(signed_in, administrator, centre):
    client = signed_in(administrator)

    details = client.get("/account/my-details/").text
    fields = {"email": "new@northgate.example", "name": "New Person", "role": "read-only"}
    page = client.post(PAGE, fields, follow=True).text

    assert f'href="{PAGE}"' in details
    assert "new@northgate.example now acts for this centre." in page
    assert centre.memberships.filter(user__email="new@northgate.example", role="read-only").exists()


def test_the_page_changes_and_ends(signed_in, administrator, colleague):
    client, membership = signed_in(administrator), colleague.memberships.get()

    changed = client.post(f"{PAGE}{membership.pk}/role/", {"role": "exams-officer"}, follow=True).text
    ended = client.post(f"{PAGE}{membership.pk}/end/", follow=True).text

    assert "Rahul Dean is now: Exams officer." in changed
    assert "Rahul Dean no longer acts for this centre." in ended


def test_the_page_says_why_not(signed_in, administrator, colleague):
    client, own = signed_in(administrator), administrator.memberships.get()

    twice = client.post(PAGE, {"email": colleague.email, "name": "X", "role": "read-only"}).text
    ended = client.post(f"{PAGE}{own.pk}/end/", follow=True).text

    assert "reader@northgate.example is a member of this centre already." in twice
    assert "Ada Hall is the only centre administrator." in ended


def test_members_of_another_centre_are_not_found(signed_in, administrator, officer_elsewhere):
    theirs = officer_elsewhere.memberships.get()

    answers = [signed_in(administrator).post(f"{PAGE}{theirs.pk}/{act}/").status_code for act in ("role", "end")]

    assert answers == [404, 404]


def test_without_the_boards_leave_the_page_is_closed_to_administrators(signed_in, administrator, centre):
    centre.members_manage_colleagues = False
    centre.save()
    client = signed_in(administrator)

    assert client.get(PAGE).status_code == 403
    assert PAGE not in client.get("/account/my-details/").text


@pytest.mark.parametrize(
    ("act", "fields", "said"),
    [
        ("role", {"role": "read-only"}, "Ada Hall is now: Read-only."),
        ("end", {}, "Ada Hall no longer acts for this centre."),
    ],
)
def test_who_gives_up_their_own_part_is_led_to_my_details(signed_in, administrator, centre, act, fields, said):
    MembershipFactory(centre=centre, role=Role.CENTRE_ADMINISTRATOR)
    own = administrator.memberships.get()

    page = signed_in(administrator).post(f"{PAGE}{own.pk}/{act}/", fields, follow=True)

    assert page.redirect_chain == [("/account/my-details/", 302)]
    assert said in page.text
