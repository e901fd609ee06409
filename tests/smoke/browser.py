"""A small browser without a window: cookies, redirects and forms, through a made-up proxy that speaks TLS."""

import http.client
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

from . import NotProven

CHOICES = {"checkbox", "radio"}


@dataclass
class Form:
    """A form of a page: where it goes, what it holds, what it offers to tick, and its buttons by their words."""

    action: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    offered: dict[str, list[str]] = field(default_factory=dict)
    buttons: dict[str, dict[str, str]] = field(default_factory=dict)


class FormReader(HTMLParser):
    """Collects the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._button: dict[str, str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(given.get("action", "")))
        elif tag == "input" and self.forms and given.get("name"):
            self._read_input(given)
        elif tag == "button":
            self._button = {given["name"]: given.get("value", "")} if "name" in given else {}

    def _read_input(self, given: dict[str, str]) -> None:
        form, name, value = self.forms[-1], given["name"], given.get("value", "on")
        if given.get("type") not in CHOICES:
            form.fields[name] = [given.get("value", "")]
            return
        form.offered.setdefault(name, []).append(value)
        if "checked" in given:
            form.fields.setdefault(name, []).append(value)

    def handle_data(self, data: str) -> None:
        if self._button is not None and self.forms:
            self.forms[-1].buttons[" ".join(data.split())] = self._button

    def handle_endtag(self, tag: str) -> None:
        if tag == "button":
            self._button = None


@dataclass(frozen=True)
class Page:
    """An answer of the server."""

    path: str
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def html(self) -> str:
        return self.body.decode("utf-8")

    @property
    def text(self) -> str:
        """Its words, without the markup."""
        return " ".join(re.sub(r"<[^>]*>", " ", self.html).split())

    def form_with(self, button: str) -> Form:
        """The form that has this button."""
        reader = FormReader()
        reader.feed(self.html)
        found = next((form for form in reader.forms if button in form.buttons), None)
        if found is None:
            raise NotProven(f"{self.path} has no button {button!r}. It says: {self.text[:1500]}")
        return found


class Browser:
    """One person's browser. It goes to `host` through the proxy; `page` is what it shows."""

    def __init__(self, port: int, host: str) -> None:
        self.port = port
        self.host = host
        self.cookies: dict[str, str] = {}
        self.page = Page("", 0, http.client.HTTPMessage(), b"")

    def open(self, path: str, **headers: str) -> Page:
        """Go to a page, and on where it leads."""
        return self._go("GET", path, headers=headers)

    def press(self, button: str, **answers: str | list[str]) -> Page:
        """Fill in the form that has this button, and press it."""
        form = self.page.form_with(button)
        filled = form.fields | answers | form.buttons[button]
        path = urljoin(self.page.path, form.action)
        return self._go("POST", path, body=urlencode(filled, doseq=True).encode(), headers={})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Page:
        """One request and its answer; cookies and redirects are left to the caller."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, path, body, {"Host": self.host} | headers)
            answer = connection.getresponse()
            return Page(path, answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def _go(self, method: str, path: str, headers: dict[str, str], body: bytes | None = None) -> Page:
        for _ in range(6):
            self.page = self.ask(method, path, body, self._own_headers(body) | headers)
            self._keep_cookies()
            if self.page.status not in {301, 302, 303}:
                return self._shown(method)
            path, method, body = self._redirect(path), "GET", None
        raise NotProven(f"{path} leads in circles.")

    def _own_headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"X-Forwarded-Proto": "https"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"https://{self.host}"}
        return headers

    def _keep_cookies(self) -> None:
        """Keep the cookies, and refuse those that a browser would refuse or that would travel in the clear."""
        for line in self.page.headers.get_all("Set-Cookie", []):
            for name, cookie in SimpleCookie(line).items():
                is_hosts_own = cookie["secure"] and cookie["path"] == "/" and not cookie["domain"]
                if not is_hosts_own:
                    raise NotProven(f"The cookie {name} is not Secure, with the path / and no domain: {line}")
                self.cookies[name] = cookie.value
                if cookie["max-age"] == "0" or cookie["max-age"] == 0:
                    del self.cookies[name]

    def _redirect(self, path: str) -> str:
        to = urlsplit(urljoin(f"https://{self.host}{path}", self.page.headers["Location"]))
        if (to.scheme, to.netloc) != ("https", self.host):
            raise NotProven(f"{path} leads away, to {to.geturl()}.")
        return to._replace(scheme="", netloc="").geturl()

    def _shown(self, method: str) -> Page:
        if self.page.status != 200:
            raise NotProven(f"{method} {self.page.path} answered {self.page.status}: {self.page.text[:1500]}")
        return self.page
