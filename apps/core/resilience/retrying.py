"""How often and how long each kind of dependency is asked again (DESIGN section 9).

The cache's rule stands in `core.gateways`; the database's connections are made anew by their pool.
"""

from collections.abc import Callable
from dataclasses import dataclass

import tenacity
from tenacity.wait import wait_base

from .breaking import BreakerOpen


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """`attempts` counts the first call; the whole never waits beyond `seconds`."""

    attempts: int
    seconds: float
    wait: wait_base


POLICIES: dict[str, RetryPolicy] = {
    "source": RetryPolicy(attempts=5, seconds=30, wait=tenacity.wait_random_exponential(multiplier=0.5, max=10)),
    "ai": RetryPolicy(attempts=4, seconds=60, wait=tenacity.wait_exponential(multiplier=0.5, max=20)),
}


def retrying(policy: str, *, when: Callable[[BaseException], bool]) -> tenacity.Retrying:
    """A tenacity controller: `for attempt in retrying("source", when=is_transient): with attempt: …` or `(call)`.

    Asks again only while `when(error)` holds, never against an open breaker, and re-raises the last error itself.
    """
    rule = POLICIES[policy]
    return tenacity.Retrying(
        stop=tenacity.stop_after_attempt(rule.attempts) | tenacity.stop_before_delay(rule.seconds),
        wait=rule.wait,
        retry=tenacity.retry_if_exception(lambda error: not isinstance(error, BreakerOpen) and when(error)),
        reraise=True,
    )
