import pytest
from django import forms

from core.refusals import Refusal, Refused, all_refusals, raise_if_any

OF_FIELD = Refusal("TEST-01", "Enter the name.", "name")
OF_OTHER_FIELD = Refusal("TEST-02", "Choose a colour.", "colour")
OF_FORM = Refusal("TEST-03", "Registration is closed.")


class NameForm(forms.Form):
    name = forms.CharField(required=False)


def test_refused_carries_every_reason_and_speaks_them_all():
    refused = Refused(refusal for refusal in (OF_FIELD, OF_FORM))

    assert refused.refusals == (OF_FIELD, OF_FORM)
    assert str(refused) == "Enter the name. Registration is closed."


def test_reasons_are_put_onto_their_field_or_else_onto_the_form_as_a_whole():
    form = NameForm({"name": ""})

    Refused([OF_FIELD, OF_OTHER_FIELD, OF_FORM]).put_onto(form)

    assert form.errors == {
        "name": ["Enter the name."],
        "__all__": ["Choose a colour.", "Registration is closed."],
    }


def test_all_refusals_keeps_the_order_of_the_rules_and_hands_each_the_facts():
    def refuses_odd(number, _unit):
        return Refusal("TEST-01", f"{number} is odd.") if number % 2 else None

    def refuses_long(number, unit):
        return Refusal("TEST-02", f"{number} {unit} is long.") if number > 2 else None

    assert all_refusals([refuses_odd, refuses_long], 3, "miles") == [
        Refusal("TEST-01", "3 is odd."),
        Refusal("TEST-02", "3 miles is long."),
    ]
    assert all_refusals([refuses_odd, refuses_long], 4, "miles") == [Refusal("TEST-02", "4 miles is long.")]
    assert all_refusals([refuses_odd, refuses_long], 2, "miles") == []


def test_raise_if_any_raises_with_all_reasons():
    with pytest.raises(Refused) as refused:
        raise_if_any(iter([OF_FIELD, OF_FORM]))

    assert refused.value.refusals == (OF_FIELD, OF_FORM)


def test_raise_if_any_is_silent_without_a_reason():
    assert raise_if_any(iter([])) is None
