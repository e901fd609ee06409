"""How a session can begin, and where secrets come from, read from the code itself (S2, S20)."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = sorted(
    path
    for path in ROOT.glob("*/**/*.py")
    if path.relative_to(ROOT).parts[0] not in {"tests", ".venv", "var", "benchmarks", "docs"}
    and "migrations" not in path.parts
)


def names_called(path):
    """The last names of all that a file calls: `login` of both `login(...)` and `auth.login(...)`."""
    calls = [node.func for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {getattr(func, "attr", getattr(func, "id", "")) for func in calls}


def modules_imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def files_that(has):
    return {str(path.relative_to(ROOT)) for path in CODE if has(path)}


def test_s2_sessions_begin_at_the_door_and_nowhere_else():
    assert files_that(lambda path: names_called(path) & {"login", "force_login", "authenticate"}) == {
        "accounts/views/door.py"
    }


def test_s2_no_view_of_another_door_stands_in_the_addresses():
    stock = {"LoginView", "PasswordResetView", "PasswordResetConfirmView", "PasswordChangeView", "RemoteUserMiddleware"}

    assert files_that(lambda path: any(name in path.read_text() for name in stock)) == set()


@pytest.mark.django_db
def test_s2_the_admin_is_entered_by_the_same_door(client):
    assert client.get("/admin/login/?next=/admin/").headers["Location"] == "/account/sign-in/?next=/admin/"
    assert client.post("/admin/login/", {"username": "x", "password": "y"}).status_code == 302


def test_s20_nothing_secret_comes_from_a_generator_that_can_be_foretold():
    # the outbox spreads its retries by chance; that is no secret
    assert files_that(lambda path: "random" in set(modules_imported(path))) == {"outbox/delivery.py"}
