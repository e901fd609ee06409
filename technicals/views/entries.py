"""The Cambridge Technicals entries of a candidate, and what a centre changes of them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.views.generic import TemplateView, View

from accounts.services.sessions import as_posted, forget_kept_post, kept_post
from candidates.models import Candidate
from centres.access import CentreMemberRequiredMixin
from core.moments import date_in_words, uk_date
from core.refusals import Refusal, Refused

from ..enums import STANDING, EntryState
from ..forms.changes import CompletionForm, WithdrawRegistrationForm, WithdrawUnitForm
from ..models import Registration, UnitEntry
from ..queries import entries as queries
from ..rules.completing import completion_is_of_a_live_registration
from ..rules.withdrawing import refusals_to_open_registration, refusals_to_open_unit
from ..services.completing import change_completion
from ..services.restoring import restore_unit
from ..services.withdrawing import (
    contact_in_words,
    registration_facts,
    undo_withdrawal,
    unit_facts,
    withdraw_registration,
    withdraw_unit,
)


class EntriesMixin(CentreMemberRequiredMixin):
    """Pages on the entries of one candidate, found by the key of the record, for the centre in use."""

    @cached_property
    def candidate(self) -> Candidate:
        candidates = Candidate.objects.visible_to(self.request.user).select_related("centre", "merged_into")
        return get_object_or_404(candidates, key=self.kwargs["key"], centre=self.centre)

    @cached_property
    def registration(self) -> Registration:
        """The registration of the address: the one that stands, or else the last one under its code."""
        found = queries.registrations_of(self.candidate).visible_to(self.request.user)
        of_code = list(found.filter(qualification__code=self.kwargs["code"]).order_by("-pk"))
        return self.first_of(of_code, STANDING)

    @cached_property
    def unit_entry(self) -> UnitEntry:
        """The unit entry of the address: the one that stands, or else the last one."""
        found = queries.unit_entries_of(self.candidate).visible_to(self.request.user)
        of_code = found.filter(qualification__code=self.kwargs["code"], unit__number=self.kwargs["unit"])
        of_series = [entry for entry in of_code.order_by("-pk") if entry.series.slug == self.kwargs["series"]]
        return self.first_of(of_series, [EntryState.LIVE])

    def first_of(self, entries: list[Any], standing: Iterable[str]) -> Any:
        if not entries:
            raise Http404
        return next((entry for entry in entries if entry.state in standing), entries[0])

    def to_entries(self) -> HttpResponse:
        return redirect("technicals:candidate", self.candidate.key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = uk_date(self.request.arrived_at)
        return super().get_context_data(**kwargs) | {"candidate": self.candidate, "today": today}


class CandidateEntriesView(EntriesMixin, TemplateView):
    """Registrations as chains, unit entries, what each costs, and what can be done with it now."""

    template_name = "technicals/candidate.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.candidate.merged_into:
            return redirect("technicals:candidate", self.candidate.merged_into.key)
        today = uk_date(request.arrived_at)
        entries = queries.entries_of(self.candidate, today=today, contact=contact_in_words())
        return self.render_to_response(self.get_context_data(entries=entries))


class ChangeMixin(EntriesMixin):
    """Pages on which a change is typed and confirmed. What was typed outlives an old page and the end of a session."""

    changes_entries = True
    button = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if over := self.is_over():
            messages.info(request, over)
            return self.to_entries()
        if kept := kept_post(user=request.user, path=request.get_full_path()):
            return self.show_unsaved(as_posted(kept), "You had been signed out.")
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        forget_kept_post(user=request.user, path=request.get_full_path())
        if over := self.is_over():
            messages.info(request, over)
            return self.to_entries()
        form = self.form(request.POST)
        form.full_clean()
        try:
            told = self.act(form.cleaned_data)
        except Refused as refused:
            return self.refused(form, refused)
        messages.success(request, told)
        return self.to_entries()

    def is_over(self) -> str:
        """What is told where the change was made already, by a second click or a colleague; "" where it was not."""
        return ""

    def form(self, typed: QueryDict | None = None) -> forms.Form:
        """The form of the page, empty or as typed."""
        raise NotImplementedError

    def act(self, typed: dict[str, Any]) -> str:
        """Do what the page is for; what is told then. Raises Refused."""
        raise NotImplementedError

    def blocked(self) -> list[Refusal]:
        """Why it cannot be done now, whatever is typed."""
        return []

    def refused(self, form: forms.Form, refused: Refused) -> HttpResponse:
        for name in ("registration", "unit_entry"):
            self.__dict__.pop(name, None)  # as it was judged
        if over := self.is_over():
            messages.info(self.request, over)
            return self.to_entries()
        blocked = {refusal.code for refusal in self.blocked()}
        Refused(refusal for refusal in refused.refusals if refusal.code not in blocked).put_onto(form)
        return self.show(form)

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: show what was typed, to be sent again."""
        return self.show_unsaved(self.request.POST, "This page was open for a long time.")

    def show_unsaved(self, typed: QueryDict, why: str) -> HttpResponse:
        messages.warning(self.request, f"{why} Nothing was changed yet: check what is below and press {self.button}.")
        return self.show(self.form(typed))

    def show(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, blocked=self.blocked(), button=self.button))


class UnitWithdrawView(ChangeMixin, TemplateView):
    """Say what withdrawing a unit entry means on this day, ask, and withdraw it."""

    template_name = "technicals/withdraw_unit.html"
    button = "Confirm Withdraw"

    def is_over(self) -> str:
        entry = self.unit_entry
        return "" if entry.state == EntryState.LIVE else f"{_unit(entry)} is at “{entry.get_state_display().lower()}”."

    @property
    def is_refunded(self) -> bool:
        return unit_facts(self.unit_entry, self.request.arrived_at).is_refunded

    def form(self, typed: QueryDict | None = None) -> forms.Form:
        return WithdrawUnitForm(typed, is_refunded=self.is_refunded)

    def blocked(self) -> list[Refusal]:
        return refusals_to_open_unit(unit_facts(self.unit_entry, self.request.arrived_at))

    def act(self, typed: dict[str, Any]) -> str:
        seen = self.request.POST.get("refund") == "yes"
        request = self.request
        withdrawn = withdraw_unit(entry=self.unit_entry, seen=seen, by=request.user, at=request.arrived_at, **typed)
        credited = any(line.credits_id for line in withdrawn.fee_lines.all())
        if withdrawn.state == EntryState.ABSENT:
            return f"{_unit(withdrawn)} is withdrawn: the candidate is marked absent, and nothing is credited."
        end = ", and what it cost is credited" if credited else ""
        return f"{_unit(withdrawn)} is withdrawn{end}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "entry": self.unit_entry,
            "is_refunded": self.is_refunded,
            "can_be_entered_again": self.unit_entry.series.window_with_late.is_open(self.request.arrived_at),
        }


class RegistrationWithdrawView(ChangeMixin, TemplateView):
    """Say what withdrawing a registration means, ask why, and ask OCR for it."""

    template_name = "technicals/withdraw_registration.html"
    button = "Confirm Withdraw"

    def is_over(self) -> str:
        entry = self.registration
        return "" if entry.state == EntryState.LIVE else _standing(entry)

    def form(self, typed: QueryDict | None = None) -> forms.Form:
        return WithdrawRegistrationForm(typed)

    def blocked(self) -> list[Refusal]:
        return refusals_to_open_registration(registration_facts(self.registration, self.request.arrived_at))

    def act(self, typed: dict[str, Any]) -> str:
        request = self.request
        asked = withdraw_registration(registration=self.registration, by=request.user, at=request.arrived_at, **typed)
        return f"{_standing(asked)} OCR processes it; until then you can undo it here."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        units = queries.unit_entries_of(self.candidate)
        today = uk_date(self.request.arrived_at)
        waiting = queries.unresolved_units(self.registration, units, today)
        return super().get_context_data(**kwargs) | {"entry": self.registration, "units": waiting}


class UndoView(EntriesMixin, View):
    """Take back a withdrawal, by one click on the page of the entries."""

    changes_entries = True
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.undo(by=request.user, at=request.arrived_at))
        except Refused as refused:
            messages.warning(request, " ".join(refusal.sentence for refusal in refused.refusals))
        return self.to_entries()

    def undo(self, *, by: Any, at: datetime) -> str:
        """Undo it; what is told then. Raises Refused."""
        raise NotImplementedError

    def csrf_failure(self) -> HttpResponse:
        """The page was too old: it is shown as it stands now, to be pressed again."""
        messages.warning(self.request, "This page was open for a long time. Press Undo withdrawal again.")
        return self.to_entries()


class RegistrationUndoView(UndoView):
    """Take back a withdrawal of a registration that is pending."""

    def undo(self, *, by: Any, at: datetime) -> str:
        registration = undo_withdrawal(registration=self.registration, by=by, at=at)
        code = registration.qualification.code
        return f"The withdrawal of {code} is undone: the registration stands as before."


class UnitUndoView(UndoView):
    """Take back the withdrawal of a unit entry, until the last day for a refund."""

    def undo(self, *, by: Any, at: datetime) -> str:
        entry = restore_unit(entry=self.unit_entry, by=by, at=at)
        return f"{_unit(entry)} stands as before. What was credited is charged again."


class CompletionView(ChangeMixin, TemplateView):
    """The estimated completion of a registration, to be changed."""

    template_name = "technicals/candidate_completion.html"
    button = "Save"

    def is_over(self) -> str:
        refusal = completion_is_of_a_live_registration(self.registration.state)
        return refusal.sentence if refusal else ""

    def form(self, typed: QueryDict | None = None) -> forms.Form:
        day = self.registration.completion_date
        return CompletionForm(typed, initial={"completion_date": f"{day:%d/%m/%Y}" if day else ""})

    def act(self, typed: dict[str, Any]) -> str:
        request = self.request
        changed = change_completion(
            registration=self.registration, typed=typed["completion_date"], by=request.user, at=request.arrived_at
        )
        return f"The estimated completion of {changed.qualification.code} is {date_in_words(changed.completion_date)}."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"entry": self.registration}


def _unit(entry: UnitEntry) -> str:
    return f"The entry for unit {entry.unit.number} in {entry.series}"


def _standing(registration: Registration) -> str:
    code = registration.qualification.code
    if registration.state == EntryState.WITHDRAWING:
        return f"The withdrawal of {code} is pending."
    return f"The registration under {code} is at “{registration.get_state_display().lower()}”."
