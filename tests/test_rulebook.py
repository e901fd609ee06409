"""The rulebook: every rule has one code, a test, and a place in docs/rulebook.md."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from core.management.commands.rulebook import rulebook, rules

TESTS = Path(__file__).parent
BOOK = settings.BASE_DIR / "docs" / "rulebook.md"
CODES = sorted({rule.code for rule in rules()})


def sources():
    """The modules of our own apps."""
    for app in apps.get_app_configs():
        folder = Path(app.path)
        if settings.BASE_DIR in folder.parents and ".venv" not in folder.parts:
            yield from folder.rglob("*.py")


def codes_carried(source):
    """The code of every Refusal that a module makes; None stands for one that is not written out."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
            given = [*node.args[:1], *[keyword.value for keyword in node.keywords if keyword.arg == "code"]]
            yield given[0].value if given and isinstance(given[0], ast.Constant) else None


@cache
def names_of_tests():
    """The names of all test functions."""
    modules = [ast.parse(module.read_text(encoding="utf-8")) for module in TESTS.rglob("test_*.py")]
    functions = [node for module in modules for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    return [function.name for function in functions if function.name.startswith("test_")]


@pytest.fixture
def copy_of_docs(settings, tmp_path):
    """The command works on this copy of the book."""
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "rulebook.md").write_text(rulebook(), encoding="utf-8")
    settings.BASE_DIR = tmp_path
    return tmp_path / "docs" / "rulebook.md"


def test_every_code_is_defined_once():
    definitions = Counter(rule.code for rule in rules())

    assert [code for code, count in definitions.items() if count != 1] == []
    assert len(definitions) >= 27


def test_every_code_that_a_refusal_carries_is_defined():
    carried = {
        (str(module.relative_to(settings.BASE_DIR)), code)
        for module in sources()
        for code in codes_carried(module.read_text(encoding="utf-8"))
    }

    assert {(module, code) for module, code in carried if code not in CODES} == set()


def test_every_code_is_carried_by_a_refusal():
    carried = {code for module in sources() for code in codes_carried(module.read_text(encoding="utf-8"))}

    assert set(CODES) - carried == set()


@pytest.mark.parametrize("code", CODES)
def test_every_code_is_in_the_name_of_a_test(code):
    beginning = f"test_{code.lower().replace('-', '_')}_"

    assert [name for name in names_of_tests() if name.startswith(beginning)] != []


def test_every_test_that_is_named_after_a_code_is_named_after_one_that_there_is():
    families = "|".join(sorted({code.rpartition("-")[0].lower() for code in CODES}))
    named = {match[1] for name in names_of_tests() if (match := re.match(rf"test_((?:{families})_\d\d)_", name))}

    assert named - {code.lower().replace("-", "_") for code in CODES} == set()


def test_the_printed_rulebook_is_current(capsys):
    call_command("rulebook", "--check")

    assert capsys.readouterr().out == f"rulebook: current, {len(CODES)} rules.\n"
    assert BOOK.read_text(encoding="utf-8") == rulebook()


@pytest.mark.parametrize("change", [lambda text: text + "\n", lambda text: text.replace("STEP-01", "STEP-99", 1)])
def test_a_changed_rulebook_is_refused_by_the_check_and_left_alone(copy_of_docs, change):
    changed = change(rulebook())
    copy_of_docs.write_text(changed, encoding="utf-8")

    with pytest.raises(CommandError, match="not current"):
        call_command("rulebook", "--check")

    assert copy_of_docs.read_text(encoding="utf-8") == changed


def test_a_missing_rulebook_is_refused_by_the_check(copy_of_docs):
    copy_of_docs.unlink()

    with pytest.raises(CommandError, match="not current"):
        call_command("rulebook", "--check")

    assert not copy_of_docs.exists()


def test_the_rulebook_is_printed(copy_of_docs, capsys):
    copy_of_docs.unlink()

    call_command("rulebook")
    call_command("rulebook")

    assert copy_of_docs.read_text(encoding="utf-8") == rulebook()
    assert capsys.readouterr().out.splitlines() == [
        f"rulebook: printed, {len(CODES)} rules.",
        f"rulebook: current, {len(CODES)} rules.",
    ]


@pytest.mark.parametrize(
    "source",
    ['Refusal("STEP-99", "No.")', 'Refusal(code="STEP-99", sentence="No.")', 'f([Refusal("STEP-99", "No.", "name")])'],
)
def test_the_code_of_a_refusal_is_found(source):
    assert list(codes_carried(source)) == ["STEP-99"]


@pytest.mark.parametrize("source", ["Refusal(code, sentence)", "Refusal()", 'Refusal(f"STEP-{n}", "No.")'])
def test_a_refusal_whose_code_is_not_written_out_is_found(source):
    assert list(codes_carried(source)) == [None]
