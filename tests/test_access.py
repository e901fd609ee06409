"""Every URL by every person. A URL that is missing from the table fails the test."""

import re

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from requests_forms.enums import Status
from tests.factories.candidates import CandidateFactory, GroupFactory
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.factories.technicals import (
    EntryDraftFactory,
    InvoiceFactory,
    RegistrationFactory,
    SubmissionFactory,
    UnitEntryFactory,
)
from tests.factories.uploads import candidate_row, upload_of
from tests.technicals.submissions import charge

pytestmark = pytest.mark.django_db

SIGN_IN = "to sign-in"
# What GET answers to: nobody, officer of the centre, read-only colleague, officer elsewhere, staff, stranger.
# A number is a status; SIGN_IN is the way to the sign-in page; 302 leads on. 405 means that only POST is taken.
PEOPLE = ["nobody", "officer", "colleague", "officer_elsewhere", "staff", "stranger"]
TABLE = {
    "reports:overview": [SIGN_IN, 200, 200, 200, 403, 403],
    "reports:entries": [SIGN_IN, 200, 200, 200, 403, 403],
    "reports:report": [SIGN_IN, 200, 200, 200, 403, 403],
    "reports:report-file": [SIGN_IN, 200, 200, 200, 403, 403],
    "reports:technicals": [SIGN_IN, 200, 200, 200, 403, 403],
    "reports:technicals-report": [SIGN_IN, 200, 200, 200, 403, 403],
    "reports:technicals-report-file": [SIGN_IN, 200, 200, 200, 403, 403],
    "step_entries:test-page": [SIGN_IN, 200, 200, 200, 403, 403],
    "step_entries:closing": [SIGN_IN, 200, 200, 200, 403, 403],
    "step_entries:entry-start": [SIGN_IN, 302, 403, 302, 403, 403],
    "step_entries:draft-resume": [SIGN_IN, 302, 403, 404, 403, 403],
    "step_entries:draft-step": [SIGN_IN, 200, 403, 404, 403, 403],
    "step_entries:draft-check": [SIGN_IN, 200, 403, 404, 403, 403],
    "step_entries:draft-discard": [SIGN_IN, 200, 403, 404, 403, 403],
    "step_entries:entry-detail": [SIGN_IN, 200, 200, 404, 403, 403],
    "step_entries:entry-confirmation": [SIGN_IN, 200, 200, 404, 403, 403],
    "step_entries:entry-amend": [SIGN_IN, 200, 403, 404, 403, 403],
    "step_entries:entry-withdraw": [SIGN_IN, 200, 403, 404, 403, 403],
    "step_entries:entry-restore": [SIGN_IN, 302, 403, 404, 403, 403],
    "step_entries:entry-statement": [SIGN_IN, 200, 200, 404, 403, 403],
    "step_entries:statements": [SIGN_IN, 200, 200, 200, 403, 403],
    "step_entries:statements-file": [SIGN_IN, 200, 200, 404, 403, 403],
    "reports:calendar": [200, 200, 200, 200, 200, 200],
    "centres:preferences": [SIGN_IN, 302, 403, 302, 403, 403],
    "centres:calendar": [SIGN_IN, 200, 200, 200, 403, 403],
    "centres:calendar-renew": [SIGN_IN, 200, 403, 302, 403, 403],
    "technicals:home": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:form": [SIGN_IN, 200, 403, 200, 403, 403],
    "technicals:form-assessment": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:form-candidates": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:form-candidate-new": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:form-options": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:form-summary": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:form-cancel": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:entry-codes": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:entry-codes-file": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:fees": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:fees-file": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:what-if": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:copy": [SIGN_IN, 200, 403, 200, 403, 403],
    "technicals:key-dates": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:key-dates-file": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:entry-rules": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:candidate": [SIGN_IN, 200, 200, 404, 403, 403],
    "technicals:registration-withdraw": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:registration-undo": [SIGN_IN, 405, 403, 405, 403, 403],
    "technicals:registration-completion": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:unit-undo": [SIGN_IN, 405, 403, 405, 403, 403],
    "technicals:unit-withdraw": [SIGN_IN, 200, 403, 404, 403, 403],
    "technicals:submissions": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:submissions-file": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:submission": [SIGN_IN, 200, 200, 404, 403, 403],
    "technicals:submission-now": [SIGN_IN, 200, 200, 404, 403, 403],
    "technicals:submission-file": [SIGN_IN, 200, 200, 404, 403, 403],
    "technicals:invoices": [SIGN_IN, 200, 200, 200, 403, 403],
    "technicals:invoice": [SIGN_IN, 200, 200, 404, 403, 403],
    "technicals:invoice-file": [SIGN_IN, 200, 200, 404, 403, 403],
    "candidates:list": [SIGN_IN, 200, 200, 200, 403, 403],
    "candidates:new": [SIGN_IN, 200, 403, 200, 403, 403],
    "candidates:candidate": [SIGN_IN, 200, 200, 404, 403, 403],
    "candidates:candidate-edit": [SIGN_IN, 200, 403, 404, 403, 403],
    "candidates:clashes": [SIGN_IN, 200, 200, 200, 403, 403],
    "candidates:merge": [SIGN_IN, 200, 403, 404, 403, 403],
    "candidates:differ": [SIGN_IN, 405, 403, 404, 403, 403],
    "candidates:groups": [SIGN_IN, 200, 200, 200, 403, 403],
    "candidates:group-new": [SIGN_IN, 200, 403, 200, 403, 403],
    "candidates:group": [SIGN_IN, 200, 200, 404, 403, 403],
    "candidates:group-edit": [SIGN_IN, 200, 403, 404, 403, 403],
    "candidates:group-delete": [SIGN_IN, 200, 403, 404, 403, 403],
    "candidates:group-add": [SIGN_IN, 200, 403, 404, 403, 403],
    "candidates:group-file": [SIGN_IN, 200, 403, 404, 403, 403],
    "candidates:group-remove": [SIGN_IN, 405, 403, 405, 403, 403],
    "candidates:group-roll-over": [SIGN_IN, 200, 403, 404, 403, 403],
    "uploads:list": [SIGN_IN, 200, 200, 200, 403, 403],
    "uploads:upload": [SIGN_IN, 200, 403, 200, 403, 403],
    "uploads:template": [SIGN_IN, 200, 200, 200, 403, 403],
    "uploads:resume": [SIGN_IN, 302, 403, 404, 403, 403],
    "uploads:progress": [SIGN_IN, 302, 403, 404, 403, 403],
    "uploads:progress-now": [SIGN_IN, 200, 403, 404, 403, 403],
    "uploads:headings": [SIGN_IN, 200, 403, 404, 403, 403],
    "uploads:mend": [SIGN_IN, 302, 403, 404, 403, 403],
    "uploads:row": [SIGN_IN, 200, 403, 404, 403, 403],
    "uploads:check": [SIGN_IN, 200, 403, 404, 403, 403],
    "uploads:confirmation": [SIGN_IN, 302, 302, 404, 403, 403],
    "uploads:rows": [SIGN_IN, 200, 200, 404, 403, 403],
    "uploads:discard": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:list": [SIGN_IN, 200, 200, 200, 403, 403],
    "requests:new": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:new-invoice-query": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:new-candidate-correction": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:new-account": [SIGN_IN, 200, 403, 200, 403, 403],
    "requests:edit": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:check": [SIGN_IN, 302, 403, 404, 403, 403],
    "requests:discard": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:detail": [SIGN_IN, 200, 200, 404, 403, 403],
    "requests:withdraw": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:answer": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:evidence": [SIGN_IN, 200, 403, 404, 403, 403],
    "requests:evidence-remove": [SIGN_IN, 302, 403, 404, 403, 403],
    "accounts:login": [200, 302, 302, 302, 302, 302],
    "accounts:second-step": [302, 302, 302, 302, 302, 302],
    "accounts:logout": [302, 302, 302, 302, 302, 302],
    "accounts:password-choose": [SIGN_IN, 302, 302, 302, 302, 302],
    "accounts:my-details": [SIGN_IN, 200, 200, 200, 200, 200],
    "accounts:name-change": [SIGN_IN, 302, 302, 302, 302, 302],
    "accounts:password-change": [SIGN_IN, 302, 302, 302, 302, 302],
    "accounts:second-factor-set-up": [SIGN_IN, 200, 200, 200, 200, 200],
    "accounts:second-factor-remove": [SIGN_IN, 200, 200, 200, 302, 200],
    "accounts:session-end-others": [SIGN_IN, 405, 405, 405, 405, 405],
    "accounts:session-end": [SIGN_IN, 405, 405, 405, 405, 405],
    "accounts:browser-forget": [SIGN_IN, 405, 405, 405, 405, 405],
    "accounts:stay-signed-in": [SIGN_IN, 405, 405, 405, 405, 405],
    "centres:switch": [SIGN_IN, 405, 405, 405, 405, 405],
    "centres:colleagues": [SIGN_IN, 403, 403, 403, 403, 403],
    "centres:colleague-change": [SIGN_IN, 403, 403, 403, 403, 403],
    "centres:colleague-end": [SIGN_IN, 403, 403, 403, 403, 403],
    "accounts:password-forgotten": [200, 200, 200, 200, 200, 200],
    "accounts:home": [SIGN_IN, 302, 302, 302, 302, 302],
    "help": [200, 200, 200, 200, 200, 200],
    "help-file": [200, 200, 200, 200, 200, 200],
    "help-technicals-file": [200, 200, 200, 200, 200, 200],
    "help-section": [200, 200, 200, 200, 200, 200],
    "accessibility": [200, 200, 200, 200, 200, 200],
    "privacy": [200, 200, 200, 200, 200, 200],
    "incident": [200, 200, 200, 200, 200, 200],
    "health": [200, 200, 200, 200, 200, 200],
    "admin:index": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:centres_centre_load": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:step_entries_stepsession_extend": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:step_entries_stepsession_end_extension": [SIGN_IN, 403, 403, 403, 302, 403],
    "admin:step_entries_stepsession_copy": [SIGN_IN, 403, 403, 403, 302, 403],
    "admin:step_entries_stepsession_export": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:step_entries_stepentry_duplicates": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:step_entries_confirmationrun_preview": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:requests_forms_request_decide": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:requests_forms_request_evidence": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:requests_forms_request_notices": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_qualification_load": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_qualification_file": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_series_next_year": [SIGN_IN, 403, 403, 403, 302, 403],
    "admin:technicals_approval_several": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_registration_withdrawals": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_feeline_credit": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_transfer_choose": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_transfer_new": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_submission_queue": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_submission_handle": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_invoicerun_make": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_invoicerun_made": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_invoicerun_finance": [SIGN_IN, 403, 403, 403, 200, 403],
    "admin:technicals_invoice_file": [SIGN_IN, 403, 403, 403, 200, 403],
}

STOCK = re.compile(
    r"admin:(.*_(add|changelist|change|delete|history)"
    r"|index|login|logout|password_change|password_change_done|autocomplete|jsi18n|view_on_site|app_list)"
)
"""The addresses that Django's own administration has."""


@pytest.fixture
def people(officer, colleague, officer_elsewhere, staff, stranger):
    return dict(zip(PEOPLE, [None, officer, colleague, officer_elsewhere, staff, stranger], strict=True))


@pytest.fixture
def arguments(session, centre, officer):
    draft = DraftFactory(session=session, centre=centre, started_by=officer)
    entry = StepEntryFactory(session=session, centre=centre)
    centre.calendar_key = "the-address-of-northgates-dates"
    centre.save()
    upload = upload_of([candidate_row()], centre=centre, by=officer, at=timezone.now())
    statuses = (Status.DRAFT, Status.SUBMITTED, Status.MORE_INFORMATION)
    begun, sent, asked = (RequestFactory(entry=entry, started_by=officer, status=status) for status in statuses)
    file = EvidenceFactory(request=sent)
    submission = SubmissionFactory(centre=centre, submitted_by=officer)
    form = EntryDraftFactory(centre=centre, started_by=officer)
    candidate, other = (CandidateFactory(centre=centre) for _ in range(2))
    line = charge(RegistrationFactory(centre=centre, candidate=candidate), 5000)
    unit = UnitEntryFactory(centre=centre, candidate=candidate)
    group = GroupFactory(centre=centre, members=[candidate])
    invoice = InvoiceFactory(centre=centre)
    return {
        "candidates:candidate": [candidate.key],
        "candidates:candidate-edit": [candidate.key],
        "candidates:merge": [candidate.key, other.key],
        "candidates:differ": [candidate.key, other.key],
        "candidates:group": [group.key],
        "candidates:group-edit": [group.key],
        "candidates:group-delete": [group.key],
        "candidates:group-add": [group.key],
        "candidates:group-file": [group.key],
        "candidates:group-remove": [group.key],
        "candidates:group-roll-over": [group.key],
        "technicals:form-assessment": [form.key],
        "technicals:form-candidates": [form.key],
        "technicals:form-candidate-new": [form.key],
        "technicals:form-options": [form.key],
        "technicals:form-summary": [form.key],
        "technicals:form-cancel": [form.key],
        "technicals:entry-codes-file": ["csv"],
        "technicals:fees-file": ["csv"],
        "technicals:key-dates-file": ["csv"],
        "admin:technicals_qualification_file": ["units"],
        "technicals:candidate": [candidate.key],
        "technicals:registration-withdraw": [candidate.key, "05834"],
        "technicals:registration-undo": [candidate.key, "05834"],
        "technicals:registration-completion": [candidate.key, "05834"],
        "technicals:unit-undo": [candidate.key, "05834", 1, unit.series.slug],
        "technicals:unit-withdraw": [candidate.key, "05834", 1, unit.series.slug],
        "admin:technicals_feeline_credit": [line.pk],
        "admin:technicals_transfer_new": [candidate.key],
        "technicals:submissions-file": ["csv"],
        "technicals:submission": [submission.number],
        "technicals:submission-now": [submission.number],
        "technicals:submission-file": [submission.number, "csv"],
        "technicals:invoice": [invoice.number],
        "technicals:invoice-file": [invoice.number, "csv"],
        "admin:technicals_invoicerun_made": [invoice.run.pk],
        "admin:technicals_invoicerun_finance": [invoice.run.pk, "csv"],
        "admin:technicals_invoice_file": [invoice.number, "csv"],
        "admin:technicals_submission_handle": [submission.pk],
        "uploads:upload": ["step"],
        "uploads:template": ["step", "csv"],
        "uploads:resume": [upload.key],
        "uploads:progress": [upload.key],
        "uploads:progress-now": [upload.key],
        "uploads:headings": [upload.key],
        "uploads:mend": [upload.key],
        "uploads:row": [upload.key, 2],
        "uploads:check": [upload.key],
        "uploads:confirmation": [upload.key],
        "uploads:rows": [upload.key, "left", "csv"],
        "uploads:discard": [upload.key],
        "step_entries:draft-resume": [draft.key],
        "step_entries:draft-step": [draft.key, "candidate"],
        "step_entries:draft-check": [draft.key],
        "step_entries:draft-discard": [draft.key],
        "step_entries:entry-detail": [entry.number],
        "reports:report-file": ["xls"],
        "reports:technicals-report": ["entries"],
        "reports:technicals-report-file": ["entries", "csv"],
        "step_entries:entry-statement": [entry.number],
        "help-section": ["getting-started"],
        "reports:calendar": [centre.calendar_key],
        "step_entries:entry-confirmation": [entry.number],
        "step_entries:entry-amend": [entry.number, "candidate"],
        "step_entries:entry-withdraw": [entry.number],
        "step_entries:entry-restore": [entry.number],
        "requests:new": ["withdrawal", entry.number],
        "requests:new-invoice-query": [invoice.number],
        "requests:new-candidate-correction": [candidate.key],
        "requests:edit": [begun.reference],
        "requests:check": [begun.reference],
        "requests:discard": [begun.reference],
        "requests:detail": [sent.reference],
        "requests:withdraw": [sent.reference],
        "requests:answer": [asked.reference],
        "requests:evidence": [sent.reference, file.key],
        "admin:requests_forms_request_decide": [sent.pk],
        "admin:requests_forms_request_evidence": [sent.pk, file.key],
        "requests:evidence-remove": [begun.reference, EvidenceFactory(request=begun).key],
        "accounts:session-end": [1],
        "accounts:browser-forget": [1],
        "centres:colleague-change": [1],
        "centres:colleague-end": [1],
        "admin:step_entries_stepsession_extend": [session.pk],
        "admin:step_entries_stepsession_end_extension": [session.pk, 1],
        "admin:step_entries_stepsession_copy": [session.pk],
        "admin:step_entries_stepsession_export": [session.pk],
    }


def url_names(resolver=None, prefix=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            namespace = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from url_names(pattern, namespace)
        elif isinstance(pattern, URLPattern) and pattern.name:
            yield f"{prefix}{pattern.name}"


def test_every_url_stands_in_the_table():
    own = {name for name in url_names() if not STOCK.fullmatch(name)}

    assert own == set(TABLE) - {"admin:index"}


@pytest.mark.parametrize("name", TABLE)
def test_every_page_answers_everybody_as_the_table_says(name, people, arguments, signed_in, client):
    url = reverse(name, args=arguments.get(name, []))

    for person, expected in zip(PEOPLE, TABLE[name], strict=True):
        browser = signed_in(people[person]) if people[person] else client
        response = browser.get(url)
        if name.startswith("admin:") and response.status_code == 302 and "/admin/login/" in response.url:
            response = browser.get(response.url)
        is_sent_to_sign_in = person == "nobody" and "sign-in/?next=" in response.headers.get("Location", "")
        assert (SIGN_IN if is_sent_to_sign_in else response.status_code) == expected, f"{person} at {name}"


@pytest.mark.parametrize(
    "name",
    [
        "step_entries:draft-step",
        "step_entries:draft-check",
        "step_entries:draft-discard",
        "step_entries:entry-start",
        "step_entries:entry-amend",
        "step_entries:entry-withdraw",
        "step_entries:entry-restore",
        "technicals:form",
        "technicals:form-assessment",
        "technicals:form-candidates",
        "technicals:form-candidate-new",
        "technicals:form-options",
        "technicals:form-summary",
        "technicals:form-cancel",
        "candidates:new",
        "candidates:candidate-edit",
        "candidates:merge",
        "candidates:differ",
        "candidates:group-new",
        "candidates:group-edit",
        "candidates:group-delete",
        "candidates:group-add",
        "candidates:group-file",
        "candidates:group-remove",
        "candidates:group-roll-over",
        "technicals:registration-withdraw",
        "technicals:registration-undo",
        "technicals:registration-completion",
        "technicals:unit-undo",
        "technicals:unit-withdraw",
        "uploads:headings",
        "uploads:mend",
        "uploads:row",
        "uploads:check",
        "uploads:discard",
        "requests:new",
        "requests:new-invoice-query",
        "requests:new-candidate-correction",
        "requests:new-account",
        "requests:edit",
        "requests:check",
        "requests:discard",
        "requests:withdraw",
        "requests:answer",
        "requests:evidence-remove",
    ],
)
def test_a_change_is_refused_to_everybody_but_the_officer(name, people, arguments, signed_in, client):
    url = reverse(name, args=arguments.get(name, []))
    refusals = {"nobody": 302, "colleague": 403, "staff": 403, "stranger": 403}
    of_nobody = ("step_entries:entry-start", "requests:new-account", "candidates:new", "candidates:group-new")
    if name not in (*of_nobody, "technicals:form"):
        refusals["officer_elsewhere"] = 404

    answers = {
        person: (signed_in(people[person]) if people[person] else client).post(url).status_code for person in refusals
    }

    assert answers == refusals


@pytest.mark.parametrize(
    ("name", "unknown"),
    [
        ("step_entries:entry-detail", ["S99999"]),
        ("candidates:candidate", ["00000000-0000-4000-8000-000000000000"]),
        ("candidates:group", ["00000000-0000-4000-8000-000000000000"]),
        ("technicals:submission", ["CT999999"]),
        ("technicals:submission-file", ["CT999999", "csv"]),
        ("requests:new", ["withdrawal", "S99999"]),
        ("requests:detail", ["R99999999"]),
        ("requests:answer", ["R99999999"]),
        ("requests:evidence", ["R99999999", "00000000-0000-4000-8000-000000000000"]),
    ],
)
def test_a_row_of_another_centre_answers_like_one_that_does_not_exist(
    name, unknown, officer_elsewhere, arguments, signed_in
):
    client = signed_in(officer_elsewhere)

    theirs = client.get(reverse(name, args=arguments[name]))
    nobodys = client.get(reverse(name, args=unknown))

    def without_what_changes(response):
        return [
            line
            for line in response.text.splitlines()
            if not any(word in line for word in ("reference", "csrf", "signed out at"))
        ]

    assert theirs.status_code == nobodys.status_code == 404
    assert without_what_changes(theirs) == without_what_changes(nobodys)


def test_an_ended_membership_ends_access_at_the_next_request(officer, arguments, signed_in, now):
    client = signed_in(officer)
    url = reverse("step_entries:entry-detail", args=arguments["step_entries:entry-detail"])
    assert client.get(url).status_code == 200

    officer.memberships.update(ended_at=now)

    assert client.get(url).status_code == 403


def test_a_centre_out_of_use_ends_access(officer, centre, arguments, signed_in):
    centre.is_active = False
    centre.save()

    assert signed_in(officer).get(reverse("reports:overview")).status_code == 403
