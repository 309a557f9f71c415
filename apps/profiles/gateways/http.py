"""Asking a JSON service over HTTP: bounded in time and size, retried, its failures named."""

import base64
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

import httpx
import tenacity
from django.conf import settings

from apps.core.resilience import retrying

from .base import EmptyContent, KeepAlive, SourceFailure

T = TypeVar("T")
MAX_BODY_BYTES = 24 * 1024 * 1024
CONNECT_SECONDS = 5.0
# So many empty answers in a row say that an account does not exist.
EMPTY_MEANS_ABSENT = 3


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """Status and body. `json` is None for a body that is no JSON (and for `null`)."""

    status: int
    body: bytes
    retry_after: int | None = None

    @property
    def json(self) -> Any:
        return read_json(self.body)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a service is and how to sign in to it."""

    base_url: str
    authorization: str
    timeout: float

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).netloc.rpartition("@")[2]

    def ask(self, method: str, path: str, *, body: Any = None, params: dict[str, str] | None = None) -> HttpAnswer:
        """One request. Raises `SourceFailure` (passing) when no whole answer comes in time and size."""
        headers = {"Accept": "application/json", "User-Agent": "analytics-following/1.0"}
        if self.authorization:
            headers["Authorization"] = self.authorization
        timeout = httpx.Timeout(self.timeout, connect=min(CONNECT_SECONDS, self.timeout))
        try:
            with (
                httpx.Client(timeout=timeout, headers=headers, trust_env=not is_loopback(self.base_url)) as client,
                client.stream(method, self.base_url.rstrip("/") + path, json=body, params=params) as response,
            ):
                content = _read_bounded(response, deadline=time.monotonic() + self.timeout)
                return HttpAnswer(response.status_code, content, _retry_after(response))
        except httpx.TimeoutException as error:
            raise SourceFailure("timeout", "The source did not answer in time.") from error
        except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
            raise SourceFailure("unreachable", f"{type(error).__name__}: {error}") from error


def ask_repeatedly(ask: Callable[[], T], *, keep_alive: KeepAlive) -> T:
    """Run `ask` up to 5 times within 30 seconds while it fails passingly, with jittered waits.

    An empty answer is asked for at least three times whatever the clock says: one alone proves nothing.
    """

    def attempt() -> T:
        keep_alive()
        return ask()

    rule = retrying("source", when=_is_transient)
    usual_stop = rule.stop

    def stop(state: tenacity.RetryCallState) -> bool:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, EmptyContent) and state.attempt_number < EMPTY_MEANS_ABSENT:
            return False
        return bool(usual_stop(state))

    return rule.copy(stop=stop, wait=_wait)(attempt)


def read_json(body: bytes | str) -> Any:
    """The JSON in `body`, or None. Not-a-number constants are read as null; nothing here raises on hostile bytes."""
    try:
        return json.loads(body, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None


def authorization(key: str, *, bearer: bool = False) -> str:
    """The header for a key: as given with its scheme, else Bearer, else Basic from the token or from user:password."""
    key = key.strip()
    if not key or key.split(" ")[0].lower() in {"basic", "bearer"}:
        return key
    if bearer:
        return f"Bearer {key}"
    return f"Basic {base64.b64encode(key.encode()).decode()}" if ":" in key else f"Basic {key}"


def is_loopback(url: str) -> bool:
    """Is it this machine? Then no proxy of the environment stands between."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_transient(error: BaseException) -> bool:
    return isinstance(error, SourceFailure) and error.transient


def _wait(state: tenacity.RetryCallState) -> float:
    """Jittered and growing; at least what the source asked for."""
    error = state.outcome.exception() if state.outcome else None
    asked = error.retry_after if isinstance(error, SourceFailure) and error.retry_after else 0
    jittered = tenacity.wait_random_exponential(multiplier=settings.SOURCE_RETRY_WAIT_SECONDS, max=10)(state)
    return max(jittered, float(asked))


def _read_bounded(response: httpx.Response, *, deadline: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > MAX_BODY_BYTES:
            raise SourceFailure("body_too_large", "The answer is larger than any creator's data.", transient=False)
        if time.monotonic() > deadline:
            raise SourceFailure("timeout", "The answer did not end in time.")
    return bytes(content)


def _retry_after(response: httpx.Response) -> int | None:
    value = response.headers.get("retry-after", "")
    return min(int(value), 3600) if value.isascii() and value.isdecimal() and len(value) < 6 else None
