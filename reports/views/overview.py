"""Entries Overview, the list of STEP entries and their report."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.views.generic import TemplateView, View

from centres.access import CentreMemberRequiredMixin
from core.addresses import column
from core.windows import Window
from requests_forms.access import dates_now
from requests_forms.queries import OfEntry, requests_waiting
from step_entries.access import facts_now, session_now
from step_entries.rules import refusals_to_start
from technicals.access import is_approved_now
from technicals.queries.watching import Watch, watch_over

from .. import exports, queries
from ..codecs import read_asked, read_report_asked
from ..forms import EntryFilterForm, ReportForm

COLUMNS = [
    # heading, sort key
    ("Entry #", "number"),
    ("Candidate", "candidate"),
    ("Test", ""),
    ("Papers", "papers"),
    ("Created", "created"),
    ("Modified", "modified"),
    ("Status", "status"),
    ("Requests", ""),
    ("Action", ""),
]


class ScopeMixin(CentreMemberRequiredMixin):
    """What the pages of this app show: the entries of the centre in use in the current session."""

    @property
    def scope(self) -> dict[str, Any]:
        return {"session": session_now(self.request), "centre": self.centre, "user": self.request.user}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        common = {"session": session_now(self.request), "at": self.request.arrived_at}
        return super().get_context_data(**kwargs) | common


class EntryListMixin(ScopeMixin):
    """The list of entries with its search, filters, order and pages, as the address asks for it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        at, facts = self.request.arrived_at, facts_now(self.request)
        asked = read_asked(dict(self.request.GET.lists()))
        shown = queries.entries_shown(**self.scope, asked=asked, at=at)
        page = queries.entries_page(shown, number=asked.page, size=asked.size)
        may_make = self.request.membership.may_make_entries
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "filter_form": EntryFilterForm(initial=vars(asked)),
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "not_yet_confirmed": page[0].found_waiting if page.object_list else 0,
            "columns": [column(heading, key, asked.sort) for heading, key in COLUMNS],
            "may_change": bool(facts) and facts.window.is_open(at) and may_make,
            "rows": [(entry, entry.asked_for and OfEntry(**entry.asked_for)) for entry in page],
            "dates": dates_now(self.request, queries.papers_on(page)) if page.object_list else {},
        }


class OverviewView(EntryListMixin, TemplateView):
    """Entries Overview, the homepage: what is due, how it stands, and every entry of the centre."""

    template_name = "reports/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session, at, facts = self.scope["session"], self.request.arrived_at, facts_now(self.request)
        drafts = queries.drafts_not_entered(**self.scope)
        draft_count = drafts[0].count_in_all if drafts else 0
        breakdown, requests = queries.entries_breakdown(**self.scope, at=at), requests_waiting(**self.scope)
        context = super().get_context_data(**kwargs) | {
            "breakdown": breakdown,
            "drafts": drafts,
            "draft_count": draft_count,
            "requests_waiting": requests,
        }
        due, watch = queries.due_of_requests(requests), self._watch()
        if facts:
            waiting = {"drafts": draft_count, "rows": queries.rows_not_entered(**self.scope), "requests": requests}
            waiting |= {"dates": dates_now(self.request), "breakdown": breakdown}
            due = [*queries.due_of_step(session=session, window=facts.window, at=at, **waiting), *due]
            context |= {
                "window": facts.window,
                "window_state": facts.window.state(at).value,
                "modified_papers": Window(session.opens_at, session.modified_papers_until),
                "refusals": refusals_to_start(facts),
            }
        due = queries.soonest_first([*due, *queries.due_of_technicals(watch, at)], at)
        return context | {"due": due, "has_technicals": watch.is_approved}

    def _watch(self) -> Watch:
        """How Cambridge Technicals stand at the centre."""
        scope = {"centre": self.centre, "user": self.request.user, "at": self.request.arrived_at}
        return watch_over(**scope, is_approved=is_approved_now(self.request))


class EntriesView(EntryListMixin, TemplateView):
    """Current entries on a page of their own: what the search, the filters and the counts lead to."""

    template_name = "reports/entries.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        asked = context["asked"]
        if asked.search and not context["page"].object_list and not asked.is_withdrawn:
            context["elsewhere"] = queries.entries_elsewhere(**self.scope, asked=asked)
        return context


class ReportView(ScopeMixin, TemplateView):
    """The report as a page to read and to print (guide 5.2)."""

    template_name = "reports/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = read_report_asked(dict(self.request.GET.lists()))
        headings, rows = queries.report_headings(self.centre), queries.report_rows(**self.scope, rows=asked.rows)
        page = Paginator(rows, asked.size).get_page(asked.page)
        page.object_list = [list(zip(headings, row, strict=True)) for row in page.object_list]
        return super().get_context_data(**kwargs) | {
            "asked": asked,
            "form": ReportForm(initial=vars(asked)),
            "headings": headings,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
        }


class ReportFileView(ScopeMixin, View):
    """The report as a file (guide 5.2)."""

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        if not self.scope["session"]:
            raise Http404("No session is set up yet, so there is no report.")
        rows = read_report_asked(dict(request.GET.lists())).rows
        content, content_type = exports.report_file(form=form, **self.scope, rows=rows)
        name = exports.report_file_name(
            form=form, session=self.scope["session"], centre=self.centre, at=request.arrived_at
        )
        return HttpResponse(
            content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
