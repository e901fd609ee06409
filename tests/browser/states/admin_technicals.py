"""The administration of Cambridge Technicals: the desk, the catalogue and its loading, approvals, prices."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from technicals.enums import SubmissionStatus
from technicals.models import Qualification, Submission
from tests.browser.pages import press
from tests.browser.states.technicals import technicals_history, technicals_submission_rejected
from tests.browser.states.world import World, admin_state
from tests.browser.technicals_world import set_up
from tests.factories.technicals import SHIPPED


def open_admin(world: World, name: str, *arguments: object, query: str = "") -> None:
    world.open(reverse(f"admin:technicals_{name}", args=arguments) + query, person="staff")


@admin_state
def admin_technicals_submissions(world: World) -> None:
    technicals_history(world)
    open_admin(world, "submission_changelist")


@admin_state
def admin_technicals_queue(world: World) -> None:
    technicals_history(world)
    waiting = Submission.objects.filter(status=SubmissionStatus.READ_AND_RECOGNISED)
    waiting.update(submitted_at=timezone.now() - timedelta(hours=1))
    open_admin(world, "submission_queue")


@admin_state
def admin_technicals_handle_errors(world: World) -> None:
    technicals_submission_rejected(world)
    open_admin(world, "submission_handle", Submission.objects.get().pk)
    press(world.page, "Take over: OCR handling this")


@admin_state
def admin_technicals_load_differences(world: World) -> None:
    set_up(world.centre)
    Qualification.objects.filter(code="05834").update(size="Small Certificate", glh=90)
    Qualification.objects.filter(code__in=["05835", "05836"]).delete()
    open_admin(world, "qualification_load")
    world.page.get_by_label("Entry codes").set_input_files(SHIPPED / "qualifications.csv")
    press(world.page, "Show the differences")


@admin_state
def admin_technicals_approve_several_errors(world: World) -> None:
    set_up(world.centre)
    open_admin(world, "approval_several")
    press(world.page, "Approve")


@admin_state
def admin_technicals_series(world: World) -> None:
    set_up(world.centre)
    open_admin(world, "series_changelist")
