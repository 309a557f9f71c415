"""The product's own server behind a bad line: some answers come late, and some are 503 before or after the work."""

import os
import random
import time
from collections.abc import Callable, Iterable
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.test"

from config.wsgi import application as product

from .fuzz_clock import follow_for_good

_chance = random.Random(1)
follow_for_good()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    roll = _chance.random()
    if roll < 0.1:
        return _break_down(start_response)
    if roll < 0.2:
        time.sleep(_chance.random() / 2)
    if roll > 0.9:
        for _ in product(environ, lambda *_args: None):
            pass
        return _break_down(start_response)
    return product(environ, start_response)


def _break_down(start_response: Callable[..., Any]) -> list[bytes]:
    start_response("503 Service Unavailable", [("Content-Length", "0")])
    return [b""]
