from collections.abc import Iterable
from typing import Any

from django import forms

from core.addresses import LONGEST_SEARCH
from step_entries.enums import Combination
from technicals.enums import EntryState, Watched
from technicals.models import Series

from .codecs import PAGE_SIZES, REPORT_PAGE_SIZES
from .enums import ReportRows, Requests, Shown, TechnicalsReport, UcasIds

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


class TechnicalsReportForm(forms.Form):
    """What a report on Cambridge Technicals shows; `codecs.read_technicals_asked` reads what it sends."""

    use_required_attribute = False

    series = forms.ChoiceField(label="Series", widget=forms.Select(SELECT))
    code = forms.ChoiceField(label="Entry code", widget=forms.Select(SELECT))
    group = forms.ChoiceField(label="Candidate group", widget=forms.Select(SELECT))
    state = forms.ChoiceField(
        label="State", choices=[("", "All states"), *EntryState.choices], widget=forms.Select(SELECT)
    )
    reason = forms.ChoiceField(
        label="Reason", choices=[("", "All reasons"), *Watched.choices], widget=forms.Select(SELECT)
    )
    size = forms.ChoiceField(
        label="On a page", choices=[(size, size) for size in REPORT_PAGE_SIZES], widget=forms.Select(SELECT)
    )

    def __init__(
        self,
        *args: Any,
        report: str,
        groups: Iterable[tuple[str, str]],
        qualifications: Iterable[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        series = [(f"{each.kind}-{each.year}", str(each)) for each in Series.objects.all()]
        offered = {
            "series": ("All series", series),
            "code": ("All entry codes", qualifications),
            "group": ("All candidates", groups),
        }
        for name, (all_of_them, choices) in offered.items():
            field: Any = self.fields[name]
            field.choices = [("", all_of_them), *choices]
        del self.fields["state" if report in (TechnicalsReport.FEES, TechnicalsReport.WATCH) else "reason"]
        if report == TechnicalsReport.FEES:
            del self.fields["reason"]
