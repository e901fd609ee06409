"""Centres, who acts for them, their preferences, and loading centres and people from a file."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.services.people import invite_user
from core.history import record
from core.moments import date_in_words
from core.refusals import Refusal, Refused, raise_if_any
from outbox.services import queue_email

from . import rules
from .codecs import COLUMNS, LoadedRow, read_rows
from .enums import Role, Subject
from .models import Approval, Centre, Membership

# --- colleagues -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_member(*, centre: Centre, email: str, name: str, role: str, by: User, at: datetime) -> Membership:
    """Make somebody a member of a centre. A person who has no account yet is invited by mail, others are told by mail.

    Raises Refused where `by` may not do so, and where the person is a member already.
    """
    centre = _lock_centre(centre.pk)
    email = email.strip().lower()
    is_member = centre.memberships.filter(ended_at=None, user__email=email).exists()
    _raise([_may_manage(centre, by), rules.person_is_no_member_yet(email, is_member)])
    return _join(centre, email, name, role, by, at)


@transaction.atomic
def change_role(*, membership: Membership, role: str, by: User, at: datetime) -> Membership:
    """Give a member another role.

    Raises Refused where `by` may not, for the last administrator and where the membership has ended.
    """
    membership = _lock(membership)
    has_ended = membership.ended_at is not None
    _raise(
        [
            _may_manage(membership.centre, by),
            _administrator_stays(membership, role),
            rules.ended_membership_stays_as_it_is(membership.user.name, has_ended),
        ]
    )
    _set_role(membership, role, by, at)
    return membership


@transaction.atomic
def end_membership(*, membership: Membership, by: User, at: datetime) -> Membership:
    """End a membership: at the next request the person acts for this centre no more. Their account stays, and one
    that has ended already stays as it is.

    Raises Refused where `by` may not, for the last administrator and for the named exams officer.
    """
    membership = _lock(membership)
    centre, lasts = membership.centre, membership.ended_at is None
    is_officer = lasts and centre.exams_officer_id == membership.user_id
    _raise(
        [
            _may_manage(centre, by),
            _administrator_stays(membership, None),
            rules.exams_officer_stays_a_member(membership.user.name, is_officer),
        ]
    )
    if lasts:
        membership.ended_at = at
        membership.save(update_fields=["ended_at"])
        record(by=by, at=at, action="membership.ended", subjects=[membership])
    return membership


def _raise(refusals: Sequence[Refusal | None]) -> None:
    raise_if_any(refusal for refusal in refusals if refusal)


def _lock_centre(pk: int) -> Centre:
    """The centre as it is now, locked: nobody else changes its members until the end of the transaction."""
    return Centre.objects.select_for_update().get(pk=pk)


def _lock(membership: Membership) -> Membership:
    """The membership as it is now, with its centre locked: two administrators cannot end each other at once."""
    _lock_centre(membership.centre_id)
    return Membership.objects.select_related("centre", "user").get(pk=membership.pk)


def _may_manage(centre: Centre, by: User) -> Refusal | None:
    own = centre.memberships.filter(ended_at=None, user=by).first()
    is_manager = own is not None and rules.may_manage_colleagues(own.role, centre.members_manage_colleagues)
    return rules.colleagues_are_managed_by_who_may(by.name, by.is_staff or by.is_superuser or is_manager)


def _administrator_stays(membership: Membership, new_role: str | None) -> Refusal | None:
    """What CENTRE-05 says of another role for this member, or of none: an end."""
    administrators = membership.centre.memberships.filter(
        ended_at=None, role=Role.CENTRE_ADMINISTRATOR, user__is_active=True
    )
    leaves = membership.ended_at is None and membership.role == Role.CENTRE_ADMINISTRATOR != new_role
    others = administrators.exclude(pk=membership.pk).count()
    return rules.an_administrator_stays(membership.user.name, others, leaves)


def _join(centre: Centre, email: str, name: str, role: str, by: Any, at: datetime) -> Membership:
    user, is_new = _user_of(email, name, by, at)
    membership = Membership.objects.create(centre=centre, user=user, role=role)
    changes = {"user": [None, user.pk], "centre": [None, centre.pk], "role": [None, role]}
    record(by=by, at=at, action="membership.added", subjects=[membership], changes=changes)
    if not is_new and user.may_sign_in:
        _tell_of(membership, by, at)
    return membership


def _user_of(email: str, name: str, by: Any, at: datetime) -> tuple[User, bool]:
    """The person of an address and whether they are new; two centres may invite the same new person at once."""
    if user := User.objects.filter(email=email).first():
        return user, False
    try:
        return invite_user(email=email, name=name, by=by, at=at), True
    except IntegrityError:
        return User.objects.get(email=email), False


def _tell_of(membership: Membership, by: User | None, at: datetime) -> None:
    team = "the STEP team"
    queue_email(
        key=f"membership-added:{membership.pk}",
        template="membership_added",
        context={
            "membership": membership,
            "by": team if by is None else f"{by.name} of {team}" if by.is_staff else by.name,
            "team_email": settings.STEP_TEAM_EMAIL,
            "team_phone": settings.STEP_TEAM_PHONE,
        },
        to=[membership.user.email],
        at=at,
    )


def _set_role(membership: Membership, role: str, by: Any, at: datetime) -> None:
    old, membership.role = membership.role, role
    if old != role:
        membership.save(update_fields=["role"])
        record(by=by, at=at, action="membership.changed", subjects=[membership], changes={"role": [old, role]})


# --- preferences ------------------------------------------------------------------------------------------------------

CALENDAR_KEY_BYTES = 24
"""192 random bits: nobody finds the address of a calendar by trying."""


@transaction.atomic
def set_preferences(*, centre: Centre, email_alerts: bool, reminder_emails: bool, by: User, at: datetime) -> bool:
    """Switch the mails of a centre on or off (guide 4.5); whether anything was changed.

    The history keeps the old and the new value of each change. Mails that are queued already are left alone.
    """
    centre = _lock_centre(centre.pk)
    told = {"email_alerts": email_alerts, "reminder_emails": reminder_emails}
    changes = {name: [getattr(centre, name), new] for name, new in told.items() if getattr(centre, name) != new}
    if changes:
        Centre.objects.filter(pk=centre.pk).update(**{name: told[name] for name in changes})
        record(by=by, at=at, action="centre.preferences-set", subjects=[centre], changes=changes)
    return bool(changes)


@transaction.atomic
def renew_calendar(*, centre: Centre, by: User, at: datetime) -> Centre:
    """Give the centre's calendar a new address; an earlier one opens nothing from now on.

    The history says that it was renewed, and holds no address.
    """
    centre = _lock_centre(centre.pk)
    centre.calendar_key = secrets.token_urlsafe(CALENDAR_KEY_BYTES)
    centre.save(update_fields=["calendar_key"])
    record(by=by, at=at, action="centre.calendar-renewed", subjects=[centre])
    return centre


# --- loading from a file ----------------------------------------------------------------------------------------------


def load_file(*, content: bytes, by: Any, at: datetime, dry_run: bool) -> list[str]:
    """Load a CSV file; see load_people. Raises Refused also where a heading is missing."""
    headings, rows = read_rows(content)
    _raise([rules.file_has_its_columns(headings, COLUMNS)])
    return load_people(rows=rows, by=by, at=at, dry_run=dry_run)


@transaction.atomic
def load_people(*, rows: Sequence[LoadedRow], by: Any, at: datetime, dry_run: bool) -> list[str]:
    """Make centres, approvals and memberships what the rows say; the differences, in words.

    What the rows do not name stays as it is, and so does the name of somebody who has an account. New users are
    invited by mail, and others are told by mail of their new centre. New administrators come first, so that a file may
    change who is the last one. A dry run does the same and takes all of it back. Raises Refused with everything that
    is wrong at once; nothing is then changed.
    """
    raise_if_any(rules.refusals_to_load(rows))
    centres: dict[str, Centre] = {}
    differences: list[str] = []
    for row in rows:
        number = row["centre_number"]
        if number not in centres:
            centres[number], of_centre = _load_centre(row, by, at)
            differences += of_centre + _load_approval(centres[number], row, by, at)
    refusals: list[Refusal] = []
    of_people = [row for row in rows if row["user_email"]]
    for row in sorted(of_people, key=lambda row: row["role"] != Role.CENTRE_ADMINISTRATOR):
        try:
            differences += _load_member(centres[row["centre_number"]], row, by, at)
        except Refused as refused:
            refusals += rules.named_by_row(row, refused.refusals)
    raise_if_any(refusals)
    if dry_run:
        transaction.set_rollback(True)
    return differences


def _load_centre(row: LoadedRow, by: Any, at: datetime) -> tuple[Centre, list[str]]:
    told = {"name": row["centre_name"], "kind": row["kind"], "nation": row["nation"]}
    centre = Centre.objects.select_for_update().filter(number=row["centre_number"]).first()
    if centre is None:
        centre = Centre.objects.create(number=row["centre_number"], **told)
        changes = {name: [None, value] for name, value in told.items()}
        record(by=by, at=at, action="centre.added", subjects=[centre], changes=changes)
        return centre, [f"{centre}: new centre, {centre.get_kind_display()}, {centre.get_nation_display()}."]
    changes = {name: [getattr(centre, name), new] for name, new in told.items() if getattr(centre, name) != new}
    if not changes:
        return centre, []
    Centre.objects.filter(pk=centre.pk).update(**{name: told[name] for name in changes})
    record(by=by, at=at, action="centre.changed", subjects=[centre], changes=changes)
    return centre, [f"{centre.number}: {name} from “{old}” to “{new}”." for name, (old, new) in changes.items()]


def _load_approval(centre: Centre, row: LoadedRow, by: Any, at: datetime) -> list[str]:
    since, until = rules.day_of(row["approved_for_step_from"]), rules.day_of(row["approved_for_step_until"])
    if since is None:
        return []
    days = f"from {date_in_words(since)} {f'to {date_in_words(until)}' if until else 'without an end'}"
    approval, is_new = Approval.objects.get_or_create(
        centre=centre, subject=Subject.STEP, since=since, defaults={"until": until}
    )
    if not is_new and approval.until == until:
        return []
    changes: dict[str, Any] = {"until": [str(approval.until or ""), str(until or "")]}
    if is_new:
        changes = {"since": [None, str(since)], "until": [None, str(until or "")]}
    approval.until = until
    approval.save(update_fields=["until"])
    action = f"approval.{'added' if is_new else 'changed'}"
    record(by=by, at=at, action=action, subjects=[approval], changes=changes)
    return [f"{centre.number}: approval for STEP {'added' if is_new else 'changed'}, {days}."]


def _load_member(centre: Centre, row: LoadedRow, by: Any, at: datetime) -> list[str]:
    email, role = row["user_email"], Role(row["role"])
    membership = centre.memberships.filter(ended_at=None, user__email=email).first()
    if membership and membership.role == role:
        return []
    if membership:
        _raise([_administrator_stays(membership, role)])
        old = membership.get_role_display()
        _set_role(membership, role, by, at)
        return [f"{centre.number}: {email} from {old} to {role.label}."]
    is_new = not User.objects.filter(email=email).exists()
    member = _join(centre, email, row["user_name"], role, by, at)
    told = f"is {'invited' if is_new else 'told'} by mail" if member.user.may_sign_in else "may not sign in"
    return [f"{centre.number}: {email} joins as {role.label}, and {told}."]


def recipients_of(centre: Centre, person: Any) -> tuple[list[str], list[str]]:
    """To whom a centre's mail about one act goes, and who gets a copy: the person, with a copy to the exams officer.

    Where the person is nobody or left, the officer gets it, or else all who make entries.
    """
    members = Membership.objects.in_centre(centre)
    here = set(members.values_list("user", flat=True))
    officer = [centre.exams_officer.email] if centre.exams_officer and centre.exams_officer_id in here else []
    if person and person.pk in here:
        return [person.email], [address for address in officer if address != person.email]
    writing = members.filter(role__in=rules.WRITING_ROLES).order_by("user__email")
    return officer or list(writing.values_list("user__email", flat=True)), []
