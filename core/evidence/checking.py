"""Files of evidence, checked. No file is opened in the process that asks."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile

import structlog

from core.refusals import Refusal, Refused
from core.rules.evidence import (
    evidence_can_be_read,
    evidence_has_content,
    evidence_is_small_enough,
    evidence_type_is_taken,
    of_file,
)

from .child import REFUSED
from .names import shown_name, suffix_of
from .refusing import refuse

log = structlog.get_logger(__name__)
SECONDS = 9
PROJECT = Path(__file__).resolve().parent.parent.parent
CHILD = [sys.executable, "-m", "core.evidence.child"]
CONTENT_TYPES = {".pdf": "application/pdf", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}


@dataclass(frozen=True)
class CheckedFile:
    """A file of evidence as it may be kept.

    name: what it is called on pages; never part of a path.
    content: a PDF byte for byte, a picture written anew without metadata.
    content_type, suffix: such as "image/png" and ".png".
    sha256: of the content, in hexadecimal digits.
    """

    name: str
    content: bytes
    content_type: str
    suffix: str
    sha256: str


def check_evidence(content: bytes, file_name: str, size: int | None = None) -> CheckedFile:
    """The file as it may be kept: a PDF as it is, a picture turned upright and without metadata.

    size: in bytes as it was sent, where the content is only its beginning.
    The file is looked through and written anew by a child process with capped memory and time, which holds no secret.
    Raises Refused with the reason, which names the file.
    """
    name = shown_name(file_name)
    suffix = suffix_of(name)
    size = len(content) if size is None else size
    try:
        refuse(evidence_type_is_taken(suffix), evidence_has_content(size), evidence_is_small_enough(size))
        answer = _rewritten(content, suffix)
        kept = content if suffix == ".pdf" else answer
        refuse(evidence_can_be_read(suffix, bool(kept)))
    except Refused as refused:
        raise Refused(of_file(name, refusal) for refusal in refused.refusals) from None
    return CheckedFile(name, kept, CONTENT_TYPES[suffix], suffix, hashlib.sha256(kept).hexdigest())


def _rewritten(content: bytes, suffix: str) -> bytes:
    """What the child made of a picture; nothing where a PDF is kept as it is. Raises Refused."""
    with TemporaryFile() as given, TemporaryFile() as answer:
        given.write(content)
        given.seek(0)
        try:
            done = subprocess.run(  # noqa: S603 (our own module, and one of four endings)
                [*CHILD, suffix],
                stdin=given,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT,
                env={"PATH": os.defpath, "LANG": "C.UTF-8"},
                timeout=SECONDS,
                check=False,
            )
            ended = done.returncode
        except subprocess.TimeoutExpired:
            ended = None
        answer.seek(0)
        if ended == REFUSED:
            raise Refused(Refusal.retold(refusal) for refusal in json.load(answer))
        if ended != 0:
            log.warning("evidence_not_read", suffix=suffix, size=len(content), ended=ended)
            refuse(evidence_can_be_read(suffix, False))
        return answer.read()
