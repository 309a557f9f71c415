"""Fetching pictures from outside, guarded: known hosts, public addresses, bounded, nothing followed blindly."""

import socket
import ssl
import time
from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
from django.conf import settings

_NAT64 = IPv6Network("64:ff9b::/96")
MAX_BYTES = 12 * 1024 * 1024
SECONDS = 15.0
MAX_REDIRECTS = 3
_TYPES = ("image/jpeg", "image/png", "image/webp", "image/gif", "application/octet-stream", "binary/octet-stream")


class PictureRefused(Exception):
    """The address may not be fetched, or what came is no picture. `reason` is a short code."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


def fetch_picture(url: str) -> bytes:
    """The bytes behind an address of an allowed host. Raises `PictureRefused`.

    The host is resolved once, every address it has must be public, and the connection goes to that very address, so
    that a name which changes its mind between check and use gains nothing. Redirects are checked like first addresses.
    """
    deadline = time.monotonic() + SECONDS
    try:
        with httpcore.ConnectionPool(ssl_context=_ssl_context(), network_backend=_PinnedBackend()) as pool:
            for _ in range(MAX_REDIRECTS + 1):
                _check_address(url)
                body, location = _get(pool, url, deadline)
                if location is None:
                    return body
                url = urljoin(url, location)
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        raise PictureRefused("unreachable") from error
    raise PictureRefused("too_many_redirects")


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise PictureRefused("bad_address") from error
    if not _ends_with(host, settings.MEDIA_ALLOWED_HOSTS) or parts.username:
        raise PictureRefused("host_not_allowed")
    private = _is_private_host(host)
    if parts.scheme != "https" and not (private and parts.scheme == "http"):
        raise PictureRefused("not_https")
    if port not in (None, 443) and not private:
        raise PictureRefused("port_not_allowed")


def _ends_with(host: str, endings: Iterable[str]) -> bool:
    return any(host == ending or host.endswith(f".{ending}") for ending in endings if ending)


def _is_private_host(host: str) -> bool:
    """A host that the operator has said to be inside (a mirror, the tests' server)."""
    return _ends_with(host, settings.MEDIA_PRIVATE_HOSTS)


def _get(pool: httpcore.ConnectionPool, url: str, deadline: float) -> tuple[bytes, str | None]:
    timeout = dict.fromkeys(("connect", "read", "write", "pool"), 8.0)
    headers = [("Accept", "image/webp,image/jpeg,image/png"), ("User-Agent", "analytics-following/1.0")]
    with pool.stream("GET", url, headers=headers, extensions={"timeout": timeout}) as response:
        told = {name.lower(): value for name, value in response.headers}
        if response.status in (301, 302, 303, 307, 308):
            return b"", told.get(b"location", b"").decode("latin-1")
        if response.status != 200:
            raise PictureRefused(f"http_{response.status}")
        kind = told.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip().lower()
        if kind not in _TYPES:
            raise PictureRefused("not_a_picture")
        return _read(response, deadline), None


def _read(response: httpcore.Response, deadline: float) -> bytes:
    content = bytearray()
    for chunk in response.iter_stream():
        content += chunk
        if len(content) > MAX_BYTES:
            raise PictureRefused("too_large")
        if time.monotonic() > deadline:
            raise PictureRefused("too_slow")
    return bytes(content)


class _PinnedBackend(httpcore.SyncBackend):
    """Connects to the address that was checked, and to no other."""

    def connect_tcp(self, host: str, port: int, *args: Any, **kwargs: Any) -> httpcore.NetworkStream:
        return super().connect_tcp(_resolve(host, port), port, *args, **kwargs)


def _resolve(host: str, port: int) -> str:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(item[4][0]) for item in found]
    if not _is_private_host(host) and not all(_is_public(address) for address in addresses):
        raise PictureRefused("private_address")
    if not addresses:
        raise PictureRefused("unreachable")
    return addresses[0]


def _is_public(address: str) -> bool:
    """Reachable by everybody; an IPv6 form that carries an IPv4 address is judged by what it carries, or refused."""
    ip = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped is not None:
            return ip.ipv4_mapped.is_global
        if ip.sixtofour is not None or ip.teredo is not None or ip in _NAT64:
            return False
    return ip.is_global and not ip.is_multicast


@lru_cache(maxsize=1)
def _ssl_context() -> ssl.SSLContext:
    return httpcore.default_ssl_context()
