"""One cap on password hashing for all processes of this machine, so that a flood of it cannot starve pages."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TextIO

from django.conf import settings

CORES = os.cpu_count() or 1
LONGEST_WAIT = 1.0
POLL = 0.005


class Busy(Exception):
    """Too many people are signing in at this moment; trying again in a few seconds helps."""


@contextmanager
def hash_slot() -> Iterator[None]:
    """Hold one of half as many slots as there are cores, waiting at most a second among at most as many others.

    The other half is for pages; and who waits here holds a worker that pages need, so few may. A slot rests for as
    long as it was held. Slots are locks on files under VAR_DIR, so that they hold for every process and end with it.
    Raises Busy.
    """
    slots = max(1, CORES // 2)
    with ExitStack() as stack:
        if not take(stack, "queue", 2 * slots):
            raise Busy
        end = time.monotonic() + LONGEST_WAIT
        while not (slot := take(stack, "slot", slots)):
            if time.monotonic() > end:
                raise Busy
            time.sleep(POLL)
        begin = time.time()
        try:
            yield
        finally:
            rested = 2 * time.time() - begin
            slot.truncate(0)
            slot.write("held")
            slot.flush()
            os.utime(slot.fileno(), (rested, rested))


def take(stack: ExitStack, name: str, count: int) -> TextIO | None:
    """Lock one of so many files of a name, for this machine; None where none is free and has rested.

    One that was written to rests until its time of change.
    """
    folder = Path(settings.VAR_DIR) / "hashing"
    folder.mkdir(exist_ok=True)
    for number in range(count):
        file = (folder / f"{name}-{number}").open("a")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.close()
            continue
        held = os.fstat(file.fileno())
        if held.st_size and 0 < held.st_mtime - time.time() < LONGEST_WAIT:
            file.close()
            continue
        stack.callback(file.close)
        return file
    return None
