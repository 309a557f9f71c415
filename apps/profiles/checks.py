"""Settings that would only fail later, or show made-up creators to customers."""

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


@register(Tags.security, deploy=True)
def check_no_synthetic_creators(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """The sandbox has no place in production."""
    if "sandbox" not in settings.PROFILE_SOURCES or getattr(settings, "SANDBOX_ALLOWED", True):
        return []
    return [Error("PROFILE_SOURCES has the sandbox, whose creators are made up.", id="profiles.E003")]
