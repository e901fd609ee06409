"""How much of a file that is sent the portal takes in, before anybody looks at it."""

from django.core.files.uploadhandler import TemporaryFileUploadHandler

MOST_BYTES = 11 * 1024 * 1024
"""More than any file that is accepted; what comes after is read and dropped, and the file is refused as too large."""


class CutOff(TemporaryFileUploadHandler):
    """Keeps only the beginning of a file that is far too large. The size of the file is the one that was sent."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= MOST_BYTES:
            super().receive_data_chunk(raw_data, start)
