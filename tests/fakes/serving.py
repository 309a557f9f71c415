"""A real HTTP server on loopback that says what its script tells it, and remembers what it was asked."""

import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

PATIENCE = 15.0


@dataclass(frozen=True)
class Reply:
    """One answer. `body` goes out as it is when bytes, as JSON otherwise; `drop` hangs up without an answer."""

    body: Any = b""
    status: int = 200
    delay: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False

    @property
    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any
    raw: bytes = b""


class FakeServer:
    """Base of the fakes: `answer` decides. Threaded, so that parallel callers are served in parallel."""

    def __init__(self, port: int = 0) -> None:
        self.asked: list[Asked] = []
        self._queue: deque[Reply] = deque()
        self._arrival = threading.Condition()
        self._awaited = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", port), self._make_handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def script(self, *replies: Reply) -> None:
        """Say these first, in order, whatever is asked; afterwards `answer` decides again."""
        self._queue.extend(replies)

    def gather(self, number: int) -> None:
        """Answer nobody before so many have asked: whoever comes alone waits for `PATIENCE` seconds."""
        self._awaited = number

    @contextmanager
    def holding(self) -> Iterator[None]:
        """Answer nobody while the block runs."""
        self.gather(1_000_000)
        try:
            yield
        finally:
            with self._arrival:
                self._awaited = 0
                self._arrival.notify_all()

    def wait_for(self, number: int) -> bool:
        """Whether so many have asked within `PATIENCE` seconds."""
        with self._arrival:
            return self._arrival.wait_for(lambda: len(self.asked) >= number, timeout=PATIENCE)

    def answer(self, asked: Asked) -> Reply:
        raise NotImplementedError

    def serve_forever(self) -> None:
        """In this thread, until interrupted."""
        self._server.serve_forever()

    def _reply(self, asked: Asked) -> Reply:
        with self._arrival:
            self.asked.append(asked)
            scripted = self._queue.popleft() if self._queue else None
            self._arrival.notify_all()
            self._arrival.wait_for(lambda: len(self.asked) >= self._awaited, timeout=PATIENCE)
        return scripted or self.answer(asked)

    def _make_handler(self) -> type[BaseHTTPRequestHandler]:
        return type("Handler", (_Handler,), {"reply": staticmethod(self._reply)})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # head and body in one packet: in two, the second waits 40 ms for an acknowledgement
    reply: Callable[[Asked], Reply]

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def do_DELETE(self) -> None:
        self._serve()

    def _serve(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = raw
        reply = type(self).reply(Asked(self.command, self.path, dict(self.headers.items()), body, raw))
        time.sleep(reply.delay)
        if reply.drop:
            self.close_connection = True
            return
        content = reply.content
        headers = {"Content-Type": "application/json", "Content-Length": str(len(content)), **reply.headers}
        try:
            self.send_response(reply.status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)
            self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        """Quiet."""
