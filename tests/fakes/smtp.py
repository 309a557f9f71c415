"""A mail server on loopback that accepts, refuses, or is out of order."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Delivered:
    sender: str
    recipients: list[str]
    data: bytes


@dataclass
class SmtpServer:
    """What it was given; `answers` overrides its reply to a verb, such as `{"RCPT": "550 no such user"}`."""

    answers: dict[str, str] = field(default_factory=dict)
    delivered: list[Delivered] = field(default_factory=list)
    connections: int = 0
    url: str = ""


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        smtp: SmtpServer = self.server.smtp  # type: ignore[attr-defined]
        smtp.connections += 1
        if greeting := smtp.answers.get("CONNECT"):
            return self.reply(greeting)
        self.reply("220 fake ESMTP")
        mail = Delivered("", [], b"")
        while line := self.rfile.readline():
            command = line.decode().strip()
            verb = command[:4].upper()
            if verb == "QUIT":
                return self.reply("221 bye")
            if verb == "DATA" and "DATA" not in smtp.answers:
                self.reply("354 go on")
                mail.data = self._read_data()
                smtp.delivered.append(mail)
                mail = Delivered("", [], b"")
                self.reply("250 queued")
                continue
            if verb == "MAIL":
                mail.sender = _address(command)
            elif verb == "RCPT" and "RCPT" not in smtp.answers:
                mail.recipients.append(_address(command))
            self.reply(smtp.answers.get(verb, "250 ok"))
        return None

    def reply(self, text: str) -> None:
        self.wfile.write(f"{text}\r\n".encode())

    def _read_data(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line[1:] if line.startswith(b"..") else line)
        return b"".join(lines)


def _address(command: str) -> str:
    return command.partition("<")[2].partition(">")[0]


@contextmanager
def run_smtp() -> Iterator[SmtpServer]:
    smtp = SmtpServer()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Session) as server:
        server.daemon_threads = True
        server.smtp = smtp  # type: ignore[attr-defined]
        smtp.url = f"smtp://127.0.0.1:{server.server_address[1]}"
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield smtp
        finally:
            server.shutdown()
            thread.join()
