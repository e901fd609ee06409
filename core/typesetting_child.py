"""Writes one PDF in a process of its own, with capped memory and time: `python -m core.typesetting_child statement`.

The data comes as JSON on standard input, the PDF leaves on standard output. The typesetter keeps what it has set for
the next time, 400 MB after a thousand pages; here all of it ends with the process.
"""

import resource
import sys
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parent.parent / "templates" / "documents"
MEMORY = 2 * 1024 * 1024 * 1024
SECONDS = 60


def main() -> None:
    """Answer for the data on standard input."""
    for limit, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(limit, (most, most))
    sys.stdout.buffer.write(typeset(sys.argv[1], sys.stdin.read()))


def typeset(template: str, data: str) -> bytes:
    """A tagged PDF (PDF/UA-1) of a template; only the typesetter's own fonts are used, and no network."""
    return typst.compile(
        str(FOLDER / f"{template}.typ"),
        root=str(FOLDER),
        sys_inputs={"data": data},
        ignore_system_fonts=True,
        pdf_standards=["ua-1"],
    )


if __name__ == "__main__":
    main()
