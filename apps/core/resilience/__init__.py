"""What stands between us and the outside world when it breaks (DESIGN section 9): breakers and retries.

Name a breaker `<component>.<dependency>` ("source.decodo", "ai.local", "payments.stripe"); the
health page groups by it.
"""

from .breaking import BreakerOpen, breaker, breaker_states, open_breaker, reset_breaker
from .retrying import POLICIES, RetryPolicy, retrying
from .states import BreakerState

__all__ = [
    "POLICIES",
    "BreakerOpen",
    "BreakerState",
    "RetryPolicy",
    "breaker",
    "breaker_states",
    "open_breaker",
    "reset_breaker",
    "retrying",
]
