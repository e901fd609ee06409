"""How much of a file that is sent the portal takes in, before anybody looks at it."""

from typing import Any

from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 11 * 1024 * 1024
"""More than any file that is accepted; what comes after is read and dropped, and the file is refused as too large."""


class CutOff(FileUploadHandler):
    """Stands before the other handlers, and hands on only the beginning of a file that is far too large."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.taken = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.taken += len(raw_data)
        return raw_data if self.taken <= MOST_BYTES else None

    def file_complete(self, file_size: int) -> None:
        """The next handlers make the file."""
