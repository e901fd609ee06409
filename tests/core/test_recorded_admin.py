"""What people change by hand in the administration stays in the history."""

from datetime import date

import pytest

from accounts.models import User
from centres.models import Centre
from core.history import history_of
from core.models import HistoryEntry
from tests.factories.accounts import UserFactory
from tests.factories.centres import ApprovalFactory, CentreFactory, MembershipFactory

pytestmark = pytest.mark.django_db

CENTRES = "/admin/centres/centre/"


@pytest.fixture
def administrator(db):
    return UserFactory(is_staff=True, is_superuser=True)


@pytest.fixture
def client(signed_in, administrator):
    return signed_in(administrator)


def fields_of(form):
    """What a browser would post of a form as it was shown."""
    fields = {}
    for bound in form:
        value = bound.value()
        if hasattr(bound.field.widget, "widgets"):
            parts = bound.field.widget.decompress(value) if value else [None, None]
            fields |= {f"{bound.html_name}_{place}": part or "" for place, part in enumerate(parts)}
        elif value is not False:
            fields[bound.html_name] = "" if value is None else value
    return fields


def post(client, url, **changes):
    page = client.get(url)
    fields = fields_of(page.context["adminform"].form)
    for formset in page.context["inline_admin_formsets"]:
        fields |= fields_of(formset.formset.management_form)
        for form in formset.formset.initial_forms:
            fields |= fields_of(form)
    return client.post(url, fields | changes)


def test_a_changed_centre_leaves_old_and_new_and_nothing_of_what_stayed(client, administrator):
    centre = CentreFactory(name="Northgate School")

    answer = post(client, f"{CENTRES}{centre.pk}/change/", name="Northgate College", kind="open")

    line = HistoryEntry.objects.get()
    assert answer.status_code == 302
    assert (line.by, line.action, line.subject_id) == (administrator, "centre.changed", centre.pk)
    assert line.changes == {"name": ["Northgate School", "Northgate College"], "kind": ["internal", "open"]}


def test_a_centre_saved_as_it_was_leaves_nothing(client):
    centre = CentreFactory()
    MembershipFactory(centre=centre)

    assert post(client, f"{CENTRES}{centre.pk}/change/").status_code == 302
    assert not HistoryEntry.objects.exists()


def test_an_added_centre_is_in_the_history(client):
    post(client, f"{CENTRES}add/", number="61111", name="Northgate School")

    line = history_of(Centre.objects.get()).get()
    assert (line.action, line.changes["number"]) == ("centre.added", [None, "61111"])


def test_a_changed_membership_and_approval_leave_old_and_new(client):
    centre = CentreFactory(approval=None)
    approval = ApprovalFactory(centre=centre, since=date(2026, 1, 1), until=date(2027, 1, 1))
    membership = MembershipFactory(centre=centre)

    changes = {"approvals-0-until": "2028-01-01", "memberships-0-role": "read-only"}
    post(client, f"{CENTRES}{centre.pk}/change/", **changes)

    assert history_of(approval).get().changes == {"until": ["2027-01-01", "2028-01-01"]}
    assert history_of(membership).get().changes == {"role": ["exams-officer", "read-only"]}


def test_an_added_and_a_deleted_approval_are_in_the_history(client, administrator):
    centre = CentreFactory(approval=None)
    old = ApprovalFactory(centre=centre)

    added = {"approvals-TOTAL_FORMS": "2", "approvals-1-subject": "step", "approvals-1-since": "2027-01-01"}
    post(client, f"{CENTRES}{centre.pk}/change/", **added, **{"approvals-0-DELETE": "on"})

    lines = {(line.action, line.subject_id, line.by) for line in HistoryEntry.objects.all()}
    assert lines == {
        ("approval.deleted", old.pk, administrator),
        ("approval.added", centre.approvals.get().pk, administrator),
    }


def test_a_deleted_row_leaves_its_name(client):
    centre, other, user = CentreFactory(approval=None), CentreFactory(approval=None), UserFactory()

    client.post(f"{CENTRES}{centre.pk}/delete/", {"post": "yes"})
    client.post(CENTRES, {"action": "delete_selected", "_selected_action": [other.pk], "post": "yes"})
    client.post(f"/admin/accounts/user/{user.pk}/delete/", {"post": "yes"})

    lines = [(line.action, line.note) for line in HistoryEntry.objects.order_by("pk")]
    assert lines == [("centre.deleted", str(centre)), ("centre.deleted", str(other)), ("user.deleted", str(user))]
    assert not User.objects.filter(pk=user.pk).exists()
