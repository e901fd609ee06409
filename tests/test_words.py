"""The linter of messages: they say what happened and what to do, without blame, pleading or applause."""

import ast
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

UNWANTED = re.compile(r"\b(invalid|valid|please|sorry|oops|forbidden|illegal|successfully)\b", re.IGNORECASE)


def is_ours(folder):
    return settings.BASE_DIR in folder.parents and ".venv" not in folder.parts


def named(path):
    return str(path.relative_to(settings.BASE_DIR))


TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.*"))
MODULES = sorted(
    module
    for app in apps.get_app_configs()
    if is_ours(Path(app.path))
    for module in Path(app.path).rglob("*.py")
    if "migrations" not in module.parts
)


def unwanted_words(texts):
    return [match[0] for text in texts for match in UNWANTED.finditer(text)]


# --- what the code says -----------------------------------------------------------------------------------------------

SPOKEN_NAMES = {"error_messages", "help_text", "label", "sentence", "verbose_name"}
SPOKEN_CALLS = {"Refusal", "ValidationError"}


def texts_in(node):
    """Every text in a piece of code, but the keys of dictionaries: those are names in the code."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    below = node.values if isinstance(node, ast.Dict) else ast.iter_child_nodes(node)
    for child in below:
        yield from texts_in(child)


def is_spoken(node):
    """Whether the texts of this piece of code are shown to people."""
    if isinstance(node, ast.Call):
        call = node.func
        is_message = isinstance(call, ast.Attribute) and getattr(call.value, "id", "") == "messages"
        return is_message or getattr(call, "id", "") in SPOKEN_CALLS
    if isinstance(node, ast.keyword):
        return node.arg in SPOKEN_NAMES
    return isinstance(node, ast.Assign) and any(getattr(target, "id", "") in SPOKEN_NAMES for target in node.targets)


def spoken_by_code(source):
    """The texts of refusals, messages, labels, help texts and the like in any module."""
    return sorted({text for node in ast.walk(ast.parse(source)) if is_spoken(node) for text in texts_in(node)})


def spoken_by_rules(source):
    """Every text of a rules module but its docstrings: rules speak in constants too."""
    tree = ast.parse(source)
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in docstrings]
    return [node.value for node in constants if isinstance(node.value, str)]


def is_rules(module):
    return module.stem == "rules" or "rules" in module.parts


@pytest.mark.parametrize("module", [module for module in MODULES if is_rules(module)], ids=named)
def test_rules_use_no_unwanted_word(module):
    assert unwanted_words(spoken_by_rules(module.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("module", [module for module in MODULES if not is_rules(module)], ids=named)
def test_forms_and_other_code_use_no_unwanted_word(module):
    assert unwanted_words(spoken_by_code(module.read_text(encoding="utf-8"))) == []


def test_the_linter_hears_the_sentences_of_rules_and_forms():
    rules = (settings.BASE_DIR / "candidates" / "rules" / "reading.py").read_text(encoding="utf-8")
    forms = (settings.BASE_DIR / "step_entries" / "forms.py").read_text(encoding="utf-8")

    assert "Enter the date of birth as DD/MM/YYYY, for example 27/03/2008." in spoken_by_rules(rules)
    assert "Day before month, for example 27/03/2008." in spoken_by_code(forms)


@pytest.mark.parametrize(
    "source",
    [
        'Refusal("X-01", "Please type it.")',
        'Refusal("X-01", f"Sorry, {name} is wrong.")',
        'Refusal("X-01", sentence="A" if a else "This is ILLEGAL.")',
        'ValidationError({"name": "Oops."})',
        'messages.error(request, "That is forbidden.")',
        'forms.CharField(help_text="A valid name.")',
        'forms.CharField(label="Please type")',
        'forms.CharField(error_messages={"required": "Please type it."})',
        'class F:\n    error_messages = {"bad": "Entered successfully."}',
    ],
)
def test_the_linter_finds_an_unwanted_word_in_code(source):
    assert len(unwanted_words(spoken_by_code(source))) == 1
    assert len(unwanted_words(spoken_by_rules(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        'error_messages = {"invalid": "Type it again."}',
        'form.is_valid("invalid")',
        'Refusal("X-01", "Invalidated and validity are other words.")',
    ],
)
def test_the_linter_lets_names_in_the_code_and_longer_words_be(source):
    assert unwanted_words(spoken_by_code(source)) == []


def test_the_linter_reads_constants_and_no_docstrings_in_rules():
    source = '"""Whether it is valid."""\nSENTENCE = "An invalid date."\ndef rule():\n    """Please."""\n'

    assert unwanted_words(spoken_by_rules(source)) == ["invalid"]


# --- what the pages and mails say -------------------------------------------------------------------------------------

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?%}.*?{%\s*endcomment\s*%}", re.DOTALL)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'")
SPOKEN_ATTRIBUTES = {"alt", "aria-label", "placeholder", "title", "value"}


class VisibleText(HTMLParser):
    """Collects what a page shows or reads out: its text, and the attributes that are read to people."""

    def __init__(self):
        super().__init__()
        self.texts = []
        self.silent = ""

    def handle_starttag(self, tag, attrs):
        self.texts += [text for name, text in attrs if name in SPOKEN_ATTRIBUTES and text]
        self.silent = tag if tag in {"script", "style"} else self.silent

    def handle_endtag(self, tag):
        self.silent = "" if tag == self.silent else self.silent

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def spoken_by_template(source):
    """The visible texts of a template, and the sentences quoted in its tags (those with a blank in them)."""
    source = COMMENT.sub("", source)
    quoted = [a or b for tag in TAG.findall(source) for a, b in QUOTED.findall(tag)]
    page = VisibleText()
    page.feed(TAG.sub(" ", source))
    page.close()
    return page.texts + [text for text in quoted if " " in text]


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_templates_use_no_unwanted_word(template):
    assert unwanted_words(spoken_by_template(template.read_text(encoding="utf-8"))) == []


def test_the_linter_hears_the_text_of_templates():
    page = (settings.BASE_DIR / "templates" / "step_entries" / "draft_discard.html").read_text(encoding="utf-8")

    assert "Discard the draft" in spoken_by_template(page)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Please sign in.</p>",
        "<h1>Sorry</h1>",
        '<p title="An invalid date">Date</p>',
        '<button aria-label="Please press"></button>',
        '<input type="submit" value="Please send">',
        '{{ name|default:"Sorry, none" }}',
        "{% notice text='Saved successfully and sent' %}",
        "{% if a %}Oops{% else %}Fine{% endif %}",
        "<p>That is <em>forbidden</em>.</p>",
    ],
)
def test_the_linter_finds_an_unwanted_word_in_a_template(source):
    assert len(unwanted_words(spoken_by_template(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        '<p class="invalid feedback">Type it again.</p>',
        "{# please #}{% comment %}valid{% endcomment %}",
        '{% comment "why" %}Sorry{% endcomment %}',
        "{% if form.is_valid %}Ready{% endif %}",
        "{{ form.invalid }}",
        "<script>let valid = true;</script>",
        "<style>:invalid {}</style>",
        '{% include "invalid.html" %}',
    ],
)
def test_the_linter_lets_what_nobody_sees_be(source):
    assert unwanted_words(spoken_by_template(source)) == []
