"""Host names that lead to a team."""

from django.core.cache import cache

from apps.teams.models import Domain

HOST_SECONDS = 20


def find_slug_of_host(host: str) -> str | None:
    """The slug of the team that a host name belongs to, or None. A change of hosts acts within `HOST_SECONDS`."""
    key = f"teams:host:{host}"
    slug = cache.get(key)
    if slug is None:
        slug = Domain.objects.filter(domain=host).values_list("tenant__slug", flat=True).first() or ""
        cache.set(key, slug, HOST_SECONDS)
    return slug or None
