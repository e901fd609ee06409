"""The pages of the wizard: their addresses, what stands on them, and what is typed."""

import re

from django.urls import reverse

from tests.factories.step_entries import CANDIDATE_ANSWERS


def step_url(draft, step):
    return reverse("step_entries:draft-step", args=[draft.key, step])


def check_url(draft):
    return reverse("step_entries:draft-check", args=[draft.key])


def seen_on(page):
    """What the form of Check posts."""
    return {"seen": re.search(r'name="seen" value="([0-9a-f]{64})"', page.text)[1]}


def tick_box(page, name):
    return re.search(rf'<input[^>]*name="{name}"[^>]*>', page.text)[0]


def asked_value(page, name):
    """What a tick would answer."""
    return re.search(r'value="([^"]*)"', tick_box(page, name))[1]


def is_ticked(page, name):
    return " checked" in tick_box(page, name)


def typed(**changes):
    answers = {name: value for name, value in CANDIDATE_ANSWERS.items() if name != "auto_capitalise"}
    return answers | {"auto_capitalise": "on", "go": "next"} | changes
