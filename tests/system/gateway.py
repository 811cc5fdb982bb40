"""A mail server that does what a test asks: takes letters, keeps the sender waiting, or refuses."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from contextlib import suppress
from email.message import EmailMessage


class _Session(socketserver.StreamRequestHandler):
    server: Gateway

    def handle(self) -> None:
        self._say("220 gateway")
        while line := self.rfile.readline():
            word = line.split()[0].upper() if line.split() else b""
            if word == b"DATA":
                self._say("354 go on")
                self._take()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        self.server.letters.append(email.message_from_bytes(b"".join(lines), policy=email.policy.default))
        # Taken, but the sender does not know it yet.
        self.server.answers.wait(120)
        self._say("250 taken")

    def _say(self, line: str) -> None:
        with suppress(OSError):  # the sender was killed
            self.wfile.write(f"{line}\r\n".encode())


class Gateway(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Session)
        self.letters: list[EmailMessage] = []
        self.answers = threading.Event()
        self.answers.set()
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.answers.set()
        self.shutdown()
        self.server_close()
