"""F4: one officer enters two candidates in two tabs at once, and no answer of one reaches the other."""

import random
import re

import pytest
from django.urls import reverse

from step_entries.models import StepDraft, StepEntry
from step_entries.views.drafts import DraftMixin

pytestmark = pytest.mark.django_db

ADA = {
    "candidate": {"first_name": "Ada", "last_name": "Byron", "date_of_birth": "10/12/2008", "gender": "female"},
    "papers": {"papers": "step-2"},
    "courses": {"has_other_course": "on", "other_course": "Mathematics at Leeds"},
}
ALAN = {
    "candidate": {"first_name": "Alan", "last_name": "Mathison", "date_of_birth": "23/06/2009", "gender": "male"},
    "papers": {"papers": "step-2-and-3"},
    "courses": {"has_other_course": "on", "other_course": "Computing at York"},
}
EXPECTED = {
    ("Ada", "Byron", "step-2", "Mathematics at Leeds"),
    ("Alan", "Mathison", "step-2-and-3", "Computing at York"),
}


@pytest.fixture
def client(signed_in, officer, session):
    return signed_in(officer)


@pytest.fixture
def interleavings(is_long):
    """In how many orders the two tabs are used."""
    return 100 if is_long else 12


def tab(client, answers):
    """A tab in which one candidate is entered, one act at each turn."""
    client.post(reverse("step_entries:entry-start"))
    draft = StepDraft.objects.latest("pk")
    yield
    for step, typed in answers.items():
        client.post(reverse("step_entries:draft-step", args=[draft.key, step]), typed)
        yield
    check = reverse("step_entries:draft-check", args=[draft.key])
    seen = re.search(r'name="seen" value="(\w+)"', client.get(check).text)
    yield
    client.post(check, {"seen": seen[1] if seen else ""})


def enter_both(client, chance):
    """Take turns in the two tabs by chance; the entries that were made."""
    open_tabs = [tab(client, ADA), tab(client, ALAN)]
    while open_tabs:
        turn = chance.choice(open_tabs)
        if next(turn, "done") == "done":
            open_tabs.remove(turn)
    found = set(StepEntry.objects.values_list("first_name", "last_name", "papers", "other_course"))
    StepEntry.objects.all().delete()
    return found


@pytest.mark.long
def test_f4_two_candidates_in_two_tabs_never_mix(client, interleavings):
    chance = random.Random(4)  # noqa: S311 (the same orders each time)

    assert [found for _ in range(interleavings) if (found := enter_both(client, chance)) != EXPECTED] == []


def test_f4_twin_answers_kept_by_person_instead_of_by_draft_are_mixed(client, monkeypatch):
    chance = random.Random(4)  # noqa: S311
    monkeypatch.setattr(
        DraftMixin, "draft", property(lambda view: StepDraft.objects.latest("pk"), lambda view, draft: None)
    )
    monkeypatch.setattr(DraftMixin, "to_confirmation", lambda view: view.http_method_not_allowed(view.request))

    assert any(enter_both(client, chance) != EXPECTED for _ in range(5))
