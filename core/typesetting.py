"""PDFs that screen readers can read, from a template and data (decision 0014)."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
CHILD = [sys.executable, "-m", "core.typesetting_child"]
SECONDS = 60
UNPRINTABLE = "□"
"""What stands for a character that no font of the typesetter has."""
_NOT_PRINTABLE = re.compile(
    "[^\n\u0020-\u007e\u00a0-\u0482\u048a-\u04ff"  # Latin, phonetic letters, accents, Greek, Cyrillic
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a"  # Hebrew and Arabic letters
    "\u1e00-\u1fff\u2010-\u2027\u2030-\u2040\u20ac\u2190-\u2193\u25a1]"  # more Latin and Greek, punctuation, signs
    "|(?<![\u0020-\u0482\u1e00-\u1fff])[\u0300-\u036f]"  # an accent on a letter whose font has none
)


def pdf_of(template: str, data: dict[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1) of a template under templates/documents.

    The data reaches the template as JSON: no text in it is ever read as markup. The PDF is written by a child process
    with capped memory and time, which holds no secret. Raises CalledProcessError or TimeoutExpired where it fails.
    """
    done = subprocess.run(  # noqa: S603 (our own module, and a template of ours)
        [*CHILD, template],
        input=json.dumps(printable(data)).encode(),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=PROJECT,
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        timeout=SECONDS,
        check=True,
    )
    return done.stdout


def printable(value: Any) -> Any:
    """The same value with UNPRINTABLE for every character of its texts that the fonts do not have."""
    if isinstance(value, dict):
        return {name: printable(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [printable(each) for each in value]
    return _NOT_PRINTABLE.sub(UNPRINTABLE, value) if isinstance(value, str) else value
