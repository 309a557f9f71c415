"""Numbers beside the sidebar's entries: shown on every page, so cheap and cached."""

from django.http import HttpRequest

from apps.core.caching import cached
from apps.jobs.selectors import count_dead_letters as count
from apps.system.selectors import count_differing_ledgers as count_differing
from apps.system.selectors import count_waiting_requests as count_waiting


def count_dead_letters(request: HttpRequest) -> str:
    """How many jobs gave up and wait for a replay."""
    return _show(cached("backoffice:dead_letters", ttl=15, make=count))


def count_waiting_requests(request: HttpRequest) -> str:
    """How many support requests wait for an answer."""
    return _show(cached("backoffice:support", ttl=15, make=count_waiting))


def count_differing_ledgers(request: HttpRequest) -> str:
    """How many teams' ledgers did not add up when they were last audited."""
    return _show(cached("backoffice:ledgers", ttl=15, make=count_differing))


def _show(number: int) -> str:
    """Nothing where there is nothing to do: a red 0 is no news."""
    return str(number) if number else ""
