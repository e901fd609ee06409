"""Every page in every state that it can be in: what accessibility tests and screenshots go through."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from accounts.services.signing_in import know_browser
from centres.enums import CentreKind, Role
from centres.services import renew_calendar
from core.history import record
from outbox.services import raise_alert
from step_entries.enums import Combination, EntryStatus
from step_entries.models import SessionExtension, SessionNotice, StepSession
from step_entries.services import (
    amend_entry,
    answers_of_entry,
    extend_window,
    hold_entries,
    release_entries,
    withdraw_entry,
)
from tests.browser.upload_states import UPLOAD_STATES
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory
from tests.factories.step_entries import DraftFactory, StepEntryFactory

DAY = timedelta(days=1)


class World:
    """What a state is built from: one centre, its people, a session, and a browser page on a server."""

    def __init__(self, page: Page, server: str, people: dict[str, Any], session: StepSession, sign_in: Any) -> None:
        self.page, self.server, self.people, self.session, self._sign_in = page, server, people, session, sign_in
        self.officer = people["officer"]
        self.centre = self.officer.memberships.get().centre

    def open(self, path: str, person: str | None = "officer") -> None:
        if person:
            self._sign_in(self.page.context, self.people[person])
        self.page.goto(self.server + path)

    def draft(self, **fields: Any) -> Any:
        return DraftFactory(session=self.session, centre=self.centre, started_by=self.officer, **fields)

    def entries(self, count: int = 1, **fields: Any) -> list[Any]:
        return StepEntryFactory.create_batch(
            count, session=self.session, centre=self.centre, submitted_by=self.officer, **fields
        )

    def close_registration(self) -> None:
        StepSession.objects.update(opens_at=timezone.now() - 60 * DAY, closes_at=timezone.now() - DAY)

    def step(self, step: str, draft: Any) -> str:
        return reverse("step_entries:draft-step", args=[draft.key, step])

    def save_changes(self) -> None:
        self.page.get_by_role("button", name="Save changes", exact=True).click()

    def next(self) -> None:
        self.page.get_by_role("button", name="Next", exact=True).click()


STATES: dict[str, Callable[[World], None]] = {**UPLOAD_STATES}


def state(build: Callable[[World], None]) -> Callable[[World], None]:
    STATES[build.__name__.replace("_", "-")] = build
    return build


@state
def sign_in(world: World) -> None:
    world.open("/", person=None)


@state
def sign_in_refused(world: World) -> None:
    world.open("/", person=None)
    world.page.get_by_label("Username").fill("nobody@school.example")
    world.page.get_by_label("Password").fill("wrong")
    world.page.get_by_role("button", name="Log in").click()


@state
def forgotten_password(world: World) -> None:
    world.open(reverse("accounts:password-forgotten"), person=None)


@state
def forgotten_password_sent(world: World) -> None:
    world.open(reverse("accounts:password-forgotten"), person=None)
    world.page.get_by_label("Username").fill("nobody@school.example")
    world.page.get_by_role("button", name="Send a new password").click()


@state
def sign_in_locked(world: World) -> None:
    world.open("/", person=None)
    for _ in range(3):
        world.page.get_by_label("Username").fill("nobody@school.example")
        world.page.get_by_label("Password").fill("a wrong password")
        world.page.get_by_role("button", name="Log in").click()


@state
def my_details(world: World) -> None:
    know_browser(user=world.officer, browser="", label="Firefox on Windows", at=timezone.now())
    world.open(reverse("accounts:my-details"))


@state
def my_details_errors(world: World) -> None:
    world.open(reverse("accounts:my-details"))
    world.page.get_by_label("Existing password").fill("wrong")
    world.page.get_by_role("button", name="Submit").click()


@state
def second_factor_set_up(world: World) -> None:
    world.open(reverse("accounts:second-factor-set-up"))


@state
def colleagues(world: World) -> None:
    world.centre.members_manage_colleagues = True
    world.centre.save()
    world.officer.memberships.update(role=Role.CENTRE_ADMINISTRATOR)
    world.open(reverse("centres:colleagues"))


@state
def several_centres(world: World) -> None:
    MembershipFactory(user=world.officer, centre__name="Southfield College")
    world.open("/")


@state
def session_warning(world: World) -> None:
    world.open("/")
    world.page.evaluate("document.getElementById('session-warning').hidden = false")


@state
def help_page(world: World) -> None:
    world.open(reverse("help"))


@state
def overview_empty(world: World) -> None:
    world.open("/")


@state
def overview_filled(world: World) -> None:
    SessionNotice.objects.create(
        session=world.session, text="The modified-paper deadline is near.", since=timezone.now() - DAY
    )
    world.draft()
    world.entries(2, papers=Combination.STEP_2)
    world.entries(1, status=EntryStatus.CONFIRMED, confirmed_at=timezone.now(), created_at=timezone.now() - DAY)
    world.entries(1, created_at=timezone.now() - 3 * DAY)
    world.open("/")


@state
def overview_action_open(world: World) -> None:
    world.entries(2)
    world.open("/?sort=candidate")
    world.page.locator("details summary").first.click()


@state
def overview_many(world: World) -> None:
    world.entries(60)
    world.open("/?page=2")


@state
def overview_middle_page(world: World) -> None:
    world.entries(300)
    world.open("/?page=7")


@state
def overview_many_drafts(world: World) -> None:
    for _ in range(51):
        world.draft()
    world.open("/")


@state
def overview_action_open_on_a_phone(world: World) -> None:
    world.draft()
    world.entries(2)
    world.page.set_viewport_size({"width": 375, "height": 900})
    world.open("/")
    world.page.locator("details summary").first.click()


@state
def overview_closed(world: World) -> None:
    world.draft()
    world.entries(1)
    world.close_registration()
    world.open("/")


@state
def overview_not_approved(world: World) -> None:
    world.centre.approvals.all().delete()
    world.open("/")


@state
def overview_without_session(world: World) -> None:
    StepSession.objects.all().delete()
    world.open("/")


@state
def overview_read_only(world: World) -> None:
    world.draft()
    world.entries(1)
    world.open("/", person="colleague")


@state
def overview_before_opening(world: World) -> None:
    StepSession.objects.update(opens_at=timezone.now() + DAY, closes_at=timezone.now() + 60 * DAY)
    world.open("/")


@state
def overview_with_all_that_can_be_due(world: World) -> None:
    world.session.modified_papers_until = timezone.now() + DAY
    world.session.save()
    SessionExtension.objects.create(session=world.session, centre=world.centre, closes_at=world.session.closes_at + DAY)
    for _ in range(2):
        world.draft()
    world.entries(2, created_at=timezone.now() - 3 * DAY)
    world.entries(1, status=EntryStatus.WITHDRAWN, withdrawn_at=timezone.now())
    world.open("/")


@state
def entries_found(world: World) -> None:
    for number, first_name in enumerate(("Ann", "Zoë", "Ève")):
        key = {"plain_last_name": "Muller Soby", "person_key": f"{number}mullersoby"}
        world.entries(1, first_name=first_name, last_name="Müller-Søby", **key)
    world.entries(2)
    world.open(reverse("reports:entries") + "?search=muller-soby&ucas_id=missing")


@state
def entries_not_found(world: World) -> None:
    world.draft()
    world.entries(1)
    world.entries(1, last_name="Smith", status=EntryStatus.WITHDRAWN, withdrawn_at=timezone.now())
    world.entries(1, ucas_id="0123456789")
    world.open(reverse("reports:entries") + "?search=Ann+Smith&ucas_id=missing&papers=step-2")


@state
def entries_not_found_by_a_wildcard(world: World) -> None:
    world.entries(1)
    world.open(reverse("reports:entries") + "?search=%25")


@state
def entries_none_with_the_filters(world: World) -> None:
    world.entries(1)
    world.open(reverse("reports:entries") + "?status=confirmed&papers=step-3")


@state
def entries_empty(world: World) -> None:
    world.open(reverse("reports:entries"))


@state
def entries_many(world: World) -> None:
    world.entries(150)
    world.open(reverse("reports:entries") + "?size=100&page=2&sort=candidate&ucas_id=missing")


@state
def entries_withdrawn(world: World) -> None:
    world.entries(2, status=EntryStatus.WITHDRAWN, withdrawn_at=timezone.now())
    world.open(reverse("reports:entries") + "?status=withdrawn")


@state
def entries_read_only(world: World) -> None:
    world.entries(1)
    world.open(reverse("reports:entries"), person="colleague")


@state
def report_empty(world: World) -> None:
    world.open(reverse("reports:report"))


@state
def report_of_one(world: World) -> None:
    [entry] = world.entries(1, ucas_id="0123456789", has_other_course=True, other_course="Engineering in Delft")
    entry.courses.set(world.session.courses.all())
    world.open(reverse("reports:report"))


@state
def report_of_one_a_row(world: World) -> None:
    [entry] = world.entries(1, ucas_id="0123456789", has_other_course=True, other_course="Engineering in Delft")
    entry.courses.set(world.session.courses.all())
    world.open(reverse("reports:report") + "?rows=candidates")


@state
def report_of_many_of_an_open_centre(world: World) -> None:
    world.centre.kind = CentreKind.OPEN
    world.centre.save()
    world.entries(110, own_school="St Mary's School for Girls")
    world.open(reverse("reports:report") + "?page=2")


@state
def test_page(world: World) -> None:
    world.open(reverse("step_entries:test-page"))


@state
def test_page_closed(world: World) -> None:
    world.close_registration()
    world.open(reverse("step_entries:test-page"))


@state
def test_page_read_only(world: World) -> None:
    world.open(reverse("step_entries:test-page"), person="colleague")


@state
def candidate_empty(world: World) -> None:
    world.open(world.step("candidate", world.draft(answers={})))


@state
def candidate_of_open_centre(world: World) -> None:
    world.centre.kind = CentreKind.OPEN
    world.centre.save()
    world.open(world.step("candidate", world.draft(answers={})))


@state
def candidate_errors(world: World) -> None:
    world.open(world.step("candidate", world.draft(answers={})))
    world.page.get_by_label("Date of birth").fill("31/02/2008")
    world.page.get_by_label("UCAS ID").fill("123")
    world.next()


@state
def candidate_asked(world: World) -> None:
    entry = world.entries(1, date_of_birth="1990-01-01")[0]
    names = {"first_name": entry.first_name, "last_name": entry.last_name, "date_of_birth": "01/01/1990"}
    world.open(world.step("candidate", world.draft(candidate=names | {"ucas_id": ""})))


@state
def candidate_closed(world: World) -> None:
    draft = world.draft(answers={})
    world.close_registration()
    world.open(world.step("candidate", draft))
    world.next()


@state
def candidate_with_plain_form(world: World) -> None:
    world.open(world.step("candidate", world.draft(candidate={"first_name": "Seán", "last_name": "O'Brien"})))


@state
def candidate_saved_for_later(world: World) -> None:
    world.open(world.step("candidate", world.draft()))
    world.page.get_by_role("button", name="Save and finish later").click()


@state
def papers(world: World) -> None:
    world.open(world.step("papers", world.draft()))


@state
def papers_error(world: World) -> None:
    draft = world.draft()
    del draft.answers["papers"], draft.answers["courses"]
    draft.save()
    world.open(world.step("papers", draft))
    world.next()


@state
def papers_return_to_check(world: World) -> None:
    world.open(world.step("papers", world.draft()) + "?return=check")


@state
def papers_none_in_session(world: World) -> None:
    world.session.papers.all().delete()
    world.open(world.step("papers", world.draft()))
    world.next()


@state
def courses(world: World) -> None:
    world.open(world.step("courses", world.draft()))


@state
def courses_error(world: World) -> None:
    draft = world.draft()
    del draft.answers["courses"]
    draft.save()
    world.open(world.step("courses", draft))
    world.next()


@state
def courses_none_in_session(world: World) -> None:
    draft = world.draft()
    del draft.answers["courses"]
    draft.save()
    world.session.courses.clear()
    world.open(world.step("courses", draft))
    world.next()


@state
def check(world: World) -> None:
    world.session.courses.update(usually_needs_both_papers=True)
    draft = world.draft(candidate={"last_name": "Müller-Søby", "ucas_id": ""})
    draft.answers["papers"] = {"papers": "step-2"}
    draft.save()
    world.open(reverse("step_entries:draft-check", args=[draft.key]))


@state
def check_closed(world: World) -> None:
    draft = world.draft()
    world.close_registration()
    world.open(reverse("step_entries:draft-check", args=[draft.key]))


@state
def discard(world: World) -> None:
    world.open(reverse("step_entries:draft-discard", args=[world.draft().key]))


@state
def confirmation(world: World) -> None:
    world.open(reverse("step_entries:entry-confirmation", args=[world.entries(1)[0].number]))


@state
def confirmation_alerts_off(world: World) -> None:
    world.centre.email_alerts = False
    world.centre.save()
    world.open(reverse("step_entries:entry-confirmation", args=[world.entries(1)[0].number]))


@state
def entry(world: World) -> None:
    world.open(reverse("step_entries:entry-detail", args=[world.entries(1)[0].number]))


@state
def entry_confirmed(world: World) -> None:
    [entry] = world.entries(1, status=EntryStatus.CONFIRMED, confirmed_at=timezone.now(), last_name="Müller")
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


@state
def entry_held_and_released(world: World) -> None:
    [entry] = world.entries(1)
    at = timezone.now()
    record(by=world.officer, at=at - DAY, action="step-entry.submitted", subjects=[entry])
    hold_entries(entries=[entry], reason="Two entries", by=world.people["staff"], at=at - DAY / 2)
    release_entries(entries=[entry], by=world.people["staff"], at=at - DAY / 4)
    hold_entries(entries=[entry], reason="Papers", by=None, at=at)
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


@state
def entry_late(world: World) -> None:
    [entry] = world.entries(1, created_at=timezone.now() - DAY)
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


@state
def confirmation_late(world: World) -> None:
    [entry] = world.entries(1, created_at=timezone.now() - DAY)
    world.open(reverse("step_entries:entry-confirmation", args=[entry.number]))


@state
def entry_overdue(world: World) -> None:
    [entry] = world.entries(1, created_at=timezone.now() - 3 * DAY)
    world.open(reverse("step_entries:entry-detail", args=[entry.number]))


def entered(world: World, **fields: Any) -> Any:
    """An entry with a course and with its Submit in the history, made an hour ago."""
    made_at = timezone.now() - DAY / 24
    [entry] = world.entries(1, **{"created_at": made_at, "ucas_id": "1234567890"} | fields)
    entry.courses.add(world.session.courses.first())
    record(by=world.officer, at=made_at, action="step-entry.submitted", subjects=[entry])
    return entry


def amend_page(entry: Any, step: str) -> str:
    return reverse("step_entries:entry-amend", args=[entry.number, step])


def entry_page(entry: Any) -> str:
    return reverse("step_entries:entry-detail", args=[entry.number])


def confirmed_entry(world: World) -> Any:
    return entered(world, status=EntryStatus.CONFIRMED, confirmed_at=timezone.now())


def amended_by_a_colleague(world: World, entry: Any, **answers: Any) -> None:
    priya = UserFactory(email="priya@northgate.example", name="Priya Shah")
    MembershipFactory(user=priya, centre=world.centre)
    answers = answers_of_entry(entry) | answers
    amend_entry(entry=entry, step="candidate", answers=answers, version=1, by=priya, at=timezone.now())


def withdrawn_entry(world: World, **fields: Any) -> Any:
    entry = entered(world, **fields)
    return withdraw_entry(entry=entry, version=1, by=world.officer, at=timezone.now())


@state
def entry_amended(world: World) -> None:
    entry = confirmed_entry(world)
    amended_by_a_colleague(world, entry, first_name="Anna", ucas_id="", date_of_birth="05/03/2009")
    world.open(entry_page(entry))


@state
def entry_withdrawn(world: World) -> None:
    world.open(entry_page(withdrawn_entry(world)))


@state
def entry_withdrawn_and_closed(world: World) -> None:
    entry = withdrawn_entry(world)
    world.close_registration()
    world.open(entry_page(entry))


@state
def entry_closed(world: World) -> None:
    entry = entered(world)
    world.close_registration()
    world.open(entry_page(entry))


@state
def entry_read_only(world: World) -> None:
    world.open(entry_page(entered(world)), person="colleague")


@state
def amend_candidate(world: World) -> None:
    world.open(amend_page(confirmed_entry(world), "candidate"))


@state
def amend_papers(world: World) -> None:
    world.open(amend_page(confirmed_entry(world), "papers"))


@state
def amend_courses(world: World) -> None:
    world.open(amend_page(confirmed_entry(world), "courses"))


@state
def amend_candidate_errors(world: World) -> None:
    world.open(amend_page(entered(world), "candidate"))
    world.page.get_by_label("Last Name", exact=True).fill("")
    world.page.get_by_label("Date of birth").fill("01/01/1990")
    world.save_changes()


@state
def amend_courses_error(world: World) -> None:
    world.open(amend_page(entered(world), "courses"))
    world.page.get_by_label("Mathematics (G100)").first.uncheck()
    world.save_changes()


@state
def amend_stale(world: World) -> None:
    entry = entered(world)
    world.open(amend_page(entry, "candidate"))
    amended_by_a_colleague(world, entry, first_name="Anna", ucas_id="")
    world.page.get_by_label("First Name", exact=True).fill("Annabel")
    world.page.get_by_label("Date of birth").fill("31/02/2009")
    world.save_changes()


@state
def amend_closed_while_typing(world: World) -> None:
    world.open(amend_page(entered(world), "candidate"))
    world.close_registration()
    world.page.get_by_label("First Name", exact=True).fill("Anna")
    world.save_changes()


@state
def amend_nothing_changed(world: World) -> None:
    world.open(amend_page(entered(world), "papers"))
    world.save_changes()


@state
def amend_page_too_old(world: World) -> None:
    world.open(amend_page(entered(world), "candidate"))
    world.page.context.clear_cookies(name="csrf")
    world.save_changes()


@state
def withdraw(world: World) -> None:
    world.open(reverse("step_entries:entry-withdraw", args=[entered(world).number]))


@state
def withdraw_stale(world: World) -> None:
    entry = entered(world)
    world.open(reverse("step_entries:entry-withdraw", args=[entry.number]))
    amended_by_a_colleague(world, entry, first_name="Anna")
    world.page.get_by_role("button", name="Confirm Withdraw").click()


@state
def overview_after_a_withdrawal(world: World) -> None:
    world.entries(1)
    world.open(reverse("step_entries:entry-withdraw", args=[entered(world).number]))
    world.page.get_by_role("button", name="Confirm Withdraw").click()


@state
def restore(world: World) -> None:
    world.open(reverse("step_entries:entry-restore", args=[withdrawn_entry(world).number]))


@state
def restore_asked(world: World) -> None:
    entry = withdrawn_entry(world)
    names = {"first_name": entry.first_name, "last_name": entry.last_name, "date_of_birth": entry.date_of_birth}
    world.entries(1, candidate__first_name=entry.first_name, candidate__last_name=entry.last_name, **names)
    world.open(reverse("step_entries:entry-restore", args=[entry.number]))


@state
def not_found(world: World) -> None:
    world.open(reverse("step_entries:entry-detail", args=["S99999"]))


@state
def not_allowed(world: World) -> None:
    world.open(reverse("step_entries:draft-check", args=[world.draft().key]), person="colleague")


@state
def no_centre(world: World) -> None:
    world.open("/", person="stranger")


@state
def page_too_old(world: World) -> None:
    world.open(world.step("candidate", world.draft(answers={})))
    world.page.context.clear_cookies(name="csrf")
    world.next()


@state
def page_too_old_elsewhere(world: World) -> None:
    world.open("/", person=None)
    world.page.context.clear_cookies(name="csrf")
    world.page.get_by_label("Username").fill("officer@northgate.example")
    world.page.get_by_label("Password").fill("something")
    world.page.get_by_role("button", name="Log in").click()


@state
def statements_none(world: World) -> None:
    world.open(reverse("step_entries:statements"))


@state
def statements_many(world: World) -> None:
    world.entries(201)
    world.open(reverse("step_entries:statements"))


@state
def preferences_read_only(world: World) -> None:
    world.open("/#preferences", person="colleague")


@state
def preferences_saved(world: World) -> None:
    world.open("/")
    world.page.get_by_role("group", name="Email Alert(s) for Candidate Entry(ies)").get_by_label("Off").check()
    world.page.get_by_role("button", name="Save", exact=True).click()


@state
def calendar_without_address(world: World) -> None:
    world.open(reverse("centres:calendar"))


@state
def calendar_without_address_read_only(world: World) -> None:
    world.open(reverse("centres:calendar"), person="colleague")


@state
def calendar_with_address(world: World) -> None:
    renew_calendar(centre=world.centre, by=world.officer, at=timezone.now())
    world.open(reverse("centres:calendar"))


@state
def calendar_renew(world: World) -> None:
    renew_calendar(centre=world.centre, by=world.officer, at=timezone.now())
    world.open(reverse("centres:calendar-renew"))


@state
def help_signed_out(world: World) -> None:
    StepSession.objects.all().delete()
    world.open(reverse("help"), person=None)


@state
def help_section(world: World) -> None:
    world.open(reverse("help-section", args=["making-a-new-test-entry"]))


@state
def help_first_section(world: World) -> None:
    world.open(reverse("help-section", args=["introduction"]))


@state
def help_last_section(world: World) -> None:
    world.open(reverse("help-section", args=["post-test-admin"]))


@state
def accessibility_statement(world: World) -> None:
    world.open(reverse("accessibility"))


@state
def privacy_notice(world: World) -> None:
    world.open(reverse("privacy"), person=None)


@state
def incident(world: World) -> None:
    world.open(reverse("incident"))


ADMIN_STATES: dict[str, Callable[[World], None]] = {}


def admin_state(build: Callable[[World], None]) -> Callable[[World], None]:
    ADMIN_STATES[build.__name__.replace("_", "-")] = build
    return build


@admin_state
def admin_front_page(world: World) -> None:
    for days in range(5):
        world.entries(1 + days, created_at=timezone.now() - days * DAY)
    world.draft()
    extend(world)
    raise_alert(key="event", sentence="STEP entry numbers: 90000 of 99999 are used.", at=timezone.now())
    world.open(reverse("admin:index"), person="staff")


@admin_state
def admin_front_page_without_session(world: World) -> None:
    StepSession.objects.all().delete()
    world.open(reverse("admin:index"), person="staff")


def extend(world: World) -> None:
    extend_window(
        session=world.session,
        centre=world.centre,
        closes_at=world.session.closes_at + DAY,
        reason="The school's network is down",
        by=world.people["staff"],
        at=timezone.now(),
    )


def of_session(world: World, page: str) -> str:
    return reverse(f"admin:step_entries_stepsession_{page}", args=[world.session.pk])


@admin_state
def admin_extend(world: World) -> None:
    extend(world)
    world.open(of_session(world, "extend"), person="staff")


@admin_state
def admin_extend_errors(world: World) -> None:
    world.open(of_session(world, "extend"), person="staff")
    world.page.get_by_label("One centre").check()
    world.page.get_by_label("UK time").fill("12:00")
    world.page.get_by_role("button", name="Extend the window").click()


@admin_state
def admin_export(world: World) -> None:
    world.entries(2)
    world.open(of_session(world, "export"), person="staff")
    with world.page.expect_download():
        world.page.get_by_role("button", name="Download the file").click()
    world.page.reload()


@admin_state
def admin_copied_session(world: World) -> None:
    world.open(of_session(world, "change"), person="staff")
    world.page.get_by_role("button", name="Copy to the next year").click()


@admin_state
def admin_run_preview(world: World) -> None:
    due = {"created_at": timezone.now() - DAY}
    world.entries(2, **due)
    world.entries(1, **due, held_at=timezone.now(), held_reason="Asked the centre about the name")
    world.session.papers.filter(paper="step-3").delete()
    world.open(reverse("admin:step_entries_confirmationrun_preview"), person="staff")


@admin_state
def admin_runs(world: World) -> None:
    world.open(reverse("admin:step_entries_confirmationrun_changelist"), person="staff")


@admin_state
def admin_same_people(world: World) -> None:
    for entry in world.entries(2):
        StepEntryFactory(session=world.session, candidate__last_name=entry.last_name)
    world.open(reverse("admin:step_entries_stepentry_duplicates"), person="staff")


@admin_state
def admin_drafts(world: World) -> None:
    world.draft()
    world.open(reverse("admin:step_entries_stepdraft_changelist"), person="staff")


@admin_state
def admin_entries(world: World) -> None:
    world.entries(3)
    world.open(reverse("admin:step_entries_stepentry_changelist"), person="staff")


@admin_state
def admin_entry(world: World) -> None:
    [entry] = world.entries(1)
    world.open(reverse("admin:step_entries_stepentry_change", args=[entry.pk]), person="staff")


@admin_state
def admin_session(world: World) -> None:
    world.open(reverse("admin:step_entries_stepsession_change", args=[world.session.pk]), person="staff")


@admin_state
def admin_centre(world: World) -> None:
    world.open(reverse("admin:centres_centre_change", args=[world.centre.pk]), person="staff")


@admin_state
def admin_mails(world: World) -> None:
    world.open(reverse("admin:outbox_outgoingemail_changelist"), person="staff")
