"""The pages of an entry: their addresses, and what is sent to them."""

import re

from django.urls import reverse

from tests.step_entries.wizard_pages import typed


def entry_url(entry):
    return reverse("step_entries:entry-detail", args=[entry.number])


def amend_url(entry, step="candidate"):
    return reverse("step_entries:entry-amend", args=[entry.number, step])


def withdraw_url(entry):
    return reverse("step_entries:entry-withdraw", args=[entry.number])


def restore_url(entry):
    return reverse("step_entries:entry-restore", args=[entry.number])


def changed(version=1, **changes):
    """What the form of Edit candidate details posts."""
    return typed(**changes) | {"go": "save", "version": version}


def version_on(page):
    return int(re.search(r'name="version" value="(\d+)"', page.text)[1])
