"""Looks through one file of evidence in a process of its own, with capped memory and time.

`python -m core.evidence.child .jpg`: the file comes on standard input. A picture leaves on standard output, written
anew; nothing leaves of a PDF, which is kept as it is. Where the file is refused, the reasons leave as JSON instead.
"""

import json
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from typing import BinaryIO

from core.refusals import Refused
from core.rules.evidence import evidence_can_be_read, evidence_is_what_its_name_says

from .refusing import refuse

MEMORY = 256 * 1024 * 1024
SECONDS = 8
LARGEST_FILE_WRITTEN = 256 * 1024 * 1024
"""In bytes: room for a picture of the most points while it is turned."""
LARGEST_ANSWER = 32 * 1024 * 1024
REFUSED = 3
"""The exit status that says that the answer is why the file is refused."""
BEGINNINGS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}


def main() -> None:
    """Answer for the file on standard input."""
    for limit, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, LARGEST_FILE_WRITTEN),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (most, most))
    answer = sys.stdout.buffer
    try:
        look_through(sys.stdin.buffer, sys.argv[1], answer)
    except Refused as refused:
        answer.seek(0)
        answer.truncate()
        answer.write(json.dumps([asdict(refusal) for refusal in refused.refusals]).encode())
        sys.exit(REFUSED)


def look_through(given: BinaryIO, suffix: str, answer: BinaryIO) -> None:
    """Refuse the file, or write its picture anew into the answer. Raises Refused.

    given: the file, at its beginning. suffix: one of those that are taken.
    """
    beginning = given.read(len(BEGINNINGS[suffix]))
    refuse(evidence_is_what_its_name_says(suffix, beginning == BEGINNINGS[suffix]))
    given.seek(0)
    try:
        _reader(suffix)(given, suffix, answer)
    except Refused:
        raise
    except Exception:  # whatever the libraries say of a file that they cannot read
        refuse(evidence_can_be_read(suffix, False))
    refuse(evidence_can_be_read(suffix, answer.tell() <= LARGEST_ANSWER))


def _reader(suffix: str) -> Callable[[BinaryIO, str, BinaryIO], None]:
    """Each library is loaded only where it is needed: the memory is shared with the file."""
    if suffix == ".pdf":
        from .documents import look_through_document

        return look_through_document
    from .pictures import write_anew

    return write_anew


if __name__ == "__main__":
    main()
