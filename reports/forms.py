from django import forms

from core.addresses import LONGEST_SEARCH
from step_entries.enums import Combination

from .codecs import PAGE_SIZES, REPORT_PAGE_SIZES
from .enums import ReportRows, Requests, Shown, UcasIds

SELECT = {"class": "form-select"}


class EntryFilterForm(forms.Form):
    """The search box and the filters over the list of entries; `codecs.read_asked` reads what they send."""

    use_required_attribute = False

    search = forms.CharField(
        label="Name or entry number",
        required=False,
        widget=forms.TextInput(
            {"type": "search", "class": "form-control", "maxlength": LONGEST_SEARCH, "spellcheck": "false"}
        ),
    )
    status = forms.ChoiceField(label="Status", choices=Shown, widget=forms.Select(SELECT))
    papers = forms.ChoiceField(
        label="Papers", choices=[("", "All papers"), *Combination.choices], widget=forms.Select(SELECT)
    )
    ucas_id = forms.ChoiceField(label="UCAS ID", choices=UcasIds, widget=forms.Select(SELECT))
    requests = forms.ChoiceField(label="Requests", choices=Requests, widget=forms.Select(SELECT))
    size = forms.ChoiceField(
        label="On a page", choices=[(size, size) for size in PAGE_SIZES], widget=forms.Select(SELECT)
    )


class ReportForm(forms.Form):
    """How the report is shown; `codecs.read_report_asked` reads what it sends."""

    use_required_attribute = False

    rows = forms.ChoiceField(label="One row", choices=ReportRows, widget=forms.Select(SELECT))
    size = forms.ChoiceField(
        label="On a page", choices=[(size, size) for size in REPORT_PAGE_SIZES], widget=forms.Select(SELECT)
    )
