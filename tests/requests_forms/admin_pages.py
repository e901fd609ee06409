"""The desk of the STEP team in the administration."""

from django.urls import reverse, reverse_lazy

QUEUE = reverse_lazy("admin:requests_forms_request_changelist")


def desk_of(case):
    return reverse("admin:requests_forms_request_decide", args=[case.pk])


def pressed(case, act, **typed):
    """What is posted when a button of the page is pressed that was opened now."""
    return {"act": act, "version": case.version} | typed


def errors_of(page):
    """What the page has against what was posted: by field, "" for the form as a whole."""
    return {
        "" if name == "__all__" else name: list(errors) for name, errors in page.context["desk"].form.errors.items()
    }
