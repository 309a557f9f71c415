"""Settings that would only fail later."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register

KNOWN_SOURCES = ("decodo", "apify", "sandbox")
CAPABILITIES = ("profile", "posts", "post", "comments")


@register(Tags.compatibility)
def check_sources(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """Only known sources, at least one, each once; capabilities that exist."""
    names = list(settings.PROFILE_SOURCES)
    found: list[CheckMessage] = []
    unknown = [name for name in names if name not in KNOWN_SOURCES]
    if unknown or not names or len(set(names)) != len(names):
        hint = f"Use each of {', '.join(KNOWN_SOURCES)} at most once."
        found.append(Error(f"PROFILE_SOURCES is {names}.", hint=hint, id="profiles.E001"))
    if wrong := [name for name in settings.DECODO_CAPABILITIES if name not in CAPABILITIES]:
        found.append(Error(f"DECODO_CAPABILITIES has {wrong}.", hint=f"Known: {CAPABILITIES}.", id="profiles.E002"))
    return found
