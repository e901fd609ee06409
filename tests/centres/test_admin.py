"""Memberships in the administration: the same services, and so the same verdicts, as on the centre's own page."""

import pytest

from accounts.models import User
from centres.enums import Role
from centres.models import Centre, Membership
from core.history import history_of
from core.models import HistoryEntry
from outbox.models import OutgoingEmail
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory

ADD = "/admin/centres/centre/add/"


@pytest.fixture
def administrator(centre):
    """The only centre administrator of Northgate."""
    return MembershipFactory(user__name="Ada Hall", centre=centre, role=Role.CENTRE_ADMINISTRATOR)


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


def fields_of(page):
    """What a browser would post of the page as it was shown; a disabled control posts nothing."""
    forms = [page.context["adminform"].form]
    for each in page.context["inline_admin_formsets"]:
        forms += [each.formset.management_form, *each.formset.initial_forms]
    values = {field.html_name: field.value() for form in forms for field in form if not field.field.disabled}
    return {name: value for name, value in values.items() if value is not None and value is not False}


@pytest.fixture
def save(client, centre):
    """Save the page of Northgate with some fields changed; the rows are in the order of the page."""
    url = f"/admin/centres/centre/{centre.pk}/change/"

    def save(shown=None, **changes):
        return client.post(url, fields_of(shown or client.get(url)) | changes)

    save.open = lambda: client.get(url)
    return save


def new_row(user, number=0, role="read-only"):
    prefix = f"memberships-{number}"
    told = {f"{prefix}-email": user.email, f"{prefix}-name": user.name, f"{prefix}-role": role}
    return {"memberships-TOTAL_FORMS": number + 1} | told


def lines():
    return [(line.action, line.by.name, line.changes.get("role")) for line in HistoryEntry.objects.order_by("pk")]


def test_a_member_is_added_told_and_recorded_once(save, officer_elsewhere, centre):
    answer = save(**new_row(officer_elsewhere))

    membership = officer_elsewhere.memberships.get(centre=centre)
    assert (answer.status_code, membership.role) == (302, "read-only")
    assert lines() == [("membership.added", "Sam Taylor", [None, "read-only"])]
    assert OutgoingEmail.objects.get().key == f"membership-added:{membership.pk}"


def test_a_person_without_an_account_is_invited(save, centre):
    save(**new_row(User(email="New@Northgate.example", name="New Person")))

    membership = centre.memberships.get()
    assert (membership.user.email, membership.user.name) == ("new@northgate.example", "New Person")
    assert [mail.subject for mail in OutgoingEmail.objects.all()] == ["Entries Portal: your account"]
    assert [action for action, _, _ in lines() if action.startswith("membership")] == ["membership.added"]


def test_a_role_is_changed_and_recorded_once(save, officer):
    save(**{"memberships-0-role": "read-only"})

    assert officer.memberships.get().role == "read-only"
    assert lines() == [("membership.changed", "Sam Taylor", ["exams-officer", "read-only"])]


def test_a_membership_ends_when_the_page_is_saved_and_is_kept(save, colleague):
    save(**{"memberships-0-ends": "on"})

    membership = colleague.memberships.get()
    assert history_of(membership).get().at == membership.ended_at
    assert lines() == [("membership.ended", "Sam Taylor", None)]


def test_a_page_saved_as_it_was_changes_nothing(save, officer, colleague, administrator, now):
    colleague.memberships.update(ended_at=now)

    assert save().status_code == 302
    assert lines() == []


def test_a_new_centre_gets_its_members(client, officer_elsewhere):
    approvals = {"approvals-TOTAL_FORMS": 0, "approvals-INITIAL_FORMS": 0, "memberships-INITIAL_FORMS": 0}
    fields = {"number": "63333", "name": "Eastfield", "kind": "open", "nation": "scotland", "is_active": "on"}

    client.post(ADD, fields | approvals | new_row(officer_elsewhere))

    assert Centre.objects.get(number="63333").memberships.get().user == officer_elsewhere
    assert [action for action, _, _ in lines()] == ["centre.added", "membership.added"]


# --- refusals ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "sentence"),
    [({"memberships-0-role": "read-only"}, "Ada Hall is the only centre administrator."),
     ({"memberships-0-ends": "on"}, "Ada Hall is the only centre administrator."),
     ({"memberships-1-ends": "on"}, "Olivia Marsh is named as the exams officer of this centre.")],
)  # fmt: skip
def test_a_refusal_stands_at_its_row_and_nothing_is_changed(save, administrator, officer, row, sentence):
    page = save(name="Another name", **row)

    [[row_name, _]] = row.items()
    [formset] = [each.formset for each in page.context["inline_admin_formsets"] if each.formset.model is Membership]
    at = [form.prefix for form in formset.forms if sentence in form.errors.as_text()]
    assert at == [row_name.rpartition("-")[0]]
    assert page.text.count(sentence) == 1
    assert not Membership.objects.exclude(ended_at=None).exists()
    assert (lines(), Centre.objects.get().name) == ([], "Northgate School")


def test_all_refused_rows_are_told_at_once_and_the_others_are_not_saved(
    save, administrator, officer, officer_elsewhere
):
    rows = {"memberships-0-ends": "on", "memberships-1-ends": "on"}

    page = save(**new_row(officer_elsewhere, number=2), **rows)

    assert "Ada Hall is the only centre administrator." in page.text
    assert "Olivia Marsh is named as the exams officer" in page.text
    assert not officer_elsewhere.memberships.filter(centre=administrator.centre).exists()
    assert (lines(), OutgoingEmail.objects.count()) == ([], 0)


def test_a_person_added_twice_in_one_save_is_refused(save, officer_elsewhere, centre):
    page = save(**new_row(officer_elsewhere) | new_row(officer_elsewhere, number=1))

    assert "officer@southfield.example is a member of this centre already." in page.text
    assert not centre.memberships.exists()


def test_one_save_may_replace_the_last_administrator(save, administrator, officer):
    save(**{"memberships-0-ends": "on", "memberships-1-role": "centre-administrator"})

    assert [action for action, _, _ in lines()] == ["membership.changed", "membership.ended"]


def test_one_save_may_name_another_exams_officer_and_end_the_old_one(save, officer, colleague, centre):
    save(exams_officer=colleague.pk, **{"memberships-0-ends": "on"})

    centre.refresh_from_db()
    assert (centre.exams_officer, officer.memberships.get().ended_at is None) == (colleague, False)


def test_a_person_named_as_exams_officer_and_ended_in_one_save_is_refused(save, colleague, centre):
    page = save(exams_officer=colleague.pk, **{"memberships-0-ends": "on"})

    centre.refresh_from_db()
    assert "Rahul Dean is named as the exams officer of this centre." in page.text
    assert (centre.exams_officer, colleague.memberships.get().ended_at) == (None, None)


# --- what stays -------------------------------------------------------------------------------------------------------


def test_there_is_no_way_to_delete_a_membership_even_for_administrators(save, signed_in, staff, officer):
    User.objects.filter(pk=staff.pk).update(is_superuser=True)

    page = save.open().text
    save(**{"memberships-0-DELETE": "on"})

    assert "memberships-0-DELETE" not in page
    assert officer.memberships.exists()


def test_another_person_cannot_be_put_into_a_membership(save, officer, stranger):
    save(**{"memberships-0-user": stranger.pk, "memberships-0-email": stranger.email})

    assert (officer.memberships.count(), stranger.memberships.count()) == (1, 0)


def test_members_of_now_come_first_and_an_ended_membership_is_only_shown(save, officer, now, centre):
    MembershipFactory(user=UserFactory(name="Early Bird"), centre=centre, ended_at=now)
    officer.memberships.update(ended_at=now)
    current = MembershipFactory(centre=centre)

    page = save.open()

    [formset] = [each.formset for each in page.context["inline_admin_formsets"] if each.formset.model is Membership]
    first, *ended = formset.initial_forms
    assert (first.instance, first.fields["role"].disabled) == (current, False)
    assert [form.fields[name].disabled for form in ended for name in ("role", "ends")] == [True] * 4


def test_a_membership_that_ended_after_the_page_was_opened_is_refused_at_its_row(save, colleague, now):
    shown = save.open()
    colleague.memberships.update(ended_at=now)

    page = save(shown, **{"memberships-0-role": "exams-officer"})

    assert "The membership of Rahul Dean has ended and stays as it is." in page.text
    assert colleague.memberships.get().role == "read-only"
