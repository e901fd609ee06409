"""A stand-in that speaks clamd's protocol: PING, and INSTREAM with its pieces."""

import socket
import struct
import threading

EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
"""Harmless by agreement, and found by every scanner; written in two, so that none finds this file."""


class Clamd:
    """Listens on a port of its own, or at a path, while used as a context.

    reply: what it says of every file instead of looking at it; None for the truth.
    manner: "" as it should be, "hangs" without a word, "leaves" before the file is read, or "stops" in mid-reply.
    """

    def __init__(self, reply: bytes | None = None, manner: str = "", path: str = "") -> None:
        self.reply, self.manner = reply, manner
        self.listener = socket.socket(socket.AF_UNIX if path else socket.AF_INET)
        self.listener.bind(path or ("127.0.0.1", 0))
        self.address = path or "127.0.0.1:{1}".format(*self.listener.getsockname())
        self.received: list[bytes] = []
        self.is_over = threading.Event()

    def __enter__(self) -> "Clamd":
        self.listener.listen()
        self.thread = threading.Thread(target=self._serve)
        self.thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.is_over.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.listener.close()

    def _serve(self) -> None:
        while not self.is_over.is_set():
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with connection:
                self._answer(connection)

    def _answer(self, connection: socket.socket) -> None:
        if self.manner == "leaves":
            return
        with connection.makefile("rb") as heard:
            end = b"\0" if heard.peek(1)[:1] == b"z" else b"\n"
            command = _until(heard, end)[1:]
            content = _pieces(heard) if command == b"INSTREAM" else b""
        self.received.append(content)
        if self.manner == "hangs":
            self.is_over.wait()
            return
        said = b"PONG" if command == b"PING" else self._verdict(content)
        connection.sendall(said[: len(said) // 2] if self.manner == "stops" else said + end)

    def _verdict(self, content: bytes) -> bytes:
        if self.reply is not None:
            return self.reply
        return b"stream: Win.Test.EICAR_HDB-1 FOUND" if EICAR in content else b"stream: OK"


def _until(heard, end: bytes) -> bytes:
    text = b""
    while not text.endswith(end):
        text += heard.read(1)
    return text[:-1]


def _pieces(heard) -> bytes:
    pieces = []
    while length := struct.unpack("!L", heard.read(4))[0]:
        pieces.append(heard.read(length))
    return b"".join(pieces)
