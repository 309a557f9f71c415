"""allauth's rate limits: counted, and asked how long to wait."""

import math
import time
from typing import Any

from allauth.core.internal import ratelimit
from django.core.cache import cache
from django.http import HttpRequest

_APP = "allauth.account"


def count_attempt(request: HttpRequest, *, action: str, user: Any) -> bool:
    """Count an act of this user against its limit; False when that is reached."""
    return bool(ratelimit.consume(request, app=_APP, action=action, user=user, limit_get=True))


def seconds_to_wait(request: HttpRequest, *, actions: list[str], key: str = "", user: Any = None) -> int:
    """Until every limit of these actions lets this client try again; at least 1."""
    return max([1, *(math.ceil(_wait(request, action, rate, key, user)) for action, rate in _rates(actions))])


def _rates(actions: list[str]) -> list[tuple[str, ratelimit.Rate]]:
    return [(action, rate) for action in actions for rate in ratelimit.get_rates(app=_APP, action=action)]


def _wait(request: HttpRequest, action: str, rate: ratelimit.Rate, key: str, user: Any) -> float:
    cache_key = ratelimit.get_cache_key(request, app=_APP, action=action, rate=rate, key=key, user=user)
    now = time.time()
    recent = [at for at in cache.get(cache_key) or [] if at > now - rate.duration]
    return recent[-1] + rate.duration - now if len(recent) >= rate.amount else 0
