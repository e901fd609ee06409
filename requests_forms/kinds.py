"""The webforms as a table: for each kind its title, its form, and what happens after it is sent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.moments import date_in_words, uk_date
from core.refusals import Refusal
from step_entries.models import StepEntry
from step_entries.steps import filled
from technicals.rules.prices import in_words as pounds_in_words

from .enums import Kind
from .forms import (
    AccountForm,
    AmendmentForm,
    ArrangementForm,
    ConsiderationForm,
    CorrectionForm,
    InvoiceQueryForm,
    RequestForm,
    VariationForm,
    WithdrawalForm,
)
from .rules import RequestFacts, team_of


@dataclass(frozen=True)
class Webform:
    """One kind of request: title as the Action list names it, form, and what happens next, for whoever sends it."""

    kind: Kind
    title: str
    form_class: type[RequestForm]
    next: str

    @property
    def slug(self) -> str:
        """Its part of an address."""
        return self.kind.value

    @property
    def team(self) -> str:
        """Who decides it, as in "the STEP team"."""
        return team_of(self.kind)

    @property
    def template(self) -> str:
        """The part of the page that holds its questions."""
        return f"requests_forms/_form_{self.slug.replace('-', '_')}.html"

    def answers_in(self, posted: Any, about: Any, facts: RequestFacts) -> dict[str, Any]:
        """What was typed, by field name."""
        return self.form_class(posted, about=about, facts=facts).answers

    def filled_form(
        self, answers: Mapping[str, Any], refusals: Iterable[Refusal], about: Any, facts: RequestFacts
    ) -> RequestForm:
        """The form with these answers of a draft, and with these refusals on their fields."""
        shown = self.form_class.shown(answers, about, facts)
        form = self.form_class(shown, about=about, facts=facts)
        filled(form, shown, list(refusals))
        return form


MAIL = "You get a mail when it has been sent, when it is taken up and when it is decided."
WEBFORMS = {
    each.kind: each
    for each in (
        Webform(
            Kind.ACCESS_ARRANGEMENT,
            "Submit access arrangement",
            ArrangementForm,
            f"The STEP team decides, and may ask for the evidence that your centre holds. {MAIL}",
        ),
        Webform(
            Kind.ENTRY_AMENDMENT,
            "Submit entry amendment",
            AmendmentForm,
            f"The STEP team looks at what is to change. The entry stays as it is until it accepts. {MAIL}",
        ),
        Webform(
            Kind.TIMETABLE_VARIATION,
            "Submit timetable variation request",
            VariationForm,
            f"The STEP team decides. Until it approves, the paper starts at the time of the timetable. {MAIL}",
        ),
        Webform(
            Kind.WITHDRAWAL,
            "Submit withdrawal request",
            WithdrawalForm,
            "The entry shows “withdrawal requested” until the STEP team has processed it. Then it leaves Current "
            f"entries. {MAIL}",
        ),
        Webform(
            Kind.SPECIAL_CONSIDERATION,
            "Submit special consideration",
            ConsiderationForm,
            "You get a mail that it has been sent, and another only if the STEP team needs more information. No mark "
            "is changed: the institutions are told, and decide themselves.",
        ),
        Webform(
            Kind.ACCOUNT_CHANGE,
            "Ask for an account or centre change",
            AccountForm,
            f"The STEP team makes the change. {MAIL}",
        ),
        Webform(
            Kind.INVOICE_QUERY,
            "Query an invoice",
            InvoiceQueryForm,
            "Your words go to credit control by mail at once, with a copy of the invoice. Files stay in the portal, "
            "where OCR opens them. The answer stands on the page of the request. " + MAIL,
        ),
        Webform(
            Kind.CANDIDATE_CORRECTION,
            "Ask for a correction of a candidate",
            CorrectionForm,
            "OCR looks at the proof. The candidate's record stays as it is until OCR accepts, and is changed then. "
            f"Entries that were made stay. {MAIL}",
        ),
    )
}


@dataclass(frozen=True)
class Prefilled:
    """A field that the portal fills in and nobody types into."""

    name: str
    label: str
    value: str


def prefilled_of_entry(entry: StepEntry) -> list[Prefilled]:
    """The five fields of a webform about an entry (guide 4.6)."""
    return [
        Prefilled("centre_number", "Centre number", entry.centre.number),
        Prefilled("candidate_number", "Candidate number", entry.number),
        Prefilled("test", "Test", str(entry.session)),
        Prefilled("candidate_name", "Candidate name", entry.name),
        Prefilled("candidate_date_of_birth", "Candidate date of birth", date_in_words(entry.date_of_birth)),
    ]


def prefilled_of_centre(centre: Any, user: Any) -> list[Prefilled]:
    """The fields of a webform about a centre and its users (guide 2.3)."""
    return [
        Prefilled("centre_number", "Centre number", centre.number),
        Prefilled("centre_name", "Centre name", centre.name),
        Prefilled("user_name", "Your username", user.email),
        Prefilled("own_name", "Your name", user.name),
    ]


def prefilled_of_invoice(invoice: Any) -> list[Prefilled]:
    """The fields of a query about an invoice (guide O 2.4)."""
    return [
        Prefilled("centre_number", "Centre number", invoice.centre.number),
        Prefilled("invoice_number", "Invoice number", invoice.number),
        Prefilled("invoice_date", "Date of the invoice", date_in_words(uk_date(invoice.issued_at))),
        Prefilled("invoice_total", "Total", pounds_in_words(invoice.total)),
    ]


def prefilled_of_candidate(candidate: Any) -> list[Prefilled]:
    """The fields of a correction of a candidate: who it is now."""
    return [
        Prefilled("centre_number", "Centre number", candidate.centre.number),
        Prefilled("candidate_name", "Candidate now", str(candidate)),
        Prefilled("candidate_date_of_birth", "Date of birth now", date_in_words(candidate.date_of_birth)),
    ]


def forged(prefilled: Iterable[Prefilled], posted: Mapping[str, str]) -> list[str]:
    """The names of those fields that came back with another value; the value is not used."""
    return [each.name for each in prefilled if each.name in posted and posted[each.name] != each.value]
