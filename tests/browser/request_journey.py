"""A request on its way: the officer at the centre, the STEP team at its desk, and the mails between them."""

import re
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from outbox.models import OutgoingEmail
from requests_forms.models import Request
from step_entries.models import StepEntry
from tests.browser.keyboard import Keyboard, arrive
from tests.browser.request_world import LETTER

CHECK = "Check your answers"
PREFILLED = ("Centre number", "Candidate number", "Test", "Candidate name", "Candidate date of birth")
NOT_IN_MAILS = re.compile(
    r"\b(Ann|Smith|Smyth|Jones|Brown|medical|doctor|hospital|ill|illness|injury|arm|braille|severity|serious)\b", re.I
)


class Typist(Keyboard):
    """Fills in forms with the keyboard alone."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        # Heard from the beginning: otherwise the browser may open its own dialogue before playwright takes it over.
        page.on("filechooser", lambda chooser: None)

    def tick(self, name: str) -> None:
        box = self.page.get_by_role("checkbox", name=name)
        self.tab_to(box)
        self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def pick(self, group: str, choice: str) -> None:
        """One of a group of radio buttons, none of which is chosen yet: Tab leads to the first, arrows go on."""
        radios = self.page.get_by_role("group", name=group, exact=True).get_by_role("radio")
        wanted = self.page.get_by_role("group", name=group, exact=True).get_by_label(choice)
        self.tab_to(radios.first)
        self.page.keyboard.press("Space")
        for _ in range(radios.count()):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"No arrow leads to {choice}")

    def select(self, label: str, choice: str) -> None:
        """A choice of a list, by its first letters."""
        box = self.page.get_by_label(label)
        self.tab_to(box)
        self.page.keyboard.type(choice)
        expect(box.locator("option:checked")).to_have_text(choice)

    def add_file(self, **changes: Any) -> None:
        self.tab_to(self.page.get_by_label("Add files"))
        with self.page.expect_file_chooser() as chooser:
            self.page.keyboard.press("Space")
        chooser.value.set_files(LETTER | changes)

    def is_refused(self, *sentences: str) -> None:
        """Each sentence stands in the summary, and again beside its field, which is marked."""
        summary = self.page.locator(".error-summary")
        for sentence in sentences:
            expect(summary.get_by_role("link", name=sentence)).to_be_visible()
            expect(self.page.locator(".invalid-feedback").filter(has_text=sentence)).to_be_visible()


class Journey:
    """One request from the overview of the officer to the decision of the STEP team, in two browsers."""

    def __init__(self, url: str, officer: BrowserContext, staff: BrowserContext, has_scripts: bool) -> None:
        self.url, self.contexts, self.has_scripts = url, {"officer": officer, "staff": staff}, has_scripts

    def new_page(self, whose: str) -> Page:
        page: Any = self.contexts[whose].new_page()
        page.has_scripts = self.has_scripts
        return page

    def open_form(self, title: str, entry: StepEntry) -> Typist:
        """From the overview by the Action list to the form, which comes in a new browser page, as its link says."""
        overview = self.new_page("officer")
        overview.goto(self.url)
        keys = Typist(overview)
        keys.tab_to(overview.locator("summary", has_text=f"Action for {entry.number}"))
        overview.keyboard.press("Enter")
        keys.tab_to(overview.get_by_role("link", name=f"{title} for {entry.number} (opens in a new page)", exact=True))
        with overview.context.expect_page() as opened:
            overview.keyboard.press("Enter")
        form: Any = opened.value
        form.has_scripts = self.has_scripts
        arrive(form, title)
        expect(overview.get_by_role("heading", name="Entries Overview")).to_be_visible()
        self.is_filled_in(form, entry)
        return Typist(form)

    def is_filled_in(self, form: Page, entry: StepEntry) -> None:
        """The five fields that the portal fills in are there, and nobody can type into them."""
        born = f"{entry.date_of_birth.day} {entry.date_of_birth:%B %Y}"
        values = (entry.centre.number, entry.number, str(entry.session), entry.name, born)
        for label, value in zip(PREFILLED, values, strict=True):
            box = form.get_by_label(label, exact=True)
            expect(box).to_have_value(value)
            expect(box).not_to_be_editable()

    def send(self, keys: Typist, *told: str) -> Request:
        """From the form over Check your answers, which says all this in words, to the page of the request."""
        keys.press("Continue")
        arrive(keys.page, CHECK)
        for words in told:
            expect(keys.page.get_by_role("main")).to_contain_text(words)
        keys.press("Send request")
        request = Request.objects.get()
        expect(keys.page.get_by_text(f"The request {request} is sent to {request.team}.")).to_be_visible()
        return request

    def at_desk(self, case: Request) -> Typist:
        """The STEP team finds the request in its queue, and opens it."""
        page = self.new_page("staff")
        page.goto(f"{self.url}/admin/requests_forms/request/")
        keys = Typist(page)
        keys.follow("Skip to main content")
        keys.follow(case.reference)
        expect(page.get_by_role("heading", name=f"{case}: {case.get_kind_display().lower()}")).to_be_visible()
        keys.follow("Skip to main content")
        return keys

    def look_again(self, keys: Typist, status: str) -> Locator:
        """The officer opens the page of the request anew, and finds it with this status."""
        case = Request.objects.get()
        keys.page.goto(f"{self.url}/requests/{case}/")
        expect(keys.page.get_by_role("heading", name=f"{case.get_kind_display()} {status}", exact=True)).to_be_visible()
        return keys.page.get_by_role("main")


@pytest.fixture(params=[True, False], ids=["with-javascript", "without-javascript"])
def journey(request, browser, live_server, sign_in, officer, staff):
    """By keyboard alone, with scripts and without."""
    window = {"java_script_enabled": request.param, "viewport": {"width": 1280, "height": 900}}
    with browser.new_context(**window) as of_officer, browser.new_context(**window) as of_staff:
        sign_in(of_officer, officer)
        sign_in(of_staff, staff)
        yield Journey(live_server.url, of_officer, of_staff, request.param)


def acts_mailed(case: Request) -> list[str]:
    """For which acts mails about a request are in the outbox, in order.

    All are for the officer who sent it, and none tells of a pupil, of health or of severity.
    """
    mails = OutgoingEmail.objects.filter(key__startswith="request-").order_by("pk")
    for mail in mails:
        assert (mail.to, mail.cc) == (["officer@northgate.example"], [])
        assert case.reference in mail.subject
        assert not NOT_IN_MAILS.findall(f"{mail.subject} {mail.text} {mail.html}")
    return [mail.key.partition(":")[0].removeprefix("request-") for mail in mails]
