"""The web form of Cambridge Technicals: each of its pages, with nobody, a few and many on it."""

from typing import Any

from django.urls import reverse

from candidates.models import Candidate
from technicals.enums import EntryKind, EntryOption, SeriesKind
from technicals.models import EntryDraft, Series
from tests.browser.pages import press
from tests.browser.states.world import World, state
from tests.browser.technicals_world import set_up, with_sample_prices
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.technicals import QualificationFactory, RegistrationFactory, exam_series
from tests.factories.technicals_files import FULL
from tests.technicals.form_pages import begun, ids, page_of

MOVE_DOWN = "05992"


def open_step(world: World, draft: EntryDraft, step: str, query: str = "") -> None:
    world.open(page_of(draft, step) + query)


def open_start(world: World, query: str = "") -> None:
    world.open(reverse("technicals:form") + query)


def form_of(world: World, **fields: Any) -> EntryDraft:
    set_up(world.centre)
    return begun(world.officer, **fields)


def register(draft: EntryDraft) -> None:
    for entry in draft.entries.all():
        RegistrationFactory(centre=draft.centre, candidate=entry.candidate, qualification__code=FULL)


@state
def technicals_form(world: World) -> None:
    form_of(world, count=3)
    exam_series(SeriesKind.JUNE)
    QualificationFactory(code=MOVE_DOWN, entry_kind=EntryKind.MOVING_DOWN, from_code=FULL, to_code="05834")
    open_start(world)


@state
def technicals_form_nothing_chosen(world: World) -> None:
    set_up(world.centre)
    open_start(world)
    press(world.page, "OK")


@state
def technicals_form_not_approved_for(world: World) -> None:
    set_up(world.centre)
    open_start(world, "?search=Engineering")


@state
def technicals_form_no_series_open(world: World) -> None:
    set_up(world.centre)
    Series.objects.exclude(kind=SeriesKind.REGISTRATION).delete()
    open_start(world)


@state
def technicals_form_not_approved(world: World) -> None:
    open_start(world)


@state
def technicals_form_change_assessment(world: World) -> None:
    open_step(world, form_of(world, option=EntryOption.FULL), "assessment")


@state
def technicals_form_candidates(world: World) -> None:
    draft = form_of(world, count=3)
    CandidateFactory.create_batch(120, centre=world.centre)
    GroupFactory(centre=world.centre, name="Year 12 Business", members=Candidate.objects.all()[:5])
    open_step(world, draft, "candidates")


@state
def technicals_form_candidates_many_chosen(world: World) -> None:
    open_step(world, form_of(world, count=300), "candidates")


@state
def technicals_form_candidates_nobody_found(world: World) -> None:
    open_step(world, form_of(world, count=0), "candidates", "?search=Nobody")


@state
def technicals_form_candidates_nobody_ticked(world: World) -> None:
    open_step(world, form_of(world, count=0), "candidates")
    press(world.page, "Next")


@state
def technicals_form_new_candidate_known(world: World) -> None:
    draft = form_of(world, count=0)
    CandidateFactory(centre=world.centre, last_name="Okafor", uci="689990980001D")
    open_step(world, draft, "candidate-new")
    page = world.page
    for label, text in (("Forename", "Ann"), ("Surname", "Okafor"), ("Date of birth", "04/03/2009")):
        page.get_by_label(label).first.fill(text)
    page.get_by_label("Female", exact=True).check()
    press(page, "Add candidate")


@state
def technicals_form_options(world: World) -> None:
    open_step(world, form_of(world, count=3, option=EntryOption.FULL), "options")


@state
def technicals_form_options_refused(world: World) -> None:
    open_step(world, form_of(world, count=3), "options")
    for number in range(4):
        world.page.locator("input[name=units]").nth(number).check()
    world.page.get_by_label("Unit entry", exact=True).check()
    press(world.page, "Apply to selected")


@state
def technicals_form_options_moving_down(world: World) -> None:
    set_up(world.centre)
    QualificationFactory(code=MOVE_DOWN, entry_kind=EntryKind.MOVING_DOWN, from_code=FULL, to_code="05834")
    open_step(world, begun(world.officer, code=MOVE_DOWN), "options")
    press(world.page, "Apply to selected")


@state
def technicals_form_options_three_hundred(world: World) -> None:
    open_step(world, form_of(world, count=301), "options")
    press(world.page, "Tick all")


@state
def technicals_form_options_nobody(world: World) -> None:
    open_step(world, form_of(world, count=0), "options")


@state
def technicals_form_summary(world: World) -> None:
    draft = form_of(world, count=5, option=EntryOption.FULL)
    with_sample_prices()
    open_step(world, draft, "summary")


@state
def technicals_form_summary_late_and_refused(world: World) -> None:
    set_up(world.centre, is_late=True)
    draft = begun(world.officer, count=3, option=EntryOption.UNITS, units=[1, 2])
    register(draft)
    open_step(world, draft, "summary")
    world.page.get_by_label("Order number or reference").fill("=PO 17")
    press(world.page, "Submit entries")


@state
def technicals_form_summary_to_mend(world: World) -> None:
    draft = form_of(world, count=4, option=EntryOption.UNITS, units=[1])
    entries = list(draft.entries.select_related("candidate"))
    RegistrationFactory(centre=world.centre, candidate=entries[0].candidate, qualification__code=FULL)
    Candidate.objects.filter(pk=entries[1].candidate_id).update(last_name="Sm1th", gender="female")
    draft.entries.filter(pk=entries[2].pk).update(option=EntryOption.FULL, units=[])
    draft.entries.filter(pk=entries[3].pk).update(option="", units=[])
    open_step(world, draft, "summary")


@state
def technicals_form_summary_entered_already(world: World) -> None:
    draft = form_of(world, option=EntryOption.FULL)
    register(draft)
    open_step(world, draft, "summary")


@state
def technicals_form_cancel(world: World) -> None:
    open_step(world, form_of(world), "cancel")


@state
def technicals_form_confirmation(world: World) -> None:
    open_step(world, form_of(world, count=3, option=EntryOption.FULL), "summary")
    press(world.page, "Submit entries")


@state
def technicals_form_gone(world: World) -> None:
    draft = form_of(world)
    draft.delete()
    world.open(reverse("technicals:form-summary", args=[draft.key]))


@state
def technicals_home_with_forms(world: World) -> None:
    assert ids(form_of(world))
    world.open(reverse("technicals:home"), person="colleague")
