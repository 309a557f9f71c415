"""Look-ups: what costs upstream money without costing credits has a daily budget per team and plan."""

from .env import env

LOOKUP_BUDGETS = {
    "free": env.int("LOOKUP_BUDGET_FREE", 100),
    "standard": env.int("LOOKUP_BUDGET_STANDARD", 1_000),
    "premium": env.int("LOOKUP_BUDGET_PREMIUM", 5_000),
}
REFRESH_BUDGETS = {
    "free": env.int("REFRESH_BUDGET_FREE", 10),
    "standard": env.int("REFRESH_BUDGET_STANDARD", 200),
    "premium": env.int("REFRESH_BUDGET_PREMIUM", 1_000),
}
# How long a look-up of a creator never seen before is waited for where the caller says nothing (`Prefer: wait=N`).
LOOKUP_WAIT_SECONDS = env.float("LOOKUP_WAIT_SECONDS", 4.0)
# An older report may be refreshed for free; a younger one is as good as new.
REPORT_FRESH_HOURS = env.int("REPORT_FRESH_HOURS", 24)
REPORT_CACHE_SECONDS = env.int("REPORT_CACHE_SECONDS", 86_400)
# Parts of a report that are worked out apart: authenticity, pricing, audience, comments (DESIGN section 8).
ANALYTICS_CACHE_SECONDS = env.int("ANALYTICS_CACHE_SECONDS", 21_600)
# A locked preview older than this is asked for again in the background when somebody looks at it.
PREVIEW_FRESH_DAYS = env.int("PREVIEW_FRESH_DAYS", 7)
ACCESS_TRAIL_DAYS = env.int("ACCESS_TRAIL_DAYS", 30)
