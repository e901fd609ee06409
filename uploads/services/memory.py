"""Work on thousands of rows that stay in memory until it is done."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collector() -> Iterator[None]:
    """Python's collector of cyclic garbage waits as long: it would look through all rows again at every step of growth.

    That takes almost half of the time of a large file. The rows have no cycles, so nothing is freed later for it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
