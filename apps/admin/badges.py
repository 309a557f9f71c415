"""Numbers beside the sidebar's entries: shown on every page, so cheap and cached."""

from django.http import HttpRequest

from apps.core.caching import cached
from apps.jobs.selectors import count_dead_letters as count


def count_dead_letters(request: HttpRequest) -> str:
    """How many jobs gave up and wait for a replay."""
    return str(cached("backoffice:dead_letters", ttl=15, make=count))
