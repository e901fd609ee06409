"""Select entry options: a full award or units, for those who are ticked."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict

from ...enums import EntryKind, EntryOption, Suite
from ...forms.form import OptionTyped
from ...models import DraftEntry
from ...queries import form as queries
from ...rules.form import MOST_UNITS_AT_ONCE, full_entry_in_words, option_in_words
from ...services import drafts as services
from .pages import DraftPage, candidates_in_words

TICK = {"all": lambda entry: True, "open": lambda entry: not entry.option, "none": lambda entry: False}
"""What a button of that name ticks on the page."""


class OptionsView(DraftPage):
    """The entry option, and whom it is applied to; repeated until every candidate has one."""

    template_name = "technicals/form/options.html"
    position = 3
    button = "Apply to selected"

    def act(self, typed: QueryDict) -> HttpResponse:
        answers = OptionTyped.read(typed)
        if typed.get("tick") in TICK:
            return self.show(typed)
        if typed.get("act") == "next":
            services.check_options(draft=self.draft, ticked=len(answers.entries))
            return self.to_step("summary")
        count = services.apply_option(
            draft=self.draft,
            entries=answers.entries,
            option=answers.option,
            units=answers.units,
            is_declared=answers.is_declared,
            at=self.request.arrived_at,
        )
        said = option_in_words(answers.option, sorted(set(answers.units)), self.kind)
        messages.success(self.request, f"{said} applied to {candidates_in_words(count)}.")
        return self.here_again()

    @property
    def kind(self) -> str:
        return self.draft.qualification.entry_kind

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        typed = kwargs["typed"]
        answers = OptionTyped.read(typed) if typed is not None else None
        page = queries.entries_page(self.draft, self.request.GET.get("page"))
        code = self.draft.qualification
        is_full = self.kind == EntryKind.FULL
        return super().get_context_data(**kwargs) | {
            "is_full": is_full,
            "is_moving_down": self.kind == EntryKind.MOVING_DOWN,
            "is_of_2012": code.suite == Suite.OF_2012,
            "full_label": full_entry_in_words(self.kind),
            "units": queries.units_offered(self.draft),
            "most_units": MOST_UNITS_AT_ONCE,
            "answers": answers,
            "option": answers.option if answers else "" if is_full else EntryOption.FULL,
            "page": page,
            "page_numbers": list(page.paginator.get_elided_page_range(page.number, on_each_side=2)),
            "rows": [self.row(entry, answers, typed) for entry in page],
            "without": self.draft.entries.filter(option="").count(),
        }

    def row(self, entry: DraftEntry, answers: OptionTyped | None, typed: QueryDict | None) -> tuple[Any, bool, str]:
        """A line, whether it is ticked, and its present option in words."""
        tick = TICK.get(typed.get("tick", "")) if typed else None
        is_ticked = tick(entry) if tick else bool(answers and entry.pk in answers.entries)
        return entry, is_ticked, option_in_words(entry.option, entry.units, self.kind)
