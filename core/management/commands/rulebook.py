"""Prints docs/rulebook.md from the docstrings of the rules."""

import inspect
import pkgutil
import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import ModuleType
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

CODED = re.compile(r"(?P<code>[A-Z]+-\d\d): (?P<law>.+)", re.DOTALL)
FOR_PROGRAMMERS = re.compile(r"Returns |Raises |[a-z_]+(, [a-z_]+)*: ")
INTRODUCTION = """\
# The rulebook

Every rule that can refuse an act, by its code. `manage.py rulebook` prints this page from the docstrings of the rules,
which is where to change it. A rule's tests carry its code: those of `STEP-01` are named `test_step_01_...`.
"""


@dataclass(frozen=True)
class Rule:
    """One rule: its code, its law in words, the app that it belongs to and the function that holds it."""

    code: str
    law: str
    app: str
    function: str


def rules() -> list[Rule]:
    """Every coded rule of the installed apps: apps by name, codes in order."""
    found = [
        rule
        for app in apps.get_app_configs()
        for module in _rules_modules(app.name)
        for rule in _rules_of(module, str(app.verbose_name))
    ]
    return sorted(found, key=lambda rule: (rule.app, rule.code, rule.function))


def rulebook() -> str:
    """The text of docs/rulebook.md."""
    chapters = groupby(rules(), key=attrgetter("app"))
    return INTRODUCTION + "".join(_chapter(app, of_app) for app, of_app in chapters)


def _chapter(app: str, of_app: Iterable[Rule]) -> str:
    laws = (f"\n### {rule.code}\n\n{textwrap.fill(rule.law, 120)}\n\n`{rule.function}`\n" for rule in of_app)
    return f"\n## {app}\n" + "".join(laws)


def _rules_modules(app: str) -> Iterator[ModuleType]:
    """The app's rules module, or its rules package and all modules in it; nothing where it has no rules."""
    if find_spec(f"{app}.rules") is None:
        return
    module = import_module(f"{app}.rules")
    yield module
    for found in pkgutil.walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
        yield import_module(found.name)


def _rules_of(module: ModuleType, app: str) -> Iterator[Rule]:
    """The members that a module defines itself and whose docstring begins with a code."""
    for name, member in vars(module).items():
        is_own = getattr(member, "__module__", None) == module.__name__
        if is_own and (coded := CODED.match(inspect.getdoc(member) or "")):
            yield Rule(coded["code"], _law(coded["law"]), app, f"{module.__name__}.{name}")


def _law(text: str) -> str:
    """The paragraphs that speak of the law, as one; those on arguments, returns and errors are for programmers."""
    paragraphs = [" ".join(paragraph.split()) for paragraph in text.split("\n\n")]
    return " ".join(paragraph for paragraph in paragraphs if not FOR_PROGRAMMERS.match(paragraph))


class Command(BaseCommand):
    help = "Print docs/rulebook.md from the docstrings of the rules; with --check, say whether it is current."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Write nothing; fail where the book is not current.")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        book = Path(settings.BASE_DIR) / "docs" / "rulebook.md"
        text = rulebook()
        is_current = book.exists() and book.read_text(encoding="utf-8") == text
        if check and not is_current:
            raise CommandError("docs/rulebook.md is not current. Run manage.py rulebook.")
        if not is_current:
            book.write_text(text, encoding="utf-8")
        self.stdout.write(f"rulebook: {'current' if is_current else 'printed'}, {len(rules())} rules.")
