"""The components that pages are made of."""

from datetime import UTC, datetime, timedelta

import pytest
from django import forms

from core.templatetags.ui import error_summary, until


class Boxes(forms.Form):
    courses = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)


@pytest.mark.parametrize(("choices", "target"), [([], ""), ([("1", "One"), ("2", "Two")], "id_courses_0")])
def test_an_error_leads_to_the_first_control_of_its_field_or_nowhere(choices, target):
    form = Boxes({})
    form.fields["courses"].choices = choices

    [line] = error_summary(form)["lines"]

    assert line["target"] == target


def test_the_time_until_an_end_that_is_past_is_nothing():
    at = datetime(2027, 5, 4, 23, 0, tzinfo=UTC)

    assert until(at - timedelta(seconds=1), at) == "0 seconds"
