"""Where the web server listens: PORT and HOST."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass

from config.embedded.ports import is_free

from .console import complain, say

DEFAULT_PORT = 8000


@dataclass(frozen=True, slots=True)
class Address:
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self._reachable}:{self.port}/"

    @property
    def is_local(self) -> bool:
        return self.host in {"127.0.0.1", "localhost", "::1"}

    @property
    def _reachable(self) -> str:
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104
        return f"[{host}]" if ":" in host else host

    def is_healthy(self) -> bool:
        """Does GET /api/health answer 200?"""
        link = http.client.HTTPConnection(self._reachable, self.port, timeout=3)
        try:
            link.request("GET", "/api/health")
            return link.getresponse().status == 200
        except OSError:
            return False
        finally:
            link.close()


def choose_address(environment: Mapping[str, str]) -> Address:
    """The given PORT or nothing; without one the first free from 8000 on. Exits with 1 when it cannot be had."""
    host = environment.get("HOST") or "127.0.0.1"
    given = environment.get("PORT", "")
    if given:
        return Address(host, _require_free(given, host))
    for port in range(DEFAULT_PORT, DEFAULT_PORT + 100):
        if is_free(port, host):
            if port != DEFAULT_PORT:
                say(f"Port {DEFAULT_PORT} is taken; using {port}.")
            return Address(host, port)
    complain(f"No port from {DEFAULT_PORT} to {DEFAULT_PORT + 99} is free on {host}.")
    raise SystemExit(1)


def _require_free(given: str, host: str) -> int:
    if not given.isdigit() or not 0 < int(given) < 65536:
        complain(f"PORT must be a number from 1 to 65535, not {given!r}.")
        raise SystemExit(1)
    if not is_free(int(given), host):
        complain(f"Port {given} on {host} is taken (or not allowed). Choose another: make run PORT=…")
        raise SystemExit(1)
    return int(given)
