"""What staff type about the catalogue, its prices, dates and approvals; the rules judge it."""

from collections.abc import Iterable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminDateWidget

from centres.models import Centre
from core.refusals import Refusal

from ..codecs.catalogue import PRICES, QUALIFICATIONS, UNITS, pence_of, text_of
from ..models import Approval, Price, Qualification, Series, Unit
from ..rules import calendar, loading, prices
from ..rules.catalogue import Family, family_in_words
from ..services.approvals import refusals_to_approve

SEPARATOR = "|"
IN_JANUARY_AND_JUNE = {"january": "in_january", "june": "in_june"}


class RuledForm(forms.ModelForm):
    """A form of a model whose rules refuse what does not hold, each at its field."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not self.errors:
            for refusal in self.refusals(data):
                self.add_error(refusal.field if refusal.field in self.fields else None, refusal.sentence)
        return data

    def refusals(self, data: dict[str, Any]) -> Iterable[Refusal]:
        """What the rules say of what was typed."""
        raise NotImplementedError


class QualificationForm(RuledForm):
    class Meta:
        model = Qualification
        fields = [*QUALIFICATIONS.fields, "combination", "combination_source", "is_in_use"]

    def refusals(self, data: dict[str, Any]) -> Iterable[Refusal]:
        families = {each.code: each.family for each in Qualification.objects.all()}
        families[data["code"]] = (data["subject"], data["level"], data["suite"])
        judged = (
            loading.cell_has_its_form("code", data["code"]),
            loading.codes_before_and_after_belong(data, families),
        )
        return [refusal for refusal in judged if refusal]


class UnitForm(RuledForm):
    class Meta:
        model = Unit
        fields = [*UNITS.fields.values(), "is_in_use"]

    def refusals(self, data: dict[str, Any]) -> Iterable[Refusal]:
        row = {column: data.get(name) for column, name in UNITS.fields.items()}
        row |= {column: "yes" if data[name] else "no" for column, name in IN_JANUARY_AND_JUNE.items()}
        refusal = loading.unit_is_entered_as_it_is_assessed(row)
        return [replace(refusal, field=IN_JANUARY_AND_JUNE.get(refusal.field, refusal.field))] if refusal else []


class SeriesForm(RuledForm):
    class Meta:
        model = Series
        fields = ["kind", "year", *calendar.DAYS, "is_sample"]

    def refusals(self, data: dict[str, Any]) -> Iterable[Refusal]:
        return calendar.refusals_to_set_up(SimpleNamespace(**data), Series.objects.exclude(pk=self.instance.pk))


class PoundsField(forms.CharField):
    """An amount in pounds; pence behind the page. Empty is None."""

    def prepare_value(self, value: Any) -> Any:
        return text_of(SimpleNamespace(amount=value), "amount") if isinstance(value, int) else value

    def to_python(self, value: Any) -> Any:
        text = (super().to_python(value) or "").replace(",", "").strip()
        pence = pence_of(text)
        if text and pence is None:
            raise forms.ValidationError("Type the amount in pounds like 12.50, or leave it empty for “on invoice”.")
        return pence

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return initial != self.to_python(data)
        except forms.ValidationError:
            return True


class PriceForm(RuledForm):
    amount = PoundsField(label="Amount in pounds", required=False, help_text="Like 12.50. Empty: on invoice.")

    class Meta:
        model = Price
        fields = list(PRICES.fields.values())

    def refusals(self, data: dict[str, Any]) -> Iterable[Refusal]:
        codes = set(Qualification.objects.values_list("code", flat=True))
        judged = [
            prices.price_names_a_code_that_there_is(data["code"], codes),
            prices.price_is_for_a_code_or_a_level(data["code"], data["level"]),
            prices.price_ends_after_it_begins(data["since"], data["until"]),
            prices.prices_do_not_overlap(SimpleNamespace(**data), Price.objects.exclude(pk=self.instance.pk)),
        ]
        return [refusal for refusal in judged if refusal]


def family_choices() -> list[tuple[str, str]]:
    """The subjects, levels and suites that the catalogue has an entry code of, to be chosen from."""
    found = Qualification.objects.order_by("subject", "level", "-suite").values_list("subject", "level", "suite")
    return [(SEPARATOR.join(map(str, family)), family_in_words(family)) for family in found.distinct()]


def family_of(choice: str) -> Family:
    """The subject, level and suite that was chosen."""
    subject, level, suite = choice.split(SEPARATOR)
    return subject, int(level), suite


class ApprovalForm(RuledForm):
    """An approval of one centre; its subject, level and suite are chosen as one."""

    family = forms.ChoiceField(label="Subject, level and suite", choices=family_choices)

    class Meta:
        model = Approval
        fields = ["centre", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            family = self.instance.family
            self.initial["family"] = SEPARATOR.join(map(str, family))
            self.fields["family"].choices = _with(family_choices(), self.initial["family"], family_in_words(family))

    def refusals(self, data: dict[str, Any]) -> Iterable[Refusal]:
        family = family_of(data["family"])
        self.instance.subject, self.instance.level, self.instance.suite = family
        return refusals_to_approve(data["centre"], [family], data["since"], data["until"], self.instance.pk)


def _with(choices: list[tuple[str, str]], value: str, label: str) -> list[tuple[str, str]]:
    return choices if value in dict(choices) else [(value, label), *choices]


class SeveralForm(forms.Form):
    """A centre, the subjects, levels and suites that it is approved for, and the days."""

    number = forms.CharField(
        label="Centre number", max_length=20, error_messages={"required": "Enter the centre number."}
    )
    families = forms.MultipleChoiceField(
        label="Approve for",
        choices=family_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = forms.DateField(label="First day", widget=AdminDateWidget)
    until = forms.DateField(label="Last day", required=False, widget=AdminDateWidget, help_text="Empty for no end.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        number = data.get("number", "").strip().upper()
        data["centre"] = Centre.objects.filter(number=number).first()
        if number and not data["centre"]:
            self.add_error("number", f"There is no centre {number}.")
        data["families"] = [family_of(choice) for choice in data.get("families", [])]
        return data
