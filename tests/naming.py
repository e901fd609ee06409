"""The tests that a page of the documentation names."""

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def functions_of(path: str) -> set[str]:
    """The names of the test functions of a file, given by its path in the project."""
    nodes = ast.parse((ROOT / path).read_text()).body
    return {node.name for node in nodes if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
