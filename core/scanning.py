"""Asks a scanner for viruses about a file. Without a clear answer the file is held: it is never passed by default."""

from enum import Enum
from io import BytesIO
from typing import Any

import structlog
from clamav_client.clamd import ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings
from django.core.checks import CheckMessage, Info, Tags, register
from django.utils.module_loading import import_string

log = structlog.get_logger(__name__)
SECONDS = 5
"""How long clamd may be silent."""


class Verdict(Enum):
    """What is known of a file. One that is HELD is kept, opened by nobody, and scanned again later."""

    CLEAN = "clean"
    INFECTED = "infected"
    HELD = "held"


class ScannerDown(Exception):
    """The scanner gave no answer, or none that is known."""


def scan(content: bytes) -> Verdict:
    """What the scanner of EVIDENCE_SCANNER says: CLEAN where none is set, HELD where it fails in any way.

    EVIDENCE_SCANNER: the dotted path of a function that takes the bytes of a file and says whether they are infected.
    """
    if not settings.EVIDENCE_SCANNER:
        return Verdict.CLEAN
    try:
        is_infected = import_string(settings.EVIDENCE_SCANNER)(content)
    except Exception as failed:
        log.warning("evidence_scanner_down", why=type(failed).__name__)
        return Verdict.HELD
    if is_infected is True:
        log.warning("evidence_infected", size=len(content))
        return Verdict.INFECTED
    return Verdict.CLEAN if is_infected is False else Verdict.HELD


def ask_clamd(content: bytes) -> bool:
    """Whether the clamd at CLAMD_ADDRESS finds a virus. Raises ScannerDown or what its client raises.

    CLAMD_ADDRESS: the path of a Unix socket, or host:port. clamd's StreamMaxLength has to be at least 32 MB.
    """
    match _clamd(settings.CLAMD_ADDRESS).instream(BytesIO(content)):
        case {"stream": ("FOUND", str())}:
            return True
        case {"stream": ("OK", None)}:
            return False
    raise ScannerDown("clamd did not say whether the file is infected.")


def _clamd(address: str) -> ClamdNetworkSocket:
    if address.startswith("/"):
        return ClamdUnixSocket(address, timeout=SECONDS)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host, int(port), timeout=SECONDS)


@register(Tags.security, deploy=True)
def evidence_is_scanned(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """core.I001: an installation without a scanner is told that anybody who may see evidence opens it unscanned."""
    if settings.EVIDENCE_SCANNER:
        return []
    return [
        Info(
            "No scanner is set: evidence is opened without a look for viruses.",
            hint="Set EVIDENCE_SCANNER, for example to core.scanning.ask_clamd, and CLAMD_ADDRESS.",
            id="core.I001",
        )
    ]
