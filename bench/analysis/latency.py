"""How long the site takes to answer one visitor, request after request."""

import statistics
import threading
import time
import urllib.request


class Visitor:
    """Asks for a page ten times a second until told to stop; `with Visitor(url) as visitor: …`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.times: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._ask, daemon=True)

    def __enter__(self) -> "Visitor":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def median(self) -> float:
        """Milliseconds."""
        return 1000 * statistics.median(self.times)

    @property
    def p95(self) -> float:
        return 1000 * statistics.quantiles(self.times, n=20)[-1]

    def _ask(self) -> None:
        while not self._stop.wait(0.1):
            began = time.perf_counter()
            with urllib.request.urlopen(self.url, timeout=30) as answer:
                answer.read()
            self.times.append(time.perf_counter() - began)
